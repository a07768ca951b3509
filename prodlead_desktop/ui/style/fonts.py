"""The program's typeface by role, so that no widget names a family or a size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont

from prodlead_desktop.figures import paint_fonts
from prodlead_desktop.figures.measures import WINDOW_TYPE, TypeRole

POINTS_PER_PIXEL = 72 / 96


@lru_cache(maxsize=256)
def font(px: float, weight: int = 400) -> QFont:
    """Prodlead Sans of a size in logical pixels (halves too) and a weight of 400 to 700. Do not change what you get."""
    made = QFont(paint_fonts.font(px, weight))
    if px != int(px):
        made.setPointSizeF(px * POINTS_PER_PIXEL)
    return made


def role_font(name: str) -> QFont:
    """The font of a role of ``WINDOW_TYPE``: body, strong, label, caption, panel_title, title…"""
    role: TypeRole = getattr(WINDOW_TYPE, name)
    return font(role.size, role.weight)
