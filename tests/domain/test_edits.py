"""One edit is one value and one ChangeSet; backwards it is undo, and no value that was given away ever changes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from builders import many, small, strategies_
from hypothesis import given, settings
from hypothesis import strategies as st

from prodlead_desktop.domain import fields, initiatives, invariants, nodes, removal, rowcodec, rows, scenarios
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPECS, Allocation, Effect, Level, Node, Person, Scenario
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.strategy import Strategy, of_rows
from prodlead_desktop.errors import InvariantViolation, ProdleadError


def all_rows(strategy: Strategy) -> list[object]:
    return [row for spec in SPECS for row in strategy.all(spec.cls).values()]


def same_answers(strategy: Strategy) -> None:
    """Every index answers as one built from nothing."""
    fresh = of_rows(all_rows(strategy))  # type: ignore[arg-type]
    assert strategy == fresh
    for spec in SPECS:
        for field in fields.of(spec.cls):
            if field.ref:
                values = {getattr(row, field.name) for row in strategy.all(spec.cls).values()} | {
                    None,
                    "nobody",
                }
                for value in values:
                    assert strategy.by(spec.cls, field.name, value) == fresh.by(spec.cls, field.name, value)
                    assert strategy.last_order(spec.cls, field.name, value) == fresh.last_order(
                        spec.cls, field.name, value
                    )


def shake(edit: Edit, rng: random.Random) -> None:
    """One random thing that people do."""
    ids = sorted(edit.all(Node))
    bets = [i for i in ids if edit.get(Node, i).kind == "initiative"]
    plans = sorted(edit.all(Scenario))
    if not ids or rng.random() < 0.2:
        nodes.add(edit, rng.choice(list(kinds())), f"new {rng.random():.3f}", rng.choice([None, *ids]))
        return
    chosen = rng.choice(ids)
    what = rng.randrange(10)
    if what == 0:
        nodes.rename(edit, chosen, f"renamed {rng.random():.3f}")
    elif what == 1:
        nodes.move(edit, rng.sample(ids, min(2, len(ids))), rng.choice([None, *ids]))
    elif what == 2:
        nodes.delete(edit, [chosen])
    elif what == 3:
        nodes.set_kind(edit, chosen, rng.choice(list(kinds())))
    elif what == 4:
        nodes.duplicate(edit, chosen)
    elif what == 5:
        nodes.reorder(edit, chosen, rng.choice((-1, 1)))
    elif what == 6 and bets and plans:
        levels = initiatives.levels(edit, rng.choice(bets))
        if levels:
            scenarios.set_level(edit, rng.choice(plans), levels[0].initiative, rng.choice(levels).id)
    elif what == 7:
        scenarios.create(edit, "Another", copy_of=rng.choice([None, *plans]))
    elif what == 8 and bets:
        levels = initiatives.levels(edit, rng.choice(bets))
        if levels:
            initiatives.remove_level(edit, levels[0].id, levels[-1].id)
    elif bets:
        initiatives.add_level(edit, rng.choice(bets), cost=rng.randrange(10**6))


@settings(max_examples=40)
@given(strategies_(), st.randoms(use_true_random=False), st.integers(1, 8))
def test_undo_gives_back_exactly_what_was(before: Strategy, rng: random.Random, steps: int) -> None:
    rows_before = all_rows(before)
    edit = Edit(before, "Random")
    for _ in range(steps):
        try:
            shake(edit, rng)
        except ProdleadError:
            pass
    after, changes = edit.result()
    assert before.after(changes) == after
    assert after.after(changes.inverted()) == before
    assert changes.inverted().inverted() == changes
    assert rowcodec.changes_from_json(rowcodec.changes_to_json(changes), changes.label) == changes
    assert all_rows(before) == rows_before, "the value before stays whole"
    same_answers(after)
    same_answers(before)
    same_answers(after.after(changes.inverted()))


@settings(max_examples=40)
@given(strategies_(), st.randoms(use_true_random=False))
def test_edits_that_pass_the_quick_check_pass_the_whole_one(strategy: Strategy, rng: random.Random) -> None:
    for _ in range(6):
        edit = Edit(strategy)
        try:
            shake(edit, rng)
            after, changes = edit.result()
            invariants.check(changes, after)
        except ProdleadError:
            continue
        assert invariants.check_all(after) == []
        invariants.check(changes.inverted(), strategy)  # or undo would be refused
        strategy = after


@settings(max_examples=25)
@given(strategies_(), st.randoms(use_true_random=False))
def test_two_changesets_merge_into_one(strategy: Strategy, rng: random.Random) -> None:
    value, merged = strategy, ChangeSet((), "Typing", "g1")
    for _ in range(4):
        edit = Edit(value, "Typing", "g1")
        try:
            shake(edit, rng)
        except ProdleadError:
            continue
        value, changes = edit.result()
        merged = merged.merged_with(changes)
    assert strategy.after(merged) == value
    assert value.after(merged.inverted()) == strategy
    assert (merged.label, merged.group) == ("Typing", "g1")


def test_what_ends_as_it_began_is_no_change() -> None:
    edit = Edit(small())
    nodes.rename(edit, "o1", "Other")
    nodes.rename(edit, "o1", "Faster insight")
    nodes.delete(edit, [nodes.add(edit, "note", "x", "o1")])
    strategy, changes = edit.result()
    assert not changes and strategy == small()


def test_a_row_changes_once_however_often_it_was_put() -> None:
    edit = Edit(small(), "Rename")
    for word in "abc":
        nodes.rename(edit, "o1", word)
    changes = edit.result()[1]
    assert [(c.table, c.id, c.before.title, c.after.title) for c in changes] == [
        ("node", "o1", "Faster insight", "c")
    ]  # type: ignore[union-attr]
    assert changes.label == "Rename"
    assert changes.ids("node") == {"o1"} and changes.ids("level") == frozenset()


def test_an_edit_used_after_its_result_does_not_reach_it() -> None:
    edit = Edit(small())
    nodes.rename(edit, "o1", "first")
    given_away, _ = edit.result()
    nodes.rename(edit, "o1", "second")
    nodes.add(edit, "note", "x", "o1")
    assert given_away.get(Node, "o1").title == "first"
    assert len(given_away.by(Node, "parent", "o1")) == 2
    later, changes = edit.result()
    assert small().after(changes) == later


def test_an_edit_reads_its_own_writes_and_the_strategy_does_not() -> None:
    strategy = small()
    edit = Edit(strategy)
    assert len(edit.by(Node, "parent", "o1")) == 2
    nodes.add(edit, "note", "x", "o1")
    assert len(edit.by(Node, "parent", "o1")) == 3
    assert len(strategy.by(Node, "parent", "o1")) == 2


def test_removing_what_is_not_there_is_an_error_and_changes_nothing() -> None:
    edit = Edit(small())
    with pytest.raises(KeyError):
        edit.remove(Person("nobody"))
    assert not edit.result()[1]
    with pytest.raises(KeyError):
        small().after(ChangeSet((Change("person", "nobody", Person("nobody"), None),)))


# -- removal


def test_removal_takes_what_requires_the_row_and_clears_what_may_be_unknown() -> None:
    edit = Edit(small())
    rows.set_value(edit, Node, "o1", "owner", rows.add(edit, Person, id="pe1", name="Head"))
    assert removal.remove(edit, edit.get(Person, "pe1"), edit.get(Scenario, "s1")) == 4
    assert edit.get(Node, "o1").owner is None
    assert sorted(edit.all(Allocation)) == ["al3"]
    strategy, changes = edit.result()
    invariants.check(changes, strategy)


def test_removing_a_node_removes_everything_below_at_any_width() -> None:
    edit = Edit(many(3000))
    removed = removal.remove(edit, *edit.by(Node, "parent", None))
    assert removed > 3000
    assert not edit.all(Node) and not edit.all(Level) and not edit.all(Effect) and not edit.all(Allocation)


@settings(max_examples=25)
@given(strategies_(), st.randoms(use_true_random=False))
def test_removing_anything_leaves_a_sound_strategy(strategy: Strategy, rng: random.Random) -> None:
    spec = rng.choice([spec for spec in SPECS[1:] if strategy.all(spec.cls)])
    edit = Edit(strategy)
    removal.remove(edit, rng.choice(sorted(strategy.all(spec.cls).values(), key=lambda row: row.id)))
    after, changes = edit.result()
    assert invariants.check_all(after) == []
    try:
        invariants.check(changes, after)
    except InvariantViolation as refused:
        assert "is frozen" in str(refused)


def test_gone_rows_are_passed_over() -> None:
    edit = Edit(small())
    node = edit.get(Node, "o1")
    assert removal.remove(edit, node, node, edit.get(Node, "i1")) > 0
    assert removal.remove(edit, node) == 0


def test_an_index_follows_a_row_that_moves_and_is_renamed() -> None:
    edit = Edit(small())
    edit.by(Node, "parent", "o1")
    node = edit.get(Node, "i1")
    edit.put(replace(node, parent="o2", order=1))
    edit.put(replace(edit.get(Node, "i1"), order=node.order * 5))
    assert [n.id for n in edit.by(Node, "parent", "o2")] == ["n1", "i1"]
    assert [n.id for n in edit.by(Node, "parent", "o1")] == ["i2"]
    same_answers(edit.result()[0])
