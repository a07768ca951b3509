"""The uncertain inputs of a strategy, one by one, and the strategy with one of them settled (model.md §5, tornado)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.distributions import Fixed, percentiles
from prodlead_desktop.analysis.problem import Floats, Future, Problem
from prodlead_desktop.domain.numerals import number, percent

Kind = Literal["effect", "success", "assumption", "delay", "cost"]


@dataclass(frozen=True, slots=True)
class Input:
    """Something uncertain: which it is by index, and its P10, P50 and P90.

    Effects are in the outcome's unit at full funding, delays in quarters, costs as a factor. What either works or
    does not goes from 0 to 1; a coin has no middle, so its chance stands there.
    """

    kind: Kind
    effect: int | None
    initiative: int | None
    outcome: int | None
    assumption: int | None
    low: float
    middle: float
    high: float


def inputs(problem: Problem) -> tuple[Input, ...]:
    """Every uncertain input, funded or not, in a fixed order; an assumption once, whoever rests on it."""
    found: list[Input] = []
    for e, row in enumerate(problem.effects):
        if not isinstance(row.spread, Fixed):
            found.append(Input("effect", e, row.initiative, row.outcome, None, *percentiles(row.spread)))
    moving = {row.initiative for row in problem.effects}
    for i, who in enumerate(problem.initiatives):
        if i in moving and 0.0 < who.success < 1.0:
            found.append(Input("success", None, i, None, None, 0.0, who.success, 1.0))
        if i in moving and who.timing.delay_spread is not None:
            ends = (max(value, 0.0) for value in percentiles(who.timing.delay_spread))
            found.append(Input("delay", None, i, None, None, *ends))
        if who.cost_spread is not None:
            found.append(Input("cost", None, i, None, None, *percentiles(who.cost_spread)))
    used = {a for i in moving for a in problem.initiatives[i].assumptions}
    for a, reason in enumerate(problem.assumptions):
        if a in used and any(0.0 < future.chance[a] < 1.0 for future in problem.futures):
            found.append(Input("assumption", None, None, None, a, 0.0, reason.probability, 1.0))
    return tuple(found)


def in_the_middle(problem: Problem) -> tuple[Problem, Literal["expected", "unchanged"]]:
    """The problem with everything at P50 (chances as they are), over its futures or over the unchanged one.

    "unchanged" where the futures have no probabilities: then there is no expectation over them.
    """
    over: Literal["expected", "unchanged"] = "expected"
    if len(problem.futures) > 1 and any(future.probability is None for future in problem.futures):
        over, problem = "unchanged", replace(problem, futures=(_unchanged(problem),))
    else:
        probabilities(problem)  # refuses what does not add up
    for one in inputs(problem):
        if one.kind not in ("success", "assumption"):
            problem = settled(problem, one, one.middle)
    return problem, over


def _unchanged(problem: Problem) -> Future:
    return Future(
        id=None,
        name="Unchanged",
        probability=None,
        effect_factor=np.ones(len(problem.effects)),
        effect_value=np.full(len(problem.effects), np.nan),
        cost_factor=np.ones(len(problem.initiatives)),
        baseline=np.array([np.nan if row.baseline is None else row.baseline for row in problem.outcomes]),
        chance=np.array([row.probability for row in problem.assumptions], dtype=np.float64),
    )


def settled(problem: Problem, one: Input, value: float) -> Problem:
    """The problem in which one input is known. What a future itself settles stays as the future says."""
    if one.effect is not None:
        rows = list(problem.effects)
        rows[one.effect] = replace(rows[one.effect], spread=Fixed(value), mean=value)
        return replace(problem, effects=tuple(rows))
    if one.assumption is not None:
        return _reassured(problem, one.assumption, value)
    assert one.initiative is not None
    who = list(problem.initiatives)
    row = who[one.initiative]
    if one.kind == "success":
        row = replace(row, success=value)
    elif one.kind == "delay":
        row = replace(row, timing=replace(row.timing, delay=value, delay_spread=None))
    else:
        row = replace(row, cost_spread=None)
        problem = _with_futures(problem, lambda future: _dearer(future, one.initiative or 0, value))
    who[one.initiative] = row
    return replace(problem, initiatives=tuple(who))


def _dearer(future: Future, i: int, factor: float) -> Future:
    costs: Floats = future.cost_factor.copy()
    costs[i] *= factor
    return replace(future, cost_factor=costs)


def _reassured(problem: Problem, a: int, value: float) -> Problem:
    def known(future: Future) -> Future:
        if not 0.0 < future.chance[a] < 1.0:
            return future
        chance = future.chance.copy()
        chance[a] = value
        return replace(future, chance=chance)

    return _with_futures(problem, known)


def _with_futures(problem: Problem, change: Callable[[Future], Future]) -> Problem:
    return replace(problem, futures=tuple(map(change, problem.futures)))


def in_words(problem: Problem, one: Input) -> str:
    """What an input is, as a room would call it."""
    if one.assumption is not None:
        return f"“{problem.assumptions[one.assumption].title}” holds"
    title = problem.initiatives[one.initiative or 0].title
    if one.kind == "effect":
        outcome = problem.outcomes[one.outcome or 0]
        unit = f" {outcome.unit}" if outcome.unit else ""
        return f"{title} on {outcome.title}, {number(one.low, 2)} to {number(one.high, 2)}{unit}"
    return {
        "success": f"{title} works",
        "delay": f"{title} is late by {number(one.low, 1)} to {number(one.high, 1)} quarters",
        "cost": f"{title} costs {percent(one.low)} to {percent(one.high)} of the plan",
    }[one.kind]
