"""Paints the samples of a lens' legend, for the window's legend and the foot of a page alike."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from prodlead_desktop.figures.lens import Key
from prodlead_desktop.figures.lines import DASHED, DOTTED
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_marks import paint_badge
from prodlead_desktop.figures.paint_palette import Ink

_DASH = {DASHED: (4.0, 3.0), DOTTED: (1.6, 2.4)}
_BADGE = 0.72


def paint_key(painter: QPainter, key: Key, ink: Ink, width: float, height: float) -> None:
    """A small card with its ground, outline, badge or pips, or a line with its dashes; into width × height."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if key.whisker:
        _whisker(painter, ink, width, height)
        return
    theme, box = ink.theme, QRectF(0.7, 0.7, width - 1.4, height - 1.4)
    ground = theme.ground(key.ground) if key.ground else theme.canvas if key.draft else theme.surface
    dash = CARD.draft_dash if key.draft else _DASH.get(key.line, ())
    painter.setBrush(ink.brush(ground))
    painter.setPen(ink.pen(theme.text2, 1.2, dash))
    painter.drawRoundedRect(box, 3, 3)
    if key.steps is not None:
        _pips(painter, key.steps, ink, width, height)
    if key.badge:
        painter.save()
        painter.translate(width / 2, height / 2)
        painter.scale(_BADGE * height / CARD.badge, _BADGE * height / CARD.badge)
        paint_badge(painter, key.badge, ink)
        painter.restore()


def _pips(painter: QPainter, steps: tuple[int, int], ink: Ink, width: float, height: float) -> None:
    filled, count = steps
    step = (width - 5.0) / count
    side = min(step - 1.0, height - 8.0)
    painter.setPen(ink.pen(ink.theme.text2, 0.8))
    for number in range(count):
        painter.setBrush(ink.brush(ink.theme.text2) if number < filled else Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(3.0 + number * step, (height - side) / 2, side, side))


def _whisker(painter: QPainter, ink: Ink, width: float, height: float) -> None:
    middle = height / 2
    painter.setPen(ink.pen(ink.theme.text, CARD.whisker))
    painter.drawLines(
        [QLineF(1, middle, width - 1, middle), QLineF(1, middle - 4, 1, middle + 4),
         QLineF(width - 1, middle - 4, width - 1, middle + 4)]
    )  # fmt: skip
    painter.setBrush(ink.brush(ink.theme.surface))
    painter.drawEllipse(QPointF(width / 2, middle), 3.0, 3.0)
