"""What runs between cards: edges, ribbons of money and cross-links, as plain values in map units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from prodlead_desktop.layout.box import Box

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
