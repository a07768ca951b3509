"""Paints edges, ribbons and cross-links, batched: few calls for many lines."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from prodlead_desktop.figures.lines import DASHED, DOTTED, Edge, Ribbon
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_dashes import ENDLESS, LONGEST, Dash, edge_dashes
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.paint_text import draw_text
from prodlead_desktop.layout.box import Box

_DASHES: dict[str, Dash] = {DASHED: CARD.unfunded_dash, DOTTED: (2.0, 3.8)}
_DASHED_FROM = 0.25  # zoom
_BAND_FROM = 2.0  # px: thinner ribbons are plain lines
_HEAD = 12.0  # u
_BEFORE_CARD = 3.0  # an arrow head ends before the card
_INTO_CARD = 11.0  # ribbons run on under a pointed card, up to its flank


def paint_edges(painter: QPainter, edges: Iterable[Edge], ink: Ink, zoom: float) -> None:
    """Every edge as a cubic, one pen for each style."""
    by_style: dict[str, list[Edge]] = {}
    for edge in edges:
        by_style.setdefault(edge.style, []).append(edge)
    width = max(CARD.edge, 0.7 / zoom)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for style, group in by_style.items():
        dash = _DASHES.get(style) if zoom > _DASHED_FROM else None
        painter.setPen(ink.pen(ink.theme.line2, width))
        for edge in group:
            if dash is None:
                painter.drawPath(curve(edge))
            else:
                _dashed(painter, edge, ink, width, dash)


def _dashed(painter: QPainter, edge: Edge, ink: Ink, width: float, dash: Dash) -> None:
    """One dashed edge; leaves a plain pen."""
    length = abs(edge.y2 - edge.y1) + abs(edge.x2 - edge.x1)
    if length > ENDLESS:
        painter.drawLine(QLineF(edge.x1, edge.y1, edge.x2, edge.y2))
    elif ink.screen and length <= LONGEST:
        painter.drawLines(edge_dashes(edge.x1, edge.y1, edge.x2, edge.y2, dash, edge.down, edge.stem))
    else:
        painter.setPen(ink.pen(ink.theme.line2, width, dash))
        painter.drawPath(curve(edge))
        painter.setPen(ink.pen(ink.theme.line2, width))


def curve(edge: Edge) -> QPainterPath:
    """The way of one edge; sideways, or down after its stem."""
    path = QPainterPath(QPointF(edge.x1, edge.y1))
    if edge.down:
        _bend_down(path, edge.x1, edge.y1 + edge.stem, edge.x2, edge.y2)
    else:
        middle = (edge.x1 + edge.x2) / 2
        path.cubicTo(middle, edge.y1, middle, edge.y2, edge.x2, edge.y2)
    return path


def _bend_down(path: QPainterPath, x1: float, y1: float, x2: float, y2: float) -> None:
    """From the path's end straight to a point, then down to another in a cubic."""
    middle = (y1 + y2) / 2
    path.lineTo(x1, y1)
    path.cubicTo(x1, middle, x2, middle, x2, y2)


def paint_ribbons(painter: QPainter, ribbons: Iterable[Ribbon], ink: Ink, zoom: float) -> None:
    """Each ribbon as an opaque band with a thin line of the pool's full colour along both sides."""
    for ribbon in ribbons:
        look = ink.ribbon(ribbon.pool)
        if ribbon.width * zoom < _BAND_FROM:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(ink.pen(look.colour, max(ribbon.width, 1.0 / zoom)))
            painter.drawPath(_middle(ribbon))
            continue
        painter.fillPath(_band(ribbon), ink.brush(look.ribbon))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen(look.colour, CARD.ribbon_edge))
        painter.drawPath(_side(ribbon, 0.0))
        painter.drawPath(_side(ribbon, ribbon.width))


def _middle(ribbon: Ribbon) -> QPainterPath:
    return _side(ribbon, ribbon.width / 2)


def _side(ribbon: Ribbon, over: float) -> QPainterPath:
    """The line along a ribbon, ``over`` u from its first side."""
    if ribbon.down:
        path = QPainterPath(QPointF(ribbon.x1 + over, ribbon.y1))
        _bend_down(path, ribbon.x1 + over, ribbon.y1 + ribbon.stem, ribbon.x2 + over, ribbon.y2)
        return path
    middle, into = (ribbon.x1 + ribbon.x2) / 2, _INTO_CARD if ribbon.x2 >= ribbon.x1 else -_INTO_CARD
    path = QPainterPath(QPointF(ribbon.x1, ribbon.y1 + over))
    path.cubicTo(middle, ribbon.y1 + over, middle, ribbon.y2 + over, ribbon.x2, ribbon.y2 + over)
    path.lineTo(ribbon.x2 + into, ribbon.y2 + over)
    return path


def _band(ribbon: Ribbon) -> QPainterPath:
    path = _side(ribbon, 0.0)
    path.connectPath(_side(ribbon, ribbon.width).toReversed())
    path.closeSubpath()
    return path


def link_path(source: Box, target: Box) -> QPainterPath:
    """Through the gutter beside the target: to its right edge, or to its left one when it stands further right."""
    y1, y2 = source.middle + source.h * 0.25, target.middle - target.h * 0.22
    reach = CARD.column_gap * 0.6
    if target.x >= source.right:
        x1, x2, leaving, arriving = source.right, target.x - _BEFORE_CARD, reach, -reach
    elif target.right <= source.x:
        x1, x2, leaving, arriving = source.x + 4, target.right + _BEFORE_CARD, -reach, reach
    else:  # in one column: out on the right and back again
        x1, x2, leaving, arriving = source.right, target.right + _BEFORE_CARD, reach, reach
    path = QPainterPath(QPointF(x1, y1))
    slope = (y2 - y1) * 0.15
    path.cubicTo(x1 + leaving, y1 + slope, x2 + arriving, y2 - slope, x2, y2)
    return path


def paint_link(painter: QPainter, path: QPainterPath, ink: Ink) -> None:
    """A dashed curve with an arrow head; it runs below the cards."""
    colour = ink.theme.text2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(colour, CARD.cross_link, CARD.cross_link_dash))
    painter.drawPath(path)
    tip = path.pointAtPercent(1.0)
    line = QLineF(tip, path.pointAtPercent(path.percentAtLength(max(0.0, path.length() - _HEAD))))
    painter.setPen(ink.pen(colour, CARD.cross_link, (), True))
    for turn in (24.0, -24.0):
        wing = QLineF(line)
        wing.setAngle(line.angle() + turn)
        wing.setLength(_HEAD)
        painter.drawLine(wing)


def paint_link_pill(painter: QPainter, text: str, path: QPainterPath, ink: Ink) -> None:
    """What the link does, in the middle of its way and above the cards."""
    role, centre = CARD.metric, path.pointAtPercent(0.45)
    width = measure(text, role.size, 600) + 24
    box = QRectF(centre.x() - width / 2, centre.y() - 12, width, 24)
    painter.setPen(ink.pen(ink.theme.line2, 1.0))
    painter.setBrush(ink.brush(ink.theme.raised))
    painter.drawRoundedRect(box, 12, 12)
    painter.setPen(ink.pen(ink.theme.text, 1.0))
    draw_text(painter, text, box.x() + 12, box.y(), role.size, 24, 600, ink.screen)
