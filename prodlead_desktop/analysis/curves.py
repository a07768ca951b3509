"""Response curves solved from what a room can answer, never from typed parameters (model.md §3.2; Little 1970)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from prodlead_desktop.domain.numerals import number
from prodlead_desktop.errors import BadInput

Floats = NDArray[np.float64]
LEAST_PRICE = 1e-9  # minor units: no full cost counts as less, however cheap the work is drawn
_LN2 = math.log(2.0)
_MOST_EXPONENT = 230.0  # e^230 = 1e100: a curve that rises ever faster is not followed further
_ASK_AGAIN = "Ask again, or take a straight line up to the planned money."


class Curve(Protocol):
    """Share of the planned effect by share ``u`` of the planned money; 0 at 0, 1 at 1."""

    def share(self, u: Floats) -> Floats:
        """s(u) ≥ 0 for u ≥ 0, any shape."""

    @property
    def ceiling(self) -> float:
        """s with unlimited money; inf when it never levels off."""

    @property
    def inflection(self) -> float | None:
        """u where the curve is steepest, if it is S-shaped."""

    @property
    def zone(self) -> float | None:
        """u_t: up to here the average return still rises, so fund past this point or not at all; None = no zone."""


@dataclass(frozen=True, slots=True)
class Linear:
    """s(u) = min(u, 1): every euro counts the same, no credit beyond the plan."""

    ceiling: float = 1.0
    inflection: None = None
    zone: None = None

    def share(self, u: Floats) -> Floats:
        """min(u, 1) at shares u of the planned money, any shape."""
        return np.minimum(np.asarray(u, dtype=np.float64), 1.0)


@dataclass(frozen=True, slots=True)
class Exponential:
    """s(u) = (1 − q^u)/(1 − q): levels off for q < 1; rises ever faster for q > 1."""

    q: float
    inflection: None = None

    def share(self, u: Floats) -> Floats:
        """(1 − q^u)/(1 − q) at shares u of the planned money, any shape."""
        log_q = math.log(self.q)
        return _exponential(np.asarray(u, dtype=np.float64), log_q, math.expm1(log_q))

    @property
    def ceiling(self) -> float:
        """1/(1 − q) = h²/(2h − 1)."""
        return 1.0 / (1.0 - self.q) if self.q < 1.0 else math.inf

    @property
    def zone(self) -> float | None:
        """The whole planned range where the curve is convex."""
        return None if self.q < 1.0 else 1.0


@dataclass(frozen=True, slots=True)
class Hill:
    """s(u) = V·uⁿ/(A + uⁿ), A = Kⁿ."""

    n: float
    a: float
    v: float

    def share(self, u: Floats) -> Floats:
        """V·uⁿ/(A + uⁿ), computed as V/(1 + A/uⁿ), so that no power overflows."""
        return _hill(np.asarray(u, dtype=np.float64), self.n, math.log(self.a), self.v)

    @property
    def k(self) -> float:
        """K = A^(1/n): the money that buys half of the ceiling; inf where that is beyond all numbers."""
        exponent = math.log(self.a) / self.n
        return math.exp(exponent) if exponent < 700.0 else math.inf

    @property
    def ceiling(self) -> float:
        """V."""
        return self.v

    @property
    def inflection(self) -> float | None:
        """K((n−1)/(n+1))^(1/n) for n > 1."""
        return self.k * ((self.n - 1.0) / (self.n + 1.0)) ** (1.0 / self.n) if self.n > 1.0 else None

    @property
    def zone(self) -> float | None:
        """u_t = K(n−1)^(1/n), where the tangent from the origin touches and s = V(n−1)/n."""
        return self.k * (self.n - 1.0) ** (1.0 / self.n) if self.n > 1.0 else None


@dataclass(frozen=True, slots=True)
class Step:
    """Nothing below ``least`` (a share of the planned money), ``inner`` from there on: money is semi-continuous."""

    least: float
    inner: Linear | Exponential | Hill

    def share(self, u: Floats) -> Floats:
        """0 below ``least``, else the inner curve, at shares u of the planned money, any shape."""
        u = np.asarray(u, dtype=np.float64)
        return np.where(u < self.least * (1.0 - 1e-12), 0.0, self.inner.share(u))

    @property
    def ceiling(self) -> float:
        """That of the inner curve."""
        return self.inner.ceiling

    @property
    def inflection(self) -> float | None:
        """That of the inner curve."""
        return self.inner.inflection

    @property
    def zone(self) -> float | None:
        """``least``, or the inner curve's zone where that reaches further."""
        return max(self.least, self.inner.zone or 0.0)


