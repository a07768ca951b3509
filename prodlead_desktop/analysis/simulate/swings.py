"""V of a plan with one input at a time at its ends: many inputs side by side in one evaluation (model.md §5, tornado).

A contribution is a product (§3.4): mean · chance · the future's factor · share of the money · share in time ·
enhancement. An input changes one factor of a few rows, so that each end is a column beside the plan's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from prodlead_desktop.analysis.curves import LEAST_PRICE
from prodlead_desktop.analysis.problem import Floats, Ints, Plan, Problem
from prodlead_desktop.analysis.simulate.inputs import Input
from prodlead_desktop.analysis.simulate.run import Step
from prodlead_desktop.analysis.timing import arrived
from prodlead_desktop.analysis.value import Valuation

_CELLS = 4_000_000  # pairs × columns worked on at a time


@dataclass(frozen=True, eq=False, slots=True)
class _Parts:
    """The factors of every pair's contribution in one future under one plan, (K,) each; 0 where nothing is funded."""

    mean: Floats
    chance: Floats
    factor: Floats
    share: Floats
    in_time: Floats
    enhanced: Floats

    def product(self, rows: Ints | slice = slice(None)) -> Floats:
        return np.asarray(
            self.mean[rows] * self.chance[rows] * self.factor[rows] * self.share[rows] * self.in_time[rows]
            * self.enhanced[rows]
        )  # fmt: skip


