"""Ways for links beside the tree: through the gaps between cards, never across one.

Cards stand in columns. Between two columns runs a gutter that none of them is in, and through a column lead lanes
between its cards. A way goes from a card into the gutter beside it, along it, through the columns on lanes near where
it wants to go, and from the last gutter into its card. Cards that stand in no column, because somebody moved them by
hand, are gone around close to their edges, where the layout keeps room.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.detours import BESIDE, around
from prodlead_desktop.layout.spatial import Index

Point = tuple[float, float]
Points = tuple[Point, ...]

LEAST_GUTTER = 30.0  # u between two columns
LEAST_LANE = 8.0
CLEAR = 14.0  # u from a card where a lane has room
OUTSIDE = 40.0  # u beyond the outermost columns
TRACKS, TRACK = 5, 9.0  # links in one gutter run beside each other
LEAVES, ENTERS = 0.75, 0.28  # at which share of a card's side a link begins and ends
UNDER, BEFORE = 4.0, 3.0  # u that it begins within its card, and ends before its other one


class Column(NamedTuple):
    """Cards above each other: where they lie across, and where those that touch begin and end."""

    x0: float
    x1: float
    starts: list[float]
    ends: list[float]


class Router:
    """Finds ways on one map; ``turned`` when its columns are rows."""

    def __init__(self, boxes: Mapping[str, Box], turned: bool = False) -> None:
        self._turned = turned
        self._boxes = {n: Box(b[1], b[0], b[3], b[2]) for n, b in boxes.items()} if turned else boxes
        self._columns, loose = _columns(self._boxes)
        self._loose = Index(loose)
        self._every: Index | None = None

    def way(self, source: str, target: str, number: int = 0) -> Points:
        """The corners of the way from a card to another; ``number`` picks its track in a gutter."""
        start, end = self._boxes[source], self._boxes[target]
        out, inside, first, last = self._gates(start, end)
        points = self._along(start, end, out, inside, first, last, number)
        if len(self._loose):
            points = self._clear(points, source in self._loose, target in self._loose)
        points = [_onto(start, points[0], -UNDER), *points, _onto(end, points[-1], BEFORE)]
        clean = _straightened(points)
        return tuple((y, x) for x, y in clean) if self._turned else clean

    def _clear(self, points: list[Point], from_loose: bool, to_loose: bool) -> list[Point]:
        """Led around cards in no column; between one of those and its gutter may stand cards of a column too."""
        if from_loose or to_loose:
            if self._every is None:
                self._every = Index(self._boxes)
            head = around(self._every, points[:2]) if from_loose else points[:2]
            tail = around(self._every, points[-2:]) if to_loose else points[-2:]
            points = [*head, *points[2:-2], *tail]
        return around(self._loose, points)

    def _gates(self, start: Box, end: Box) -> tuple[bool, bool, int, int]:
        """Whether the way leaves its card on the right, and enters the other there; its first and last gutter."""
        start_left, start_right = self._beside(start)
        end_left, end_right = self._beside(end)
        if start_right <= end_left:
            return True, False, start_right, end_left
        if end_right <= start_left:
            return False, True, start_left, end_right
        return True, True, start_right, end_right

    def _beside(self, box: Box) -> tuple[int, int]:
        """The gutters left and right of all columns that a card reaches into; one of its own when in none."""
        left = bisect_right(self._columns, box.x, key=lambda column: column.x1)
        right = bisect_left(self._columns, box.right, key=lambda column: column.x0)
        return (left, right) if left < right else (left, left)

    def _along(
        self, start: Box, end: Box, out: bool, inside: bool, first: int, last: int, number: int
    ) -> list[Point]:
        """Corners from just outside a card to just outside the other, across nothing that stands in a column."""
        goal = end.y + end.h * ENTERS
        point = _exit(start, out, LEAVES, self._middle(first, number), goal)
        final = _exit(end, inside, ENTERS, self._middle(last, number), point[1])
        points, y, goal = [point], point[1], final[1]
        step = 1 if last > first else -1
        gutter = first
        while True:
            at = self._middle(gutter, number)
            points.append((at, y))
            if gutter != last:
                y = _lane(self._columns[gutter - (step < 0)], y, goal)
            points.append((at, goal if gutter == last else y))
            if gutter == last:
                return [*points, final]
            gutter += step

    def _middle(self, gutter: int, number: int) -> float:
        """A track in the gutter left of a column; of the outermost ones not far outside."""
        columns = self._columns
        aside = (number * 2 % TRACKS - TRACKS // 2) * TRACK
        if gutter == 0:
            return columns[0].x0 - OUTSIDE + aside
        if gutter == len(columns):
            return columns[-1].x1 + OUTSIDE + aside
        return (columns[gutter - 1].x1 + columns[gutter].x0) / 2 + aside


def _columns(boxes: Mapping[str, Box]) -> tuple[list[Column], dict[str, Box]]:
    """The columns from left to right, those with most cards first come first served, and the cards in none."""
    by_start: dict[float, list[str]] = {}
    for node, box in boxes.items():
        by_start.setdefault(round(box.x, 3), []).append(node)
    taken: list[tuple[float, float, list[str]]] = []
    loose: dict[str, Box] = {}
    for _, nodes in sorted(by_start.items(), key=lambda item: (-len(item[1]), item[0])):
        x0 = min(boxes[node].x for node in nodes)
        x1 = max(boxes[node].right for node in nodes)
        place = bisect_left(taken, (x0,))
        before_ends = taken[place - 1][1] if place else float("-inf")
        after_starts = taken[place][0] if place < len(taken) else float("inf")
        if before_ends + LEAST_GUTTER <= x0 and x1 + LEAST_GUTTER <= after_starts:
            taken.insert(place, (x0, x1, nodes))
        else:
            loose.update({node: boxes[node] for node in nodes})
    columns = [
        Column(x0, x1, *_merged(sorted((boxes[node].y, boxes[node].bottom) for node in nodes)))
        for x0, x1, nodes in taken
    ]
    return columns, loose


def _merged(rows: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    starts: list[float] = []
    ends: list[float] = []
    for top, bottom in rows:
        if ends and top < ends[-1] + LEAST_LANE:
            ends[-1] = max(ends[-1], bottom)
        else:
            starts.append(top)
            ends.append(bottom)
    return starts, ends


def _exit(box: Box, right: bool, share: float, gutter: float, goal: float) -> Point:
    """Just outside a card: on the side of its gutter, or above or below it when it stands in the gutter."""
    if box.x <= gutter <= box.right:
        return gutter, box.bottom + BESIDE if goal > box.middle else box.y - BESIDE
    return (box.right + BESIDE if right else box.x - BESIDE), box.y + box.h * share


def _onto(box: Box, outside: Point, off: float) -> Point:
    """The point `off` u before the edge of a card that a point just outside lies before."""
    x, y = outside
    return (
        box.x - off if x < box.x else box.right + off if x > box.right else x,
        box.y - off if y < box.y else box.bottom + off if y > box.bottom else y,
    )


def _lane(column: Column, y: float, goal: float) -> float:
    """The lane through a column that makes the way from y to the goal shortest, and lies nearest to the goal."""
    starts, ends = column.starts, column.ends
    lanes = set()
    for wanted in (y, goal):
        place = bisect_left(starts, wanted)
        for lane in (place - 1, place, place + 1):
            if 0 <= lane <= len(starts):
                top = ends[lane - 1] if lane else float("-inf")
                bottom = starts[lane] if lane < len(starts) else float("inf")
                aside = min(CLEAR, (bottom - top) / 2)
                lanes.add(min(max(wanted, top + aside), bottom - aside))
    return min(lanes, key=lambda at: (abs(at - y) + abs(at - goal), abs(at - goal)))


def _straightened(points: list[Point]) -> Points:
    """Without corners that turn nowhere."""
    kept = points[:1]
    for place in range(1, len(points) - 1):
        before, here, after = kept[-1], points[place], points[place + 1]
        flat = before[1] == here[1] == after[1] or before[0] == here[0] == after[0]
        if here != before and not flat:
            kept.append(here)
    return (*kept, points[-1])
