"""What a plan is worth, exactly: efforts, overlap, the tree, attainment, points and money (model.md §2, §3.4–3.5).

Every effect counts with its mean (chance of success and of its assumptions included). Under the headroom rule that
is the exact expectation of the improvement; caps at the target and shared assumptions are the simulation's business.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis import points as pointing
from prodlead_desktop.analysis.amounts import Amounts
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.points import Moment, Points, widened
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Plan, Problem
from prodlead_desktop.analysis.timing import arrived

GAP_FLOOR = 1e-9  # 1 − δ/G is kept at least this (model §10)
ALL = slice(None)  # every future at once
Futures = int | slice
_REACHED = 1e-9
_CHUNK = 16_384


@dataclass(frozen=True, eq=False, slots=True)
class Evaluation:
    """What P plans come to in S futures; outcome axes follow ``problem.outcomes``."""

    value: Floats  # (S, P) V: 0–100 points, or minor units when the problem is in money
    points: Floats  # (S, P) the weighted part, 0–100
    money: Floats  # (S, P) the money part, minor units, discounted
    npv: Floats  # (S, P) money − discounted costs, minor units; nan for a problem in points
    cost: Floats  # (S, P) minor units
    improvement: Floats  # (S, O, P) d at the deadline, in the outcome's unit
    attainment: Floats  # (S, O, P) a at the deadline; nan where baseline or target is unknown
    reached: Bools  # (S, O, P) at or beyond the threshold; False where there is none


@dataclass(frozen=True, eq=False, slots=True)
class Ranges:
    """Bounds over all plans for every point, each (Q,): of the direct improvement, of d, and whether G may bind."""

    own_least: Floats
    own_most: Floats
    least: Floats
    most: Floats
    binds: Bools


class Scale:
    """How improvements read in each future: arrays (S, O).

    attainment = (d + ``offset``) / ``length``; ``headroom`` G (inf = no limit); ``threshold`` = σ(θ − b), nan = none.
    A future that moves a baseline replaces b: D = |T − b|. Where it moves it to the target or beyond, the outcome
    starts at attainment σ(b − b₀)/D₀ ≥ 1 on today's scale.
    """

    def __init__(self, problem: Problem) -> None:
        shape = (len(problem.futures), len(problem.outcomes))
        self.offset = np.zeros(shape)
        self.length = np.full(shape, np.nan)
        self.headroom = np.full(shape, np.inf)
        self.threshold = np.full(shape, np.nan)
        for s, future in enumerate(problem.futures):
            for o, outcome in enumerate(problem.outcomes):
                base = float(future.baseline[o])
                if np.isnan(base):
                    continue
                if outcome.limit is not None:
                    self.headroom[s, o] = outcome.direction * (outcome.limit - base)
                if outcome.threshold is not None:
                    self.threshold[s, o] = outcome.direction * (outcome.threshold - base)
                if not outcome.needed or outcome.target is None or outcome.baseline is None:
                    continue
                self.length[s, o] = outcome.direction * (outcome.target - base)
                if self.length[s, o] <= 0.0:
                    self.length[s, o] = outcome.needed
                    self.offset[s, o] = outcome.direction * (base - outcome.baseline)

    def margin(self, slack: float = 0.0) -> Floats:
        """(S, O) by how much a threshold may be missed and count as reached: sums of decimals are not exact."""
        way = np.abs(self.threshold)
        return np.asarray(
            np.maximum(_REACHED * np.maximum(1.0, way), slack * np.fmax(way, np.abs(self.length)))
        )


class Valuation:
    """A problem unrolled into points and (effect, point) *pairs*, ready to evaluate plans and draws.

    Pairs are ordered by point, then initiative; those of point q are ``slice(offsets[q], offsets[q+1])``.
    """

    def __init__(self, problem: Problem, moments: Iterable[Moment] | None = None, slack: float = 0.0) -> None:
        """``moments`` beside those that value needs may be asked for; see ``asked``.

        ``slack``: what more may be missing of the way to a threshold, as a share: draws are less exact.
        """
        self.problem, self.slack = problem, slack
        self.scale = Scale(problem)
        deadlines = pointing.at_deadlines(problem)
        flows = [
            (o, float(q), q + 1.0)
            for o, outcome in enumerate(problem.outcomes)
            if outcome.mode == "money"
            for q in range(problem.horizon)
        ]
        extra = list(moments or ())
        self.points: Points = pointing.unroll(problem, [*deadlines, *flows, *extra])
        found = np.array(self.points.found, dtype=np.int64)
        self.deadline_points: Ints = found[: len(deadlines)]  # (O,)
        self.asked: Ints = found[len(deadlines) + len(flows) :]
        self.flow_weights: Floats = np.zeros(len(self.points.rows))  # (Q,) minor units of V per unit of d
        for (o, _, end), q in zip(flows, found[len(deadlines) :].tolist(), strict=False):
            self.flow_weights[q] += problem.outcomes[o].money_per_unit * problem.discount**end
        rows = problem.outcomes
        weighted = [o for o in problem.objectives if rows[o].mode == "weight"]
        self.rated: Ints = np.array(weighted, dtype=np.int64)  # (R,) outcomes that carry points
        self._rated_points = as_slice(self.deadline_points[self.rated])
        self._points: Floats = np.array([100.0 * rows[o].weight for o in weighted])
        self._step: Floats = np.array([rows[o].threshold_share for o in weighted])  # φ
        self._credit: Floats = np.array([rows[o].over_delivery for o in weighted])  # κ
        self._pair_up()

    def _pair_up(self) -> None:
        problem = self.problem
        serving: dict[int, list[int]] = {}
        for e, effect in sorted(enumerate(problem.effects), key=lambda row: (row[1].initiative, row[0])):
            serving.setdefault(effect.outcome, []).append(e)
        pairs = [(e, q) for q, point in enumerate(self.points.rows) for e in serving.get(point.outcome, ())]
        self.pair_effect: Ints = np.array([e for e, _ in pairs], dtype=np.int64)  # (K,)
        self.pair_point: Ints = np.array([q for _, q in pairs], dtype=np.int64)  # (K,)
        owners = np.array([effect.initiative for effect in problem.effects], dtype=np.int64)
        self.pair_initiative: Ints = owners[self.pair_effect] if pairs else self.pair_effect  # (K,)
        self.offsets: Ints = np.searchsorted(self.pair_point, np.arange(len(self.points.rows) + 1))
        width = max((len(row.options) for row in problem.initiatives), default=1)
        self.arrived: Floats = np.zeros((len(pairs), width))  # ρ by pair and option
        self.share: Floats = np.zeros((len(problem.initiatives), width))  # s by initiative and option
        known: dict[tuple[int, float, float, float | None], float] = {}
        for i, row in enumerate(problem.initiatives):
            self.share[i, : len(row.options)] = [option.share for option in row.options]
        for k, (i, q) in enumerate(zip(self.pair_initiative.tolist(), self.pair_point.tolist(), strict=True)):
            point, row = self.points.rows[q], problem.initiatives[i]
            for index, option in enumerate(row.options[1:], 1):
                key = (i, option.start, point.begin, point.end)
                if key not in known:
                    known[key] = arrived(row.timing, option.start, point.begin, point.end)
                self.arrived[k, index] = known[key]
        self.amounts = Amounts(problem)
        place = self.amounts.place[self.pair_initiative]
        self._curved: Ints = np.flatnonzero(place >= 0)  # (K′,) pairs of what is funded by amount
        self._curved_at: Ints = place[self._curved]
        self._gather_means()

    def _gather_means(self) -> None:
        futures = range(len(self.problem.futures))
        self.full: Floats = np.stack([self._means(s)[self.pair_effect] for s in futures])  # (S, K)

    def of(self, problem: Problem) -> Valuation:
        """The valuation of a problem that differs from this one in means, chances and cost factors only."""
        other = copy.copy(self)
        other.problem = problem
        other._gather_means()
        return other

    def _means(self, s: int) -> Floats:
        """(E,) mean effects at full funding and ramp in a future: p·Ππ·E[E] with its factors and overrides."""
        problem, future = self.problem, self.problem.futures[s]
        chance = np.array([self.chance(i, s) for i in range(len(problem.initiatives))])
        mean = np.array([effect.mean for effect in problem.effects], dtype=np.float64)
        mean = np.where(np.isnan(future.effect_value), mean, future.effect_value) * future.effect_factor
        owners = np.array([effect.initiative for effect in problem.effects], dtype=np.int64)
        return mean * chance[owners] if len(mean) else mean

    def chance(self, initiative: int, future: int = 0) -> float:
        """Probability that an initiative works: p·Ππ over the assumptions it rests on."""
        row = self.problem.initiatives[initiative]
        if not row.assumptions:
            return row.success
        return row.success * float(np.prod(self.problem.futures[future].chance[list(row.assumptions)]))

    def gains(self, future: int = 0) -> Floats:
        """(K, L): mean contribution δ of every pair at every option, in the outcome's unit, enhancements aside."""
        return np.asarray(self.full[future][:, None] * self.share[self.pair_initiative] * self.arrived)

    def contributions(self, plans: Plans, future: int = 0) -> Floats:
        """(K, P): mean contribution δ of every pair under each plan, enhancements included."""
        problem = self.problem
        chosen = plans.options[self.pair_initiative]
        out = np.take_along_axis(self.gains(future), chosen, axis=1)
        if len(self._curved):
            share = self.amounts.bought(plans, problem.futures[future].cost_factor)
            full = (self.full[future] * self.arrived[:, 1])[self._curved, None]
            out[self._curved] = full * share[self._curved_at]
        for rule in problem.enhances:
            both = (plans.options[rule.initiative] > 0) & (plans.options[rule.other] > 0)
            out[self.pair_initiative == rule.other] *= np.where(both, rule.factor, 1.0)
        return out

    def funded(self, options: Ints) -> Bools:
        """(K, …) whether the initiative of every pair gets anything, from the options (I, …) of plans."""
        return np.asarray(options[self.pair_initiative] > 0)

    def combine(self, x: Floats, funded: Bools, future: int = 0) -> Floats:
        """(Q, …) direct improvement of every point from contributions x (K, …) by the outcome's overlap rule (§3.5).

        headroom: G(1 − Π max(1 − x/G, 1e−9)); sum: min(Σx, G); max: min(max x, G) over what is ``funded`` (K, …), 0
        where nothing is: a bet that gets nothing hides no harm.
        """
        out = np.zeros((len(self.points.rows), *x.shape[1:]))
        for q, point in enumerate(self.points.rows):
            part = x[self.offsets[q] : self.offsets[q + 1]]
            if not len(part):
                continue
            room = float(self.scale.headroom[future, point.outcome])
            overlap = self.problem.outcomes[point.outcome].overlap
            if overlap == "headroom":
                out[q] = room * (1.0 - np.prod(np.maximum(1.0 - part / room, GAP_FLOOR), axis=0))
            elif overlap == "sum":
                out[q] = np.minimum(part.sum(axis=0), room)
            else:
                best = np.where(funded[self.offsets[q] : self.offsets[q + 1]], part, -np.inf).max(axis=0)
                out[q] = np.minimum(np.where(np.isneginf(best), 0.0, best), room)
        return out

    def improvements(self, x: Floats, funded: Bools, future: int = 0) -> Floats:
        """(Q, …) improvement d of every point, children included, from contributions x of what is funded (K, …)."""
        return self.points.propagate(self.combine(x, funded, future), self.scale.headroom[future])

    def cap_may_bind(self, future: int = 0) -> Bools:
        """(Q,) where some plan could be held back by G, so that d is less than the sum of its parts there.

        False promises a point is linear in its direct contributions (sum), or in d of its parts (tree).
        """
        return self.ranges(future).binds

    def ranges(self, future: int = 0) -> Ranges:
        """Between what any plan can move every point; wider than the truth where effects depend on each other."""
        low, high = self.extremes(future)
        everything = np.ones(len(low), dtype=np.bool_)
        own_least, own_most = (self.combine(end, everything, future) for end in (low, high))
        least, most = own_least.copy(), own_most.copy()
        binds = np.zeros(len(self.points.rows), dtype=np.bool_)
        for q, point in enumerate(self.points.rows):
            room = float(self.scale.headroom[future, point.outcome])
            mine, overlap = (
                slice(self.offsets[q], self.offsets[q + 1]),
                self.problem.outcomes[point.outcome].overlap,
            )
            if overlap == "sum":
                binds[q] = high[mine].sum() > room
            elif overlap == "max":  # the worst may be funded alone
                least[q] = own_least[q] = low[mine].min(initial=0.0)
            for part, k in point.parts:
                least[q] += min(k * least[part], k * most[part])
                most[q] += max(k * least[part], k * most[part])
            binds[q] |= bool(point.parts) and most[q] > room
            most[q], least[q] = min(most[q], room), min(least[q], room)
        return Ranges(own_least, own_most, least, most, binds)

    def extremes(self, future: int) -> tuple[Floats, Floats]:
        """(K,) least and most that any plan gets out of each pair; nothing is always possible."""
        gains = self.gains(future)
        if len(self._curved):
            most = self.amounts.at_most(self.problem.futures[future].cost_factor)
            gains[self._curved] *= most[self._curved_at, None]
        for rule in self.problem.enhances:
            gains[self.pair_initiative == rule.other] *= max(rule.factor, 1.0)
        return np.minimum(gains.min(axis=1, initial=0.0), 0.0), np.maximum(
            gains.max(axis=1, initial=0.0), 0.0
        )

    def attained(self, d: Floats, future: Futures = 0) -> Floats:
        """(O, …) attainment at the deadlines from improvements d (Q, …)."""
        return self._read(d, self.scale.offset[future].T, self.scale.length[future].T)

    def _read(self, d: Floats, offset: Floats, length: Floats) -> Floats:
        at = d[self.deadline_points]
        return np.asarray((at + widened(offset, d.ndim)) / widened(length, d.ndim))

    def reached(self, d: Floats, future: Futures = 0) -> Bools:
        """(O, …) whether the threshold is reached at the deadline, but for the slack; False where there is none."""
        way, margin = self.scale.threshold[future].T, self.scale.margin(self.slack)[future].T
        return np.asarray(self._read(d, margin - way, np.ones(way.shape)) >= 0.0)

    def worth(self, d: Floats, future: Futures = 0) -> tuple[Floats, Floats]:
        """(points, money), each (…): V in its two parts from improvements d (Q, …).

        points = 100 Σ w[(1−φ)c(a) + φ·1[x beyond θ]], c(a) = min(a,1) + κ max(a−1,0) (§2.8); money =
        Σ m Σ_q δ^q d_q over the quarters 1…horizon, d_q the quarter's average (§2.8, §3.4). With ``ALL`` futures d is
        (Q, S, …) and so are the parts.
        """
        rated, wide = self.rated, d.ndim
        offset, length = self.scale.offset[future].T[rated], self.scale.length[future].T[rated]
        a = d[self._rated_points] / widened(length.astype(d.dtype), wide)
        if offset.any():
            a += widened(offset / length, wide).astype(d.dtype)
        beyond = widened(self._credit, wide) * np.maximum(a - 1.0, 0.0) if self._credit.any() else None
        one = np.ones(
            a.shape[-1:], dtype=a.dtype
        )  # two rows are compared four times as fast as a row and a number
        credit = np.minimum(a, one, out=a)
        if beyond is not None:
            credit += beyond
        if self._step.any():
            credit *= widened(1.0 - self._step, wide)
            credit += widened(self._step, wide) * self.reached(d, future)[rated]
        credit *= widened(self._points.astype(d.dtype), wide)
        points = np.add.reduce(credit, axis=0)
        money = np.zeros(d.shape[1:])
        for q in np.flatnonzero(self.flow_weights).tolist():  # in order: the same sum on every machine
            money += self.flow_weights[q] * d[q]
        return points, money

    def total(self, points: Floats, money: Floats) -> Floats:
        """V, any shape, from its parts: points, or money + rate·points (minor units) when the problem is in money."""
        if not self.problem.in_money:
            return points
        return money + (self.problem.money_per_point or 0.0) * points

    def evaluate(self, plans: Plans | Plan) -> Evaluation:
        """Everything about P plans in S futures, exactly; one ``Plan`` counts as P = 1."""
        if isinstance(plans, Plan):
            plans = planning.stack([plans])
        parts = [
            self._evaluate(plans.part(begin, begin + _CHUNK))
            for begin in range(0, max(plans.count, 1), _CHUNK)
        ]
        if len(parts) == 1:
            return parts[0]
        names = Evaluation.__slots__
        return Evaluation(*(np.concatenate([getattr(p, name) for p in parts], axis=-1) for name in names))

    def _evaluate(self, plans: Plans) -> Evaluation:
        rows = [self._in_future(plans, s) for s in range(len(self.problem.futures))]
        return Evaluation(*(np.stack(column) for column in zip(*rows, strict=True)))

    def _in_future(
        self, plans: Plans, s: int
    ) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats, Floats, Bools]:
        problem = self.problem
        d = self.improvements(self.contributions(plans, s), self.funded(plans.options), s)
        points, money = self.worth(d, s)
        npv = np.full(plans.count, np.nan)
        if problem.in_money:
            flows = planning.costs_by_quarter(problem, plans, s)
            npv = money - problem.discount ** np.arange(1.0, len(flows) + 1.0) @ flows
        return (
            self.total(points, money), points, money, npv,
            planning.costs(problem, plans, s).sum(axis=0),
            d[self.deadline_points], self.attained(d, s), self.reached(d, s),
        )  # fmt: skip


