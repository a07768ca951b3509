"""The whole frontier at once by dynamic programming, where one budget is all that bets share (model.md §4.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import blocks
from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.blocks import Block
from prodlead_desktop.analysis.optimise import segments
from prodlead_desktop.analysis.problem import Floats, Ints, Plan, Problem
from prodlead_desktop.analysis.value import Valuation

_STEPS = 500  # of the money grid where costs have no common divisor that is coarse enough
_MOST_STEPS, _MOST_LEVEL_STEPS = 3000, 40_000
_FEW = 12  # blocks


@dataclass(frozen=True, eq=False, slots=True)
class Frontier:
    """V and its bound for every amount of money on a grid of ``step`` minor units: ``value``, ``bound`` (T,).

    ``value`` is what some plan within the money gives (−inf: none); no plan within it gives more than ``bound``. Both
    are equal where every cost is a multiple of the step.
    """

    step: int
    value: Floats
    bound: Floats
    _blocks: tuple[Block, ...]
    _picks: tuple[Ints, ...]  # by block, (T,) its choice at each amount of money
    _count: int

    def place(self, money: int) -> int:
        """Where an amount of money lies on the grid."""
        return min(max(money, 0) // self.step, len(self.value) - 1)

    def plan(self, money: int) -> Plan | None:
        """A plan that has the value at this much money; None when nothing fits."""
        at = self.place(money)
        if not math.isfinite(self.value[at]):
            return None
        options, amounts = [0] * self._count, [0.0] * self._count
        for block, picks in zip(reversed(self._blocks), reversed(self._picks), strict=True):
            pick = int(picks[at])
            for row, i in enumerate(block.members):
                options[i], amounts[i] = int(block.options[row, pick]), float(block.amounts[row, pick])
            at -= math.ceil(float(block.cost[pick]) / self.step)
        return Plan(tuple(options), tuple(amounts))


def frontier(
    problem: Problem, most: int, valuation: Valuation | None = None, weights: Floats | None = None
) -> Frontier | None:
    """V(b) for b = 0…``most`` minor units, or None where bets share more than one budget.

    ``weights`` (S,): probabilities of the futures, Σ = 1 (default: the only one). Value must add up over blocks of
    bets: no pool bands, no money by quarter, no other rule across blocks that could bind, and costs alike in every
    future. Amounts are multiples of the step; their bound is proven for curves that never fall.
    """
    valuation = valuation or Valuation(problem)
    weights = np.ones(1) if weights is None else weights
    if not _one_budget(problem):
        return None
    step = _step(problem, most)
    made = blocks.blocks(problem, valuation, weights, step, most)
    if made is None:
        return None
    nothing = planning.stack([planning.plan_of(problem, {})])
    base = float(weights @ valuation.evaluate(nothing).value[:, 0])
    return _combined(made, base, step, most // step + 1, len(problem.initiatives))


def _one_budget(problem: Problem) -> bool:
    same = all(np.array_equal(row.cost_factor, problem.futures[0].cost_factor) for row in problem.futures)
    rules = problem.limits
    many = rules.at_most is not None and rules.at_most < len(problem.initiatives)
    return (
        same
        and bool(np.all(problem.futures[0].cost_factor == 1.0))
        and not (rules.quarters or rules.bands or many)
    )


def _step(problem: Problem, most: int) -> int:
    """The common divisor of all prices, halved while that leaves few steps; or a thousandth of the money."""
    prices = [
        option.cost
        for row in problem.initiatives
        if row.amounts is None
        for option in row.options
        if option.cost
    ]
    shared = math.gcd(*prices) if prices else 0
    by_amount = any(row.amounts is not None for row in problem.initiatives)
    if not shared or most / shared > (_MOST_STEPS if by_amount else _MOST_LEVEL_STEPS):
        return max(most // _STEPS, 1)
    if by_amount:
        for parts in range(max(math.ceil(_STEPS * shared / max(most, 1)), 1), shared + 1):
            if shared % parts == 0:
                return shared // parts if most * parts / shared <= _MOST_STEPS else max(most // _STEPS, 1)
    return shared


def _combined(made: Sequence[Block], base: float, step: int, size: int, count: int) -> Frontier:
    """Money is rounded up for the value, so that a plan stays within it, and down for the bound."""
    value, picks, exact = np.full(size, base), [], True
    for block in made:
        up = np.ceil(block.cost / step - 1e-9).astype(np.int64)
        best = np.append(np.diff(up) > 0, True)[: len(up)]  # the last of those that cost as much is the best
        value, pick = _joined(value, up[best], block.value[best])
        picks.append(np.flatnonzero(best)[pick] if len(up) else pick)
        exact &= bool(np.all(block.cost == up * float(step))) and bool(np.all(block.reach == block.value))
    bound = value
    if not exact:
        bound = _priced(made, base, step * np.arange(1.0, size + 1.0))
        if len(made) <= _FEW:  # mixtures promise too much where few bets share the money
            fewer = np.full(size, base)
            for block in made:
                down = np.floor(block.cost / step + 1e-9).astype(np.int64)
                fewer, _ = _joined(fewer, down, np.maximum(block.reach, block.value))
            bound = np.minimum(bound, fewer)
        bound = np.maximum(bound, value)
    return Frontier(step, value, bound, tuple(made), tuple(picks), count)


def _priced(made: Sequence[Block], base: float, money: Floats) -> Floats:
    """The Lagrangian bound min λB + Σ max(f − λx) for every B (§4.3): mixtures of choices, the best return first."""
    steps, start = [], 0.0
    for block in made:
        if not len(block.cost):
            return np.full(len(money), -np.inf)
        order = np.lexsort((block.upper_value, block.upper_cost))
        cost, best = block.upper_cost[order], np.maximum.accumulate(block.upper_value[order])
        first = np.append(np.diff(cost) > 0.0, True)  # the best of those that cost the same
        cost, best = cost[first], best[first]
        lifted = segments.hull(cost, best)
        base, start = base + float(lifted[0]), start + float(cost[0])
        steps.append(np.stack([np.diff(cost), np.diff(lifted)]))
    width, gain = np.concatenate(steps, axis=1)
    order = np.argsort(-gain / np.maximum(width, 1e-12), kind="stable")
    at = start + np.append(0.0, np.cumsum(width[order]))
    return np.asarray(np.interp(money, at, base + np.append(0.0, np.cumsum(gain[order])), left=-np.inf))


def _joined(before: Floats, cost: Ints, value: Floats) -> tuple[Floats, Ints]:
    out, pick = np.full(len(before), -np.inf), np.zeros(len(before), dtype=np.int64)
    for choice, (money, worth) in enumerate(zip(cost.tolist(), value.tolist(), strict=True)):
        if money >= len(before):
            continue
        made = before[: len(before) - money] + worth
        better = made > out[money:]
        np.copyto(out[money:], made, where=better)
        pick[money:][better] = choice
    return out, pick
