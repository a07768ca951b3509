"""The least budget under which wishes can be kept: the budget itself is a column, on which shares "of budget" depend.

A budget must hold at the costs of every future (model.md §4.6), so that it is more than the plan costs as planned.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise.clash import cost
from prodlead_desktop.analysis.optimise.least import Least
from prodlead_desktop.analysis.optimise.milp import Expr, total
from prodlead_desktop.analysis.optimise.programme import Programme
from prodlead_desktop.analysis.optimise.solution import Ask, Clock, Monitor
from prodlead_desktop.analysis.optimise.worth import Detail, Gains
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Plan, Problem


class Affording(Least):
    """A search for the least budget: money is the budget that a plan needs, whatever the scenario's own is."""

    def __init__(
        self,
        problem: Problem,
        ask: Ask,
        gains: Gains,
        clock: Clock,
        monitor: Monitor | None,
        detail: Detail | None = None,
    ) -> None:
        """As ``Search``; the rules that depend on the budget are kept by the budget, and not as they stand."""
        self._asked = ask.drop
        counted = [rule for rule in limits.rules(problem) if rule.id not in ask.drop]
        bands = problem.limits.bands
        self._shares = [
            rule for rule in counted if rule.kind in ("pool low", "pool high") and bands[rule.at].of_budget
        ]
        freed = {"budget 0", *(rule.id for rule in self._shares)}
        super().__init__(problem, replace(ask, drop=ask.drop | freed), gains, clock, monitor, detail)
        factors = {tuple(future.cost_factor.tolist()): s for s, future in enumerate(problem.futures)}
        self._futures = sorted(factors.values())

    def prices(self) -> list[list[list[float]]]:
        """At the costs of every future."""
        return [
            [
                [option.cost * factor for option in row.options] if row.amounts is None else []
                for row, factor in zip(
                    self.problem.initiatives, self.problem.futures[s].cost_factor.tolist(), strict=True
                )
            ]
            for s in self._futures
        ]

    def hidden(self) -> float:
        """A share that a pool may have at most makes much budget out of little money."""
        highs = [self._share(rule) for rule in self._shares if rule.kind == "pool high"]
        return super().hidden() / min([high for high in highs if high > 0.0] + [1.0])

    def spending(self, programme: Programme) -> Expr:
        """A column for the budget, with the rows that it must keep."""
        choices, milp, finer = programme.choices, programme.milp, programme.choices.finer
        budget = milp.column()
        for s in self._futures:
            everything = total(choices.cost(i, s) for i in range(len(self.problem.initiatives)))
            milp.row(Expr().add(everything.add(budget, -1.0), finer), high=0.0)
            for rule in self._shares:
                pool = self.problem.limits.bands[rule.at].pool
                inside = total(
                    choices.cost(i, s) for i, row in enumerate(self.problem.initiatives) if row.pool == pool
                )
                beyond = Expr().add(inside.add(budget, -self._share(rule)), finer)
                if rule.kind == "pool low":
                    milp.row(beyond, low=0.0)
                else:
                    milp.row(beyond, high=0.0)
        return Expr({budget: 1.0})

    def money_of(self, plan: Plan) -> float:
        """The least budget in whole minor units under which a plan would keep the rules, if any is enough."""
        one = planning.stack([plan])
        spent = cost(self.problem, plan)
        least = math.ceil(spent - float(limits.rounding(np.array(spent))))
        for rule in self._shares:
            share = self._share(rule)
            if rule.kind == "pool high" and share > 0.0:
                inside = max(float(self._inside(rule, one, s)[0]) for s in self._futures)
                least = max(least, math.ceil((inside - float(limits.rough(inside))) / share))
        return float(max(least, 0))

    def _fitting(self, plans: Plans) -> Bools:
        """(P,) what keeps the rules under the least budget that it needs."""
        kept = super()._fitting(plans)
        for p in np.flatnonzero(kept).tolist():
            plan = Plan(tuple(plans.options[:, p].tolist()), tuple(plans.amounts[:, p].tolist()))
            own = replace(self.problem.limits, budget=round(self.money_of(plan)))
            with_it = replace(self.problem, limits=own)
            kept[p] = limits.fits(with_it, planning.stack([plan]), self._asked)[0]
        return kept

    def _share(self, rule: Rule) -> float:
        band = self.problem.limits.bands[rule.at]
        return (band.low if rule.kind == "pool low" else band.high) or 0.0

    def _inside(self, rule: Rule, plans: Plans, future: int) -> Floats:
        pool = self.problem.limits.bands[rule.at].pool
        rows = [i for i, row in enumerate(self.problem.initiatives) if row.pool == pool]
        return np.asarray(planning.costs(self.problem, plans, future)[rows].sum(axis=0))
