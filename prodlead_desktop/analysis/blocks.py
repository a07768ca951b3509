"""Bets whose values or rules hang together, what their joint choices cost and give: value adds up (model.md §4.3)."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise.wanted import Wanted, wanted
from prodlead_desktop.analysis.plans import Plans, selectable
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Problem
from prodlead_desktop.analysis.value import Valuation

_MOST_JOINT = 2048  # choices of bets whose value hangs together
_LINEAR = 1e-9
_CURVE = 49
_EXACT = 1e-6
Members = tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Bets whose value or rules hang together: their joint choices, cheapest first.

    ``options``, ``amounts`` (n, C); ``cost`` (C,) minor units; ``value`` (C,) V beyond that of nothing; ``reach`` (C,)
    the most that money from this cost up to the next choice's could give (the value itself for levels). The hull of
    ``upper_cost``, ``upper_value`` lies above everything the block can give.
    """

    members: tuple[int, ...]
    options: Ints
    amounts: Floats
    cost: Floats
    value: Floats
    reach: Floats
    upper_cost: Floats
    upper_value: Floats


def blocks(
    problem: Problem, valuation: Valuation, weights: Floats, step: int, most: int
) -> tuple[Block, ...] | None:
    """Every block with its choices that keep its rules and cost at most ``most``; V = V of nothing + Σ over blocks.

    None when a block has too many choices, or money is free in company, or a curve falls. ``step``: amounts are its
    multiples.
    """
    groups = _groups(problem, valuation, wanted(valuation))
    joint = [_joint(problem, members, step, most) for members in groups]
    if any(one is None for one in joint):
        return None
    plans, begins = _side_by_side(problem, groups, [one for one in joint if one is not None])
    value = np.asarray(weights @ valuation.evaluate(plans).value)
    nothing = planning.stack([planning.plan_of(problem, {})])
    value -= float(weights @ valuation.evaluate(nothing).value[:, 0])
    rules = _by_block(problem, groups)
    found = []
    for at, members in enumerate(groups):
        part = slice(begins[at], begins[at + 1])
        own = _kept(problem, plans.part(part.start, part.stop), rules[at])
        block = _block(problem, members, plans.part(part.start, part.stop), value[part], own, most)
        if block is None:
            return None
        found.append(block)
    return tuple(found)


def _joint(
    problem: Problem, members: Members, step: int, most: int
) -> list[tuple[tuple[int, float], ...]] | None:
    choices = [_choices(problem, i, step, most) for i in members]
    if len(members) > 1 and any(problem.initiatives[i].amounts is not None for i in members):
        return None
    if len(members) > 1 and math.prod(map(len, choices)) > _MOST_JOINT:
        return None
    return list(itertools.product(*choices))


def _side_by_side(
    problem: Problem, groups: list[Members], joint: list[list[tuple[tuple[int, float], ...]]]
) -> tuple[Plans, list[int]]:
    """The choices of every block as plans in which nothing else is funded, and where each block begins."""
    begins = [0, *itertools.accumulate(map(len, joint))]
    options = np.zeros((len(problem.initiatives), begins[-1]), dtype=np.int64)
    amounts = np.zeros(options.shape)
    for members, rows, begin in zip(groups, joint, begins, strict=False):
        for place, i in enumerate(members):
            options[i, begin : begin + len(rows)] = [one[place][0] for one in rows]
            amounts[i, begin : begin + len(rows)] = [one[place][1] for one in rows]
    return Plans(options, amounts), begins


def _by_block(problem: Problem, groups: list[Members]) -> list[list[Rule]]:
    """The rules that concern each block alone."""
    of = {i: at for at, members in enumerate(groups) for i in members}
    found: list[list[Rule]] = [[] for _ in groups]
    for rule in limits.rules(problem):
        if rule.kind in ("mandatory", "lock", "floor", "ceiling"):
            found[of[rule.at]].append(rule)
        elif rule.kind == "requires":
            found[of[problem.limits.requires[rule.at].initiative]].append(rule)
        elif rule.kind == "excludes":
            found[of[problem.limits.excludes[rule.at][0]]].append(rule)
        elif rule.kind == "capacity":
            for at in sorted({of[i] for i, _, _ in problem.limits.capacities[rule.at].demands}):
                found[at].append(rule)
    return found


def _kept(problem: Problem, plans: Plans, rules: list[Rule]) -> Bools:
    kept = np.ones(plans.count, dtype=np.bool_)
    for rule in rules:
        kept &= limits.slack(problem, rule, plans) >= -_EXACT
    return kept


def _block(
    problem: Problem, members: Members, plans: Plans, value: Floats, kept: Bools, most: int
) -> Block | None:
    rows = np.array(members, dtype=np.int64)
    cost = plans.amounts[rows].sum(axis=0)
    order = np.flatnonzero(kept & (cost <= most))
    order = order[np.lexsort((-value[order], cost[order]))]
    if problem.initiatives[members[0]].amounts is not None:
        if not _rises(value[order]):
            return None
        reach = np.append(value[order][1:], value[order][-1:])
        reach[cost[order] == 0.0] = 0.0
        upper = _upper(cost[order], value[order])
    else:
        order = order[value[order] > np.append(-np.inf, np.maximum.accumulate(value[order])[:-1])]
        reach, upper = value[order], (cost[order], value[order])
    options, amounts = plans.options[np.ix_(rows, order)], plans.amounts[np.ix_(rows, order)]
    return Block(members, options, amounts, cost[order], value[order], reach, *upper)


