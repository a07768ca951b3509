"""The boxes of a tidy map by id, each made when somebody asks for it: after an edit nobody asks for most of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.nested import Nested

D = TypeVar("D")
_box: Any = partial(tuple.__new__, Box)  # of a named tuple, at half the price


class Finder(Protocol):
    """What finds cards, or families, by place."""

    def __len__(self) -> int: ...

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        """The ids of all that meet the rectangle from (x0, y0) to (x1, y1), in painting order."""
        ...


class LazyBoxes(Mapping[str, Box]):
    """Boxes in preorder that are made one by one, and find themselves by place. A value."""

    @property
    @abstractmethod
    def reach(self) -> Box:
        """A box around all of them, the smallest if that is known at once."""

    @property
    @abstractmethod
    def whole(self) -> dict[str, Box]:
        """Every box, as a dict, which answers thousands of questions quicker."""

    @abstractmethod
    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        """The ids of all boxes that meet the rectangle from (x0, y0) to (x1, y1), in painting order."""

    def at(self, x: float, y: float) -> str | None:
        """The id of the box at a point; of several the one painted last, which lies on top."""
        found = self.in_rect(x, y, x, y)
        return found[-1] if found else None

    def get(self, node: str, default: D | None = None) -> Box | D | None:  # type: ignore[override]
        if node not in self:
            return default
        return self[node]

    def values(self) -> ValuesView[Box]:
        return self.whole.values()

    def items(self) -> ItemsView[str, Box]:
        return self.whole.items()


class TidyBoxes(LazyBoxes):
    """The boxes as the tidy layout has them: the layout is their index, and none has to follow an edit."""

    turned: bool  # whether columns are rows

    def __init__(self, ids: list[str], slots: dict[str, int], order: list[int]) -> None:
        """`ids` by slot, `order` the slots in preorder."""
        self._ids, self._slots, self._order = ids, slots, order
        self._made: dict[str, Box] = {}

    @abstractmethod
    def _placed(self, v: int) -> Box:
        """The box of a slot."""

    def __getitem__(self, node: str) -> Box:
        box = self._made.get(node)
        if box is None:
            box = self._made[node] = self._placed(self._slots[node])
        return box

    def __contains__(self, node: object) -> bool:
        return node in self._slots

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[str]:
        return map(self._ids.__getitem__, self._order)

    @property
    @abstractmethod
    def families(self) -> Finder:
        """Parents by the place that they and their children take."""

    @cached_property
    def rank(self) -> dict[str, int]:
        """Which place each box has in painting order."""
        return {node: place for place, node in enumerate(self)}


class TreeBoxes(TidyBoxes):
    """The boxes of a tree that grows to the right, or down."""

    def __init__(
        self, ids: list[str], slots: dict[str, int], order: list[int], nested: Nested, turned: bool
    ) -> None:
        """`turned`: the tree grows downwards."""
        super().__init__(ids, slots, order)
        self._nested, self.turned = nested, turned

    @cached_property
    def reach(self) -> Box:
        """The smallest box around all of them."""
        x, y, w, h = self._nested.bounds()
        return Box(y, x, h, w) if self.turned else Box(x, y, w, h)

    @cached_property
    def families(self) -> TreeFamilies:
        return TreeFamilies(self._ids, self._nested, self.turned)

    def _placed(self, v: int) -> Box:
        nested = self._nested
        x, y, w, h = nested.xs[v], nested.top(v), nested.widths[v], nested.heights[v]
        return Box(y, x, h, w) if self.turned else Box(x, y, w, h)

    @cached_property
    def whole(self) -> dict[str, Box]:
        nested, order = self._nested, self._order
        sides = (nested.xs, nested.ys(order), nested.widths, nested.heights)
        if self.turned:
            sides = sides[1], sides[0], sides[3], sides[2]
        boxes = list(map(_box, zip(*sides, strict=True)))
        self._made = dict(zip(self, map(boxes.__getitem__, order), strict=True))
        return self._made

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        rect = (y0, x0, y1, x1) if self.turned else (x0, y0, x1, y1)
        return list(map(self._ids.__getitem__, self._nested.within(*rect)))


def whole(boxes: Mapping[str, Box]) -> Mapping[str, Box]:
    """The same boxes, for those who ask for all of them."""
    return boxes.whole if isinstance(boxes, LazyBoxes) else boxes


class TreeFamilies:
    """Finds families of a tree, as ``Finder``."""

    def __init__(self, ids: Sequence[str], nested: Nested, turned: bool) -> None:
        self._ids, self._nested, self.turned = ids, nested, turned
        self._count = sum(map(bool, nested.children))

    def __len__(self) -> int:
        return self._count

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        """The parents that meet the rectangle together with their children, in painting order."""
        rect = (y0, x0, y1, x1) if self.turned else (x0, y0, x1, y1)
        return list(map(self._ids.__getitem__, self._nested.families(*rect)))
