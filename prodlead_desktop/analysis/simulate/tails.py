"""What a sample cannot see of a long tail: the part of a mean's error that a handful of draws decides (model.md §5).

A Latin hypercube takes away all of the error of a sum but that of its outermost parts, and there ten draws say
how far they scatter: where a tail is long, they mostly say too little. The distribution itself knows. A few probes
through the same model tell how much of it reaches a metric or V, so that a limit or a target cuts it off.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.distributions import Distribution, Fixed, percentiles
from prodlead_desktop.analysis.metalog import FINITE_VARIANCE, Metalog
from prodlead_desktop.analysis.problem import Floats
from prodlead_desktop.analysis.simulate.draws import Chunk, Draws
from prodlead_desktop.analysis.simulate.streams import LATIN, REPLICATES
from prodlead_desktop.analysis.value import Valuation

_WORTH_IT, _WORTH_IT_PLAIN = (
    0.03,
    0.1,
)  # part of a variance from which a tail counts; below, the draws tell it
_STEP, _FAR = 0.25, math.log(20.0)  # in the logit
_MOST = 16  # tails of one outcome, the longest: of more, draws see enough
_EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class Tail:
    """One end of a quantity: where it begins and a point far out, and its sd about its own mean and about the whole's.

    Both sd count the probability of the end: ∫(x − m)² over it.
    """

    edge: float
    far: float
    within: float
    about: float


@functools.lru_cache(maxsize=4096)
def tails(spread: Distribution, share: float, worth: float) -> tuple[Tail, ...]:
    """The ends of probability ``share`` that hold more than the part ``worth`` of the variance."""
    if isinstance(spread, Fixed) or (isinstance(spread, Metalog) and spread.tail_index >= FINITE_VARIANCE):
        return ()
    low, middle, high = percentiles(spread)
    size = max(high - low, 1e-300)  # all in units of it, so that no square is too big to write

    def at(s: Floats) -> Floats:
        x = spread.at_logit(s) if isinstance(spread, Metalog) else spread.quantile(1.0 / (1.0 + np.exp(-s)))
        return np.asarray((x - middle) / size)

    edge = math.log1p(-share) - math.log(share)
    steep = spread.tail_index if isinstance(spread, Metalog) else 0.0
    reach = min(40.0 / (1.0 - 2.0 * steep), 300.0 / max(steep, 1e-9))
    out, weight = _grid(edge, edge + reach, max(_STEP, reach / 400.0))
    inside, density = _grid(-edge, edge, _STEP)
    ends = [at(sign * out) for sign in (1.0, -1.0)]
    body = at(inside)
    mean = float(body @ density) + sum(float(x @ weight) for x in ends)
    about = [float((x - mean) ** 2 @ weight) for x in ends]
    whole = float((body - mean) ** 2 @ density) + sum(about)
    found = []
    for x, part in zip(ends, about, strict=True):
        within = float((x - float(x @ weight) / share) ** 2 @ weight)
        far = float(np.interp(edge + _FAR, out, x))
        if part > worth * whole and abs(far - float(x[0])) > _EXACT:
            span = (middle + size * float(x[0]), middle + size * far)
            found.append(Tail(*span, size * math.sqrt(within), size * math.sqrt(part)))
    return tuple(found)


def _grid(begin: float, end: float, step: float) -> tuple[Floats, Floats]:
    """Points in the logit and their probabilities, by the trapezoid."""
    points = np.linspace(begin, end, math.ceil((end - begin) / step) + 1)
    small = np.exp(-np.abs(points))
    weights = small / (1.0 + small) ** 2 * (points[1] - points[0])
    weights[[0, -1]] /= 2.0
    return points, np.asarray(weights)


class Unseen:
    """The long tails of what a plan draws, as two extra draws each: ``chunk`` holds them, all else at its mean."""

    def __init__(self, draws: Draws, valuation: Valuation, count: int) -> None:
        self.share = min(REPLICATES / count, 0.1)
        self.latin = draws.count <= LATIN
        problem, futures = draws.problem, range(len(draws.problem.futures))
        worth = _WORTH_IT if self.latin else _WORTH_IT_PLAIN
        rows: list[tuple[int | None, int, Tail]] = []  # row of the draws or None for a cost; initiative; tail
        for _, places in sorted(self._by_outcome(draws).items()):
            near = [(r, problem.effects[draws.rows[r]]) for r in places]
            ends = [
                (r, row.initiative, tail) for r, row in near for tail in tails(row.spread, self.share, worth)
            ]
            rows += sorted(ends, key=lambda end: -end[2].about)[:_MOST]
        dear = draws.dear
        rows += [(None, i, tail) for i, spread in dear.items() for tail in tails(spread, self.share, worth)]
        chances = np.array(
            [[valuation.chance(i, s) if r is not None else 1.0 for r, i, _ in rows] for s in futures]
        )
        self.chance: Floats = chances.reshape(len(problem.futures), len(rows))  # (S, M)
        self.within: Floats = np.array([tail.within for _, _, tail in rows]) / math.sqrt(count)
        self.about: Floats = np.array([tail.about for _, _, tail in rows]) / math.sqrt(count)
        self.width: Floats = np.array([abs(tail.far - tail.edge) for _, _, tail in rows])
        self.chunk = self._probes(draws, valuation, rows)

    @staticmethod
    def _by_outcome(draws: Draws) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for r, e in enumerate(draws.rows.tolist()):
            found.setdefault(draws.problem.effects[e].outcome, []).append(r)
        return found

    def _probes(self, draws: Draws, valuation: Valuation, rows: list[tuple[int | None, int, Tail]]) -> Chunk:
        problem, many = draws.problem, 2 * len(rows)
        forms = []
        for futures in draws.futures:
            future, s = problem.futures[futures[0]], futures[0]
            known = ~np.isnan(future.effect_value[draws.rows])
            mean = np.array([problem.effects[e].mean for e in draws.rows])
            mean = np.where(known, future.effect_value[draws.rows], mean)
            mean = mean * [valuation.chance(problem.effects[e].initiative, s) for e in draws.rows]
            form = np.repeat(mean[:, None], many, axis=1)
            for m, (r, _, tail) in enumerate(rows):
                if r is not None and not known[r]:
                    form[r, 2 * m], form[r, 2 * m + 1] = tail.edge, tail.far
            forms.append(form.astype(draws.dtype))
        late = {i: np.full(many, problem.initiatives[i].timing.delay) for i in draws.late}
        costs = {i: np.full(many, spread.mean()) for i, spread in draws.dear.items()}
        for m, (r, i, tail) in enumerate(rows):
            if r is None:
                costs[i][2 * m], costs[i][2 * m + 1] = tail.edge, tail.far
        return Chunk(0, many, tuple(forms), late, costs)

    def swings(self, probed: Floats) -> Floats:
        """(S, …, 2M) parts of the standard error of a mean that are unseen, from what the probes say (S, …, 2M).

        Signed: above 0 where the number rises towards the end. They add up by squares, over futures by probability.
        """
        probed = np.asarray(probed, dtype=np.float64)
        shape = (len(self.chance), *(1,) * (probed.ndim - 2), len(self.width))
        slope = (probed[..., 1::2] - probed[..., ::2]) / self.width
        chance = self.chance.reshape(shape)
        sure = slope * chance * (self.within if self.latin else self.about)
        chancy = slope * np.sqrt(chance * (1.0 - chance)) * self.about
        return np.concatenate([sure, chancy], axis=-1)
