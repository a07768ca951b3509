"""Tidy left-to-right trees of boxes of any size, in linear time, so that every edit lays out the map anew.

How the families are put together is in `contours`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import ne

from prodlead_desktop.layout.contours import Contours, loosen, settle, stack
from prodlead_desktop.layout.nested import Nested


@dataclass(frozen=True, slots=True)
class Gaps:
    """Free space between boxes in map units, all at least 0, so that the look is set in one place.

    `sibling` is between two leaves of one parent, `subtree` comes on top of it between any other neighbours,
    `column` is between a parent and its children, `root` between the trees of a forest.
    """

    sibling: float = 10.0
    subtree: float = 13.0
    column: float = 96.0
    root: float = 46.0


MAP_GAPS = Gaps()


def place(
    children: Sequence[Sequence[int]],
    roots: Sequence[int],
    widths: Sequence[float],
    heights: Sequence[float],
    gaps: Gaps = MAP_GAPS,
    columns: bool = False,
) -> tuple[list[float], list[float]]:
    """Left and top of every box in map units, in the order of `widths`; the topmost box is at 0.

    `children[v]` are the indices of v's children from top to bottom; every index is reachable from `roots`
    exactly once. A child starts at its parent's right edge plus the column gap; with `columns` all boxes of
    one depth start together, behind the widest of the depth before. The middle of a parent is the middle
    between its first child's top and its last child's bottom. The trees of a forest stand below each other
    without interlocking.
    """
    return Tree(children, roots, gaps, columns).place(widths, heights)


class Tree:
    """A tree that remembers its contours: another height costs the families between it and the root."""

    def __init__(
        self,
        children: Sequence[Sequence[int]],
        roots: Sequence[int],
        gaps: Gaps = MAP_GAPS,
        columns: bool = False,
    ) -> None:
        """As for `place`."""
        self._children, self._roots, self._gaps, self._columns = children, roots, gaps, columns
        self._parent: list[int] = []
        self._parents: list[int] = []
        self._xs: list[float] = []
        self._widths: Sequence[float] = []
        self._contours: Contours | None = None
        self._stale: set[int] | None = None  # another tree since the last layout: families to lay out anew
        self._unspanned: set[int] | None = None  # families whose reach is to be found anew; None: all
        self._rises: list[float] = []
        self._falls: list[float] = []

    def follow(
        self,
        children: Sequence[Sequence[int]],
        roots: Sequence[int],
        changed: Collection[int],
        gone: Collection[int],
    ) -> None:
        """Be another tree: `changed` have other children, `gone` are in it no more; new ones come last or for those."""
        before, tops = self._children, {*self._roots}
        self._children, self._roots = children, roots
        t = self._contours
        if t is None or self._stale is not None:
            self._contours, self._parent, self._stale = None, [], None
            return
        parent = self._parent_of(before)
        for v in self._upwards([v for v in changed if v < len(before)], before):
            for c in before[v]:
                t.let_go(c)
                if not children[c]:
                    t.lay_alone(c)
        t.grow(len(children))
        parent += [-1] * (len(children) - len(parent))
        for c in (*gone, *(c for v in changed if v < len(before) for c in before[v])):
            parent[c] = -1
        for v in changed:
            if not children[v]:
                t.lay_alone(v)
            for c in children[v]:
                parent[c] = v
        for v in gone:
            t.lay_alone(v)
            t.tops[v] = 0.0
        self._stale = self._upwards(changed, children)
        if self._columns or len({*self._widths}) != 1:
            self._widths = []  # everything is to be put across anew
            return
        self._xs += [0.0] * (len(children) - len(self._xs))
        self._widths = [self._widths[0]] * len(children)
        again = {*gone}
        for v in again:
            self._xs[v] = t.ends[v] = 0.0
        late = self._hang([v for v in roots if v not in tops or v in again], 0.0, t)
        for v in sorted(changed, key=self._depth):
            had = {*before[v]} - again if v < len(before) and v not in again else set[int]()
            if children[v] and not had:
                late[v] = None
            late.update(self._hang([c for c in children[v] if c not in had], t.ends[v], t))
        if late or any(not children[v] for v in changed):
            kept = [v for v in self._parents if v not in late and children[v]]
            self._parents = [*kept, *sorted(late, key=self._depth)]

    def _hang(self, tops: list[int], x: float, t: Contours) -> dict[int, None]:
        """Put branches across that begin at x; the parents in them."""
        children, xs, ends = self._children, self._xs, t.ends
        wide, gap = self._widths[0], self._gaps.column
        parents: dict[int, None] = {}
        for v in tops:
            xs[v] = x
        for v in tops:  # grows while it runs
            ends[v] = end = xs[v] + wide + gap
            if children[v]:
                parents[v] = None
            for c in children[v]:
                xs[c] = end
            tops += children[v]
        return parents

    def _depth(self, v: int) -> int:
        depth, above = 0, self._parent[v]
        while above >= 0:
            depth, above = depth + 1, self._parent[above]
        return depth

    def _upwards(self, changed: Iterable[int], children: Sequence[Sequence[int]]) -> set[int]:
        """The families whose layout depends on these nodes: their own and all on the ways up."""
        found: set[int] = set()
        parent = self._parent
        for v in changed:
            above = v if children[v] else parent[v]
            while above >= 0 and above not in found:
                found.add(above)
                above = parent[above]
        return found

    def place(self, widths: Sequence[float], heights: Sequence[float]) -> tuple[list[float], list[float]]:
        """What `place` gives for these sizes, whatever sizes were asked for before."""
        t = self._laid(widths, heights)
        tops, step_above, children = t.tops, t.step_above, self._children
        found = tops.copy()
        for v in self._parents:
            first_top = found[v] + step_above[v]
            for c in children[v]:
                found[c] = tops[c] + first_top
        return self._xs, found

    def nest(self, widths: list[float], heights: list[float]) -> Nested:
        """The same places relative to each other, at the price of what changed since the last layout."""
        t = self._laid(widths, heights)
        self._span(t)
        return Nested(
            self._children, self._roots, self._parent_of(self._children).copy(), self._xs.copy(), widths, heights,
            t.tops.copy(), t.step_above.copy(), self._rises.copy(), self._falls.copy(),
        )  # fmt: skip

    def _laid(self, widths: Sequence[float], heights: Sequence[float]) -> Contours:
        """Every family laid out, and the trees below each other."""
        contours = self._contours
        if contours is None or not self._keeps(widths):
            self._contours = contours = self._settled(widths, heights)
        else:
            if widths != self._widths:  # depths end together: contours stay
                self._across(widths, contours)
            self._resettle(contours, heights)
        stack(self._roots, contours, self._gaps.root)
        return contours

    def _span(self, t: Contours) -> None:
        """How far each branch reaches above and below its own top, where that may be new."""
        children, heights, tops, steps = self._children, t.heights, t.tops, t.step_above
        if self._unspanned is None:
            self._rises, self._falls, families = [0.0] * len(heights), list(heights), self._parents
        else:
            more = [0.0] * (len(heights) - len(self._rises))
            self._rises += more
            self._falls += more
            families = sorted([v for v in self._unspanned if children[v]], key=self._depth)
        rises, falls = self._rises, self._falls
        for v in self._roots:
            if not children[v]:
                rises[v], falls[v] = 0.0, heights[v]
        for v in reversed(families):
            kids, rise, fall = children[v], 0.0, heights[v]
            step = steps[v]
            for c in kids:
                if not children[c]:
                    rises[c], falls[c] = 0.0, heights[c]
                top = step + tops[c]
                rise, fall = min(rise, top + rises[c]), max(fall, top + falls[c])
            rises[v], falls[v] = rise, fall
        self._unspanned = set()

    def _keeps(self, widths: Sequence[float]) -> bool:
        """Whether with these widths the contours are still right where nothing else changed."""
        if self._columns or widths == self._widths:
            return True
        one = {*widths}
        return len(one) == 1 and one == {*self._widths}

    def _settled(self, widths: Sequence[float], heights: Sequence[float]) -> Contours:
        self._parent, self._stale, self._unspanned = [], None, None
        n = len(widths)
        zeros, ends_here, itself = [0.0] * n, [-1] * n, list(range(n))
        contours = Contours(
            list(heights), zeros, zeros.copy(), ends_here, ends_here.copy(), zeros.copy(), zeros.copy(),
            itself, itself.copy(), zeros.copy(), zeros.copy(), [0] * n,
        )  # fmt: skip
        self._across(widths, contours)
        self._settle(self._parents, contours)
        return contours

    def _settle(self, families: Sequence[int], t: Contours) -> None:
        gaps = self._gaps
        settle(families, self._children, t, gaps.sibling, gaps.sibling + gaps.subtree)

    def _across(self, widths: Sequence[float], contours: Contours) -> None:
        across = _aligned if self._columns else _adjoined
        self._xs, contours.ends, self._parents = across(
            self._children, self._roots, widths, self._gaps.column
        )
        self._widths = list(widths)

    def _resettle(self, t: Contours, heights: Sequence[float]) -> None:
        """Place the families anew that another height may move: all on the ways up from what changed."""
        changed = list(compress(range(len(heights)), map(ne, heights, t.heights)))
        stale, self._stale = self._stale or set(), None
        if not changed and not stale:
            return
        t.heights = list(heights)
        children = self._children
        self._parent_of(children)
        stale |= self._upwards(changed, children)
        if self._unspanned is not None:
            self._unspanned |= stale
        families = sorted(stale, key=self._depth)
        for v in families:
            loosen(children[v], children, t)
        self._settle(families, t)

    def _parent_of(self, children: Sequence[Sequence[int]]) -> list[int]:
        if not self._parent:
            self._parent = [-1] * len(children)
            for v in self._parents:
                for c in children[v]:
                    self._parent[c] = v
        return self._parent


def _adjoined(
    children: Sequence[Sequence[int]], roots: Sequence[int], widths: Sequence[float], gap: float
) -> tuple[list[float], list[float], list[int]]:
    """Left edges, ends and parents-first parents when each child starts behind its own parent."""
    xs = [0.0] * len(widths)
    ends = xs.copy()
    parents: list[int] = []
    order = list(roots)
    for v in order:  # grows while it runs
        ends[v] = end = xs[v] + widths[v] + gap
        kids = children[v]
        if kids:
            parents.append(v)
            order += kids
            for c in kids:
                xs[c] = end
    return xs, ends, parents


def _aligned(
    children: Sequence[Sequence[int]], roots: Sequence[int], widths: Sequence[float], gap: float
) -> tuple[list[float], list[float], list[int]]:
    """Left edges, ends and parents-first parents when each depth has one common column."""
    xs = [0.0] * len(widths)
    ends = xs.copy()
    parents: list[int] = []
    x, level = 0.0, list(roots)
    while level:
        end = x + max([widths[v] for v in level]) + gap
        for v in level:
            xs[v] = x
            ends[v] = end
        inner = [v for v in level if children[v]]
        parents += inner
        x, level = end, [c for v in inner for c in children[v]]
    return xs, ends, parents
