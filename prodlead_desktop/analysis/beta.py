"""The incomplete beta function and its inverse, so that PERT needs no scipy (model.md §3.3)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_TINY = 1e-300
_ROUNDS = 200
_EXACT = 4e-16  # of a probability: two steps of its last digit


def cdf(x: Floats, a: float, b: float) -> Floats:
    """Regularised incomplete beta I_x(a, b) for 0 ≤ x ≤ 1, any shape; a, b ≥ 1.

    Lentz's continued fraction (Press et al., *Numerical Recipes*, §6.4), on the side where it converges fast.
    """
    x = np.asarray(x, dtype=np.float64)
    flipped = x > (a + 1.0) / (a + b + 2.0)
    found = np.empty(x.shape)
    found[~flipped] = _lower(x[~flipped], a, b)
    found[flipped] = 1.0 - _lower(1.0 - x[flipped], b, a)
    return found


def quantile(y: Floats, a: float, b: float) -> Floats:
    """x with I_x(a, b) = y, any shape, to 1e−12; a, b ≥ 1. Newton steps kept inside a shrinking bracket.

    Only what is not found yet is looked at again: the far ends take many more steps than the rest.
    """
    wanted = np.asarray(y, dtype=np.float64)
    grid = np.sin(np.linspace(0.0, math.pi / 2.0, 257)) ** 2
    found = np.interp(wanted.ravel(), cdf(grid, a, b), grid)
    left, y, x = np.arange(found.size), wanted.ravel(), found.copy()
    low, high = np.zeros(y.shape), np.ones(y.shape)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(_ROUNDS):
        error = cdf(x, a, b) - y
        low, high = np.where(error < 0.0, x, low), np.where(error > 0.0, x, high)
        inside = np.clip(x, _TINY, 1.0 - 1e-16)
        density = np.exp(scale + (a - 1.0) * np.log(inside) + (b - 1.0) * np.log1p(-inside))
        step = x - error / np.maximum(density, _TINY)
        better = np.where((step > low) & (step < high), step, (low + high) / 2.0)
        exact = np.abs(error) <= _EXACT * y
        found[left] = better = np.where(exact, x, better)
        more = ~exact & (np.abs(better - x) >= 1e-13)
        if not more.any():
            break
        left, y, x, low, high = left[more], y[more], better[more], low[more], high[more]
    return np.asarray(found.reshape(wanted.shape), dtype=np.float64)


def _lower(x: Floats, a: float, b: float) -> Floats:
    with np.errstate(divide="ignore"):
        front = np.exp(
            math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * np.log(x) + b * np.log1p(-x)
        )
    c = np.ones(x.shape)
    d = 1.0 / _apart(1.0 - (a + b) * x / (a + 1.0))
    h = d.copy()
    for m in range(1, _ROUNDS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / _apart(1.0 + even * d)
        c = _apart(1.0 + even / c)
        h = h * (d * c)
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / _apart(1.0 + odd * d)
        c = _apart(1.0 + odd / c)
        step = d * c
        h = h * step
        if np.all(np.abs(step - 1.0) < 1e-15):
            break
    return np.asarray(front * h / a)


def _apart(value: Floats) -> Floats:
    """A value kept away from zero."""
    return np.where(np.abs(value) < _TINY, _TINY, value)
