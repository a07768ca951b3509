"""What can be chosen, as columns: one option per initiative, its money, and which helpers are funded with it (§4.1)."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.optimise import segments
from prodlead_desktop.analysis.optimise.bends import Bends, Key
from prodlead_desktop.analysis.optimise.milp import Expr, Milp
from prodlead_desktop.analysis.optimise.solution import Ask
from prodlead_desktop.analysis.plans import selectable
from prodlead_desktop.analysis.problem import Floats, Ints, Plan, Problem
from prodlead_desktop.errors import BadInput

MOST_HELPERS = 8
_NONE: Ints = np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class Piecewise:
    """One amount in pieces: money = knots[0]·y + Σ t_s·(piece); ``above``/``below`` give a curve's values at knots.

    ``fine``: all knots, also those that a hull passes over; ``lifted``: a curve from above at those."""

    knots: Floats
    pieces: list[int]
    fine: Floats
    lifted: dict[Key, Floats] = field(default_factory=dict)  # from above, before hulls
    above: dict[Key, Floats] = field(default_factory=dict)
    below: dict[Key, Floats] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """An option together with the helpers funded with it (their joint factor); ``column`` is 1 when it is so."""

    option: int
    factor: float
    column: int
    piecewise: Piecewise | None = None

    def value(self, key: Key, level: float, above: bool) -> Expr:
        """What the state gives a curve: ``level`` for an option, else the pieces from above or below."""
        if self.piecewise is None:
            return Expr({self.column: level})
        values = (self.piecewise.above if above else self.piecewise.below)[key]
        return _along(self.column, self.piecewise.pieces, values)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An amount to be cut into pieces; ``above``, ``below``: values at the knots whose chords are on the safe side."""

    initiative: int
    state: State
    knots: Floats
    in_order: bool  # its pieces are filled so; else its curves become hulls
    above: dict[Key, Floats] = field(default_factory=dict)
    below: dict[Key, Floats] = field(default_factory=dict)
    corners: dict[Key, list[int]] = field(default_factory=dict)  # of the hulls of those above


def _along(column: int, pieces: list[int], values: Floats) -> Expr:
    at, out = values.tolist(), Expr()
    out.terms[column] = at[0]
    out.terms.update(zip(pieces, map(operator.sub, at[1:], at), strict=True))
    return out


