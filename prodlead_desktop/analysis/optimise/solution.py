"""What can be asked of the optimiser and what it answers, so that all show one certificate (§4.8)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from prodlead_desktop.analysis.problem import Plan, Problem
from prodlead_desktop.errors import BadInput

Objective = Literal["expected", "maximin", "regret"]
Status = Literal["optimal", "feasible", "infeasible", "cancelled"]
_EXACT, _BY_AMOUNT = 1e-6, 2e-4


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the optimiser; the default is the best plan that keeps every rule.

    ``future``: only this future (its id), else all of the problem's. ``budget``: minor units instead of the
    scenario's. ``gap``: relative distance of bound and value at which the search stops; None = 1e−6 with levels,
    2e−4 where money is continuous. ``force``: initiative id → option indices it is restricted to. ``least``:
    initiative id → minor units it gets at least. ``drop``: ids of rules (``limits.Rule.id``) that do not count.
    ``hints``: plans to begin with, such as the answer to a question nearby; those that break a rule are passed over.
    ``missed``: by how much the wishes may be missed at most, shares of their ways added up; None: by as little as the
    rules allow, infinite: wishes do not count. ``near``: a plan, and how much money in minor units may at most be moved
    from it, Σ|c − c of that plan|. ``reasons``: whether the clashing rules are looked for when there is no plan.
    """

    objective: Objective = "expected"
    future: str | None = None
    budget: int | None = None
    time_limit_s: float = 60.0
    gap: float | None = None
    force: Mapping[str, frozenset[int]] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    drop: frozenset[str] = frozenset()
    missed: float | None = None
    hints: tuple[Plan, ...] = ()
    near: tuple[Plan, float] | None = None
    reasons: bool = True

    def problem(self, problem: Problem) -> Problem:
        """The problem with this question's budget, future and wishes. BadInput for a future it does not have."""
        if self.missed == math.inf and problem.wishes:
            problem = replace(problem, wishes=())
        if self.budget is not None:
            if self.budget < 0:
                raise BadInput("A budget cannot be below zero.")
            problem = replace(problem, limits=replace(problem.limits, budget=self.budget))
        if self.future is not None:
            chosen = tuple(future for future in problem.futures if future.id == self.future)
            if not chosen:
                raise BadInput(f"No future has the id “{self.future}”.")
            problem = replace(problem, futures=tuple(replace(row, probability=None) for row in chosen))
        return problem

    def wanted_gap(self, problem: Problem) -> float:
        """The relative gap that counts as proof."""
        if self.gap is not None:
            return self.gap
        return _BY_AMOUNT if any(row.amounts is not None for row in problem.initiatives) else _EXACT


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer and its certificate.

    ``value``: the plan re-evaluated by the exact model: V in points or minor units (the expectation, or the worst
    future); for "regret" the largest regret, which is minimised. ``bound``: no plan can be better than this:
    value ≤ optimum ≤ bound, for "regret" bound ≤ optimum ≤ value; with wishes the optimum of the plans that miss them
    by no more than ``allowed``. ``gap``: |bound − value| / |value|, None at
    value 0. "optimal": their distance is within the wanted gap of V, or of a thousandth of all V there is. ``cost``:
    minor units, in the dearest future. ``by_future``: V of the plan in each future. Filled for "regret", whose value is
    against the latter: ``best_by_future``: the best V met of each future alone; ``bound_by_future``: proven not to be
    exceeded there. Filled where there are wishes, in shares of their ways added up: ``missed``: what the plan misses
    them by; ``least_missed``: no plan that keeps every rule misses them by less; "optimal" then means both.
    """

    status: Status
    objective: Objective
    plan: Plan | None
    value: float | None
    bound: float | None
    gap: float | None
    cost: float | None
    seconds: float
    by_future: tuple[float, ...] = ()
    best_by_future: tuple[float, ...] = ()
    bound_by_future: tuple[float, ...] = ()
    missed: float | None = None
    least_missed: float | None = None
    allowed: float | None = None
    reasons: tuple[str, ...] = ()  # in words: the clashing rules when infeasible
    clash: tuple[str, ...] = ()  # ids of those rules
    rounds: int = 0  # how often HiGHS ran
    solver_seconds: float = 0.0  # inside HiGHS

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.plan is not None


def relative(value: float, bound: float) -> float | None:
    """Distance of a value and its bound relative to the value; None at value 0."""
    return abs(bound - value) / abs(value) if value != 0.0 else None


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The least money for a value or for wishes: ``money`` in minor units, proven not to go below ``least``; V."""

    status: Status
    plan: Plan | None
    value: float | None
    money: float | None
    least: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Missed:
    """By how much the wishes must be missed, shares of their ways added up: by some plan, and proven ``least``."""

    share: float
    least: float
    proven: bool


@dataclass(slots=True)
class Monitor:
    """Watches a computation: ``cancelled`` is asked at least twice a second; ``said`` hears value and bound so far."""

    cancelled: Callable[[], bool] = lambda: False
    said: Callable[[float | None, float | None], None] = lambda value, bound: None


class Clock:
    """The time a question may still take."""

    def __init__(self, seconds: float) -> None:
        self.began = time.perf_counter()
        self.limit = seconds

    @property
    def spent(self) -> float:
        """Seconds since the question."""
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(self.limit - self.spent, 0.0)
