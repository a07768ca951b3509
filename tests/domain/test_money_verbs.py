"""Levels, effects and scenarios: money takes only steps that were priced, and never vanishes silently."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import sample, small

from prodlead_desktop.domain import bets, effects, initiatives, invariants, nodes, rows, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    Allocation,
    Band,
    Consulted,
    Demand,
    Effect,
    Level,
    Person,
    Pool,
    Right,
    RightScope,
    Scenario,
)
from prodlead_desktop.errors import BadInput, InvariantViolation


@pytest.fixture
def edit() -> Edit:
    return Edit(small(), "Test")


def sound(edit: Edit) -> None:
    strategy, changes = edit.result()
    invariants.check(changes, strategy)


def level_in(edit: Edit, scenario: str, initiative: str) -> str | None:
    found = scenarios.allocation(edit, scenario, initiative)
    return found.level if found else None


# -- initiatives


def test_levels_get_the_usual_names_in_order(edit: Edit) -> None:
    for _ in range(5):
        initiatives.add_level(edit, "i3", cost=100)
    assert [level.name for level in initiatives.levels(edit, "i3")] == [
        "Full", "Minimum", "Stretch", "Level 4", "Level 5", "Level 6",
    ]  # fmt: skip
    assert initiatives.levels(edit, "i3")[-1].cost == 100
    with pytest.raises(BadInput, match="not an initiative"):
        initiatives.add_level(edit, "o1")


def test_a_level_in_use_needs_a_replacement(edit: Edit) -> None:
    with pytest.raises(BadInput, match="1 scenario fund “Full”"):
        initiatives.remove_level(edit, "l2")
    with pytest.raises(BadInput, match="replace itself"):
        initiatives.remove_level(edit, "l2", replacement="l2")
    rows.add(edit, Demand, initiative="i1", level="l2", team="t1", quarter=0, amount=2)
    initiatives.remove_level(edit, "l2", replacement="l1")
    assert level_in(edit, "s1", "i1") == "l1"
    assert not edit.all(Demand) and edit.find(Level, "l2") is None
    initiatives.remove_level(edit, "l3")
    assert [level.id for level in initiatives.levels(edit, "i1")] == ["l1"]
    sound(edit)


def test_a_replacement_from_elsewhere_is_refused(edit: Edit) -> None:
    initiatives.remove_level(edit, "l2", replacement="l4")
    with pytest.raises(InvariantViolation, match="another initiative"):
        sound(edit)


def test_an_effect_is_stated_once_and_changed_in_place(edit: Edit) -> None:
    first = effects.state(edit, "i2", "o1", p50=5)
    again = effects.state(edit, "i2", "o1", p10=1, p50=5, p90=9)
    assert first == again
    assert [(e.p10, e.p50, e.p90) for e in initiatives.effects(edit, "i2")] == [(1.0, 5.0, 9.0)]
    sound(edit)
    with pytest.raises(BadInput, match="P10 ≤ P50 ≤ P90"):
        effects.state(edit, "i2", "o1", p10=9, p50=5, p90=1)
    with pytest.raises(BadInput):
        effects.state(edit, "i2", "o1", p10=6, p90=5)
    assert [(e.p10, e.p50, e.p90) for e in initiatives.effects(edit, "i2")] == [(1.0, 5.0, 9.0)]
    with pytest.raises(BadInput, match="pessimistic end"):
        effects.state(edit, "i3", "o1", p10=6, p90=5)
    assert initiatives.effects(edit, "i3") == (), "what is refused leaves no empty effect behind"


def test_another_shape_asks_for_other_numbers_and_none_becomes_another(edit: Edit) -> None:
    stated = edit.get(Effect, "e1")
    effects.state(edit, "i1", "o1", high=30)
    effects.set_shape(edit, "i1", "o1", "pert")
    sound(edit)
    bare = edit.get(Effect, "e1")
    assert (bare.shape, bare.p10, bare.p50, bare.p90) == ("pert", None, None, None)
    assert (bare.low, bare.mode, bare.high) == (None, None, 30.0), "the highest possible is the most"
    effects.state(edit, "i1", "o1", low=2, mode=5)
    effects.set_shape(edit, "i1", "o1", "triangular")
    kept = edit.get(Effect, "e1")
    assert (kept.shape, kept.low, kept.mode, kept.high) == ("triangular", 2.0, 5.0, 30.0)
    effects.set_shape(edit, "i1", "o1", "percentiles")
    assert edit.get(Effect, "e1") == replace(stated, p10=None, p50=None, p90=None, low=2.0, high=30.0)
    sound(edit)
    effects.set_shape(edit, "i2", "o2", "triangular")
    assert [(e.outcome, e.shape) for e in initiatives.effects(edit, "i2")] == [("o2", "triangular")]


def test_numbers_of_another_shape_or_out_of_order_are_refused(edit: Edit) -> None:
    for name in ("low", "high"):
        with pytest.raises(BadInput, match="between the lowest and the highest"):
            effects.state(edit, "i1", "o1", **{name: 16})
    with pytest.raises(BadInput, match="between the lowest"):
        effects.state(edit, "i1", "o1", low=8)
    with pytest.raises(BadInput, match="stated as P10, P50 and P90"):
        effects.state(edit, "i1", "o1", mode=16)
    effects.set_shape(edit, "i1", "o1", "pert")
    effects.state(edit, "i1", "o1", low=2, mode=5, high=14)
    for numbers in ({"low": 6}, {"mode": 15}, {"high": 4}):
        with pytest.raises(BadInput, match="Least ≤ most likely ≤ most"):
            effects.state(edit, "i1", "o1", **numbers)
    with pytest.raises(BadInput, match="PERT"):
        bets.set_percentiles(edit, "i1", {"p50": 6.0})
    effects.state(edit, "i1", "o1", low=5, high=5)


@pytest.mark.parametrize(("shape", "words"), [("pert", "has P50 too"), ("percentiles", "mode")])
def test_both_kinds_of_numbers_are_never_on_disk(edit: Edit, shape: str, words: str) -> None:
    edit.put(replace(edit.get(Effect, "e1"), shape=shape, p10=None, p90=None, mode=16.0))
    with pytest.raises(InvariantViolation, match=words):
        sound(edit)


def test_the_default_outcome_is_the_nearest_one_above(edit: Edit) -> None:
    above = initiatives.default_outcome(edit, "i1")
    assert above and above.id == "o1"
    assert initiatives.default_outcome(edit, "i3") is None


# -- scenarios


def test_a_new_scenario_is_a_draft_with_a_free_colour_and_name(edit: Edit) -> None:
    created = edit.get(Scenario, scenarios.create(edit, " Plan "))
    assert (created.name, created.status, created.colour) == ("Plan 2", "draft", 2)
    assert edit.ordered(Scenario)[-1] == created
    assert edit.get(Scenario, scenarios.create(edit, "Plan")).name == "Plan 3"
    with pytest.raises(BadInput, match="needs a name"):
        scenarios.create(edit, " \n")


def test_a_copied_scenario_has_everything_but_the_status(edit: Edit) -> None:
    rows.add(edit, Band, scenario="s1", pool="p1", low=0.5, high=0.7, of="budget")
    copy = edit.get(Scenario, scenarios.create(edit, "Cut", copy_of="s1"))
    assert (copy.budget, copy.status) == (100_000, "draft")
    copied = {a.initiative: (a.level, a.lock) for a in edit.by(Allocation, "scenario", copy.id)}
    assert copied == {"i1": ("l2", True), "i3": ("l5", False)}
    assert [band.low for band in edit.by(Band, "scenario", copy.id)] == [0.5]
    scenarios.set_level(edit, copy.id, "i1", None)
    assert level_in(edit, "s1", "i1") == "l2"
    sound(edit)


def test_a_frozen_scenario_can_be_copied_but_not_changed() -> None:
    edit = Edit(sample())
    copy = scenarios.create(edit, "Today again", copy_of="sc-today")
    scenarios.set_level(edit, copy, "i-guided", "l-guided-full")
    sound(edit)
    with pytest.raises(BadInput, match="“Today” is frozen"):
        scenarios.set_level(edit, "sc-today", "i-guided", "l-guided-full")
    given = scenarios.allocation(edit, "sc-today", "i-guided")
    assert given is not None
    edit.put(replace(given, level="l-guided-full"))
    with pytest.raises(InvariantViolation, match="“Today” is frozen"):
        sound(edit)


def test_a_frozen_scenario_lets_a_level_be_replaced() -> None:
    edit = Edit(sample())
    initiatives.remove_level(edit, "l-guided-minimum", replacement="l-guided-full")
    strategy, changes = edit.result()
    invariants.check(changes, strategy)
    invariants.check(changes.inverted(), sample())
    assert level_in(edit, "sc-today", "i-guided") == "l-guided-full"


def test_scenarios_are_found_by_id_and_by_unique_name(edit: Edit) -> None:
    assert scenarios.named(edit, "s1") == scenarios.named(edit, "Plan")
    with pytest.raises(BadInput, match="“Plan”, “Other”"):
        scenarios.named(edit, "plan")
    rows.add(edit, Scenario, name="Plan")
    with pytest.raises(BadInput, match="Several"):
        scenarios.named(edit, "Plan")


def test_the_plan_is_the_plan_of_record_else_the_first(edit: Edit) -> None:
    found = scenarios.plan_of_record(edit)
    assert found and found.id == "s1"
    rows.set_value(edit, Scenario, "s1", "status", "draft")
    rows.set_value(edit, Scenario, "s1", "order", 1 << 30)
    assert scenarios.plan_of_record(edit) == edit.get(Scenario, "s2")


def test_only_one_plan_of_record_and_the_former_one_is_frozen(edit: Edit) -> None:
    assert scenarios.promote(edit, "s2", "until lunch", {"s1": 75_000}) == "s1"
    former = edit.get(Scenario, "s1")
    assert (former.name, former.frozen_at, former.frozen_total) == ("Plan", "until lunch", 75_000)
    assert [s.status for s in edit.ordered(Scenario)] == ["frozen", "plan of record"]
    sound(edit)


def test_a_typed_amount_takes_the_level_of_that_cost(edit: Edit) -> None:
    scenarios.set_amount(edit, "s1", "i1", 80_000)
    assert level_in(edit, "s1", "i1") == "l3"
    scenarios.set_amount(edit, "s1", "i1", 0)
    assert level_in(edit, "s1", "i1") is None
    for amount, below, above in ((10_000, None, "l1"), (40_000, "l1", "l2"), (90_000, "l3", None)):
        with pytest.raises(scenarios.NoSuchLevel, match="neighbours") as caught:
            scenarios.set_amount(edit, "s1", "i1", amount)
        assert (caught.value.below, caught.value.above) == (below, above)
    with pytest.raises(BadInput, match="negative"):
        scenarios.set_amount(edit, "s1", "i1", -1)
    with pytest.raises(BadInput, match="not an initiative"):
        scenarios.set_amount(edit, "s1", "o1", 100)
    found = scenarios.allocation(edit, "s1", "i1")
    assert found and found.lock, "a lock stays while the amount changes"


def test_an_unpriced_initiative_has_no_level_at_any_amount(edit: Edit) -> None:
    bare = nodes.add(edit, "initiative", "Bare", "o2")
    with pytest.raises(scenarios.NoSuchLevel) as caught:
        scenarios.set_amount(edit, "s1", bare, 5)
    assert (caught.value.below, caught.value.above) == (None, None)
    assert str(caught.value) == "“Bare” has no levels yet. Add one in the inspector."
    rows.add(edit, Level, initiative=bare, name="Full")
    with pytest.raises(scenarios.NoSuchLevel) as caught:
        scenarios.set_amount(edit, "s1", bare, 5)
    assert str(caught.value) == "No level of “Bare” has a cost yet. Give it one in the inspector."


def test_funded_by_curve_any_amount_stands(edit: Edit) -> None:
    nodes.set_value(edit, "i1", "funding", "curve")
    scenarios.set_amount(edit, "s1", "i1", 12_345)
    found = scenarios.allocation(edit, "s1", "i1")
    assert found and (found.level, found.amount) == (None, 12_345)
    sound(edit)


def test_locks_limits_and_budgets(edit: Edit) -> None:
    scenarios.set_lock(edit, "s2", "i3", True)
    scenarios.set_limits(edit, "s2", "i3", 100, 200)
    found = scenarios.allocation(edit, "s2", "i3")
    assert found and (found.lock, found.floor, found.ceiling, found.level) == (True, 100, 200, None)
    with pytest.raises(BadInput, match="floor is above"):
        scenarios.set_limits(edit, "s2", "i3", 200, 100)
    scenarios.set_budget(edit, "s1", None)
    assert edit.get(Scenario, "s1").budget is None
    with pytest.raises(BadInput, match="negative"):
        scenarios.set_budget(edit, "s1", -1)
    with pytest.raises(BadInput, match="another initiative"):
        scenarios.set_level(edit, "s1", "i1", "l4")
    sound(edit)


# -- rows


def test_rows_are_added_last_among_their_siblings(edit: Edit) -> None:
    rows.add(edit, Pool, name=" Adjacent ", colour=1)
    assert [pool.name for pool in edit.ordered(Pool)] == ["Core", "New", "Adjacent"]
    rows.add(edit, Level, initiative="i2", name="Less", cost=5)
    assert [level.name for level in edit.by(Level, "initiative", "i2")] == ["Full", "Less"]


def test_values_are_cleaned_on_the_way_in(edit: Edit) -> None:
    added = rows.add(edit, Person, name="Head of\tData ", role="  ", hours=3, weight=-0.0)
    person = edit.get(Person, added)
    assert (person.name, person.role, person.hours, str(person.weight)) == ("Head of Data", None, 3.0, "0.0")
    rows.set_value(edit, Person, added, "role", " x\ny ")
    assert edit.get(Person, added).role == "x y"
    sound(edit)


def test_a_row_that_files_name_by_what_it_says_has_an_id_that_follows(edit: Edit) -> None:
    person = rows.add(edit, Person, name="Head of Data")
    right = rows.add(edit, Right, kind="stop")
    one = rows.add(edit, Consulted, right=right, person=person)
    scope = rows.add(edit, RightScope, right=right, node="o1")
    again = Edit(small())
    rows.add(again, Person, id=person, name="Head of Data")
    rows.add(again, Right, id=right, kind="stop")
    assert rows.add(again, Consulted, right=right, person=person) == one != scope


def test_an_effect_row_stays_within_its_table(edit: Edit) -> None:
    rows.set_value(edit, Effect, "e1", "p50", 17)
    assert edit.get(Effect, "e1").p50 == 17.0
    assert edit.result()[1].tables() == {"effect"}
