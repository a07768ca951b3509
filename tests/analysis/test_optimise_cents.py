"""Money is whole minor units: no plan is over by one of them, however large the amounts beside it."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.limits import broken, fits
from prodlead_desktop.analysis.optimise import Ask, solve
from prodlead_desktop.analysis.plans import every_plan, plan_of, stack
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation


def pair(large: float, small: float, **scenario: object) -> Problem:
    """Two projects of one worth whose costs are far apart, and money for the large one only."""
    nodes = [outcome("o", 0, 100, swing=100), initiative("large", large), initiative("small", small)]
    rows = [effect(name, "o", 5) for name in ("large", "small")]
    return problem(nodes, rows, {"budget": large} | scenario)


@pytest.mark.parametrize("large", [1e5, 1e7, 1e9, 1e12])
@pytest.mark.parametrize("small", [0.01, 1, 100])
def test_one_minor_unit_over_the_budget_is_too_much(large: float, small: float) -> None:
    made = pair(large, small)
    both = plan_of(made, {"large": 1, "small": 1})
    assert not fits(made, stack([both]))[0] and [rule.kind for rule in broken(made, both)] == ["budget"]
    answer = solve(made)
    assert answer.status == "optimal" and answer.plan is not None and sum(answer.plan.options) == 1
    assert answer.value == pytest.approx(Valuation(made).evaluate(answer.plan).value[0, 0])
    assert solve(made, Ask(budget=round((large + small) * 100))).plan == both


@pytest.mark.parametrize("large", [1e5, 1e10])
def test_so_it_is_with_money_by_quarter_and_what_carries_over(large: float) -> None:
    made = pair(large, 0.01, budget=None, quarters=[large / 2, large / 2], carry_over=1)
    answer = solve(made)
    assert answer.status == "optimal" and answer.plan is not None and sum(answer.plan.options) == 1


def test_mandatory_items_that_are_a_cent_too_dear_clash() -> None:
    nodes = [outcome("o", 0, 100, swing=100)]
    nodes += [initiative(name, cost, mandatory=True) for name, cost in (("large", 1e9), ("small", 0.01))]
    answer = solve(problem(nodes, [effect("large", "o", 5)], {"budget": 1e9}))
    assert answer.status == "infeasible" and any("1,000,000,000" in reason for reason in answer.reasons)


@pytest.mark.parametrize("seed", range(12))
def test_among_plans_that_differ_by_cents_the_best_is_proven(seed: int) -> None:
    """Costs of thousands of millions plus a few cents, so that almost every sum is near the budget."""
    rng = random.Random(seed)
    nodes = [outcome("o", 0, 1000, swing=50)]
    nodes += [initiative(f"p{i}", 10 ** rng.choice([7, 8, 9]) + rng.randint(0, 20) / 100) for i in range(9)]
    nodes += [initiative(f"s{i}", rng.randint(1, 12) / 100) for i in range(3)]
    rows = [effect(str(node["id"]), "o", rng.randint(10, 60)) for node in nodes[1:]]
    budget = sum(node["levels"][0]["cost"] for node in rng.sample(nodes[1:10], 4)) // 1 + 0.2
    made = problem(nodes, rows, {"budget": budget})
    plans = every_plan(made)
    whole = [[option.cost for option in row.options] for row in made.initiatives]
    spent = [
        sum(whole[i][o] for i, o in enumerate(column)) for column in plans.options.T.tolist()
    ]  # in Python's integers
    kept = np.array([one <= Fraction(made.limits.budget or 0) for one in spent])
    assert (fits(made, plans) == kept).all()
    answer = solve(made)
    best = float(Valuation(made).evaluate(plans).value[0, kept].max())
    assert answer.plan is not None and fits(made, stack([answer.plan]))[0]
    assert answer.value == pytest.approx(best, rel=2e-6) and answer.status == "optimal"
    assert answer.bound is not None and answer.bound >= best - 1e-9


def test_amounts_stay_within_the_budget_to_the_minor_unit() -> None:
    nodes = [outcome("o", 0, 1000, swing=50)]
    for i in range(3):
        nodes.append(
            initiative(f"p{i}", full_cost=1e9 + i / 100, curve="exponential", half_share=0.5, funding="curve")
        )
    rows = [effect(f"p{i}", "o", 40 + i) for i in range(3)]
    made = problem(nodes, rows, {"budget": 1_234_567_890.01})
    answer = solve(made)
    assert answer.plan is not None and answer.value is not None and answer.value > 0.0
    assert sum(map(int, answer.plan.amounts)) <= (made.limits.budget or 0)
    assert all(amount == int(amount) for amount in answer.plan.amounts)
