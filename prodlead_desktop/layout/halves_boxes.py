"""The boxes of a map that grows both ways: a tidy tree on the right of the roots, and one on their left in a mirror."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.nested import Chosen, Nested
from prodlead_desktop.layout.tree_boxes import Finder, TidyBoxes

Ask = Callable[[Nested, float, float, float, float, Sequence[int]], Chosen]


class Block(NamedTuple):
    """One root with both its trees: where it reaches up and down, and how far each tree was moved down for that."""

    root: int
    wide: float
    top: float
    bottom: float
    right: float
    left: float


class HalvesBoxes(TidyBoxes):
    """Each half is the index of its own side."""

    turned = False

    def __init__(
        self,
        ids: list[str],
        slots: dict[str, int],
        order: list[int],
        halves: tuple[Nested, Nested],
        on_left: Sequence[bool],
        gap: float,
    ) -> None:
        """`on_left` by slot; `gap` is between the trees of the forest."""
        super().__init__(ids, slots, order)
        self._right, self._left = halves
        self._on_left, self._gap = on_left, gap
        self._blocks = {block.root: block for block in self._stacked()}

    def _stacked(self) -> Iterator[Block]:
        """The roots below each other, root on root."""
        right, left, free = self._right, self._left, 0.0
        for root in right.roots:
            middle = right.tops[root]
            rise = min(right.rises[root], left.rises[root])
            high = max(right.falls[root], left.falls[root]) - rise
            down = free - middle - rise
            yield Block(root, right.widths[root], free, free + high, down, middle - left.tops[root] + down)
            free += high + self._gap

    def _placed(self, v: int) -> Box:
        half = self._left if self._on_left[v] else self._right
        root = v
        while half.parents[root] >= 0:
            root = half.parents[root]
        return self._in_half(v, half.top(v), self._blocks[root])

    def _in_half(self, v: int, y: float, block: Block) -> Box:
        """A box from its top in its own half."""
        wide, high = self._right.widths[v], self._right.heights[v]
        if self._on_left[v]:
            return Box(block.wide - self._left.xs[v] - wide, y + block.left, wide, high)
        return Box(self._right.xs[v], y + block.right, wide, high)

    @cached_property
    def reach(self) -> Box:
        """Around all of them, the smallest where all are as wide."""
        right, left, blocks = self._right.bounds(), self._left.bounds(), [*self._blocks.values()]
        start = min([block.wide for block in blocks]) - left.w
        return Box(start, 0.0, right.w - start, max([block.bottom for block in blocks]))

    @cached_property
    def whole(self) -> dict[str, Box]:
        ys, left_ys = self._right.ys(self._order), self._left.ys(self._order)
        found: dict[str, Box] = {}
        block = next(iter(self._blocks.values()))
        for v in self._order:
            block = self._blocks.get(v, block)
            found[self._ids[v]] = self._in_half(v, (left_ys if self._on_left[v] else ys)[v], block)
        self._made = found
        return found

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        return self.asked(Nested.within, x0, y0, x1, y1)

    @cached_property
    def families(self) -> Finder:
        """Parents by the place that they and their children take."""
        return _Families(self, sum(map(bool, self._right.children)) + sum(map(bool, self._left.children)))

    def asked(self, ask: Ask, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        """What both halves find, in painting order."""
        found: dict[str, None] = {}
        for root, wide, top, bottom, right, left in self._blocks.values():
            if top <= y1 and bottom >= y0:
                there = ask(self._right, x0, y0 - right, x1, y1 - right, (root,))
                there += ask(self._left, wide - x1, y0 - left, wide - x0, y1 - left, (root,))
                found.update(dict.fromkeys(map(self._ids.__getitem__, there)))
        return sorted(found, key=self.rank.__getitem__)


class _Families:
    """As ``Finder``; the root of both halves counts twice."""

    def __init__(self, boxes: HalvesBoxes, count: int) -> None:
        self._boxes, self._count = boxes, count

    def __len__(self) -> int:
        return self._count

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        return self._boxes.asked(Nested.families, x0, y0, x1, y1)
