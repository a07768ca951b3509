"""What an uncertain number can be, and which form three percentiles take (model.md §3.3)."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from prodlead_desktop.analysis import beta
from prodlead_desktop.analysis.metalog import (
    CLIP,
    FINITE_MEAN,
    FINITE_VARIANCE,
    Floats,
    Metalog,
    fit,
    integrate,
    logit,
)
from prodlead_desktop.errors import BadInput

LN9 = math.log(9.0)


class Distribution(Protocol):
    """Anything that can be drawn by inverse transform; values are in the unit of what was asked."""

    def quantile(self, y: Floats) -> Floats:
        """Q(y) for probabilities of any shape, clipped to [1e−12, 1 − 1e−12]."""

    def mean(self) -> float:
        """The expectation; BadInput where there is none."""

    def __hash__(self) -> int:
        """By its numbers."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number nobody is unsure about."""

    value: float

    def quantile(self, y: Floats) -> Floats:
        """The value, in the shape of ``y``."""
        return np.full(np.shape(y), self.value)

    def mean(self) -> float:
        """The value."""
        return self.value

    def variance(self) -> float:
        """None at all."""
        return 0.0


@dataclass(frozen=True, slots=True)
class TwoPiece:
    """Two halves of logistics that meet at P50: honours any P10 ≤ P50 ≤ P90; cut off at the bounds if there are any."""

    p10: float
    p50: float
    p90: float
    low: float | None = None
    high: float | None = None

    def quantile(self, y: Floats) -> Floats:
        """q50 + (q50−q10)·logit(y)/ln 9 below the middle, (q90−q50) above, for y of any shape."""
        s = logit(y)
        slope = np.where(s < 0.0, self.p50 - self.p10, self.p90 - self.p50) / LN9
        found = self.p50 + slope * s
        if self.low is None and self.high is None:
            return np.asarray(found)
        return np.asarray(np.clip(found, self.low, self.high))

    def mean(self) -> float:
        """q50 + (q90 − 2 q50 + q10)·ln 2/ln 9, corrected for what the bounds cut off (∫F of a logistic is ln(1+eˢ))."""
        down, up = (self.p50 - self.p10) / LN9, (self.p90 - self.p50) / LN9
        found = self.p50 + (up - down) * math.log(2.0)
        if self.low is not None and down > 0.0:
            found += down * math.log1p(math.exp((self.low - self.p50) / down))
        if self.high is not None and up > 0.0:
            found -= up * math.log1p(math.exp((self.p50 - self.high) / up))
        return found


@dataclass(frozen=True, slots=True)
class Triangular:
    """Least, most likely, most."""

    low: float
    mode: float
    high: float

    def quantile(self, y: Floats) -> Floats:
        """a + √(y(b−a)(m−a)) below F(m), else b − √((1−y)(b−a)(b−m)); in shares of b−a, which may be too wide to
        square."""
        y = np.clip(np.asarray(y, dtype=np.float64), CLIP, 1.0 - CLIP)
        width = self.high - self.low
        if width <= 0.0:
            return np.full(y.shape, self.mode)
        rising, falling = (self.mode - self.low) / width, (self.high - self.mode) / width
        below = self.low + width * np.sqrt(y * rising)
        above = self.high - width * np.sqrt((1.0 - y) * falling)
        return np.asarray(np.where(y < rising, below, above))

    def mean(self) -> float:
        """(a + m + b) / 3."""
        return (self.low + self.mode + self.high) / 3.0

    def variance(self) -> float:
        """((b−a)² − (m−a)(b−m)) / 18."""
        return ((self.high - self.low) ** 2 - (self.mode - self.low) * (self.high - self.mode)) / 18.0


@dataclass(frozen=True, slots=True)
class Pert:
    """Least, most likely, most, smoothed: a + (b−a)·Beta(1 + 4(m−a)/(b−a), 1 + 4(b−m)/(b−a))."""

    low: float
    mode: float
    high: float

    @property
    def shapes(self) -> tuple[float, float]:
        """The two parameters of the Beta."""
        width = self.high - self.low
        return 1.0 + 4.0 * (self.mode - self.low) / width, 1.0 + 4.0 * (self.high - self.mode) / width

    def quantile(self, y: Floats) -> Floats:
        """By the inverse of the incomplete beta function, to 1e−9 of the width, for y of any shape."""
        if self.high <= self.low:
            return np.full(np.shape(y), self.mode)
        inside = np.clip(np.asarray(y, dtype=np.float64), CLIP, 1.0 - CLIP)
        return self.low + (self.high - self.low) * beta.quantile(inside, *self.shapes)

    def mean(self) -> float:
        """(a + 4m + b) / 6."""
        return (self.low + 4.0 * self.mode + self.high) / 6.0

    def variance(self) -> float:
        """(μ−a)(b−μ)/7: exact, unlike ((b−a)/6)²."""
        return (self.mean() - self.low) * (self.high - self.mean()) / 7.0


