"""The plan against the best one under the same rules, on the same draws (model.md §5: at plan against optimum)."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.analysis.optimise import Ask, Monitor, Solution, solve
from prodlead_desktop.analysis.simulate import statistics
from prodlead_desktop.analysis.simulate.risk import Simulation
from prodlead_desktop.analysis.simulate.run import Sampler, Step
from prodlead_desktop.analysis.simulate.statistics import Estimate
from prodlead_desktop.errors import Cancelled

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Best:
    """What the optimiser found on mean effects, and by how much its V is above the plan's, draw by draw.

    ``more`` in points or minor units; None when there is no plan that keeps every rule, or none in the time.
    """

    solution: Solution
    more: Estimate | None


def against_best(found: Simulation, step: Step | None = None, seconds: float = SECONDS) -> Best | None:
    """The comparison; None when the futures have no probabilities. Cancelled when ``step`` raises it."""
    weights, say = found.weights, step or (lambda share: None)
    if weights is None:
        return None
    stopped: list[bool] = []

    def cancelled() -> bool:
        try:
            say(None)
        except Cancelled:
            stopped.append(True)
        return bool(stopped)

    solution = solve(found.problem, Ask(time_limit_s=seconds), Monitor(cancelled=cancelled))
    if stopped:
        raise Cancelled()
    if solution.plan is None:
        return Best(solution, None)
    other = Sampler(found.problem, solution.plan, found.draws, found.seed).run(say)
    return Best(solution, statistics.difference(other.value, found.sampled.value, weights))
