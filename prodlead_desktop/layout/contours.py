"""Tidy left-to-right trees of boxes of any size, in linear time, so that every edit lays out the map anew.

The algorithm is A. van der Ploeg, "Drawing non-layered tidy trees in linear time", Software: Practice and
Experience 44 (2014): contours with threads from the deepest nodes, and a list of siblings by how deep they
reach (there "IYL") that says between which siblings a push is shared out. Here it lies on its side: depth is
x, siblings stand along y. Positions are relative to the first sibling, and a contour link carries the step to
the next top, so no modifiers are summed. Other than in the paper a subtree may move up to the sibling before
it. Boxes own the column gap on their right, so no box stands in a gap where another family's edges run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class Contours:
    """Flat lists by node: a node's top within its family, its contour links, and its deepest nodes."""

    heights: Sequence[float]
    ends: list[float]  # x up to which the box and the gap behind it reach
    tops: list[float]  # top, counted from the first sibling's top; at the end from the top of the map
    above: list[int]  # next node of the upper contour: the first child or a thread, else -1
    below: list[int]  # next node of the lower contour: the last child or a thread, else -1
    step_above: list[float]  # from this top to the top of the next node of the upper contour
    step_below: list[float]
    deep_above: list[int]  # deepest node of the subtree, the end of its upper contour
    deep_below: list[int]
    fall_above: list[float]  # from this top to the top of that deepest node
    fall_below: list[float]
    hung: list[
        int
    ]  # where joining this sibling hung a thread: 1 + a node below, -1 - a node above, 0 nowhere

    def let_go(self, c: int) -> None:
        """Take back the thread that joining this sibling hung."""
        hung, self.hung[c] = self.hung[c], 0
        if hung > 0:
            self.below[hung - 1] = -1
        elif hung < 0:
            self.above[-1 - hung] = -1

    def lay_alone(self, c: int) -> None:
        """Make a node a leaf that nothing is joined to."""
        self.above[c] = self.below[c] = -1
        self.deep_above[c] = self.deep_below[c] = c
        self.fall_above[c] = self.fall_below[c] = 0.0

    def grow(self, size: int) -> None:
        """Make room for more nodes, each alone."""
        new = range(len(self.tops), size)
        blank = [0.0] * len(new)
        self.heights = [*self.heights, *blank]
        for numbers in (
            self.ends, self.tops, self.step_above, self.step_below, self.fall_above, self.fall_below,
        ):  # fmt: skip
            numbers += blank
        for links in (self.above, self.below):
            links += [-1] * len(new)
        self.deep_above += new
        self.deep_below += new
        self.hung += [0] * len(new)


def loosen(kids: Sequence[int], children: Sequence[Sequence[int]], t: Contours) -> None:
    """Give back the contours that a family's members had before they were joined; outer families come first."""
    t.tops[kids[0]] = 0.0
    for c in kids:
        t.let_go(c)
    for c in kids:
        below = children[c]
        if below:
            first, last = below[0], below[-1]
            t.deep_above[c], t.deep_below[c] = t.deep_above[first], t.deep_below[last]
            t.fall_above[c] = t.step_above[c] + t.fall_above[first]
            t.fall_below[c] = t.step_below[c] + t.fall_below[last]
        else:
            t.lay_alone(c)


def settle(
    parents: Sequence[int], children: Sequence[Sequence[int]], t: Contours, leaf_gap: float, gap: float
) -> None:
    """Place the children of every parent relative to each other, deepest families first."""
    heights, ends, tops, above, below = t.heights, t.ends, t.tops, t.above, t.below
    step_above, step_below, deep_above, deep_below = t.step_above, t.step_below, t.deep_above, t.deep_below
    fall_above, fall_below = t.fall_above, t.fall_below
    for v in reversed(parents):
        kids = children[v]
        first = kids[0]
        end = ends[first]
        even = True
        top = y = 0.0
        for last in kids:
            if above[last] >= 0:
                if len(kids) > 1:
                    last = kids[-1]
                    top = _join(kids, t, leaf_gap, gap)
                break
            if ends[last] != end:
                even = False
            tops[last] = top = y
            y += heights[last] + leaf_gap
        else:
            if not even:
                _join_leaves(kids, t)
        step = (heights[v] - top - heights[last]) / 2
        above[v] = first
        below[v] = last
        step_above[v] = step
        fall_above[v] = step + fall_above[first]
        step += top
        step_below[v] = step
        fall_below[v] = step + fall_below[last]
        deep_above[v] = deep_above[first]
        deep_below[v] = deep_below[last]


