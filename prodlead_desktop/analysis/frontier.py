"""The efficient frontier: the best value for every budget, each with its proof, and where a plan stands to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from prodlead_desktop.analysis import knapsack, limits
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.limits import KEPT
from prodlead_desktop.analysis.optimise import Ask, Asker, Cheapest, Monitor, Solution, clash
from prodlead_desktop.analysis.optimise.solution import relative
from prodlead_desktop.analysis.problem import Plan, Problem
from prodlead_desktop.analysis.wishes import Wished
from prodlead_desktop.errors import BadInput

MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the scenario's own plan is from the frontier (model.md §4.5).

    ``value``, ``cost`` and ``broken`` rules of that plan; ``same_money``: the best plan for its cost; ``same_value``:
    the cheapest plan of its value, None when no plan that keeps every rule but the budget is worth as much. ``missed``:
    what it misses the wishes by, shares of their ways added up; None without wishes.
    """

    value: float
    cost: float
    broken: tuple[limits.Rule, ...]
    same_money: Solution
    same_value: Cheapest | None
    missed: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """The best plan for a budget in minor units. ``exact_on_grid``: found by dynamic programming."""

    budget: int
    solution: Solution
    exact_on_grid: bool = False


def budgets(low: int, high: int, steps: int) -> tuple[int, ...]:
    """``steps`` + 1 budgets from ``low`` to ``high``, evenly; BadInput when that makes no sense."""
    if not 1 <= steps < MOST_POINTS:
        raise BadInput(f"A frontier has 1 to {MOST_POINTS - 1} steps, not {steps}.")
    if low < 0:
        raise BadInput("A budget cannot be below zero.", "Let the frontier begin at 0 or above.")
    if high <= low:
        raise BadInput("A frontier goes from one budget to a larger one.")
    return tuple(sorted({round(low + (high - low) * k / steps) for k in range(steps + 1)}))


class FrontierOf:
    """The frontier of one problem: points come one by one, so that a view can show the first while the rest is made."""

    def __init__(self, problem: Problem, ask: Ask | None = None) -> None:
        """``ask``: objective "expected" or "maximin", future, time limit of each point; its budget does not count."""
        self.ask = replace(ask or Ask(), budget=None, reasons=False)
        if self.ask.objective == "regret":
            raise BadInput("A frontier is of value; ask for expected or maximin.")
        self.problem = self.ask.problem(problem)
        self.asker = Asker(problem, self.ask.future)
        self._grid: knapsack.Frontier | None = None

    def on_grid(self, most: int) -> knapsack.Frontier | None:
        """The whole frontier up to ``most`` minor units at once, or None where dynamic programming does not apply: it
        adds up value alone and knows nothing of wishes."""
        if self._grid is None or self._grid.step * (len(self._grid.value) - 1) < most - self._grid.step:
            many = len(self.problem.futures)
            if self.problem.wishes or (self.ask.objective == "maximin" and many > 1):
                return None
            weights = probabilities(self.problem) if self.ask.objective == "expected" else np.ones(1)
            self._grid = knapsack.frontier(self.problem, most, self.asker.gains.valuation, weights)
        return self._grid

    def points(self, wanted: Sequence[int], monitor: Monitor | None = None) -> Iterator[Point]:
        """A point for each budget, from the smallest on; stops after the one that was cancelled.

        The plan of the last budget is where the next search begins, and its value a plan to beat.
        """
        grid = self.on_grid(max(wanted)) if wanted else None
        before: Plan | None = None
        for budget in sorted(wanted):
            point = self._point(budget, grid, before, monitor)
            before = point.solution.plan or before
            yield point
            if monitor is not None and monitor.cancelled():
                return

    def _point(
        self, budget: int, grid: knapsack.Frontier | None, before: Plan | None, monitor: Monitor | None
    ) -> Point:
        ask = replace(self.ask, budget=budget)
        hints = [] if before is None else [before]
        if grid is not None:
            found = self._from_grid(ask, grid, budget)
            if found is not None and found.status == "optimal":
                return Point(budget, found, exact_on_grid=True)
            hints += [found.plan] if found is not None and found.plan is not None else []
        return Point(budget, self.asker.solve(replace(ask, hints=tuple(hints)), monitor))

    def _from_grid(self, ask: Ask, grid: knapsack.Frontier, budget: int) -> Solution | None:
        plan = grid.plan(budget)
        if plan is None or clash.cost(self.problem, plan) > budget + KEPT:
            return None
        valuation = self.asker.gains.valuation
        values = valuation.evaluate(plan).value
        value = float(self.asker.goal(ask).score(values)[0])
        bound = max(float(grid.bound[grid.place(budget)]), value)
        gap = (bound - value) / max(float(np.abs(values).max()), 1e-9)
        status = "optimal" if gap <= ask.wanted_gap(self.problem) else "feasible"
        return Solution(
            "optimal" if status == "optimal" else "feasible", ask.objective, plan, value, bound, relative(value, bound),
            clash.cost(self.problem, plan), 0.0, by_future=tuple(values[:, 0].tolist()),
        )  # fmt: skip

    def reasons(self, budget: int, monitor: Monitor | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Why there is no plan even for a budget: sentences and the ids of the rules that clash; empty when there is
        one, or when cancelled."""
        ask = replace(self.ask, budget=budget, reasons=True)
        found = self.asker.solve(ask, monitor)
        return (found.reasons, found.clash) if found.status == "infeasible" else ((), ())

    def distance(self, monitor: Monitor | None = None) -> Distance:
        """Where the scenario's own plan stands: what the same money could give, and what the same value could cost.

        Its own budget does not count for that, all other rules do. The plan for the same money keeps wishes first, the
        plan of the same value misses them by no more than the scenario's own.
        """
        current = self.problem.current
        values = self.asker.gains.valuation.evaluate(current).value
        value = float(self.asker.goal(self.ask).score(values)[0])
        cost = clash.cost(self.problem, current)
        same_money = self.asker.solve(replace(self.ask, budget=round(cost), hints=(current,)), monitor)
        hints = tuple(plan for plan in (current, same_money.plan) if plan is not None)
        missed = self.missed(current)
        without = replace(self.ask, hints=hints, drop=self.ask.drop | {"budget 0"}, missed=missed)
        same_value = self.asker.cheapest(without, value, None, monitor)
        return Distance(
            value, cost, limits.broken(self.problem, current), same_money,
            same_value if same_value.plan is not None else None, missed,
        )  # fmt: skip

    def missed(self, plan: Plan) -> float | None:
        """What a plan misses the wishes by, shares of their ways added up; None without wishes."""
        if not self.problem.wishes:
            return None
        wished = Wished(self.problem, self.ask.objective == "expected")
        return float(wished.total(self.asker.gains.valuation.evaluate(plan).attainment)[0])


def knee(points: Sequence[Point]) -> Point | None:
    """The point farthest above the straight line from the first to the last, both axes scaled to 1; None when no
    point lies above it. Points without a plan do not count."""
    known = [point for point in points if point.solution.value is not None]
    if len(known) < 3:
        return None
    money = np.array([point.budget for point in known], dtype=np.float64)
    value = np.array([point.solution.value or 0.0 for point in known])
    if money[-1] <= money[0] or value[-1] <= value[0]:
        return None
    above = (value - value[0]) / (value[-1] - value[0]) - (money - money[0]) / (money[-1] - money[0])
    best = int(np.argmax(above))
    return known[best] if above[best] > 1e-9 else None
