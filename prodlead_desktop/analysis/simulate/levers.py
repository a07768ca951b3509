"""How far a plan moves every outcome in every draw: share of the effect, time, overlap, the tree (model.md §3.4–3.5).

The same sums as ``value.Valuation`` does on means, done on draws; only what is funded is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from prodlead_desktop.analysis.problem import Floats, Overlap, Plan
from prodlead_desktop.analysis.simulate.draws import Chunk, Draws
from prodlead_desktop.analysis.simulate.spreads import highest
from prodlead_desktop.analysis.simulate.streams import Reals
from prodlead_desktop.analysis.timing import arrived_during, arrived_since
from prodlead_desktop.analysis.value import GAP_FLOOR, Valuation, as_slice

_NEVER_ALL = 1.0 - 1e-6  # an effect below this share of the gap needs no floor, whatever it rounds to
_COARSE = 1e-3  # effects below this share of the gap would lose digits in 1 − x/G in float32


@dataclass(frozen=True, eq=False, slots=True)
class _Lever:
    """What moves one point directly: rows of the draws, and how much of each arrives in each future.

    ``drawn``: (row, initiative, late, dear) of those whose share in time or in money is drawn too.
    """

    point: int
    rows: slice  # m of the draws
    overlap: Overlap
    factors: tuple[Reals, ...]  # per form (S′, m, 1) on the drawn effects; under the headroom rule −factor/G
    room: tuple[Reals, ...]  # per form (S′, 1) G
    some_unfunded: bool
    floored: bool  # some effect may use up the whole gap
    drawn: tuple[tuple[int, int, bool, bool], ...]


class Levers:
    """The points of a valuation under one plan, ready for chunks of draws."""

    def __init__(self, valuation: Valuation, plan: Plan, draws: Draws) -> None:
        self.valuation, self.problem, self.plan, self.draws = valuation, valuation.problem, plan, draws
        places: dict[int, list[int]] = {}
        for row, e in enumerate(draws.rows.tolist()):
            places.setdefault(self.problem.effects[e].outcome, []).append(row)
        self.levers = [
            self._lever(q, slice(places[point.outcome][0], places[point.outcome][-1] + 1))
            for q, point in enumerate(valuation.points.rows)
            if point.outcome in places
        ]
        self._buffer: Reals = np.empty(0)
        self._places = [as_slice(np.array(futures)) for futures in draws.futures]

    def _lever(self, q: int, rows: slice) -> _Lever:
        """``rows``: those of the point's outcome."""
        valuation, problem = self.valuation, self.problem
        point = valuation.points.rows[q]
        pairs = slice(int(valuation.offsets[q]), int(valuation.offsets[q + 1]))
        pair_of = {int(e): k for k, e in enumerate(valuation.pair_effect[pairs], pairs.start)}
        effects = self.draws.rows[rows].tolist()
        factors, drawn = np.zeros((len(problem.futures), len(effects))), []
        most, typical = np.zeros(factors.shape), np.zeros(factors.shape)
        for m, e in enumerate(effects):
            i = problem.effects[e].initiative
            row = problem.initiatives[i]
            late = row.timing.delay_spread is not None and point.begin < np.inf
            dear = row.amounts is not None and row.cost_spread is not None
            if late or dear:
                drawn.append((m, i, late, dear))
            ceiling = row.amounts.curve.ceiling if dear and row.amounts is not None else 1.0
            in_time = 1.0 if late else float(valuation.arrived[pair_of[e], self.plan.options[i]])
            for s, future in enumerate(problem.futures):
                share = 1.0 if dear else float(self._bought(i, s))
                factors[s, m] = in_time * share * self._enhanced(i) * future.effect_factor[e]
                value = float(future.effect_value[e])
                top = highest(problem.effects[e].spread) if np.isnan(value) else value
                most[s, m] = _product(_product(factors[s, m], top), ceiling)
                typical[s, m] = abs(factors[s, m] * (problem.effects[e].mean if np.isnan(value) else value))
        outcome = problem.outcomes[point.outcome]
        room = valuation.scale.headroom[:, point.outcome][:, None]
        floored = bool(np.any(most >= room * _NEVER_ALL) or np.any(factors < 0.0))
        precision: type[np.floating] = self.draws.dtype
        if outcome.overlap == "headroom":
            factors = -factors / room
            if np.any(typical.max(axis=1, keepdims=True) < _COARSE * room):
                precision = np.float64
        forms = self.draws.futures
        return _Lever(
            q, rows, outcome.overlap,
            tuple(factors[futures, :, None].astype(precision) for futures in forms),
            tuple(room[futures].astype(precision) for futures in forms),
            len(effects) < len(pair_of), floored, tuple(drawn),
        )  # fmt: skip

    def _bought(self, i: int, s: int, dear: Floats | float = 1.0) -> Floats:
        """Share of the full effect that the plan's money buys in a future, where work is ``dear`` times as dear."""
        row, option = self.problem.initiatives[i], self.plan.options[i]
        if row.amounts is None:
            return np.asarray(row.options[option].share)
        cost = (row.full_cost or 0) * self.problem.futures[s].cost_factor[i]
        return row.amounts.curve.share(self.plan.amounts[i] / (cost * np.asarray(dear)))

    def _enhanced(self, i: int) -> float:
        """Product of the factors of what enhances an initiative and is funded."""
        rules = [rule for rule in self.problem.enhances if rule.other == i]
        return float(np.prod([rule.factor for rule in rules if self.plan.options[rule.initiative]]))

    def improvements(self, chunk: Chunk) -> Floats:
        """d of every point in every future (Q, S, n), in the outcome's unit, children included."""
        points = self.valuation.points
        shape = len(points.rows), len(self.problem.futures), chunk.end - chunk.begin
        own = np.zeros(shape, dtype=self.draws.dtype)
        for lever in self.levers:
            effects_of = zip(chunk.effects, self.draws.futures, strict=True)
            for form, (effects, futures) in enumerate(effects_of):
                own[lever.point, self._places[form]] = self._own(
                    lever, form, effects[lever.rows], futures, chunk
                )
        return points.propagate(own, self.valuation.scale.headroom.T)

    def _own(self, lever: _Lever, form: int, effects: Reals, futures: Sequence[int], chunk: Chunk) -> Reals:
        """(S′, n) direct improvements in some futures by the overlap rule (§3.5), as in ``Valuation.combine``."""
        factors, room = lever.factors[form], lever.room[form]
        moved = np.multiply(effects, factors, out=self._space((len(futures), *effects.shape), factors.dtype))
        for m, i, late, dear in lever.drawn:
            if late:
                moved[:, m] *= self._in_time(lever.point, i, chunk.late[i])
            if dear:
                for k, s in enumerate(futures):
                    moved[k, m] *= self._bought(i, s, chunk.dear[i])
        if lever.overlap == "headroom":
            moved += 1.0
            if lever.floored:
                np.maximum(moved, moved.dtype.type(GAP_FLOOR), out=moved)
            left = np.multiply.reduce(moved, axis=1)
            np.subtract(1.0, left, out=left)
            left *= room
            return np.asarray(left)
        if lever.overlap == "sum":
            return np.asarray(np.minimum(np.add.reduce(moved, axis=1), room))
        best = np.maximum.reduce(moved, axis=1)
        return np.asarray(np.minimum(np.maximum(best, 0.0) if lever.some_unfunded else best, room))

    def _space(self, shape: tuple[int, ...], dtype: Any) -> Reals:
        """An array to work in, the same memory again and again."""
        size = math.prod(shape)
        if self._buffer.size < size or self._buffer.dtype != dtype:
            self._buffer = np.empty(size, dtype=dtype)
        return self._buffer[:size].reshape(shape)

    def _in_time(self, q: int, i: int, late: Floats) -> Floats:
        """ρ in every draw for delays (n,)."""
        point, row = self.valuation.points.rows[q], self.problem.initiatives[i]
        since = point.begin - row.options[self.plan.options[i]].start - late
        if point.end is None:
            return arrived_since(row.timing, since)
        return arrived_during(row.timing, since, point.end - point.begin)


def _product(a: float, b: float) -> float:
    """a·b with 0·inf = 0; only what is above 0 matters."""
    return a * b if a > 0.0 and b > 0.0 else 0.0
