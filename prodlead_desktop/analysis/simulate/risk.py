"""What a simulation says: every outcome, value, money, in each future and over all of them (model.md §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.metalog import FINITE_VARIANCE, Metalog
from prodlead_desktop.analysis.problem import INFINITE, Bools, Floats, Plan, Problem
from prodlead_desktop.analysis.simulate.quarters import Quarters, of_quarters
from prodlead_desktop.analysis.simulate.run import DRAWS, Sampled, Sampler, Step, counted
from prodlead_desktop.analysis.simulate.statistics import Chance, Summary, certain, chance, summary
from prodlead_desktop.analysis.simulate.streams import LATIN
from prodlead_desktop.analysis.value import Scale


@dataclass(frozen=True, slots=True)
class OutcomeRisk:
    """One outcome at its deadline; None where the numbers that it needs are unknown.

    ``improvement`` and ``level`` are in the outcome's unit, percentiles are those of the number itself: for a falling
    metric P10 of the level is the good end. ``target``, ``threshold``: chance to be at it or beyond. ``fan``: the
    level at the end of quarter 1, 2, …
    """

    improvement: Summary
    level: Summary | None
    attainment: Summary | None
    target: Chance | None
    threshold: Chance | None
    fan: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class World:
    """One future (its index), or all of them mixed by probability (None). Money in minor units."""

    future: int | None
    value: Summary
    npv: Summary | None
    all_targets: Chance | None
    outcomes: tuple[OutcomeRisk, ...]
    cost: Summary
    within_budget: Chance | None
    cash: tuple[Summary, ...]  # by quarter from plan start


@dataclass(frozen=True, eq=False, slots=True)
class Simulation:
    """A plan, drawn. ``mixed`` is None when the futures have no probabilities; ``sampled`` holds every draw."""

    problem: Problem
    plan: Plan
    seed: int
    draws: int
    quarter_draws: int  # the first so many draws stand behind fans and cash
    worlds: tuple[World, ...]
    mixed: World | None
    sampled: Sampled

    @property
    def latin(self) -> bool:
        """Whether the draws are ten Latin hypercubes; else independent."""
        return self.draws <= LATIN

    @property
    def weights(self) -> Floats | None:
        """(S,) probabilities of the futures, None when some are missing."""
        return weights_of(self.problem)


def weights_of(problem: Problem) -> Floats | None:
    """(S,) probabilities of the futures; None when one is missing. BadInput when they do not add up to 100 %."""
    if len(problem.futures) > 1 and any(future.probability is None for future in problem.futures):
        return None
    return probabilities(problem)


def simulate(
    problem: Problem,
    plan: Plan | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    step: Step | None = None,
    by_quarter: bool = True,
) -> Simulation:
    """Draw a plan (default: the scenario's own) and say what it could come to, with the error of every number.

    V in points 0–100 or minor units. The uniforms of a quantity depend on its ids and the seed only, so that plans,
    scenarios and futures of one strategy can be compared draw by draw. Without ``by_quarter`` fans and cash are left
    empty. BadInput for a number of draws or a seed that
    cannot be, and for probabilities that do not add up; Cancelled when ``step`` raises it.
    """
    weights = weights_of(problem)
    plan = problem.current if plan is None else plan
    say: Step = step or (lambda share: None)
    sampler = Sampler(problem, plan, draws, seed)
    weightings = list(np.eye(len(problem.futures)))
    if len(weightings) > 1 and weights is not None:
        weightings.append(weights)
    sampled = sampler.run(lambda share: say(None if share is None else 0.5 * share))
    quarters = Quarters.none(len(weightings), len(problem.outcomes))
    if by_quarter:
        quarters = of_quarters(
            sampler, weightings, lambda share: say(None if share is None else 0.5 + 0.3 * share)
        )
    reader = _Reader(sampler, sampled)
    worlds = []
    for w, row in enumerate(weightings):
        say(0.8 + 0.2 * w / len(weightings))
        world = reader.world(row, quarters.fans[w], quarters.cash[w])
        worlds.append(replace(world, future=w if w < len(problem.futures) else None))
    mixed = None
    if weights is not None:
        mixed = replace(worlds[-1], future=None)
    alone = tuple(worlds[: len(problem.futures)])
    return Simulation(problem, plan, seed, draws, quarters.count, alone, mixed, sampled)


class _Reader:
    """Sums up the draws under weightings of the futures."""

    def __init__(self, sampler: Sampler, sampled: Sampled) -> None:
        self.problem, self.sampled, self.sampler = sampler.problem, sampled, sampler
        assert sampled.unseen is not None
        self.unseen = sampled.unseen
        self.scale = Scale(sampler.problem)
        self.counted = counted(sampler.problem)
        self.value_sorted = [np.sort(row) for row in sampled.value]
        self.heavy = _heavy(sampler.problem, sampler.plan)
        rows = self.problem.outcomes
        self.value_heavy = any(
            rows[o].mode == "money"
            or (rows[o].mode == "weight" and (sign < 0 or rows[o].over_delivery > 0.0))
            for o, sign in self.heavy
        )

    def world(
        self, weights: Floats, fans: tuple[tuple[Summary, ...], ...], cash: tuple[Summary, ...]
    ) -> World:
        """Everything under one weighting."""
        sampled, problem = self.sampled, self.problem
        heavy, unseen = self.value_heavy, self.unseen
        if self.sampler.costs.uncertain:
            cost = summary(sampled.cost, weights, unseen=unseen.cost)
        else:
            cost = certain(self.sampler.costs.total, weights)
        within = None
        if problem.limits.budget is not None:
            within = self._cost_chance(sampled.cost <= problem.limits.budget * (1.0 + 1e-12), weights)
        return World(
            future=None,
            value=summary(sampled.value, weights, self.value_sorted, True, heavy, unseen.value),
            npv=None if sampled.npv is None else summary(sampled.npv, weights, None, True, heavy, unseen.npv),
            all_targets=chance(sampled.all_targets, weights) if len(self.counted) else None,
            outcomes=tuple(self._outcome(o, weights, fans[o]) for o in range(len(problem.outcomes))),
            cost=cost,
            within_budget=within,
            cash=cash,
        )

    def _cost_chance(self, within: Bools, weights: Floats) -> Chance:
        if self.sampler.costs.uncertain:
            return chance(within, weights)
        share = float(np.sum(weights * within[:, 0]))
        return Chance(share, share, share)

    def _outcome(self, o: int, weights: Floats, fan: tuple[Summary, ...]) -> OutcomeRisk:
        row, used = self.problem.outcomes[o], np.flatnonzero(weights)
        weights, scale = weights[used], self.scale
        moved = self.sampled.moved[used, o].astype(np.float64)
        base = np.array([self.problem.futures[s].baseline[o] for s in used])
        heavy = bool({(o, 1), (o, -1)} & self.heavy)
        unseen = self.unseen.moved[used, o]
        improvement = summary(moved, weights, heavy=heavy, unseen=unseen)

        def read(start: Floats, step: Floats) -> Summary:
            """start + step·d: one line where the futures agree about it, else draw by draw."""
            if np.ptp(start) == 0.0 and np.ptp(step) == 0.0:
                return improvement.read(float(start[0]), float(step[0]))
            step = step[:, None]
            return summary(start[:, None] + step * moved, weights, heavy=heavy, unseen=step * unseen)

        level = attained = target = threshold = None
        if not np.isnan(base).any():
            level = read(base, np.full(len(used), float(row.direction)))
        if row.needed:
            length = scale.length[used, o]
            attained = read(scale.offset[used, o] / length, 1.0 / length)
            target = chance(moved >= self.sampler.needed[o, used], weights)
        way = scale.threshold[used, o, None]
        if not np.isnan(way).any():
            margin = scale.margin(self.sampler.slack)[used, o, None]
            threshold = chance(moved >= way - margin, weights)
        return OutcomeRisk(improvement, level, attained, target, threshold, fan)


def _heavy(problem: Problem, plan: Plan) -> set[tuple[int, int]]:
    """(outcome, ±1) whose draws have no finite variance in that direction: an open tail of index ½ or more.

    A tail runs up the tree with the sign of k; a natural limit cuts it off above.
    """
    found: set[tuple[int, int]] = set()
    waiting = [
        (row.outcome, 1 if row.spread.high is None else -1)
        for row in problem.effects
        if plan.options[row.initiative]
        and isinstance(row.spread, Metalog)
        and row.spread.tail_index >= FINITE_VARIANCE
    ]
    while waiting:
        outcome, sign = waiting.pop()
        if (outcome, sign) in found or (sign > 0 and problem.outcomes[outcome].headroom < INFINITE):
            continue
        found.add((outcome, sign))
        waiting += [
            (row.target, sign if row.k > 0.0 else -sign)
            for row in problem.contributions
            if row.source == outcome and row.k
        ]
    return found
