"""Where teams by quarter leave little room for levels, the optimum is proven by what a team can do together."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, solve
from prodlead_desktop.analysis.optimise.choices import allowed
from prodlead_desktop.analysis.optimise.covers import Covers, add
from prodlead_desktop.analysis.optimise.programme import Goal, Programme
from prodlead_desktop.analysis.optimise.solution import Clock
from prodlead_desktop.analysis.optimise.worth import Detail, Gains
from prodlead_desktop.analysis.plans import every_plan, stack
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation

SHARES = (1 / 3, 2 / 3, 1.0)


def tight(seed: int, count: int = 40, outcomes: int = 12, people: float = 4.8, **scenario: Any) -> Problem:
    """Initiatives × 3 levels; each level needs each of 5 teams in a quarter of its own, and teams, money by quarter
    and the shares of three pools all bind."""
    rng = random.Random(seed)
    nodes = []
    for k in range(outcomes):
        limit = rng.choice([40, 60, 100])
        nodes.append(outcome(f"o{k:02d}", 0, limit * 0.7, limit=limit, swing=rng.choice([20, 50, 100])))
    effects, rows, total = [], [], 0
    for i in range(count):
        full = rng.randint(50, 600)
        total += full
        node = initiative(f"i{i:02d}", *(round(full * share) for share in SHARES))
        node |= {"full_cost": full, "curve": "exponential", "half_share": rng.uniform(0.52, 0.8)}
        node |= {"pool": rng.choice("abc"), "start": rng.randrange(5), "cost_profile": [0.25] * 4}
        node |= {"success": round(rng.uniform(0.5, 1), 2)}
        node["demands"] = [
            {"team": f"t{t}", "level": f"i{i:02d}{k}", "quarter": rng.randrange(8),
             "amount": round(rng.uniform(0, 3) * k / 3, 2)}
            for k in (1, 2, 3) for t in range(5)
        ]  # fmt: skip
        rows.append(node)
        for k in rng.sample(range(outcomes), min(3, outcomes)):
            low, middle, high = 1, rng.randint(3, 8), rng.randint(10, 16)
            effects.append(effect(node["id"], f"o{k:02d}", low, middle, high))
    _linked(rng, rows, max(count * 6 // 40, 1), max(count * 3 // 40, 1))
    budget = round(total * 0.4)
    bands = [
        {"pool": "a", "low": 0.1, "high": 0.5, "of": "spend"},
        {"pool": "b", "high": 0.5, "of": "budget"},
        {"pool": "c", "low": 0.15, "of": "spend"},
    ]
    plan = {"budget": budget, "quarters": [round(budget * 0.17)] * 8, "carry_over": 0.5, "bands": bands}
    return problem(
        nodes + rows, effects, plan | scenario,
        pools=[{"id": pool, "name": pool} for pool in "abc"],
        teams=[{"id": f"t{t}", "name": f"t{t}", "capacity": [people] * 8} for t in range(5)],
    )  # fmt: skip


def _linked(rng: random.Random, rows: list[dict[str, Any]], requires: int, excludes: int) -> None:
    for kind in ["requires"] * requires + ["excludes"] * excludes:
        first, second = rng.sample(rows, 2)
        linked = first.setdefault("dependencies", [])
        if all(one["other"] != second["id"] for one in linked):
            linked.append({"kind": kind, "other": second["id"]})


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_optimum_of_a_tight_case_is_that_of_every_plan(seed: int) -> None:
    made = tight(seed, 8, 3, 1.8)
    plans = every_plan(made)
    best = float(Valuation(made).evaluate(plans).value[0, fits(made, plans)].max())
    answer = solve(made, Ask())
    assert answer.status == "optimal" and answer.value is not None and answer.bound is not None
    assert answer.value == pytest.approx(best, rel=2e-6) and answer.bound >= best * (1.0 - 1e-9)
    assert answer.plan is not None and fits(made, stack([answer.plan]))[0]


@pytest.mark.parametrize("seed", range(1, 4))
def test_cuts_bring_the_bound_nearer_and_take_no_plan_away(seed: int) -> None:
    made = tight(seed, 8, 3, 1.8, budget=10_000, quarters=[], bands=[])
    may = [allowed(made, Ask(), i) for i in range(len(made.initiatives))]
    gains = Gains(Valuation(made))
    programme = Programme(made, Ask(), gains, Detail())
    assert programme.worth is not None
    objective = Goal("expected", np.ones(1), np.zeros(1)).expression(programme.worth)
    covers = Covers(made, may, frozenset())
    loose = programme.milp.run(objective, Clock(60), relaxed=True)
    assert loose.x is not None
    assert covers.cut_off(programme.choices, loose.x, lambda: True) == []  # cancelled: at once
    cuts = covers.cut_off(programme.choices, loose.x)
    assert cuts and covers.found == cuts
    add(programme.choices, cuts)
    assert programme.milp.run(objective, Clock(60), relaxed=True).bound < loose.bound * (1.0 - 1e-4)
    plans = every_plan(made)
    options = plans.options[:, fits(made, plans)]
    for cut in cuts:
        sums = sum(alpha * (options[i] == option) for (i, option), alpha in cut.items())
        assert np.max(sums) <= 1.0 + 1e-9


def test_a_team_that_does_not_count_cuts_nothing() -> None:
    made = tight(1, 8, 3, 1.8)
    every = frozenset(f"capacity {k}" for k in range(len(made.limits.capacities)))
    answer, best = solve(made, Ask(drop=every)), solve(made, Ask())
    assert answer.value is not None and best.value is not None and best.value < answer.value
    plans = every_plan(made)
    kept = fits(made, plans, every)
    assert answer.value == pytest.approx(
        float(Valuation(made).evaluate(plans).value[0, kept].max()), rel=2e-6
    )
