"""What runs between cards: edges, ribbons of money and cross-links, as plain values in map units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import DOWN_GAPS
from prodlead_desktop.layout.spatial import Index

SOLID, DASHED, DOTTED = "solid", "dashed", "dotted"
NO_POOL = -1


RIGHTWARD, LEFTWARD, DOWNWARD = "right", "left", "down"  # where a child stands as seen from its parent


class Edge(NamedTuple):
    """The tree's line from a parent's side to its child's nearest one; handles at mid-gap.

    A line that runs downwards goes straight for `stem` u first: beside it may stand taller cards.
    """

    parent: str
    child: str
    x1: float
    y1: float
    x2: float
    y2: float
    style: str = SOLID
    down: bool = False
    stem: float = 0.0


class Ribbon(NamedTuple):
    """Money of one pool on its way between parent and child: two parallel cubics, `width` apart.

    Their distance lies downwards; to the right when the ribbon itself runs `down`, with a `stem` as an edge has.
    """

    parent: str
    child: str
    pool: int  # the pool's colour number, NO_POOL without one
    x1: float
    y1: float  # upper (left) side at the parent
    x2: float
    y2: float  # upper (left) side at the child
    width: float
    down: bool = False
    stem: float = 0.0


class CrossLink(NamedTuple):
    """A contribution beside the tree: `source` to `target` with the pill's words."""

    source: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything between the cards under one lens; `per_million` is the ribbons' scale in u, 0 without ribbons."""

    edges: tuple[Edge, ...] = ()
    ribbons: tuple[Ribbon, ...] = ()
    cross_links: tuple[CrossLink, ...] = ()
    per_million: float = 0.0


class Standing(Protocol):
    """Where the cards of a map stand, and to which side of its parent each one is."""

    @property
    def boxes(self) -> Mapping[str, Box]: ...
    @property
    def parents(self) -> Mapping[str, str | None]: ...
    @property
    def lefts(self) -> Collection[str]: ...
    @property
    def down(self) -> bool: ...


def tree_edges(standing: Standing, styles: Mapping[str, str]) -> tuple[Edge, ...]:
    """One edge for each child with a visible parent; `styles` names those that are not solid, by child."""
    style_of = styles.get
    boxes, parents, lefts, down = standing.boxes, standing.parents, standing.lefts, standing.down
    edges: list[Edge] = []
    new: Any = tuple.__new__  # of a named tuple, at half the price
    for child, parent in parents.items():
        if parent is None:
            continue
        left, top, width, height = boxes[parent]
        x, y, w, h = boxes[child]
        style = style_of(child, SOLID)
        if down:
            stem = stem_of(top + height, y)
            ends = (left + width / 2, top + height, x + w / 2, y, style, True, stem)
        elif child in lefts:
            ends = (left, top + height / 2, x + w, y + h / 2, style, False, 0.0)
        else:
            ends = (left + width, top + height / 2, x, y + h / 2, style, False, 0.0)
        edges.append(new(Edge, (parent, child, *ends)))
    return tuple(edges)


def stem_of(bottom: float, top: float) -> float:
    """How far a line down goes straight: from a card's bottom to where its row of cards ends."""
    return max(0.0, top - DOWN_GAPS.column - bottom)


class Fans:
    """Edges and ribbons by the parent they leave, found again by place, so that a frame asks only for those in view."""

    def __init__(self, lines: Lines, down: bool = False) -> None:
        self._lines = lines
        self.edges: dict[str, list[Edge]] = {}
        self.ribbons: dict[str, list[Ribbon]] = {}
        for edge in lines.edges:
            self.edges.setdefault(edge.parent, []).append(edge)
        for ribbon in lines.ribbons:
            self.ribbons.setdefault(ribbon.parent, []).append(ribbon)
        spans = {
            parent: _span(self.edges.get(parent, ()), self.ribbons.get(parent, ()))
            for parent in self._parents()
        }
        self._index = Index(spans, down)

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> tuple[list[Edge], list[Ribbon]]:
        """The edges and ribbons that may meet the rectangle, in the order they are painted."""
        parents = self._index.in_rect(x0, y0, x1, y1)
        if len(parents) == len(self._index):
            return list(self._lines.edges), list(self._lines.ribbons)
        edges = [
            edge
            for parent in parents
            for edge in self.edges.get(parent, ())
            if (edge.y1 >= y0 or edge.y2 >= y0) and (edge.y1 <= y1 or edge.y2 <= y1)
        ]
        ribbons = [
            ribbon
            for parent in parents
            for ribbon in self.ribbons.get(parent, ())
            if max(ribbon.y1, ribbon.y2) + ribbon.width >= y0 and min(ribbon.y1, ribbon.y2) <= y1
        ]
        return edges, ribbons

    def _parents(self) -> list[str]:
        return list(dict.fromkeys([*self.edges, *self.ribbons]))


def _span(edges: Sequence[Edge], ribbons: Sequence[Ribbon]) -> Box:
    """The box around all lines that leave one card."""
    spans = [(e.x1, e.x2, min(e.y1, e.y2), max(e.y1, e.y2)) for e in edges]
    spans += [(r.x1, r.x2, min(r.y1, r.y2), max(r.y1, r.y2) + r.width) for r in ribbons if not r.down]
    for r in ribbons:
        if r.down:
            high, low = min(r.y1, r.y2), max(r.y1, r.y2)
            spans += [(r.x1, r.x2, high, low), (r.x1 + r.width, r.x2 + r.width, high, low)]
    starts, ends, tops, lows = zip(*spans, strict=True)
    left, top = min(*starts, *ends), min(tops)
    return Box(left, top, max(*starts, *ends) - left, max(lows) - top)
