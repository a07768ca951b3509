"""What runs between cards: edges, ribbons of money and cross-links, as plain values in map units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.spatial import Index

SOLID, DASHED, DOTTED = "solid", "dashed", "dotted"
NO_POOL = -1


class Edge(NamedTuple):
    """The tree's line from a parent's right edge to its child's left; handles at mid-gap."""

    parent: str
    child: str
    x1: float
    y1: float
    x2: float
    y2: float
    style: str = SOLID


class Ribbon(NamedTuple):
    """Money of one pool on its way between parent and child: two parallel cubics, `width` apart downwards."""

    parent: str
    child: str
    pool: int  # the pool's colour number, NO_POOL without one
    x1: float
    y1: float  # upper side at the parent
    x2: float
    y2: float  # upper side at the child
    width: float


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


def tree_edges(
    boxes: Mapping[str, Box], parents: Mapping[str, str | None], styles: Mapping[str, str]
) -> tuple[Edge, ...]:
    """One edge for each child with a visible parent; `styles` names those that are not solid, by child."""
    style_of = styles.get
    edges = []
    for child, parent in parents.items():
        if parent is not None:
            left, top, width, height = boxes[parent]
            box = boxes[child]
            edges.append(
                Edge(
                    parent, child, left + width, top + height / 2, box[0], box[1] + box[3] / 2,
                    style_of(child, SOLID),
                )
            )  # fmt: skip
    return tuple(edges)


class Fans:
    """Edges and ribbons by the parent they leave, found again by place, so that a frame asks only for those in view."""

    def __init__(self, lines: Lines) -> None:
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
        self._index = Index(spans)

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
    spans += [(r.x1, r.x2, min(r.y1, r.y2), max(r.y1, r.y2) + r.width) for r in ribbons]
    starts, ends, tops, lows = zip(*spans, strict=True)
    left, top = min(*starts, *ends), min(tops)
    return Box(left, top, max(*starts, *ends) - left, max(lows) - top)
