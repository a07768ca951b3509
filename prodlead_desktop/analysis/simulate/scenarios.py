"""Scenarios side by side with the same luck, for charts; what was drawn once is not drawn again (model.md §5)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.simulate import statistics
from prodlead_desktop.analysis.simulate.risk import World, simulate
from prodlead_desktop.analysis.simulate.run import DRAWS, Step
from prodlead_desktop.analysis.simulate.statistics import Estimate
from prodlead_desktop.domain.strategy import Strategy

SEED = 0
_KEPT = 24
_known: OrderedDict[tuple[str, int], tuple[World, Floats]] = OrderedDict()
TURN = threading.Lock()  # of whoever looks into what is known


@dataclass(frozen=True, eq=False, slots=True)
class ScenarioRisk:
    """What a scenario's own plan could come to over all futures, or as things are now (``as_now``) where the futures
    have no probabilities. ``values`` (N,): V of every draw, expected over futures; points or minor units."""

    scenario: str
    problem: Problem
    world: World
    values: Floats
    as_now: bool

    def more_than(self, other: ScenarioRisk) -> Estimate:
        """V less that of another scenario of the same strategy, draw by draw."""
        one = np.ones(1)
        return statistics.difference(self.values[None, :], other.values[None, :], one)


def of_scenarios(
    strategy: Strategy,
    scenarios: Sequence[str],
    step: Step | None = None,
    draws: int = DRAWS,
    money_per_point: float | None = None,
) -> tuple[ScenarioRisk, ...]:
    """The simulation of each scenario (ids), seed 0. BadInput as ``formulate``; Cancelled when ``step`` raises it."""
    say: Step = step or (lambda share: None)
    out = []
    for number, scenario in enumerate(scenarios):
        begin, part = number / len(scenarios), 1.0 / len(scenarios)
        say(begin)
        problem = formulate(strategy, scenario, None, money_per_point)
        as_now = len(problem.futures) > 1 and any(row.probability is None for row in problem.futures)
        if as_now:
            problem = formulate(strategy, scenario, (), money_per_point)

        def inner(share: float | None, begin: float = begin, part: float = part) -> None:
            say(None if share is None else begin + part * share)

        world, values = _drawn(problem, draws, inner)
        out.append(ScenarioRisk(scenario, problem, world, values, as_now))
    return tuple(out)


def _drawn(problem: Problem, draws: int, step: Step) -> tuple[World, Floats]:
    """From memory where the same numbers were drawn before: the hash of a problem is that of all its numbers."""
    key = problem.inputs_hash, draws
    with TURN:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    found = simulate(problem, draws=draws, seed=SEED, step=step, by_quarter=False)
    assert found.mixed is not None and found.weights is not None
    made = found.mixed, statistics.mixed(found.sampled.value, found.weights)
    with TURN:
        _known[key] = made
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return made
