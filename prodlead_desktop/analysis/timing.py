"""When an effect is there and when money is due: quarters from dates, delay, ramp and decay (model.md §3.4)."""

from __future__ import annotations

import calendar
import datetime
import functools
import math
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.distributions import Distribution
from prodlead_desktop.analysis.metalog import Floats

_LN2 = math.log(2.0)
_EXACT = 1e-9
_MIDDLES = (np.arange(4096) + 0.5) / 4096
_TAIL = 2.0 ** -np.arange(6.0, 40.0, 0.125)
_ENDS = np.unique(
    np.concatenate([_TAIL, np.arange(1, 4096) / 4096, 1.0 - _TAIL])
)  # denser where delays are long

_AT_ONCE = 1e-9  # quarters; a shorter ramp is a step


@dataclass(frozen=True, slots=True)
class Timing:
    """Delay and ramp after the start, and half-life once full, all in quarters; ``delay_spread`` when uncertain."""

    delay: float = 0.0
    ramp: float = 0.0
    half_life: float | None = None
    delay_spread: Distribution | None = None

    @property
    def settled_after(self) -> float:
        """Quarters after the start from which nothing changes any more; inf when it decays or may come late."""
        if self.half_life is not None or self.delay_spread is not None:
            return math.inf
        return self.delay + self.ramp


def quarters_between(start: datetime.date, deadline: datetime.date, precision: str | None) -> float:
    """Quarters from plan start to the *end* of the day, month or calendar quarter ``deadline`` lies in (§1.1)."""
    year, month, day = deadline.year, deadline.month, deadline.day
    if precision == "quarter":
        month = (month - 1) // 3 * 3 + 3
    if precision in ("month", "quarter"):
        day = calendar.monthrange(year, month)[1]
    return (_months(year, month, day) - _months(start.year, start.month, start.day - 1)) / 3.0


def _months(year: int, month: int, day: int) -> float:
    """Months since year 0 at the end of a day."""
    return year * 12 + month - 1 + day / calendar.monthrange(year, month)[1]


def arrived(timing: Timing, start: float, begin: float, end: float | None = None) -> float:
    """ρ: expected share of the full effect that is there at ``begin``, or on average between ``begin`` and ``end``.

    ρ(t) = clip((t − start − delay) / ramp, 0, 1), ramp 0 = step, then × 2^(−(t − t_full) / half_life) (§3.4).
    ``begin`` = inf gives 1 (no deadline). An uncertain delay is averaged over: for a moment as spread evenly between
    some 4,600 of its quantiles, for a time, which has no jumps, as 4,096 equally likely ones.
    """
    if begin == math.inf:
        return 1.0
    spread = timing.delay_spread
    if end is None or end <= begin:
        if spread is not None:
            return _expected(timing, begin - start, spread)
        return float(arrived_since(timing, np.array([begin - start - timing.delay])).mean())
    delay = np.array([timing.delay]) if spread is None else _delays(spread)
    return float(arrived_during(timing, begin - start - delay, end - begin).mean())


@functools.lru_cache(maxsize=1024)
def _delays(spread: Distribution) -> Floats:
    """Equally likely delays, none below 0, (4096,); not to be changed."""
    return np.maximum(spread.quantile(_MIDDLES), 0.0)


@functools.lru_cache(maxsize=1024)
def _ranges(spread: Distribution) -> tuple[Floats, Floats]:
    """Delays (n + 1,), rising from 0 on, and how likely it is to be between two that follow each other, (n,)."""
    found, shares = spread.quantile(_ENDS), _ENDS
    below = int(np.searchsorted(found, 0.0))
    if 0 < below < len(found):
        place = float(np.interp(0.0, found[below - 1 : below + 1], _ENDS[below - 1 : below + 1]))
        found, shares = np.insert(found, below, 0.0), np.insert(_ENDS, below, place)
    chances = np.diff(shares)
    return np.maximum(found, 0.0), np.asarray(chances / chances.sum())


def _expected(timing: Timing, after: float, spread: Distribution) -> float:
    """ρ ``after`` so many quarters from the start, on average over a delay that lies evenly within each range."""
    delays, chances = _ranges(spread)
    width, whole = np.diff(delays), _accrued(timing, after - delays)
    at, there = arrived_since(timing, after - delays), width > _AT_ONCE
    inside = (whole[:-1] - whole[1:]) / np.where(there, width, 1.0)
    return float(np.where(there, inside, (at[:-1] + at[1:]) / 2.0) @ chances)


def arrived_since(timing: Timing, since: Floats) -> Floats:
    """ρ at ``since`` quarters after the end of the delay, any shape: for draws of an uncertain delay."""
    since = np.asarray(since, dtype=np.float64)
    if timing.ramp > _AT_ONCE:
        out = np.clip(since / timing.ramp, 0.0, 1.0)
    else:  # a step is there at its very moment, whatever a sum of decimals comes to
        out = (since >= -_EXACT).astype(np.float64)
    if timing.half_life is not None:
        out = out * np.exp2(-np.maximum(since - timing.ramp, 0.0) / timing.half_life)
    return np.asarray(out)


def arrived_during(timing: Timing, since: Floats, length: float) -> Floats:
    """ρ on average over ``length`` quarters from ``since`` after the end of the delay, any shape."""
    return np.asarray((_accrued(timing, since + length) - _accrued(timing, since)) / length)


def _accrued(timing: Timing, since: Floats) -> Floats:
    """∫ρ from the end of the delay, (n,)."""
    rising = np.clip(since, 0.0, timing.ramp)
    out = rising * rising / (2.0 * timing.ramp) if timing.ramp > _AT_ONCE else np.zeros(since.shape)
    full = np.maximum(since - timing.ramp, 0.0)
    if timing.half_life is not None:
        full = -np.expm1(-full / timing.half_life * _LN2) * (timing.half_life / _LN2)
    return np.asarray(out + full)


@functools.lru_cache(maxsize=4096)
def by_quarter(profile: tuple[float, ...], start: float) -> tuple[float, ...]:
    """Shares due in quarters 0, 1, … from plan start when ``profile`` counts from ``start`` (≥ 0).

    A fractional start splits each share linearly between two quarters; the sum stays the same.
    """
    whole = math.floor(start)
    part = start - whole
    out = [0.0] * (whole + len(profile) + (part > 0.0))
    for offset, share in enumerate(profile):
        out[whole + offset] += share * (1.0 - part)
        if part > 0.0:
            out[whole + offset + 1] += share * part
    return tuple(out)
