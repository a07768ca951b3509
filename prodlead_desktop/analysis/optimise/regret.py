"""Minimax regret: what each future's best lies between, and what follows for one plan in all (model.md §4.6)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prodlead_desktop.analysis.optimise.programme import Goal
from prodlead_desktop.analysis.optimise.search import Found, Search
from prodlead_desktop.analysis.optimise.solution import Ask, Clock, Monitor, Solution, relative
from prodlead_desktop.analysis.optimise.worth import Gains
from prodlead_desktop.analysis.problem import Floats, Plan, Problem
from prodlead_desktop.analysis.value import Valuation


class Alone:
    """The best V of each future by itself, from below (``reached``) and from above (``most``), (S,) each; wishes do not
    count, or a plan that misses one could be better than the best.

    Who knew the future would have to pay only what things cost there: the best is that of ``future`` alone.
    """

    def __init__(self, problem: Problem, ask: Ask, clock: Clock, monitor: Monitor | None) -> None:
        """Searches every future in turn; ``missing`` is the first answer without a plan, after which there is none."""
        self.missing: Found | None = None
        self.searches: list[Search] = []
        many = len(problem.futures)
        for s in range(many):
            share = Clock(clock.left / (many + 1 - s))
            alone = replace(problem, futures=(problem.futures[s],), wishes=())
            search = Search(alone, ask, Gains(Valuation(alone)), share, monitor)
            found = search.run(Goal("expected", np.ones(1), np.zeros(1)))
            if found.plan is None:
                self.missing = found
                return
            self.searches.append(search)
        for search in self.searches:
            search.consider(self.plans)
        self.reached: Floats = np.array([search.found.score for search in self.searches])
        self.most: Floats = np.maximum([search.found.bound for search in self.searches], self.reached)

    @property
    def plans(self) -> list[Plan]:
        """The best plan found for each future."""
        return [search.found.plan for search in self.searches if search.found.plan is not None]

    def goal(self) -> Goal:
        """The least regret: of plans what is certain, of the bound what is certain."""
        return Goal("regret", np.zeros(len(self.most)), self.most, self.reached)

    def judged(self, made: Solution, found: Found, wanted: float) -> Solution:
        """The answer for all futures with regrets for values: no plan has less than ``bound``, this one not more than
        ``value``, whatever the best of each future turns out to be."""
        assert found.peaks is not None
        value = max(-found.score, 0.0) + 0.0
        bound = min(max(-found.bound, 0.0), value) + 0.0
        best = np.maximum(self.reached, found.peaks)
        most = np.maximum(self.most, best)
        proven = value - bound <= 2.0 * wanted * max(float(np.abs(most).max()), found.size)
        ours = [search.found for search in self.searches]
        return replace(
            made, status=made.status if proven or made.status != "optimal" else "feasible", value=value,
            bound=bound, gap=relative(value, bound), best_by_future=tuple((best + 0.0).tolist()),
            bound_by_future=tuple((most + 0.0).tolist()), rounds=made.rounds + sum(one.rounds for one in ours),
            solver_seconds=made.solver_seconds + sum(one.solver_seconds for one in ours),
        )  # fmt: skip
