"""A question as one programme for HiGHS: choices, rules, value, and what is maximised (model.md §4.1–4.4, §4.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise import segments, slack
from prodlead_desktop.analysis.optimise.bends import Bends
from prodlead_desktop.analysis.optimise.choices import Choices
from prodlead_desktop.analysis.optimise.milp import Expr, Milp
from prodlead_desktop.analysis.optimise.rows import RuleRows
from prodlead_desktop.analysis.optimise.solution import Ask, Objective
from prodlead_desktop.analysis.optimise.worth import Detail, Gains, Worth
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.wishes import Wished

_EXACT = 1e-3  # minor units
_FINE, _COARSE = 64, 24  # pieces of each curve to begin with, where there are few of them and where many
_RISING = 4  # knots where a curve's return still rises
FEW = 12  # so few curves are filled in order from the start


@dataclass(frozen=True, eq=False, slots=True)
class Goal:
    """What is maximised over the futures: the expectation, the worst, or minus the largest regret.

    ``weights`` (S,) probabilities for "expected". For "regret" the best V of each future alone: ``best`` (S,) what it
    is proven not to exceed, which plans are scored by, so that none has a larger regret than its score says;
    ``reached`` (S,) what it is known to reach, which bounds are found by; None: the same.
    """

    objective: Objective
    weights: Floats
    best: Floats
    reached: Floats | None = None

    @property
    def known(self) -> Floats:
        """(S,) what bounds are found by."""
        return self.best if self.reached is None else self.reached

    @property
    def unproven(self) -> float:
        """How far score and bound may stay apart, however long one searches."""
        return float(np.max(self.best - self.known, initial=0.0))

    def score(self, values: Floats) -> Floats:
        """(P,) from V of each future (S, P)."""
        if self.objective == "expected":
            return np.asarray(self.weights @ values)
        return np.asarray((values - self.best[:, None]).min(axis=0))

    def ceiling(self, most: Floats) -> float:
        """What no plan can exceed, from the most V could be in each future (S,)."""
        return float(replace(self, best=self.known).score(most[:, None])[0])

    def expression(self, worth: Worth) -> Expr:
        """The same over the columns, divided by the value's scale."""
        out = Expr()
        if self.objective == "expected":
            for weight, value in zip(self.weights.tolist(), worth.values, strict=True):
                out.add(value, weight)
            return out
        if len(worth.values) == 1:
            return out.add(worth.values[0]).plus(-float(self.known[0]) / worth.scale)
        level = worth.milp.column(-1e6, 1e6)
        for best, value in zip(self.known.tolist(), worth.values, strict=True):
            worth.milp.below(Expr({level: 1.0}, best / worth.scale), value)
        return Expr({level: 1.0})


class Programme:
    """Columns and rows of a problem under a question; ``worth`` only where value matters."""

    def __init__(
        self, problem: Problem, ask: Ask, gains: Gains | None, detail: Detail, elastic: Rule | None = None
    ) -> None:
        """``elastic``: a rule that may be broken at the price of ``self.broken`` (a column, in its rows' unit)."""
        self.problem, self.ask, self.detail = problem, ask, detail
        self.milp = Milp()
        bends = Bends() if gains is None else gains.bends
        curved = [i for i, row in enumerate(problem.initiatives) if row.amounts is not None]
        few = len(curved) <= FEW
        fresh = [i for i in curved if i not in detail.knots]
        if fresh:
            reaches = [_reach(problem, ask, i) for i in fresh]
            detail.knots |= zip(
                fresh, segments.knots(reaches, _FINE if few else _COARSE, _RISING), strict=True
            )

        def ordered(i: int) -> bool:
            both = i in bends.of and bool(bends.down[bends.of[i]].any())
            return not detail.loose and (few or both or i in detail.ordered)

        self.choices = Choices(self.milp, problem, ask, bends, detail.knots, ordered)
        self.broken: int | None = None
        rows = RuleRows(self.choices, problem, ask.drop)
        for rule in limits.rules(problem):
            if rule.id in ask.drop:
                continue
            for expression, low, high in rows.of(rule):
                if rule == elastic:
                    self.broken = self.milp.column() if self.broken is None else self.broken
                    if low > -np.inf:
                        self.milp.row(Expr({self.broken: 1.0}).add(expression), low=low)
                    if high < np.inf:
                        self.milp.row(Expr({self.broken: -1.0}).add(expression), high=high)
                else:
                    finer = self.choices.finer if rule.kind in limits.MONEY else 1.0
                    self.milp.row(Expr().add(expression, finer), low * finer, high * finer)
        if ask.near is not None:
            plan, most = ask.near
            self.milp.row(self.choices.moved(plan), high=(most + _EXACT) / self.choices.unit)
        self.worth = None if gains is None else Worth(self.milp, gains, self.choices, detail)
        self.missed: Expr | None = None  # at least what the wishes are missed by, where they count
        if self.worth is not None and problem.wishes:
            self._add_wishes(self.worth)

    def _add_wishes(self, worth: Worth) -> None:
        wished = Wished(self.problem, self.ask.objective == "expected")
        self.missed = slack.missed(worth, wished)
        if self.ask.missed is not None:
            self.milp.row(self.missed, high=self.ask.missed + wished.tolerance)


def _reach(problem: Problem, ask: Ask, i: int) -> segments.Reach:
    row = problem.initiatives[i]
    assert row.amounts is not None
    also = [
        float(row.full_cost or 0),
        *(float(x) for x in (row.floor, row.ceiling, ask.least.get(row.id)) if x),
    ]
    if row.locked:
        also.append(problem.current.amounts[i])
    factors = [float(future.cost_factor[i]) for future in problem.futures]
    return segments.Reach(row.amounts, float(row.full_cost or 1), factors, also)
