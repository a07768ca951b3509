"""Money in pieces: curves as straight segments that never cut a true value off, for a bound that stays true (§4.3)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.curves import Curves, Linear, Step
from prodlead_desktop.analysis.problem import AmountRange, Bools, Floats

Function = Callable[[Floats], Floats]  # of money in minor units
_FINE = 400
_EVENLY = np.linspace(0.0, 1.0, _FINE + 1)
_INSIDE = np.linspace(0.0, 1.0, 18)[1:-1]
_SAFETY = 1.05  # for what lies between the sampled points


@dataclass(frozen=True, slots=True)
class Reach:
    """An amount that may be given: between what, what all of its effect costs in minor units, the futures' ``factors``
    on that, and amounts that must be knots where they lie within (``also``)."""

    amounts: AmountRange
    full_cost: float
    factors: Sequence[float]
    also: Sequence[float] = ()


def knots(rows: Sequence[Reach], segments: int, rising: int | None = None) -> list[Floats]:
    """For each of n amounts money (k,) in minor units, from the least to the most, closer together where the curve
    bends.

    ``rising``: how many knots are kept where the return still rises, None: all. There each costs a binary, and at most
    one of many amounts under one budget is best left there.
    """
    ends = np.array(
        [(max(row.amounts.least, 1), row.amounts.most) for row in rows], dtype=np.float64
    ).reshape(-1, 2)
    low, high = ends[:, :1], ends[:, 1:]
    fine = low + (high - low) * _EVENLY
    bend = np.zeros(fine.shape)
    shares = _Shares(rows)
    for share, those in shares.at(fine):
        bend[those, 1:-1] += np.sqrt(np.abs(np.diff(share, 2)))
    bend[:, 0], bend[:, -1] = bend[:, 1], bend[:, -2]
    even = np.maximum(bend.sum(axis=1, keepdims=True), 1e-9) / (_FINE + 1)
    way = np.zeros(fine.shape)
    np.cumsum(bend[:, 1:] + bend[:, :-1] + 0.5 * even, axis=1, out=way[:, 1:])
    wanted = way[:, -1:] * (np.arange(segments + 1) / segments)
    found = np.array([np.interp(*row) for row in zip(wanted, way, fine, strict=True)])
    kept = np.ones(found.shape, dtype=np.bool_)
    if rising is not None:
        values = np.zeros(found.shape)
        for share, those in shares.at(found):
            values[those] += share
        kept = _thinned(found, values, rising)
    return [
        joined(at[mine], [*_kinks(row.amounts, row.full_cost, row.factors), *row.also])
        if row.amounts.most > max(row.amounts.least, 1)
        else np.array([float(max(row.amounts.least, 1))])
        for row, at, mine in zip(rows, found, kept, strict=True)
    ]


class _Shares:
    def __init__(self, rows: Sequence[Reach]) -> None:
        self.curves = Curves([row.amounts.curve for row in rows])
        factors = [sorted(set(row.factors)) for row in rows]
        self.costs = [
            ([r for r, own in enumerate(factors) if k < len(own)],
             np.array([row.full_cost * own[k] for row, own in zip(rows, factors, strict=True) if k < len(own)]))
            for k in range(max(map(len, factors), default=0))
        ]  # fmt: skip

    def at(self, money: Floats) -> Iterator[tuple[Floats, list[int]]]:
        """Shares (m, k) of the effect at money (n, k), and which m rows they belong to, for every different cost."""
        for those, cost in self.costs:
            yield self.curves.share(money[those] / cost[:, None], np.array(those)), those


def _thinned(at: Floats, values: Floats, most: int) -> Bools:
    """(n, k) knots but for all but ``most`` of those in a row at which values (n, k) rise faster than before them."""
    with np.errstate(invalid="ignore"):
        slopes = np.diff(values) / np.diff(at)
    kept = np.ones(at.shape, dtype=np.bool_)
    for row, faster in zip(kept, slopes[:, 1:] > slopes[:, :-1], strict=True):
        places = np.flatnonzero(faster) + 1
        if len(places) > most:
            row[places] = False
            row[places[(np.arange(most) * (len(places) - 1) / max(most - 1, 1)).round().astype(np.int64)]] = (
                True
            )
    return kept


def _kinks(amounts: AmountRange, full_cost: float, factors: Sequence[float]) -> list[float]:
    curve = amounts.curve
    inner = curve.inner if isinstance(curve, Step) else curve
    found = [full_cost]
    if isinstance(inner, Linear):
        found += [full_cost * factor for factor in factors]
    if isinstance(curve, Step):  # where work is dearer the step comes later: a jump between two minor units
        for factor in factors:
            first = float(math.ceil(curve.least * full_cost * factor * (1.0 - 1e-12)))
            found += [first - 1.0, first]
    return found


def around(at: Floats, amount: float) -> list[float]:
    """Further knots about an amount between knots (k,): close to it, and half-way in its piece and in those beside it,
    whose chords lift the ends of its own."""
    if len(at) < 2 or not at[0] <= amount <= at[-1]:
        return []
    place = min(max(int(np.searchsorted(at, amount)), 1), len(at) - 1)
    step = float(at[place] - at[place - 1]) / 8.0
    pieces = range(max(place - 1, 1), min(place + 2, len(at)))
    return [amount - step, amount, amount + step, *(float(at[p] + at[p - 1]) / 2.0 for p in pieces)]


def joined(found: Floats, also: Sequence[float]) -> Floats:
    """(k′,) knots (k,) and further ones within their range, minor units, sorted; those added are at least one unit
    apart and push others away that are closer than a millionth of the range."""
    low, high = float(found[0]), float(found[-1])
    nearest = max((high - low) * 1e-6, 1.0)
    must = {value for value in also if low < value < high}
    kept = {low, high, *must}
    out = [low]
    for value in sorted({*found[1:-1].tolist(), *must, high}):
        apart = 1.0 if value in kept and out[-1] in kept else nearest
        if value - out[-1] >= apart - 1e-9:
            out.append(value)
        elif value in kept and out[-1] not in kept:
            out[-1] = value
        elif value == high:
            out[-1] = high
    return np.asarray(out)


def beyond(function: Function, at: Floats, above: bool) -> Floats:
    """(…, k) values at the knots whose chords never lie below the function (``above``) or never above it.

    Each segment's largest deviation from its chord is found on 16 points inside and added, or taken off, at both ends.
    Knots (…, k), rows that are read at once; a row may end in knots that are the same.
    """
    values = function(at)
    inside = at[..., :-1, None] + np.diff(at)[..., None] * _INSIDE
    chord = values[..., :-1, None] + np.diff(values)[..., None] * _INSIDE
    sign = 1.0 if above else -1.0
    excess = np.maximum((sign * (function(inside) - chord)).max(axis=-1), 0.0) * _SAFETY
    none = np.zeros((*at.shape[:-1], 1))
    lift = np.maximum(np.concatenate([none, excess], axis=-1), np.concatenate([excess, none], axis=-1))
    return np.asarray(values + sign * lift)


def concave(at: Floats, values: Floats) -> Bools:
    """(…,) whether values at knots (…, k) are concave, so that all of them are corners."""
    x, y = np.diff(at), np.diff(values)
    across, up = at[..., 2:] - at[..., :-2], values[..., 2:] - values[..., :-2]
    return np.asarray((y[..., :-1] * across >= up * x[..., :-1]).all(axis=-1))


def corners(at: Floats, values: Floats) -> list[int]:
    """Where the least concave function nowhere below these values touches them: the knots that matter to a mixture."""
    x, y = at.tolist(), values.tolist()
    found: list[int] = []
    for k in range(len(x)):
        while len(found) > 1:
            a, b = found[-2], found[-1]
            if (y[b] - y[a]) * (x[k] - x[a]) >= (y[k] - y[a]) * (x[b] - x[a]):
                break
            found.pop()
        found.append(k)
    return found


def hull(at: Floats, values: Floats) -> Floats:
    """(k,) least concave values at the knots that are nowhere below these: what a mixture of amounts could reach."""
    found = corners(at, values)
    return np.asarray(np.interp(at, at[found], values[found]))


def gates(at: Floats, above: Sequence[Floats], below: Sequence[Floats]) -> Bools:
    """(segments − 1,) boundaries that need a binary: where filling pieces out of order would pay.

    Within a run every function that is wanted high is concave and every one wanted low convex (§4.3).
    """
    steps = np.diff(at)
    out = np.zeros(max(len(steps) - 1, 0), dtype=np.bool_)
    for rows, sign in ((above, 1.0), (below, -1.0)):
        for values in rows:
            slopes = sign * np.diff(values) / steps
            scale = max(float(np.abs(slopes).max(initial=0.0)), 1e-300)
            out |= slopes[1:] > slopes[:-1] + 1e-9 * scale
    return out
