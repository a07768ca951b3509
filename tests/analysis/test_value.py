"""What plans are worth, against known answers (A3, A5, A7, A8) and sums done by hand (model.md §2, §3.4–3.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from analysis.cases import TEN_COSTS, e1, effect, initiative, outcome, problem, ten_projects

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.plans import costs_by_quarter, every_plan, plan_of, stack
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Evaluation, Valuation, coverage, double_counted
from prodlead_desktop.errors import BadInput


def _all_in(found: Problem, **choices: int | float) -> Evaluation:
    """The plan that funds everything at its last option, except where said otherwise."""
    chosen = {row.id: len(row.options) - 1 for row in found.initiatives}
    return Valuation(found).evaluate(plan_of(found, chosen | choices))


def _d(found: Evaluation, future: int = 0) -> list[float]:
    return found.improvement[future, :, 0].tolist()


def _three(overlap: str | None = None, limit: float | None = 30, *values: float) -> Problem:
    values = values or (8, 6, 5)
    nodes = [outcome("o", 10, 25, limit=limit, overlap=overlap, swing=1)]
    nodes += [initiative(f"i{k}", 10) for k in range(len(values))]
    return problem(nodes, [effect(f"i{k}", "o", value) for k, value in enumerate(values)])


def test_headroom_rule() -> None:
    assert _d(_all_in(_three())) == pytest.approx([13.7])


def test_sum_and_max_stop_at_the_natural_limit() -> None:
    assert _d(_all_in(_three("sum"))) == pytest.approx([19])
    assert _d(_all_in(_three("sum", 25))) == pytest.approx([15])
    assert _d(_all_in(_three("sum", None))) == pytest.approx([19])
    assert _d(_all_in(_three("max"))) == pytest.approx([8])
    assert _d(_all_in(_three("max", None, 8, 6, -5), i0=0)) == pytest.approx([6])


def test_the_best_of_what_is_funded_whatever_else_the_file_holds() -> None:
    """A harmful bet counts as itself, be there unfunded ones beside it or not; nothing funded is 0."""
    assert _d(_all_in(_three("max", None, -4))) == pytest.approx([-4])
    assert _d(_all_in(_three("max", None, -4, 3), i1=0)) == pytest.approx([-4])
    assert _d(_all_in(_three("max", None, -4, -6))) == pytest.approx([-4])
    assert _d(_all_in(_three("max", None, -4, -6, 3), i2=0)) == pytest.approx([-4])
    assert _d(_all_in(_three("max", None, -4, -6), i0=0, i1=0)) == [0]


def test_harm_counts() -> None:
    found = _all_in(_three("headroom", 30, 8, -5))
    assert _d(found) == pytest.approx([20 * (1 - (1 - 8 / 20) * (1 + 5 / 20))])
    worse = _all_in(_three("headroom", 30, 8, -5), i0=0)
    assert worse.value[0, 0] == pytest.approx(100 * -5 / 15)


@pytest.mark.parametrize(("x", "attained"), [(40, 0), (21.5, 0.5), (3, 1), (50, -10 / 37), (0, 40 / 37)])
def test_attainment_in_either_direction(x: float, attained: float) -> None:
    for sign in (1, -1):
        node = outcome("o", sign * 40, sign * 3, overlap="sum", limit=sign * -100)
        found = problem([node, initiative("i", 1)], [effect("i", "o", 40 - x)])
        assert _all_in(found).attainment[0, 0, 0] == pytest.approx(attained)


def test_value_beyond_target_and_past_the_threshold() -> None:
    def value(d: float, **more: Any) -> float:
        node = outcome("o", 0, 10, swing=1, **more)
        return float(_all_in(problem([node, initiative("i", 1)], [effect("i", "o", d)])).value[0, 0])

    assert value(15) == pytest.approx(100)
    assert value(15, over_delivery=0.4) == pytest.approx(120)
    assert value(-5) == pytest.approx(-50)
    assert value(6, threshold=7, threshold_share=0.3) == pytest.approx(0.7 * 60)
    assert value(7, threshold=7, threshold_share=0.3) == pytest.approx(0.7 * 70 + 30)
    assert value(9.9, threshold_share=1) == pytest.approx(0)
    assert value(10, threshold_share=1) == pytest.approx(100)


def test_a_threshold_is_reached_whatever_a_sum_of_decimals_comes_to() -> None:
    nodes = [
        outcome("o", 0, 1, swing=1, threshold=0.8, threshold_share=1),
        initiative("i", 1),
        initiative("j", 1),
    ]
    found = problem(nodes, [effect("i", "o", 0.1), effect("j", "o", 0.7)])
    assert 0.1 + 0.7 < 0.8
    assert _all_in(found).value[0, 0] == pytest.approx(100)


def test_a_sum_is_linear_where_it_cannot_reach_the_limit() -> None:
    assert Valuation(_three("sum", 25)).cap_may_bind().tolist() == [True]
    assert Valuation(_three("sum", 30)).cap_may_bind().tolist() == [False]


def test_quarters_after_which_nothing_changes_are_one_point() -> None:
    nodes = [outcome("o", 0, 10, money_per_unit=5), initiative("i", 1, delay=1, ramp=1)]
    found = problem(nodes, [effect("i", "o", 4)], header={"horizon": 40})
    assert len(Valuation(found).points.rows) == 3


def test_ten_projects() -> None:
    """A5: every portfolio of ten; the optimum, what greedy finds, and the frontier in steps of ten thousand."""
    found = formulate(ten_projects(), "plan")
    plans = every_plan(found)
    value = Valuation(found).evaluate(plans).value[0]
    cost = np.array(TEN_COSTS, dtype=float) @ plans.options
    singles = [19, 12, 26.5, 10.5, 12, 19, 9, 26.5, 13, 8.8]
    assert [value[1 << (9 - k)] for k in range(10)] == pytest.approx(singles)
    inside = limits.fits(found, plans)
    assert int(inside.sum()) == 501
    best = int(np.argmax(np.where(inside, value, -1)))
    assert np.flatnonzero(plans.options[:, best]).tolist() == [0, 2, 3, 7]
    assert (value[best], cost[best]) == (pytest.approx(82.5), 260)
    frontier = [65, 69, 71, 73.8, 78, 79.5, 82.5, 86.8, 90, 91.5, 95.5, 97.5, 100.3]
    assert [value[cost <= b].max() for b in range(200, 330, 10)] == pytest.approx(frontier)


def test_end_to_end_means_and_the_stated_plan() -> None:
    found = formulate(e1(), "plan")
    means = {
        (found.initiatives[row.initiative].id, found.outcomes[row.outcome].id): row.mean
        for row in found.effects
    }
    stated = {
        ("A", "o1"): 16.04952, ("A", "o3"): 3.35274, ("B", "o1"): 9.36558, ("C", "o1"): 19.99075,
        ("C", "o2"): 3.35136, ("D", "o2"): 3.35136, ("E", "o2"): 6.33486, ("E", "o3"): 5.35059, ("F", "o3"): 6.33712,
    }  # fmt: skip
    assert means == pytest.approx(stated, abs=5e-6)
    result = Valuation(found).evaluate(found.current)
    assert result.value[0, 0] == pytest.approx(53.283, abs=5e-4)
    assert result.attainment[0, :, 0] == pytest.approx([0.49983, 0.57475, 0.55245], abs=5e-6)
    assert result.cost[0, 0] == 89_500_000
    halves = plan_of(found, dict.fromkeys("ABCDEF", 1))
    assert Valuation(found).evaluate(halves).value[0, 0] == pytest.approx(40.9896, abs=5e-5)


def test_end_to_end_frontier_by_enumeration() -> None:
    found = formulate(e1(), "plan")
    plans = every_plan(found)
    value = Valuation(found).evaluate(plans).value[0]
    stated = {
        300: 22.7759, 450: 32.7636, 600: 39.5239, 750: 47.0487, 900: 53.2830, 950: 54.4064, 1000: 55.0893,
        1200: 61.8157, 1500: 68.0076,
    }  # fmt: skip
    for budget, best in stated.items():
        tight = replace(found, limits=replace(found.limits, budget=budget * 100_000))
        assert value[limits.fits(tight, plans)].max() == pytest.approx(best, abs=5e-5)
    assert plans.plan(int(np.argmax(np.where(limits.fits(found, plans), value, 0)))) == found.current


def _chain(**more: Any) -> Problem:
    nodes = [
        outcome("top", 0, 100, swing=1, **more),
        outcome("mid", 0, 10, parent="top", contribution=3, limit=20, overlap="sum"),
        outcome("leaf", 50, 40, parent="mid", contribution=0.5, overlap="sum"),
        initiative("i", 1),
    ]
    links = [{"source": "leaf", "target": "top", "contribution": 2}]
    rows = [effect("i", "leaf", 8), effect("i", "mid", 4), effect("i", "top", 1)]
    return problem(nodes, rows, links=links)


def test_contributions_run_up_the_tree_and_along_links() -> None:
    found = _chain()
    assert _d(_all_in(found)) == pytest.approx([8, 4 + 4, 1 + 3 * 8 + 2 * 8])
    assert found.total_effects[2] == pytest.approx([2 + 3 * 0.5, 3, 1])
    assert not Valuation(found).cap_may_bind().any()


def test_children_cannot_carry_an_outcome_past_its_natural_limit() -> None:
    found = _chain()
    big = replace(found, contributions=tuple(replace(row, k=row.k * 10) for row in found.contributions))
    assert _d(_all_in(big)) == pytest.approx([8, 20, 1 + 30 * 20 + 20 * 8])
    valuation = Valuation(big)
    bound = [valuation.points.rows[q].outcome for q in np.flatnonzero(valuation.cap_may_bind())]
    assert bound == [1]


def test_lags_and_deadlines() -> None:
    """Mid is read at the end of Q4 for itself, and one quarter earlier for what stands above it."""
    nodes = [
        outcome("top", 0, 100, swing=1, deadline="2027-12-31"),
        outcome("mid", 0, 10, parent="top", contribution=3, lag=1, deadline="2027-12-31"),
        initiative("i", 10, delay=1, ramp=4),
    ]
    header = {"plan_start": "2027-01-01"}
    found = problem(nodes, [effect("i", "mid", 8)], header=header)
    assert _d(_all_in(found)) == pytest.approx([8 * 0.75, 3 * 8 * 0.5])
    later = problem(
        nodes, [effect("i", "mid", 8)], {"allocations": [{"initiative": "i", "start": 1}]}, header
    )
    assert _d(_all_in(later)) == pytest.approx([8 * 0.5, 3 * 8 * 0.25])
    timeless = problem(nodes, [effect("i", "mid", 8)])
    assert _d(_all_in(timeless)) == pytest.approx([8, 24])
    assert len(Valuation(timeless).points.rows) == 2


def test_more_moments_may_be_asked_for() -> None:
    nodes = [outcome("o", 0, 10, deadline="2027-12-31"), initiative("i", 10, ramp=4)]
    found = problem(nodes, [effect("i", "o", 8)], header={"plan_start": "2027-01-01"})
    valuation = Valuation(found, [(0, float(q), None) for q in range(6)])
    plans = stack([plan_of(found, {"i": 1})])
    d = valuation.improvements(valuation.contributions(plans), valuation.funded(plans.options))
    assert d[valuation.asked, 0] == pytest.approx([0, 2, 4, 6, 8, 8])


def test_chance_assumptions_share_and_enhancement_multiply() -> None:
    nodes = [
        outcome("o", 0, 10, swing=1),
        initiative("i", 50, full_cost=100, success=0.5, dependencies=[{"kind": "assumes", "other": "x"}]),
        initiative("j", 5, dependencies=[{"kind": "enhances", "other": "i", "factor": 1.5}]),
        {"id": "x", "kind": "assumption", "title": "X", "probability": 0.4},
    ]
    found = problem(nodes, [effect("i", "o", 8)])
    assert _d(_all_in(found, j=0)) == pytest.approx([0.5 * 0.4 * 0.5 * 8])
    assert _d(_all_in(found)) == pytest.approx([0.5 * 0.4 * 0.5 * 8 * 1.5])


def test_amounts_follow_their_curve() -> None:
    nodes = [outcome("o", 0, 100, swing=1), initiative("i", full_cost=100, funding="curve", half_share=0.6)]
    found = problem(nodes, [effect("i", "o", 50)])
    valuation = Valuation(found)
    plans = stack([plan_of(found, {"i": amount}) for amount in (0, 5_000, 10_000)])
    assert valuation.evaluate(plans).value[0] == pytest.approx([0, 30, 50])
    assert valuation.evaluate(plans).cost[0].tolist() == [0, 5_000, 10_000]


def test_futures_change_effects_costs_baselines_and_assumptions() -> None:
    nodes = [
        outcome("o", 40, 0, limit=0, overlap="sum", swing=1),
        initiative("i", 100, dependencies=[{"kind": "assumes", "other": "x"}]),
        {"id": "x", "kind": "assumption", "title": "X", "probability": 0.5},
    ]

    def future(name: str, *shifts: dict[str, Any]) -> dict[str, Any]:
        return {"id": name, "name": name, "probability": 0.2, "shifts": list(shifts)}

    futures = [
        future("a"),
        future("b", {"what": "effects", "factor": 1.5}),
        future("c", {"what": "costs", "factor": 1.5}),
        future("d", {"what": "baseline", "node": "o", "value": 20}),
        future("e", {"what": "assumption", "node": "x", "holds": True}),
    ]
    found = problem(nodes, [effect("i", "o", 16)], futures=futures)
    result = _all_in(found)
    assert result.value[:, 0] == pytest.approx([20, 30, 20, 40, 40])
    assert result.cost[:, 0] == pytest.approx([10_000, 10_000, 15_000, 10_000, 10_000])
    assert probabilities(found) == pytest.approx([0.2] * 5)


def test_a_future_that_starts_beyond_the_target_has_reached_it() -> None:
    nodes = [outcome("o", 40, 10, limit=0, overlap="sum", swing=1, over_delivery=1), initiative("i", 1)]
    shift = {"what": "baseline", "node": "o", "value": 4}
    futures = [{"id": "f", "name": "F", "shifts": [shift]}]
    result = _all_in(problem(nodes, [effect("i", "o", 3)], futures=futures))
    assert result.attainment[0, 0, 0] == pytest.approx((36 + 3) / 30)


def test_a_dearer_future_buys_less_for_the_same_amount() -> None:
    nodes = [outcome("o", 0, 100, swing=1), initiative("i", full_cost=100, funding="curve", curve="linear")]
    futures = [{"id": "f", "name": "F", "shifts": [{"what": "costs", "factor": 2}]}]
    found = problem(nodes, [effect("i", "o", 50)], futures=futures)
    result = Valuation(found).evaluate(plan_of(found, {"i": 10_000}))
    assert (result.value[0, 0], result.cost[0, 0]) == (pytest.approx(25), 10_000)


@pytest.mark.parametrize(("shares", "words"), [((0.5, None), "“g” has none"), ((0.5, 0.2), "70%")])
def test_expectations_need_probabilities(shares: tuple[float | None, ...], words: str) -> None:
    rows = [{"id": x, "name": x, "probability": p} for x, p in zip("fg", shares, strict=True)]
    with pytest.raises(BadInput, match=words):
        probabilities(problem([], futures=rows))


def test_money_is_summed_over_quarters_and_discounted() -> None:
    nodes = [
        outcome("o", 0, 10, money_per_unit=5, limit=100),
        initiative("i", 100, full_cost=100, cost_profile=[0.5, 0.5], delay=1, ramp=2, start=1),
    ]
    header = {"horizon": 5, "discount_rate": 0.08}
    found = problem(nodes, [effect("i", "o", 40)], header=header)
    delta = 1.08**-0.25
    assert found.in_money
    assert found.discount == pytest.approx(delta)
    result = _all_in(found)
    worth = sum(delta**q * 40 * share for q, share in enumerate((0, 0, 0.25, 0.75, 1), 1)) * 500
    assert result.value[0, 0] == pytest.approx(worth)
    assert result.npv[0, 0] == pytest.approx(worth - 5_000 * (delta**2 + delta**3))
    assert costs_by_quarter(found, stack([plan_of(found, {"i": 1})]))[:, 0].tolist() == [0, 5_000, 5_000]


def test_points_and_money_meet_at_the_rate() -> None:
    nodes = [outcome("a", 0, 10, swing=1), outcome("b", 0, 10, money_per_unit=5), initiative("i", 1)]
    rows = [effect("i", "a", 5), effect("i", "b", 2)]
    result = _all_in(problem(nodes, rows, header={"horizon": 3}, rate=70.0))
    assert (result.points[0, 0], result.money[0, 0]) == (pytest.approx(50), pytest.approx(3 * 2 * 500))
    assert result.value[0, 0] == pytest.approx(3_000 + 70 * 50)
    assert np.isnan(_all_in(problem([nodes[0], nodes[2]], rows[:1])).npv[0, 0])


def test_cascade_coverage_and_double_counting() -> None:
    nodes = [
        outcome("top", 0, 100, swing=1),
        outcome("a", 0, 10, parent="top", contribution=3, swing=1),
        outcome("b", 40, 20, parent="top", contribution=2),
        outcome("c", 0, None, parent="b", contribution=1),
    ]
    found = problem(nodes)
    assert coverage(found) == {3: pytest.approx((3 * 10 + 2 * 20) / 100)}
    assert double_counted(found) == ((3, 0),)


def test_many_plans_at_once_are_each_plan_alone() -> None:
    found = formulate(ten_projects(), "plan")
    valuation, plans = Valuation(found), every_plan(found)
    together = valuation.evaluate(plans)
    for index in (0, 1, 500, 1023):
        alone = valuation.evaluate(plans.plan(index))
        assert alone.value[0, 0] == together.value[0, index]
        assert alone.attainment[0, :, 0].tolist() == together.attainment[0, :, index].tolist()


def test_a_problem_with_nothing_in_it_is_worth_nothing() -> None:
    result = Valuation(problem([])).evaluate(stack([plan_of(problem([]), {})]))
    assert result.value.tolist() == [[0.0]]


def test_a_chain_of_hundreds_of_outcomes_is_unrolled_without_recursion() -> None:
    nodes = [outcome("n0", 0, 1, swing=1, deadline="2028-12-31")]
    nodes += [outcome(f"n{k}", 0, 1, parent=f"n{k - 1}", contribution=1, lag=0.01) for k in range(1, 400)]
    nodes += [initiative("i", 1)]
    found = problem(nodes, [effect("i", "n399", 0.5)], header={"plan_start": "2027-01-01"})
    assert _all_in(found).value[0, 0] == pytest.approx(50)
