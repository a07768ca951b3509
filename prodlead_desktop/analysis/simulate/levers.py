"""How far a plan moves every outcome in every draw: share of the effect, time, overlap, the tree (model.md §3.4–3.5).

The same sums as ``value.Valuation`` does on means, done on draws; only what is funded is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from prodlead_desktop.analysis.curves import LEAST_PRICE
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Overlap, Plan
from prodlead_desktop.analysis.simulate.draws import Chunk, Draws
from prodlead_desktop.analysis.simulate.spreads import highest
from prodlead_desktop.analysis.simulate.streams import Reals
from prodlead_desktop.analysis.timing import arrived_during, arrived_since
from prodlead_desktop.analysis.value import GAP_FLOOR, Valuation, as_slice

_NEVER_ALL = 1.0 - 1e-6  # an effect below this share of the gap needs no floor, whatever it rounds to
_CACHED, _AT_ONCE = 1 << 16, 1 << 17  # numbers that effects worked on at once are, and those times futures
_FOLDS: dict[Overlap, np.ufunc] = {"headroom": np.multiply, "sum": np.add, "max": np.maximum}
_COARSE = 1e-3  # effects below this share of the gap would lose digits in 1 − x/G in float32


@dataclass(frozen=True, eq=False, slots=True)
class _Lever:
    """What moves one point directly: rows of the draws, and how much of each arrives in each future.

    ``drawn``: (row, initiative, late, dear) of those whose share in time or in money is drawn too.
    """

    point: int
    rows: slice  # m of the draws
    overlap: Overlap
    factors: tuple[Reals, ...]  # per form (S′, m, 1) on the drawn effects; under the headroom rule −factor/G
    room: tuple[Reals, ...]  # per form (S′, 1) G
    floored: Bools  # (m,) whose effects may use up the whole gap
    drawn: tuple[tuple[int, int, bool, bool], ...]


class Levers:
    """The points of a valuation under one plan, ready for chunks of draws."""

    def __init__(self, valuation: Valuation, plan: Plan, draws: Draws) -> None:
        self.valuation, self.problem, self.plan, self.draws = valuation, valuation.problem, plan, draws
        self._owner: Ints = np.array([self.problem.effects[e].initiative for e in draws.rows], dtype=np.int64)
        self._option: Ints = np.array([plan.options[i] for i in self._owner], dtype=np.int64)
        self._measure()
        places: dict[int, list[int]] = {}
        for row, e in enumerate(draws.rows.tolist()):
            places.setdefault(self.problem.effects[e].outcome, []).append(row)
        self._rows = {o: slice(rows[0], rows[-1] + 1) for o, rows in places.items()}
        self._pairs: dict[int, Ints] = {}  # of each outcome: which pairs of a point its rows are
        self._buffer: Reals = np.empty(0)
        self._own: Reals = np.empty((0, 0, 0))
        self._times: dict[tuple[int, float, float | None], Floats] = {}  # ρ of this chunk
        self._places = [as_slice(np.array(futures)) for futures in draws.futures]
        self.levers = [
            self._lever(q) for q, point in enumerate(valuation.points.rows) if point.outcome in self._rows
        ]

    def _measure(self) -> None:
        """(S, E′) factor on every drawn effect, time aside; what it then is at most, and typically; what is drawn."""
        problem, rows = self.problem, self.draws.rows
        shape = len(problem.futures), len(rows)
        self._factor, self._most, self._typical = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        initiatives = [problem.initiatives[i] for i in self._owner]
        self._late = np.array([row.timing.delay_spread is not None for row in initiatives], dtype=np.bool_)
        self._dear = np.array(
            [row.amounts is not None and row.cost_spread is not None for row in initiatives], dtype=np.bool_
        )
        futures = problem.futures
        if not len(rows):
            return
        dear = dict(zip(self._owner.tolist(), self._dear.tolist(), strict=True))
        own = {i: self._enhanced(i) * (np.ones(len(futures)) if dear[i] else self._shares(i)) for i in dear}
        factor = np.stack([own[i] for i in self._owner.tolist()], axis=1)
        factor = factor * np.stack([future.effect_factor[rows] for future in futures])
        value = np.stack([future.effect_value[rows] for future in futures])
        spreads = [problem.effects[e].spread for e in rows]
        mean = np.array([problem.effects[e].mean for e in rows])
        ceilings = [
            row.amounts.curve.ceiling if open_end and row.amounts is not None else 1.0
            for row, open_end in zip(initiatives, self._dear.tolist(), strict=True)
        ]
        most = np.where(
            np.isnan(value), np.array([highest(spread, self.draws.dtype) for spread in spreads]), value
        )
        self._factor, self._typical = factor, np.abs(factor * np.where(np.isnan(value), mean, value))
        self._most = _product(_product(factor, most), np.array(ceilings))

    def _lever(self, q: int) -> _Lever:
        valuation, point = self.valuation, self.valuation.points.rows[q]
        outcome, rows = self.problem.outcomes[point.outcome], self._rows[point.outcome]
        begin, end = int(valuation.offsets[q]), int(valuation.offsets[q + 1])
        if point.outcome not in self._pairs:
            order = {int(e): k for k, e in enumerate(valuation.pair_effect[begin:end])}
            self._pairs[point.outcome] = np.array(
                [order[int(e)] for e in self.draws.rows[rows]], dtype=np.int64
            )
        late = self._late[rows] & (point.begin < np.inf)
        arrived = valuation.arrived[begin + self._pairs[point.outcome], self._option[rows]]
        in_time = np.where(late, 1.0, arrived)
        factors, room = self._factor[:, rows] * in_time, valuation.scale.headroom[:, point.outcome][:, None]
        most = np.where(in_time > 0.0, self._most[:, rows], 0.0) * np.where(in_time > 0.0, in_time, 1.0)
        floored = np.any((most >= room * _NEVER_ALL) | (factors < 0.0), axis=0)
        precision: type[np.floating] = self.draws.dtype
        if outcome.overlap == "headroom":
            factors = -factors / room
            typical = (self._typical[:, rows] * in_time).max(axis=1, keepdims=True)
            if np.any(typical < _COARSE * room):
                precision = np.float64
        drawn = [
            (m, int(self._owner[rows][m]), bool(late[m]), bool(self._dear[rows][m]))
            for m in np.flatnonzero(late | self._dear[rows]).tolist()
        ]
        forms = self.draws.futures
        return _Lever(
            q, rows, outcome.overlap,
            tuple(factors[futures, :, None].astype(precision) for futures in forms),
            tuple(room[futures].astype(precision) for futures in forms),
            floored, tuple(drawn),
        )  # fmt: skip

    def _shares(self, i: int) -> Floats:
        """(S,) share of the full effect that the plan's money buys in every future."""
        futures = range(len(self.problem.futures))
        if self.problem.initiatives[i].amounts is None:
            return np.full(len(futures), float(self._bought(i, 0)))
        return np.array([float(self._bought(i, s)) for s in futures])

    def _bought(self, i: int, s: int, dear: Floats | float = 1.0) -> Floats:
        """Share of the full effect that the plan's money buys in a future, where work is ``dear`` times as dear."""
        row, option = self.problem.initiatives[i], self.plan.options[i]
        if row.amounts is None:
            return np.asarray(row.options[option].share)
        cost = (row.full_cost or 0) * self.problem.futures[s].cost_factor[i]
        return row.amounts.curve.share(self.plan.amounts[i] / np.maximum(cost * dear, LEAST_PRICE))

    def _enhanced(self, i: int) -> float:
        """Product of the factors of what enhances an initiative and is funded."""
        rules = [rule for rule in self.problem.enhances if rule.other == i]
        return math.prod(rule.factor for rule in rules if self.plan.options[rule.initiative])

    def improvements(self, chunk: Chunk) -> Floats:
        """d of every point in every future (Q, S, n), in the outcome's unit, children included.

        The next chunk of the same length may overwrite them.
        """
        points = self.valuation.points
        shape = len(points.rows), len(self.problem.futures), chunk.end - chunk.begin
        if self._own.shape != shape:
            self._own = np.zeros(shape, dtype=self.draws.dtype)  # points that nothing moves stay at 0
        self._times.clear()
        for lever in self.levers:
            for form, effects in enumerate(chunk.effects):
                self._directly(lever, form, effects[lever.rows], chunk)
        return points.propagate(self._own, self.valuation.scale.headroom.T)

    def _directly(self, lever: _Lever, form: int, effects: Reals, chunk: Chunk) -> None:
        """Direct improvements in a form's futures, as many rows and futures at a time as stay in the cache."""
        factors, futures, fold = lever.factors[form], self.draws.futures[form], _FOLDS[lever.overlap]
        own, place = self._own[lever.point], self._places[form]
        out = own[place]  # a view where they follow each other
        if factors.dtype != out.dtype:
            out = np.empty(out.shape, dtype=factors.dtype)
        many = max(effects.shape[1], 1)
        rows = max(min(_CACHED // many, len(effects)), 1)
        step = max(_AT_ONCE // (rows * many), 1)
        for begin in range(0, len(effects), rows):
            part = slice(begin, begin + rows)
            floored = bool(lever.floored[part].any())
            if floored and not lever.drawn:
                floored = _used_up(factors[:, part], effects[part])
            for k in range(0, len(futures), step):
                some = slice(k, k + step)
                moved = self._moved(lever, part, factors[some, part], effects[part], futures[some], chunk)
                if lever.overlap == "headroom":
                    _left(moved, floored)
                if begin:
                    fold(out[some], fold.reduce(moved, axis=1), out=out[some])
                else:
                    fold.reduce(moved, axis=1, out=out[some])
        if lever.overlap == "headroom":
            np.subtract(1.0, out, out=out)
            out *= lever.room[form]
        else:
            np.minimum(out, lever.room[form], out=out)
        if not np.may_share_memory(out, own):
            own[place] = out

    def _moved(
        self, lever: _Lever, part: slice, factors: Reals, effects: Reals, futures: Sequence[int], chunk: Chunk
    ) -> Reals:
        """(S′, m, n) part of the effects with their factors, and with what else of them is drawn."""
        moved = np.multiply(effects, factors, out=self._space((len(futures), *effects.shape), factors.dtype))
        for m, i, late, dear in lever.drawn:
            if not part.start <= m < part.stop:
                continue
            if late:
                moved[:, m - part.start] *= self._in_time(lever.point, i, chunk.late[i])
            if dear:
                for k, s in enumerate(futures):
                    moved[k, m - part.start] *= self._bought(i, s, chunk.dear[i])
        return moved

    def _space(self, shape: tuple[int, ...], dtype: Any) -> Reals:
        """An array to work in, the same memory again and again."""
        size = math.prod(shape)
        if self._buffer.size < size or self._buffer.dtype != dtype:
            self._buffer = np.empty(size, dtype=dtype)
        return self._buffer[:size].reshape(shape)

    def _in_time(self, q: int, i: int, late: Floats) -> Floats:
        """ρ in every draw for delays (n,)."""
        point, row = self.valuation.points.rows[q], self.problem.initiatives[i]
        key = i, point.begin, point.end
        if key not in self._times:
            since = point.begin - row.options[self.plan.options[i]].start - late
            if point.end is None:
                self._times[key] = arrived_since(row.timing, since)
            else:
                self._times[key] = arrived_during(row.timing, since, point.end - point.begin)
        return self._times[key]


def _left(used: Reals, floored: bool) -> None:
    """1 − x/G in place of −x/G, at least 1e−9 where some effect may use up the gap (§3.5)."""
    used += 1.0
    if floored:  # numpy compares two rows four times as fast as a row and a number
        np.maximum(used, np.full(used.shape[-1], GAP_FLOOR, dtype=used.dtype), out=used)


def _used_up(factors: Reals, effects: Reals) -> bool:
    """Whether −x/G = factor·x comes near −1 anywhere: factors (S, m, 1), effects (m, n)."""
    low, high = float(factors.min()), float(factors.max())
    if -low * float(effects.max(initial=0.0)) >= _NEVER_ALL:
        return True
    return high > 0.0 and high * -float(effects.min(initial=0.0)) >= _NEVER_ALL


def _product(a: Floats, b: Floats) -> Floats:
    """a·b with 0·inf = 0; only what is above 0 matters."""
    both = (a > 0.0) & (b > 0.0)
    return np.asarray(np.where(both, a, 0.0) * np.where(both, b, 0.0))
