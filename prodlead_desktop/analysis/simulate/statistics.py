"""What many draws come to, and how sure that is: means, quantiles, chances, the worst fifth (model.md §5).

A sample is (S, N): S futures of N draws with the same uniforms, and ``weights`` (S,) that add up to 1: one future
alone, or the mixture by probability. Standard errors never count the futures as independent, because they are not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.problem import Bools, Floats
from prodlead_desktop.analysis.simulate.streams import LATIN, REPLICATES, replicates, slices

Z95 = 1.959963984540054
T95 = 2.262157162740992  # Student's t with nine degrees of freedom
T95_SLICED = 1.9842169515864174  # with ninety-nine
SHARES = (0.1, 0.5, 0.9)
TAIL = 0.2
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from draws: its standard error and a 95 % interval; None and ±inf where a sample cannot tell."""

    value: float
    se: float | None
    low: float
    high: float

    def read(self, start: float, step: float) -> Estimate:
        """The same of start + step·x, step not 0."""
        low, high = sorted((start + step * self.low, start + step * self.high))
        return Estimate(
            start + step * self.value, None if self.se is None else abs(step) * self.se, low, high
        )


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with its 95 % interval by Wilson."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Mean and percentiles of a quantity, in its own unit; ``cvar``: mean of the worst fifth, where it was asked."""

    mean: Estimate
    p10: Estimate
    p50: Estimate
    p90: Estimate
    cvar: Estimate | None = None

    def read(self, start: float, step: float) -> Summary:
        """The same of start + step·x: another scale, or another direction. The worst fifth is not carried over."""
        ends = (self.p10, self.p50, self.p90) if step > 0.0 else (self.p90, self.p50, self.p10)
        return Summary(*(row.read(start, step) for row in (self.mean, *ends)))


def mixed(values: Floats, weights: Floats) -> Floats:
    """(N,) expectation over futures of values (S, N) in every draw."""
    if len(values) == 1:
        return np.asarray(values[0])
    out = np.zeros(values.shape[1])
    for row, p in zip(values, weights.tolist(), strict=True):  # in order: the same sum on every machine
        out += p * row
    return out


def wilson(share: float, count: int, z: float = Z95) -> Chance:
    """Wilson's interval for a share of ``count`` draws: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)."""
    near = 1.0 + z * z / count
    middle = (share + z * z / (2.0 * count)) / near
    half = z * math.sqrt(share * (1.0 - share) / count + (z / (2.0 * count)) ** 2) / near
    low = 0.0 if share <= 0.0 else max(middle - half, 0.0)
    high = 1.0 if share >= 1.0 else min(middle + half, 1.0)
    return Chance(share, min(low, share), max(high, share))


def rank_interval(share: float, count: int, z: float = Z95) -> tuple[int, int]:
    """Ranks (from 1) of the order statistics that enclose a quantile: np ± z√(np(1−p)). P10 of 10,000: 942 to 1,059."""
    middle, half = share * count, z * math.sqrt(count * share * (1.0 - share))
    return max(math.floor(middle - half) + 1, 1), min(math.ceil(middle + half), count)


def quantiles(ordered: Sequence[Floats], weights: Floats, shares: Floats) -> Floats:
    """Smallest x with Σ π_s F_s(x) ≥ share, for each share; ``ordered``: one sorted array (N,) per future."""
    if len(ordered) == 1:
        count = len(ordered[0])
        ranks = np.ceil(np.asarray(shares) * count * (1.0 - _EXACT)).astype(np.int64)
        return np.asarray(ordered[0][np.clip(ranks - 1, 0, count - 1)], dtype=np.float64)
    parts = [(part, p / len(part)) for part, p in zip(ordered, weights.tolist(), strict=True) if p > 0.0]
    alone = [quantiles([part], weights, shares) for part, _ in parts]
    low, high = np.nextafter(np.min(alone, axis=0), -np.inf), np.max(alone, axis=0)
    wanted = np.asarray(shares) * (1.0 - _EXACT)
    while True:  # F(low) < wanted ≤ F(high)
        after = np.min([_next(part, low) for part, _ in parts], axis=0)
        last = np.max([_last(part, high) for part, _ in parts], axis=0)
        if np.all(after >= last):
            return np.asarray(after, dtype=np.float64)
        middle = low + (last - low) / 2.0
        enough = sum(p * np.searchsorted(part, middle, side="right") for part, p in parts) >= wanted
        low, high = np.where(enough, low, middle), np.where(enough, middle, last)


def _next(part: Floats, low: Floats) -> Floats:
    """The smallest sample above each bound; inf where there is none."""
    places = np.searchsorted(part, low, side="right")
    return np.where(places < len(part), part[np.minimum(places, len(part) - 1)], np.inf)


def _last(part: Floats, high: Floats) -> Floats:
    """The largest sample not above each bound; −inf where there is none."""
    places = np.searchsorted(part, high, side="right")
    return np.where(places > 0, part[np.maximum(places - 1, 0)], -np.inf)


