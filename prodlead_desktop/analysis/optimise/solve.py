"""The door to the optimiser: a problem and questions in, plans with their certificates out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.optimise import clash, ties
from prodlead_desktop.analysis.optimise.affording import Affording
from prodlead_desktop.analysis.optimise.choices import allowed
from prodlead_desktop.analysis.optimise.keeping import Keeping
from prodlead_desktop.analysis.optimise.least import Least
from prodlead_desktop.analysis.optimise.programme import Goal
from prodlead_desktop.analysis.optimise.regret import Alone
from prodlead_desktop.analysis.optimise.search import Found, Search
from prodlead_desktop.analysis.optimise.solution import (
    Ask,
    Cheapest,
    Clock,
    Missed,
    Monitor,
    Solution,
    relative,
)
from prodlead_desktop.analysis.optimise.worth import Detail, Gains
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Plan, Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.wishes import Wished, tolerance

_NO_TIME = "No plan that keeps every rule was found in the time given."
_MOST_TANGENTS = 48  # per point that are handed on


def solve(problem: Problem, ask: Ask | None = None, monitor: Monitor | None = None) -> Solution:
    """The best plan of a problem under a question, with a true bound (model.md §4).

    V in points 0–100 or minor units; money in minor units. The plan is found by HiGHS on a programme that never cuts
    off a plan and never undervalues one, so its dual bound holds for the exact model; the plan's value is what the
    exact model says. BadInput when probabilities are missing ("expected" over several futures), for a future that is
    not there, or for an id in ``force`` or ``least`` that is no initiative.
    """
    ask = ask or Ask()
    return Asker(problem, ask.future).solve(ask, monitor)


class Asker:
    """Many questions about one problem and the same futures: what one has learned about value serves the next."""

    def __init__(self, problem: Problem, future: str | None = None) -> None:
        """``future``: the only one that counts, else all. BadInput when the problem does not have it."""
        self.problem, self.future = problem, future
        self.gains = Gains(Valuation(Ask(future=future).problem(problem)))
        self._learned = Detail()

    def solve(self, ask: Ask, monitor: Monitor | None = None) -> Solution:
        """As ``solve``; ``ask.future`` must be this object's."""
        assert ask.future == self.future
        asked = ask.problem(self.problem)
        clash.check_ids(asked, ask)
        clock = Clock(ask.time_limit_s)
        if not asked.wishes:
            return self._most(asked, ask, clock, monitor)
        return self._kept(asked, ask, clock, monitor)

    def _most(
        self, asked: Problem, ask: Ask, clock: Clock, monitor: Monitor | None, known: Sequence[Plan] = ()
    ) -> Solution:
        """The best plan, among those that miss wishes by no more than the question allows."""
        if ask.objective == "regret":
            return self._least_regret(asked, ask, clock, monitor, known)
        found = self._search(asked, ask, self.goal(ask), clock, monitor, known)
        return _solution(asked, ask, found, clock, monitor)

    def _kept(self, asked: Problem, ask: Ask, clock: Clock, monitor: Monitor | None) -> Solution:
        """Wishes first: as few shares missed as the rules allow, unless so many are allowed; then the most value."""
        known: list[Plan] = []
        least, proven = 0.0, True
        if ask.missed is None:
            first = self._nearest(asked, ask, Clock(clock.left / 2.0), monitor)
            if first.plan is None:
                return replace(_solution(asked, ask, first, clock, monitor), bound=None)
            least, proven, known = max(-first.bound, 0.0), first.status == "optimal", [first.plan]
            ask = replace(ask, missed=max(-first.score, 0.0))
        made = self._most(asked, ask, clock, monitor, known)
        if made.plan is None:
            return made
        _, missed = Wished(asked, ask.objective == "expected").of(self.gains.valuation, made.plan)
        total = float(missed.sum())
        return replace(
            made, status=made.status if proven or made.status != "optimal" else "feasible",
            missed=total, least_missed=min(least, total) + 0.0, allowed=ask.missed,
        )  # fmt: skip

    def nearest(self, ask: Ask, monitor: Monitor | None = None) -> Missed | None:
        """What the wishes must be missed by at least, whatever the value; None where no plan was found."""
        assert ask.future == self.future
        asked = ask.problem(self.problem)
        clash.check_ids(asked, ask)
        found = self._nearest(asked, ask, Clock(ask.time_limit_s), monitor)
        if found.plan is None:
            return None
        share = max(-found.score, 0.0)
        kept = 0.0 if share <= tolerance(asked) else share
        return Missed(kept, min(max(-found.bound, 0.0), kept), found.status == "optimal")

    def _nearest(self, asked: Problem, ask: Ask, clock: Clock, monitor: Monitor | None) -> Found:
        keeping = Keeping(asked, ask, self.gains, clock, monitor, self._learned.inherited())
        found = keeping.run(self.goal(replace(ask, objective="maximin")))
        self._keep(keeping.detail)
        return found

    def cheapest(
        self, ask: Ask, level: float, base: Plan | None = None, monitor: Monitor | None = None
    ) -> Cheapest:
        """The plan that keeps every rule, is worth at least ``level`` (V as in ``Solution.value``; −inf: anything) and
        moves the least money from ``base`` (minor units; None: spends the least). Not for the objective "regret"."""
        return self._least(Least, ask, level, base, monitor)

    def least_budget(self, ask: Ask, monitor: Monitor | None = None) -> Cheapest:
        """The least budget under which a plan keeps every rule and misses the wishes by no more than is asked, whatever
        the scenario's own is: it holds at the costs of every future, and shares "of budget" are shares of it."""
        return self._least(Affording, ask, -math.inf, None, monitor)

    def _least(
        self, kind: type[Least], ask: Ask, level: float, base: Plan | None, monitor: Monitor | None
    ) -> Cheapest:
        assert ask.future == self.future and ask.objective != "regret"
        asked = ask.problem(self.problem)
        clash.check_ids(asked, ask)
        clock = Clock(ask.time_limit_s)
        search = kind(asked, ask, self.gains, clock, monitor, self._learned.inherited())
        found = search.run_least(self.goal(ask), level, base)
        self._keep(search.detail)
        return replace(found, seconds=clock.spent)

    def first_by_ids(self, ask: Ask, plan: Plan, base: Plan) -> Plan:
        """Of the plans that are worth as much as one and move as much money from ``base``, the one whose initiatives
        that come first by id get more. Not for the objective "regret"."""
        asked, goal = ask.problem(self.problem), self.goal(ask)
        return ties.first_by_ids(
            asked, plan, base, [allowed(asked, ask, i) for i in range(len(asked.initiatives))],
            lambda plans: goal.score(self.gains.valuation.evaluate(plans).value),
            lambda plans: self._fits(asked, ask, plans),
        )  # fmt: skip

    def _fits(self, asked: Problem, ask: Ask, plans: Plans) -> Bools:
        kept = limits.fits(asked, plans, ask.drop)
        if asked.wishes and ask.missed is not None and kept.any():
            wished = Wished(asked, ask.objective == "expected")
            kept[kept] = wished.within(self.gains.valuation, plans.where(kept), ask.missed)
        return kept

    def goal(self, ask: Ask) -> Goal:
        """What "expected" and "maximin" maximise. BadInput when probabilities are missing."""
        many = len(self.gains.valuation.problem.futures)
        expected = ask.objective == "expected"
        weights = probabilities(self.gains.valuation.problem) if expected else np.zeros(many)
        return Goal(ask.objective, weights, np.zeros(many))

    def _search(
        self,
        asked: Problem,
        ask: Ask,
        goal: Goal,
        clock: Clock,
        monitor: Monitor | None,
        known: Sequence[Plan] = (),
    ) -> Found:
        search = Search(asked, ask, self.gains, clock, monitor, self._learned.inherited())
        found = search.run(goal, known)
        self._keep(search.detail)
        return found

    def _keep(self, detail: Detail) -> None:
        for spot, at in detail.tangents.items():
            known = self._learned.tangents.setdefault(spot, [])
            known += [one for one in at if one not in known][: max(_MOST_TANGENTS - len(known), 0)]
        for spot, at in detail.chords.items():
            known = self._learned.chords.setdefault(spot, [])
            known += [one for one in at if one not in known][: max(_MOST_TANGENTS - len(known), 0)]
        self._learned.missed |= detail.missed

    def _least_regret(
        self, problem: Problem, ask: Ask, clock: Clock, monitor: Monitor | None, known: Sequence[Plan] = ()
    ) -> Solution:
        """Minimax regret: the best V of each future first, by the rules alone, then one plan for all (§4.6)."""
        alone = Alone(problem, ask, clock, monitor)
        if alone.missing is not None:
            return replace(_solution(problem, ask, alone.missing, clock, monitor), bound=None)
        found = self._search(problem, ask, alone.goal(), clock, monitor, [*known, *alone.plans])
        made = _solution(problem, ask, found, clock, monitor)
        if found.plan is None:
            return replace(made, bound=None if made.bound is None else max(-made.bound, 0.0))
        return alone.judged(made, found, ask.wanted_gap(problem))


def _solution(problem: Problem, ask: Ask, found: Found, clock: Clock, monitor: Monitor | None) -> Solution:
    if found.plan is None or found.values is None:
        reasons: tuple[str, ...] = ()
        ids: tuple[str, ...] = ()
        if found.status == "infeasible" and ask.reasons:
            reasons, ids = clash.explain(problem, ask, monitor)
        elif found.status != "infeasible" and (monitor is None or not monitor.cancelled()):
            reasons = (_NO_TIME,)
        bound = found.bound if np.isfinite(found.bound) and found.status != "infeasible" else None
        return Solution(
            found.status, ask.objective, None, None, bound, None, None, clock.spent, reasons=reasons, clash=ids,
            rounds=found.rounds, solver_seconds=found.solver_seconds,
        )  # fmt: skip
    cost = clash.cost(problem, found.plan)
    finite = bool(np.isfinite(found.bound))
    return Solution(
        found.status, ask.objective, found.plan, found.score + 0.0, found.bound + 0.0 if finite else None,
        relative(found.score, found.bound) if finite else None, cost, clock.spent,
        by_future=tuple((found.values + 0.0).tolist()), rounds=found.rounds, solver_seconds=found.solver_seconds,
    )  # fmt: skip