def _join_leaves(kids: Sequence[int], t: Contours) -> None:
    """Link the contours of leaves below each other: each goes on at the next that reaches deeper."""
    ends, tops = t.ends, t.tops
    first, last = kids[0], kids[-1]
    a, end = first, ends[first]
    for c in kids:
        if ends[c] > end:
            t.above[a] = c
            t.step_above[a] = tops[c] - tops[a]
            a, end = c, ends[c]
    t.deep_above[first] = a
    t.fall_above[first] = tops[a]
    a, end = last, ends[last]
    for c in reversed(kids):
        if ends[c] > end:
            t.below[a] = c
            t.step_below[a] = tops[c] - tops[a]
            a, end = c, ends[c]
    t.deep_below[last] = a
    t.fall_below[last] = tops[a] - tops[last]


def _join(kids: Sequence[int], t: Contours, leaf_gap: float, gap: float) -> float:
    """Put each child below those before it, as close as the contours allow; the last one's top."""
    heights, ends, above, deep_below = t.heights, t.ends, t.above, t.deep_below
    lows, seats = [inf], [0]  # the siblings that can still be hit, deepest first: how deep, and which
    pushes: list[tuple[float, float]] = []
    shares: list[tuple[int, int, float]] = []
    upper = kids[0]
    t.tops[upper] = y = 0.0
    low = ends[deep_below[upper]]
    was_leaf = above[upper] < 0
    for i in range(1, len(kids)):
        lower = kids[i]
        while lows[-1] <= low:
            lows.pop()
            seats.pop()
        lows.append(low)
        seats.append(i - 1)
        low = ends[deep_below[lower]]
        is_leaf = above[lower] < 0
        free = y + heights[upper] + (leaf_gap if was_leaf and is_leaf else gap)
        y = _fit(kids[0], upper, lower, free, gap, t, pushes)
        if pushes:
            seat = -1
            for end, push in pushes:
                while end > lows[seat]:
                    seat -= 1
                if seat != -1:
                    shares.append((seats[seat], i, push))
            pushes.clear()
        upper, was_leaf = lower, is_leaf
    if shares:
        _share_out(kids, shares, t.tops)
    return y


def _fit(
    first: int, upper: int, lower: int, y: float, gap: float, t: Contours, pushes: list[tuple[float, float]]
) -> float:
    """Move `lower` down from y until its contour clears the one above, then link the two; its top."""
    heights, ends, tops, above, below = t.heights, t.ends, t.tops, t.above, t.below
    step_above, step_below = t.step_above, t.step_below
    a, b, ya, yb = upper, lower, tops[upper], y
    while True:
        end_a, end_b = ends[a], ends[b]
        if end_a <= end_b:
            ya += step_below[a]
            a = below[a]
        if end_b <= end_a:
            yb += step_above[b]
            b = above[b]
        if a < 0 or b < 0:
            break
        push = ya + heights[a] + gap - yb
        if push > 0.0:
            yb += push
            y += push
            pushes.append((ends[a], push))
    tops[lower] = y
    if a >= 0:  # the siblings above reach deeper: the lower contour goes on from the end of `lower` at a
        deep_below, fall_below = t.deep_below, t.fall_below
        end = deep_below[lower]
        below[end] = a
        t.hung[lower] = 1 + end
        step_below[end] = ya - y - fall_below[lower]
        deep_below[lower] = deep_below[upper]
        fall_below[lower] = tops[upper] - y + fall_below[upper]
    elif b >= 0:  # `lower` reaches deeper: the upper contour goes on from the siblings' end at b
        deep_above, fall_above = t.deep_above, t.fall_above
        end = deep_above[first]
        above[end] = b
        t.hung[lower] = -1 - end
        step_above[end] = yb - fall_above[first]
        deep_above[first] = deep_above[lower]
        fall_above[first] = y + fall_above[lower]
    return y


def _share_out(kids: Sequence[int], shares: Iterable[tuple[int, int, float]], tops: list[float]) -> None:
    """Spread each push of sibling `hi` away from `lo` evenly over those between; they are on no contour."""
    slope, jump = [0.0] * len(kids), [0.0] * len(kids)
    for lo, hi, push in shares:
        part = push / (hi - lo)
        slope[lo + 1] += part
        slope[hi] -= part
        jump[hi] -= push - part
    rate = shift = 0.0
    for i, c in enumerate(kids):
        rate += slope[i]
        shift += rate + jump[i]
        tops[c] += shift


def stack(roots: Iterable[int], t: Contours, gap: float) -> None:
    """Put the trees below each other, each as far down as the lowest box before it asks."""
    heights, above, below, step_above, step_below = t.heights, t.above, t.below, t.step_above, t.step_below
    free = 0.0
    for root in roots:
        v, y, top = root, 0.0, 0.0
        while above[v] >= 0:
            y += step_above[v]
            v = above[v]
            top = min(top, y)
        v, y, bottom = root, 0.0, heights[root]
        while below[v] >= 0:
            y += step_below[v]
            v = below[v]
            bottom = max(bottom, y + heights[v])
        t.tops[root] = free - top
        free += bottom - top + gap