def summary(
    values: Floats,
    weights: Floats,
    ordered: Sequence[Floats] | None = None,
    tail: bool = False,
    heavy: bool = False,
    unseen: Floats | None = None,
) -> Summary:
    """Everything about a sample (S, N); ``ordered`` where it is sorted already, ``tail`` for the worst fifth.

    ``heavy``: the draws have no finite variance, so that no sample tells the error of their mean. ``unseen`` (S, M):
    what of that error the draws do not see (``tails.Unseen.swings``).
    """
    used = np.flatnonzero(weights)
    more = np.zeros(0) if unseen is None else weights[used] @ unseen[used]
    values, weights = values[used], weights[used]
    ordered = [np.sort(row) for row in values] if ordered is None else [ordered[s] for s in used.tolist()]
    pooled = mixed(values, weights)
    count = values.shape[1]
    se = None if heavy else math.hypot(mean_error(pooled), *more.tolist())
    mean = _estimate(float(np.mean(pooled)), se, _sureness(count))
    ranks = [rank_interval(share, count) for share in SHARES]
    shares = np.array([*SHARES, *(rank / count for pair in ranks for rank in pair)])
    found = quantiles(ordered, weights, shares).tolist()
    p10, p50, p90 = (_quantile(found[k], *found[3 + 2 * k : 5 + 2 * k]) for k in range(3))
    worse = None
    if tail:
        worse = _worst(values, weights, ordered, None if heavy else np.minimum(more, 0.0))
    return Summary(mean, p10, p50, p90, worse)


def _quantile(value: float, low: float, high: float) -> Estimate:
    """A quantile between the order statistics of its ranks; its error is that of the side where draws are thinner."""
    return Estimate(value, max(value - low, high - value) / Z95, low, high)


def certain(values: Floats, weights: Floats) -> Summary:
    """What is known in each future (S,): no draw adds an error."""
    ordered = [np.array([value]) for value in values]
    mean = float(np.sum(weights * values))
    found = [mean, *quantiles(ordered, weights, np.array(SHARES)).tolist()]
    return Summary(*(Estimate(value + 0.0, 0.0, value + 0.0, value + 0.0) for value in found))


def _estimate(value: float, se: float | None, z: float = Z95) -> Estimate:
    spread = math.inf if se is None else z * se
    return Estimate(value + 0.0, se, value - spread, value + spread)


def _sureness(count: int) -> float:
    """Half width of a 95 % interval in standard errors: a few replicates know theirs less well (Student's t)."""
    if count > LATIN:
        return Z95
    return T95_SLICED if len(slices(count)) > REPLICATES else T95


def mean_error(values: Floats) -> float:
    """Standard error of the mean of draws (N,): from ten hypercubes up to 10,000 draws, s/√N beyond (model §5).

    sd of the replicates' means / √10, or of their slices' means / √100 where that is more: a slice is a hypercube too,
    a smaller one, so that a hundred err to the safe side.
    """
    count, size = len(values), float(np.max(np.abs(values)))
    if not 0.0 < size < math.inf:
        return 0.0
    if count > LATIN:
        return size * float(np.std(values / size, ddof=1)) / math.sqrt(count)
    return max(_spread_of_means(values / size, parts) for parts in {replicates(count), slices(count)}) * size


def _spread_of_means(values: Floats, parts: tuple[int, ...]) -> float:
    """sd of the means of parts that follow each other / √(their number)."""
    if len(set(parts)) == 1:
        means = values.reshape(len(parts), parts[0]).mean(axis=1)
    else:
        ends = np.cumsum(parts)[:-1]
        means = np.array([float(np.mean(part)) for part in np.split(values, ends)])
    return float(np.std(means, ddof=1)) / math.sqrt(len(parts))


def worst(ordered: Sequence[Floats], weights: Floats, share: float = TAIL) -> float:
    """CVaR: mean of the worst ``share`` of a sorted sample, the last draw counted in part (Rockafellar & Uryasev).

    max over η of η − E[(η − V)⁺]/share, reached at the quantile: ten equal values, share ¼: two and a half of them.
    """
    edge = float(quantiles(ordered, weights, np.array([share]))[0])
    short = 0.0
    for part, p in zip(ordered, weights.tolist(), strict=True):
        below = part[: int(np.searchsorted(part, edge))]
        short += p * float(np.sum(edge - below, dtype=np.float64)) / len(part)
    return edge - short / share


def _worst(values: Floats, weights: Floats, ordered: Sequence[Floats], unseen: Floats | None) -> Estimate:
    """CVaR and its error: that of the mean shortfall below the quantile, over ``TAIL``, and of what is ``unseen`` (M,).

    ``unseen`` None: no sample tells.
    """
    found = worst(ordered, weights)
    if unseen is None:
        return _estimate(found, None)
    edge = float(quantiles(ordered, weights, np.array([TAIL]))[0])
    short = mixed(np.maximum(edge - values, 0.0), weights)
    se = math.hypot(mean_error(short), *unseen.tolist()) / TAIL
    return _estimate(found, se, _sureness(values.shape[1]))


def chance(hits: Bools, weights: Floats) -> Chance:
    """The probability of something that happened or not in every draw (S, N)."""
    return wilson(float(np.sum(weights * np.mean(hits, axis=1))), hits.shape[1])


def difference(first: Floats, second: Floats, weights: Floats) -> Estimate:
    """Mean of first − second, both (S, N) from the same uniforms, with the error of the paired draws."""
    paired = mixed(first - second, weights)
    return _estimate(float(np.mean(paired)), mean_error(paired), _sureness(len(paired)))
