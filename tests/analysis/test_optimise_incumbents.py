"""Cut short, the optimiser still has a good plan: many rules of every kind, and almost no time."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, Objective, greedy, solve
from prodlead_desktop.analysis.optimise.choices import allowed
from prodlead_desktop.analysis.optimise.exchange import Exchange
from prodlead_desktop.analysis.optimise.walk import Walk
from prodlead_desktop.analysis.optimise.worth import Gains
from prodlead_desktop.analysis.plans import Plans, plan_of, stack
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation

COUNT, OUTCOMES = 40, 12


def crowded(seed: int, **scenario: Any) -> Problem:
    """40 initiatives × 3 levels; teams by quarter, money by quarter, shares of spend that nothing alone can keep."""
    rng = random.Random(seed)
    nodes = [outcome(f"o{k:02d}", 0, 56, limit=80, swing=rng.choice([20, 50, 100])) for k in range(OUTCOMES)]
    effects, total = [], 0
    for i in range(COUNT):
        full = rng.randint(50, 600)
        total += full
        node = initiative(f"i{i:02d}", *(round(full * share) for share in (0.35, 0.65, 1.0)))
        node |= {"full_cost": full, "curve": "exponential", "half_share": rng.uniform(0.55, 0.8)}
        node |= {"pool": rng.choice("abc"), "start": rng.randrange(5), "cost_profile": [0.25] * 4}
        node |= {"success": round(rng.uniform(0.5, 1), 2)}
        node["demands"] = [
            {"team": f"t{t}", "level": f"i{i:02d}{k}", "quarter": rng.randrange(8), "amount": rng.randint(1, 9) * k / 9}
            for k in (1, 2, 3)
            for t in range(5)
        ]  # fmt: skip
        nodes.append(node)
        effects += [
            effect(node["id"], f"o{k:02d}", rng.randint(3, 9)) for k in rng.sample(range(OUTCOMES), 3)
        ]
    rows = nodes[OUTCOMES:]
    for kind, many in (("requires", 6), ("excludes", 3)):
        for _ in range(many):
            first, second = rng.sample(rows, 2)
            dependencies = first.setdefault("dependencies", [])
            if all(one["other"] != second["id"] for one in dependencies):
                dependencies.append({"kind": kind, "other": second["id"]})
    budget = round(total * 0.4)
    plan = {
        "budget": budget,
        "quarters": [round(budget * 0.17)] * 8,
        "carry_over": 0.5,
        "bands": [
            {"pool": "a", "low": 0.1, "high": 0.5, "of": "spend"},
            {"pool": "b", "high": 0.5, "of": "budget"},
            {"pool": "c", "low": 0.15, "of": "spend"},
        ],
    }
    return problem(
        nodes,
        effects,
        plan | scenario,
        pools=[{"id": pool, "name": pool} for pool in "abc"],
        teams=[{"id": f"t{t}", "name": f"t{t}", "capacity": [COUNT * 0.12] * 8} for t in range(5)],
    )


def climbed(made: Problem) -> float:
    """What steps by the best return for their money come to, each with the cheapest partner that lets it keep the
    rules where it does not on its own."""
    valuation, may = Valuation(made), [allowed(made, Ask(), i) for i in range(len(made.initiatives))]
    judge = greedy.Judge(
        lambda plans: valuation.evaluate(plans).value[0], lambda plans: fits(made, plans), lambda: False
    )
    begin = plan_of(made, {})
    pairs = [
        (i, j) for i in range(COUNT) for j in range(i) if made.initiatives[i].pool != made.initiatives[j].pool
    ]
    options = np.zeros((COUNT, len(pairs)), dtype=np.int64)
    for column, pair in enumerate(pairs):
        options[list(pair), column] = 1
    prices = np.array([[float(row.options[o].cost) for o in (0, 1)] for row in made.initiatives])
    started = Plans(options, np.take_along_axis(prices, options, axis=1))
    kept = np.flatnonzero(fits(made, started))
    if len(kept):
        values = valuation.evaluate(started.part(0, len(pairs))).value[0, kept]
        begin = started.plan(int(kept[int(np.argmax(values))]))
    best = greedy.climb(made, valuation, judge, begin, may)
    return float(valuation.evaluate(best).value[0, 0])


def exchange(made: Problem) -> Exchange:
    """A local search for the expected value."""
    may = [allowed(made, Ask(), i) for i in range(COUNT)]
    return Exchange(
        Gains(Valuation(made)),
        may,
        lambda values, _: values[0],
        lambda plans: fits(made, plans),
        lambda: False,
    )


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_moment_is_enough_for_a_plan_better_than_greedy(seed: int) -> None:
    made = crowded(seed)
    valuation = Valuation(made)
    search = exchange(made)
    search.work = 30  # a fifth of a second
    best = search.run(plan_of(made, {}))[0]
    assert fits(made, stack([best]))[0]
    assert float(valuation.evaluate(best).value[0, 0]) >= climbed(made) > 10.0


def test_past_plans_that_break_a_rule_lie_better_ones_that_break_none() -> None:
    """Where the local search rests 1.4 % below the best there is; twice the same walk."""
    made = crowded(3)
    rest = exchange(made).run(plan_of(made, {}))[0]
    plans = Walk(exchange(made)).run(rest)
    values = Valuation(made).evaluate(stack(plans)).value[0]
    assert fits(made, stack(plans)).all() and (np.diff(values) <= 1e-9).all()
    assert float(values[0]) > 1.01 * float(Valuation(made).evaluate(rest).value[0, 0])
    again = Walk(exchange(made)).run(rest)
    assert [plan.options for plan in again] == [plan.options for plan in plans]


@pytest.mark.parametrize("scenario", [{}, {"at_most": 12, "carry_over": 0}], ids=["plain", "strict"])
def test_a_change_that_breaks_nothing_is_one_that_keeps_every_rule(scenario: dict[str, Any]) -> None:
    made = crowded(1, **scenario)
    search = exchange(made)
    rest = search.run(plan_of(made, {}))[0]
    now = np.array([search.place[i, option] for i, option in enumerate(rest.options)])
    changed = np.repeat(now[:, None], len(search.who), axis=1)
    changed[search.who, np.arange(len(search.who))] = np.arange(len(search.who))
    kept = fits(made, search.plans(changed))
    assert 0 < kept.sum() < len(kept)
    assert ((search.room.broken(now) > 1e-9).any(axis=0) == ~kept).all()


def test_cut_short_the_plan_is_worth_something_and_the_bound_is_true() -> None:
    made = crowded(1)
    short = solve(made, Ask(time_limit_s=0.6))
    assert short.plan is not None and short.value is not None and short.bound is not None
    assert fits(made, stack([short.plan]))[0] and short.value > 10.0
    search = exchange(made)
    best = search.run(plan_of(made, {}))[0]
    assert short.bound >= float(Valuation(made).evaluate(best).value[0, 0])


def test_locks_floors_and_mandatory_items_hold_in_what_the_local_search_finds() -> None:
    made = crowded(
        2,
        allocations=[
            {"initiative": "i00", "level": "i001", "lock": True},
            {"initiative": "i01", "ceiling": 0},
            {"initiative": "i02", "floor": 1},
        ],
    )
    search = exchange(made)
    search.work = 20
    begin = greedy.start(made, [allowed(made, Ask(), i) for i in range(COUNT)])
    for plan in search.run(begin):
        assert fits(made, stack([plan]))[0]
        assert plan.options[0] == 1 and plan.options[1] == 0 and plan.options[2] > 0


@pytest.mark.parametrize("objective", ["expected", "maximin"])
def test_without_any_time_there_is_a_plan_worth_something(objective: Objective) -> None:
    """No single initiative keeps the shares of three pools: the first step is one in each."""
    made = crowded(3)
    answer = solve(made, Ask(objective, time_limit_s=1e-6))
    assert answer.plan is not None and answer.value is not None and answer.bound is not None
    assert fits(made, stack([answer.plan]))[0] and answer.value <= answer.bound
    search = exchange(made)
    assert answer.value > 0.9 * float(Valuation(made).evaluate(search.run(plan_of(made, {}))[0]).value[0, 0])


def hills(count: int) -> Problem:
    """Money on curves that are worth little before their half, in three pools of which each has its share."""
    rng = random.Random(5)
    nodes = [outcome(f"o{k}", 0, 60, swing=50, limit=90) for k in range(3)]
    effects = []
    for i in range(count):
        nodes.append(
            initiative(
                f"i{i:02d}", full_cost=rng.randint(50, 300), curve="hill", half_share=0.4, funding="curve"
            )
            | {"pool": "abc"[i % 3], "unlimited_times": 1.5}
        )
        effects += [effect(f"i{i:02d}", f"o{k}", rng.randint(5, 25)) for k in rng.sample(range(3), 2)]
    bands = [{"pool": pool, "low": 0.15, "high": 0.5, "of": "spend"} for pool in "abc"]
    pools = [{"id": pool, "name": pool} for pool in "abc"]
    return problem(nodes, effects, {"budget": 600, "bands": bands}, pools=pools)


def test_money_on_curves_finds_its_place_without_any_time() -> None:
    made = hills(9)
    hurried = solve(made, Ask(time_limit_s=1e-6))
    assert hurried.plan is not None and hurried.value is not None and fits(made, stack([hurried.plan]))[0]
    patient = solve(made, Ask(time_limit_s=1.5, hints=(hurried.plan,)))
    assert patient.bound is not None and patient.value is not None
    assert 0.9 * patient.value <= hurried.value <= patient.value <= patient.bound
