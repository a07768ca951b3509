"""Paints edges, ribbons and cross-links, batched: few calls for many lines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from prodlead_desktop.figures.lines import DASHED, DOTTED, Edge, Ribbon
from prodlead_desktop.figures.link_pills import ABOVE, PADDING, TEXT, Pill
from prodlead_desktop.figures.measures import CARD, TypeRole
from prodlead_desktop.figures.paint_dashes import ENDLESS, LONGEST, Dash, along, edge_dashes
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.paint_text import draw_text
from prodlead_desktop.layout.gutters import Points

_DASHES: dict[str, Dash] = {DASHED: CARD.unfunded_dash, DOTTED: (2.0, 3.8)}
_DASHED_FROM = 0.25  # zoom
_BAND_FROM = 2.0  # px: thinner ribbons are plain lines
_HEAD = 12.0  # u
_ROUND = 11.0  # u: corners of the pill on a link
_BEND = 22.0  # u: radius of a cross-link's corners
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
        across, down = round(edge.x2 - edge.x1, 1), round(edge.y2 - edge.y1, 1)
        painter.translate(edge.x1, edge.y1)
        painter.drawLines(edge_dashes(across, down, dash, edge.down, edge.stem))
        painter.translate(-edge.x1, -edge.y1)
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


@lru_cache(maxsize=1024)
def link_path(points: Points) -> QPainterPath:
    """The way of a cross-link with its corners rounded; do not change what you get."""
    path = QPainterPath(QPointF(*points[0]))
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = QLineF(QPointF(*corner), QPointF(*before)), QLineF(QPointF(*corner), QPointF(*after))
        radius = min(_BEND, into.length() / 2, out.length() / 2)
        if radius > 0:
            into.setLength(radius)
            out.setLength(radius)
            path.lineTo(into.p2())
            path.quadTo(QPointF(*corner), out.p2())
    path.lineTo(QPointF(*points[-1]))
    return path


def paint_link(painter: QPainter, points: Points, ink: Ink) -> None:
    """A dashed line with an arrow head; it runs below the cards, between them."""
    colour, path = ink.theme.text2, link_path(points)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if ink.screen and path.length() < ENDLESS:
        painter.setPen(ink.pen(colour, CARD.cross_link))
        painter.drawLines(path_dashes(points))
    else:
        painter.setPen(ink.pen(colour, CARD.cross_link, CARD.cross_link_dash))
        painter.drawPath(path)
    tip = QPointF(*points[-1])
    line = QLineF(tip, QPointF(*points[-2]))
    painter.setPen(ink.pen(colour, CARD.cross_link, (), True))
    for turn in (24.0, -24.0):
        wing = QLineF(line)
        wing.setAngle(line.angle() + turn)
        wing.setLength(_HEAD)
        painter.drawLine(wing)


@lru_cache(maxsize=1024)
def path_dashes(points: Points) -> list[QLineF]:
    """A cross-link in dashes."""
    path = link_path(points)
    flat = [(point.x(), point.y()) for polygon in path.toSubpathPolygons() for point in polygon.toList()]
    return along(flat, CARD.cross_link_dash)


def paint_link_pill(painter: QPainter, pill: Pill, ink: Ink) -> None:
    """What the link does, above the lines."""
    box = QRectF(*pill.box)
    painter.setPen(ink.pen(ink.theme.line2, 1.0))
    painter.setBrush(ink.brush(ink.theme.raised))
    painter.drawRoundedRect(box, _ROUND, _ROUND)
    painter.setPen(ink.pen(ink.theme.text, 1.0))
    for number, line in enumerate(pill.lines):
        left, top = box.x() + PADDING, box.y() + ABOVE + number * TEXT.line
        draw_text(painter, line, left, top, TEXT.size, TEXT.line, TEXT.weight, ink.screen)


def shortened(text: str, width: float, role: TypeRole) -> str:
    """`text`, with … at its end when it is wider than `width` u."""
    if measure(text, role.size, role.weight) <= width:
        return text
    while text and measure(text + "…", role.size, role.weight) > width:
        text = text[:-1]
    return text.rstrip() + "…" if text else ""
