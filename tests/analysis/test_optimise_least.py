"""The least money for a value, to the minor unit, whatever the size of the amounts beside it (model.md §4.5)."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem
from analysis.random_cases import case

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, Asker, solve
from prodlead_desktop.analysis.plans import every_plan, moved, plan_of
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.why import Why

EQUAL = 1e-9  # of the value


def far_apart(seed: int) -> Problem:
    """Costs of cents beside costs of thousands of millions, a plan there already, and perhaps a budget."""
    rng = random.Random(seed)
    nodes = [outcome("o", 0, 1000, swing=50)]
    for i in range(rng.randint(5, 8)):
        scale = 10 ** rng.choice([0, 1, 3, 5, 9, 9])
        costs = {
            round(rng.randint(1, 12) * scale + rng.randint(0, 30) / 100, 2) for _ in range(rng.randint(1, 2))
        }
        nodes.append(initiative(f"p{i}", *sorted(costs)))
    rows = [effect(str(node["id"]), "o", rng.randint(10, 60)) for node in nodes[1:]]
    scenario: dict[str, Any] = {}
    if rng.random() < 0.5:
        most = sum(node["levels"][-1]["cost"] for node in nodes[1:])
        scenario["budget"] = round(most * rng.uniform(0.3, 0.9), 2)
    scenario["allocations"] = [
        {"initiative": node["id"], "level": rng.choice(node["levels"])["id"]}
        for node in nodes[1:]
        if rng.random() < 0.4
    ]
    return problem(nodes, rows, scenario)


def against_every_plan(made: Problem) -> None:
    """Least money from nothing and from the present plan, and the calm plan, are those of enumeration."""
    plans = every_plan(made)
    kept, values = fits(made, plans), Valuation(made).evaluate(plans).value
    if not kept.any():
        return
    scores, size = probabilities(made) @ values, max(float(np.abs(values).max()), 1e-9)
    best, asker = float(scores[kept].max()), Asker(made)
    for share in (0.02, 0.3):
        enough = kept & (scores >= best - share * abs(best) - EQUAL * size)
        for base in (None, made.current):
            money = moved(made, plans, base or plan_of(made, {}))
            found = asker.cheapest(Ask(), best - share * abs(best), base)
            assert found.status == "optimal" and found.plan is not None and found.value is not None
            assert (found.money, found.least) == (money[enough].min(), money[enough].min())
    why = Why(made)
    why.solve()
    calm, money = why.calm(0.05), moved(made, plans, made.current)
    least = money[kept & (scores >= best - 0.05 * abs(best) - EQUAL * size)].min()
    assert calm is not None and (calm.moved, calm.least) == (least, least)
    assert calm.value == pytest.approx(float(scores[kept & (money == least)].max()), abs=2e-6 * size)


@pytest.mark.parametrize("seed", range(20))
def test_cents_count_beside_thousands_of_millions(seed: int) -> None:
    against_every_plan(far_apart(seed))


@pytest.mark.parametrize("seed", range(20))
def test_so_they_do_under_every_kind_of_rule(seed: int) -> None:
    made, rng = case(seed, most=7), random.Random(seed)
    for node in made["nodes"]:
        times = 10 ** rng.choice([0, 0, 5, 7])
        for level in node.get("levels", ()):
            level["cost"] = level["cost"] * times + rng.randint(0, 20) / 100
    most = sum(node["levels"][-1]["cost"] for node in made["nodes"] if "levels" in node)
    made["scenario"]["budget"] = round(most * rng.uniform(0.3, 0.9), 2)
    against_every_plan(problem(**made, rate=5000.0))


@pytest.mark.parametrize("large", [1e3, 1e9])
def test_money_on_a_curve_is_whole_and_least(large: float) -> None:
    """Half of what the curve can give is wanted, and half of its money gives that."""
    nodes = [outcome("o", 0, 1000, swing=50, over_delivery=1, overlap="sum"), initiative("large", large)]
    nodes.append(initiative("small", full_cost=10, funding="curve", curve="linear"))
    made = problem(nodes, [effect("large", "o", 500), effect("small", "o", 50)])
    found = Asker(made).cheapest(Ask(), 52.5)
    assert (
        found.status == "optimal" and found.money == large * 100 + 500 and found.value == pytest.approx(52.5)
    )


def test_a_value_out_of_reach_has_no_price() -> None:
    found = Asker(far_apart(0)).cheapest(Ask(), 101.0)
    assert (found.status, found.plan, found.money) == ("infeasible", None, None)


@pytest.mark.parametrize("missing", [1, 2])
def test_a_clash_by_a_cent_is_said_to_the_cent(missing: int) -> None:
    costs = (8_000_000.05, 9_000_000.09, 9_000_000_000.01, 9_000.07)
    nodes = [outcome("o", 0, 100, swing=100), initiative("asked", 0.04)]
    nodes += [initiative(f"p{i}", cost, mandatory=True) for i, cost in enumerate(costs)]
    nodes[2]["dependencies"] = [{"kind": "requires", "other": "asked"}]
    needed = 901_700_900_026
    made = problem(nodes, [effect("p0", "o", 5)], {"budget": (needed - missing) / 100})
    answer = solve(made)
    said = f"alone cost €9,017,009,000.26; the budget is €9,017,009,000.{26 - missing}."
    assert answer.status == "infeasible" and answer.reasons[0].endswith(said)
    exact = solve(made, Ask(budget=needed))
    assert exact.status == "optimal" and exact.cost == needed
