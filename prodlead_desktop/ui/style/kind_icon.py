"""The icon of a node's kind in that kind's colour, following the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons
from prodlead_desktop.ui.style.palette import theme_of


class KindIcon(QWidget):
    """Says nothing to a screen reader; the kind's name stands beside it."""

    def __init__(self, kind: str, px: int = WINDOW.icon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(px, px)

    def set_kind(self, kind: str) -> None:
        """Show another kind."""
        self._kind = kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme_of(self).kinds[self._kind]
        icons.draw(QPainter(self), look.icon, QRectF(self.rect()), look.stroke)
