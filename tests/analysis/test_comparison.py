"""What changes between two scenarios, and where the money goes, against sums made another way."""

from __future__ import annotations

import pytest
from builders import crowd, sample, small, strategies_
from hypothesis import given, settings

from prodlead_desktop.analysis import capital, comparison
from prodlead_desktop.analysis.capital import NOWHERE, Place
from prodlead_desktop.analysis.comparison import CUT, LEFT, NEW
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy


def ids(strategy: Strategy) -> tuple[str, ...]:
    return tuple(scenario.id for scenario in strategy.ordered(Scenario))


def test_differences_name_what_is_added_dropped_and_changed() -> None:
    strategy = small()
    found = {row.node.id: row for row in comparison.differences(strategy, "s1", "s2")}
    assert (found["i1"].before, found["i1"].after, found["i1"].by) == (60_000, 30_000, -30_000)
    assert (found["i1"].change, found["i1"].words) == ("less", "Full → Minimum")
    assert (found["i3"].change, found["i3"].by) == ("dropped", -15_000)
    assert set(found) == {"i1", "i3"}
    assert comparison.differences(strategy, "s1", "s1") == ()


def test_differences_add_up_to_the_difference_of_the_totals() -> None:
    strategy = sample()
    today, balanced = ids(strategy)[:2]
    by = sum(row.by or 0 for row in comparison.differences(strategy, today, balanced))
    assert by == capital.totals(strategy, balanced).placed - capital.totals(strategy, today).placed


def test_money_by_place_is_all_that_is_placed() -> None:
    for strategy in (sample(), small(), crowd(60, 3)):
        for scenario in ids(strategy):
            found = comparison.by_place(strategy, scenario)
            assert sum(found.values()) == capital.totals(strategy, scenario).placed
            orphans = sum(amount for _, amount in capital.orphans(strategy, scenario))
            assert found[NOWHERE] == orphans


def _sides(found: tuple[comparison.Flow, ...]) -> tuple[dict[Place, int], dict[Place, int]]:
    left: dict[Place, int] = {}
    right: dict[Place, int] = {}
    for flow in found:
        left[flow.source] = left.get(flow.source, 0) + flow.amount
        right[flow.target] = right.get(flow.target, 0) + flow.amount
    return left, right


@pytest.mark.parametrize("strategy", [sample(), crowd(80, 6)], ids=["sample", "crowd"])
def test_flows_keep_every_sum_to_the_cent(strategy: Strategy) -> None:
    every = ids(strategy)
    for before in every:
        for after in every:
            left, right = _sides(comparison.flows(strategy, before, after))
            for scenario, side in ((before, left), (after, right)):
                for place, amount in comparison.by_place(strategy, scenario).items():
                    assert side.get(place, 0) == amount
            assert sum(left.values()) == sum(right.values())


def test_the_mock_ups_numbers_come_out_of_the_sample() -> None:
    strategy = sample()
    today, balanced = (scenarios.named(strategy, name).id for name in ("Today", "Balanced"))
    found = comparison.flows(strategy, today, balanced)
    assert comparison.moved(found) == 92_000_000
    left, right = _sides(found)
    assert (left[NEW], right[LEFT]) == (40_000_000, 36_000_000)
    assert right[NOWHERE] == 29_000_000


def test_a_smaller_budget_is_taken_away() -> None:
    edit = Edit(sample())
    balanced = scenarios.named(edit, "Balanced").id
    less = scenarios.create(edit, "Less", balanced)
    scenarios.set_budget(edit, less, 380_000_000)
    strategy, _ = edit.result()
    found = comparison.flows(strategy, balanced, less)
    _, right = _sides(found)
    assert right[CUT] == 20_000_000
    assert comparison.moved(found) == 0


def test_quarters_add_up_to_what_is_placed() -> None:
    for strategy in (sample(), crowd(40, 2)):
        for scenario in ids(strategy):
            placed = capital.totals(strategy, scenario).placed
            assert sum(comparison.by_quarter(strategy, scenario).due) == pytest.approx(placed, rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(strategies_())
def test_any_strategy_can_be_compared(strategy: Strategy) -> None:
    every = ids(strategy)[:3]
    lines = comparison.by_initiative(strategy, every)
    assert all(len(line.amounts) == len(every) for line in lines)
    for before in every:
        for after in every:
            comparison.differences(strategy, before, after)
