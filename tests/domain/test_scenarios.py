"""The life and the rules of a scenario, and futures: what is refused, and what a refusal leaves alone."""

from __future__ import annotations

import pytest
from builders import sample, small

from prodlead_desktop.domain import futures, initiatives, invariants, nodes, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Allocation, Band, Future, Scenario, Shift
from prodlead_desktop.errors import BadInput


@pytest.fixture
def edit() -> Edit:
    return Edit(small(), "Test")


def sound(edit: Edit) -> None:
    strategy, changes = edit.result()
    invariants.check(changes, strategy)


def test_a_frozen_scenario_keeps_every_field_of_its_own(edit: Edit) -> None:
    scenarios.freeze(edit, "s2", "Day 1", 30_000)
    before = edit.get(Scenario, "s2")
    assert (before.status, before.frozen_at, before.frozen_total) == ("frozen", "Day 1", 30_000)
    refused = [
        lambda: scenarios.set_budget(edit, "s2", 1),
        lambda: scenarios.set_quarters(edit, "s2", (1, 2)),
        lambda: scenarios.set_rule(edit, "s2", "at_most", 3),
        lambda: scenarios.set_rule(edit, "s2", "note", "x"),
        lambda: scenarios.set_band(edit, "s2", "p1", 0.1, 0.2),
        lambda: scenarios.set_wish(edit, "s2", "o1", 0.5),
        lambda: scenarios.set_level(edit, "s2", "i1", "l2"),
        lambda: scenarios.set_lock(edit, "s2", "i1", True),
        lambda: scenarios.set_limits(edit, "s2", "i1", 1, 2),
        lambda: scenarios.freeze(edit, "s2", "again", 0),
    ]
    for verb in refused:
        with pytest.raises(BadInput, match="frozen: what it decided stays"):
            verb()
    assert edit.get(Scenario, "s2") == before and not edit.by(Band, "scenario", "s2")
    sound(edit)


def test_what_is_shared_by_all_still_reaches_a_frozen_scenario(edit: Edit) -> None:
    scenarios.freeze(edit, "s2", "Day 1", 30_000)
    initiatives.remove_level(edit, "l1", replacement="l2")
    found = scenarios.allocation(edit, "s2", "i1")
    assert found and found.level == "l2"
    nodes.delete(edit, ["i1"])
    assert not edit.by(Allocation, "scenario", "s2")
    sound(edit)


def test_thawing_makes_a_draft_of_it(edit: Edit) -> None:
    with pytest.raises(BadInput, match="not frozen"):
        scenarios.thaw(edit, "s2")
    scenarios.freeze(edit, "s2", "Day 1", 30_000)
    scenarios.thaw(edit, "s2")
    assert (edit.get(Scenario, "s2").status, edit.get(Scenario, "s2").frozen_total) == ("draft", None)
    scenarios.set_budget(edit, "s2", 1)


def test_the_plan_of_record_is_not_frozen_but_followed_by_another(edit: Edit) -> None:
    with pytest.raises(BadInput, match="plan of record"):
        scenarios.freeze(edit, "s1", "Day 1", 0)
    assert scenarios.promote(edit, "s2", "until now", {"s1": 5}) == "s1"
    assert scenarios.promote(edit, "s2", "again", {}) is None
    assert edit.get(Scenario, "s2").status == "plan of record"
    scenarios.set_budget(edit, "s2", 7)
    sound(edit)


def test_a_copy_with_another_budget_is_named_and_scaled(edit: Edit) -> None:
    scenarios.set_quarters(edit, "s1", (33_333, 66_667))
    made = edit.get(Scenario, scenarios.with_budget(edit, "s1", -20))
    assert (made.name, made.budget, made.quarters, made.status) == (
        "Plan −20 %",
        80_000,
        (26_666, 53_334),
        "draft",
    )
    assert len(edit.by(Allocation, "scenario", made.id)) == 2
    more = edit.get(Scenario, scenarios.with_budget(edit, "s1", 10))
    assert (more.name, more.budget) == ("Plan +10 %", 110_000)
    with pytest.raises(BadInput, match="“Other” has no budget"):
        scenarios.with_budget(edit, "s2", -20)
    with pytest.raises(BadInput, match="Nothing would be left"):
        scenarios.with_budget(edit, "s1", -100)
    sound(edit)


def test_bands_quarters_and_new_starts(edit: Edit) -> None:
    scenarios.set_band(edit, "s1", "p1", 0.4, 0.6)
    scenarios.set_band(edit, "s1", "p1", 0.5, None, "spend")
    (band,) = edit.by(Band, "scenario", "s1")
    assert (band.low, band.high, band.of) == (0.5, None, "spend")
    with pytest.raises(BadInput, match="above the most"):
        scenarios.set_band(edit, "s1", "p1", 0.7, 0.6)
    with pytest.raises(BadInput, match="between 0"):
        scenarios.set_band(edit, "s1", "p1", -0.1, 0.6)
    scenarios.set_band(edit, "s1", "p1", None, None)
    scenarios.set_band(edit, "s1", "p2", None, None)
    assert not edit.by(Band, "scenario", "s1")
    with pytest.raises(BadInput, match="cannot be negative"):
        scenarios.set_quarters(edit, "s1", (5, -1))
    with pytest.raises(BadInput, match="cannot be negative"):
        scenarios.set_rule(edit, "s1", "at_most", -1)
    scenarios.set_quarters(edit, "s1", (0, 0))
    assert edit.get(Scenario, "s1").quarters == ()
    sound(edit)


def test_futures_are_named_apart_and_moved() -> None:
    edit = Edit(small())
    first, second = futures.create(edit, "Boom"), futures.create(edit, "Boom")
    assert [future.name for future in edit.ordered(Future)] == ["Boom", "Boom 2"]
    futures.move(edit, second, -5)
    assert [future.id for future in edit.ordered(Future)] == [second, first]
    futures.rename(edit, second, "Boom 2")
    with pytest.raises(BadInput, match="needs a name"):
        futures.rename(edit, second, "  ")
    futures.set_probability(edit, first, 0.3)
    with pytest.raises(BadInput, match="between 0 % and 100 %"):
        futures.set_probability(edit, first, 1.2)
    assert futures.total_probability(edit) == (0.3, 1)
    sound(edit)


def test_what_a_future_changes_is_said_in_words() -> None:
    edit = Edit(small())
    future = futures.create(edit, "Boom")
    costs = futures.add_shift(edit, future, "costs")
    futures.set_shift(edit, costs, "factor", 1.2)
    assert futures.in_words(edit, edit.get(Shift, costs)) == "Costs of all initiatives × 1.2"
    effects = futures.add_shift(edit, future, "effects")
    futures.set_shift(edit, effects, "node", "i1")
    futures.set_shift(edit, effects, "outcome", "o1")
    assert futures.in_words(edit, edit.get(Shift, effects)) == "Effects of “Guide” on “Faster insight” × 1"
    baseline = futures.add_shift(edit, future, "baseline")
    assert futures.in_words(edit, edit.get(Shift, baseline)) == "Baseline of “Faster insight” is 40"
    with pytest.raises(BadInput, match="cannot be negative"):
        futures.set_shift(edit, costs, "factor", -1.0)
    with pytest.raises(BadInput, match="no assumption on the map"):
        futures.add_shift(edit, future, "assumption")
    sound(edit)


def test_the_futures_of_the_sample_read_well() -> None:
    strategy = sample()
    words = [futures.in_words(strategy, shift) for shift in strategy.all(Shift).values()]
    assert "Costs of “Self-serve billing” × 1.15" in words
    assert "“Usage is a fair meter” does not hold" in words
