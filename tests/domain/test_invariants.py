"""Every rule about what may be on disk, broken on purpose: by an edit, and in a whole file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from builders import many, sample, small, strategies_
from hypothesis import given, settings

from prodlead_desktop.domain import invariants, nodes, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    Allocation,
    Band,
    Dependency,
    Effect,
    Header,
    Level,
    Link,
    Node,
    Pool,
    Reading,
    Scenario,
    Wish,
)
from prodlead_desktop.domain.kinds.note import NoteData
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.tree import DEPTH_LIMIT
from prodlead_desktop.errors import InvariantViolation


def put(**values: Any) -> Callable[[Edit], None]:
    """Change fields of the outcome o1."""
    return lambda edit: edit.put(replace(edit.get(Node, "o1"), **values))


def data(**values: Any) -> Callable[[Edit], None]:
    return lambda edit: edit.put(replace(edit.get(Node, "o1"), data=OutcomeData(**values)))


def allocation(**values: Any) -> Callable[[Edit], None]:
    return lambda edit: edit.put(replace(edit.get(Allocation, "al1"), **values))


def frozen_then(change: Callable[[Edit], None]) -> Callable[[Edit], None]:
    def broken(edit: Edit) -> None:
        edit.put(replace(edit.get(Scenario, "s1"), status="frozen"))
        start_over(edit)
        change(edit)

    return broken


def both(first: Callable[[Edit], None], then: Callable[[Edit], None]) -> Callable[[Edit], None]:
    def broken(edit: Edit) -> None:
        first(edit)
        then(edit)

    return broken


def start_over(edit: Edit) -> None:
    """Go on from here as if it had been on disk before."""
    edit.__init__(edit.result()[0])  # type: ignore[misc]


def chain(edit: Edit) -> None:
    parent = "n1"
    for number in range(DEPTH_LIMIT):
        parent = nodes.add(edit, "note", str(number), parent)


def hang_deep_below_deep(edit: Edit) -> None:
    top = nodes.add(edit, "note", "top")
    bottom = top
    for number in range(DEPTH_LIMIT - 2):
        bottom = nodes.add(edit, "note", str(number), bottom)
    start_over(edit)
    nodes.move(edit, [top], "o2")


BROKEN: dict[str, tuple[Callable[[Edit], None], str]] = {
    "an id with a space": (lambda e: e.put(Pool("p 9", 1, "x")), "cannot be an id"),
    "an empty id": (lambda e: e.put(Pool("", 1, "x")), "cannot be an id"),
    "an unknown kind": (put(kind="dream"), "unknown kind"),
    "another kind's data": (put(data=NoteData()), "unknown kind"),
    "a title that is missing": (put(title=None), "Title is missing"),
    "a title that is too long": (put(title="x" * 10_001), "longer than 10,000"),
    "a title with NUL": (put(title="a\0b"), "not text that can be stored"),
    "half of a character": (put(note="\ud83d"), "not text that can be stored"),
    "bytes": (put(title=b"x"), "not text"),
    "not a number": (data(target=float("nan")), "To is not a number"),
    "endless": (data(target=float("inf")), "To is not a number"),
    "a whole number as a number": (data(target=3), "To is not a number"),
    "a number too big": (data(target=1e301), "too big"),
    "a share above one": (data(threshold_share=1.01), "must be from 0 to 1"),
    "a share below nothing": (data(threshold_share=-0.01), "must be from 0 to 1"),
    "a negative lag": (data(lag=-1.0), "0 or more"),
    "a choice nobody offers": (put(state="maybe"), "must be one of draft, agreed"),
    "a day with hours": (data(deadline=datetime.datetime(2027, 1, 1)), "not a date"),
    "yes as a number": (data(review_days=True), "not a whole number"),
    "a whole number too big for the file": (data(review_days=2**53), "too big"),
    "money in euros": (allocation(floor=1.5), "minor units"),
    "money too big": (allocation(floor=10**15), "too big"),
    "a list as a list": (put(tags=["a"]), "not a list"),
    "an unknown in a list": (put(tags=("a", None)), "not text"),
    "a flag that is text": (allocation(lock="yes"), "neither yes nor no"),
    "no header": (lambda e: e.remove(e.header), "exactly one header"),
    "a second header": (lambda e: e.put(Header("other")), "exactly one header"),
    "a currency in words": (lambda e: e.put(replace(e.header, currency="Euro")), "not a currency code"),
    "one id for two rows": (lambda e: e.put(Pool("o1", 1, "x")), "used twice"),
    "a parent that is nowhere": (put(parent="gone"), "^Node “Faster insight”: Parent names “gone”, and no node"),
    "an owner that is a node": (put(owner="o2"), "no person has that id"),
    "a team that went": (lambda e: e.remove(e.get(Node, "a")), "still refers to a"),
    "an effect on an initiative": (lambda e: e.put(Effect("e9", "i1", "i2")), "must be an outcome"),
    "a segment that is no market": (put(segment="o2"), "must be an market"),
    "a level below an outcome": (lambda e: e.put(Level("l9", "o1", 1, "x")), "must be an initiative"),
    "a kind that its facts do not fit": (
        lambda e: e.put(replace(e.get(Node, "i1"), kind="note", data=NoteData())), "to be an initiative",
    ),
    "the same effect twice": (lambda e: e.put(Effect("e9", "i1", "o1")), "is there twice"),
    "the same allocation twice": (lambda e: e.put(Allocation("al9", "s1", "i1")), "is there twice"),
    "the same band twice": (
        both(lambda e: e.put(Band("b1", "s1", "p1")), lambda e: e.put(Band("b2", "s1", "p1"))), "is there twice",
    ),
    "the same wish twice": (
        both(lambda e: e.put(Wish("w1", "s1", "o1", 1.0)), lambda e: e.put(Wish("w2", "s1", "o1", 0.5))),
        "is there twice",
    ),
    "a wish on an initiative": (lambda e: e.put(Wish("w1", "s1", "i1", 1.0)), "must be an outcome"),
    "a wish for nothing known": (lambda e: e.put(Wish("w1", "s1", "o1")), "Attainment is missing"),
    "a wish for far too much": (lambda e: e.put(Wish("w1", "s1", "o1", 10.5)), "must be from 0 to 10"),
    "the same requirement twice": (lambda e: e.put(Dependency("d9", "i2", "requires", "i1")), "is there twice"),
    "a card below itself": (put(parent="o1"), "hang below itself"),
    "a card below its child": (lambda e: e.put(replace(e.get(Node, "a"), parent="o1")), "hang below itself"),
    "a map too deep": (chain, "deeper than 500"),
    "a deep branch below a deep branch": (hang_deep_below_deep, "deeper than 500"),
    "another initiative's level": (allocation(level="l4"), "level of another initiative"),
    "a level that moved away": (
        lambda e: e.put(replace(e.get(Level, "l2"), initiative="i2")), "level of another initiative",
    ),
    "a level and an amount": (allocation(amount=5), "takes one of them"),
    "a floor above the ceiling": (allocation(floor=6, ceiling=5), "floor above its ceiling"),
    "two plans of record": (
        lambda e: e.put(replace(e.get(Scenario, "s2"), status="plan of record")), "Only one scenario",
    ),
    "another level in a frozen scenario": (frozen_then(allocation(level="l1")), "“Plan” is frozen"),
    "one more allocation in a frozen scenario": (
        frozen_then(lambda e: e.put(Allocation("al9", "s1", "i2"))), "“Plan” is frozen",
    ),
    "one less in a frozen scenario": (
        frozen_then(lambda e: e.remove(e.get(Allocation, "al1"))), "“Plan” is frozen",
    ),
    "a band in a frozen scenario": (frozen_then(lambda e: e.put(Band("b", "s1", "p1"))), "“Plan” is frozen"),
    "a wish in a frozen scenario": (frozen_then(lambda e: e.put(Wish("w", "s1", "o1", 1.0))), "“Plan” is frozen"),
    "another budget in a frozen scenario": (
        frozen_then(lambda e: e.put(replace(e.get(Scenario, "s1"), budget=5))), "“Plan” is frozen",
    ),
    "an outcome that contributes to itself": (lambda e: e.put(Link("k1", "o1", "o1")), "contribute to themselves"),
    "a link against the tree": (
        both(
            lambda e: e.put(Node("o3", "o1", 1, "outcome", "x", data=OutcomeData())),
            lambda e: e.put(Link("k1", "o1", "o3")),
        ),
        "contribute to themselves",
    ),
    "two links in a circle": (
        both(lambda e: e.put(Link("k1", "o1", "o2")), lambda e: e.put(Link("k2", "o2", "o1"))), "“.+” → “.+” → “.+”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_an_edit_that_breaks_a_rule_is_refused(name: str) -> None:
    breaks, words = BROKEN[name]
    edit = Edit(small())
    breaks(edit)
    strategy, changes = edit.result()
    assert changes
    with pytest.raises(InvariantViolation, match=words) as caught:
        invariants.check(changes, strategy)
    assert caught.value.hint == "Nothing was changed."


IN_EDITS_ONLY = re.compile(
    "frozen|no header|that went|do not fit"
)  # a whole file says it from the other side


@pytest.mark.parametrize("name", [name for name in BROKEN if not IN_EDITS_ONLY.search(name)])
def test_a_whole_file_that_breaks_a_rule_is_told_so(name: str) -> None:
    breaks, words = BROKEN[name]
    edit = Edit(small())
    breaks(edit)
    assert any(re.search(words, problem) for problem in invariants.check_all(edit.result()[0]))


def test_what_refers_to_a_removed_row_is_named() -> None:
    edit = Edit(small())
    edit.remove(edit.get(Pool, "p1"))
    strategy, changes = edit.result()
    assert strategy.table_of("p2") == "pool" and strategy.table_of("p1") is None
    with pytest.raises(InvariantViolation, match="Node “Guide” still refers to p1"):
        invariants.check(changes, strategy)


@pytest.mark.parametrize("build", [small, sample, lambda: many(800)])
def test_sound_strategies_are_sound(build: Callable[[], Strategy]) -> None:
    assert invariants.check_all(build()) == []


@settings(max_examples=50)
@given(strategies_())
def test_whatever_the_builder_builds_is_sound(strategy: Strategy) -> None:
    assert invariants.check_all(strategy) == []


def test_a_frozen_scenario_may_change_name_note_and_status() -> None:
    edit = Edit(sample())
    rows.set_value(edit, Scenario, "sc-today", "note", "Last year")
    rows.set_value(edit, Scenario, "sc-today", "name", "2026")
    strategy, changes = edit.result()
    invariants.check(changes, strategy)
    edit = Edit(strategy)
    rows.set_value(edit, Scenario, "sc-today", "status", "draft")
    rows.set_value(edit, Scenario, "sc-today", "budget", 1)
    strategy, changes = edit.result()
    invariants.check(changes, strategy)


@pytest.mark.parametrize("remove", [(Node, "a"), (Level, "l2"), (Pool, "p1"), (Scenario, "s1")])
def test_a_file_that_lacks_a_row_is_told_who_misses_it(remove: tuple[type[Any], str]) -> None:
    cls, row_id = remove
    edit = Edit(small())
    edit.put(Band("b1", "s1", "p1"))
    edit.remove(edit.get(cls, row_id))
    assert any(f"“{row_id}”, and no" in problem for problem in invariants.check_all(edit.result()[0]))


def test_facts_of_another_kind_are_found_in_a_whole_file() -> None:
    edit = Edit(small())
    edit.put(replace(edit.get(Node, "i1"), kind="note", data=NoteData()))
    assert any("must be an initiative" in problem for problem in invariants.check_all(edit.result()[0]))


def test_a_scenario_that_is_frozen_or_opened_in_the_same_edit_may_change() -> None:
    edit = Edit(sample())
    rows.set_value(edit, Scenario, "sc-today", "status", "draft")
    edit.put(replace(edit.get(Allocation, "al-today-guided"), level="l-guided-full"))
    strategy, changes = edit.result()
    invariants.check(changes, strategy)
    invariants.check(changes.inverted(), sample())


def test_forms_hear_what_is_wrong_with_a_row() -> None:
    assert invariants.problems_of_row(Reading("r", "o1")) == ["Date is missing.", "Value is missing."]
    assert invariants.problems_of_row(small().get(Reading, "r1")) == []


def test_the_header_has_its_own_id() -> None:
    assert small().header.id == HEADER_ID