class Swings:
    """Values of a problem in the middle (``inputs.in_the_middle``) when single inputs leave it."""

    def __init__(self, middle: Problem, uncertain: Problem, weights: Floats) -> None:
        """``uncertain``: the same problem with its delays still open, so that no moment counts as settled too early.

        ``weights`` (S,): probabilities of the futures.
        """
        self.problem, self.weights = middle, weights
        timed = zip(middle.initiatives, uncertain.initiatives, strict=True)
        open_ones = tuple(replace(row, timing=other.timing) for row, other in timed)
        self.valuation = Valuation(replace(middle, initiatives=open_ones))
        pairs = self.valuation.pair_effect
        self._of_effect = {e: np.flatnonzero(pairs == e) for e in range(len(middle.effects))}
        owners = self.valuation.pair_initiative
        self._of_initiative = {i: np.flatnonzero(owners == i) for i in range(len(middle.initiatives))}
        self._known: dict[tuple[int, float, float], Floats] = {}  # ρ by initiative, delay and start
        self._late = [i for i, row in enumerate(open_ones) if row.timing.delay_spread is not None]

    def ends(self, asked: Sequence[tuple[Input, Plan]], step: Step) -> list[tuple[float, float]]:
        """V at the low and the high end of each input under its plan, points or minor units."""
        size = max(_CELLS // max(len(self.valuation.pair_effect), 1) // 2, 1)
        found: list[tuple[float, float]] = []
        for begin in range(0, len(asked), size):
            step(begin / len(asked))
            found += self._together(asked[begin : begin + size])
        return found

    def _together(self, asked: Sequence[tuple[Input, Plan]]) -> list[tuple[float, float]]:
        total = np.zeros(2 * len(asked))
        options = np.array([plan.options for _, plan in asked], dtype=np.int64).T
        funded = self.valuation.funded(np.repeat(options, 2, axis=1))
        for s, weight in enumerate(self.weights.tolist()):
            known: dict[Plan, _Parts] = {}
            columns = np.empty(funded.shape)
            for k, (one, plan) in enumerate(asked):
                if plan not in known:
                    known[plan] = self._parts(plan, s)
                parts = known[plan]
                columns[:, 2 * k : 2 * k + 2] = parts.product()[:, None]
                for end, value in enumerate((one.low, one.high)):
                    rows, new = self._changed(one, value, parts, plan, s)
                    columns[rows, 2 * k + end] = new
            d = self.valuation.improvements(columns, funded, s)
            total += weight * self.valuation.total(*self.valuation.worth(d, s))
        return [(float(low), float(high)) for low, high in total.reshape(-1, 2)]

    def _parts(self, plan: Plan, s: int) -> _Parts:
        problem, valuation, future = self.problem, self.valuation, self.problem.futures[s]
        effect, owner = valuation.pair_effect, valuation.pair_initiative
        means = np.array([row.mean for row in problem.effects], dtype=np.float64)
        options = np.array(plan.options, dtype=np.int64)
        share = np.array([self._share(i, plan, s) for i in range(len(options))], dtype=np.float64)
        enhanced = np.ones(len(options))
        for rule in problem.enhances:
            if options[rule.initiative] and options[rule.other]:
                enhanced[rule.other] *= rule.factor
        chance = np.array([valuation.chance(i, s) for i in range(len(options))], dtype=np.float64)
        if not len(effect):
            return _Parts(*(np.zeros(0) for _ in range(6)))
        in_time = valuation.arrived[np.arange(len(effect)), options[owner]]
        for i in self._late:
            rows = self._of_initiative[i]
            in_time[rows] = self._arrived(i, rows, problem.initiatives[i].timing.delay, plan)
        new = future.effect_value[effect]
        return _Parts(
            np.where(np.isnan(new), means[effect], new), chance[owner], future.effect_factor[effect],
            share[owner], in_time, enhanced[owner],
        )  # fmt: skip

    def _share(self, i: int, plan: Plan, s: int, dear: float = 1.0) -> float:
        """What the plan's money buys of an initiative's effect where its work is ``dear`` times as dear."""
        row, option = self.problem.initiatives[i], plan.options[i]
        if not option or row.amounts is None:
            return row.options[option].share if option else 0.0
        cost = (row.full_cost or 0) * self.problem.futures[s].cost_factor[i] * dear
        return float(row.amounts.curve.share(np.array(plan.amounts[i] / max(cost, LEAST_PRICE))))

    def _changed(self, one: Input, value: float, parts: _Parts, plan: Plan, s: int) -> tuple[Ints, Floats]:
        """Which pairs an input at a value changes, and to what."""
        future = self.problem.futures[s]
        nothing: tuple[Ints, Floats] = np.zeros(0, dtype=np.int64), np.zeros(0)
        if one.effect is not None:
            if not np.isnan(future.effect_value[one.effect]):
                return nothing
            rows = self._of_effect[one.effect]
            return rows, replace(parts, mean=np.full(len(parts.mean), value)).product(rows)
        if one.assumption is not None:
            chance = float(future.chance[one.assumption])
            if not 0.0 < chance < 1.0:
                return nothing
            resting = [
                i for i, row in enumerate(self.problem.initiatives) if one.assumption in row.assumptions
            ]
            rows = np.concatenate([self._of_initiative[i] for i in resting])
            return rows, parts.product(rows) * (value / chance)
        assert one.initiative is not None
        i, rows = one.initiative, self._of_initiative[one.initiative]
        if one.kind == "success":
            return rows, parts.product(rows) * (value / self.problem.initiatives[i].success)
        if one.kind == "delay":
            in_time = parts.in_time.copy()
            in_time[rows] = self._arrived(i, rows, value, plan)
            return rows, replace(parts, in_time=in_time).product(rows)
        share = parts.share.copy()
        share[rows] = self._share(i, plan, s, value)
        return rows, replace(parts, share=share).product(rows)

    def _arrived(self, i: int, rows: Ints, delay: float, plan: Plan) -> Floats:
        row, points = self.problem.initiatives[i], self.valuation.points.rows
        if not plan.options[i]:
            return np.zeros(len(rows))
        timing = replace(row.timing, delay=delay, delay_spread=None)
        start = row.options[plan.options[i]].start
        key = i, delay, start
        if key not in self._known:
            moments = [points[q] for q in self.valuation.pair_point[rows]]
            self._known[key] = np.array([arrived(timing, start, one.begin, one.end) for one in moments])
        return self._known[key]
