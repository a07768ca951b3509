"""The functions of money that value needs, of all that is funded by amount, read together (model.md §4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.optimise import segments
from prodlead_desktop.analysis.optimise.wanted import Wanted, by_effort, effort
from prodlead_desktop.analysis.problem import Bools, Floats, Ints
from prodlead_desktop.analysis.value import Valuation

Key = tuple[int, int]  # future, pair
_REMEMBERED = 8  # chords of each function


@dataclass(slots=True)
class Chords:
    """Values at knots (k,) whose chords lie on the safe side of a function."""

    knots: Floats
    values: Floats
    _corners: list[int] | None

    def corners(self) -> list[int]:
        """Which knots the hull of the values touches."""
        if self._corners is None:
            self._corners = segments.corners(self.knots, self.values)
        return self._corners


class Bends:
    """Functions J: what the money of one initiative contributes to one point in one future, as gain or effort.

    ``of`` initiative → its functions; ``keys`` (J,) future and pair; ``up``, ``down`` (J,) which side is wanted.
    """

    def __init__(self, valuation: Valuation | None = None, wanted: Wanted | None = None) -> None:
        """Without a valuation there are none: nothing but rules matters."""
        self.keys: list[Key] = []
        self._known: dict[tuple[int, float, bool, int], Chords] = {}  # by function, factor, side and knots
        self.of: dict[int, Ints] = {}
        self._amounts = None if valuation is None else valuation.amounts
        self.up: Bools = np.zeros(0, dtype=np.bool_)
        self.down = self.up
        if valuation is not None and wanted is not None:
            self._gather(valuation, wanted)

    def _gather(self, valuation: Valuation, wanted: Wanted) -> None:
        amounts, futures = valuation.amounts, valuation.problem.futures
        pairs = np.flatnonzero(amounts.place[valuation.pair_initiative] >= 0)
        who, points = valuation.pair_initiative[pairs], valuation.pair_point[pairs]
        outcomes = np.array([valuation.points.rows[q].outcome for q in points.tolist()], dtype=np.int64)
        self.keys = [(s, k) for s in range(len(futures)) for k in pairs.tolist()]
        many = len(futures)
        self._place: Ints = np.tile(amounts.place[who], many)
        self._full: Floats = np.concatenate(
            [amounts.full[amounts.place[who]] * f.cost_factor[who] for f in futures]
        )
        arrived = valuation.arrived[pairs, 1] if len(pairs) else np.zeros(0)
        self._most: Floats = (valuation.full[:, pairs] * arrived).ravel()
        adds_up = {q for q in set(points.tolist()) if by_effort(valuation, q)}
        self._effort: Bools = np.tile(np.array([q in adds_up for q in points.tolist()], dtype=np.bool_), many)
        self._room: Floats = valuation.scale.headroom[:, outcomes].ravel()
        self.up, self.down = np.tile(wanted.up[points], many), np.tile(wanted.down[points], many)
        for i in amounts.who.tolist():
            self.of[i] = np.flatnonzero(self._place == amounts.place[i])

    def at(self, which: Ints, money: Floats, factors: Floats) -> Floats:
        """(n, …) values of functions ``which`` (n,) at money (n, …) in minor units, times the factors (n,) of what is
        funded with it."""
        assert self._amounts is not None

        def wide(row: Floats) -> Floats:
            return row.reshape(-1, *(1,) * (money.ndim - 1))

        share = self._amounts.curves.share(money / wide(self._full[which]), self._place[which])
        out = wide(self._most[which] * factors) * share
        adds_up = self._effort[which]
        if adds_up.any():
            out[adds_up] = effort(out[adds_up], wide(self._room[which])[adds_up])
        return np.asarray(out)

    def beyond(self, which: Ints, knots: Sequence[Floats], factors: Floats, above: bool) -> list[Chords]:
        """Of each function (n,) the chords at its knots (k,), as ``segments.beyond``, on the safe side.

        Those of knots that were asked for before are remembered: most stay as they are when some are cut finer.
        """
        if len(self._known) > _REMEMBERED * (len(self.keys) + 1):
            self._known.clear()
        names = [
            (j, factor, above, id(at))
            for j, factor, at in zip(which.tolist(), factors.tolist(), knots, strict=True)
        ]
        fresh = [n for n, name in enumerate(names) if name not in self._known]
        if fresh:
            at, sizes = _side_by_side([knots[n] for n in fresh])
            mine, times = which[fresh], factors[fresh]
            found = segments.beyond(lambda money: self.at(mine, money, times), at, above)
            bent = segments.concave(at, found).tolist()
            for n, row, size, one in zip(fresh, found, sizes.tolist(), bent, strict=True):
                every = list(range(size)) if one else None
                self._known[names[n]] = Chords(knots[n], row[:size], every)
        return [self._known[name] for name in names]

    def at_knots(self, which: Ints, knots: Sequence[Floats], factors: Floats) -> list[Floats]:
        """Of each function (n,) the exact values at its knots (k,)."""
        if not len(which):
            return []
        at, sizes = _side_by_side(knots)
        found = self.at(which, at, factors)
        return [row[:size] for row, size in zip(found, sizes.tolist(), strict=True)]


def _side_by_side(knots: Sequence[Floats]) -> tuple[Floats, Ints]:
    """(n, k) rows of knots, those that end early with knots that are the same at their end; and their lengths (n,)."""
    sizes = np.array([len(row) for row in knots])
    places = np.minimum(np.arange(int(sizes.max())), sizes[:, None] - 1) + (np.cumsum(sizes) - sizes)[:, None]
    return np.concatenate(knots)[places], sizes
