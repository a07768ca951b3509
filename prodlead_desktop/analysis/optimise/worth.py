"""The value of a plan as rows: concave parts by tangents, the rest by pieces, always on the side that keeps the
bound true (model.md §4.4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from prodlead_desktop.analysis.optimise.bends import Bends
from prodlead_desktop.analysis.optimise.choices import Choices
from prodlead_desktop.analysis.optimise.milp import Expr, Milp, total
from prodlead_desktop.analysis.optimise.wanted import by_effort, effort, wanted
from prodlead_desktop.analysis.problem import Floats
from prodlead_desktop.analysis.value import Valuation

_REACHED = 1e-9
_TANGENTS, _CHORDS = 10, 16
_SMALL = 1e-3  # of effort
Spot = tuple[int, int]  # future, point


@dataclass(slots=True)
class Detail:
    """How finely curves are drawn; grows where the search has been, so that the next bound is tighter there."""

    tangents: dict[Spot, list[float]] = field(default_factory=dict)  # efforts with a tangent
    chords: dict[Spot, list[float]] = field(default_factory=dict)  # efforts between chords
    knots: dict[int, Floats] = field(default_factory=dict)  # money by initiative
    ordered: set[int] = field(
        default_factory=set
    )  # initiatives whose pieces are filled in order; the rest by hulls
    loose: bool = False  # nothing is filled in order: only to move money a little
    missed: set[tuple[int, int, tuple[int, ...]]] = field(
        default_factory=set
    )  # future, outcome, plan below θ

    def inherited(self) -> Detail:
        """What holds for every question about the same value, whatever the rules: not how money is cut into pieces."""
        return Detail(
            tangents={spot: list(at) for spot, at in self.tangents.items()},
            chords={spot: list(at) for spot, at in self.chords.items()},
            missed=set(self.missed),
        )


class Gains:
    """What each state of each initiative contributes to each point, in the terms in which the point adds up."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.wanted = wanted(valuation)
        futures = range(len(valuation.problem.futures))
        self.by_option = [valuation.gains(s) for s in futures]
        self.ranges = [valuation.ranges(s) for s in futures]
        self.extremes = [valuation.extremes(s) for s in futures]
        self.bends = Bends(valuation, self.wanted)

    def term(self, s: int, k: int, gain: Floats) -> Floats:
        """Effort where the point adds up in effort, else the gain itself, any shape."""
        q = int(self.valuation.pair_point[k])
        if not by_effort(self.valuation, q):
            return gain
        room = float(self.valuation.scale.headroom[s, self.valuation.points.rows[q].outcome])
        return effort(gain, room)


