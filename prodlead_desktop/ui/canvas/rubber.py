"""A rubber band over the map: Shift or Ctrl and a pull over the ground select every card it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from prodlead_desktop.figures import paint_qt

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

MOST_RINGED = 400  # cards shown as caught; the count says them all


class Rubber:
    """From where the mouse was pressed to where it is, in viewport pixels."""

    def __init__(self, canvas: MapCanvas, start: QPointF) -> None:
        self._canvas = canvas
        self._start = self._end = start

    def pull(self, to: QPointF) -> None:
        """Reach to another point."""
        self._end = to
        self._canvas.viewport().update()

    @property
    def rect(self) -> QRectF:
        """What it encloses."""
        return QRectF(self._start, self._end).normalized()

    def caught(self) -> list[str]:
        """The cards it touches, in map order."""
        canvas, rect = self._canvas, self.rect
        left, top = canvas.camera.to_map(rect.left(), rect.top())
        right, bottom = canvas.camera.to_map(rect.right(), rect.bottom())
        return list(canvas.picture.index.in_rect(left, top, right, bottom))

    def paint(self, painter: QPainter) -> None:
        """The band, the cards in it, and how many."""
        canvas, theme, rect = self._canvas, self._canvas.session.theme, self.rect
        found = self.caught()
        ground = QColor(theme.accent)
        ground.setAlphaF(0.08)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 2))
        for node_id in found[:MOST_RINGED]:
            box = canvas.picture.boxes[node_id]
            x, y = canvas.camera.to_screen(box.x, box.y)
            zoom = canvas.camera.zoom
            painter.drawRoundedRect(QRectF(x - 3, y - 3, box.w * zoom + 6, box.h * zoom + 6), 6, 6)
        painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
        painter.setBrush(ground)
        painter.drawRect(rect)
        words = "1 card" if len(found) == 1 else f"{len(found):,} cards"
        label = QRectF(self._end.x() + 12, self._end.y() + 10, paint_qt.measure(words, 13, 600) + 18, 26)
        painter.setPen(QPen(QColor(theme.line2), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(label, 6, 6)
        painter.setFont(paint_qt.font(13, 600))
        painter.setPen(QColor(theme.text))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)
