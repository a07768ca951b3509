"""What to do next with a plan: money moved from one initiative to another, or from what is left (model.md §4.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.optimise.programme import Goal
from prodlead_desktop.analysis.plans import Plans, selectable
from prodlead_desktop.analysis.problem import Floats, Plan, Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.wishes import Wished

_SHARES = (0.25, 0.5, 1.0)  # of the full cost, by which an amount is changed
_MOST = 40_000
Step = tuple[int, int, float]  # initiative, option, money


@dataclass(frozen=True, slots=True)
class Move:
    """``money`` minor units go to ``to``; ``giver`` gets as much less or more, None: it was left over. ``gain``: V."""

    giver: int | None
    to: int
    money: float
    gain: float
    plan: Plan


def moves(problem: Problem, valuation: Valuation, goal: Goal, plan: Plan, most: int = 5) -> tuple[Move, ...]:
    """The best moves from a plan, one for each pair, by their gain in V; only those that gain.

    A move changes at most two initiatives, spends no more than the plan does unless money is left, and breaks no rule
    that the plan does not break already, nor misses the wishes by more. Locked and mandatory initiatives stay.
    """
    ups, downs = _steps(problem, plan)
    pairs: list[tuple[Step | None, Step]] = [(None, up) for up in ups]
    pairs += [(down, up) for down in downs for up in ups if down[0] != up[0]][: _MOST - len(pairs)]
    if not pairs:
        return ()
    made = _made(plan, pairs)
    now, then = valuation.evaluate(plan), valuation.evaluate(made)
    base = float(goal.score(now.value)[0])
    gain = goal.score(then.value) - base
    broken = frozenset(rule.id for rule in limits.broken(problem, plan))
    spent = planning.costs(problem, made).sum(axis=0)
    before = float(planning.costs(problem, planning.stack([plan])).sum())
    within = np.array([giver is None for giver, _ in pairs]) | (spent <= before + 1e-6)
    good = limits.fits(problem, made, broken) & within & (gain > 1e-9 * max(abs(base), 1e-9))
    if problem.wishes:
        wished = Wished(problem, goal.objective == "expected")
        missed = float(wished.total(now.attainment)[0])
        good &= wished.total(then.attainment) <= missed + wished.tolerance
    if "budget 0" in broken:
        good &= spent <= before + 1e-6
    return _best(plan, pairs, made, np.where(good, gain, -np.inf), most)


def _steps(problem: Problem, plan: Plan) -> tuple[list[Step], list[Step]]:
    """Everything that gets more money, and everything that gets less."""
    ups: list[Step] = []
    downs: list[Step] = []
    for i, row in enumerate(problem.initiatives):
        if row.locked or row.mandatory:
            continue
        now = plan.amounts[i] if plan.options[i] else 0.0
        if row.amounts is None:
            reach = [(option, float(row.options[option].cost)) for option in selectable(problem, i)]
        else:
            full = float(row.full_cost or 0)
            wanted = {now + sign * share * full for share in _SHARES for sign in (1.0, -1.0)}
            least, top = max(row.amounts.least, 1), row.amounts.most
            reach = [(0, 0.0), *((1, float(round(x))) for x in sorted(wanted) if least <= x <= top)]
        ups += [(i, option, money) for option, money in reach if money > now + 1e-6]
        downs += [(i, option, money) for option, money in reach if money < now - 1e-6]
    return ups, downs


def _made(plan: Plan, pairs: list[tuple[Step | None, Step]]) -> Plans:
    options = np.repeat(np.array(plan.options, dtype=np.int64)[:, None], len(pairs), axis=1)
    amounts = np.repeat(np.array(plan.amounts, dtype=np.float64)[:, None], len(pairs), axis=1)
    for column, steps in enumerate(pairs):
        for step in steps:
            if step is not None:
                options[step[0], column], amounts[step[0], column] = step[1], step[2]
    return Plans(options, amounts)


def _best(
    plan: Plan, pairs: list[tuple[Step | None, Step]], made: Plans, gain: Floats, most: int
) -> tuple[Move, ...]:
    found: list[Move] = []
    seen: set[tuple[int | None, int]] = set()
    for column in np.argsort(-gain, kind="stable").tolist():
        if not np.isfinite(gain[column]) or len(found) == most:
            break
        giver, (to, _, money) = pairs[column]
        key = (None if giver is None else giver[0], to)
        if key not in seen:
            seen.add(key)
            before = plan.amounts[to] if plan.options[to] else 0.0
            found.append(Move(key[0], to, money - before, float(gain[column]), made.plan(column)))
    return tuple(found)
