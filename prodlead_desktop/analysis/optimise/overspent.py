"""Plans over the budget by less than HiGHS can tell: barred by rows of whole numbers, which it can (model.md §4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prodlead_desktop.analysis.limits import KEPT
from prodlead_desktop.analysis.optimise.choices import Choices
from prodlead_desktop.analysis.optimise.milp import Expr
from prodlead_desktop.analysis.optimise.solution import Ask
from prodlead_desktop.analysis.problem import Plan, Problem

Group = tuple[tuple[int, tuple[int, ...]], ...]  # (initiative, options): not one of each at once
Sum = tuple[list[list[float]], float]  # minor units of every option, and the most they may come to


def groups(problem: Problem, plan: Plan, allowed: Sequence[Sequence[int]], ask: Ask) -> list[Group]:
    """What in a plan that breaks a rule cannot be had together: with its dearest levels as far as the budget reaches,
    or the money that may be moved, no other that costs more than is left then; where it is neither that it breaks, the
    plan as it is.

    Empty where amounts are free to give way.
    """
    for prices, most in _sums(problem, ask):
        found = beside(prices, most, plan, allowed)
        if found:
            return found
    return as_it_is(problem, plan)


def as_it_is(problem: Problem, plan: Plan) -> list[Group]:
    """This plan and no other; empty where amounts are free to give way."""
    if any(row.amounts is not None for row in problem.initiatives):
        return []
    return [tuple((i, (option,)) for i, option in enumerate(plan.options))]


def moving(problem: Problem, base: Plan) -> list[list[float]]:
    """Minor units that each option moves from a plan, by initiative; none where money is by amount."""
    before = [amount if option else 0.0 for option, amount in zip(base.options, base.amounts, strict=True)]
    return [
        [abs(option.cost - before[i]) for option in row.options] if row.amounts is None else []
        for i, row in enumerate(problem.initiatives)
    ]


def _sums(problem: Problem, ask: Ask) -> Iterator[Sum]:
    if problem.limits.budget is not None and "budget 0" not in ask.drop:
        for future in problem.futures:
            factor = future.cost_factor.tolist()
            prices = [
                [option.cost * factor[i] for option in row.options] if row.amounts is None else []
                for i, row in enumerate(problem.initiatives)
            ]
            yield prices, float(problem.limits.budget)
    if ask.near is not None:
        yield moving(problem, ask.near[0]), ask.near[1]


def beside(
    prices: Sequence[Sequence[float]], most: float, plan: Plan, allowed: Sequence[Sequence[int]]
) -> list[Group]:
    """What a plan that comes to more than ``most`` minor units shows to be too much together; empty if it does not.

    ``prices``: of every option of each initiative, none below 0; an initiative without them does not count.
    """
    spent = {i: prices[i][option] for i, option in enumerate(plan.options) if prices[i]}
    chosen = {i: money for i, money in spent.items() if money}
    left, base = most, []
    for i in sorted(chosen, key=lambda one: (-chosen[one], one)):
        if chosen[i] > left + KEPT:
            break
        left -= chosen[i]
        base.append((i, tuple(o for o in allowed[i] if prices[i][o] >= chosen[i])))
    else:
        return []
    inside = {i for i, _ in base}
    found: list[Group] = []
    for j, of in enumerate(prices):
        beyond = tuple(o for o in allowed[j] if of and of[o] > left + KEPT)
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
