"""The minimal change is the same whoever is met first: of equal plans the one that ids put first (model.md §4.5)."""

from __future__ import annotations

import random

import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.optimise import Ask, Asker
from prodlead_desktop.analysis.plans import plan_of
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.why import Why


def alike(names: list[str], budget: float, current: list[str], funding: str | None = None) -> Problem:
    """Bets that can stand in for each other; ``current`` are those the scenario funds."""
    nodes = [outcome("o", 0, 100, swing=1, over_delivery=1, overlap="sum")]
    more = {} if funding is None else {"funding": funding, "curve": "exponential", "half_share": 0.7}
    nodes += [initiative(name, full_cost=10, **more) for name in names]
    now = [{"initiative": name, "amount": 10} for name in current]
    return problem(nodes, [effect(name, "o", 5) for name in names], {"budget": budget, "allocations": now})


@pytest.mark.parametrize("seed", range(4))
def test_bets_that_are_alike_are_funded_in_the_order_of_their_ids(seed: int) -> None:
    names = [f"i{k}" for k in range(8)]
    random.Random(seed).shuffle(names)
    made = alike(names, 30, [])
    why = Why(made)
    why.solve()
    calm = why.calm(0.0)
    assert calm is not None and calm.moved == pytest.approx(3000)
    assert calm.plan.options == (1, 1, 1, 0, 0, 0, 0, 0)


def test_what_the_plan_has_already_stays_before_ids_count() -> None:
    made = alike([f"i{k}" for k in range(8)], 30, ["i6", "i7"])
    why = Why(made)
    why.solve()
    calm = why.calm(0.0)
    assert calm is not None and calm.moved == pytest.approx(1000)
    assert calm.plan.options == (1, 0, 0, 0, 0, 0, 1, 1)


def test_two_small_ones_for_one_large_one_are_a_tie_too() -> None:
    nodes = [outcome("o", 0, 100, swing=1, over_delivery=1, overlap="sum")]
    nodes += [initiative("a", full_cost=10), initiative("b", full_cost=20), initiative("c", full_cost=20)]
    made = problem(nodes, [effect("a", "o", 1), effect("b", "o", 8), effect("c", "o", 8)], {"budget": 20})
    why = Why(made)
    why.solve()
    calm = why.calm(0.0)
    assert calm is not None and calm.plan.options == (0, 1, 0)


def test_from_whatever_plan_the_solver_met_first_the_same_one_comes_out() -> None:
    made = alike([f"i{k}" for k in range(8)], 30, ["i7"])
    for late in ({"i5": 1, "i6": 1, "i7": 1}, {"i3": 1, "i4": 1, "i7": 1}, {"i0": 1, "i6": 1, "i7": 1}):
        first = Asker(made).first_by_ids(Ask(), plan_of(made, late), made.current)
        assert first.options == (1, 1, 0, 0, 0, 0, 0, 1)


def test_amounts_change_places_too_and_rules_hold() -> None:
    made = alike(["a", "b", "c"], 30, [], funding="curve")
    late = plan_of(made, {"b": 300, "c": 1000})
    first = Asker(made).first_by_ids(Ask(), late, made.current)
    assert first.amounts == (1000.0, 300.0, 0.0)
    kept = Asker(made).first_by_ids(Ask(force={"a": frozenset({0})}), late, made.current)
    assert kept.amounts == (0.0, 1000.0, 300.0)
