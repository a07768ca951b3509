"""The boxes of a tidy map of which some stand elsewhere, because people moved their branches by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.layout.spatial import Index
from prodlead_desktop.layout.tree_boxes import Finder, LazyBoxes, TidyBoxes


class MovedBoxes(LazyBoxes):
    """Finds what stays through the tree and the rest through an index of its own, so that the rest alone costs."""

    def __init__(self, tidy: TidyBoxes) -> None:
        """Nothing has moved yet."""
        self.moved: dict[str, Box] = {}
        self._tidy = tidy
        self._elsewhere = Index({}, tidy.turned)

    def update(self, moved: Mapping[str, Box]) -> None:
        """Put these elsewhere; only while nobody else knows the boxes."""
        self.moved.update(moved)
        self._elsewhere.update(moved)

    def families(self, around: Mapping[str, Box]) -> Finder:
        """Parents by the place that they and their children take; `around` those of which any has moved."""
        return _Families(self._tidy, around)

    def __getitem__(self, node: str) -> Box:
        return self.moved.get(node) or self._tidy[node]

    def __contains__(self, node: object) -> bool:
        return node in self._tidy

    def __len__(self) -> int:
        return len(self._tidy)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tidy)

    @property
    def reach(self) -> Box:
        return bounds_of([self._tidy.reach, *self.moved.values()])

    @cached_property
    def whole(self) -> dict[str, Box]:
        return {**self._tidy.whole, **self.moved}

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        """The ids of all boxes that meet the rectangle from (x0, y0) to (x1, y1), in painting order."""
        rect = x0, y0, x1, y1
        return _merged(self._tidy, self._tidy.in_rect(*rect), self._elsewhere.in_rect(*rect), self.moved)


class _Families:
    """As ``Finder``."""

    def __init__(self, tidy: TidyBoxes, around: Mapping[str, Box]) -> None:
        self._tidy, self._around = tidy, around
        self._elsewhere = Index(around, tidy.turned)

    def __len__(self) -> int:
        return len(self._tidy.families)

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> list[str]:
        rect = x0, y0, x1, y1
        found = self._tidy.families.in_rect(*rect)
        return _merged(self._tidy, found, self._elsewhere.in_rect(*rect), self._around)


def _merged(tidy: TidyBoxes, found: list[str], moved: list[str], elsewhere: Collection[str]) -> list[str]:
    """What stays and what has moved, in painting order."""
    found = [node for node in found if node not in elsewhere]
    return sorted([*found, *moved], key=tidy.rank.__getitem__) if moved else found
