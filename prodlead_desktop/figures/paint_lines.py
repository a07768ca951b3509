"""Paints edges, ribbons and cross-links, batched: few calls for many lines."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from prodlead_desktop.figures.lines import DASHED, DOTTED, CrossLink, Edge, Ribbon
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_dashes import LONGEST, Dash, edge_dashes
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.paint_text import draw_text
from prodlead_desktop.layout.box import Box

_DASHES: dict[str, Dash] = {DASHED: CARD.unfunded_dash, DOTTED: (2.0, 3.8)}
_DASHED_FROM = 0.25  # zoom
_BAND_FROM = 2.0  # px: thinner ribbons are plain lines
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
        plain = ink.pen(ink.theme.line2, width)
        painter.setPen(plain if dash is None else ink.pen(ink.theme.line2, width, dash))
        for edge in group:
            if dash is None or not ink.screen or abs(edge.y2 - edge.y1) + abs(edge.x2 - edge.x1) > LONGEST:
                painter.drawPath(_curve(edge))
                continue
            painter.setPen(plain)
            painter.drawLines(edge_dashes(edge.x1, edge.y1, edge.x2, edge.y2, dash))
            painter.setPen(ink.pen(ink.theme.line2, width, dash))


def _curve(edge: Edge) -> QPainterPath:
    middle = (edge.x1 + edge.x2) / 2
    path = QPainterPath(QPointF(edge.x1, edge.y1))
    path.cubicTo(middle, edge.y1, middle, edge.y2, edge.x2, edge.y2)
    return path


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


def _side(ribbon: Ribbon, down: float) -> QPainterPath:
    middle = (ribbon.x1 + ribbon.x2) / 2
    path = QPainterPath(QPointF(ribbon.x1, ribbon.y1 + down))
    path.cubicTo(middle, ribbon.y1 + down, middle, ribbon.y2 + down, ribbon.x2, ribbon.y2 + down)
    path.lineTo(ribbon.x2 + _INTO_CARD, ribbon.y2 + down)
    return path


def _band(ribbon: Ribbon) -> QPainterPath:
    middle = (ribbon.x1 + ribbon.x2) / 2
    path = _side(ribbon, 0.0)
    low1, low2 = ribbon.y1 + ribbon.width, ribbon.y2 + ribbon.width
    path.lineTo(ribbon.x2 + _INTO_CARD, low2)
    path.lineTo(ribbon.x2, low2)
    path.cubicTo(middle, low2, middle, low1, ribbon.x1, low1)
    path.closeSubpath()
    return path


def link_path(source: Box, target: Box) -> QPainterPath:
    """From the left edge of the source down or up the gutter to the right edge of the target."""
    x1, y1 = source.x + CARD.width * 0.03, source.middle + source.h * 0.25
    x2, y2 = target.right + 3.0, target.middle - target.h * 0.22
    if target.x > source.right:  # the target stands further right
        x1, x2 = source.right, target.x - 3.0
    path = QPainterPath(QPointF(x1, y1))
    reach = CARD.column_gap * 0.6
    bend = reach if target.x > source.right else -reach
    path.cubicTo(x1 + bend, y1 + (y2 - y1) * 0.15, x2 - bend, y2 - (y2 - y1) * 0.15, x2, y2)
    return path


def paint_cross_link(painter: QPainter, link: CrossLink, source: Box, target: Box, ink: Ink) -> None:
    """A dashed curve with an arrow head and a pill that says how much."""
    path = link_path(source, target)
    theme = ink.theme
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(theme.text2, CARD.cross_link, CARD.cross_link_dash))
    painter.drawPath(path)
    tip = path.pointAtPercent(1.0)
    line = QLineF(tip, path.pointAtPercent(path.percentAtLength(max(0.0, path.length() - 12))))
    painter.setPen(ink.pen(theme.text2, CARD.cross_link, (), True))
    for turn in (24.0, -24.0):
        wing = QLineF(line)
        wing.setAngle(line.angle() + turn)
        wing.setLength(12)
        painter.drawLine(wing)
    paint_pill(painter, link.text, path.pointAtPercent(0.45), ink)


def paint_pill(painter: QPainter, text: str, centre: QPointF, ink: Ink) -> None:
    """A small rounded label on the surface."""
    role = CARD.metric
    width = measure(text, role.size, 600) + 24
    box = QRectF(centre.x() - width / 2, centre.y() - 12, width, 24)
    painter.setPen(ink.pen(ink.theme.line2, 1.0))
    painter.setBrush(ink.brush(ink.theme.raised))
    painter.drawRoundedRect(box, 12, 12)
    painter.setPen(ink.pen(ink.theme.text, 1.0))
    draw_text(painter, text, box.x() + 12, box.y(), role.size, 24, 600, ink.screen)
