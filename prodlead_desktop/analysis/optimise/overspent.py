"""Plans over the budget by less than HiGHS can tell: barred by rows of whole numbers, which it can (model.md §4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prodlead_desktop.analysis.limits import KEPT
from prodlead_desktop.analysis.optimise.choices import Choices
from prodlead_desktop.analysis.optimise.milp import Expr
from prodlead_desktop.analysis.problem import Plan, Problem

Group = tuple[tuple[int, tuple[int, ...]], ...]  # (initiative, options): not one of each at once


def groups(
    problem: Problem, plan: Plan, allowed: Sequence[Sequence[int]], drop: frozenset[str]
) -> list[Group]:
    """What in a plan that breaks a rule cannot be had together: with its dearest levels as far as the budget reaches,
    no other that costs more than is left then; where it is not the budget that it breaks, the plan as it is.

    Empty where amounts are free to give way.
    """
    for s in range(
        len(problem.futures) if problem.limits.budget is not None and "budget 0" not in drop else 0
    ):
        found = _beside(problem, plan, allowed, s)
        if found:
            return found
    if any(row.amounts is not None for row in problem.initiatives):
        return []
    return [tuple((i, (option,)) for i, option in enumerate(plan.options))]


def _beside(problem: Problem, plan: Plan, allowed: Sequence[Sequence[int]], s: int) -> list[Group]:
    factor = problem.futures[s].cost_factor.tolist()
    price = [
        [option.cost * factor[i] for option in row.options] if row.amounts is None else []
        for i, row in enumerate(problem.initiatives)
    ]
    chosen = {i: price[i][option] for i, option in enumerate(plan.options) if option and price[i]}
    left, base = float(problem.limits.budget or 0), []
    for i in sorted(chosen, key=lambda one: (-chosen[one], one)):
        if chosen[i] > left + KEPT:
            break
        left -= chosen[i]
        base.append((i, tuple(o for o in allowed[i] if price[i][o] >= chosen[i])))
    else:
        return []
    inside = {i for i, _ in base}
    found: list[Group] = []
    for j, prices in enumerate(price):
        beyond = tuple(o for o in allowed[j] if prices and prices[o] > left + KEPT)
        if beyond and j not in inside:
            found.append((*base, (j, beyond)))
    return found


def bar(choices: Choices, barred: Iterable[Group]) -> None:
    """One row for every group."""
    for group in barred:
        together = Expr()
        for i, options in group:
            for option in options:
                together.add(choices.chosen(i, option))
        choices.milp.row(together, high=len(group) - 1.0)
