"""Tidy left-to-right trees of boxes of any size, in linear time, so that the map is laid out anew on every edit.

The algorithm is A. van der Ploeg, "Drawing non-layered tidy trees in linear time", Software: Practice and
Experience 44 (2014): contours through threads from extreme nodes, and a list of siblings by their lowest point
(there "IYL") that says between which siblings a shift is shared out. Three things differ. It lies on its side:
depth runs along x, siblings along y. Positions are kept relative to the parent's top, and a contour link carries
the step to the next top, so that no modifier has to be summed. A subtree may also move up towards the sibling
before it, which the paper's version never does. Boxes reserve the column gap on their right, so no box stands in
a gap where another parent's edges run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


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


class _Contours(NamedTuple):
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


def place(
    children: Sequence[Sequence[int]],
    roots: Sequence[int],
    widths: Sequence[float],
    heights: Sequence[float],
    gaps: Gaps = Gaps(),
    columns: bool = False,
) -> tuple[list[float], list[float]]:
    """Left and top of every box in map units, in the order of `widths`; the topmost box is at 0.

    `children[v]` are the indices of v's children from top to bottom; every index must be reachable from `roots`
    exactly once. A child starts at its parent's right edge plus the column gap; with `columns` all boxes of one
    depth start together, behind the widest of the depth before. A parent's middle is the middle between its first
    child's top and its last child's bottom. Trees of a forest stand below each other without interlocking.
    """
    xs, ends, parents = (_aligned if columns else _adjoined)(children, roots, widths, gaps.column)
    n = len(widths)
    contours = _Contours(
        heights, ends, [0.0] * n, [-1] * n, [-1] * n, [0.0] * n, [0.0] * n,
        list(range(n)), list(range(n)), [0.0] * n, [0.0] * n,
    )  # fmt: skip
    _settle(parents, children, contours, gaps)
    _stack(roots, contours, gaps.root)
    tops, step_above = contours.tops, contours.step_above
    for v in parents:
        first_top = tops[v] + step_above[v]
        for c in children[v]:
            tops[c] += first_top
    return xs, tops


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


def _settle(parents: Iterable[int], children: Sequence[Sequence[int]], t: _Contours, gaps: Gaps) -> None:
    """Place the children of every parent relative to each other, deepest families first."""
    heights, ends, tops, above, below, step_above, step_below, deep_above, deep_below, fall_above, fall_below = t
    gap = gaps.sibling
    for v in reversed(list(parents)):
        kids = children[v]
        first = kids[0]
        end = ends[first]
        y = 0.0
        for last in kids:  # leaves that end together need no contours
            if above[last] >= 0 or ends[last] != end:
                if len(kids) > 1:
                    _join(kids, t, gap, gap + gaps.subtree)
                    last = kids[-1]
                break
            tops[last] = y
            y += heights[last] + gap
        top = tops[last]
        step = (heights[v] - top - heights[last]) / 2
        above[v] = first
        below[v] = last
        step_above[v] = step
        step_below[v] = step + top
        deep_above[v] = deep_above[first]
        deep_below[v] = deep_below[last]
        fall_above[v] = step + fall_above[first]
        fall_below[v] = step + top + fall_below[last]


def _join(kids: Sequence[int], t: _Contours, leaf_gap: float, gap: float) -> None:
    """Move each child as close to the children before it as the contours allow, and link the contours."""
    heights, ends, tops, above, below, step_above, step_below, _, deep_below, _, _ = t
    upper = kids[0]
    tops[upper] = 0.0
    was_leaf = above[upper] < 0
    lows, seats = [ends[deep_below[upper]]], [0]  # siblings that can still be hit, and how deep they reach
    shares: list[tuple[int, int, float]] = []
    for i in range(1, len(kids)):
        lower = kids[i]
        is_leaf = above[lower] < 0
        low = ends[deep_below[lower]]
        a, b, seat = upper, lower, -1
        ya = tops[upper]
        yb = y = ya + heights[upper] + (leaf_gap if was_leaf and is_leaf else gap)
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
            while ends[a] > lows[seat]:
                seat -= 1
            push = ya + heights[a] + gap - yb
            if push > 0.0:
                yb += push
                y += push
                if seat != -1:
                    shares.append((seats[seat], i, push))
        tops[lower] = y
        if a >= 0:
            _thread_below(upper, lower, a, ya, t)
        elif b >= 0:
            _thread_above(kids[0], lower, b, yb, t)
        while lows and lows[-1] <= low:
            lows.pop()
            seats.pop()
        lows.append(low)
        seats.append(i)
        upper, was_leaf = lower, is_leaf
    if shares:
        _share_out(kids, shares, tops)


def _thread_below(upper: int, lower: int, a: int, ya: float, t: _Contours) -> None:
    """The siblings above reach deeper: the lower contour goes on from the lower sibling's end at a, whose top is ya."""
    end = t.deep_below[lower]
    t.below[end] = a
    t.step_below[end] = ya - t.tops[lower] - t.fall_below[lower]
    t.deep_below[lower] = t.deep_below[upper]
    t.fall_below[lower] = t.tops[upper] + t.fall_below[upper] - t.tops[lower]


def _thread_above(first: int, lower: int, b: int, yb: float, t: _Contours) -> None:
    """The lower sibling reaches deeper: the upper contour goes on from the first sibling's end at b, whose top is yb."""
    end = t.deep_above[first]
    t.above[end] = b
    t.step_above[end] = yb - t.fall_above[first]
    t.deep_above[first] = t.deep_above[lower]
    t.fall_above[first] = t.tops[lower] + t.fall_above[lower]


def _share_out(kids: Sequence[int], shares: Iterable[tuple[int, int, float]], tops: list[float]) -> None:
    """Spread each push of sibling `hi` away from `lo` evenly over the siblings between; they touch no contour."""
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


def _stack(roots: Iterable[int], t: _Contours, gap: float) -> None:
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
