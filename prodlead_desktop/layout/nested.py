"""Places in a tidy tree, each relative to its family: what an edit leaves alone costs nothing until it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import add

from prodlead_desktop.layout.box import Box

Chosen = list[int]
_SLACK = 1e-3  # map units by which sums in another order may differ; boxes are asked exactly afterwards


@dataclass(slots=True)
class Nested:
    """One layout by slot, in map units: x runs along the depth of the tree, y along siblings. Never changes.

    It is a search tree too: every node knows how far its branch reaches, so that looking for what stands in a
    rectangle leaves out whole branches. No node of a branch begins before the branch's own x.
    """

    children: Sequence[Sequence[int]]
    roots: Sequence[int]
    parents: list[int]  # -1 for roots
    xs: list[float]
    widths: list[float]
    heights: list[float]
    tops: list[float]  # from the first sibling's top; of roots from the top of the map
    steps: list[float]  # from a parent's top to its first child's
    rises: list[float]  # from a node's top to the topmost one of its branch, at most 0
    falls: list[float]  # and to the bottom of the lowest one
    _found: dict[int, float] = field(default_factory=dict)  # tops from the top of the map, of those asked for

    def top(self, v: int) -> float:
        """The y of a node's top, 0 at the top of the map."""
        found, parents = self._found, self.parents
        way: list[int] = []
        while v >= 0 and v not in found:
            way.append(v)
            v = parents[v]
        for v in reversed(way):
            above = parents[v]
            found[v] = self.tops[v] if above < 0 else self.tops[v] + (found[above] + self.steps[above])
        return found[way[0] if way else v]

    def ys(self, order: Sequence[int]) -> list[float]:
        """The tops of all nodes, which `order` names parents first; 0 of what is not in it."""
        ys, tops, steps, children = self.tops.copy(), self.tops, self.steps, self.children
        for v in order:
            kids = children[v]
            if kids:
                first = ys[v] + steps[v]
                for c in kids:
                    ys[c] = tops[c] + first
        return ys

    def bounds(self) -> Box:
        """The smallest box around everything."""
        if not self.roots:
            return Box(0.0, 0.0, 0.0, 0.0)
        widths = self.widths
        alike = widths.count(widths[0]) == len(widths)
        right = max(self.xs) + widths[0] if alike else max(map(add, self.xs, widths))
        return Box(0.0, 0.0, right, max([self.tops[root] + self.falls[root] for root in self.roots]))

    def within(
        self, x0: float, y0: float, x1: float, y1: float, roots: Sequence[int] | None = None
    ) -> Chosen:
        """The nodes whose boxes meet the rectangle, in preorder; touching counts. ``roots``: of these trees alone."""
        xs, widths, heights, steps, found = self.xs, self.widths, self.heights, self.steps, self._found
        chosen: Chosen = []
        waiting = self._near(self.roots if roots is None else roots, 0.0, y0, y1)
        while waiting:
            v, y = waiting.pop()
            x = xs[v]
            if x > x1:
                continue
            if y <= y1 and x + widths[v] >= x0 and y + heights[v] >= y0:
                chosen.append(v)
                found[v] = y
            kids = self.children[v]
            if kids and xs[kids[0]] <= x1:
                waiting += self._near(kids, y + steps[v], y0, y1)
        return chosen

    def families(
        self, x0: float, y0: float, x1: float, y1: float, roots: Sequence[int] | None = None
    ) -> Chosen:
        """The parents that meet the rectangle together with the way to their children, in preorder."""
        xs, heights, tops = self.xs, self.heights, self.tops
        chosen: Chosen = []
        waiting = self._near(self.roots if roots is None else roots, 0.0, y0, y1)
        while waiting:
            v, y = waiting.pop()
            kids = self.children[v]
            if not kids or xs[v] > x1:
                continue
            first, last, start = kids[0], kids[-1], y + self.steps[v]
            top, bottom = start + tops[first], start + tops[last] + heights[last]
            right = max(xs[v] + self.widths[v], xs[first])
            if min(y, top) <= y1 and max(y + heights[v], bottom) >= y0 and right >= x0:
                chosen.append(v)
            if xs[first] <= x1:
                waiting += self._near(kids, start, y0, y1)
        return chosen

    def _near(self, siblings: Sequence[int], start: float, y0: float, y1: float) -> list[tuple[int, float]]:
        """Those whose branches reach between y0 and y1, with their tops, the first one last."""
        tops, rises, falls = self.tops, self.rises, self.falls
        y0, y1 = y0 - _SLACK, y1 + _SLACK
        return [
            (c, y)
            for c in reversed(siblings)
            if (y := tops[c] + start) + falls[c] >= y0 and y + rises[c] <= y1
        ]
