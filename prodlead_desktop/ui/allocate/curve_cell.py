"""The response curve in a row: how much of its effect an initiative has at each amount, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import paint

WIDE, HIGH, DOT = 74.0, 22.0, 3.5


def paint_curve(
    painter: QPainter, theme: Theme, cell: QRectF, points: Sequence[tuple[int, float]], cost: int | None
) -> None:
    """Dotted up to the least amount that does anything, then the curve, and a dot where the money stands."""
    if not points:
        return
    area = QRectF(cell.left() + 10, cell.center().y() - HIGH / 2, min(WIDE, cell.width() - 16), HIGH)
    most = max(amount for amount, _ in points) or 1
    high = max(share for _, share in points)

    def place(amount: float, share: float) -> QPointF:
        up = share / high if high > 0 else 0.0
        return QPointF(
            area.left() + area.width() * min(amount / most, 1.0), area.bottom() - area.height() * up
        )

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QPolygonF([place(*point) for point in points])
    painter.setPen(paint.pen(theme.line2, 1.5, (1.5, 2.5)))
    painter.drawLine(place(0, 0), QPointF(line.first().x(), area.bottom()))
    painter.setPen(paint.pen(theme.text2 if high > 0 else theme.line2, 1.5))
    if line.count() > 1:
        painter.drawPolyline(line)
    if cost is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ink))
        painter.drawEllipse(place(cost, share_at(points, cost)), DOT, DOT)


def share_at(points: Sequence[tuple[int, float]], amount: float) -> float:
    """The share at an amount, straight between two points; 0 below the first, the last one's beyond it."""
    before: tuple[float, float] | None = None
    for at, share in points:
        if amount <= at:
            if before is None:
                return share if amount == at else 0.0
            return before[1] + (share - before[1]) * (amount - before[0]) / max(at - before[0], 1)
        before = (at, share)
    return points[-1][1] if points else 0.0
