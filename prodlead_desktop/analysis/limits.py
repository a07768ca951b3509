"""The rules a plan must keep, one object each: the same for solver rows, for naming clashes, and for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Plan, Problem
from prodlead_desktop.domain.numerals import money, number, percent

Kind = Literal[
    "budget", "quarter", "pool low", "pool high", "capacity", "requires", "excludes", "at most",
    "mandatory", "lock", "floor", "ceiling",
]  # fmt: skip
_EXACT, _RELATIVE, _ROUNDING = 1e-6, 1e-9, 1e-14
KEPT = 0.49  # minor units: money is whole, so that no rule is ever broken by as much as one of them
_OF_MONEY = ("budget", "quarter", "floor", "ceiling")  # to the minor unit, since they are defined in it
_UNPRICED = "has no known cost"
MONEY = ("budget", "quarter", "pool low", "pool high")  # at the costs of every future
_SHARES = ("pool low", "pool high")  # of sums; the rest count people or are logic


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``at`` is its place: the quarter, or the index in ``limits.bands``, ``.capacities``, ``.requires``,
    ``.excludes``, or the initiative; 0 for budget and at most. ``ids`` are the rows it speaks of."""

    kind: Kind
    at: int
    ids: tuple[str, ...]
    sentence: str

    @property
    def id(self) -> str:
        """Its name within the problem, such as "quarter 3": what the optimiser is told to leave out."""
        return f"{self.kind} {self.at}"


def lock_id(initiative: int) -> str:
    """The id of the rule that locks an initiative, whether it is locked or not."""
    return f"lock {initiative}"


def rules(problem: Problem) -> tuple[Rule, ...]:
    """Every rule of the scenario and of its initiatives, in a fixed order."""
    if "rules" not in problem.memo:
        groups = (_money_rules, _pool_rules, _people_and_links, _own_rules)
        problem.memo["rules"] = tuple(rule for group in groups for rule in group(problem))
    found: tuple[Rule, ...] = problem.memo["rules"]
    return found


def _money_rules(problem: Problem) -> list[Rule]:
    limits, ids = problem.limits, (problem.scenario,)
    out = []
    if limits.budget is not None:
        out.append(Rule("budget", 0, ids, f"The budget is {money(limits.budget, problem.currency)}."))
    for quarter, amount in enumerate(limits.quarters):
        sentence = f"Quarter {quarter + 1} has {money(amount, problem.currency)}."
        out.append(Rule("quarter", quarter, ids, sentence))
    if limits.at_most is not None:
        many = "initiative is" if limits.at_most == 1 else "initiatives are"
        out.append(Rule("at most", 0, ids, f"At most {limits.at_most} {many} funded."))
    return out


def _pool_rules(problem: Problem) -> list[Rule]:
    out = []
    for at, band in enumerate(problem.limits.bands):
        pool_id, name = problem.pools[band.pool]
        of = "of the budget" if band.of_budget else "of what is spent"
        if band.low is not None:
            sentence = f"“{name}” gets at least {percent(band.low)} {of}."
            out.append(Rule("pool low", at, (pool_id, problem.scenario), sentence))
        if band.high is not None:
            sentence = f"“{name}” gets at most {percent(band.high)} {of}."
            out.append(Rule("pool high", at, (pool_id, problem.scenario), sentence))
    return out


def _people_and_links(problem: Problem) -> list[Rule]:
    names, limits = problem.initiatives, problem.limits
    out = []
    for at, row in enumerate(limits.capacities):
        team_id, name = problem.teams[row.team]
        sentence = f"“{name}” has {number(row.amount, 2)} free in quarter {row.quarter + 1}."
        out.append(Rule("capacity", at, (team_id,), sentence))
    for at, need in enumerate(limits.requires):
        first, second = names[need.initiative], names[need.other]
        sentence = f"“{first.title}” needs “{second.title}”{' in full' if need.full else ''}."
        out.append(Rule("requires", at, (first.id, second.id), sentence))
    for at, (i, j) in enumerate(limits.excludes):
        first, second = names[i], names[j]
        sentence = f"“{first.title}” and “{second.title}” exclude each other."
        out.append(Rule("excludes", at, (first.id, second.id), sentence))
    return out


