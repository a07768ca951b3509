"""What moves the value of a plan, one input at a time, and whether it would change the decision (model.md §5).

Bars are V of the chosen plan with one input at P10 or P90 and all others in the middle. Inputs that swing the value
but not the decision are not worth a test; the usual tornado cannot say that, so the plan is re-optimised at each end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.optimise import Ask, Monitor, Solution, solve
from prodlead_desktop.analysis.plans import stack
from prodlead_desktop.analysis.problem import Floats, Plan, Problem
from prodlead_desktop.analysis.simulate.inputs import Input, in_the_middle, inputs, settled
from prodlead_desktop.analysis.simulate.run import Step
from prodlead_desktop.analysis.simulate.swings import Swings
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.wishes import Wished
from prodlead_desktop.errors import Cancelled

MOST_CHECKED, EACH_SECONDS, ALL_SECONDS = 8, 5.0, 60.0
_GAP = 1e-4  # of the value, to which each plan is proven best
_SAME = 1e-6  # of the value's size: less is no better plan


@dataclass(frozen=True, slots=True)
class Bar:
    """One input. ``low``, ``high``: V of the chosen plan at its P10 and P90, in points or minor units.

    ``best_low``, ``best_high``: V with the plan re-optimised there, with ``plan_low``, ``plan_high``; None = not asked
    or not found in the time. ``changes``: whether another plan than the best one in the middle is better at either
    end by more than the optimiser's gap; None = not known.
    """

    input: Input
    low: float
    high: float
    best_low: float | None = None
    best_high: float | None = None
    plan_low: Plan | None = None
    plan_high: Plan | None = None
    changes: bool | None = None

    @property
    def swing(self) -> float:
        """How far the chosen plan's value moves."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """All bars, the widest first. ``base``: V of the chosen plan with everything in the middle; ``best``: V there of
    the best plan under the same rules (None: no plan keeps them, or none was found). ``complete``: no time limit cut
    the search short; ``checked``: how many bars were re-optimised."""

    over: Literal["expected", "unchanged"]
    base: float
    best: float | None
    best_plan: Plan | None
    bars: tuple[Bar, ...]
    checked: int
    complete: bool
    cancelled: bool = False


def tornado(
    problem: Problem,
    plan: Plan | None = None,
    step: Step | None = None,
    seconds: float = ALL_SECONDS,
    most: int = MOST_CHECKED,
) -> Tornado:
    """Bars of a plan (default: the scenario's own), and re-optimised values for the ``most`` promising ones.

    Promising: those that swing the plan most, or would if their initiative were funded. ``seconds`` bounds the
    re-optimising. When ``step`` raises Cancelled meanwhile, what is known so far comes back, marked. BadInput when
    the probabilities of futures do not add up.
    """
    plan = problem.current if plan is None else plan
    search = _Search(problem, plan, step or (lambda share: None), seconds)
    bars, promise = search.bars()
    order = sorted(range(len(bars)), key=lambda k: (-promise[k], k))[:most]
    try:
        if order:
            search.find_best()
            for done, k in enumerate(order):
                search.say(0.2 + 0.8 * done / len(order))
                bars[k] = search.checked(bars[k])
    except Cancelled:
        search.cancelled = True
    widest = sorted(range(len(bars)), key=lambda k: (-bars[k].swing, -promise[k], k))
    found = search.best
    return Tornado(
        search.over, search.base, None if found is None else found.value, None if found is None else found.plan,
        tuple(bars[k] for k in widest), search.count, search.complete and not search.cancelled, search.cancelled,
    )  # fmt: skip


class _Search:
    def __init__(self, problem: Problem, plan: Plan, say: Step, seconds: float) -> None:
        self.plan, self.say = plan, say
        self.inputs = inputs(problem)
        self.middle, self.over = in_the_middle(problem)
        self.weights: Floats = probabilities(self.middle)
        self.swings = Swings(self.middle, problem, self.weights)
        self.valuation = Valuation(self.middle)
        self.base = self.worth(self.middle, plan)
        self.until = time.perf_counter() + seconds
        self.best: Solution | None = None
        self.count, self.complete, self.cancelled = 0, True, False

    def worth(self, problem: Problem, plan: Plan, late: bool = False) -> float:
        """V of a plan over the futures; ``late``: the problem differs in more than means and factors."""
        valuation = Valuation(problem) if late else self.valuation.of(problem)
        return float(np.sum(self.weights * valuation.evaluate(plan).value[:, 0]))

    def bars(self) -> tuple[list[Bar], list[float]]:
        """Bars in the order of inputs, and how far each may move the value of a plan that funds its initiative."""

        def within(begin: float) -> Step:
            return lambda share: self.say(None if share is None else begin + 0.1 * share)

        ends = self.swings.ends([(one, self.plan) for one in self.inputs], within(0.0))
        promise = [abs(high - low) for low, high in ends]
        idle = [
            k
            for k, one in enumerate(self.inputs)
            if one.initiative is not None and not self.plan.options[one.initiative]
        ]
        funded = [(self.inputs[k], self._funded(self.inputs[k].initiative or 0)) for k in idle]
        for k, (low, high) in zip(idle, self.swings.ends(funded, within(0.1)), strict=True):
            promise[k] = abs(high - low)
        return [Bar(one, *pair) for one, pair in zip(self.inputs, ends, strict=True)], promise

    def _funded(self, i: int) -> Plan:
        """The plan with one more initiative at full funding."""
        row = self.middle.initiatives[i]
        options, amounts = list(self.plan.options), list(self.plan.amounts)
        if len(row.options) > 1:
            options[i] = row.full
            amounts[i] = (
                float(row.full_cost or 0) if row.amounts is not None else float(row.options[row.full].cost)
            )
        return Plan(tuple(options), tuple(amounts))

    def find_best(self) -> None:
        """The best plan with everything in the middle."""
        found = self._solve(self.middle)
        if found.plan is not None:
            self.best = found

    def _solve(self, problem: Problem) -> Solution:
        left = self.until - time.perf_counter()
        if left <= 0.0:
            self.complete = False
        stopped: list[bool] = []

        def cancelled() -> bool:
            try:
                self.say(None)
            except Cancelled:
                stopped.append(True)
            return bool(stopped)

        ask = Ask(time_limit_s=max(min(left, EACH_SECONDS), 1e-3), gap=_GAP)
        found = solve(problem, ask, Monitor(cancelled=cancelled))
        if stopped:
            raise Cancelled()
        if found.status == "feasible" or (found.plan is None and found.status != "infeasible"):
            self.complete = False
        return found

    def checked(self, bar: Bar) -> Bar:
        """A bar with the plan re-optimised at both ends."""
        if self.best is None or self.best.plan is None or time.perf_counter() >= self.until:
            self.complete = self.complete and self.best is None
            return bar
        found = []
        for value in (bar.input.low, bar.input.high):
            problem = settled(self.middle, bar.input, value)
            found.append((problem, self._solve(problem)))
        self.count += 1
        answers = [self._changes(problem, answer, bar.input.kind == "delay") for problem, answer in found]
        (_, low), (_, high) = found
        changes = True if True in answers else None if None in answers else False
        return replace(
            bar,
            best_low=low.value,
            best_high=high.value,
            plan_low=low.plan,
            plan_high=high.plan,
            changes=changes,
        )

    def _changes(self, problem: Problem, found: Solution, late: bool) -> bool | None:
        """Whether another plan is better there than the best one in the middle, beyond what the optimiser can tell."""
        assert self.best is not None and self.best.plan is not None
        kept = bool(limits.fits(problem, stack([self.best.plan]))[0])
        if found.value is None:
            return None if kept or found.status != "infeasible" else True
        if not kept:
            return True
        if self._misses_more(problem, self.best.plan, found):
            return True
        size = max(abs(found.value), abs(self.base), 1e-9)
        old = self.worth(problem, self.best.plan, late)
        same = max(_SAME * size, 2.0 * _apart(self.best))
        if found.value > old + same:
            return True
        return False if found.bound is not None and found.bound <= old + same + _apart(found) else None

    def _misses_more(self, problem: Problem, plan: Plan, found: Solution) -> bool:
        """Whether the wishes, which come before value, could be kept better than by a plan."""
        if found.missed is None:
            return False
        wished = Wished(problem, expected=True)
        return not wished.within(Valuation(problem), stack([plan]), found.missed)[0]


def _apart(found: Solution) -> float:
    """How much better than the plan found the best one could be."""
    return 0.0 if found.bound is None or found.value is None else max(found.bound - found.value, 0.0)
