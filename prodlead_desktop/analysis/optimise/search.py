"""The search: solve, look at the plan with the exact model, draw the curves finer where it lies, until bound and
value meet (model.md §4.3–4.4)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.optimise import covers, greedy, overspent, polish, segments, walk
from prodlead_desktop.analysis.optimise.choices import allowed
from prodlead_desktop.analysis.optimise.exchange import Exchange
from prodlead_desktop.analysis.optimise.milp import LOOKING, STARTING_AGAIN, Answer, Expr
from prodlead_desktop.analysis.optimise.programme import FEW, Goal, Programme
from prodlead_desktop.analysis.optimise.rounding import rounded
from prodlead_desktop.analysis.optimise.solution import Ask, Clock, Monitor, Status
from prodlead_desktop.analysis.optimise.wanted import effort
from prodlead_desktop.analysis.optimise.worth import Detail, Gains, Spot, Worth, ceilings, value_scale
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Plan, Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.wishes import Wished

_ROUNDS, _RELAXED = 40, 8
_FINEST = 1e-9  # of a curve's height: no overvaluation smaller than this is looked for
_OUTRANKS = 10.0  # times all value there is, for a whole way by which wishes are missed too far
_FLOOR = 1e-3  # of all value there is: a gap is never measured against less


@dataclass(eq=False, slots=True)
class Found:
    """What a search knows: scores as ``Goal.score``, the bound on the same scale."""

    status: Status = "feasible"
    plan: Plan | None = None
    values: Floats | None = None  # (S,)
    peaks: Floats | None = None  # (S,) the most V in each future of any plan met
    score: float = -math.inf
    bound: float = math.inf
    size: float = 1.0  # what gaps are measured against: the value, or a thousandth of all there is
    rounds: int = 0
    solver_seconds: float = 0.0


class Search:
    """One maximisation over the plans of a problem. ``gains`` may be shared by searches over the same problem."""

    def __init__(
        self,
        problem: Problem,
        ask: Ask,
        gains: Gains,
        clock: Clock,
        monitor: Monitor | None,
        detail: Detail | None = None,
    ) -> None:
        """``detail``: what earlier searches with the same ``gains`` have learned about the curves of value."""
        self.problem, self.ask, self.gains, self.clock, self.monitor = problem, ask, gains, clock, monitor
        self.valuation: Valuation = gains.valuation
        self.detail = Detail() if detail is None else detail
        self.found = Found()
        self.scale = 100.0 * value_scale(gains)
        self.polished: set[tuple[int, ...]] = set()
        self.allowed = [allowed(problem, ask, i) for i in range(len(problem.initiatives))]
        self.wished = Wished(problem, ask.objective == "expected")
        self.allowed_miss = ask.missed if problem.wishes else None
        self.barred: list[overspent.Group] = []
        self.covers = covers.Covers(problem, self.allowed, ask.drop)
        self.rests: list[Plan] = []  # good plans of a local search
        self.strove = False  # whether it went far for them
        self.by_amount = [i for i, row in enumerate(problem.initiatives) if row.amounts is not None]

    def run(self, goal: Goal, known: Sequence[Plan] = ()) -> Found:
        """The best plan for a goal, with its bound; ``known``: plans that may be good."""
        self.goal, self.wanted_gap = goal, self.ask.wanted_gap(self.problem)
        self.fineness = self.wanted_gap / 8.0
        self.found.bound = self.ceiling()
        if not all(self.allowed):  # what is asked for has no price
            self.found.status = "infeasible"
            return self.found
        self.consider([*self.ask.hints, *known, self.problem.current, planning.plan_of(self.problem, {})])
        if self._proven():
            return self._closed()
        programme = self.programme()
        self._climb()
        objective = self._tightened(programme)
        if objective is not None and not self.by_amount:
            covers.sharpen(self, programme, objective)
            walk.strive(self)
        self._touch_at(programme, self.rests)
        for _ in range(_ROUNDS):
            if objective is None or self.stopped():
                break
            answer = self._solve(programme, objective)
            if answer.ended == "infeasible":
                if (
                    self.found.plan is None
                ):  # else HiGHS overlooks a plan that keeps every rule: nothing is proven
                    self.found.status = "infeasible"
                break
            grown = self._learn(programme, answer)
            if self.monitor is not None:
                self.monitor.said(self.found.score, self.found.bound)
            if self._proven() or answer.ended != "optimal" or not grown:
                break
            if grown == "rows":
                continue
            programme = self.programme()
            objective = self.objective(programme)
        return self._closed()

    # ------------------------------------------------------------ what is maximised

    def judged(self, values: Floats, attainment: Floats | None) -> Floats:
        """(P,) score from V by future (S, P), and from attainment (S, O, P) where there are wishes: a plan that misses
        them by more than is allowed counts for less than one that does not."""
        scores = self.goal.score(values)
        if self.allowed_miss is None or attainment is None:
            return scores
        beyond = self.wished.total(attainment) - self.allowed_miss - self.wished.tolerance
        return np.asarray(scores - _OUTRANKS * self.scale * np.maximum(beyond, 0.0))

    def scores(self, plans: Plans) -> Floats:
        """(P,) of plans, by the exact model."""
        found = self.valuation.evaluate(plans)
        return self.judged(found.value, found.attainment)

    def objective(self, programme: Programme) -> Expr:
        """The score over the columns, divided by its unit."""
        assert programme.worth is not None
        return self.goal.expression(programme.worth)

    def unit(self, worth: Worth) -> float:
        """What the objective of a programme is counted in."""
        return worth.scale

    def ceiling(self) -> float:
        """What no score can exceed, known before any search."""
        return self.goal.ceiling(ceilings(self.gains))

    def proven_at(self) -> float:
        """The gap that counts as proof."""
        return self.wanted_gap

    def programme(self, ask: Ask | None = None, detail: Detail | None = None) -> Programme:
        """The question, or one like it, with what is barred; curves as fine as ``detail``, or as known by now."""
        programme = Programme(self.problem, ask or self.ask, self.gains, detail or self.detail)
        overspent.bar(programme.choices, self.barred)
        covers.add(programme.choices, self.covers.found)
        return programme

    def _climb(self) -> None:
        """A plan to beat, from the cheapest that does what is asked for; with hints, or with many amounts or nothing
        else, the first relaxation is as good, and sooner."""
        if self.ask.hints or self._cancelled() or len(self.by_amount) > FEW or self._only_amounts():
            return
        judge = greedy.Judge(self.scores, self._fitting, self.stopped)
        cheapest = greedy.start(self.problem, self.allowed)
        self.consider([cheapest, *greedy.openings(self.problem, judge, cheapest, self.allowed)])
        begin = self.found.plan
        if begin is None:
            return
        if Exchange.suits(self.problem, self.allowed):
            search = self.exchange()
            self.rests = search.run(begin)
            self.consider(self.rests)
            if not search.partial:
                return
        self.consider(
            [greedy.climb(self.problem, self.valuation, judge, self.found.plan or begin, self.allowed)]
        )

    def exchange(self) -> Exchange:
        """A local search among this one's plans."""
        return Exchange(self.gains, self.allowed, self.judged, self._fitting, self.stopped, self.ask.drop)

    def _only_amounts(self) -> bool:
        return len(self.by_amount) == len(self.allowed)

    def _touch_at(self, programme: Programme, plans: list[Plan]) -> None:
        """Tangents where good plans lie: there, and so around the best, the first programme is already exact."""
        worth = programme.worth
        assert worth is not None
        for plan in plans:
            for spot, exact in self._exact_efforts(plan, worth.efforts).items():
                worth.touch(spot, exact)

    # ------------------------------------------------------------ one round

    def _tightened(self, programme: Programme) -> Expr | None:
        """The objective, after tangents where the relaxation lies; None when there is no plan at all."""
        worth = programme.worth
        assert worth is not None
        objective, unit = self.objective(programme), self.unit(worth)
        before = math.inf
        for _ in range(_RELAXED if worth.efforts else 0):
            answer = programme.milp.run(objective, self.clock, monitor=self.monitor, relaxed=True)
            self.found.solver_seconds += answer.seconds
            if answer.ended == "infeasible" and self.found.plan is None:
                self.found.status = "infeasible"
                return None
            if answer.x is None or answer.ended != "optimal":
                break
            self.found.bound = min(self.found.bound, answer.bound * unit)
            x = answer.x
            if self.by_amount:
                self.consider_any(programme.choices.plan(x), programme, x)
            touched = [worth.touch(spot, u.at(x)) for spot, u in sorted(worth.efforts.items())]
            if not any(touched) or before - answer.bound < 1e-5 * max(abs(answer.bound), 1.0):
                break
            before = answer.bound
        return objective

    def _solve(self, programme: Programme, objective: Expr) -> Answer:
        start = programme.choices.start(self.found.plan) if self.found.plan is not None else None
        assert programme.worth is not None
        unit = self.unit(programme.worth)
        known = self.found.score / unit
        answer = programme.milp.run(
            objective, self.clock, self.wanted_gap / 2.0, self.monitor, start, known=known,
            off=self._needless(),
            narrow=bool(self.covers.found),
        )  # fmt: skip
        self.found.rounds += 1
        self.found.solver_seconds += answer.seconds
        self.found.bound = min(self.found.bound, answer.bound * unit)
        return answer

    def _needless(self) -> Sequence[str]:
        """What HiGHS need not do: plans by amount come from rounding and polishing, later ones only prove."""
        if self._only_amounts():
            return LOOKING + STARTING_AGAIN
        return LOOKING if (self.found.rounds or self.strove) and not self.by_amount else ()

    def _learn(self, programme: Programme, answer: Answer) -> str:
        """Keep the plan if it is the best so far; draw finer around it. What grew: "", "rows", or "columns"."""
        if answer.x is None:
            return ""
        plan = programme.choices.plan(answer.x)
        barred = not self.consider_any(plan, programme, answer.x) and self._bar(programme, plan)
        if self.by_amount and plan.options not in self.polished and not self.good_enough():
            self.polished.add(plan.options)
            plan = polish.polished(self, plan)
        rows = self._touch(programme, plan, answer.x) or barred
        columns = self._miss(programme, plan, answer.x)
        while self.by_amount and not self._proven():
            if self._cut_finer(plan, programme, answer.x):
                columns = True
                break
            if self.fineness < _FINEST:
                break
            self.fineness /= 10.0
        return "columns" if columns else "rows" if rows else ""

    def _bar(self, programme: Programme, plan: Plan) -> bool:
        """A plan that only HiGHS takes for one that keeps every rule: what cannot be had together in it."""
        found = overspent.groups(self.problem, plan, self.allowed, self.ask)
        fresh = [group for group in found if group not in self.barred]
        overspent.bar(programme.choices, fresh)
        self.barred += fresh
        return bool(fresh)

    def _touch(self, programme: Programme, plan: Plan, x: Floats) -> bool:
        """Tangents at the plan's exact efforts and at the programme's."""
        worth, grown = programme.worth, False
        assert worth is not None
        for spot, exact in self._exact_efforts(plan, worth.efforts).items():
            grown |= worth.touch(spot, exact)
            if self.by_amount:
                grown |= worth.touch(spot, worth.efforts[spot].at(x))
        return grown

    def _exact_efforts(self, plan: Plan, spots: Iterable[Spot]) -> dict[Spot, float]:
        """What a plan's effects add up to, in effort, by future and point, in their order."""
        valuation, found = self.valuation, dict[Spot, float]()
        for s, here in itertools.groupby(sorted(spots), key=lambda spot: spot[0]):
            gains = valuation.contributions(planning.stack([plan]), s)[:, 0]
            for _, q in here:
                room = float(valuation.scale.headroom[s, valuation.points.rows[q].outcome])
                part = slice(int(valuation.offsets[q]), int(valuation.offsets[q + 1]))
                found[s, q] = float(effort(gains[part], room).sum())
        return found

    def _miss(self, programme: Programme, plan: Plan, x: Floats) -> bool:
        """Plans that only seem to reach a threshold, and points whose chords lie too low: known from now on."""
        worth, grown = programme.worth, False
        assert worth is not None
        evaluated = self.valuation.evaluate(plan)
        if not self.by_amount:
            for (s, o), column in worth.reached.items():
                key = (s, o, plan.options)
                if x[column] > 0.5 and not evaluated.reached[s, o, 0] and key not in self.detail.missed:
                    self.detail.missed.add(key)
                    grown = True
        down = self.gains.wanted.down
        falling = [spot for spot in worth.efforts if down[spot[1]]]
        for spot, exact in self._exact_efforts(plan, falling).items():
            known = self.detail.chords.setdefault(spot, [])
            if all(abs(exact - one) > 1e-8 for one in known):
                known.append(exact)
                grown = True
        return grown

    def _cut_finer(self, plan: Plan, programme: Programme, x: Floats) -> bool:
        """Where the pieces overvalue an amount: new knots around it and around the plan's, and order among them."""
        grown, money = False, programme.choices.amounts(x)
        worst, by_hull = programme.choices.excess(x, money)
        for i in np.flatnonzero(worst > self.fineness).tolist():
            at = self.detail.knots[i]
            if by_hull[i] > self.fineness and i not in self.detail.ordered:
                self.detail.ordered.add(i)
                grown = True
            amounts = {plan.amounts[i], float(money[i])}
            also = [knot for amount in sorted(amounts) for knot in segments.around(at, amount)]
            finer = segments.joined(at, also) if also else at
            grown |= len(finer) > len(at)
            self.detail.knots[i] = finer
        return grown

    # ------------------------------------------------------------ plans

    def consider_any(self, plan: Plan, programme: Programme, x: Floats) -> list[Plan]:
        """Keep the best of a plan's roundings; those that keep every rule are returned."""
        found = rounded(self.problem, self.by_amount, plan, programme, x)
        kept = self._fitting(planning.stack(found)).tolist()
        fitting = [one for one, fits in zip(found, kept, strict=True) if fits]
        if len(fitting) > 1 and kept[-1]:
            fitting.pop()  # as it is: only where no whole amounts will do
        self._keep_best(fitting)
        return fitting

    def consider(self, candidates: list[Plan]) -> None:
        """Keep the best of these that keep every rule, by the exact model."""
        if not candidates:
            return
        kept = self._fitting(planning.stack(candidates)).tolist()
        self._keep_best([plan for plan, fits in zip(candidates, kept, strict=True) if fits])

    def _keep_best(self, fitting: list[Plan]) -> None:
        if not fitting:
            return
        found = self.valuation.evaluate(planning.stack(fitting))
        values, scores = found.value, self.judged(found.value, found.attainment)
        best, peaks = int(np.argmax(scores)), values.max(axis=1)
        self.found.peaks = peaks if self.found.peaks is None else np.maximum(self.found.peaks, peaks)
        if scores[best] > self.found.score:
            self.found.plan, self.found.values = fitting[best], values[:, best]
            self.found.score = float(scores[best])

    def _fits(self, plan: Plan) -> bool:
        return bool(self._fitting(planning.stack([plan]))[0])

    def _fitting(self, plans: Plans) -> Bools:
        """(P,) what keeps every rule and the question's own restrictions."""
        kept = limits.fits(self.problem, plans, self.ask.drop)
        for i, may in enumerate(self.allowed):
            if len(may) < len(self.problem.initiatives[i].options):
                kept &= planning.among(plans.options[i], may)
        for name, least in self.ask.least.items():
            i = self.problem.initiative_index(name)
            kept &= plans.funded[i] & (plans.amounts[i] >= least)
        if self.ask.near is not None:
            base, most = self.ask.near
            kept &= planning.moved(self.problem, plans, base) <= most + 1e-2
        if self.allowed_miss is not None and kept.any():
            kept[kept] = self.wished.within(self.valuation, plans.where(kept), self.allowed_miss)
        return kept

    # ------------------------------------------------------------ when to stop

    def good_enough(self) -> bool:
        """Whether money need not be moved further: no time, or proven, where many amounts make that slow."""
        return self.stopped() or (len(self.by_amount) > FEW and self._proven())

    def stopped(self) -> bool:
        """Whether there is no time left, or the monitor has had enough."""
        return self.clock.left <= 0.0 or self._cancelled()

    def _cancelled(self) -> bool:
        return self.monitor is not None and self.monitor.cancelled()

    def gap(self) -> float:
        """Distance of bound and score that may still be closed, relative to the plan's largest value in a future."""
        found = self.found
        if found.plan is None or found.values is None:
            return math.inf
        found.size = max(float(np.abs(found.values).max()), _FLOOR * self.scale)
        return max(found.bound - found.score - self.goal.unproven, 0.0) / found.size

    def _proven(self) -> bool:
        return self.gap() <= self.proven_at()

    def _closed(self) -> Found:
        found = self.found
        found.bound = max(found.bound, found.score)
        if found.status == "infeasible":
            return found
        if self._proven():
            found.status = "optimal"
        elif found.plan is None or self._cancelled():
            found.status = "cancelled"
        return found
