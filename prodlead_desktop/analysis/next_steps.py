"""What a little more money would add, initiative by initiative: the numbers beside the sliders (model.md §2.8)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Floats, Initiative, Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.wishes import Wished, WishState
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput

SHARE_OF_BUDGET = 40  # the step is a round amount of about a fortieth of the budget
CURVE_POINTS = 17


@dataclass(frozen=True, slots=True)
class Step:
    """The next level, or the next ``Steps.size`` of money: what it costs more and what V gains by it."""

    name: str  # of the level; empty for an amount
    cost: int  # minor units more than now
    gain: float  # points, or minor units when ``Steps.in_money``


@dataclass(frozen=True, slots=True)
class Steps:
    """By initiative id: the next step (None: there is none) and the response curve as (minor units, share) points."""

    size: int  # minor units that gains are told for
    in_money: bool
    futures: int  # over which the gains are expected; 0 = as things are today
    steps: Mapping[str, Step | None]
    curves: Mapping[str, tuple[tuple[int, float], ...]]
    wishes: tuple[WishState, ...] = ()  # over all futures by probability, in the worst where they have none

    def gain(self, initiative: str) -> float | None:
        """What ``size`` more would add if the whole next step added evenly; None when there is no next step."""
        step = self.steps.get(initiative)
        return step.gain * self.size / step.cost if step is not None else None


def next_steps(strategy: Strategy, scenario: str) -> Steps:
    """The next step of every initiative from where the scenario stands, each alone.

    Gains are expected over the futures when their probabilities are complete, else those of today's world alone.
    BadInput in words when the strategy's numbers contradict each other.
    """
    problem, weights, every = _world(strategy, scenario)
    size = round_step(_whole(problem) / SHARE_OF_BUDGET)
    found = [_next(row, problem, i, size) for i, row in enumerate(problem.initiatives)]
    gains = _gains(problem, weights, found)
    steps: dict[str, Step | None] = {}
    for row, move, gain in zip(problem.initiatives, found, gains.tolist(), strict=True):
        if move is None:
            steps[row.id] = None
        else:
            option, _, cost = move
            steps[row.id] = Step("" if row.amounts else row.options[option].name, cost, gain)
    known = any(future.id is not None for future in problem.futures)
    moving = {effect.initiative for effect in problem.effects}
    curves = {row.id: curve(row, i in moving) for i, row in enumerate(problem.initiatives)}
    states = (
        Wished(every, expected=every is problem).states(Valuation(every), every.current)
        if every.wishes
        else ()
    )
    return Steps(size, problem.in_money, len(problem.futures) if known else 0, steps, curves, states)


def _world(strategy: Strategy, scenario: str) -> tuple[Problem, Floats, Problem]:
    """The problem whose gains are told with the weights of its futures, and the problem over all futures."""
    problem = formulate(strategy, scenario)
    try:
        return problem, probabilities(problem), problem
    except BadInput:  # nobody has said how likely each future is
        return formulate(strategy, scenario, ()), np.ones(1), problem


def _whole(problem: Problem) -> float:
    """The budget, else all that is placed, else what everything at full costs; minor units."""
    placed = sum(problem.current.amounts)
    full = sum(row.options[row.full].cost for row in problem.initiatives)
    return float(problem.limits.envelope or placed or full)


def round_step(amount: float) -> int:
    """The amount cut to 1, 2 or 5 times a power of ten, at least one major unit of two decimals; minor units."""
    if amount <= 100:
        return 100
    power = 10.0 ** math.floor(math.log10(amount))
    return int(max(times for times in (1, 2, 5) if times * power <= amount * (1 + 1e-9)) * power)


Move = tuple[int, float, int]  # option, amount, minor units more than now


def _next(row: Initiative, problem: Problem, i: int, size: int) -> Move | None:
    option, amount = problem.current.options[i], problem.current.amounts[i]
    if row.amounts is not None:
        more = min(max(amount + size, row.amounts.least), row.amounts.most)
        return (1, float(more), round(more - amount)) if more > amount else None
    now = row.options[option]
    if not now.known:
        return None
    above = [
        (other.cost, at) for at, other in enumerate(row.options) if at and other.known and other.cost > now.cost
    ]  # fmt: skip
    if not above:
        return None
    cost, at = min(above)
    return at, float(cost), cost - now.cost


def _gains(problem: Problem, weights: Floats, moves: list[Move | None]) -> Floats:
    """(N,) expected V of the plan with one move made, less V as it stands; 0 where there is no move."""
    count = len(moves)
    options = np.tile(np.array(problem.current.options, dtype=np.int64)[:, None], (1, count + 1))
    amounts = np.tile(np.array(problem.current.amounts, dtype=np.float64)[:, None], (1, count + 1))
    for i, move in enumerate(moves):
        if move is not None:
            options[i, i], amounts[i, i] = move[0], move[1]
    value = weights @ Valuation(problem).evaluate(Plans(options, amounts)).value
    return np.asarray(value[:count] - value[count])


def curve(row: Initiative, moves: bool) -> tuple[tuple[int, float], ...]:
    """Points (minor units, share of the effect at full funding) of a response curve or of the known levels.

    All shares are 0 where it ``moves`` no outcome.
    """
    if row.amounts is not None:
        full = row.full_cost or row.amounts.most
        at = np.linspace(row.amounts.least, row.amounts.most, CURVE_POINTS)
        shares = row.amounts.curve.share(at / full) if full and moves else np.zeros(CURVE_POINTS)
        return tuple((round(x), float(y)) for x, y in zip(at.tolist(), shares.tolist(), strict=True))
    known = sorted((option.cost, option.share) for option in row.options[1:] if option.known)
    return tuple((cost, share if moves else 0.0) for cost, share in known)
