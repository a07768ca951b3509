"""Regrets of a search that is cut short: what is said is true, however little of it is proven."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, solve
from prodlead_desktop.analysis.plans import every_plan, stack
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.value import Valuation

COUNT = 12


def torn(seed: int) -> Problem:
    """12 projects; in each of three futures a third of them does little, and two teams are short."""
    rng = random.Random(seed)
    nodes = [outcome("o", 0, 1000, swing=50)]
    effects = []
    for i in range(COUNT):
        demands = [
            {"team": team, "level": f"p{i:02d}1", "quarter": 0, "amount": rng.randint(3, 20)} for team in "ab"
        ]
        nodes.append(initiative(f"p{i:02d}", rng.randint(20, 90), demands=demands))
        effects.append(effect(f"p{i:02d}", "o", rng.randint(30, 150)))
    futures = [
        {"id": f"f{s}", "name": f"F{s}", "probability": 1 / 3}
        | {
            "shifts": [
                {"what": "effects", "node": f"p{i:02d}", "factor": 0.2} for i in range(COUNT) if i % 3 == s
            ]
        }
        for s in range(3)
    ]
    teams = [{"id": team, "name": team, "capacity": [60]} for team in "ab"]
    return problem(nodes, effects, {"budget": 300}, futures=futures, teams=teams)


def regrets(made: Problem) -> tuple[Floats, Floats, Floats]:
    """(S,) the best V of each future, (P,) the largest regret of every plan that keeps the rules, and theirs in all."""
    plans = every_plan(made)
    kept, values = fits(made, plans), Valuation(made).evaluate(plans).value
    best = values[:, kept].max(axis=1)
    return best, (best[:, None] - values[:, kept]).max(axis=0), values


@pytest.mark.parametrize("seconds", [1e-4, 0.02, 20.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_regret_is_never_less_than_said_however_short_the_search(seed: int, seconds: float) -> None:
    made = torn(seed)
    best, all_regrets, _ = regrets(made)
    answer = solve(made, Ask("regret", time_limit_s=seconds))
    assert answer.plan is not None and answer.value is not None and answer.bound is not None
    assert fits(made, stack([answer.plan]))[0]
    own = np.array(answer.by_future)
    assert answer.value >= float((best - own).max()) - 1e-9
    assert answer.bound <= float(all_regrets.min()) + 1e-6 and answer.value > 1.0
    reached, most = np.array(answer.best_by_future), np.array(answer.bound_by_future)
    assert (own <= reached + 1e-12).all() and (reached <= best + 1e-9).all() and (best <= most + 1e-6).all()
    assert answer.value == pytest.approx(float((most - own).max()))
    if seconds > 1.0:
        assert answer.status == "optimal" and answer.value == pytest.approx(
            float(all_regrets.min()), abs=1e-4
        )
    else:
        assert answer.status == "optimal" or answer.value > answer.bound


def test_without_a_plan_nothing_is_said_of_its_regret() -> None:
    made = torn(0)
    barred = replace(made, limits=replace(made.limits, budget=0))
    answer = solve(barred, Ask("regret", least={"p00": 1}))
    assert (answer.status, answer.value, answer.bound, answer.gap) == ("infeasible", None, None, None)


@pytest.mark.parametrize("objective", ["expected", "maximin", "regret"])
def test_the_gap_is_relative_to_the_value_whatever_is_asked(objective: str) -> None:
    answer = solve(torn(1), Ask(objective, time_limit_s=1e-4))  # type: ignore[arg-type]
    assert answer.value is not None and answer.bound is not None and answer.value > 0.0
    assert answer.gap == pytest.approx(abs(answer.bound - answer.value) / answer.value)


def test_there_is_no_gap_relative_to_nothing() -> None:
    nothing = replace(torn(1), limits=replace(torn(1).limits, budget=0))
    answer = solve(nothing, Ask())
    assert (answer.value, answer.gap, answer.status) == (0.0, None, "optimal")
