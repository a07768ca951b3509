"""Which cards are in view and which is under the pointer, without asking every card.

Boxes are kept in vertical strips by their left edge, sorted by top within a strip. A tidy map has about one column
of cards per strip, so a search is one bisection for each strip in view. Of a map that grows downwards the strips are
rows: such an index is `turned`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Mapping
from math import floor

from prodlead_desktop.layout.box import Box

STRIP = 336.0  # a card and the gap behind it


class _Strip:
    """The boxes whose left edge lies in one strip, by top; its measures grow, and shrink with a new index only."""

    __slots__ = ("first_left", "ids", "last_left", "tallest", "tops", "widest")

    def __init__(self) -> None:
        self.tops: list[float] = []
        self.ids: list[str] = []
        self.first_left = float("inf")
        self.last_left = float("-inf")
        self.widest = 0.0
        self.tallest = 0.0

    def measure(self, box: Box) -> None:
        x, _, w, h = box
        if x < self.first_left:
            self.first_left = x
        if x > self.last_left:
            self.last_left = x
        if w > self.widest:
            self.widest = w
        if h > self.tallest:
            self.tallest = h


class Index:
    """Finds boxes by place; touching counts as meeting, so a box of no size is found too."""

    _strips: dict[int, _Strip]
    _keys: list[int]  # of the strips, ascending
    _widest: float

    def __init__(self, boxes: Mapping[str, Box], turned: bool = False) -> None:
        """Index `boxes`, given in the order in which they are painted (for a tree: preorder)."""
        self._turned = turned
        self._boxes = _turned(boxes) if turned else dict(boxes)
        self._rank = {node: place for place, node in enumerate(self._boxes)}
        self._next_rank = len(self._rank)
        self._build()

    def __len__(self) -> int:
        return len(self._boxes)

    def __contains__(self, node: object) -> bool:
        return node in self._boxes

    def __getitem__(self, node: str) -> Box:
        box = self._boxes[node]
        return Box(box[1], box[0], box[3], box[2]) if self._turned else box

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        """The ids of all boxes that meet the rectangle from (x0, y0) to (x1, y1), in painting order."""
        if self._turned:
            x0, y0, x1, y1 = y0, x0, y1, x1
        boxes = self._boxes
        found: list[str] = []
        start = bisect_left(self._keys, (x0 - self._widest) / STRIP - 1.0)
        for key in self._keys[start : bisect_right(self._keys, x1 / STRIP)]:
            strip = self._strips[key]
            tops, ids = strip.tops, strip.ids
            low = bisect_left(tops, y0 - strip.tallest)
            high = bisect_right(tops, y1, low)
            # where all left edges are in the rectangle, every box is that starts in it
            sure = strip.first_left >= x0 and strip.last_left <= x1
            whole = bisect_left(tops, y0, low, high) if sure else high
            for node in ids[low:whole]:
                x, y, w, h = boxes[node]
                if x <= x1 and x + w >= x0 and y + h >= y0:
                    found.append(node)
            found += ids[whole:high]
        if len(found) == len(boxes):
            return list(self._rank)
        found.sort(key=self._rank.__getitem__)
        return found

    def at(self, x: float, y: float) -> str | None:
        """The id of the box at a point; of several the one painted last, which lies on top."""
        found = self.in_rect(x, y, x, y)
        return found[-1] if found else None

    def update(
        self, changed: Mapping[str, Box], removed: Collection[str] = (), order: Iterable[str] | None = None
    ) -> None:
        """Forget `removed` (ids not here are ignored), then take in `changed`: boxes that moved or are new.

        `order` is the painting order of all boxes from now on; without it the old order stays and new boxes come
        last. An order of other ids than the boxes is a ValueError, and then nothing has changed.
        """
        rank = None if order is None else {node: place for place, node in enumerate(order)}
        if rank is not None and rank.keys() != (self._boxes.keys() - set(removed)) | changed.keys():
            raise ValueError("the order does not name the boxes that the index would hold")
        if self._turned:
            changed = _turned(changed)
        for node in removed:
            if node in self._boxes:
                self._take_out(node)
                del self._boxes[node], self._rank[node]
        moved = {node: box for node, box in changed.items() if self._boxes.get(node) != box}
        if len(moved) * 4 > len(self._boxes):
            self._boxes.update(moved)
            self._build()
        else:
            for node, box in moved.items():
                if node in self._boxes:
                    self._take_out(node)
                self._boxes[node] = box
                self._put_in(node)
        if rank is None:
            for node in moved:
                if node not in self._rank:
                    self._rank[node] = self._next_rank
                    self._next_rank += 1
        else:
            self._rank, self._next_rank = rank, len(rank)

    def _build(self) -> None:
        self._strips, self._keys = {}, []
        self._widest = 0.0
        for node, box in sorted(self._boxes.items(), key=_top):
            strip = self._strip_for(box)
            strip.tops.append(box[1])
            strip.ids.append(node)

    def _put_in(self, node: str) -> None:
        box = self._boxes[node]
        strip = self._strip_for(box)
        place = bisect_right(strip.tops, box[1])
        strip.tops.insert(place, box[1])
        strip.ids.insert(place, node)

    def _take_out(self, node: str) -> None:
        box = self._boxes[node]
        key = floor(box[0] / STRIP)
        strip = self._strips[key]
        place = strip.ids.index(node, bisect_left(strip.tops, box[1]))
        del strip.tops[place], strip.ids[place]
        if not strip.ids:
            del self._strips[key]
            self._keys.remove(key)

    def _strip_for(self, box: Box) -> _Strip:
        key = floor(box[0] / STRIP)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = _Strip()
            insort(self._keys, key)
        strip.measure(box)
        if box[2] > self._widest:
            self._widest = box[2]
        return strip


def _turned(boxes: Mapping[str, Box]) -> dict[str, Box]:
    return {node: Box(y, x, h, w) for node, (x, y, w, h) in boxes.items()}


def _top(item: tuple[str, Box]) -> float:
    return item[1][1]