class Worth:
    """V of every future as an expression over the columns; adds the rows it needs."""

    def __init__(self, milp: Milp, gains: Gains, choices: Choices, detail: Detail) -> None:
        self.milp, self.gains, self.choices, self.detail = milp, gains, choices, detail
        self.valuation = gains.valuation
        self.problem = self.valuation.problem
        self.efforts: dict[Spot, Expr] = {}  # from above
        self._hulls: dict[Spot, tuple[Expr, float, float]] = {}  # own improvement, its size, G
        self.reached: dict[tuple[int, int], int] = {}  # (future, outcome) → column of τ
        self.scale = value_scale(gains)
        self._deadlines: list[dict[int, Expr]] = []  # by future, d at the deadline of outcomes with a wish
        self.values = [self._value(s) for s in range(len(self.problem.futures))]

    # ------------------------------------------------------------ one future

    def _value(self, s: int) -> Expr:
        """V / scale."""
        problem, valuation = self.problem, self.valuation
        d: dict[int, Expr] = {}
        needed = self.gains.wanted.up | self.gains.wanted.down
        for q in np.flatnonzero(needed).tolist():
            d[q] = self._improvement(s, q, d)
        out = Expr()
        rate = (problem.money_per_point or 0.0) if problem.in_money else 1.0
        for o in problem.objectives:
            outcome = problem.outcomes[o]
            if outcome.mode == "weight" and outcome.weight > 0.0:
                at = d[int(valuation.deadline_points[o])]
                worth = 100.0 * outcome.weight * rate / self.scale
                out.add(self._credit(s, o, at), worth * (1.0 - outcome.threshold_share))
                if outcome.threshold_share > 0.0:
                    out.add(self._beyond(s, o, at), worth * outcome.threshold_share)
        for q in np.flatnonzero(valuation.flow_weights).tolist():
            out.add(d[q], float(valuation.flow_weights[q]) / self.scale)
        wished = [wish.outcome for wish in problem.wishes]
        self._deadlines.append({o: d[int(valuation.deadline_points[o])] for o in wished})
        return out

    def attained(self, s: int, o: int) -> Expr:
        """Attainment at the deadline of an outcome with a wish, never less than that of a plan."""
        length, offset = float(self.valuation.scale.length[s, o]), float(self.valuation.scale.offset[s, o])
        return Expr(constant=offset / length).add(self._deadlines[s][o], 1.0 / length)

    def _improvement(self, s: int, q: int, d: Mapping[int, Expr]) -> Expr:
        """d of a point: its own effects, what its parts add, and the natural limit."""
        point, ranges = self.valuation.points.rows[q], self.gains.ranges[s]
        own = self._own(s, q)
        if not point.parts:
            return own
        whole = Expr().add(own)
        least, most = float(ranges.own_least[q]), float(ranges.own_most[q])
        for part, k in point.parts:
            whole.add(d[part], k)
            ends = sorted((k * float(ranges.least[part]), k * float(ranges.most[part])))
            least, most = least + ends[0], most + ends[1]
        return self._capped(s, q, whole, whole, least, most)

    def _capped(self, s: int, q: int, above: Expr, below: Expr, least: float, most: float) -> Expr:
        """min(expression, G) from the sides that are wanted; the expression itself where neither can differ."""
        room = float(self.valuation.scale.headroom[s, self.valuation.points.rows[q].outcome])
        up, down = bool(self.gains.wanted.up[q]), bool(self.gains.wanted.down[q])
        held = most > room
        if not held and (above is below or not (up and down)):
            return above if up else below
        size = max(abs(least), abs(most), 1e-12)
        column = self.milp.column(min(least, room) / size, min(most, room) / size)
        made = Expr({column: size})
        if up:
            self._row_below(made, above, size)
        if down and not held:
            self._row_below(below, made, size)
        elif down:
            at_limit = self.milp.binary()
            self._row_below(Expr({at_limit: -(most - room)}).add(below), made, size)
            self._row_below(Expr({at_limit: room - least}, least), made, size)
        return made

    def _row_below(self, left: Expr, right: Expr, size: float) -> None:
        self.milp.below(Expr().add(left, 1.0 / size), Expr().add(right, 1.0 / size))

    # ------------------------------------------------------------ direct effects of one point

    def _pairs(self, q: int) -> range:
        return range(int(self.valuation.offsets[q]), int(self.valuation.offsets[q + 1]))

    def _terms(self, s: int, k: int, above: bool) -> Expr:
        """One pair: gain, or effort, over the states of its initiative."""
        i = int(self.valuation.pair_initiative[k])
        out = Expr()
        for state in self.choices.states[i]:
            if state.option:
                gain = float(self.gains.by_option[s][k, state.option]) * state.factor
                level = float(self.gains.term(s, k, np.array(gain))) if state.piecewise is None else 0.0
                out.add(state.value((s, k), level, above))
        return out

    def _sides(self, s: int, q: int) -> tuple[Expr, Expr]:
        """The sum over pairs from above and from below: one and the same where no money is in pieces."""
        up, down = bool(self.gains.wanted.up[q]), bool(self.gains.wanted.down[q])
        initiatives = self.problem.initiatives
        curved = any(
            initiatives[i].amounts is not None for i in self.valuation.pair_initiative[list(self._pairs(q))]
        )
        if not (curved and up and down):
            one = total(self._terms(s, k, above=up) for k in self._pairs(q))
            return one, one
        return total(self._terms(s, k, True) for k in self._pairs(q)), total(
            self._terms(s, k, False) for k in self._pairs(q)
        )

    def _own(self, s: int, q: int) -> Expr:
        pairs = self._pairs(q)
        if not pairs:
            return Expr()
        low, high = self.gains.extremes[s]
        if by_effort(self.valuation, q):
            return self._headroom(s, q)
        if self.problem.outcomes[self.valuation.points.rows[q].outcome].overlap == "max" and len(pairs) > 1:
            return self._best(s, q)
        least, most = float(low[pairs.start : pairs.stop].sum()), float(high[pairs.start : pairs.stop].sum())
        return self._capped(s, q, *self._sides(s, q), least, most)

    def _headroom(self, s: int, q: int) -> Expr:
        """G(1 − e^(−U)): below its tangents where it is wanted high, above its chords where it is wanted low; 0 where
        nothing moves it in this future, which leaves nothing to scale its rows by."""
        own = self.gains.ranges[s]
        size = max(abs(float(own.own_least[q])), abs(float(own.own_most[q])))
        if not size:
            return Expr()
        room = float(self.valuation.scale.headroom[s, self.valuation.points.rows[q].outcome])
        above, below = self._sides(s, q)
        (low, high), ends = self._efforts(s, q), self._drawn(s, q)
        if above is below:  # a column of its own: the many tangents then have two entries each
            unit = _unit(*ends)
            total_effort = self.milp.column(ends[0] / unit, ends[1] / unit)
            self.milp.row(Expr({total_effort: 1.0}).add(above, -1.0 / unit), 0.0, 0.0)
            above = below = Expr({total_effort: unit})
        self.efforts[s, q] = above
        column = self.milp.column(float(own.own_least[q]) / size, float(own.own_most[q]) / size)
        made = Expr({column: size})
        if self.gains.wanted.up[q]:
            self._hulls[s, q] = (made, size, room)
            for at in sorted({*_spread(low, high, _TANGENTS), *self.detail.tangents.get((s, q), ())}):
                self._tangent((s, q), at)
        if self.gains.wanted.down[q]:
            self._above_chords(made, below, room, size, *ends, self.detail.chords.get((s, q), []))
        return made

    def _tangent(self, spot: Spot, at: float) -> None:
        made, size, room = self._hulls[spot]
        slope = room * math.exp(-at)
        self._row_below(made, Expr(constant=room - slope - slope * at).add(self.efforts[spot], slope), size)

    def touch(self, spot: Spot, at: float) -> bool:
        """Another tangent at this effort; False when there is one already, or none is needed."""
        known = self.detail.tangents.setdefault(spot, [])
        if spot not in self._hulls or any(abs(at - one) < 1e-8 for one in known):
            return False
        known.append(at)
        self._tangent(spot, at)
        return True

    def _drawn(self, s: int, q: int) -> tuple[float, float]:
        """What efforts can come to as pieces of money draw them, on the safe side of their curves: a little beyond what
        any plan comes to, which a column must leave room for, or it would cut off plans at the ends."""
        pairs = self._pairs(q)
        low, high = self._each_effort(s, q)
        for at, k in enumerate(pairs):
            for made in (
                state.piecewise for state in self.choices.states[int(self.valuation.pair_initiative[k])]
            ):
                for curves in (made.above, made.below) if made is not None else ():
                    if (s, k) in curves:
                        low[at] = min(low[at], float(curves[s, k].min()))
                        high[at] = max(high[at], float(curves[s, k].max()))
        return float(low.sum()), float(high.sum())

    def _efforts(self, s: int, q: int) -> tuple[float, float]:
        low, high = self._each_effort(s, q)
        return float(low.sum()), float(high.sum())

    def _each_effort(self, s: int, q: int) -> tuple[Floats, Floats]:
        """(pairs of a point,) the least and the most effort of each."""
        low, high = self.gains.extremes[s]
        part = slice(self._pairs(q).start, self._pairs(q).stop)
        room = float(self.valuation.scale.headroom[s, self.valuation.points.rows[q].outcome])
        return effort(low[part], room), effort(high[part], room)

    def _above_chords(
        self, made: Expr, below: Expr, room: float, size: float, low: float, high: float, also: list[float]
    ) -> None:
        at = sorted({*_spread(low, high, _CHORDS), low, high, *(u for u in also if low < u < high)})
        values = [room * -math.expm1(-u) for u in at]
        u, value = Expr(constant=at[0]), Expr(constant=values[0])
        gate: int | None = None
        for s in range(len(at) - 1):
            piece = self.milp.column(0.0, 1.0)
            u.add(piece, at[s + 1] - at[s])
            value.add(piece, values[s + 1] - values[s])
            if gate is not None:
                self.milp.below(Expr({piece: 1.0}), Expr({gate: 1.0}))
            if s < len(at) - 2:
                gate = self.milp.binary()
                self.milp.below(Expr({gate: 1.0}), Expr({piece: 1.0}))
        self.milp.row(Expr().add(u.add(below, -1.0), 1.0 / _unit(low, high)), 0.0, 0.0)
        self._row_below(value, made, size)

    def _best(self, s: int, q: int) -> Expr:
        """The largest contribution of what is funded only; 0 where nothing is."""
        pairs = self._pairs(q)
        low, high = self.gains.extremes[s]
        least, most = float(low[pairs.start : pairs.stop].min()), float(high[pairs.start : pairs.stop].max())
        size = max(abs(least), abs(most), 1e-12)
        column = self.milp.column(least / size, most / size)
        made = Expr({column: size})
        picks = [self.milp.binary() for _ in pairs]
        funded = [self.choices.funded(int(self.valuation.pair_initiative[k])) for k in pairs]
        none = (
            {self.milp.binary(): 1.0} if least < 0.0 else {}
        )  # without harm what is not funded may count as 0
        self.milp.row(Expr(dict.fromkeys(picks, 1.0) | none), 1.0, 1.0)
        for column in none:
            self._picked_among_funded(picks, column, funded)
            if self.gains.wanted.up[q]:
                self._row_below(Expr({column: most}, -most).add(made), Expr(), size)
            if self.gains.wanted.down[q]:
                self._row_below(Expr().add(total(funded), least), made, size)
        for k, pick, mine in zip(pairs, picks, funded, strict=True):
            if self.gains.wanted.up[q]:
                away = most - float(low[k])
                self._row_below(Expr({pick: away}, -away).add(made), self._terms(s, k, True), size)
            if self.gains.wanted.down[q]:
                idle = Expr(constant=least).add(mine, -least)  # not funded: 0 is too much to ask for
                self._row_below(self._terms(s, k, False).add(idle), made, size)
        return self._capped(s, q, made, made, least, most)

    def _picked_among_funded(self, picks: list[int], none: int, funded: list[Expr]) -> None:
        """The best is one that is funded, or none is."""
        for pick, mine in zip(picks, funded, strict=True):
            self.milp.below(Expr({pick: 1.0}), mine)
            self.milp.below(Expr({none: 1.0}).add(mine), Expr(constant=1.0))

    # ------------------------------------------------------------ what an improvement is worth

    def _credit(self, s: int, o: int, d: Expr) -> Expr:
        """c(a) = min(a, 1) + κ·max(a − 1, 0) (§2.8); a binary only where κ > 1 makes over-delivery count more."""
        scale, outcome = self.valuation.scale, self.problem.outcomes[o]
        length, offset = float(scale.length[s, o]), float(scale.offset[s, o])
        a = Expr(constant=offset / length).add(d, 1.0 / length)
        q, kappa = int(self.valuation.deadline_points[o]), outcome.over_delivery
        least = (float(self.gains.ranges[s].least[q]) + offset) / length
        most = (float(self.gains.ranges[s].most[q]) + offset) / length
        if most <= 1.0 or kappa == 1.0:
            return a
        if kappa < 1.0:
            credit = Expr({self.milp.column(min(least, 1.0), 1.0 + kappa * (most - 1.0)): 1.0})
            self.milp.below(credit, a)
            self.milp.below(credit, Expr(constant=1.0 - kappa).add(a, kappa))
            return credit
        beyond, over = self.milp.column(0.0, most - 1.0), self.milp.binary()
        self.milp.below(Expr({beyond: 1.0}), Expr({over: most - 1.0}))
        slack = max(1.0 - least, 0.0)
        self.milp.below(Expr({beyond: 1.0}), Expr({over: -slack}, slack - 1.0).add(a))
        return Expr().add(a).add(beyond, kappa - 1.0)

    def _beyond(self, s: int, o: int, d: Expr) -> Expr:
        """τ: 1 only where the threshold is reached on mean effects; in effort where that is exact (§4.4)."""
        scale, q = self.valuation.scale, int(self.valuation.deadline_points[o])
        way = float(scale.threshold[s, o])
        if math.isnan(way):
            return Expr()
        way -= _REACHED * max(1.0, abs(way))
        least, most = float(self.gains.ranges[s].least[q]), float(self.gains.ranges[s].most[q])
        if least >= way or most < way:
            return Expr(constant=float(least >= way))
        column = self.milp.binary()
        self.reached[s, o] = column
        size = max(abs(least), abs(most))
        self._row_below(Expr({column: way - least}, least), d, size)
        if (s, q) in self.efforts and not self.valuation.points.rows[q].parts:
            room = float(scale.headroom[s, o])
            needed, low = float(effort(np.array(way), room)), self._efforts(s, q)[0]
            self.milp.below(Expr({column: needed - low}, low), self.efforts[s, q])
        for future, outcome, options in sorted(self.detail.missed):
            if (future, outcome) == (s, o):
                others = Expr(constant=float(len(options)))
                for i, option in enumerate(options):
                    others.add(self.choices.chosen(i, option), -1.0)
                self.milp.below(Expr({column: 1.0}), others)
        return Expr({column: 1.0})


