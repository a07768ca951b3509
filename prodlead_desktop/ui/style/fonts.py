"""The program's typeface by role, so that no widget names a family or a size."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from prodlead_desktop import resources
from prodlead_desktop.figures.measures import FONT_FAMILY, FONT_FILES, WINDOW_TYPE, TypeRole

PIXELS_PER_POINT = 96 / 72


def register_fonts() -> None:
    """Make Prodlead Sans known to Qt; calling it again does nothing."""
    if FONT_FAMILY not in QFontDatabase.families():
        for name in FONT_FILES.values():
            QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))


def font(px: float, weight: int = 400) -> QFont:
    """Prodlead Sans of a size in logical pixels and a weight from 400 to 700."""
    made = QFont(FONT_FAMILY)
    if px == int(px):
        made.setPixelSize(int(px))
    else:
        made.setPointSizeF(px / PIXELS_PER_POINT)
    made.setWeight(QFont.Weight(weight))
    return made


def role_font(name: str) -> QFont:
    """The font of a role of ``WINDOW_TYPE``: body, strong, label, caption, panel_title, title…"""
    role: TypeRole = getattr(WINDOW_TYPE, name)
    return font(role.size, role.weight)
