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
    QStaticText,
    QTransform,
)

from prodlead_desktop.domain.text import as_shown
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


def corners(painter: QPainter, rect: QRectF, radius: float, ground: str, line: str) -> None:
    """Round the corners of what fills ``rect``, and draw its line."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for across, down in ((0, 0), (1, 0), (1, 1), (0, 1)):
        corner = QPointF(rect.right() if across else rect.left(), rect.bottom() if down else rect.top())
        inner = corner + QPointF(radius * (1 - 2 * across), radius * (1 - 2 * down))
        path = QPainterPath(corner)
        path.lineTo(inner.x(), corner.y())
        around = QRectF(inner.x() - radius, inner.y() - radius, 2 * radius, 2 * radius)
        path.arcTo(around, 270 if down else 90, 90 if across == down else -90)
        path.closeSubpath()
        painter.fillPath(path, QColor(ground))
    box(painter, rect, radius, None, line)


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
    """One line of plain text, elided when it does not fit; returns the width it took.

    Lines are laid out once and kept: to lay out costs five times as much as to paint.
    """
    if not words:
        return 0.0
    painter.setFont(font)
    painter.setPen(QColor(colour))
    room = rect.width() + 0.5
    laid, wide, high = _laid(words, font)
    if wide > room:
        laid, wide, high = _laid(_cut(words, font, room), font)
    left = rect.left()
    if align != LEFT:
        left += (rect.width() - wide) / (2 if align == CENTRE else 1)
    painter.drawStaticText(QPointF(left, rect.top() + (rect.height() - high) / 2), laid)
    return wide


def width_of(words: str, font: QFont) -> float:
    """How wide a line of text is in logical pixels."""
    return _laid(words, font)[1] if words else 0.0


_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\t\u2028\u2029", " "))


@lru_cache(maxsize=4096)
def _laid(words: str, font: QFont) -> tuple[QStaticText, float, float]:
    """A line laid out once, its width and its height."""
    line, metrics = as_shown(words).translate(_ONE_LINE), QFontMetricsF(font)
    laid = QStaticText(line)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.prepare(QTransform(), font)
    return laid, metrics.horizontalAdvance(line), metrics.height()


@lru_cache(maxsize=1024)
def _cut(words: str, font: QFont, room: float) -> str:
    """As much of a line as there is room for, with … at its end."""
    return QFontMetricsF(font).elidedText(
        as_shown(words).translate(_ONE_LINE), Qt.TextElideMode.ElideRight, room
    )


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
    return f"<span style='white-space:pre-wrap'>{html.escape(as_shown(words))}</span>" if words else ""


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