def _unit(low: float, high: float) -> float:
    """What efforts are counted in: 1, but for some so small that HiGHS would take them for none."""
    size = max(abs(low), abs(high))
    return size if 0.0 < size < _SMALL else 1.0


def _spread(low: float, high: float, count: int) -> list[float]:
    """Efforts whose tangents leave about the same error: even steps of e^(−U/2)."""
    if high - low < 1e-12:
        return [low]
    ends = math.exp(-low / 2.0), math.exp(-high / 2.0)
    return [-2.0 * math.log(t) for t in np.linspace(ends[0], ends[1], count).tolist()]


def ceilings(gains: Gains) -> Floats:
    """(S,) what V cannot exceed in each future, whatever is funded: a bound that is there before any search."""
    valuation, problem = gains.valuation, gains.valuation.problem
    rate = (problem.money_per_point or 0.0) if problem.in_money else 1.0
    flows, out = valuation.flow_weights, np.zeros(len(problem.futures))
    for s, ranges in enumerate(gains.ranges):
        out[s] = float(np.maximum(flows * ranges.most, flows * ranges.least).sum())
        for o in problem.objectives:
            outcome, q = problem.outcomes[o], int(valuation.deadline_points[o])
            if outcome.mode == "weight" and outcome.weight > 0.0:
                a = float((ranges.most[q] + valuation.scale.offset[s, o]) / valuation.scale.length[s, o])
                credit = min(a, 1.0) + outcome.over_delivery * max(a - 1.0, 0.0)
                share = outcome.threshold_share
                out[s] += 100.0 * outcome.weight * rate * ((1.0 - share) * credit + share)
    return out + 1e-9 * np.abs(out)


def value_scale(gains: Gains) -> float:
    """What V is divided by, so that all the value there could be comes to about 100 at the most."""
    valuation, problem = gains.valuation, gains.valuation.problem
    rate = (problem.money_per_point or 0.0) if problem.in_money else 1.0
    flows, most = np.abs(valuation.flow_weights), 0.0
    for s, ranges in enumerate(gains.ranges):
        reach = float(flows @ np.maximum(np.abs(ranges.least), np.abs(ranges.most)))
        for o in problem.objectives:
            outcome, q = problem.outcomes[o], int(valuation.deadline_points[o])
            if outcome.mode != "weight" or outcome.weight <= 0.0:
                continue
            ends = np.array([ranges.least[q], ranges.most[q]]) + valuation.scale.offset[s, o]
            attained = float(np.abs(ends / valuation.scale.length[s, o]).max())
            credit = min(attained, 1.0) + outcome.over_delivery * max(attained - 1.0, 0.0)
            share = outcome.threshold_share
            reach += 100.0 * outcome.weight * rate * max((1.0 - share) * credit + share, 1e-12)
        most = max(most, reach)
    return max(most / 100.0, 1e-12)