def _upper(cost: Floats, value: Floats) -> tuple[Floats, Floats]:
    """Points whose hull lies above a rising curve that is known at these points.

    Between two points a curve that is concave around them lies below both neighbours' chords; where the points do not
    show that, it lies below its value at the second.
    """
    if len(cost) < 4:
        return np.append(cost, cost[:-1]), np.append(value, value[1:])
    width = np.diff(cost)
    slope = np.diff(value) / np.maximum(width, 1e-12)
    before, here, after = slope[1:-2], slope[2:-1], slope[3:]  # the jump from nothing is no neighbour
    concave, convex = (before >= here) & (here >= after), (before <= here) & (here <= after)
    bent = np.maximum(before - after, 1e-300)
    at = np.clip((here - after) / bent, 0.0, 1.0) * width[2:-1]
    peak = np.minimum(value[2:-2] + before * at, value[3:-1])
    high = np.where(concave, peak, value[3:-1])  # where the points show nothing: its value at the second
    where = np.where(concave, cost[2:-2] + at, cost[2:-2])
    ends = [1, len(cost) - 2]
    more = ~convex
    return (
        np.concatenate([cost, where[more], cost[ends]]),
        np.concatenate([value, high[more], value[[2, len(cost) - 1]]]),
    )


def _rises(value: Floats) -> bool:
    return bool(np.all(np.diff(value) >= -_LINEAR * max(float(np.abs(value).max(initial=0.0)), 1e-9)))


def _choices(problem: Problem, i: int, step: int, most: int) -> list[tuple[int, float]]:
    """(option, money): levels, or nothing and every multiple of the step within reach, and the ends of the reach."""
    row = problem.initiatives[i]
    if row.amounts is None:
        return [(option, float(row.options[option].cost)) for option in selectable(problem, i)]
    low, high = max(row.amounts.least, 1), min(row.amounts.most, most)
    grid = {float(x) for x in range(-(-low // step) * step, high + 1, step)}
    if len(grid) < _CURVE and high > low:  # a curve needs so many points to be known
        grid |= {float(x) for x in np.round(np.linspace(low, high, _CURVE)).tolist()}
    special = {float(x) for x in (low, high, row.floor, row.ceiling, row.full_cost) if x and low <= x <= high}
    if row.locked:
        special.add(problem.current.amounts[i])
    return [(0, 0.0), *((1, x) for x in sorted(grid | special) if x >= low)]


# ---------------------------------------------------------------- what hangs together


def _groups(problem: Problem, valuation: Valuation, direction: Wanted) -> list[tuple[int, ...]]:
    """Initiatives whose joint value, or joint rules, cannot be told apart, by their first one."""
    parent = list(range(len(problem.initiatives)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(members: set[int]) -> None:
        first, *rest = sorted(members) or [0]
        for other in rest:
            parent[max(root(first), root(other))] = min(root(first), root(other))

    for s in range(len(problem.futures)):
        for members in _entangled(problem, valuation, direction, s):
            join(members)
    for helps in problem.enhances:
        join({helps.initiative, helps.other})
    for needs in problem.limits.requires:
        join({needs.initiative, needs.other})
    for pair in problem.limits.excludes:
        join(set(pair))
    for capacity in problem.limits.capacities:
        most: dict[int, float] = {}
        for i, _, amount in capacity.demands:
            most[i] = max(most.get(i, 0.0), amount)
        if sum(most.values()) > capacity.amount:
            join(set(most))
    found: dict[int, list[int]] = {}
    for i in range(len(parent)):
        found.setdefault(root(i), []).append(i)
    return [tuple(members) for _, members in sorted(found.items())]


def _entangled(problem: Problem, valuation: Valuation, direction: Wanted, s: int) -> list[set[int]]:
    """Sets of initiatives that some curved point of the value tree mixes."""
    ranges, scale = valuation.ranges(s), valuation.scale
    needed, found = direction.up | direction.down, []
    below: list[set[int]] = []
    for q, point in enumerate(valuation.points.rows):
        own = set(valuation.pair_initiative[valuation.offsets[q] : valuation.offsets[q + 1]].tolist())
        everyone = own.union(*(below[part] for part, _ in point.parts))
        below.append(everyone)
        if not needed[q]:
            continue
        if problem.outcomes[point.outcome].overlap != "sum" and len(own) > 1:
            found.append(own)
        if ranges.binds[q]:
            found.append(everyone)
    for o in problem.objectives:
        outcome, q = problem.outcomes[o], int(valuation.deadline_points[o])
        if outcome.mode != "weight" or outcome.weight <= 0.0:
            continue
        length, offset = float(scale.length[s, o]), float(scale.offset[s, o])
        bent = outcome.over_delivery != 1.0 and (float(ranges.most[q]) + offset) / length > 1.0
        way = float(scale.threshold[s, o])
        stepped = (
            outcome.threshold_share > 0.0 and float(ranges.least[q]) < way <= float(ranges.most[q]) + 1e-6
        )
        if bent or stepped:
            found.append(below[q])
    return found
