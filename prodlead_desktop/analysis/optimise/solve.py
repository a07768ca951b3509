"""The one door to the optimiser: a problem and a question in, a plan with its certificate out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prodlead_desktop.analysis.optimise import clash
from prodlead_desktop.analysis.optimise.programme import Goal
from prodlead_desktop.analysis.optimise.search import Found, Search
from prodlead_desktop.analysis.optimise.solution import Ask, Clock, Monitor, Solution
from prodlead_desktop.analysis.optimise.worth import Gains
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.value import Valuation, probabilities

_NO_TIME = "No plan that keeps every rule was found in the time given."


def solve(problem: Problem, ask: Ask | None = None, monitor: Monitor | None = None) -> Solution:
    """The best plan of a problem under a question, with a true bound (model.md §4).

    V in points 0–100 or minor units; money in minor units. The plan is found by HiGHS on a programme that never cuts
    off a plan and never undervalues one, so its dual bound holds for the exact model; the plan's value is what the
    exact model says. BadInput when probabilities are missing ("expected" over several futures), for a future that is
    not there, or for an id in ``force`` or ``least`` that is no initiative.
    """
    ask = ask or Ask()
    asked = ask.problem(problem)
    clash.check_ids(asked, ask)
    clock = Clock(ask.time_limit_s)
    gains = Gains(Valuation(asked))
    if ask.objective == "regret":
        return _least_regret(asked, ask, gains, clock, monitor)
    many = len(asked.futures)
    weights = probabilities(asked) if ask.objective == "expected" else np.zeros(many)
    goal = Goal(ask.objective, weights, np.zeros(many))
    found = Search(asked, ask, gains, clock, monitor).run(goal)
    return _solution(asked, ask, found, clock, monitor)


def _least_regret(
    problem: Problem, ask: Ask, gains: Gains, clock: Clock, monitor: Monitor | None
) -> Solution:
    """Minimax regret: the best V of each future first, then one plan for all (§4.6).

    Regrets are against the best V found; what those lack in proof is added to the gap.
    """
    many = len(problem.futures)
    best: Floats = np.zeros(many)
    unproven, rounds, seconds = 0.0, 0, 0.0
    for s in range(many):
        share = Clock(clock.left / (many + 1 - s))
        alone = Goal("expected", np.eye(many)[s], np.zeros(many))
        found = Search(problem, ask, gains, share, monitor).run(alone)
        rounds, seconds = rounds + found.rounds, seconds + found.solver_seconds
        if found.plan is None:
            return _solution(problem, ask, found, clock, monitor)
        best[s] = found.score
        unproven = max(unproven, found.bound - found.score)
    found = Search(problem, ask, gains, clock, monitor).run(Goal("regret", np.zeros(many), best))
    found.rounds, found.solver_seconds = found.rounds + rounds, found.solver_seconds + seconds
    made = _solution(problem, ask, found, clock, monitor)
    if found.plan is None:
        return made
    value, bound = -found.score + 0.0, max(-found.bound, 0.0)
    gap = (value - bound + unproven) / max(float(np.abs(best).max()), found.size)
    status = "feasible" if made.status == "optimal" and gap > 2.0 * ask.wanted_gap(problem) else made.status
    best_values = tuple((best + 0.0).tolist())
    return replace(
        made, status=status, value=value, bound=min(bound, value), gap=gap, best_by_future=best_values
    )


def _solution(problem: Problem, ask: Ask, found: Found, clock: Clock, monitor: Monitor | None) -> Solution:
    if found.plan is None or found.values is None:
        reasons: tuple[str, ...] = ()
        ids: tuple[str, ...] = ()
        if found.status == "infeasible":
            reasons, ids = clash.explain(problem, ask, monitor)
        elif monitor is None or not monitor.cancelled():
            reasons = (_NO_TIME,)
        bound = found.bound if np.isfinite(found.bound) else None
        return Solution(
            found.status, ask.objective, None, None, bound, None, None, clock.spent, reasons=reasons, clash=ids,
            rounds=found.rounds, solver_seconds=found.solver_seconds,
        )  # fmt: skip
    cost = clash.cost(problem, found.plan)
    finite = bool(np.isfinite(found.bound))
    return Solution(
        found.status, ask.objective, found.plan, found.score + 0.0, found.bound + 0.0 if finite else None,
        max(found.bound - found.score, 0.0) / found.size if finite else None, cost, clock.spent,
        by_future=tuple((found.values + 0.0).tolist()), rounds=found.rounds, solver_seconds=found.solver_seconds,
    )  # fmt: skip
