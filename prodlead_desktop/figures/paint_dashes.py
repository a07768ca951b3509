"""Dashed lines as many short ones: Qt's own dash pen costs a screen several times as much."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath

from prodlead_desktop.figures.paint_shapes import silhouette

Dash = tuple[float, float]  # line and gap in u
LONGEST = 4000.0  # u: longer lines are left to Qt, which dashes only what is in view
ENDLESS = 200_000.0  # u: still longer ones are not dashed at all; Qt would run out of memory
_STEPS = 24  # straight pieces that stand for a curve while it is measured


def is_screen(painter: QPainter) -> bool:
    """Whether the painter makes pixels; PDF and SVG get real dash pens, real text and paths."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


@lru_cache(maxsize=2048)
def silhouette_dashes(role: str, width: float, height: float, dash: Dash) -> list[QLineF]:
    """The outline of a card in dashes."""
    return along(_flat(silhouette(role, width, height)), dash)


@lru_cache(maxsize=512)
def pill_dashes(width: float, height: float, dash: Dash) -> list[QLineF]:
    """The outline of a rounded chip in dashes, its corner at 0, 0."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, width, height), height / 2, height / 2)
    return along(_flat(path), dash)


@lru_cache(maxsize=4096)
def edge_dashes(
    across: float, down: float, dash: Dash, downwards: bool = False, stem: float = 0.0
) -> list[QLineF]:
    """A tree edge from 0, 0 in dashes: the cubic with its handles at mid-gap; downwards it has a stem before.

    Edges of one shape are many on a map, and no other ones after an edit has moved them.
    """
    if downwards:
        turned = along([(0.0, 0.0), *_bent(stem, 0.0, down, across)], dash)
        return [QLineF(line.y1(), line.x1(), line.y2(), line.x2()) for line in turned]
    return along(_bent(0.0, 0.0, across, down), dash)


def _bent(x1: float, y1: float, x2: float, y2: float) -> list[tuple[float, float]]:
    middle = (x1 + x2) / 2
    points = []
    for number in range(_STEPS + 1):
        t = number / _STEPS
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append((a * x1 + (b + c) * middle + d * x2, (a + b) * y1 + (c + d) * y2))
    return points


def _flat(path: QPainterPath) -> list[tuple[float, float]]:
    """The points of a closed path; curves in pieces shorter than a dash."""
    return [(point.x(), point.y()) for point in path.toFillPolygon().toList()]


def along(points: list[tuple[float, float]], dash: Dash) -> list[QLineF]:
    """Straight dashes along a polyline; a dash that meets a corner goes round it."""
    line, gap = dash
    lines: list[QLineF] = []
    drawing, left = True, line
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        done = 0.0
        while length - done > left:
            to = done + left
            if drawing:
                lines.append(_piece(x1, y1, x2, y2, done / length, to / length))
            done, drawing = to, not drawing
            left = line if drawing else gap
        if drawing and length > done:
            lines.append(_piece(x1, y1, x2, y2, done / length, 1.0))
        left -= length - done
    return lines


def _piece(x1: float, y1: float, x2: float, y2: float, a: float, b: float) -> QLineF:
    return QLineF(x1 + (x2 - x1) * a, y1 + (y2 - y1) * a, x1 + (x2 - x1) * b, y1 + (y2 - y1) * b)
