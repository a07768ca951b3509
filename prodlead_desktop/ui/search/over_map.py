"""A small raised panel that lies over a corner of the map and stays there when the map changes its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.palette import theme_of

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

MARGIN = 12
ROOM = 6  # for the shadow


class OverMap(QWidget):
    """Keeps keys and mouse to itself; the map below does not move when it comes or goes."""

    def __init__(self, canvas: MapCanvas, right: bool) -> None:
        super().__init__(canvas.viewport())
        self.canvas, self._right = canvas, right
        self._stood = QRect()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(ROOM + 8, ROOM + 4, ROOM + 6, ROOM + 4)
        self.row.setSpacing(6)
        canvas.viewport().installEventFilter(self)
        self.hide()

    def place(self) -> None:
        """Stand in the corner, as wide as wanted and as there is room for."""
        port = self.canvas.viewport()
        room = port.width() - 2 * (MARGIN - ROOM)
        wanted = self.sizeHint()
        width = min(wanted.width(), room)
        left = port.width() - width - (MARGIN - ROOM) if self._right else MARGIN - ROOM
        before = self._stood
        self._stood = QRect(left, MARGIN - ROOM, width, wanted.height())
        self.setGeometry(self._stood)
        self.raise_()
        self.canvas.aids.make_way()
        if self._stood != before:
            self.canvas.aids.uncover()

    def hideEvent(self, event: QHideEvent) -> None:
        self._stood = QRect()
        self.canvas.aids.make_way()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM)
        paint.box(painter, rect, WINDOW.popover_radius, theme.raised, theme.line2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
