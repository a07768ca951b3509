"""Why the best plan is the best: regrets, and the prices of rules, of money and of calm (model.md §4.5, §4.9).

Every answer is a re-solve with its own bound, so a regret or a price is known to lie between ``least`` and ``most``.
Answers come one by one and end early when the monitor cancels, so that a view can show them as they arrive.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from prodlead_desktop.analysis import limits, portfolio
from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise import Ask, Asker, Cheapest, Monitor, Solution
from prodlead_desktop.analysis.optimise.solution import Clock
from prodlead_desktop.analysis.portfolio import Change
from prodlead_desktop.analysis.problem import Plan, Problem

_OWN = ("mandatory", "lock", "floor", "ceiling", "requires", "excludes", "pool low", "pool high", "at most")
EACH_S = 10.0  # no single question takes longer


@dataclass(frozen=True, slots=True)
class Price:
    """What a condition costs: V of the better side minus V of the worse, in points or minor units, never below 0.

    ``solution``: the best plan on the other side of the condition; no plan there: ``possible`` is False and the
    numbers are None. ``changes``: from the best plan to that one.
    """

    possible: bool
    price: float | None
    least: float | None
    most: float | None
    solution: Solution
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Regret:
    """``left_out``: what is lost without an initiative; else what is lost when it must be funded in full."""

    initiative: int
    left_out: bool
    price: Price


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What the best plan would gain if these rules did not count. ``kind``: of the first, or "locks" for all locks."""

    kind: str
    rules: tuple[Rule, ...]
    price: Price


@dataclass(frozen=True, slots=True)
class MoneyPrice:
    """What ``step`` minor units more would add, and what as much less would take away; they differ (§4.5).

    ``cut``: what to cut first: at the smaller budget, of all plans within a share of the best value there, the one that
    moves least money from the best plan of now. ``missed``: what wishes that are missed now must be missed by with so
    much more, added up; None: they are kept, or it is not known.
    """

    step: int
    more: Price
    less: Price
    cut: Cheapest | None
    cut_changes: tuple[Change, ...]
    missed: float | None = None


@dataclass(frozen=True, slots=True)
class Calm:
    """The plan that moves least money from the scenario's own, among all within ``share`` of the best value (§4.5).

    ``moved``: minor units, proven not to go below ``least``; ``moved_by_best``: what the best plan itself moves.
    """

    share: float
    plan: Plan | None
    value: float | None
    moved: float | None
    least: float
    moved_by_best: float
    changes: tuple[Change, ...]  # from the scenario's own plan