class Curves:
    """Many curves, read together: one call of numpy for all of a kind."""

    def __init__(self, curves: Sequence[Curve]) -> None:
        self._curves = tuple(curves)
        inner = [curve.inner if isinstance(curve, Step) else curve for curve in curves]
        self._least = np.array(
            [curve.least * (1.0 - 1e-12) if isinstance(curve, Step) else 0.0 for curve in curves]
        )
        self._kind = np.array([_KINDS.get(type(curve), _OTHER) for curve in inner], dtype=np.int64)
        self._kinds = sorted(set(self._kind.tolist()))
        self._first, self._second, self._third = np.zeros((3, len(inner)))
        for k, curve in enumerate(inner):
            if isinstance(curve, Hill):
                self._first[k], self._second[k], self._third[k] = curve.n, math.log(curve.a), curve.v
            elif isinstance(curve, Exponential):
                self._first[k], self._second[k] = math.log(curve.q), math.expm1(math.log(curve.q))

    def share(self, u: Floats, which: NDArray[np.int64]) -> Floats:
        """s(u) ≥ 0 at shares u ≥ 0 of the planned money (n, …) of the curves ``which`` (n,); as ``Curve.share``."""
        out, kind = np.empty(u.shape), self._kind[which]
        for one in self._kinds:
            mine = slice(None) if len(self._kinds) == 1 else np.flatnonzero(kind == one)
            at, rows = u[mine], which[mine]
            out[mine] = self._of_kind(one, at, rows)
        if self._least.any():
            out[u < self._least[which].reshape(-1, *(1,) * (u.ndim - 1))] = 0.0
        return out

    def _of_kind(self, kind: int, u: Floats, which: NDArray[np.int64]) -> Floats:
        if kind == _KINDS[Linear]:
            return np.minimum(u, 1.0)
        first, second, third = (
            row[which].reshape(-1, *(1,) * (u.ndim - 1)) for row in (self._first, self._second, self._third)
        )
        if kind == _KINDS[Exponential]:
            return _exponential(u, first, second)
        if kind == _KINDS[Hill]:
            return _hill(u, first, second, third)
        rows = [self._curves[k].share(row) for k, row in zip(which.tolist(), u, strict=True)]
        return np.stack(rows) if rows else np.zeros(u.shape)


def _exponential(u: Floats, log_q: Floats | float, whole: Floats | float) -> Floats:
    return np.asarray(np.expm1(np.minimum(u * log_q, _MOST_EXPONENT)) / whole)


def _hill(u: Floats, n: Floats | float, log_a: Floats | float, v: Floats | float) -> Floats:
    with np.errstate(divide="ignore"):
        exponent = log_a - n * np.log(np.maximum(u, 0.0))
    return np.asarray(v / (1.0 + np.exp(np.minimum(exponent, 700.0))) * (u > 0.0))


_KINDS: dict[type, int] = {Linear: 0, Exponential: 1, Hill: 2}
_OTHER = 3  # asked one by one


def exponential(half: float) -> Linear | Exponential:
    """From "what share of the effect do we keep with half the money?": q = ((1−h)/h)².

    h = ½ is the straight line; h < ½ is convex (say so: see ``caution``). BadInput unless 0 < h < 1.
    """
    _share_of_half(half)
    if math.isclose(half, 0.5, rel_tol=0.0, abs_tol=1e-9):
        return Linear()
    return Exponential(((1.0 - half) / half) ** 2)


def hill_from_ceiling(half: float, times: float) -> Hill:
    """From the half share h and "with unlimited money, how many times the planned effect?" g.

    n = log2[(g−h)/(h(g−1))], A = g−1, V = g. BadInput unless 0 < h < 1 < g.
    """
    _share_of_half(half)
    if not times > 1.0:
        raise BadInput(
            f"Unlimited money gives {number(times)} times the planned effect; no S-curve levels off there.",
            "It must be more than 1: the planned money already gives 1.",
        )
    above_one = times * (1.0 - half) / (half * (times - 1.0))  # (g−h)/(h(g−1)) − 1
    return Hill(math.log1p(above_one) / _LN2, times - 1.0, times)


def hill_from_double(half: float, double: float) -> Hill:
    """From the half share h and "with double the money, how many times?" d.

    t = (1−h)d/(h(d−1)), n = log2 t, A = (1−h)/(ht−1), V = A+1. BadInput unless 0 < h < 1 < d and h·d < 1.
    """
    _share_of_half(half)
    if not double > 1.0:
        raise BadInput(
            f"Double the money gives {number(double)} times the planned effect; more money must give more.",
            _ASK_AGAIN,
        )
    if half * double >= 1.0:
        raise BadInput(
            f"No S-curve keeps {half:.0%} with half the money and gives {number(double)} times with double: "
            "each doubling would have to help more than the one before it levelled off.",
            _ASK_AGAIN,
        )
    above_one = (half + double * (1.0 - 2.0 * half)) / (half * (double - 1.0))  # t − 1
    a = (1.0 - half) * (double - 1.0) / (1.0 - half * double)
    if above_one <= 0.0:  # only rounding brings it there, where h·d is as good as 1
        raise BadInput(
            f"No S-curve keeps {half:.0%} with half the money and gives {number(double)} times.", _ASK_AGAIN
        )
    return Hill(math.log1p(above_one) / _LN2, a, a + 1.0)


def step(least: float, inner: Linear | Exponential | Hill | None = None) -> Curve:
    """From "below which share of the money do we get nothing?". BadInput unless 0 ≤ least ≤ 1."""
    if not 0.0 <= least <= 1.0:
        raise BadInput("The least money is a share of the full money, from 0 to 100 %.")
    inner = inner or Linear()
    return Step(least, inner) if least > 0.0 else inner


def caution(curve: Curve) -> str | None:
    """What the room should know about a curve; None when nothing."""
    inner = curve.inner if isinstance(curve, Step) else curve
    if isinstance(inner, Exponential) and inner.q > 1.0:
        return "Less than half the effect with half the money: the last euros count most. All or nothing."
    return None


def _share_of_half(half: float) -> None:
    if not 0.0 < half < 1.0:
        raise BadInput(
            f"With half the money we keep {half:.0%} of the effect: no curve does that.",
            "It must lie between 0 and 100 %, both excluded.",
        )
