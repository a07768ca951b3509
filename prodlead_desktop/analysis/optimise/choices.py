"""What can be chosen, as columns: one option per initiative, its money, and which helpers are funded with it (§4.1)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.optimise import segments
from prodlead_desktop.analysis.optimise.milp import Expr, Milp
from prodlead_desktop.analysis.optimise.solution import Ask
from prodlead_desktop.analysis.plans import selectable
from prodlead_desktop.analysis.problem import Floats, Plan, Problem
from prodlead_desktop.errors import BadInput

MOST_HELPERS = 8
Key = tuple[int, int]  # future, pair


@dataclass(frozen=True, slots=True)
class Curve:
    """A function of an initiative's money that the value needs: ``of(money, factor of its helpers)``."""

    of: Callable[[Floats, float], Floats]
    up: bool
    down: bool


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


def _along(column: int, pieces: list[int], values: Floats) -> Expr:
    out = Expr({column: float(values[0])})
    for piece, step in zip(pieces, np.diff(values).tolist(), strict=True):
        out.add(piece, step)
    return out


class Choices:
    """Columns of a plan. Money is in ``unit`` minor units, so that coefficients are near 1…1000."""

    def __init__(
        self,
        milp: Milp,
        problem: Problem,
        ask: Ask,
        curves: Mapping[int, Mapping[Key, Curve]],
        knots: Mapping[int, Floats],
        gated: Callable[[int], bool],
    ) -> None:
        """``curves``: functions of each initiative's money that count; ``knots``: money at the ends of its pieces.

        ``gated``: whether an initiative's pieces are filled in order; if not, its curves are replaced by their hulls.
        """
        self.problem = problem
        self.milp = milp
        self.curves = curves
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
            if problem.initiatives[i].amounts is not None and 1 in self.options[i]:
                for state in self.states[i]:
                    if state.option:
                        state.piecewise = self._pieces(state, knots[i], curves.get(i, {}), gated(i))
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
        out = Expr()
        if row.amounts is None:
            for index, column in self.options[i].items():
                if option in (None, index):
                    out.add(column, row.options[index].cost / self.unit)
        elif option in (None, 1):
            for state in self.states[i]:
                if state.piecewise is not None:
                    at = state.piecewise.knots / self.unit
                    out.add(_along(state.column, state.piecewise.pieces, at))
        return out

    def cost(self, i: int, future: int, option: int | None = None) -> Expr:
        """Money at a future's costs, in units; amounts stay what they are."""
        row = self.problem.initiatives[i]
        factor = 1.0 if row.amounts is not None else float(self.problem.futures[future].cost_factor[i])
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
        options, amounts = [], []
        for i, row in enumerate(self.problem.initiatives):
            option = max(self.options[i], key=lambda o: (x[self.options[i][o]], -o))
            options.append(option)
            if row.amounts is None:
                amounts.append(float(row.options[option].cost))
            else:
                amounts.append(self._whole(i, self.money(i).at(x) * self.unit) if option else 0.0)
        return Plan(tuple(options), tuple(amounts))

    def _whole(self, i: int, amount: float) -> float:
        amounts = self.problem.initiatives[i].amounts
        assert amounts is not None
        return float(min(max(math.floor(amount + 1e-3), amounts.least, 1), amounts.most))

    def excess(self, i: int, x: Floats) -> tuple[float, float]:
        """How far the pieces are off an initiative's curves at a point, relative to the curves' height: the most, and
        the part of it that is due to hulls."""
        worst = over = 0.0
        money = self.money(i).at(x) * self.unit
        for state in self.states[i]:
            made = state.piecewise
            if made is None or x[state.column] < 0.5:
                continue
            for key, curve in self.curves[i].items():
                true = float(curve.of(np.array([money]), state.factor)[0])
                size = max(float(np.abs(curve.of(made.fine, state.factor)).max()), 1e-300)
                if curve.up:
                    found = (state.value(key, 0.0, above=True).at(x) - true) / size
                    lifted = float(np.interp(money, made.fine, made.lifted[key]))
                    worst, over = max(worst, found), max(over, found - (lifted - true) / size)
                if curve.down:
                    worst = max(worst, (true - state.value(key, 0.0, above=False).at(x)) / size)
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

    def _pieces(self, state: State, knots: Floats, curves: Mapping[Key, Curve], in_order: bool) -> Piecewise:
        """Pieces in the incremental form; a binary where a later one could be filled before an earlier one (§4.3).

        Not ``in_order`` there are none: curves wanted high become their concave hulls, which is above and so safe, and
        only the corners of these are knots.
        """
        if not in_order:
            return self._hulls(state, knots, curves)
        narrow = (np.diff(knots) <= 1.5).tolist()  # between two neighbouring minor units there is no money
        made = Piecewise(knots, [self.milp.column(0.0, 1.0, whole) for whole in narrow], knots)
        for key, curve in curves.items():
            at = _at(curve, state.factor)
            if curve.up:
                made.above[key] = made.lifted[key] = segments.beyond(at, knots, above=True)
            if curve.down:
                made.below[key] = segments.beyond(at, knots, above=False)
        closed = segments.gates(knots, list(made.above.values()), list(made.below.values()))
        gate = state.column
        for s, piece in enumerate(made.pieces):
            self.milp.below(Expr({piece: 1.0}), Expr({gate: 1.0}))
            if s < len(closed) and closed[s]:
                following = self.milp.binary()
                back = s
                while back >= 0 and (back == s or not closed[back]):
                    self.milp.below(Expr({following: 1.0}), Expr({made.pieces[back]: 1.0}))
                    back -= 1
                gate = following
        return made

    def _hulls(self, state: State, knots: Floats, curves: Mapping[Key, Curve]) -> Piecewise:
        lifted: dict[Key, Floats] = {}
        below: dict[Key, Floats] = {}
        touched = {0, len(knots) - 1}
        for key, curve in curves.items():
            at = _at(curve, state.factor)
            if curve.up:
                lifted[key] = segments.beyond(at, knots, above=True)
                touched.update(segments.corners(knots, lifted[key]))
            if curve.down:
                below[key] = segments.beyond(at, knots, above=False)
                touched.update(range(len(knots)))
        kept = sorted(touched)
        pieces = [self.milp.column(0.0, 1.0) for _ in kept[1:]]
        made = Piecewise(knots[kept], pieces, knots, lifted)
        made.above = {key: segments.hull(knots, values)[kept] for key, values in lifted.items()}
        made.below = {key: values[kept] for key, values in below.items()}
        for piece in pieces:
            self.milp.below(Expr({piece: 1.0}), Expr({state.column: 1.0}))
        return made


def _at(curve: Curve, factor: float) -> Callable[[Floats], Floats]:
    return lambda money: curve.of(money, factor)


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