class Why:
    """Questions about one best plan. V is that of the question's objective (not "regret"): larger is better.

    Where there are wishes, every other plan misses them by no more than the best one, so that their values compare.
    """

    def __init__(self, problem: Problem, ask: Ask | None = None) -> None:
        """``ask.time_limit_s`` is for everything together."""
        self.ask = ask or Ask()
        assert self.ask.objective != "regret"
        self.problem = self.ask.problem(problem)
        self.asker = Asker(problem, self.ask.future)
        self.clock = Clock(self.ask.time_limit_s)
        self.best = Solution("cancelled", self.ask.objective, None, None, None, None, None, 0.0)
        self.held = self.ask  # the question once wishes may be missed by no more than the best plan does

    def solve(self, monitor: Monitor | None = None) -> Solution:
        """The best plan, which everything else is measured against."""
        self.best = self.asker.solve(self.ask, monitor)
        self.held = replace(self.ask, missed=self.best.allowed)
        return self.best

    # ------------------------------------------------------------ regrets

    def leave_out(self, monitor: Monitor | None = None) -> Iterator[Regret]:
        """For every initiative, in order: V* − V*(none for it). 0 without a search where the best plan has none."""
        for i, row in enumerate(self.problem.initiatives):
            if self.over(monitor):
                return
            free = not self.plan().options[i]
            yield Regret(i, True, self._same() if free else self._worse({row.id: frozenset({0})}, monitor))

    def force_in(self, monitor: Monitor | None = None) -> Iterator[Regret]:
        """For every initiative that can be funded: V* − V*(full funding of it, or more), and what that pushes out."""
        for i, row in enumerate(self.problem.initiatives):
            if self.over(monitor):
                return
            if not row.full:
                continue
            least = {row.id: int(row.full_cost or 0)} if row.amounts is not None else {}
            enough = frozenset({row.full} if row.amounts is not None else row.at_full)
            there = self.plan().options[i] in enough
            if least:
                there = there and self.plan().amounts[i] >= least[row.id]
            force = {row.id: enough}
            yield Regret(i, False, self._same() if there else self._worse(force, monitor, least))

    def _same(self) -> Price:
        return Price(True, 0.0, 0.0, 0.0, self.best, ())

    def _worse(
        self, force: dict[str, frozenset[int]], monitor: Monitor | None, least: dict[str, int] | None = None
    ) -> Price:
        found = self._solve(replace(self.held, force=force, least=least or {}), monitor)
        return self.price_of(found, self.best, found)

    def price_of(self, other: Solution, better: Solution, worse: Solution) -> Price:
        """What lies between two best plans, of which ``other`` is not the one everything is measured against."""
        if better.value is None or worse.value is None:
            return Price(other.status != "infeasible", None, None, None, other, ())
        most = math.inf if better.bound is None else better.bound - worse.value
        least = -math.inf if worse.bound is None else better.value - worse.bound
        changes = portfolio.changes(self.problem, self.plan(), other.plan) if other.plan else ()
        price = max(better.value - worse.value, 0.0)
        return Price(True, price, max(min(least, price), 0.0), max(most, price), other, changes)

    # ------------------------------------------------------------ rules

    def rules(self, monitor: Monitor | None = None) -> Iterator[RulePrice]:
        """The price of every rule but the budget: each lock, floor, share, requirement …, the money by quarter and
        each team's people as one, and all locks together. Without a search where dropping all of them gains nothing."""
        groups = list(self.groups())
        everything = frozenset(rule.id for _, rules in groups for rule in rules)
        if not everything or self.over(monitor):
            return
        free = self._solve(replace(self.held, drop=everything, hints=self._hints()), monitor)
        nothing = free.value is not None and free.value <= self._value() + 1e-9 * abs(self._value())
        for kind, rules in groups:
            if self.over(monitor):
                return
            if nothing and free.status == "optimal":
                yield RulePrice(kind, rules, self._same())
                continue
            drop = frozenset(rule.id for rule in rules)
            found = self._solve(replace(self.held, drop=drop, hints=self._hints()), monitor)
            yield RulePrice(kind, rules, self.price_of(found, found, self.best))

    def groups(self) -> Iterator[tuple[str, tuple[Rule, ...]]]:
        """Rules by what a room would change at once: a kind and the rules; the budget is none of them."""
        rules = limits.rules(self.problem)
        for rule in rules:
            if rule.kind in _OWN:
                yield rule.kind, (rule,)
        quarters = tuple(rule for rule in rules if rule.kind == "quarter")
        if quarters:
            yield "quarter", quarters
        capacities = self.problem.limits.capacities
        for team in sorted({row.team for row in capacities}):
            yield (
                "capacity",
                tuple(rule for rule in rules if rule.kind == "capacity" and capacities[rule.at].team == team),
            )
        locks = tuple(rule for rule in rules if rule.kind == "lock")
        if len(locks) > 1:
            yield "locks", locks

    # ------------------------------------------------------------ money

    def money(
        self, step: int | None = None, monitor: Monitor | None = None, share: float = 0.01
    ) -> MoneyPrice | None:
        """The one-sided prices of ``step`` minor units (default: a round number near 5 % of the budget) and what to cut
        first, for which ``share`` of the value there may be given up; None without a budget."""
        budget = self.problem.limits.budget
        if not budget or self.over(monitor):
            return None
        step = min(step or round_step(budget), budget)
        richer = self._solve(replace(self.held, budget=budget + step, hints=self._hints()), monitor)
        poorer = self._solve(replace(self.held, budget=budget - step), monitor)
        cut: Cheapest | None = None
        changes: tuple[Change, ...] = ()
        if poorer.plan is not None and poorer.value is not None:
            level = poorer.value - share * abs(poorer.value)
            ask = replace(self.timed(self.held), budget=budget - step, hints=(poorer.plan,))
            cut = self.asker.cheapest(ask, level, self.plan(), monitor)
            changes = portfolio.changes(self.problem, self.plan(), cut.plan) if cut.plan else ()
        return MoneyPrice(
            step,
            self.price_of(richer, richer, self.best),
            self.price_of(poorer, self.best, poorer),
            cut,
            changes,
            self._missed_with(budget + step, monitor),
        )

    def _missed_with(self, budget: int, monitor: Monitor | None) -> float | None:
        if not self.best.missed or self.over(monitor):
            return None
        ask = replace(self.timed(self.held), budget=budget, missed=None, hints=self._hints(), reasons=False)
        found = self.asker.nearest(ask, monitor)
        return None if found is None else found.share

    # ------------------------------------------------------------ calm

    def calm(self, share: float = 0.01, monitor: Monitor | None = None) -> Calm | None:
        """Lexicographic minimal change: of all plans worth at least V* − ``share``·|V*|, those that move the least
        money from the scenario's own, of these the most valuable, and the first by ids; None when cancelled."""
        if self.over(monitor):
            return None
        current, best = self.problem.current, self.plan()
        from_current = portfolio.moved(self.problem, current, best)
        level = self._value() - share * abs(self._value())
        found = self.asker.cheapest(
            replace(self.timed(self.held), hints=self._hints()), level, current, monitor
        )
        if found.plan is None or found.money is None:
            return None
        near = replace(self.held, near=(current, found.money), hints=(found.plan,))
        finer = self._solve(near, monitor)
        plan, value = (finer.plan, finer.value) if finer.plan is not None else (found.plan, found.value)
        if finer.status == "optimal":
            plan = self.asker.first_by_ids(self.held, plan, current)
        changes = portfolio.changes(self.problem, current, plan)
        return Calm(share, plan, value, found.money, found.least, from_current, changes)

    # ------------------------------------------------------------ shared

    def plan(self) -> Plan:
        """The best plan."""
        assert self.best.plan is not None
        return self.best.plan

    def _value(self) -> float:
        assert self.best.value is not None
        return self.best.value

    def _hints(self) -> tuple[Plan, ...]:
        return (self.plan(),)

    def timed(self, ask: Ask) -> Ask:
        """The question with no more time than is left, and than any single one may take."""
        return replace(ask, time_limit_s=max(min(self.clock.left, EACH_S), 0.05))

    def _solve(self, ask: Ask, monitor: Monitor | None) -> Solution:
        return self.asker.solve(replace(self.timed(ask), reasons=False), monitor)

    def over(self, monitor: Monitor | None) -> bool:
        """Whether nothing more is to be asked."""
        return (
            self.best.plan is None or self.clock.left <= 0.0 or (monitor is not None and monitor.cancelled())
        )


def round_step(budget: int) -> int:
    """The 1, 2 or 5 times a power of ten that is nearest to a twentieth of a budget; all in minor units, at least 1."""
    wanted = max(budget / 20.0, 1.0)
    power = 10.0 ** math.floor(math.log10(wanted))
    return int(min((1, 2, 5, 10), key=lambda factor: abs(math.log(factor * power / wanted))) * power)