class Choices:
    """Columns of a plan. Money is in ``unit`` minor units, so that coefficients are near 1…1000."""

    def __init__(
        self,
        milp: Milp,
        problem: Problem,
        ask: Ask,
        bends: Bends,
        knots: Mapping[int, Floats],
        gated: Callable[[int], bool],
    ) -> None:
        """``bends``: functions of each initiative's money that count; ``knots``: money at the ends of its pieces.

        ``gated``: whether an initiative's pieces are filled in order; if not, its curves are replaced by their hulls.
        """
        self.problem = problem
        self.milp = milp
        self.bends = bends
        self.unit = _money_unit(problem)
        self.finer = min(
            max(self.unit * 1e-6, 1.0), 1e3
        )  # times this, a row of money tells minor units apart
        self.options: list[dict[int, int]] = []
        self.states: list[list[State]] = []
        for i in range(len(problem.initiatives)):
            columns = {option: milp.binary() for option in allowed(problem, ask, i)}
            milp.row(Expr(dict.fromkeys(columns.values(), 1.0)), 1.0, 1.0)
            self.options.append(columns)
        for i in range(len(problem.initiatives)):
            self.states.append(self._states(i))
        for cut in self._drawn(knots, gated):
            cut.state.piecewise = self._pieces(cut) if cut.in_order else self._hulls(cut)
        self._spending: tuple[Ints, Ints, Floats] | None = None  # initiatives, columns, money
        self._money = [self._spent(i) for i in range(len(problem.initiatives))]
        for name, least in ask.least.items():
            i = problem.initiative_index(name)
            milp.row(self.money(i), low=least / self.unit)

    def chosen(self, i: int, option: int) -> Expr:
        """1 when the initiative has this option."""
        column = self.options[i].get(option)
        return Expr() if column is None else Expr({column: 1.0})

    def funded(self, i: int) -> Expr:
        """1 when the initiative gets anything."""
        return Expr({column: 1.0 for option, column in self.options[i].items() if option})

    def money(self, i: int, option: int | None = None) -> Expr:
        """Money at unchanged costs, in units; of one option, or of all."""
        row = self.problem.initiatives[i]
        if option is None or (option == 1 and row.amounts is not None):
            return Expr(self._money[i].terms)
        if row.amounts is not None or option not in self.options[i]:
            return Expr()
        return Expr({self.options[i][option]: row.options[option].cost / self.unit})

    def _spent(self, i: int) -> Expr:
        row, out = self.problem.initiatives[i], Expr()
        if row.amounts is None:
            return Expr(
                {column: row.options[index].cost / self.unit for index, column in self.options[i].items()}
            )
        for state in self.states[i]:
            if state.piecewise is not None:
                at = state.piecewise.knots / self.unit
                out.add(_along(state.column, state.piecewise.pieces, at))
        return out

    def amounts(self, x: Floats) -> Floats:
        """(I,) money of every initiative at a point of the programme, minor units."""
        if self._spending is None:
            terms = [
                (i, column, value) for i, row in enumerate(self._money) for column, value in row.terms.items()
            ]
            owners, columns, values = zip(*terms, strict=True) if terms else ((), (), ())
            self._spending = (
                np.array(owners, np.int64),
                np.array(columns, np.int64),
                np.array(values, np.float64),
            )
        at, places, money = self._spending
        return np.asarray(np.bincount(at, weights=money * x[places], minlength=len(self._money)) * self.unit)

    def cost(self, i: int, future: int, option: int | None = None) -> Expr:
        """Money at a future's costs, in units, to be read only; amounts stay what they are."""
        row = self.problem.initiatives[i]
        factor = 1.0 if row.amounts is not None else float(self.problem.futures[future].cost_factor[i])
        if option is None and factor == 1.0:
            return self._money[i]
        return Expr().add(self.money(i, option), factor)

    def moved(self, plan: Plan) -> Expr:
        """Σ|c − c of a plan| at unchanged costs, in units; of amounts never less than that."""
        out = Expr()
        for i, row in enumerate(self.problem.initiatives):
            before = plan.amounts[i] if plan.options[i] else 0.0
            if row.amounts is None:
                for option, column in self.options[i].items():
                    out.add(column, abs(row.options[option].cost - before) / self.unit)
                continue
            away = self.milp.column(0.0)
            money = self.money(i).plus(-before / self.unit)
            self.milp.below(money, Expr({away: 1.0}))
            self.milp.below(Expr().add(money, -1.0), Expr({away: 1.0}))
            out.add(away)
        return out

    def plan(self, x: Floats) -> Plan:
        """The plan at a point of the programme, money rounded down to minor units."""
        options, amounts, money = [], [], self.amounts(x).tolist()
        for i, row in enumerate(self.problem.initiatives):
            option = max(self.options[i], key=lambda o: (x[self.options[i][o]], -o))
            options.append(option)
            if row.amounts is None:
                amounts.append(float(row.options[option].cost))
            else:
                amounts.append(self._whole(i, money[i]) if option else 0.0)
        return Plan(tuple(options), tuple(amounts))

    def _whole(self, i: int, amount: float) -> float:
        amounts = self.problem.initiatives[i].amounts
        assert amounts is not None
        return float(min(max(math.floor(amount + 1e-3), amounts.least, 1), amounts.most))

    def excess(self, x: Floats, money: Floats) -> tuple[Floats, Floats]:
        """(I,) how far the pieces are off each initiative's curves at a point that gives it this money (I,), relative
        to the curves' height: the most, and the part of it that is due to hulls."""
        worst, over = np.zeros((2, len(self.states)))
        rows = [
            (i, state, made, j)
            for i, states in enumerate(self.states)
            for state in states
            if (made := state.piecewise) is not None and x[state.column] >= 0.5
            for j in self.bends.of.get(i, _NONE).tolist()
        ]
        which = np.array([j for *_, j in rows], dtype=np.int64)
        factors = np.array([state.factor for _, state, _, _ in rows])
        exact = self.bends.at(which, money[[i for i, *_ in rows]], factors) if rows else _NONE
        fine = self.bends.at_knots(which, [made.fine for _, _, made, _ in rows], factors)
        for (i, state, made, j), true, curve in zip(rows, exact.tolist(), fine, strict=True):
            key, size = self.bends.keys[j], max(float(np.abs(curve).max()), 1e-300)
            if self.bends.up[j]:
                found = (state.value(key, 0.0, above=True).at(x) - true) / size
                lifted = float(np.interp(money[i], made.fine, made.lifted[key]))
                worst[i], over[i] = max(worst[i], found), max(over[i], found - (lifted - true) / size)
            if self.bends.down[j]:
                worst[i] = max(worst[i], (true - state.value(key, 0.0, above=False).at(x)) / size)
        return worst, over

    def start(self, plan: Plan) -> dict[int, float]:
        """The columns of a plan's options, as a point to begin with; empty where it has one that is not allowed."""
        found: dict[int, float] = {}
        for i, columns in enumerate(self.options):
            if plan.options[i] not in columns:
                return {}
            found |= {column: float(option == plan.options[i]) for option, column in columns.items()}
        return found

    def _states(self, i: int) -> list[State]:
        """Options as they are, or split by which helpers are funded; then x = Σ over the states (disjunctive form)."""
        helpers: dict[int, float] = {}
        for rule in self.problem.enhances:
            if rule.other == i and any(self.options[rule.initiative]):
                helpers[rule.initiative] = helpers.get(rule.initiative, 1.0) * rule.factor
        if len(helpers) > MOST_HELPERS:
            title = self.problem.initiatives[i].title
            raise BadInput(
                f"“{title}” is helped by {len(helpers)} others; at most {MOST_HELPERS} can be solved."
            )
        states: list[State] = []
        for option, column in self.options[i].items():
            if not option or not helpers:
                states.append(State(option, 1.0, column))
                continue
            split: list[tuple[frozenset[int], int]] = []
            for there in itertools.product((False, True), repeat=len(helpers)):
                with_ = frozenset(h for h, yes in zip(helpers, there, strict=True) if yes)
                made = self.milp.column(0.0, 1.0)
                split.append((with_, made))
                states.append(State(option, math.prod(helpers[h] for h in with_), made))
            self.milp.row(Expr(dict.fromkeys((c for _, c in split), 1.0)).add(column, -1.0), 0.0, 0.0)
            for helper in helpers:
                with_it = Expr({c: 1.0 for names, c in split if helper in names})
                without = Expr({c: 1.0 for names, c in split if helper not in names})
                self.milp.below(with_it, self.funded(helper))
                self.milp.row(without.add(self.funded(helper)), high=1.0)
        return states

    def _drawn(self, knots: Mapping[int, Floats], gated: Callable[[int], bool]) -> list[_Cut]:
        """Every amount that may be given, with the curves that its value needs, all of them read at once."""
        cuts = [
            _Cut(i, state, knots[i], gated(i))
            for i, row in enumerate(self.problem.initiatives)
            if row.amounts is not None and 1 in self.options[i]
            for state in self.states[i]
            if state.option
        ]
        rows = [(cut, j) for cut in cuts for j in self.bends.of.get(cut.initiative, _NONE).tolist()]
        for wanted, above in ((self.bends.up, True), (self.bends.down, False)):
            mine = [(cut, j) for cut, j in rows if wanted[j]]
            which = np.array([j for _, j in mine], dtype=np.int64)
            factors = np.array([cut.state.factor for cut, _ in mine])
            found = self.bends.beyond(which, [cut.knots for cut, _ in mine], factors, above)
            for (cut, j), chords in zip(mine, found, strict=True):
                (cut.above if above else cut.below)[self.bends.keys[j]] = chords.values
                if above and not cut.in_order:
                    cut.corners[self.bends.keys[j]] = chords.corners()
        return cuts

    def _pieces(self, cut: _Cut) -> Piecewise:
        """Pieces in the incremental form; a binary where a later one could be filled before an earlier one (§4.3)."""
        knots, gate = cut.knots, cut.state.column
        narrow = (np.diff(knots) <= 1.5).tolist()  # between two neighbouring minor units there is no money
        pieces = [self.milp.column(0.0, 1.0, whole) for whole in narrow]
        closed = segments.gates(knots, list(cut.above.values()), list(cut.below.values()))
        for s, piece in enumerate(pieces):
            self.milp.below(Expr({piece: 1.0}), Expr({gate: 1.0}))
            if s < len(closed) and closed[s]:
                following = self.milp.binary()
                back = s
                while back >= 0 and (back == s or not closed[back]):
                    self.milp.below(Expr({following: 1.0}), Expr({pieces[back]: 1.0}))
                    back -= 1
                gate = following
        return Piecewise(knots, pieces, knots, cut.above, cut.above, cut.below)

    def _hulls(self, cut: _Cut) -> Piecewise:
        """Nothing in order: curves wanted high become their concave hulls, which is above and so safe, and only the
        corners of these are knots."""
        knots, touched = cut.knots, {0, len(cut.knots) - 1}
        touched.update(*cut.corners.values(), range(len(knots)) if cut.below else ())
        kept = sorted(touched)
        pieces = self.milp.columns(len(kept) - 1)
        made = Piecewise(knots[kept], pieces, knots, cut.above)
        for key, values in cut.above.items():
            found = cut.corners[key]
            made.above[key] = (
                values[kept] if found == kept else np.interp(knots[kept], knots[found], values[found])
            )
        made.below = {key: values[kept] for key, values in cut.below.items()}
        self.milp.each_below(pieces, cut.state.column)
        return made


def _money_unit(problem: Problem) -> float:
    """Minor units per unit: the common divisor of all prices where that leaves whole numbers, else a thousandth."""
    priced = [option.cost for row in problem.initiatives for option in row.options if option.cost]
    priced += [row.amounts.most for row in problem.initiatives if row.amounts is not None]
    if not priced:
        return 1.0
    shared = math.gcd(*priced)
    whole = all(row.amounts is None for row in problem.initiatives)
    return float(shared) if whole and max(priced) / shared <= 1e5 else max(max(priced) / 1000.0, 1.0)


def allowed(problem: Problem, ask: Ask, i: int) -> list[int]:
    """Options that may be chosen; one without a price only while its lock counts."""
    row = problem.initiatives[i]
    found = list(selectable(problem, i))
    if limits.lock_id(i) in ask.drop:
        found = [option for option in found if row.options[option].known]
    only = ask.force.get(row.id)
    return [option for option in found if only is None or option in only]