def _own_rules(problem: Problem) -> list[Rule]:
    out = []
    for i, row in enumerate(problem.initiatives):
        if row.mandatory and row.full:
            full = row.options[row.full]
            costs = f"costs {money(full.cost, problem.currency)}" if full.known else _UNPRICED
            out.append(Rule("mandatory", i, (row.id,), f"“{row.title}” keeps the lights on and {costs}."))
        if row.locked:
            option, amount = problem.current.options[i], problem.current.amounts[i]
            cost = money(round(amount), problem.currency)
            at = f"at {cost}" if option else "at nothing"
            if not row.options[option].known:
                at = f"at “{row.options[option].name}” and {_UNPRICED}"
            if option and row.amounts is not None and amount < row.amounts.least:
                at += f", and less than {money(row.amounts.least, problem.currency)} does nothing"
            out.append(Rule("lock", i, (row.id,), f"“{row.title}” is locked {at}."))
        if row.floor is not None:
            least = money(row.floor, problem.currency)
            out.append(Rule("floor", i, (row.id,), f"“{row.title}” gets at least {least}."))
        if row.ceiling is not None:
            most = money(row.ceiling, problem.currency)
            out.append(Rule("ceiling", i, (row.id,), f"“{row.title}” gets at most {most}."))
    return out


class _Spent:
    """What plans cost in every future whose costs differ, worked out once for all rules about money."""

    def __init__(self, problem: Problem, plans: Plans) -> None:
        self.problem, self.plans = problem, plans
        factors: dict[tuple[float, ...], int] = {}
        for s, future in enumerate(problem.futures):
            factors.setdefault(tuple(future.cost_factor.tolist()), s)
        self.futures = tuple(factors.values())
        self._costs: dict[int, Floats] = {}
        self._left: dict[int, Floats] = {}

    def costs(self, future: int) -> Floats:
        """(N, P) minor units."""
        if future not in self._costs:
            self._costs[future] = planning.costs(self.problem, self.plans, future)
        return self._costs[future]

    def left(self, future: int) -> Floats:
        """(T, P) what is left of every quarter's money and of what came over from the one before."""
        if future not in self._left:
            limits = self.problem.limits
            due = planning.costs_by_quarter(self.problem, self.plans, future, len(limits.quarters))
            left, carried = np.zeros(due.shape), np.zeros(self.plans.count)
            for quarter, amount in enumerate(limits.quarters):
                left[quarter] = amount + carried - due[quarter]
                carried = np.clip(left[quarter], 0.0, limits.carry_over * amount)
            self._left[future] = left
        return self._left[future]


def slack(problem: Problem, rule: Rule, plans: Plans) -> Floats:
    """(P,) how far each plan is within a rule, in its own unit (minor units, people, initiatives); < 0 breaks it.

    Budget, quarters and shares of pools must hold at the costs of every future: one plan must serve all (§4.6).
    """
    return _slack(problem, rule, plans, _Spent(problem, plans))


def _slack(problem: Problem, rule: Rule, plans: Plans, spent: _Spent) -> Floats:
    if rule.kind in MONEY:
        return np.asarray(np.min([_money_slack(problem, rule, spent, s) for s in spent.futures], axis=0))
    if rule.kind in ("mandatory", "lock", "floor", "ceiling"):
        return _own_slack(problem, rule, plans)
    limits, options = problem.limits, plans.options
    if rule.kind == "at most":
        return np.asarray((limits.at_most or 0) - plans.funded.sum(axis=0).astype(np.float64))
    if rule.kind == "excludes":
        i, j = limits.excludes[rule.at]
        return np.where((options[i] > 0) & (options[j] > 0), -1.0, 0.0)
    if rule.kind == "requires":
        need = limits.requires[rule.at]
        there = _in_full(problem, need.other, plans) if need.full else options[need.other] > 0
        return np.where((options[need.initiative] > 0) & ~there, -1.0, 0.0)
    row = limits.capacities[rule.at]
    used = np.zeros(plans.count)
    for i, option, amount in row.demands:
        used += amount * (plans.options[i] == option)
    return row.amount - used


def tightest(problem: Problem, rule: Rule, plan: Plan) -> int:
    """The future in which a plan is least within a rule about money, or misses it by most (§4.6)."""
    one = planning.stack([plan])
    spent = _Spent(problem, one)
    return min(spent.futures, key=lambda s: float(_money_slack(problem, rule, spent, s)[0]))


def _in_full(problem: Problem, i: int, plans: Plans) -> Bools:
    row = problem.initiatives[i]
    if row.amounts is not None:
        return np.asarray(
            (plans.options[i] > 0)
            & (plans.amounts[i] >= (row.full_cost or 0) - rough(float(row.full_cost or 0)))
        )
    return planning.among(plans.options[i], row.at_full)


