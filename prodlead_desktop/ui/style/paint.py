"""The few strokes every part of the window is painted with: rounded boxes, rings, shadows, hatch and plain text."""

from __future__ import annotations

import html
import math
from functools import lru_cache

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def pen(colour: str, width: float = 1.0, dash: tuple[float, float] | None = None) -> QPen:
    """A pen of ``width`` logical pixels; ``dash`` is on and off in pixels."""
    made = QPen(QColor(colour), width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if dash else Qt.PenCapStyle.RoundCap)
    if dash:
        made.setDashPattern([dash[0] / width, dash[1] / width])
    return made


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: str | None = None,
    line: str | None = None,
    width: float = 1.0,
    dash: tuple[float, float] | None = None,
) -> None:
    """A rounded box; its line lies inside ``rect`` so that it stays one pixel sharp."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line else 0.0
    inner = rect.marginsRemoved(QMarginsF(inset, inset, inset, inset))
    painter.setPen(pen(line, width, dash) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))


def ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """The focus ring: 2 px accent, 2 px outside ``rect``."""
    width = WINDOW.focus_ring + theme.ring_extra
    out = WINDOW.focus_gap + width / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(theme.accent, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.marginsAdded(QMarginsF(out, out, out, out)), radius + out, radius + out)


def text(
    painter: QPainter, rect: QRectF, words: str, font: QFont, colour: str, align: Qt.AlignmentFlag = LEFT
) -> float:
    """One line of plain text, elided when it does not fit; returns the width it took."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(font)
    shown, wide = words, metrics.horizontalAdvance(words)
    if wide > rect.width() + 0.5:  # most words fit, and to cut costs as much as to paint
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
        wide = metrics.horizontalAdvance(shown)
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), shown)
    return wide


def width_of(words: str, font: QFont) -> float:
    """How wide a line of text is in logical pixels."""
    return QFontMetricsF(font).horizontalAdvance(words)


def hatch(theme: Theme) -> QBrush:
    """45° lines for what has no money."""
    return QBrush(_hatch_tile(theme.hatch))


@lru_cache(maxsize=8)
def _hatch_tile(colour: str) -> QImage:
    step, width, scale = 9, 2.2, 2
    tile = QImage(step * scale, step * scale, QImage.Format.Format_ARGB32_Premultiplied)
    tile.setDevicePixelRatio(scale)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), width))
    for shift in (-step, 0, step):
        painter.drawLine(QPointF(shift - 1, step + 1), QPointF(shift + step + 1, -1))
    painter.end()
    return tile


def shadow(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """The soft shadow of a popover around ``rect``, as growing rounded boxes of falling strength."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    strength = WINDOW.shadow_share * (2.6 if theme.dark else 1.0)
    steps = WINDOW.shadow_blur
    for out in range(steps, 0, -1):
        colour = QColor("#000000" if theme.dark else theme.ink)
        colour.setAlphaF(strength * (2 * (steps - out) + 1) / (steps * steps))
        painter.setBrush(colour)
        grown = rect.marginsAdded(QMarginsF(out, out, out, out)).translated(0, WINDOW.shadow_offset)
        painter.drawRoundedRect(grown, radius + out, radius + out)


def tick(painter: QPainter, rect: QRectF, colour: str, width: float = 2.0) -> None:
    """A check mark in a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(rect.left() + rect.width() * 0.24, rect.top() + rect.height() * 0.53))
    path.lineTo(rect.left() + rect.width() * 0.43, rect.top() + rect.height() * 0.70)
    path.lineTo(rect.left() + rect.width() * 0.77, rect.top() + rect.height() * 0.32)
    painter.drawPath(path)


def plain_tip(words: str) -> str:
    """A tool tip that shows ``words`` as they are, whatever characters they hold."""
    return f"<span style='white-space:pre-wrap'>{html.escape(words)}</span>" if words else ""


def marker(painter: QPainter, rect: QRectF, sign: str, colour: str) -> None:
    """A scenario's mark ● ■ ▲ ◆ ⬟ ✚ as a shape, so that it does not depend on a font."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    middle, half = rect.center(), rect.width() / 2
    if sign == "●":
        painter.drawEllipse(rect)
    elif sign == "■":
        painter.drawRect(rect)
    elif sign == "✚":
        third = rect.width() / 3
        painter.drawRect(QRectF(rect.left(), rect.top() + third, rect.width(), third))
        painter.drawRect(QRectF(rect.left() + third, rect.top(), third, rect.height()))
    else:
        corners = {"▲": 3, "◆": 4}.get(sign, 5)
        turns = [math.tau * step / corners - math.pi / 2 for step in range(corners)]
        reach = half * 1.15
        shape = QPolygonF(
            [middle + QPointF(math.cos(turn) * reach, math.sin(turn) * reach) for turn in turns]
        )
        painter.drawPolygon(shape)
