"""The metalog distribution from three percentiles, so that what a room says is what is drawn (model.md §3.3).

Keelin, *The Metalog Distributions*, Decision Analysis 13(4), 2016: three terms, four cases of bounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodlead_desktop.domain.numerals import number
from prodlead_desktop.errors import BadInput

Floats = NDArray[np.float64]
CLIP = 1e-12  # uniforms are kept this far from 0 and 1 (model §10)
RATIO_LIMIT = 1.66711  # 1 / max |(y−½) + y(1−y) ln(y/(1−y))|
FINITE_VARIANCE, FINITE_MEAN = 0.5, 1.0  # limits of the tail index
_REACH, _STEP = 40.0, 0.4  # 201 points in the logit
_BIG = 700.0


def logit(y: Floats) -> Floats:
    """ln(y / (1−y)) of probabilities of any shape, clipped to [1e−12, 1 − 1e−12]."""
    inside = np.clip(np.asarray(y, dtype=np.float64), CLIP, 1.0 - CLIP)
    return np.log(inside) - np.log1p(-inside)


def integrate(at_logit: Callable[[Floats], Floats], reach: float = _REACH) -> float:
    """E[Q(Y)] for Y uniform, by the trapezoid in s = logit y on ±``reach``: 201 points for the usual ±40 (§3.3).

    ``at_logit`` gives Q at each s, shape (n,).
    """
    points, weights = quadrature(reach)
    return float(at_logit(points) @ weights)


def quadrature(reach: float = _REACH) -> tuple[Floats, Floats]:
    """Points s, shape (n,), and their weights y(1−y)·step, Σ = 1 to 1e−15."""
    count = round(reach / _STEP)
    points = np.arange(-count, count + 1, dtype=np.float64) * _STEP
    small = np.exp(-np.abs(points))
    weights = small / (1.0 + small) ** 2 * _STEP
    return points, np.asarray(weights / weights.sum(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Metalog:
    """M(y) = a1 + a2·logit y + a3·(y−½)·logit y, carried to the bounds by exp or a logistic."""

    a1: float
    a2: float
    a3: float
    low: float | None = None
    high: float | None = None

    @property
    def feasible(self) -> bool:
        """Whether the quantile function rises everywhere: a2 > 0 and |a3|/a2 < 1.66711."""
        return self.a2 > 0.0 and abs(self.a3) < RATIO_LIMIT * self.a2

    @property
    def tail_index(self) -> float:
        """How heavy the open tail of a semi-bounded metalog is; the k-th moment exists iff k·index < 1. Else 0."""
        if self.low is not None and self.high is None:
            return self.a2 + self.a3 / 2.0
        if self.high is not None and self.low is None:
            return self.a2 - self.a3 / 2.0
        return 0.0

    def quantile(self, y: Floats) -> Floats:
        """Q(y), any shape, in the unit of the percentiles; y is clipped to [1e−12, 1 − 1e−12]."""
        return self.at_logit(logit(y))

    def at_logit(self, s: Floats) -> Floats:
        """Q at y = 1/(1+e^−s), any shape, in the unit of the percentiles."""
        return self._carried(self._metalog(np.asarray(s, dtype=np.float64)))

    def cdf(self, x: Floats) -> Floats:
        """P(X ≤ x), any shape, by bisection in the logit to 1e−12; 0 and 1 outside the bounds."""
        values = np.asarray(x, dtype=np.float64)
        below = np.full(values.shape, -_REACH)
        above = np.full(values.shape, _REACH)
        for _ in range(64):
            middle = (below + above) / 2.0
            under = self.at_logit(middle) < values
            below = np.where(under, middle, below)
            above = np.where(under, above, middle)
        found = 1.0 / (1.0 + np.exp(-(below + above) / 2.0))
        if self.low is not None:
            found = np.where(values <= self.low, 0.0, found)
        return np.asarray(np.where(values >= self.high, 1.0, found) if self.high is not None else found)

    def mean(self) -> float:
        """E[X]: a1 + a3/2 unbounded, else quadrature (6+ digits). BadInput where the tail has no mean (§3.3)."""
        if self.low is None and self.high is None:
            return self.a1 + self.a3 / 2.0
        if self.tail_index >= FINITE_MEAN:
            raise BadInput(
                "With these percentiles and only one bound the average is infinite.",
                "State the other bound: the natural limit, or the highest or lowest value possible.",
            )
        if self.tail_index > 0.0:  # a power law: integrate as far out as it matters
            return self._bound() + self._sign() * self._exponential_moment(1.0)
        return integrate(self.at_logit)

    def variance(self) -> float:
        """Var[X]; inf where the tail index is ½ or more."""
        if self.low is None and self.high is None:
            return (math.pi * self.a2) ** 2 / 3.0 + self.a3**2 * (1.0 / 12.0 + math.pi**2 / 36.0)
        if self.tail_index >= FINITE_VARIANCE:
            return math.inf
        if self.tail_index > 0.0:
            return self._exponential_moment(2.0) - self._exponential_moment(1.0) ** 2
        mean = self.mean()
        return integrate(lambda s: (self.at_logit(s) - mean) ** 2)

    def _metalog(self, s: Floats) -> Floats:
        return self.a1 + self.a2 * s + self.a3 * np.tanh(s / 2.0) / 2.0 * s

    def _carried(self, m: Floats) -> Floats:
        if self.low is None and self.high is None:
            return m
        m = np.clip(m, -_BIG, _BIG)
        if self.low is not None and self.high is not None:
            return self.low + (self.high - self.low) / (1.0 + np.exp(-m))
        return self._bound() + self._sign() * np.exp(self._sign() * m)

    def _bound(self) -> float:
        bound = self.low if self.low is not None else self.high
        assert bound is not None
        return bound

    def _sign(self) -> float:
        return 1.0 if self.low is not None else -1.0

    def _exponential_moment(self, power: float) -> float:
        reach = min(_REACH / (1.0 - power * self.tail_index), 1e5)
        points, _ = quadrature(reach)
        size = np.abs(points)
        log_weight = -size - 2.0 * np.log1p(np.exp(-size))
        exponent = power * self._sign() * self._metalog(points) + log_weight
        return float(np.exp(np.minimum(exponent, _BIG)).sum() * _STEP)


def fit(
    values: tuple[float, float, float],
    low: float | None = None,
    high: float | None = None,
    at: tuple[float, float, float] = (0.1, 0.5, 0.9),
) -> Metalog:
    """The metalog through three (percentile, value) pairs; look at ``feasible`` before drawing from it.

    Any increasing probabilities ``at`` will do: the 3×3 system ``[1, logit p, (p−½) logit p] a = z`` is solved.
    BadInput when the values fall, or touch or pass a bound.
    """
    if not values[0] <= values[1] <= values[2]:
        raise BadInput("The percentiles are out of order.", "The pessimistic end comes first.")
    if low is not None and values[0] <= low:
        raise BadInput(f"The lowest percentile is not above the lowest possible value {number(low)}.")
    if high is not None and values[2] >= high:
        raise BadInput(f"The highest percentile is not below the highest possible value {number(high)}.")
    p = np.asarray(at, dtype=np.float64)
    s = logit(p)
    rows = np.stack([np.ones(3), s, (p - 0.5) * s], axis=1)
    a1, a2, a3 = np.linalg.solve(rows, [_carried_back(value, low, high) for value in values]).tolist()
    return Metalog(a1, a2, a3, low, high)


def _carried_back(value: float, low: float | None, high: float | None) -> float:
    if low is not None and high is not None:
        return math.log(value - low) - math.log(high - value)
    if low is not None:
        return math.log(value - low)
    return -math.log(high - value) if high is not None else value