def _own_slack(problem: Problem, rule: Rule, plans: Plans) -> Floats:
    i, row = rule.at, problem.initiatives[rule.at]
    given = plans.amounts[i] * (plans.options[i] > 0)
    if rule.kind == "floor":
        return np.asarray(given - (row.floor or 0))
    if rule.kind == "ceiling":
        return np.asarray((row.ceiling or 0) - given)
    if rule.kind == "mandatory":
        kept = _in_full(problem, i, plans) if row.amounts is not None else plans.options[i] == row.full
    else:
        kept = plans.options[i] == problem.current.options[i]
        kept &= np.abs(given - problem.current.amounts[i]) <= rough(np.abs(given))
    return np.where(kept, 0.0, -1.0)


def _money_slack(problem: Problem, rule: Rule, spent: _Spent, future: int) -> Floats:
    limits, costs = problem.limits, spent.costs(future)
    if rule.kind == "budget":
        return np.asarray((limits.budget or 0) - costs.sum(axis=0))
    if rule.kind == "quarter":
        return np.asarray(spent.left(future)[rule.at])
    band = limits.bands[rule.at]
    inside = costs[[i for i, row in enumerate(problem.initiatives) if row.pool == band.pool]].sum(axis=0)
    whole: Floats | float = float(limits.envelope or 0) if band.of_budget else costs.sum(axis=0)
    if rule.kind == "pool low":
        return np.asarray(inside - (band.low or 0.0) * whole)
    return np.asarray((band.high or 0.0) * whole - inside)


def rough(money: Floats | float) -> Floats:
    """Of the same shape (P,): by how much a share of so much money in minor units may seem to be broken."""
    return np.asarray(np.minimum(_EXACT + _RELATIVE * money, KEPT))


def rounding(money: Floats | float) -> Floats:
    """Of the same shape (P,): how far sums of so much money in minor units, and shares of it, may be off as floats."""
    return np.asarray(np.minimum(_EXACT + _ROUNDING * money, KEPT))


class _Tolerances:
    """(P,) by how little a rule may seem to be broken; whole amounts are held to the minor unit."""

    def __init__(self, plans: Plans) -> None:
        money = np.abs(plans.amounts).sum(axis=0)
        whole = (plans.amounts == np.rint(plans.amounts)).all(axis=0)
        self.shares = rough(money)
        self.money: Floats = np.where(whole, rounding(money), self.shares)

    def of(self, rule: Rule) -> Floats | float:
        """For one rule."""
        return self.money if rule.kind in _OF_MONEY else self.shares if rule.kind in _SHARES else _EXACT


def fits(problem: Problem, plans: Plans, drop: frozenset[str] = frozenset()) -> Bools:
    """(P,) whether a plan keeps every rule and chooses what may be chosen. Whole amounts are held to the minor unit;
    shares of sums, and amounts between two minor units, to 1e−9 of the money; people to 1e−6.

    ``drop``: ids of rules that do not count.
    """
    tolerances = _Tolerances(plans)
    kept, spent = np.ones(plans.count, dtype=np.bool_), _Spent(problem, plans)
    for i, row in enumerate(problem.initiatives):
        may = list(planning.selectable(problem, i))
        if len(may) < len(row.options):
            kept &= planning.among(plans.options[i], may)
    kept &= _within_reach(problem, plans, tolerances.money)
    for rule in rules(problem):
        if rule.id in drop:
            continue
        kept &= _slack(problem, rule, plans, spent) >= -tolerances.of(rule)
    return kept


def _within_reach(problem: Problem, plans: Plans, tolerance: Floats) -> Bools:
    """(P,) whether every amount that is given lies between the least and the most, but for a tolerance (P,)."""
    reach = [(i, row.amounts) for i, row in enumerate(problem.initiatives) if row.amounts is not None]
    who = np.array([i for i, _ in reach], dtype=np.int64)
    least, most = (np.array(ends, dtype=np.float64)[:, None] for ends in (
        [amounts.least for _, amounts in reach], [amounts.most for _, amounts in reach]
    ))  # fmt: skip
    given = plans.amounts[who]
    inside = (given - least >= -tolerance) & (most - given >= -tolerance)
    return np.asarray(((plans.options[who] == 0) | inside).all(axis=0))


def broken(problem: Problem, plan: Plan) -> tuple[Rule, ...]:
    """The rules that one plan breaks."""
    one = planning.stack([plan])
    tolerances, spent = _Tolerances(one), _Spent(problem, one)
    return tuple(
        rule for rule in rules(problem) if (_slack(problem, rule, one, spent) < -tolerances.of(rule))[0]
    )
