"""Random numbers that belong to a quantity, not to a place in a list (model.md §5).

Every uncertain quantity has its own stream, keyed by a hash of its name and the seed: the same uniforms serve every
plan and every future, and an initiative more leaves those of all others as they are, to the bit. Raw bits of SFC64
are turned into numbers here, because numpy promises the same bits in every version, but not the same ``random()``.

Uniforms are *signed*: v = 2u − 1 in (−1, 1), because logit u = ln((1+v)/(1−v)) keeps its digits in both tails.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodlead_desktop.analysis.problem import Bools, Floats

Name = tuple[str, ...]  # what the quantity is, then the ids it belongs to
Reals = NDArray[Any]  # float64 up to LATIN draws, float32 beyond

LATIN = 10_000  # most draws of a Latin hypercube; above, plain draws
REPLICATES = 10
SLICES = 10  # of each hypercube, where the number of draws allows
_SLICED = 1_000  # fewest draws that are sliced
_INSIDE = 1.0 - 2e-12  # u is kept 1e−12 from 0 and 1 (model §10)
_SCALE32 = np.float32(2.0**-31 * (1.0 - 2.0**-24))  # carries all of int32 to inside (−1, 1)
_CHUNK = 16_384  # draws worked on at once: a few rows stay in the cache, and numpy's time per call counts for little
_HELD = 1 << 22  # numbers held at once
_HALF = 2.0**31  # raw numbers are −_HALF up to _HALF
_LITTLE = sys.byteorder == "little"
_OFTEN = 64  # quantities between two looks at whether to stop


@dataclass(eq=False, slots=True)
class Uniforms:
    """Draws ``begin`` up to ``end`` of every quantity. Each is to be asked for once, as one of the two."""

    begin: int
    end: int

    def signed(self, quantities: slice = slice(None)) -> Reals:
        """(Q′, end − begin) signed uniforms, overwritten by the next call."""
        raise NotImplementedError

    def below(self, quantities: slice, odds: Floats) -> Bools:
        """(Q′, end − begin) whether each is below its odds (Q′,), signed too."""
        raise NotImplementedError


@dataclass(eq=False, slots=True)
class _Kept(Uniforms):
    made: Reals

    def signed(self, quantities: slice = slice(None)) -> Reals:
        return self.made[quantities]

    def below(self, quantities: slice, odds: Floats) -> Bools:
        return np.asarray(self.made[quantities] < odds[:, None])


@dataclass(eq=False, slots=True)
class _Fresh(Uniforms):
    """Made when asked for, so that they are still in the cache when they are used."""

    streams: Sequence[np.random.SFC64]
    pulse: Callable[[], None]
    space: Reals  # (0 or more, at least end − begin), float32

    def signed(self, quantities: slice = slice(None)) -> Reals:
        streams = self.streams[quantities]
        if len(self.space) < len(streams):
            self.space = np.empty((len(streams), self.space.shape[1]), dtype=np.float32)
        out = self.space[: len(streams), : self.end - self.begin]
        for row, stream in zip(out, streams, strict=True):
            np.copyto(row, self._whole(stream), casting="unsafe")
        out *= _SCALE32
        if (quantities.stop or 0) % _OFTEN < len(streams):
            self.pulse()
        return out

    def below(self, quantities: slice, odds: Floats) -> Bools:
        self.pulse()
        streams = self.streams[quantities]
        whole = np.clip(np.rint(odds * _HALF), -_HALF, _HALF - 1.0).astype(np.int32)
        out = np.empty((len(streams), self.end - self.begin), dtype=np.bool_)
        for row, stream, below in zip(out, streams, whole, strict=True):
            np.less(self._whole(stream), below, out=row)
        return out

    def _whole(self, stream: np.random.SFC64) -> NDArray[np.int32]:
        many = self.end - self.begin
        raw = stream.random_raw((many + 1) // 2)
        found: NDArray[np.int32] = (raw if _LITTLE else raw.astype("<u8")).view("<i4")
        return found if len(found) == many else found[:many]


def bits(seed: int, name: Name) -> np.random.SFC64:
    """The stream of a quantity: SFC64 seeded by the seed and 128 bits of a hash of the name."""
    text = "\x1f".join(name).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(text, digest_size=16).digest()
    words = [int.from_bytes(digest[k : k + 4], "little") for k in range(0, 16, 4)]
    return np.random.SFC64(np.random.SeedSequence(seed, spawn_key=words))


def replicates(draws: int) -> tuple[int, ...]:
    """Sizes of the ten hypercubes, Σ = draws; they differ by one at most (model §5)."""
    size, more = divmod(draws, REPLICATES)
    return tuple(size + (r < more) for r in range(REPLICATES))


def slices(draws: int) -> tuple[int, ...]:
    """Sizes of the smallest parts of the draws that are hypercubes: a hundred equal ones, else the ten replicates."""
    parts = REPLICATES * SLICES
    return (draws // parts,) * parts if draws >= _SLICED and draws % parts == 0 else replicates(draws)


def hypercube(seed: int, name: Name, draws: int) -> Floats:
    """(draws,) signed uniforms in ten hypercubes one after the other: within each, one value in every n-th part.

    The order within a hypercube is that of sorted random keys; the place within a part is uniform. A thousand draws
    and more, in hundreds, are sliced (Qian, *Sliced Latin hypercube designs*, JASA 2012): each hypercube is ten
    smaller ones in a row, which tell an error with ninety-nine degrees of freedom instead of nine.
    """
    if len(slices(draws)) > REPLICATES:
        return _sliced(bits(seed, name), draws)
    raw = bits(seed, name).random_raw(2 * draws)
    out = np.empty(draws)
    begin = 0
    for size in replicates(draws):
        mask = np.uint64((1 << max(size - 1, 1).bit_length()) - 1)
        keys = np.sort((raw[begin : begin + size] & ~mask) | np.arange(size, dtype=np.uint64))
        out[begin : begin + size] = (keys & mask).astype(np.float64)
        out[begin : begin + size] += (
            (raw[draws + begin : draws + begin + size] >> np.uint64(11)) + 0.5
        ) * 2.0**-53
        out[begin : begin + size] *= 2.0 / max(size, 1)
        begin += size
    return np.clip(out - 1.0, -_INSIDE, _INSIDE, out=out)


def _sliced(stream: np.random.SFC64, draws: int) -> Floats:
    """Every coarse part of a hypercube is ten fine ones, dealt out in turn to its slices; each slice is shuffled."""
    coarse = draws // (REPLICATES * SLICES)
    raw = stream.random_raw(2 * draws + REPLICATES * coarse)
    low = np.uint64((1 << max(coarse - 1, 1).bit_length()) - 1)
    keys = (raw[:draws].reshape(-1, coarse) & ~low) | np.arange(coarse, dtype=np.uint64)
    order = (np.sort(keys, axis=1) & low).astype(np.int64).reshape(REPLICATES, SLICES, coarse)
    turn = (raw[2 * draws :] % np.uint64(SLICES)).astype(np.int64).reshape(REPLICATES, 1, coarse)
    dealt = (turn + np.arange(SLICES)[:, None]) % SLICES  # by slice and coarse part: which of the ten
    out = (order * SLICES + np.take_along_axis(dealt, order, axis=2)).reshape(draws).astype(np.float64)
    out += ((raw[draws : 2 * draws] >> np.uint64(11)) + 0.5) * 2.0**-53
    out *= 2.0 / (coarse * SLICES)
    return np.clip(out - 1.0, -_INSIDE, _INSIDE, out=out)


def uniforms(
    seed: int, names: Sequence[Name], draws: int, upto: int, pulse: Callable[[], None]
) -> Iterator[Uniforms]:
    """The first ``upto`` of ``draws`` uniforms of every quantity, chunk by chunk.

    A hypercube of float64 up to 10,000 draws (all of it), plain float32 beyond. ``pulse`` is called now and then and
    may raise to stop.
    """
    if draws <= LATIN:
        return _latin(seed, names, draws, pulse)
    return _plain(seed, names, min(upto, draws), pulse)


def _latin(seed: int, names: Sequence[Name], draws: int, pulse: Callable[[], None]) -> Iterator[Uniforms]:
    made = np.empty((len(names), draws))
    for k, name in enumerate(names):
        if k % _OFTEN == 0:
            pulse()
        made[k] = hypercube(seed, name, draws)
    for begin in range(0, draws, _CHUNK):
        pulse()
        end = min(begin + _CHUNK, draws)
        yield _Kept(begin, end, made[:, begin:end])


def _plain(seed: int, names: Sequence[Name], draws: int, pulse: Callable[[], None]) -> Iterator[Uniforms]:
    streams = [bits(seed, name) for name in names]
    chunk = _CHUNK if len(names) * _CHUNK <= _HELD else _CHUNK // 2
    made = _Fresh(0, 0, streams, pulse, np.empty((0, chunk), dtype=np.float32))
    for begin in range(0, draws, chunk):
        pulse()
        made = _Fresh(begin, min(begin + chunk, draws), streams, pulse, made.space)
        yield made
