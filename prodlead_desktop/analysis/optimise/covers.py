"""What a team's people in one quarter can do together, said more sharply than by their sum (model.md §4.8).

Of bets by level a programme without whole numbers mixes levels, and so fills a team to the last hour. A cut off such a
point is found exactly: of all Σ α·x ≤ 1 that every choice the team can do keeps, the one that the point breaks most
(Fenchel cuts; Boyd 1993), by a linear programme whose rows are choices of the most α, found on a grid of people.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from prodlead_desktop.analysis.limits import Rule, rules
from prodlead_desktop.analysis.optimise.choices import Choices
from prodlead_desktop.analysis.optimise.milp import Expr, Growing
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Problem

if TYPE_CHECKING:
    from prodlead_desktop.analysis.optimise.programme import Programme
    from prodlead_desktop.analysis.optimise.search import Search

_GRID, _FINEST = (1.0, 0.5, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01), 600
_NEAR, _OVER = 1e-7, 1e-6  # steps of the grid; people that a rule lets be over (``limits``)
_BROKEN, _USED, _TRIES = 1e-4, 0.85, 60
_BARREN = 6  # teams in a row without a cut: there are none worth the while
_ROUNDS, _WIDE, _LITTLE = 4, 2e-3, 0.05
_LIFT = 1e-5  # so that what is not chosen at all gets the most α that costs nothing
Cut = dict[tuple[int, int], float]  # Σ α·(initiative has option) ≤ 1


class Covers:
    """Cuts from every team's quarter; ``found`` are those so far, true for every plan that keeps the rules."""

    def __init__(self, problem: Problem, allowed: Sequence[Sequence[int]], drop: frozenset[str]) -> None:
        """``allowed``: options by initiative; ``drop`` as in Ask."""
        counted = (rule for rule in rules(problem) if rule.kind == "capacity" and rule.id not in drop)
        self._crews = [crew for crew in (_crew(problem, rule, allowed) for rule in counted) if crew]
        self.found: list[Cut] = []

    def cut_off(self, choices: Choices, x: Floats, stopped: Callable[[], bool] = lambda: False) -> list[Cut]:
        """New cuts that the point ``x`` (columns,) of a programme breaks, each by the most; asks ``stopped`` often."""
        fresh: list[Cut] = []
        barren = 0
        for crew in self._crews:
            at = crew.at(choices, x)
            if not crew.busy(at):
                continue
            cut = crew.cut_off(at, stopped)
            barren = 0 if cut else barren + 1
            if cut:
                fresh.append(cut)
            if barren == _BARREN:
                break
        self.found += fresh
        return fresh


def sharpen(search: Search, programme: Programme, objective: Expr) -> None:
    """Cuts where the relaxation lies, again and again while they bring its bound nearer; none where it is near."""
    worth, found, before = programme.worth, search.found, math.inf
    assert worth is not None
    for _ in range(_ROUNDS):
        if search.stopped():
            return
        answer = programme.milp.run(objective, search.clock, monitor=search.monitor, relaxed=True)
        found.solver_seconds += answer.seconds
        if answer.x is None or answer.ended != "optimal":
            return
        found.bound = min(found.bound, answer.bound * worth.scale)
        left = found.bound - found.score
        if left <= _WIDE * abs(found.score) or before - left < _LITTLE * left:
            return
        before = left
        fresh = search.covers.cut_off(programme.choices, answer.x, search.stopped)
        if not fresh:
            return
        add(programme.choices, fresh)
        for spot, u in sorted(worth.efforts.items()):
            worth.touch(spot, u.at(answer.x))


def add(choices: Choices, cuts: Iterable[Cut]) -> None:
    """One row for every cut."""
    for cut in cuts:
        row = Expr()
        for (i, option), alpha in cut.items():
            row.add(choices.chosen(i, option), alpha)
        choices.milp.row(row, high=1.0)


def _crew(problem: Problem, rule: Rule, allowed: Sequence[Sequence[int]]) -> _Crew | None:
    capacity = problem.limits.capacities[rule.at]
    wanted = [
        (i, option, amount)
        for i, option, amount in capacity.demands
        if option in allowed[i] and 0.0 < amount <= capacity.amount
    ]
    alone = len({i for i, _, _ in wanted}) < 2 or any(amount < 0.0 for _, _, amount in capacity.demands)
    return None if alone else _Crew(wanted, capacity.amount)


class _Crew:
    """A team in one quarter: what each choice takes of it on a grid on which nothing it can do is lost."""

    def __init__(self, wanted: Sequence[tuple[int, int, float]], there: float) -> None:
        wanted = sorted(wanted)
        self.pairs = [(i, option) for i, option, _ in wanted]
        self.takes: Floats = np.array([amount for _, _, amount in wanted])
        self.there = there
        step = _step(self.takes, there)
        # rounded down what is taken and up what is there, so that sums of what fits still fit
        self._size: Ints = np.floor(self.takes / step + _NEAR).astype(np.int64)
        self._whole = int(np.floor((there + _OVER) / step + _NEAR * (len(wanted) + 1)))
        who = [i for i, _ in self.pairs]
        self._groups = [[k for k, one in enumerate(who) if one == i] for i in sorted(set(who))]
        self._programme = Growing(len(wanted))
        for k in range(len(wanted)):
            self._programme.below([k], 1.0)

    def at(self, choices: Choices, x: Floats) -> Floats:
        """(k,) how much of each choice a point has."""
        return np.array([choices.chosen(i, option).at(x) for i, option in self.pairs])

    def busy(self, at: Floats) -> bool:
        """Whether the team has little left, so that a cut is likely."""
        return float(self.takes @ at) >= _USED * self.there

    def cut_off(self, at: Floats, stopped: Callable[[], bool]) -> Cut | None:
        """The cut that a point (k,) breaks most; None where it breaks none by much."""
        for _ in range(_TRIES):
            if stopped():
                return None
            alpha = self._programme.most(at + _LIFT)
            if alpha is None or float(alpha @ at) <= 1.0 + _BROKEN:
                return None
            best, chosen = self._best(alpha)
            if best <= 1.0 + 1e-9:
                alpha = np.where(alpha > 1e-6, alpha, 0.0) / max(best, 1.0)
                return {self.pairs[k]: float(alpha[k]) for k in np.flatnonzero(alpha).tolist()}
            self._programme.below(np.flatnonzero(chosen).tolist(), 1.0)
        return None

    def _best(self, alpha: Floats) -> tuple[float, Bools]:
        """The most Σ α of what the team can do together, one option per initiative, and what that is."""
        value, picks = np.zeros(self._whole + 1), []
        for group in self._groups:
            longer, pick = value.copy(), np.full(self._whole + 1, -1)
            for k in group:
                size = int(self._size[k])
                if alpha[k] > 0.0 and size <= self._whole:
                    with_it = value[: self._whole + 1 - size] + alpha[k]
                    more = with_it > longer[size:]
                    longer[size:][more] = with_it[more]
                    pick[size:][more] = k
            value = longer
            picks.append(pick)
        chosen, left = np.zeros(len(alpha), dtype=np.bool_), self._whole
        for pick in reversed(picks):
            k = int(pick[left])
            if k >= 0:
                chosen[k] = True
                left -= int(self._size[k])
        return float(value[-1]), chosen


def _step(takes: Floats, there: float) -> float:
    """The coarsest grid on which all is whole, else a fine one."""
    for step in _GRID:
        if there / step <= _FINEST and np.abs(takes / step - np.rint(takes / step)).max() <= _NEAR:
            return step
    return there / _FINEST
