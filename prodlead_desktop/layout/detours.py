"""Around cards that lie in the way: along their edges, where no other card is."""

from __future__ import annotations

from itertools import pairwise

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.spatial import Index

BESIDE = 5.0  # u beside a card's edge: two cards are at least twice as far apart
_NEAR = 1e-6

Point = tuple[float, float]


def around(index: Index, points: list[Point]) -> list[Point]:
    """The way, of stretches across and down, led around every card of the index that it meets.

    A rim meets no other card, so no detour leads to another one.
    """
    for node in dict.fromkeys(_met(index, points)):
        points = _detour(points, index[node])
    return points


def _met(index: Index, points: list[Point]) -> list[str]:
    """The cards that the way leads across, in the order in which it meets them."""
    found: list[str] = []
    for (x1, y1), (x2, y2) in pairwise(points):
        left, right, top, low = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        inside = [
            node
            for node in index.in_rect(left, top, right, low)
            if _within(index[node], left, right, top, low)
        ]
        found += sorted(inside, key=lambda node: abs(index[node].x - x1) + abs(index[node].y - y1))
    return found


def _within(box: Box, left: float, right: float, top: float, low: float) -> bool:
    return (
        left < box.right - _NEAR
        and right > box.x + _NEAR
        and top < box.bottom - _NEAR
        and low > box.y + _NEAR
    )


def _detour(points: list[Point], box: Box) -> list[Point]:
    """The way with all between first entering and last leaving the room around a card led along its rim."""
    rim = Box(box.x - BESIDE, box.y - BESIDE, box.w + 2 * BESIDE, box.h + 2 * BESIDE)
    spans = [(place, span) for place, ends in enumerate(pairwise(points)) if (span := _span(rim, *ends))]
    if not spans:
        return points
    first, (enters, _) = spans[0]
    last, (_, leaves) = spans[-1]
    return [*points[: first + 1], enters, *_rim(rim, enters, leaves), leaves, *points[last + 1 :]]


def _span(rim: Box, start: Point, end: Point) -> tuple[Point, Point] | None:
    """Where a stretch enters and leaves the inside of the rim; None when it does not."""
    (x1, y1), (x2, y2) = start, end
    if not _within(rim, min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)):
        return None
    x = [min(max(at, rim.x), rim.right) for at in (x1, x2)]
    y = [min(max(at, rim.y), rim.bottom) for at in (y1, y2)]
    return (x[0], y[0]), (x[1], y[1])


def _rim(rim: Box, start: Point, end: Point) -> list[Point]:
    """The corners of the rim between two of its points, the shorter way round."""
    corners = [(rim.x, rim.y), (rim.right, rim.y), (rim.right, rim.bottom), (rim.x, rim.bottom)]
    length = 2 * (rim.w + rim.h)
    at, to = _along(rim, start), _along(rim, end)
    marks = [_along(rim, corner) for corner in corners]
    onward = (to - at) % length
    if onward <= length / 2:
        between = sorted(((mark - at) % length, corner) for mark, corner in zip(marks, corners, strict=True))
        return [corner for far, corner in between if 0 < far < onward]
    between = sorted(((at - mark) % length, corner) for mark, corner in zip(marks, corners, strict=True))
    return [corner for far, corner in between if 0 < far < length - onward]


def _along(rim: Box, point: Point) -> float:
    """How far along the rim a point lies, clockwise from the top left corner."""
    x, y = point
    if y <= rim.y + _NEAR:
        return x - rim.x
    if x >= rim.right - _NEAR:
        return rim.w + y - rim.y
    if y >= rim.bottom - _NEAR:
        return rim.w + rim.h + rim.right - x
    return 2 * rim.w + rim.h + rim.bottom - y
