"""Target wishes of a scenario: set, changed, taken back; and when outcome or scenario go or are copied."""

from __future__ import annotations

import json

import pytest
from builders import small

from prodlead_desktop.domain import branches, interchange, invariants, nodes, removal, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Scenario, Wish
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput


@pytest.fixture
def edit() -> Edit:
    return Edit(small(), "Test")


def sound(edit: Edit) -> Strategy:
    strategy, changes = edit.result()
    invariants.check(changes, strategy)
    assert invariants.check_all(strategy) == []
    return strategy


def wished(edit: Edit, scenario: str) -> dict[str, float | None]:
    return {row.outcome: row.attainment for row in edit.by(Wish, "scenario", scenario)}


def test_a_wish_is_set_changed_and_taken_back(edit: Edit) -> None:
    scenarios.set_wish(edit, "s1", "o1", 0.8)
    scenarios.set_wish(edit, "s1", "o2", 1.0)
    scenarios.set_wish(edit, "s2", "o1", 0.3)
    (before,) = (row for row in edit.by(Wish, "scenario", "s1") if row.outcome == "o1")
    scenarios.set_wish(edit, "s1", "o1", 1.05)
    (after,) = (row for row in edit.by(Wish, "scenario", "s1") if row.outcome == "o1")
    assert after.id == before.id and wished(edit, "s1") == {"o1": 1.05, "o2": 1.0}
    sound(edit)
    scenarios.set_wish(edit, "s1", "o1", None)
    scenarios.set_wish(edit, "s1", "o1", None)
    assert wished(edit, "s1") == {"o2": 1.0} and wished(edit, "s2") == {"o1": 0.3}
    sound(edit)


def test_what_cannot_be_wished_is_refused_in_words(edit: Edit) -> None:
    with pytest.raises(BadInput, match="“Guide” is not an outcome"):
        scenarios.set_wish(edit, "s1", "i1", 0.8)
    for wrong in (-0.01, 80.0):
        with pytest.raises(BadInput, match=r"between 0 % and 1,000.% of the way"):
            scenarios.set_wish(edit, "s1", "o1", wrong)
    assert wished(edit, "s1") == {}


def test_a_wish_goes_with_its_outcome_or_its_scenario_and_comes_back_with_it() -> None:
    edit = Edit(small())
    scenarios.set_wish(edit, "s1", "o1", 0.8)
    scenarios.set_wish(edit, "s1", "o2", 0.5)
    strategy = sound(edit)
    for remove in (
        lambda e: nodes.delete(e, ["o1"]),
        lambda e: nodes.set_kind(e, "o1", "note"),
        lambda e: removal.remove(e, e.get(Scenario, "s1")),
    ):
        gone = Edit(strategy)
        remove(gone)
        without, changes = gone.result()
        invariants.check(changes, without)
        left = {row.outcome for row in without.all(Wish).values()}
        assert left == ({"o2"} if without.find(Scenario, "s1") else set())
        back = Edit(without)
        for change in changes.inverted():
            back.put(change.after) if change.after is not None else back.remove(change.before)  # type: ignore[arg-type]
        assert back.result()[0] == strategy


def test_a_wish_in_a_frozen_scenario_goes_with_its_outcome_only() -> None:
    edit = Edit(small())
    scenarios.set_wish(edit, "s2", "o1", 0.8)
    scenarios.freeze(edit, "s2", "Day 1", 0)
    edit = Edit(sound(edit))
    with pytest.raises(BadInput, match="frozen: what it decided stays"):
        scenarios.set_wish(edit, "s2", "o1", None)
    nodes.delete(edit, ["o1"])
    assert not sound(edit).all(Wish)


def test_a_copied_scenario_wishes_the_same_and_can_wish_otherwise(edit: Edit) -> None:
    scenarios.set_wish(edit, "s1", "o1", 0.8)
    copy, richer = scenarios.create(edit, "Cut", copy_of="s1"), scenarios.with_budget(edit, "s1", 20)
    scenarios.set_wish(edit, copy, "o1", 0.2)
    assert [wished(edit, one)["o1"] for one in ("s1", copy, richer)] == [0.8, 0.2, 0.8]
    sound(edit)


def test_a_cut_outcome_comes_back_with_its_wish_and_a_copy_has_none() -> None:
    edit = Edit(small())
    scenarios.set_wish(edit, "s1", "o1", 0.8)
    strategy = sound(edit)
    text = branches.write(strategy, ["o1"], "doc")
    pasting = Edit(strategy)
    (new,) = branches.paste(pasting, text, "a").ids
    assert [row.outcome for row in sound(pasting).all(Wish).values()] == ["o1"] and new != "o1"
    cutting = Edit(strategy)
    nodes.delete(cutting, ["o1"])
    without, cut = cutting.result()
    putting = Edit(without)
    assert branches.put_back(putting, cut, ["o1"], "a") is not None
    assert dict(sound(putting).all(Wish)) == dict(strategy.all(Wish))


def test_a_wish_is_written_as_what_a_person_would_write(edit: Edit) -> None:
    scenarios.set_wish(edit, "s1", "o1", 0.8)
    strategy = sound(edit)
    document = json.loads(interchange.dumps(strategy))
    (wish,) = document["scenarios"][0]["wishes"]
    assert (wish["outcome"], wish["attainment"]) == ("o1", 0.8)
    assert interchange.loads(json.dumps(document)) == strategy
    del wish["id"]
    wish["attainment"] = 1
    (again,) = interchange.loads(json.dumps(document)).all(Wish).values()
    assert (again.scenario, again.outcome, again.attainment) == ("s1", "o1", 1.0)
