"""A walk among plans of levels in which a broken rule has a price, that rises while plans break rules and falls while
they keep them: where many rules bind, the best plans lie behind some that keep not all (model.md §4.8).

Tabu search (Glover, ORSA Journal on Computing 1989) with strategic oscillation: what was changed last rests a while.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.optimise.exchange import Exchange
from prodlead_desktop.analysis.problem import Floats, Ints, Plan

if TYPE_CHECKING:
    from prodlead_desktop.analysis.optimise.search import Search

_WIDE = 8e-3  # of the score: with less between it and the bound the proof is short
_SEED = 2
_STEPS = 4000  # a count, not a time, so that the same file gives the same plan
_PATIENCE = 400  # steps without a better plan, after which it begins again at the best
_RESTS, _HELD, _HELD_SHARE = (
    (3, 8),
    30,
    0.1,
)  # steps for which what was changed rests; at a new beginning, and who
_DEAR = (1.0, 0.3, 0.6)  # by turns at a new beginning: where rules cost little the walk goes far
_DEARER, _DEARER_ROW, _IN_A_ROW = 1.1, 1.05, 3
_HANDED = 12  # plans
_KEPT, _BETTER = 1e-9, 1e-9
_ASKED_EVERY = 16  # steps


def strive(search: Search) -> None:
    """Good plans for a search whose bound is far from its best, so that HiGHS needs not look for any."""
    found = search.found
    if found.plan is None or not search.covers.found or found.bound - found.score <= _WIDE * abs(found.score):
        return
    if not Exchange.suits(search.problem, search.allowed):
        return
    walk = Walk(search.exchange())
    search.rests = walk.run(found.plan)
    search.consider(search.rests)
    search.strove = True


class Walk:
    """One walk over the choices of an ``Exchange``; ``met`` are the best plans that keep every rule, the best first."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange, self.room = exchange, exchange.room
        self.random = np.random.default_rng(_SEED)
        self.turn = 0
        self.met: list[tuple[float, Ints]] = []

    def run(self, plan: Plan) -> list[Plan]:
        """Plans that keep every rule, the best first; ``plan`` must be one."""
        exchange = self.exchange
        at = np.array([exchange.place[i, option] for i, option in enumerate(plan.options)], dtype=np.int64)
        self._keep(float(exchange.values(exchange.adds[:, :, at].sum(axis=2)[:, :, None])[0]), at)
        self._begin(at, 0)
        for step in range(_STEPS):
            if step % _ASKED_EVERY == 0 and exchange.stopped():
                break
            self._step(step)
            if step - self.bettered >= _PATIENCE:
                self._begin(self.met[0][1], step)
                held = self.random.choice(len(at), max(int(_HELD_SHARE * len(at)), 1), replace=False)
                self.resting[held] = step + _HELD
        plans = [exchange.plans(at[:, None]).plan(0) for _, at in self.met]
        return [one for one, fits in zip(plans, exchange.fits(planning.stack(plans)), strict=True) if fits]

    def _begin(self, at: Ints, step: int) -> None:
        """From a plan that keeps every rule; what is over by one choice's need costs what a choice brings."""
        self.at, self.bettered = at.copy(), step
        self.resting: Ints = np.zeros(len(at), dtype=np.int64)  # by initiative: until which step
        self.unit = self._brings(at)
        self.prices: Floats = np.full(len(self.room.broken(at)), self.unit)
        self.dear, self.kept, self.broken = _DEAR[self.turn % len(_DEAR)], 0, 0
        self.turn += 1

    def _brings(self, at: Ints) -> float:
        """What one choice changes on average."""
        exchange = self.exchange
        sums = exchange.adds[:, :, at].sum(axis=2)[:, :, None]
        change = exchange.adds - exchange.adds[:, :, at[exchange.who]]
        away = np.abs(exchange.values(sums + change) - exchange.values(sums))
        return max(float(away.sum()) / max(int((away > 0.0).sum()), 1), 1e-12)

    def _step(self, step: int) -> None:
        """The change that brings most, less the price of what it breaks."""
        exchange, now = self.exchange, self.at[self.exchange.who]
        change = exchange.adds - exchange.adds[:, :, now]
        values = exchange.values(exchange.adds[:, :, self.at].sum(axis=2)[:, :, None] + change)
        broken = self.room.broken(self.at)
        kept = broken.sum(axis=0) <= _KEPT
        moves = now != np.arange(len(now))
        best = self.met[0][0]
        better = moves & kept & (values > best + _BETTER * abs(best))
        may = better if better.any() else moves & (self.resting[exchange.who] <= step)
        if not may.any():
            return
        merit = np.where(may, values - self.dear * (self.prices @ broken), -np.inf)
        choice = int(np.argmax(merit))
        i = int(exchange.who[choice])
        self.at[i] = choice
        self.resting[i] = step + 1 + int(self.random.integers(*_RESTS))
        if kept[choice]:
            self.bettered = step if better[choice] else self.bettered
            self._keep(float(values[choice]), self.at)
        self._price(bool(kept[choice]), broken[:, choice])

    def _price(self, kept: bool, broken: Floats) -> None:
        """All dearer after some plans in a row that break a rule, cheaper after some that break none; and of the rules
        those that are broken dearer than others."""
        self.kept, self.broken = (self.kept + 1, 0) if kept else (0, self.broken + 1)
        if self.kept == _IN_A_ROW:
            self.dear, self.kept = self.dear / _DEARER, 0
        if self.broken == _IN_A_ROW:
            self.dear, self.broken = self.dear * _DEARER, 0
        self.prices[broken > 0.0] *= _DEARER_ROW
        self.prices *= self.unit / self.prices.mean()

    def _keep(self, value: float, at: Ints) -> None:
        if len(self.met) == _HANDED and value <= self.met[-1][0]:
            return
        if all(not np.array_equal(at, other) for _, other in self.met):
            self.met.append((value, at.copy()))
            self.met.sort(key=lambda one: (-one[0], one[1].tolist()))
            del self.met[_HANDED:]
