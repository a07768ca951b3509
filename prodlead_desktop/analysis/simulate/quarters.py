"""The plan quarter by quarter: where every metric could stand, and what has to be paid (model.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.problem import Floats
from prodlead_desktop.analysis.simulate.levers import Levers
from prodlead_desktop.analysis.simulate.run import Sampler, Step
from prodlead_desktop.analysis.simulate.statistics import Summary, certain, summary
from prodlead_desktop.analysis.simulate.streams import LATIN
from prodlead_desktop.analysis.simulate.tails import Unseen
from prodlead_desktop.analysis.value import Valuation

_CELLS = 30_000_000  # numbers kept at a time; outcomes are worked on in as many batches as that needs


@dataclass(frozen=True, slots=True)
class Quarters:
    """For each weighting w of the futures: ``fans[w][o]`` levels at the end of quarter 1, 2, … and ``cash[w]`` money.

    An outcome without a baseline has an empty fan. ``count``: draws behind them.
    """

    count: int
    fans: tuple[tuple[tuple[Summary, ...], ...], ...]
    cash: tuple[tuple[Summary, ...], ...]

    @staticmethod
    def none(weightings: int, outcomes: int) -> Quarters:
        """Nothing by quarter."""
        return Quarters(0, (((),) * outcomes,) * weightings, ((),) * weightings)


def of_quarters(sampler: Sampler, weightings: Sequence[Floats], step: Step) -> Quarters:
    """Fans and cash from the first 10,000 draws."""
    problem = sampler.problem
    count = min(sampler.count, LATIN)
    fans: list[list[tuple[Summary, ...]]] = [[() for _ in problem.outcomes] for _ in weightings]
    known = [o for o, row in enumerate(problem.outcomes) if row.baseline is not None]
    size = max(_CELLS // (problem.horizon * len(problem.futures) * count), 1)
    for begin in range(0, len(known), size):
        batch = known[begin : begin + size]
        for done, (o, points, levels, unseen) in enumerate(_levels(sampler, batch, count, step)):
            step((begin + done) / len(known))
            for fan, weights in zip(fans, weightings, strict=True):
                step(None)
                rows = zip(levels, unseen, strict=True)
                found = [summary(values, weights, unseen=missed) for values, missed in rows]
                fan[o] = tuple(found[k] for k in points)
    cash = _cash(sampler, count, weightings, step)
    return Quarters(count, tuple(map(tuple, fans)), tuple(map(tuple, cash)))


def _levels(
    sampler: Sampler, outcomes: Sequence[int], count: int, step: Step
) -> Iterator[tuple[int, list[int], list[Floats], list[Floats]]]:
    """(outcome, which array each quarter is, arrays (S, n) of levels in the metric's unit, (S, M) what they miss)."""
    problem = sampler.problem
    quarters = range(1, problem.horizon + 1)
    valuation = Valuation(problem, [(o, float(q), None) for o in outcomes for q in quarters])
    points = sorted(set(valuation.asked.tolist()))
    levers = Levers(valuation, sampler.plan, sampler.draws)
    kept = np.zeros((len(points), len(problem.futures), count), dtype=sampler.draws.dtype)
    for chunk in sampler.chunks(count, lambda share: step(None)):
        kept[:, :, chunk.begin : chunk.end] = levers.improvements(chunk)[points]
    missed = Unseen(sampler.draws, valuation, count)
    hidden = missed.swings(levers.improvements(missed.chunk)[points].swapaxes(0, 1))  # (S, points, M)
    place = {q: k for k, q in enumerate(points)}
    asked = valuation.asked.reshape(len(outcomes), len(quarters))
    for o, row in zip(outcomes, asked.tolist(), strict=True):
        mine = sorted(set(row))
        base = np.array([future.baseline[o] for future in problem.futures])[:, None]
        sign = problem.outcomes[o].direction
        levels = [base + sign * kept[place[q]].astype(np.float64) for q in mine]
        yield o, [mine.index(q) for q in row], levels, [sign * hidden[:, place[q]] for q in mine]


def _cash(sampler: Sampler, count: int, weightings: Sequence[Floats], step: Step) -> list[list[Summary]]:
    """Money in quarters 1, 2, …, minor units, under each weighting."""
    costs = sampler.costs
    sure = costs.by_quarter.T  # (T, S)
    if not costs.uncertain:
        return [[certain(row, weights) for row in sure] for weights in weightings]
    spent = np.zeros((*sure.shape, count))
    for chunk in sampler.chunks(count, lambda share: step(None)):
        for s in range(sure.shape[1]):
            spent[:, s, chunk.begin : chunk.end] = costs.cash(chunk, s)
    missed = Unseen(sampler.draws, Valuation(sampler.problem), count)
    probes = np.stack([costs.cash(missed.chunk, s) for s in range(sure.shape[1])])  # (S, T, 2M)
    unseen = missed.swings(probes).swapaxes(0, 1)
    rows = list(zip(spent, unseen, strict=True))
    return [[summary(row, weights, unseen=more) for row, more in rows] for weights in weightings]
