"""The least money for a value: which plan is worth so much and moves, or spends, the least (model.md §4.5)."""

from __future__ import annotations

import math

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.optimise.milp import Expr
from prodlead_desktop.analysis.optimise.programme import Goal, Programme
from prodlead_desktop.analysis.optimise.search import Search
from prodlead_desktop.analysis.optimise.solution import Cheapest, Status
from prodlead_desktop.analysis.problem import Plan

_ROUNDS = 30
_CENT = 1.0  # minor units


class Least(Search):
    """A search among the plans of at least one value; the value's curves are drawn finer as in ``Search``."""

    def run_least(self, goal: Goal, level: float, base: Plan | None) -> Cheapest:
        """The plan of the least money with score ≥ ``level``; money is counted from ``base``, None = from nothing."""
        self.goal, self.wanted_gap = goal, self.ask.wanted_gap(self.problem)
        self.fineness = self.wanted_gap / 8.0
        nothing = planning.plan_of(self.problem, {})
        self.base, self.level = base or nothing, level
        self.best = (math.inf, nothing)  # nothing found yet
        for plan in (*self.ask.hints, self.problem.current, nothing):
            self._take(plan)
        least, proven = 0.0, False
        programme, objective = self._posed()
        for _ in range(_ROUNDS):
            if self._stopped():
                break
            answer = programme.milp.run(objective, self.clock, 1e-9, self.monitor)
            if answer.ended == "infeasible":
                break
            if math.isfinite(answer.bound):
                least = max(least, -answer.bound * programme.choices.unit)
            if answer.x is None:
                break
            plan = programme.choices.plan(answer.x)
            for one in self._rounded(plan, programme, answer.x):
                self._take(one)
            proven = self.best[0] <= least * (1.0 + 1e-7) + _CENT
            if proven or answer.ended != "optimal":
                break
            barred = not self._fits(plan) and self._bar(programme, plan)
            rows = self._touch(programme, plan, answer.x) or barred
            columns = self._miss(programme, plan, answer.x)
            if self.by_amount:
                columns |= self._cut_finer(plan, programme, answer.x)
                if not (rows or columns) and self.fineness > 1e-9:
                    self.fineness /= 10.0
                    columns = True
            if columns:
                programme, objective = self._posed()
            elif not rows:
                break
        return self._told(least, proven)

    def _posed(self) -> tuple[Programme, Expr]:
        programme = self.programme()
        assert programme.worth is not None
        value = self.goal.expression(programme.worth)
        slack = 1e-9 * max(abs(self.level), 1.0)
        programme.milp.row(value, low=(self.level - slack) / programme.worth.scale)
        money = programme.choices.moved(self.base)
        return programme, Expr().add(money, -1.0)

    def _take(self, plan: Plan) -> None:
        """Keep a plan that keeps every rule and is worth enough, if it needs less money."""
        one = planning.stack([plan])
        if not self._fits(plan):
            return
        values = self.valuation.evaluate(one).value
        size = max(float(np.abs(values).max()), abs(self.level), 1e-9)
        if float(self.goal.score(values)[0]) < self.level - (1e-7 if self.by_amount else 1e-9) * size:
            return
        money = float(planning.moved(self.problem, one, self.base)[0])
        if money < self.best[0] - 1e-6:
            self.best = money, plan

    def _told(self, least: float, proven: bool) -> Cheapest:
        money, plan = self.best
        if money == math.inf:
            return Cheapest("cancelled" if self._stopped() else "infeasible", None, None, None, least, 0.0)
        score = float(self.goal.score(self.valuation.evaluate(plan).value)[0])
        status: Status = "optimal" if proven else "feasible"
        return Cheapest(status, plan, score, money, min(least, money), 0.0)