def as_slice(places: Ints) -> Ints | slice:
    """The same places (n,) as a slice where they follow each other, which is a view instead of a copy."""
    if len(places) and np.array_equal(places, np.arange(places[0], places[0] + len(places))):
        return slice(int(places[0]), int(places[0]) + len(places))
    return places


def coverage(problem: Problem) -> dict[int, float]:
    """Cascade sufficiency Σ_c k·D_c / D_p by outcome index, where all its numbers are known (model §2.7).

    Below 0.8 the tree promises what its branches cannot deliver; above 1.5 it is padded.
    """
    parts: dict[int, list[float | None]] = {}
    for row in problem.contributions:
        needed = problem.outcomes[row.source].needed
        parts.setdefault(row.target, []).append(None if needed is None else row.k * needed)
    out: dict[int, float] = {}
    for target, found in parts.items():
        needed, known = problem.outcomes[target].needed, [value for value in found if value is not None]
        if needed and len(known) == len(found):
            out[target] = sum(known) / needed
    return out


def double_counted(problem: Problem) -> tuple[tuple[int, int], ...]:
    """(above, below) pairs of objectives of which one contributes to the other: value may count twice (§2.8)."""
    sources: dict[int, set[int]] = {}
    for row in problem.contributions:
        if row.k != 0.0:
            sources.setdefault(row.target, set()).add(row.source)
    out = []
    for above in problem.objectives:
        waiting, seen = list(sources.get(above, ())), set[int]()
        while waiting:
            o = waiting.pop()
            if o not in seen:
                seen.add(o)
                waiting += sources.get(o, ())
        out += [(above, below) for below in sorted(seen) if below in problem.objectives]
    return tuple(out)
