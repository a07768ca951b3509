"""A good plan at once: the step with the best return for its money, again and again, so that a search cut short
still has something to show and HiGHS something to beat (model.md §4.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Plan, Problem
from prodlead_desktop.analysis.value import Valuation

_WORK = (
    2e7  # contributions computed at the most: a count, not a time, so that the same file gives the same plan
)
_SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
Choice = tuple[int, int, float]  # initiative, option, money


@dataclass(frozen=True, eq=False, slots=True)
class Judge:
    """What a plan is worth, and whether it may be chosen, (P,) each; and whether there is no more time."""

    score: Callable[[Plans], Floats]
    fits: Callable[[Plans], Bools]
    stopped: Callable[[], bool]


def start(problem: Problem, allowed: Sequence[Sequence[int]]) -> Plan:
    """The cheapest plan that does what mandatory items, locks and floors ask for."""
    options, amounts = [], []
    for i, row in enumerate(problem.initiatives):
        option, amount = _least(problem, i, allowed[i])
        options.append(option)
        amounts.append(amount if row.amounts is not None else float(row.options[option].cost))
    return Plan(tuple(options), tuple(amounts))


def _least(problem: Problem, i: int, allowed: Sequence[int]) -> tuple[int, float]:
    row, present = problem.initiatives[i], problem.current
    if row.locked and present.options[i] in allowed:
        return present.options[i], present.amounts[i]
    if row.mandatory and row.full in allowed:
        return row.full, float(row.full_cost or 0)
    floor = row.floor or 0
    if row.amounts is not None:
        return (1, float(max(floor, row.amounts.least))) if floor and 1 in allowed else (min(allowed), 0.0)
    enough = [option for option in allowed if row.options[option].cost >= floor]
    return (min(enough, key=lambda o: (row.options[o].cost, o)) if enough else min(allowed)), 0.0


def climb(
    problem: Problem, valuation: Valuation, judge: Judge, plan: Plan, allowed: Sequence[Sequence[int]]
) -> Plan:
    """A plan that no single step improves, or the last one when the work is used up; ``plan`` must be allowed."""
    choices = _choices(problem, allowed)
    if not choices:
        return plan
    cost = max(len(valuation.pair_effect), 1) * len(problem.futures) * len(choices)
    score = float(judge.score(planning.stack([plan]))[0])
    for _ in range(int(_WORK // cost)):
        if judge.stopped():
            break
        candidates = _stepped(problem, plan, choices)
        gains = judge.score(candidates) - score
        money = (candidates.amounts * candidates.funded).sum(axis=0) - sum(plan.amounts)
        better = np.flatnonzero(gains > 1e-9 * max(abs(score), 1e-9))
        rate = gains[better] / np.maximum(money[better], 1.0)
        order = better[np.argsort(-rate, kind="stable")]
        fitting = judge.fits(Plans(candidates.options[:, order], candidates.amounts[:, order]))
        if not fitting.any():
            break
        best = int(order[int(np.argmax(fitting))])
        plan, score = candidates.plan(best), score + float(gains[best])
    return plan


def _choices(problem: Problem, allowed: Sequence[Sequence[int]]) -> list[Choice]:
    found: list[Choice] = []
    for i, row in enumerate(problem.initiatives):
        for option in allowed[i]:
            if option and row.amounts is not None:
                reach = sorted(
                    {max(share * (row.full_cost or 0), row.amounts.least, 1.0) for share in _SHARES}
                )
                found += [(i, option, float(min(round(x), row.amounts.most))) for x in reach]
            else:
                found.append((i, option, float(row.options[option].cost)))
    return found


def _stepped(problem: Problem, plan: Plan, choices: Sequence[Choice]) -> Plans:
    """The plan with each choice in turn, and with what that one requires at its cheapest."""
    options = np.repeat(np.array(plan.options, dtype=np.int64)[:, None], len(choices), axis=1)
    amounts = np.repeat(np.array(plan.amounts, dtype=np.float64)[:, None], len(choices), axis=1)
    for column, (i, option, amount) in enumerate(choices):
        options[i, column], amounts[i, column] = option, amount
    for _ in range(3):  # chains of requirements
        for need in problem.limits.requires:
            other = problem.initiatives[need.other]
            if len(other.options) < 2:
                continue
            enough = other.at_full if need.full and other.amounts is None else range(1, len(other.options))
            cheapest = min(enough, key=lambda o: (other.options[o].cost, o))
            money = float(other.options[cheapest].cost)
            if other.amounts is not None and not need.full:
                money = float(max(other.amounts.least, 1))
            lacking = (options[need.initiative] > 0) & ~np.isin(options[need.other], list(enough))
            options[need.other, lacking], amounts[need.other, lacking] = cheapest, money
    return Plans(options, amounts)
