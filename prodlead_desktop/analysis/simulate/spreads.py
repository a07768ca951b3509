"""Many distributions drawn at once by inverse transform of signed uniforms (model.md §3.3, §5).

Closed forms on whole blocks, so that a draw costs one logarithm and one exponential; a table where there is no
closed form. ``scipy.stats`` would take a hundred times as long.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from prodlead_desktop.analysis.distributions import LN9, Distribution, Fixed, Triangular, TwoPiece
from prodlead_desktop.analysis.metalog import Metalog
from prodlead_desktop.analysis.problem import Floats
from prodlead_desktop.analysis.simulate.streams import Reals

_ANGLES = np.linspace(0.0, np.pi, 4097)
_FARTHEST = {np.float32: 17.4, np.float64: 27.7}  # a little more than ln((1+v)/(1−v)) of the v next to 1
_ROUNDED, _BIG = 1e-5, 700.0
ROWS = 16  # worked on together: few calls, and three blocks of so many rows stay in the cache
_Fill = Callable[[Reals, Reals, Reals], None]  # signed uniforms, out, scratch; all (m, n)


def kind(spread: Distribution) -> str:
    """Distributions of one kind are drawn together; rows that are sorted by it make long runs."""
    if isinstance(spread, Metalog):
        return f"metalog {spread.low is not None:d}{spread.high is not None:d}"
    return type(spread).__name__


def highest(spread: Distribution, dtype: type[np.floating]) -> float:
    """No draw of so many bits gives more, and often that is much less than the distribution's upper bound."""
    if isinstance(spread, Fixed):
        return spread.value
    high = getattr(spread, "high", None)
    bound = float("inf") if high is None else float(high)
    if not isinstance(spread, Metalog) or (spread.low is None and high is not None):
        return bound
    logit, low = _FARTHEST[dtype], spread.low or 0.0
    far = spread.a1 + logit * (spread.a2 + spread.a3 * math.tanh(logit / 2.0) / 2.0)
    far += _ROUNDED * (abs(far) + abs(spread.a1))
    if spread.low is None:
        return far
    grown = math.exp(min(far, _BIG))
    if high is not None:
        grown *= (bound - low) / (1.0 + grown)
    return min(low + grown + _ROUNDED * (abs(low) + grown), bound)


class Inverse:
    """Q of every row at signed uniforms, in each row's own unit; fixed rows need no uniforms."""

    def __init__(self, spreads: Sequence[Distribution], dtype: type[np.floating]) -> None:
        self.dtype = dtype
        self.runs: list[tuple[slice, slice, _Fill]] = []  # uniforms, rows, how
        used, begin = 0, 0
        long = [list(run) for _, run in groupby(spreads, key=kind)]
        for rows in [run[k : k + ROWS] for run in long for k in range(0, len(run), ROWS)]:
            needs = 0 if isinstance(rows[0], Fixed) else len(rows)
            places = slice(used, used + needs), slice(begin, begin + len(rows))
            self.runs.append((*places, _filler(rows, dtype)))
            used, begin = used + needs, begin + len(rows)

    def __call__(self, signed: Callable[[slice], Reals], out: Reals, scratch: Reals) -> Iterator[slice]:
        """Fill ``out`` (m, n), m distributions; ``signed`` has a row for each that is not fixed, in their order.

        ``scratch`` (``ROWS``, n) is used again and again, so that it stays in the cache; so do the rows just filled,
        which are told.
        """
        for uniforms, rows, fill in self.runs:
            given = signed(uniforms).astype(self.dtype, copy=False)
            with np.errstate(over="ignore"):  # an exponential too big to write is an exponential without end
                fill(given, out[rows], scratch[: rows.stop - rows.start])
            yield rows


def drawn(spread: Distribution, signed: Reals) -> Floats:
    """Q of one distribution at signed uniforms (n,), in float64."""
    out = np.empty((1, len(signed)))
    if isinstance(spread, Fixed):
        return np.full(len(signed), spread.value)
    rows = np.asarray(signed, dtype=np.float64)[None, :]
    for _ in Inverse([spread], np.float64)(lambda places: rows[places], out, np.empty_like(out)):
        pass
    return np.asarray(out[0])


def _filler(rows: list[Distribution], dtype: type[np.floating]) -> _Fill:
    first = rows[0]
    if isinstance(first, Fixed):
        return _Fixed(rows, dtype)
    if isinstance(first, Metalog):
        return _Metalogs(rows, dtype)
    if isinstance(first, TwoPiece):
        return _TwoPieces(rows, dtype)
    if isinstance(first, Triangular):
        return _Triangulars(rows, dtype)
    return _Tables(rows, dtype)


def _column(values: Sequence[float], dtype: type[np.floating]) -> Reals:
    return np.array(values, dtype=dtype)[:, None]


def _logit(signed: Reals, out: Reals, scratch: Reals) -> None:
    """ln((1+v)/(1−v)) = logit u."""
    np.subtract(1.0, signed, out=scratch)
    np.add(1.0, signed, out=out)
    np.divide(out, scratch, out=out)
    np.log(out, out=out)


