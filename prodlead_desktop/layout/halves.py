"""A map that grows both ways: one tidy tree on the right of the roots and one on their left, its mirror image."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from prodlead_desktop.layout.nested import Nested
from prodlead_desktop.layout.tidy import Gaps, Tree

Kids = list[Sequence[int]]


class Halves:
    """Remembers both trees, so that an edit that moves nothing across costs its ways to the root."""

    def __init__(self, gaps: Gaps) -> None:
        self._gaps = gaps
        self._trees: tuple[Tree, Tree] | None = None
        self._kids: tuple[Kids, Kids] = ([], [])
        self.on_left: list[bool] = []
        self._tops: frozenset[int] = frozenset()  # the branches on the left
        self._roots: list[int] = []
        self._edit: tuple[frozenset[int], frozenset[int]] | None = None  # changed families and what is gone

    def follow(self, changed: Collection[int], gone: Collection[int]) -> None:
        """Be another tree from the next layout on; as ``Tree.follow``."""
        if self._edit is not None:
            self._trees = None
        self._edit = frozenset(changed), frozenset(gone)

    def nest(
        self,
        children: Sequence[Sequence[int]],
        roots: Sequence[int],
        tops: frozenset[int],
        widths: list[float],
        heights: list[float],
    ) -> tuple[Nested, Nested]:
        """The right and the left tree, each in its own place; `tops` are the branches on the left."""
        if not self._keeps(children, roots, tops):
            self._split(children, roots, tops)
        self._tops, self._roots, self._edit = tops, list(roots), None
        assert self._trees is not None
        right, left = self._trees
        return right.nest(widths, heights), left.nest(widths, heights)

    def _split(self, children: Sequence[Sequence[int]], roots: Sequence[int], tops: frozenset[int]) -> None:
        """Both trees anew."""
        self.on_left = [False] * len(children)
        found = list(tops)
        for v in found:  # grows while it runs
            self.on_left[v] = True
            found += children[v]
        starts = {*roots}
        self._kids = (
            [self._half(v, children, starts, tops, False) for v in range(len(children))],
            [self._half(v, children, starts, tops, True) for v in range(len(children))],
        )
        self._trees = (Tree(self._kids[0], roots, self._gaps), Tree(self._kids[1], roots, self._gaps))

    def _half(
        self, v: int, children: Sequence[Sequence[int]], roots: set[int], tops: frozenset[int], left: bool
    ) -> Sequence[int]:
        """The children of a node in one of the trees."""
        if v in roots:
            return [c for c in children[v] if (c in tops) == left]
        return children[v] if self.on_left[v] == left else ()

    def _keeps(self, children: Sequence[Sequence[int]], roots: Sequence[int], tops: frozenset[int]) -> bool:
        """Follow the edit; False when something went to the other side, or the roots are others."""
        if self._trees is None or self._roots != list(roots):
            return False
        if self._edit is None:
            return self._tops == tops
        changed, gone = self._edit
        known = len(self.on_left)
        sides = [*self.on_left, *[False] * (len(children) - known)]
        starts = {*roots}
        waiting = [v for v in changed if v < known and v not in gone]
        for v in waiting:  # grows while it runs
            for c in children[v]:
                side = c in tops if v in starts else sides[v]
                if c >= known or c in gone:  # it is new
                    sides[c] = side
                    waiting.append(c)
                elif sides[c] != side:
                    return False
        if any(sides[c] != (c in tops) for root in roots for c in children[root]):
            return False
        self.on_left = sides
        halves = []
        for tree, kids, left in zip(self._trees, self._kids, (False, True), strict=True):
            now: Kids = [*kids, *[()] * (len(children) - len(kids))]
            for v in changed:
                now[v] = self._half(v, children, starts, tops, left)
            others = {v for v in changed if v in gone or v >= len(kids) or now[v] != kids[v]}
            tree.follow(now, roots, others, gone)
            halves.append(now)
        self._kids = (halves[0], halves[1])
        return True
