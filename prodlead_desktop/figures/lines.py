"""What runs between cards: edges, ribbons of money and cross-links, as plain values in map units."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import DOWN_GAPS
from prodlead_desktop.layout.tree_boxes import Finder

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


Fan = tuple[list[Edge], list[Ribbon]]  # the lines that leave one card


class Lines:
    """Everything between the cards under one lens; the lines of a family are made when somebody looks at them.

    `per_million` is the ribbons' scale in u, 0 without ribbons. Lines are equal when all of them are.
    """

    def __init__(
        self,
        fan_of: Callable[[str], Fan],
        parents: Iterable[str],
        cross_links: tuple[CrossLink, ...] = (),
        per_million: float = 0.0,
    ) -> None:
        """`fan_of` a card that has children; `parents` names those in the order in which they are painted."""
        self._fan_of = fan_of
        self._parents = parents
        self._made: dict[str, Fan] = {}
        self.cross_links = cross_links
        self.per_million = per_million

    def fan(self, parent: str) -> Fan:
        """The edges and ribbons from a card to its children."""
        made = self._made.get(parent)
        if made is None:
            made = self._made[parent] = self._fan_of(parent)
        return made

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The tree's lines that are no ribbons."""
        return tuple([edge for parent in self._parents for edge in self.fan(parent)[0]])

    @cached_property
    def ribbons(self) -> tuple[Ribbon, ...]:
        """Money between parent and child; only under a lens that shows it."""
        return tuple([ribbon for parent in self._parents for ribbon in self.fan(parent)[1]])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lines) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash((self.cross_links, self.per_million))

    def _all(self) -> tuple[object, ...]:
        return self.edges, self.ribbons, self.cross_links, self.per_million


class Standing(Protocol):
    """Where the cards of a map stand, and to which side of its parent each one is."""

    @property
    def boxes(self) -> Mapping[str, Box]: ...
    @property
    def children(self) -> Mapping[str | None, Sequence[str]]: ...
    @property
    def lefts(self) -> Collection[str]: ...
    @property
    def down(self) -> bool: ...


def tree_fans(standing: Standing, style_of: Callable[[str], str]) -> Callable[[str], Fan]:
    """What gives the edges from a parent to its children; `style_of` a child's edge."""
    boxes, children, lefts, down = standing.boxes, standing.children, standing.lefts, standing.down
    new: Any = tuple.__new__  # of a named tuple, at half the price

    def fan(parent: str) -> Fan:
        edges: list[Edge] = []
        left, top, width, height = boxes[parent]
        for child in children.get(parent, ()):
            x, y, w, h = boxes[child]
            style = style_of(child)
            if down:
                stem = stem_of(top + height, y)
                ends = (left + width / 2, top + height, x + w / 2, y, style, True, stem)
            elif child in lefts:
                ends = (left, top + height / 2, x + w, y + h / 2, style, False, 0.0)
            else:
                ends = (left + width, top + height / 2, x, y + h / 2, style, False, 0.0)
            edges.append(new(Edge, (parent, child, *ends)))
        return edges, []

    return fan


def parents_of(standing: Standing) -> Iterable[str]:
    """The cards that lines leave, in the order in which they are painted."""
    children = standing.children
    return [node for node in standing.boxes if node in children]


def stem_of(bottom: float, top: float) -> float:
    """How far a line down goes straight: from a card's bottom to where its row of cards ends."""
    return max(0.0, top - DOWN_GAPS.column - bottom)


class Fans:
    """Families found again by place, so that a frame asks only for the lines of those in view."""

    def __init__(self, lines: Lines, families: Finder) -> None:
        """`families` finds parents by the place that they and their children take."""
        self._lines = lines
        self._families = families

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> tuple[list[Edge], list[Ribbon]]:
        """The edges and ribbons that may meet the rectangle, in the order they are painted."""
        parents = self._families.in_rect(x0, y0, x1, y1)
        if len(parents) == len(self._families):
            return list(self._lines.edges), list(self._lines.ribbons)
        fans = [self._lines.fan(parent) for parent in parents]
        edges = [
            edge
            for some, _ in fans
            for edge in some
            if (edge.y1 >= y0 or edge.y2 >= y0) and (edge.y1 <= y1 or edge.y2 <= y1)
        ]
        ribbons = [
            ribbon
            for _, some in fans
            for ribbon in some
            if max(ribbon.y1, ribbon.y2) + ribbon.width >= y0 and min(ribbon.y1, ribbon.y2) <= y1
        ]
        return edges, ribbons


def spans(
    boxes: Mapping[str, Box],
    children: Mapping[str | None, Sequence[str]],
    loose: Collection[str | None],
    parents: Iterable[str],
) -> dict[str, Box]:
    """The box around each family. Siblings stand in their order, so first and last tell; all do in `loose` families."""
    found: dict[str, Box] = {}
    new: Any = tuple.__new__  # of a named tuple, at half the price
    for parent in parents:
        below = children.get(parent)
        if not below:
            continue
        left, top, width, height = boxes[parent]
        right, low = left + width, top + height
        for x, y, w, h in [boxes[kid] for kid in (below if parent in loose else (below[0], below[-1]))]:
            if x < left:
                left = x
            if y < top:
                top = y
            if x + w > right:
                right = x + w
            if y + h > low:
                low = y + h
        found[parent] = new(Box, (left, top, right - left, low - top))
    return found
