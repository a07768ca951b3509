"""Which of very many changes to a plan keep the rules (model.md §4.2): sums of needs instead of plans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from prodlead_desktop.analysis.limits import Rule, rounding
from prodlead_desktop.analysis.plans import due
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Problem


class Room:
    """Rules as Σ needs ≤ there over the choices (initiative, option) of a plan, at the costs of every future."""

    def __init__(self, problem: Problem, pairs: Sequence[tuple[int, int]], rules: Sequence[Rule]) -> None:
        self.problem, self.pairs = problem, pairs
        self.who: Ints = np.array([i for i, _ in pairs], dtype=np.int64)
        cost = [row.options[o].cost for row, o in ((problem.initiatives[i], o) for i, o in pairs)]
        self.price: Floats = np.array(cost, dtype=np.float64)
        factors = {tuple(future.cost_factor.tolist()): future.cost_factor for future in problem.futures}
        self.prices = [self.price * factor[self.who] for factor in factors.values()]
        self.funded: Floats = np.array([float(o > 0) for _, o in pairs])
        rows = [row for rule in rules for row in self._rows(rule)]
        self.needs: Floats = np.array([row for row, _ in rows]).reshape(-1, len(pairs))
        self.there: Floats = np.array([most for _, most in rows], dtype=np.float64)
        size = _typical(self.needs)
        self._scaled: Floats = self.needs / size[:, None]
        self._there: Floats = self.there / size
        counted = [rule.at for rule in rules if rule.kind == "quarter"]
        everyone = len(counted) == len(problem.limits.quarters)  # else what is carried is not known
        self.due: list[Floats] = [self._due(prices) for prices in self.prices] if everyone and counted else []

    def _rows(self, rule: Rule) -> list[tuple[Floats, float]]:
        limits = self.problem.limits
        if rule.kind == "budget":
            return [(prices, float(limits.budget or 0)) for prices in self.prices]
        if rule.kind in ("pool low", "pool high"):
            return [self._share(rule, prices) for prices in self.prices]
        if rule.kind == "at most":
            return [(self.funded, float(limits.at_most or 0))]
        if rule.kind == "capacity":
            wanted = {(i, option): amount for i, option, amount in limits.capacities[rule.at].demands}
            row = np.array([wanted.get(pair, 0.0) for pair in self.pairs])
            return [(row, float(limits.capacities[rule.at].amount))]
        if rule.kind == "excludes":
            return [(np.where(np.isin(self.who, limits.excludes[rule.at]), self.funded, 0.0), 1.0)]
        if rule.kind == "requires":
            need = limits.requires[rule.at]
            full = self.problem.initiatives[need.other].at_full
            there = [i == need.other and (o in full if need.full else o > 0) for i, o in self.pairs]
            return [(np.where(self.who == need.initiative, self.funded, 0.0) - np.array(there), 0.0)]
        return [] if rule.kind == "quarter" else [(self._barred(rule), 0.0)]

    def _share(self, rule: Rule, prices: Floats) -> tuple[Floats, float]:
        limits = self.problem.limits
        band = limits.bands[rule.at]
        share = (band.low if rule.kind == "pool low" else band.high) or 0.0
        inside = np.array([self.problem.initiatives[i].pool == band.pool for i, _ in self.pairs])
        row, most = np.where(inside, prices, 0.0), share * float(limits.envelope or 0)
        if not band.of_budget:
            row, most = row - share * prices, 0.0
        return (row, most) if rule.kind == "pool high" else (-row, -most)

    def _barred(self, rule: Rule) -> Floats:
        """1 for every choice that a mandatory item, a lock, a floor or a ceiling forbids."""
        row = self.problem.initiatives[rule.at]
        if rule.kind == "floor":
            wrong = self.price < (row.floor or 0)
        elif rule.kind == "ceiling":
            wrong = self.price > (row.ceiling or 0)
        else:
            right = row.full if rule.kind == "mandatory" else self.problem.current.options[rule.at]
            wrong = np.array([option != right for _, option in self.pairs])
        return np.where((self.who == rule.at) & wrong, 1.0, 0.0)

    def _due(self, prices: Floats) -> Floats:
        """(T, C) money of each choice by quarter."""
        shares = [due(self.problem.initiatives[i], o) if o else () for i, o in self.pairs]
        out = np.zeros((len(self.problem.limits.quarters), len(self.pairs)))
        for column, one in enumerate(shares):
            out[: len(one), column] = one[: len(out)]
        return out * prices

    def keeps(self, at: Ints, first: Ints, second: Ints | None = None) -> Ints:
        """Positions of those changes, or pairs of them, after which the rules are kept; ``at`` (N,): choices before."""
        change = self.needs - self.needs[:, at[self.who]]
        tolerance = float(rounding(float(np.abs(self.price[at]).sum())))
        spare = self.there - self.needs[:, at].sum(axis=1) + tolerance
        kept = np.arange(len(first))
        for row, most in zip(change, spare.tolist(), strict=True):
            if len(kept) and row.max() * 2.0 > most:
                sums = row[first[kept]] if second is None else row[first[kept]] + row[second[kept]]
                fine: Bools = sums <= most
                if not fine.all():
                    kept = kept[fine]
        for money in self.due:
            kept = self._in_time(money, at, first, second, kept)
        return kept

    def broken(self, at: Ints) -> Floats:
        """(R, C) by how much every rule is broken after each single change of the choices ``at`` (N,), in what a
        choice needs of it on average."""
        now = at[self.who]
        over = (self._scaled[:, at].sum(axis=1) - self._there)[:, None] + self._scaled - self._scaled[:, now]
        parts = [np.maximum(over, 0.0)]
        limits = self.problem.limits
        for money in self.due:
            spent = money[:, at].sum(axis=1)[:, None] + money - money[:, now]
            late, carried = np.zeros(spent.shape), np.zeros(spent.shape[1])
            for quarter, amount in enumerate(limits.quarters):
                left = amount + carried - spent[quarter]
                late[quarter] = np.maximum(-left, 0.0)
                carried = np.clip(left, 0.0, limits.carry_over * amount)
            parts.append(late / _typical(money).mean())
        return np.concatenate(parts)

    def _in_time(self, money: Floats, at: Ints, first: Ints, second: Ints | None, kept: Ints) -> Ints:
        """The same for money by quarter, with what comes over from the one before."""
        limits = self.problem.limits
        change, now = money - money[:, at[self.who]], money[:, at].sum(axis=1)
        tolerance = float(rounding(float(np.abs(self.price[at]).sum())))
        carried, fine = np.zeros(len(kept)), np.ones(len(kept), dtype=np.bool_)
        for quarter, amount in enumerate(limits.quarters):
            spent = now[quarter] + change[quarter, first[kept]]
            if second is not None:
                spent = spent + change[quarter, second[kept]]
            left = amount + carried - spent
            fine &= left >= -tolerance
            carried = np.clip(left, 0.0, limits.carry_over * amount)
        return kept[fine]


def _typical(needs: Floats) -> Floats:
    """(R,) what a choice needs on average, of those that need anything; 1 where none does."""
    some = needs != 0.0
    return np.asarray(
        np.where(some.any(axis=1), np.abs(needs).sum(axis=1) / np.maximum(some.sum(axis=1), 1), 1.0)
    )
