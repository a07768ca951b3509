"""Where the value tree is looked at: an outcome at a moment, and the moments of its children that this rests on.

With lags, d_p(t) needs d_c(t − lag) (model §2.3), so the tree is unrolled into (outcome, time) *points*; equal ones
are shared, and all times after which nothing changes are one. Arrays over points are ordered children first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.problem import Floats, Problem

Moment = tuple[int, float, float | None]  # outcome, time, end of the window when an average is meant


@dataclass(frozen=True, slots=True)
class Point:
    """An outcome at time ``begin`` (or on average until ``end``), and (point, k) of everything that adds to it."""

    outcome: int
    begin: float
    end: float | None
    parts: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Points in an order where parts come first, and where each moment asked for is found."""

    rows: tuple[Point, ...]
    found: tuple[int, ...]  # position of each moment asked for

    def propagate(self, own: Floats, headroom: Floats) -> Floats:
        """Improvements d, shape (Q, …), from direct ones: d = min(own + Σ k·d_part, G) (model §2.3).

        ``own``: (Q, …) in each outcome's unit; ``headroom``: G by outcome, (O,), inf = no limit; or own (Q, S, …) and
        headroom (O, S) for S futures at once. A natural limit holds for what children add too. ``own`` is not
        changed, and comes back itself where nothing adds to anything.
        """
        if not any(point.parts for point in self.rows):
            return own
        out = np.array(own)
        for q, point in enumerate(self.rows):
            if point.parts:
                for part, k in point.parts:
                    out[q] += k * out[part]
                room = headroom[point.outcome]
                if np.any(room < math.inf):
                    np.minimum(out[q], widened(room, out[q].ndim), out=out[q])
        return out


def widened(column: Floats, dimensions: int) -> Floats:
    """An array (…) as (…, 1, 1), so that it stands beside one with so many ``dimensions``."""
    column = np.asarray(column)
    return column.reshape(column.shape + (1,) * (dimensions - column.ndim))


def unroll(problem: Problem, moments: Iterable[Moment]) -> Points:
    """The points that these moments rest on."""
    return _Unrolling(problem).run(list(moments))


def at_deadlines(problem: Problem) -> list[Moment]:
    """Every outcome at its deadline, by outcome index."""
    return [(o, outcome.deadline, None) for o, outcome in enumerate(problem.outcomes)]


def settled_at(problem: Problem) -> float:
    """Quarters from plan start after which no effect changes any more; inf when some never settle."""
    latest = 0.0
    for initiative in problem.initiatives:
        starts = [option.start for option in initiative.options[1:]]
        latest = max(latest, max(starts, default=0.0) + initiative.timing.settled_after)
    return latest


class _Unrolling:
    def __init__(self, problem: Problem) -> None:
        self.incoming: dict[int, list[tuple[int, float, float]]] = {}
        for row in problem.contributions:
            self.incoming.setdefault(row.target, []).append((row.source, row.k, row.lag))
        self.settled = self._settled(problem)
        self.rows: list[Point] = []
        self.places: dict[Moment, int] = {}

    def _settled(self, problem: Problem) -> list[float]:
        """By outcome, when nothing changes there any more: its parts are seen with their lags."""
        found = [settled_at(problem)] * len(problem.outcomes)
        for _ in found:  # a longest path has no more lines than there are outcomes
            before = list(found)
            for target, rows in self.incoming.items():
                found[target] = max(found[target], *(found[source] + lag for source, _, lag in rows))
            if found == before:
                break
        return found

    def run(self, moments: Sequence[Moment]) -> Points:
        found = tuple(self._place(moment) for moment in moments)
        return Points(tuple(self.rows), found)

    def _normal(self, moment: Moment) -> Moment:
        outcome, begin, end = moment
        if begin >= self.settled[outcome] or begin == math.inf:
            return outcome, math.inf, None
        return outcome, begin, end if end is not None and end > begin else None

    def _parts(self, moment: Moment) -> list[tuple[Moment, float]]:
        outcome, begin, end = moment
        return [
            (self._normal((source, begin - lag, None if end is None else end - lag)), k)
            for source, k, lag in self.incoming.get(outcome, ())
        ]

    def _place(self, wanted: Moment) -> int:
        """Depth first without recursion: a map may be hundreds of outcomes deep."""
        top = self._normal(wanted)
        stack = [top]
        while stack:
            moment = stack[-1]
            if moment in self.places:
                stack.pop()
                continue
            parts = self._parts(moment)
            missing = [part for part, _ in parts if part not in self.places]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            self.places[moment] = len(self.rows)
            merged: dict[int, float] = {}
            for part, k in parts:
                merged[self.places[part]] = merged.get(self.places[part], 0.0) + k
            self.rows.append(Point(*moment, tuple(sorted(merged.items()))))
        return self.places[top]