class _Fixed:
    def __init__(self, rows: Sequence[Distribution], dtype: type[np.floating]) -> None:
        self.values = _column([row.mean() for row in rows], dtype)

    def __call__(self, signed: Reals, out: Reals, scratch: Reals) -> None:
        out[:] = self.values


class _Metalogs:
    """M = a1 + s·(a2 + a3·v/2) with s = logit u; then the bounds (Keelin 2016)."""

    def __init__(self, rows: Sequence[Distribution], dtype: type[np.floating]) -> None:
        metalogs = [row for row in rows if isinstance(row, Metalog)]
        self.low, self.high = metalogs[0].low is not None, metalogs[0].high is not None
        sign = -1.0 if self.high else 1.0  # with an upper bound e^−M is what is needed
        self.a1 = _column([sign * row.a1 for row in metalogs], dtype)
        self.a2 = _column([sign * row.a2 for row in metalogs], dtype)
        self.a3 = _column([sign * row.a3 / 2.0 for row in metalogs], dtype)
        lows = [row.low or 0.0 for row in metalogs]
        highs = [row.high or 0.0 for row in metalogs]
        self.lowest, self.highest = _column(lows, dtype), _column(highs, dtype)
        self.width = _column([high - low for low, high in zip(lows, highs, strict=True)], dtype)
        self.from_zero = not any(lows)

    def __call__(self, signed: Reals, out: Reals, scratch: Reals) -> None:
        _logit(signed, out, scratch)
        np.multiply(signed, self.a3, out=scratch)
        scratch += self.a2
        out *= scratch
        out += self.a1
        if not (self.low or self.high):
            return
        np.exp(out, out=out)
        if self.low and self.high:
            out += 1.0
            np.divide(self.width, out, out=out)
        if self.high and not self.low:
            np.subtract(self.highest, out, out=out)
        elif not self.from_zero:
            out += self.lowest


class _TwoPieces:
    """q50 + (q50−q10)·s/ln 9 below the middle, (q90−q50) above; cut off at the bounds."""

    def __init__(self, rows: Sequence[Distribution], dtype: type[np.floating]) -> None:
        pieces = [row for row in rows if isinstance(row, TwoPiece)]
        self.middle = _column([row.p50 for row in pieces], dtype)
        self.down = _column([(row.p50 - row.p10) / LN9 for row in pieces], dtype)
        self.up = _column([(row.p90 - row.p50) / LN9 for row in pieces], dtype)
        self.low = _column([-np.inf if row.low is None else row.low for row in pieces], dtype)
        self.high = _column([np.inf if row.high is None else row.high for row in pieces], dtype)

    def __call__(self, signed: Reals, out: Reals, scratch: Reals) -> None:
        _logit(signed, out, scratch)
        np.copyto(scratch, np.where(signed < 0.0, self.down, self.up))
        out *= scratch
        out += self.middle
        np.clip(out, self.low, self.high, out=out)


class _Triangulars:
    """a + √(y(b−a)(m−a)) below F(m), else b − √((1−y)(b−a)(b−m)), with y = (1+v)/2."""

    def __init__(self, rows: Sequence[Distribution], dtype: type[np.floating]) -> None:
        found = [row for row in rows if isinstance(row, Triangular)]
        widths = [row.high - row.low for row in found]
        shares = [
            (row.mode - row.low) / width if width else 0.5 for row, width in zip(found, widths, strict=True)
        ]
        self.low, self.high = (
            _column([getattr(row, end) for row in found], dtype) for end in ("low", "high")
        )
        self.up = _column([(row.high - row.low) * (row.mode - row.low) / 2.0 for row in found], dtype)
        self.down = _column([(row.high - row.low) * (row.high - row.mode) / 2.0 for row in found], dtype)
        self.turn = _column([2.0 * share - 1.0 for share in shares], dtype)

    def __call__(self, signed: Reals, out: Reals, scratch: Reals) -> None:
        np.sqrt((1.0 + signed) * self.up, out=out)
        out += self.low
        np.sqrt((1.0 - signed) * self.down, out=scratch)
        np.subtract(self.high, scratch, out=scratch)
        np.copyto(out, scratch, where=signed >= self.turn)


@functools.lru_cache(maxsize=256)
def _quantiles(spread: Distribution) -> Floats:
    """Exact quantiles of one distribution, kept: the same effects are drawn again at every edit."""
    return spread.quantile(np.sin(_ANGLES / 2.0) ** 2)


class _Tables:
    """Straight lines between 4,097 exact quantiles, as dense at both ends as a cosine makes them."""

    def __init__(self, rows: Sequence[Distribution], dtype: type[np.floating]) -> None:
        self.signed = -np.cos(_ANGLES)
        self.values = [_quantiles(row) for row in rows]

    def __call__(self, signed: Reals, out: Reals, scratch: Reals) -> None:
        for k, values in enumerate(self.values):
            out[k] = np.interp(signed[k], self.signed, values)
