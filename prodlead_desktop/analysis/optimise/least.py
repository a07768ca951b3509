"""The least money for a value: which plan is worth so much and moves, or spends, the least (model.md §4.5)."""

from __future__ import annotations

import math

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.limits import KEPT
from prodlead_desktop.analysis.optimise import overspent
from prodlead_desktop.analysis.optimise.milp import TOLERANCE, Answer, Expr
from prodlead_desktop.analysis.optimise.programme import Goal, Programme
from prodlead_desktop.analysis.optimise.rounding import rounded
from prodlead_desktop.analysis.optimise.search import Search
from prodlead_desktop.analysis.optimise.solution import Cheapest, Status
from prodlead_desktop.analysis.problem import Plan

_ROUNDS, _BY_AMOUNT = 400, 30
_CENT = 1.0  # minor units


class Least(Search):
    """A search among the plans of at least one value; the value's curves are drawn finer as in ``Search``.

    With levels the answer is exact to the minor unit, however large the amounts beside it: HiGHS is asked for less
    than the least so far until there is none, and what it cannot tell apart is barred by rows of whole numbers.
    """

    def run_least(self, goal: Goal, level: float, base: Plan | None) -> Cheapest:
        """The plan of the least money with score ≥ ``level``, −inf: whatever its value; money is counted from
        ``base``, None = from nothing."""
        self.goal, self.wanted_gap = goal, self.ask.wanted_gap(self.problem)
        self.fineness = self.wanted_gap / 8.0
        nothing = planning.plan_of(self.problem, {})
        self.base, self.level = base or nothing, level
        self._prices = self.prices()
        self.best = (math.inf, nothing)  # nothing found yet
        for plan in (*self.ask.hints, self.problem.current, nothing):
            self._take(plan)
        self.least, proven, impossible = 0.0, False, False
        programme, objective = self._posed()
        for _ in range(_BY_AMOUNT if self.by_amount else _ROUNDS):
            if self.stopped():
                break
            answer = programme.milp.run(objective, self.clock, 1e-9, self.monitor)
            if answer.ended == "infeasible":
                impossible = self.best[0] == math.inf
                proven = not impossible and not self.by_amount
                break
            self._bounded(programme, answer)
            if answer.x is None:
                break
            before, plan = self.best[0], programme.choices.plan(answer.x)
            *whole, exact = rounded(self.problem, self.by_amount, plan, programme, answer.x)
            taken = [self._take(one) for one in whole]
            if not any(taken):
                self._take(exact)  # only where no whole amounts will do
            proven = self._settled()
            if proven or answer.ended != "optimal":
                break
            grown = self._drawn_finer(programme, plan, answer)
            if grown == "columns":
                programme, objective = self._posed()
            elif not self._below(programme, plan, before) and not grown:
                break
        return self._told(proven, impossible)

    # ------------------------------------------------------------ what money is counted

    def prices(self) -> list[list[list[float]]]:
        """Minor units of every option of each initiative, of which no sum may exceed the money; one table or more."""
        return [overspent.moving(self.problem, self.base)]

    def hidden(self) -> float:
        """Minor units that HiGHS' tolerance may hide."""
        return TOLERANCE * max(sum(max(row, default=0.0) for row in table) for table in self._prices)

    def spending(self, programme: Programme) -> Expr:
        """The money over the columns, in units; it may add rows."""
        return programme.choices.moved(self.base)

    def money_of(self, plan: Plan) -> float:
        """What a plan takes, minor units."""
        return float(planning.moved(self.problem, planning.stack([plan]), self.base)[0])

    # ------------------------------------------------------------ rounds

    def _posed(self) -> tuple[Programme, Expr]:
        programme = self.programme()
        assert programme.worth is not None
        if self.level > -math.inf:
            value = self.goal.expression(programme.worth)
            slack = 1e-9 * max(abs(self.level), 1.0)
            programme.milp.row(value, low=(self.level - slack) / programme.worth.scale)
        self.money = self.spending(programme)
        if self.best[0] < math.inf:
            self._cheaper(programme)
        return programme, Expr().add(self.money, -1.0)

    def _cheaper(self, programme: Programme) -> None:
        """Less than the least so far, as well as HiGHS can tell; by amount that is left to the objective."""
        if not self.by_amount:
            finer, unit = programme.choices.finer, programme.choices.unit
            programme.milp.row(Expr().add(self.money, finer), high=(self.best[0] - KEPT) / unit * finer)

    def _bounded(self, programme: Programme, answer: Answer) -> None:
        """What HiGHS has proven, less what its tolerance may hide; with levels a whole number."""
        if not math.isfinite(answer.bound):
            return
        hidden = 0.0 if self.by_amount else self.hidden()
        least = -answer.bound * programme.choices.unit - hidden
        self.least = max(self.least, least if self.by_amount else math.ceil(least - KEPT))

    def _settled(self) -> bool:
        if self.by_amount:
            return self.best[0] <= self.least * (1.0 + 1e-7) + _CENT
        return self.best[0] <= self.least + KEPT

    def _drawn_finer(self, programme: Programme, plan: Plan, answer: Answer) -> str:
        """The curves at a plan and around it. What grew: "", "rows", or "columns"."""
        assert answer.x is not None
        rows = self._touch(programme, plan, answer.x)
        columns = self._miss(programme, plan, answer.x)
        if self.by_amount:
            columns |= self._cut_finer(plan, programme, answer.x)
            if not (rows or columns) and self.fineness > 1e-9:
                self.fineness /= 10.0
                columns = True
        return "columns" if columns else "rows" if rows else ""

    def _below(self, programme: Programme, plan: Plan, before: float) -> bool:
        """Ask for less than the least, and for no plan that only HiGHS takes for such a one; whether that is news."""
        if self.best[0] < before:
            self._cheaper(programme)
            return not self.by_amount
        if not self._fits(plan):
            return self._bar(programme, plan)
        most = self.best[0] - 1.0
        found: list[overspent.Group] = []
        if not self.by_amount:
            beside = (overspent.beside(prices, most, plan, self.allowed) for prices in self._prices)
            found = next((one for one in beside if one), found)
        fresh = [one for one in found or overspent.as_it_is(self.problem, plan) if one not in self.barred]
        overspent.bar(programme.choices, fresh)
        self.barred += fresh
        return bool(fresh)

    def _take(self, plan: Plan) -> bool:
        """Keep a plan that keeps every rule and is worth enough, if it needs less money; whether it is worth enough."""
        if not self._fits(plan):
            return False
        values = self.valuation.evaluate(planning.stack([plan])).value
        size = max(float(np.abs(values).max()), abs(self.level), 1e-9)
        if (
            self.level > -math.inf
            and float(self.goal.score(values)[0]) < self.level - (1e-7 if self.by_amount else 1e-9) * size
        ):
            return False
        money = self.money_of(plan)
        if money < self.best[0] - 1e-6:
            self.best = money, plan
        return True

    def _told(self, proven: bool, impossible: bool) -> Cheapest:
        money, plan = self.best
        if money == math.inf:
            return Cheapest("infeasible" if impossible else "cancelled", None, None, None, self.least, 0.0)
        score = float(self.goal.score(self.valuation.evaluate(plan).value)[0])
        status: Status = "optimal" if proven else "feasible"
        least = money if proven and not self.by_amount else min(self.least, money)
        return Cheapest(status, plan, score, money, least, 0.0)
