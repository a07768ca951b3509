"""A good plan at once: the step with the best return for its money, again and again, so that a search cut short
still has something to show and HiGHS something to beat (model.md §4.8)."""

from __future__ import annotations

import itertools
import math
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
_AT_LEAST = 2e6  # of these however little time there is: some tenths of a second
_OPENINGS, _PAIRS = 1500, 4000  # plans at a time
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
    pairs, work = _pairs(problem, choices), _WORK
    while work > 0.0 and not (judge.stopped() and _WORK - work > _AT_LEAST):
        work -= cost
        better = _best_step(judge, plan, score, _stepped(problem, plan, choices), by_rate=True)
        if better is None and pairs and work > 0.0:
            work -= cost * len(pairs) / len(choices)
            better = _best_step(judge, plan, score, _changed(plan, pairs), by_rate=False)
        if better is None:
            break
        plan, score = better
    return plan


def _best_step(
    judge: Judge, plan: Plan, score: float, candidates: Plans, by_rate: bool
) -> tuple[Plan, float] | None:
    """The candidate with the best return for its money, or the best, of those that are better and keep the rules."""
    gains = judge.score(candidates) - score
    better = np.flatnonzero(gains > 1e-9 * max(abs(score), 1e-9))
    wanted = gains[better]
    if by_rate:
        money = (candidates.amounts * candidates.funded).sum(axis=0) - sum(plan.amounts)
        wanted = wanted / np.maximum(money[better], 1.0)
    order = better[np.argsort(-wanted, kind="stable")]
    fitting = judge.fits(Plans(candidates.options[:, order], candidates.amounts[:, order]))
    if not fitting.any():
        return None
    best = int(order[int(np.argmax(fitting))])
    return candidates.plan(best), score + float(gains[best])


def openings(problem: Problem, judge: Judge, plan: Plan, allowed: Sequence[Sequence[int]]) -> list[Plan]:
    """Plans to begin with where shares must be kept that nothing alone keeps: one choice more in every such pool, of
    those with the best return for their money. The best that keep the rules, at most one by value."""
    pools = sorted({band.pool for band in problem.limits.bands if band.low})
    if not pools or len(pools) > int(math.log2(_OPENINGS)):
        return []
    each = int(_OPENINGS ** (1.0 / len(pools)))
    choices = [one for one in _choices(problem, allowed) if one[1] and not plan.options[one[0]]]
    inside = [[one for one in choices if problem.initiatives[one[0]].pool == pool] for pool in pools]
    if not all(inside):
        return []
    alone = judge.score(planning.stack([plan]))[0]
    kept: list[list[Choice]] = []
    for rows in inside:
        rate = (judge.score(_changed(plan, [(one,) for one in rows])) - alone) / [
            max(one[2], 1.0) for one in rows
        ]
        kept.append([rows[k] for k in np.argsort(-rate, kind="stable")[:each].tolist()])
    made = _changed(plan, list(itertools.product(*kept)))
    fitting = np.flatnonzero(judge.fits(made))
    if not len(fitting):
        return []
    values = judge.score(Plans(made.options[:, fitting], made.amounts[:, fitting]))
    return [made.plan(int(fitting[int(np.argmax(values))]))]


def _pairs(problem: Problem, choices: Sequence[Choice]) -> list[tuple[Choice, ...]]:
    """Two changes at once, one of an amount: money goes from one to another. None where there are too many."""
    by_amount = [row.amounts is not None for row in problem.initiatives]
    found: list[tuple[Choice, ...]] = [
        (one, other)
        for one, other in itertools.combinations(choices, 2)
        if one[0] != other[0] and (by_amount[one[0]] or by_amount[other[0]])
    ]
    return found if len(found) <= _PAIRS else []


def _changed(plan: Plan, changes: Sequence[Sequence[Choice]]) -> Plans:
    """The plan with each set of choices in turn."""
    options = np.repeat(np.array(plan.options, dtype=np.int64)[:, None], len(changes), axis=1)
    amounts = np.repeat(np.array(plan.amounts, dtype=np.float64)[:, None], len(changes), axis=1)
    for column, rows in enumerate(changes):
        for i, option, amount in rows:
            options[i, column], amounts[i, column] = option, amount
    return Plans(options, amounts)


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
    changed = _changed(plan, [(one,) for one in choices])
    options, amounts = changed.options, changed.amounts
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
            lacking = (options[need.initiative] > 0) & ~planning.among(options[need.other], enough)
            options[need.other, lacking], amounts[need.other, lacking] = cheapest, money
    return Plans(options, amounts)
