"""The last stage of the minimal change (model.md §4.5): of plans that are equally good, the one that ids put first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Plan, Problem

_CENT = 0.5  # minor units
_EQUAL = 1e-9  # of the value
_BATCH = 512
Choice = tuple[int, float]  # option, money


def first_by_ids(
    problem: Problem,
    plan: Plan,
    base: Plan,
    allowed: Sequence[Sequence[int]],
    score: Callable[[Plans], Floats],
    fits: Callable[[Plans], Bools],
) -> Plan:
    """The plan that comes first by ids among those of its value that move as much money from ``base`` and that one or
    two changes lead to, again and again: where two plans differ first, the one that gives more there comes first.

    ``score``, ``fits``: (P,) of plans. Bets that can stand in for each other are so funded in the order of their ids,
    whatever the solver met first; ties that need three changes at once are left as they are.
    """

    def earlier(plan: Plan) -> Plan | None:
        value = float(score(planning.stack([plan]))[0])
        tied = _tied(problem, plan, base, allowed)
        for begin in range(0, len(tied), _BATCH):
            candidates = planning.stack(tied[begin : begin + _BATCH])
            kept = np.abs(score(candidates) - value) <= _EQUAL * max(abs(value), 1e-9)
            kept &= fits(candidates)
            if kept.any():
                return tied[begin + int(np.argmax(kept))]
        return None

    for _ in range(len(problem.initiatives) ** 2):
        better = earlier(plan)
        if better is None:
            break
        plan = better
    return plan


def _tied(problem: Problem, plan: Plan, base: Plan, allowed: Sequence[Sequence[int]]) -> list[Plan]:
    """Plans a change or two away that come before this one and move as much money, the first by ids first."""
    other = [_others(problem, plan, i, may) for i, may in enumerate(allowed)]
    found: list[Plan] = []
    for i in range(len(other)):
        for more in sorted((one for one in other[i] if one[1] > plan.amounts[i]), key=lambda one: -one[1]):
            away = _away(base, i, more) - _away(base, i, (plan.options[i], plan.amounts[i]))
            if abs(away) <= _CENT:
                found.append(_changed(plan, {i: more}))
            for j in range(i + 1, len(other)):
                now = _away(base, j, (plan.options[j], plan.amounts[j]))
                for second in other[j]:
                    if abs(away + _away(base, j, second) - now) <= _CENT:
                        found.append(_changed(plan, {i: more, j: second}))
    return found


def _others(problem: Problem, plan: Plan, i: int, may: Sequence[int]) -> list[Choice]:
    """What else an initiative could get: its levels, or an amount that another one has."""
    row = problem.initiatives[i]
    if row.amounts is None:
        return [(o, float(row.options[o].cost)) for o in may if o != plan.options[i]]
    amounts = {
        plan.amounts[j] if plan.options[j] else 0.0
        for j, other in enumerate(problem.initiatives)
        if other.amounts is not None
    }
    now = plan.amounts[i] if plan.options[i] else 0.0
    return [
        (int(amount > 0.0), amount)
        for amount in sorted(amounts)
        if amount != now and int(amount > 0.0) in may
    ]


def _away(base: Plan, i: int, choice: Choice) -> float:
    before = base.amounts[i] if base.options[i] else 0.0
    return abs((choice[1] if choice[0] else 0.0) - before)


def _changed(plan: Plan, changes: dict[int, Choice]) -> Plan:
    options, amounts = list(plan.options), list(plan.amounts)
    for i, (option, amount) in changes.items():
        options[i], amounts[i] = option, amount
    return Plan(tuple(options), tuple(amounts))
