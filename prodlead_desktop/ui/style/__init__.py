"""How widgets look: palette, one QProxyStyle, icons, fonts and the small set of widgets built from theme tokens."""

from __future__ import annotations

from prodlead_desktop.ui.style.palette import palette, theme_of
from prodlead_desktop.ui.style.prodlead_style import ProdleadStyle

__all__ = ["ProdleadStyle", "palette", "theme_of"]
