"""A state in a rounded ground that can be pressed, such as Draft and Agreed at the head of a card's form."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Link
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of


class TogglePill(Link):
    """A pressable pill with an icon; a dashed line says that the state is not settled."""

    def __init__(self, words: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, 12.5, parent=parent)
        self.set_icon(icon)
        self._dashed = False
        self.setFont(font(12.5, 600))
        self.setProperty("radius", WINDOW.pill_height / 2)

    def set(self, words: str, icon: str, dashed: bool) -> None:
        """Show another state."""
        self._dashed = dashed
        self.set_icon(icon)
        self.set_text(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(round(paint.width_of(self.text(), self.font())) + 40, WINDOW.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        height = WINDOW.pill_height + 2
        rect = QRectF(0, (self.height() - height) / 2, self.width(), height)
        fill = theme.hover if self.underMouse() and self.isEnabled() else theme.sunken
        line = theme.line2 if self._dashed else None
        paint.box(
            painter, rect, height / 2, None if self._dashed else fill, line, 1.0, (4, 3) if line else None
        )
        icons.draw(painter, self.icon_name, QRectF(10, rect.center().y() - 7, 14, 14), theme.text2)
        paint.text(painter, rect.adjusted(30, 0, -6, 0), self.text(), self.font(), theme.text2)
