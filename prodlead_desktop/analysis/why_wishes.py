"""Why a wish is kept or missed, and what that costs (model.md §4.2, §4.5): infeasible wishes are explained."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise import Asker, Cheapest, Monitor
from prodlead_desktop.analysis.optimise.solution import Missed
from prodlead_desktop.analysis.why import Price, Why
from prodlead_desktop.analysis.wishes import Wished


@dataclass(frozen=True, slots=True)
class Help:
    """Rules without which a wish, alone, would be missed by ``missed`` of its way and no more. ``kind`` as in
    ``RulePrice``."""

    kind: str
    rules: tuple[Rule, ...]
    missed: float


@dataclass(frozen=True, slots=True)
class WishPrice:
    """A wish by its place in ``problem.wishes``: what the best plan makes of it, and what it costs; shares of the way.

    ``price``: V gained if it did not count and the others were missed by no more than now. Worked out for a missed one
    only: ``alone``, by how much it must be missed if it were the only one; ``money``, the least budget under which it
    alone is kept, None without a budget; ``helps``, rules without which it comes further, the best first.
    """

    wish: int
    reached: float
    missed: float
    price: Price | None = None
    alone: Missed | None = None
    money: Cheapest | None = None
    helps: tuple[Help, ...] = ()


def wish_prices(why: Why, monitor: Monitor | None = None) -> Iterator[WishPrice]:
    """Every wish in its order, with the rest left out once the time is over; ``why`` must have solved."""
    valuation, problem = why.asker.gains.valuation, why.problem
    wished = Wished(problem, why.ask.objective == "expected")
    exact = wished.missed(valuation.evaluate(why.plan()).attainment)[:, 0]
    reached, missed = (row.tolist() for row in wished.of(valuation, why.plan()))
    for w in range(len(problem.wishes)):
        row = WishPrice(w, reached[w], missed[w])
        if not why.over(monitor):
            others = float(exact.sum() - exact[w]) if len(exact) > 1 else math.inf
            row = replace(row, price=_price(why, w, others, monitor))
        if missed[w] and not why.over(monitor):
            row = _explained(why, row, monitor)
        yield row


def together(why: Why, monitor: Monitor | None = None) -> Price | None:
    """V gained if no wish counted; None with fewer than two of them, or without time."""
    if len(why.problem.wishes) < 2 or why.over(monitor):
        return None
    ask = replace(why.timed(why.ask), missed=math.inf, hints=(why.plan(),), reasons=False)
    found = why.asker.solve(ask, monitor)
    return why.price_of(found, found, why.best)


def _price(why: Why, w: int, others: float, monitor: Monitor | None) -> Price:
    rest = tuple(wish for k, wish in enumerate(why.problem.wishes) if k != w)
    asker = Asker(replace(why.problem, wishes=rest), why.ask.future)
    ask = replace(why.timed(why.ask), missed=others, hints=(why.plan(),), reasons=False)
    found = asker.solve(ask, monitor)
    return why.price_of(found, found, why.best)


def _explained(why: Why, row: WishPrice, monitor: Monitor | None) -> WishPrice:
    """What would keep a missed wish: others taken back, money, or a rule less."""
    problem = why.problem
    asker = Asker(replace(problem, wishes=(problem.wishes[row.wish],)), why.ask.future)
    ask = replace(why.timed(why.ask), reasons=False, missed=None)
    alone = asker.nearest(replace(ask, hints=(why.plan(),)), monitor)
    if alone is None:
        return row
    row = replace(row, alone=alone)
    if not alone.share or why.over(monitor):
        return row
    if problem.limits.budget is not None:
        row = replace(row, money=asker.least_budget(replace(why.timed(ask), missed=0.0), monitor))
    return replace(row, helps=tuple(_helps(why, asker, alone.share, monitor)))


def _helps(why: Why, asker: Asker, alone: float, monitor: Monitor | None) -> list[Help]:
    groups, found = list(why.groups()), []
    small = Wished(asker.problem, why.ask.objective == "expected").tolerance

    def without(rules: tuple[Rule, ...]) -> float:
        drop = why.ask.drop | {rule.id for rule in rules}
        ask = replace(why.timed(why.ask), drop=drop, missed=None, hints=(why.plan(),), reasons=False)
        then = asker.nearest(ask, monitor)
        return alone if then is None else then.share

    if (
        not groups
        or why.over(monitor)
        or without(tuple(rule for _, rules in groups for rule in rules)) > alone - small
    ):
        return []
    for kind, rules in groups:
        if why.over(monitor):
            break
        missed = without(rules)
        if missed < alone - small:
            found.append(Help(kind, rules, missed))
    return sorted(found, key=lambda row: row.missed)