def triangular(low: float, mode: float, high: float) -> Triangular:
    """BadInput unless low ≤ mode ≤ high."""
    _in_order(low, mode, high)
    return Triangular(low, mode, high)


def pert(low: float, mode: float, high: float) -> Pert:
    """BadInput unless low ≤ mode ≤ high."""
    _in_order(low, mode, high)
    return Pert(low, mode, high)


def pert_around(low: float, middle: float, high: float) -> Pert | None:
    """The PERT distribution between two ends with its median at ``middle`` (§3.3): its mode is found by bisection.

    None where there is none: a median lies 12.9 % to 87.1 % of the way. BadInput unless low ≤ middle ≤ high.
    """
    _in_order(low, middle, high)
    half = np.array(0.5)

    def median(share: float) -> float:
        return float(beta.quantile(half, 1.0 + 4.0 * share, 5.0 - 4.0 * share))

    below, above = 0.0, 1.0
    wanted = (middle - low) / (high - low) if high > low else 0.5
    if not median(below) - 1e-9 <= wanted <= median(above) + 1e-9:
        return None
    for _ in range(50):
        mode = (below + above) / 2.0
        below, above = (mode, above) if median(mode) < wanted else (below, mode)
    return Pert(low, low + (high - low) * (below + above) / 2.0, high)


def between(shape: str, low: float, mode: float, high: float) -> Distribution:
    """The distribution of least, most likely and most by the name of its shape, "pert" or "triangular".

    All equal is a fixed number. BadInput unless low ≤ mode ≤ high.
    """
    made = pert(low, mode, high) if shape == "pert" else triangular(low, mode, high)
    return Fixed(mode) if low == high else made


@functools.lru_cache(maxsize=4096)
def percentiles(spread: Distribution) -> tuple[float, float, float]:
    """P10, P50 and P90 of a distribution."""
    p10, p50, p90 = spread.quantile(np.array([0.1, 0.5, 0.9])).tolist()
    return p10, p50, p90


def variance(spread: Distribution) -> float:
    """Its variance; inf where a tail is so long that there is none."""
    known = getattr(spread, "variance", None)
    if known is not None:
        return float(known())
    mean = spread.mean()
    return integrate(lambda s: (spread.quantile(1.0 / (1.0 + np.exp(-s))) - mean) ** 2)


def _in_order(low: float, mode: float, high: float) -> None:
    if not low <= mode <= high:
        raise BadInput("Least, most likely and most are out of order.", "The pessimistic end comes first.")


def from_percentiles(
    p10: float, p50: float, p90: float, low: float | None = None, high: float | None = None
) -> Distribution:
    """The distribution of three percentiles within bounds (§3.3): a metalog where one fits, else two half logistics.

    All equal is a fixed number. An unbounded metalog that is infeasible is tried with lower bound 0 when P10 > 0.
    BadInput when the percentiles fall, or touch or pass a bound.
    """
    first = fit((p10, p50, p90), low, high)  # refuses what is out of order or out of bounds
    if p10 == p90:
        return Fixed(p50)
    if first.feasible:
        return first
    if low is None and p10 > 0.0:
        second = fit((p10, p50, p90), 0.0, high)
        if second.feasible and second.tail_index < FINITE_MEAN:
            return second
    return TwoPiece(p10, p50, p90, low, high)


NAMES: dict[type, str] = {
    Fixed: "fixed", Metalog: "metalog", TwoPiece: "two-piece", Pert: "pert", Triangular: "triangular",
}  # fmt: skip


def caution(spread: Distribution) -> str | None:
    """What the room should know about a distribution before it trusts the numbers; None when nothing."""
    if isinstance(spread, TwoPiece):
        return "No smooth curve goes through these three numbers; two half curves do."
    if isinstance(spread, Metalog) and spread.tail_index >= FINITE_VARIANCE:
        return (
            "The open tail has no finite variance: simulated averages settle slowly. State the other bound."
        )
    return None


def swanson(p10: float, p50: float, p90: float) -> float:
    """Swanson's mean 0.3·P10 + 0.4·P50 + 0.3·P90."""
    return 0.3 * p10 + 0.4 * p50 + 0.3 * p90


def extended_pearson_tukey(p5: float, p50: float, p95: float) -> float:
    """Keefer & Bodily's mean 0.185·P5 + 0.63·P50 + 0.185·P95 (Management Science 1983)."""
    return 0.185 * p5 + 0.63 * p50 + 0.185 * p95
