"""How far each outcome comes under a plan: P10, P50 and P90 of the way from baseline to target, for cards on a map."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.problem import Floats
from prodlead_desktop.analysis.simulate.run import Sampler
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput

DRAWS = 2_000  # model.md §5: while things move
QUANTILES = (0.1, 0.5, 0.9)
Percentiles = tuple[float, float, float]


def forecast(
    strategy: Strategy, scenario: str, step: Callable[[float | None], None] = lambda share: None
) -> dict[str, Percentiles]:
    """By outcome id, shares of the way from today's baseline to the target at the deadline (1 = target).

    ``scenario``: an id; its own allocation is simulated with ``DRAWS`` draws, over all futures when their
    probabilities are known and add up, else in the unchanged one. Outcomes without baseline or target are left out.
    ``step`` hears the share done and may raise Cancelled. BadInput as ``formulate``.
    """
    # what a point is worth in money does not matter to how far outcomes come
    problem = formulate(strategy, scenario, money_per_point=1.0)
    try:
        chances = probabilities(problem)
    except BadInput:  # nobody has said how likely each future is
        problem, chances = formulate(strategy, scenario, (), money_per_point=1.0), np.ones(1)
    moved = Sampler(problem, problem.current, DRAWS).run(step).moved.astype(np.float64)
    weights = np.repeat(chances, moved.shape[2])
    found: dict[str, Percentiles] = {}
    for o, outcome in enumerate(problem.outcomes):
        if not outcome.needed or outcome.baseline is None:
            continue
        shift = np.array(
            [outcome.direction * (float(one.baseline[o]) - outcome.baseline) for one in problem.futures]
        )
        way = (moved[:, o, :] + shift[:, None]) / outcome.needed
        low, middle, high = quantiles(way.ravel(), weights)
        found[outcome.id] = (low, middle, high)
    return found


def quantiles(values: Floats, weights: Floats) -> list[float]:
    """``QUANTILES`` of weighted values (N,): the smallest value at or below which that share of the weight lies."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    at = np.searchsorted(below, np.array(QUANTILES) * below[-1] * (1.0 - 1e-12))
    return [float(value) + 0.0 for value in values[order][at]]
