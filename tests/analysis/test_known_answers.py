"""Which test reproduces which known answer of stages 1 and 2 (model.md §12), and those that stand nowhere else."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem
from analysis.test_optimise import S4_SHAPES, SCALE, knapsack, proven_within, s4, three_futures, total

from prodlead_desktop.analysis import curves
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import solve
from prodlead_desktop.analysis.plans import every_plan, plan_of, stack
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation

HERE = Path(__file__).resolve().parent
WHERE: dict[str, tuple[str, ...]] = {
    "A1.1": ("metalog::a_general_triple_is_solved_as_published",),
    "A1.2": ("metalog::a_general_triple_is_solved_as_published",),
    "A1.3": ("metalog::symmetric_percentiles_unbounded", "simulation_statistics::moments_of_draws"),
    "A1.4": ("metalog::symmetric_percentiles_between_two_bounds", "simulation_statistics::moments_of_draws"),
    "A1.5": (
        "metalog::feasible_exactly_where_the_quantile_function_rises",
        "metalog::two_three_nine_cannot_be_unbounded",
    ),
    "A1.6": ("distributions::two_half_logistics_where_no_metalog_fits",),
    "A1.7": ("metalog::a_lower_bound_gives_a_power_tail_without_variance",),
    "A2": (
        "distributions::pert", "distributions::quick_three_point_means",
        "simulation_statistics::pert_percentiles_by_draws",
    ),
    "A3 exponential": ("curves::exponential",),
    "A3 Hill, ceiling": ("curves::hill_from_the_ceiling",),
    "A3 Hill, double": ("curves::hill_from_double", "curves::answers_no_curve_fits_are_refused_in_words"),
    "A3 Robyn": ("curves::robyns_saturation_hill",),
    "A3 headroom": ("value::headroom_rule",),
    "A3 ramp": ("timing::quarter_averages_of_a_ramp",),
    "A4.1": ("optimise::a4_1_merkhofers_ranking_trap", "known_answers::a4_ranking_and_relaxation_of_two_knapsacks"),
    "A4.2": (
        "optimise::a4_2_tricks_capital_budgeting", "known_answers::a4_ranking_and_relaxation_of_two_knapsacks",
    ),
    "A4.3": ("optimise::a4_3_petersens_selections_a_team_for_each_constraint",),
    "A4.5": ("optimise::a4_5_one_level_of_each",),
    "A4.6": ("optimise::a4_6_money_on_three_curves",),
    "A4.7": (
        "optimise::a4_7_the_trap_of_four_s_curves", "curves::the_four_curves_of_the_trap",
        "known_answers::a4_7_the_best_return_does_not_fit", "known_answers::a4_7_a_gradient_stays_in_the_trap",
    ),
    "A5": (
        "value::ten_projects", "optimise::a5_ten_projects_their_optimum_and_frontier",
        "optimise::a5_regrets_and_the_two_prices_of_money", "optimise::a5_greedy_by_ratio_falls_short",
        "known_answers::a5_so_many_portfolios",
    ),
    "A7 CVaR": ("simulation_statistics::the_worst_fifth_of_ten_equal_values",),
    "A7 regret table": (
        "optimise::a7_expected_worst_and_regret_choose_differently", "known_answers::a7_every_plan_in_every_future",
    ),
    "A7 attainment": ("value::attainment_in_either_direction",),
    "A7 Wilson": ("simulation_statistics::wilson_and_ranks",),
    "A8": (
        "value::end_to_end_means_and_the_stated_plan", "value::end_to_end_frontier_by_enumeration",
        "optimise::a8_the_optimum_from_the_seed", "optimise::a8_the_frontier_by_both_ways",
        "optimise::a8_regrets", "simulation::end_to_end",
    ),
    "B1": (
        "value_properties::b1_scaling_all_money_leaves_choices_and_scaling_weights_leaves_values",
        "optimise_properties::b1_scaling_money_or_weights_leaves_the_choice",
    ),
    "B2": ("optimise_properties::b2_more_money_and_more_bets_never_hurt",),
    "B3, B4": ("optimise_properties::b3_b4_regrets_and_prices_are_never_negative_and_right",),
    "B5": ("value_properties::b5_the_headroom_rule_is_free_of_order_and_never_beyond_the_limit",),
    "B6": ("simulation::one_initiative_more_leaves_all_other_draws_alone",),
    "B8": (
        "optimise_properties::b8_the_best_plan_is_the_best_of_all",
        "optimise_properties::b8_for_the_worst_and_for_regret", "optimise_properties::b8_five_hundred_cases",
    ),
    "B9, B10": ("optimise_properties::b9_b10_money_by_amount_is_between_a_grid_and_its_bound",),
    "B11": (
        "value_properties::b11_two_identical_halves_under_sum_are_the_whole",
        "optimise_properties::b11_two_halves_under_sum_are_the_whole",
    ),
    "B12, B13": (
        "value_properties::b12_turning_a_metric_around_changes_nothing",
        "value_properties::b13_minutes_or_seconds_change_nothing",
        "optimise_properties::b12_b13_a_metric_turned_around_or_in_other_units_changes_nothing",
    ),
    "B14": ("optimise_properties::b14_the_rules_that_clash_are_few_enough",),
    "B15": ("value_properties::b15_the_order_of_rows_changes_nothing",),
}  # fmt: skip


@pytest.mark.parametrize("row", WHERE)
def test_every_row_has_its_test(row: str) -> None:
    """A4.4 is about duals of a linear programme; A6, B7 and the rest of A7 belong to later stages."""
    for place in WHERE[row]:
        file, name = place.split("::")
        text = (HERE / f"test_{file}.py").read_text(encoding="utf-8")
        assert f"def test_{name}(" in text, place


def _straight(costs: list[float], values: list[float], budget: float) -> Problem:
    """The same projects, each to be funded in part: the linear relaxation."""
    nodes = [outcome("o", 0, SCALE, swing=1, over_delivery=1, overlap="sum")]
    nodes += [
        initiative(f"p{i}", full_cost=cost, funding="curve", curve="linear") for i, cost in enumerate(costs)
    ]
    return problem(nodes, [effect(f"p{i}", "o", x) for i, x in enumerate(values)], {"budget": budget})


@pytest.mark.parametrize(
    ("costs", "values", "budget", "relaxed", "parts", "ranked"),
    [
        ([3571, 2857, 5000, 2143], [5714, 4286, 7857, 2857], 10_000, 15_714, (1, 0.5, 1, 0), 13_571),
        ([5, 7, 4, 3], [8, 11, 6, 4], 14, 22, (1, 1, 0.5, 0), 19),
    ],
)
def test_a4_ranking_and_relaxation_of_two_knapsacks(
    costs: list[float],
    values: list[float],
    budget: float,
    relaxed: float,
    parts: tuple[float, ...],
    ranked: float,
) -> None:
    answer = proven_within(solve(_straight(costs, values, budget)), 2e-4)
    assert total(answer) == pytest.approx(relaxed, rel=2e-4)
    assert answer.plan is not None
    assert np.array(answer.plan.amounts) / 100 / costs == pytest.approx(parts, abs=2e-3)
    whole, made = [i for i, part in enumerate(parts) if part == 1], knapsack(costs, values, budget=budget)
    plan = plan_of(made, {made.initiatives[i].id: 1 for i in whole})
    assert fits(made, stack([plan]))[0]
    assert Valuation(made).evaluate(plan).value[0, 0] * SCALE / 100 == pytest.approx(ranked)


def test_a4_7_the_best_return_does_not_fit() -> None:
    """A hill climb starts where the average return is best, at the end of its zone: 534 of 500, so it ends with 0."""
    found = []
    for cost, size, half, times in S4_SHAPES:
        curve = curves.hill_from_ceiling(half, times)
        end = curve.zone or 0.0
        found.append((size * float(curve.share(np.array(end))) / (end * cost), end * cost))
    assert [end / cost for (_, end), (cost, *_) in zip(found, S4_SHAPES, strict=True)] == pytest.approx(
        [0.9341, 0.8902, 0.4604, 0.8746], abs=1e-4
    )
    assert max(found)[1] == pytest.approx(534.1, abs=0.1)
    assert total(solve(s4(500))) > 127


def test_a4_7_a_gradient_stays_in_the_trap() -> None:
    """From an even split money runs uphill into the two small curves; so does SLSQP, which the benchmark runs."""
    cost, size, half, times = np.array(S4_SHAPES, dtype=np.float64).T
    n = np.log2((times - half) / (half * (times - 1)))
    money = np.full(4, 125.0)
    for _ in range(2000):
        power = (np.maximum(money, 1e-9) / cost) ** n
        slope = size * times * (times - 1) * n * power / np.maximum(money, 1e-9) / (times - 1 + power) ** 2
        wanted, low, high = money + 20.0 * slope, 0.0, 1e3
        for _ in range(
            60
        ):  # the nearest split of 500: less of each alike, none below nothing or above its cost
            middle = (low + high) / 2
            spends = float(np.clip(wanted - middle, 0, cost).sum())
            low, high = (middle, high) if spends > 500 else (low, middle)
        money = np.clip(wanted - high, 0, cost)
    made = s4(500)
    amounts = {f"c{i}": float(np.floor(one * 100_000)) for i, one in enumerate(money)}
    reached = Valuation(made).evaluate(plan_of(made, amounts)).value[0, 0] * SCALE / 100
    assert reached == pytest.approx(104.884, abs=1e-3)
    assert reached < 0.83 * total(solve(made))


def test_a5_so_many_portfolios() -> None:
    costs = (60, 45, 80, 30, 55, 70, 25, 90, 40, 35)
    picks = itertools.product((0, 1), repeat=10)
    assert sum(sum(map(int.__mul__, costs, pick)) <= 260 for pick in picks) == 501


def test_a7_every_plan_in_every_future() -> None:
    made = three_futures()
    plans = every_plan(made)
    single = plans.options.sum(axis=0) == 1
    value = Valuation(made).evaluate(plans).value[:, single]
    order = np.argmax(plans.options[:, single], axis=0).argsort()
    value = value[:, order]
    assert np.allclose(value.T, [[120, 40, 60], [90, 80, 70], [70, 75, 85]])
    assert probabilities(made) @ value == pytest.approx([84, 83, 74.5])
    assert value.min(axis=0) == pytest.approx([40, 70, 70])
    assert (value.max(axis=1)[:, None] - value).max(axis=0) == pytest.approx([40, 30, 50])
