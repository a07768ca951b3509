"""The answer explains itself: what holds the best plan up, what would change it, and what to do next (product.md §7.4).

Data first: ``explain`` gathers what ``why``, ``moves`` and ``frontier`` find; ``findings`` puts it into words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from prodlead_desktop.analysis import limits, moves, simulate
from prodlead_desktop.analysis.frontier import Distance, FrontierOf
from prodlead_desktop.analysis.moves import Move
from prodlead_desktop.analysis.optimise import Ask, Monitor, Solution
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.why import EACH_S, Calm, MoneyPrice, Price, Regret, RulePrice, Why
from prodlead_desktop.analysis.why_wishes import WishPrice, together, wish_prices
from prodlead_desktop.errors import Cancelled

DRAWS, SEED = 2000, 0
_HALF, _UNLIKELY = 0.5, 0.2


@dataclass(frozen=True, eq=False, slots=True)
class Explanation:
    """Everything the room may ask about one best plan; V in points or minor units, money in minor units.

    ``attainment`` and ``attainment_now``: (S, O) of the best plan and of the scenario's own; ``chances``: by outcome,
    P(target) of the best plan by ``DRAWS`` draws with ``SEED``, None where it cannot be told. ``complete`` is False
    when time or a cancel cut it short; what is missing is then empty or None.
    """

    problem: Problem
    ask: Ask
    best: Solution
    distance: Distance | None = None
    wishes: tuple[WishPrice, ...] = ()
    wishes_together: Price | None = None
    rules: tuple[RulePrice, ...] = ()
    left_out: tuple[Regret, ...] = ()
    forced_in: tuple[Regret, ...] = ()
    money: MoneyPrice | None = None
    calm: Calm | None = None
    moves: tuple[Move, ...] = ()
    attainment: Floats | None = None
    attainment_now: Floats | None = None
    chances: tuple[float | None, ...] = ()
    complete: bool = False


def explain(
    problem: Problem,
    ask: Ask | None = None,
    monitor: Monitor | None = None,
    calm: float = 0.01,
    step: int | None = None,
) -> Explanation:
    """Solve and answer every question; ``ask.time_limit_s`` is for all of it, and objective "regret" is not explained.

    ``calm``: how much of the best value a plan nearer to the scenario's own may lack (0.01 = 1 %); ``step``: minor
    units of budget whose price is asked, default a round number near 5 %. Without any plan only ``best`` is filled.
    """
    asking = Why(problem, ask)
    best = asking.solve(monitor)
    made = Explanation(asking.problem, asking.ask, best)
    if best.plan is None:
        return made
    valuation, current = asking.asker.gains.valuation, asking.problem.current
    goal = asking.asker.goal(asking.ask)
    made = replace(
        made,
        attainment=valuation.evaluate(best.plan).attainment[:, :, 0],
        attainment_now=valuation.evaluate(current).attainment[:, :, 0],
        moves=moves.moves(asking.problem, valuation, goal, current),
    )
    made = replace(made, chances=_chances(asking, monitor))
    made = replace(made, wishes=tuple(wish_prices(asking, monitor)))
    made = replace(made, wishes_together=together(asking, monitor))
    made = replace(made, rules=tuple(asking.rules(monitor)), money=asking.money(step, monitor, calm))
    made = replace(made, calm=asking.calm(calm, monitor), distance=_distance(asking, monitor))
    made = replace(made, left_out=tuple(asking.leave_out(monitor)))  # one by one, and so last
    made = replace(made, forced_in=tuple(asking.force_in(monitor)))
    stopped = asking.clock.left <= 0.0 or (monitor is not None and monitor.cancelled())
    return replace(made, complete=not stopped and not _unanswered(made))


def _unanswered(made: Explanation) -> bool:
    """Whether a question has found no time."""
    prices = [row.price for row in made.rules] + [row.price for row in (*made.left_out, *made.forced_in)]
    prices += [row.price for row in made.wishes if row.price is not None]
    prices += [made.money.more, made.money.less] if made.money is not None else []
    found = [price.solution.status for price in prices]
    found += [row.money.status for row in made.wishes if row.money is not None]
    return "cancelled" in found


def _distance(asking: Why, monitor: Monitor | None) -> Distance | None:
    if asking.clock.left <= 0.0 or (monitor is not None and monitor.cancelled()):
        return None
    limit = max(min(asking.clock.left / 2.0, EACH_S), 0.05)
    return FrontierOf(asking.problem, replace(asking.ask, time_limit_s=limit)).distance(monitor)


def _chances(asking: Why, monitor: Monitor | None) -> tuple[float | None, ...]:
    """P(target) of the best plan by outcome: over all futures, or in the worst where they have no probabilities."""

    def step(share: float | None) -> None:
        if monitor is not None and monitor.cancelled():
            raise Cancelled()

    try:
        drawn = simulate.simulate(asking.problem, asking.best.plan, DRAWS, SEED, step)
    except Cancelled:
        return ()
    found: list[float | None] = []
    for o in range(len(asking.problem.outcomes)):
        worlds = drawn.worlds if drawn.mixed is None else (drawn.mixed,)
        known = [world.outcomes[o].target for world in worlds]
        found.append(min((one.value for one in known if one is not None), default=None))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Hope:
    """An objective the best plan is unlikely to bring to its target: mean attainment, and P(target) or None (R16)."""

    outcome: int
    attainment: float
    chance: float | None


def out_of_reach(made: Explanation) -> tuple[Hope, ...]:
    """Objectives with P(target) < 20 %, or mean attainment below one half, under the best plan (rule R16)."""
    if made.attainment is None:
        return ()
    found = []
    for o in made.problem.objectives:
        mean, chance = float(np.mean(made.attainment[:, o])), made.chances[o] if made.chances else None
        if mean < _HALF or (chance is not None and chance < _UNLIKELY):
            found.append(Hope(o, mean, chance))
    return tuple(found)


def overfull_floors(problem: Problem, clash: tuple[str, ...]) -> tuple[tuple[limits.Rule, ...], float] | None:
    """The floors among clashing rules and their sum as a share of the budget, when a budget is among them too."""
    rules = {rule.id: rule for rule in limits.rules(problem)}
    floors = tuple(rules[name] for name in clash if rules[name].kind == "floor")
    if "budget 0" not in clash or len(floors) < 2 or not problem.limits.budget:
        return None
    total = sum(float(problem.initiatives[rule.at].floor or 0) for rule in floors)
    return floors, total / problem.limits.budget
