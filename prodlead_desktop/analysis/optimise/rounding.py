"""Money that HiGHS leaves between two minor units, made whole without breaking a rule (model.md §4.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from prodlead_desktop.analysis.optimise import clash
from prodlead_desktop.analysis.optimise.programme import FEW, Programme
from prodlead_desktop.analysis.problem import Floats, Plan, Problem


def rounded(
    problem: Problem, by_amount: Sequence[int], plan: Plan, programme: Programme, x: Floats
) -> list[Plan]:
    """The plan with its money rounded down, to the nearest and up, all alike or one against the rest, where a share
    must be kept to the cent; and last as it is.

    ``by_amount``: the initiatives that are funded so; ``x``: the point of HiGHS, (columns,).
    """
    if not by_amount:
        return [plan]
    funded = np.array(plan.options)[list(by_amount)] > 0
    exact = np.where(funded, programme.choices.amounts(x)[list(by_amount)], 0.0)
    down, up = np.floor(exact + 1e-3), np.ceil(exact - 1e-3)
    ways = [down, np.round(exact), up]
    if len(exact) <= FEW:
        for k in range(len(exact)):
            ways += [
                np.where(np.arange(len(exact)) == k, up, down),
                np.where(np.arange(len(exact)) == k, down, up),
            ]
    ways.append(_within(problem, by_amount, plan, down))
    return [plan, *(_with_amounts(problem, by_amount, plan, amounts) for amounts in (*ways, exact))]


def _within(problem: Problem, by_amount: Sequence[int], plan: Plan, amounts: Floats) -> Floats:
    """Amounts with what they are over the budget taken from the largest."""
    budget, out = problem.limits.budget, amounts.copy()
    if budget is not None and len(out):
        over = clash.cost(problem, _with_amounts(problem, by_amount, plan, amounts)) - budget
        out[int(np.argmax(out))] -= max(math.ceil(over), 0)
    return out


def _with_amounts(problem: Problem, by_amount: Sequence[int], plan: Plan, wanted: Floats) -> Plan:
    amounts, options, rows = list(plan.amounts), plan.options, problem.initiatives
    for i, amount in zip(by_amount, wanted.tolist(), strict=True):
        if options[i]:
            reach = rows[i].amounts
            assert reach is not None
            amounts[i] = min(max(amount, float(reach.least), 1.0), float(reach.most))
    return Plan(options, tuple(amounts))
