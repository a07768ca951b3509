"""What people do to the map does what it says, in place, and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from builders import many, sample, small

from prodlead_desktop.domain import invariants, nodes, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    ORDER_STEP,
    Allocation,
    Dependency,
    Effect,
    Level,
    Link,
    Node,
    Reading,
    Scenario,
)
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.kinds.assumption import AssumptionData
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import empty
from prodlead_desktop.errors import BadInput


@pytest.fixture
def edit() -> Edit:
    return Edit(small(), "Test")


def titles(edit: Edit, parent: str | None) -> list[str]:
    return [node.title for node in tree.children(edit, parent)]


def sound(edit: Edit) -> None:
    strategy, changes = edit.result()
    invariants.check(changes, strategy)
    assert invariants.check_all(strategy) == []


def test_add_places_a_node_last_first_or_beside(edit: Edit) -> None:
    nodes.add(edit, "note", "last", "o1")
    nodes.add(edit, "note", "before", "o1", before="i1")
    nodes.add(edit, "note", "after", "o1", after="i1")
    assert titles(edit, "o1") == ["before", "Guide", "after", "Connectors", "last"]
    sound(edit)


def test_add_cleans_the_title(edit: Edit) -> None:
    added = nodes.add(edit, "note", "  two\nlines\t and\x00 more ", "a")
    assert edit.get(Node, added).title == "two lines and\ufffd more"


def test_a_thousand_insertions_at_one_place_stay_in_order(edit: Edit) -> None:
    for number in range(1000):
        nodes.add(edit, "note", str(number), "o1", after="i1")
    assert titles(edit, "o1") == ["Guide", *map(str, range(999, -1, -1)), "Connectors"]
    orders = [node.order for node in tree.children(edit, "o1")]
    assert len(set(orders)) == len(orders)
    sound(edit)


def test_a_new_child_is_of_the_usual_kind(edit: Edit) -> None:
    for parent, kind in {"a": "outcome", "o1": "outcome", "i1": "assumption", "n1": "note"}.items():
        added = edit.get(Node, nodes.add_child(edit, parent))
        assert (added.kind, added.parent, tree.children(edit, parent)[-1]) == (kind, parent, added)


def test_the_first_node_is_an_ambition_and_the_next_top_ones_outcomes() -> None:
    edit = Edit(empty())
    assert edit.get(Node, nodes.add_child(edit, None)).kind == "ambition"
    assert edit.get(Node, nodes.add_child(edit, None)).kind == "outcome"


def test_a_sibling_is_of_the_same_kind_and_beside(edit: Edit) -> None:
    nodes.add_sibling(edit, "i1", title="after")
    nodes.add_sibling(edit, "i1", before=True, title="before")
    assert titles(edit, "o1") == ["before", "Guide", "after", "Connectors"]
    assert {node.kind for node in tree.children(edit, "o1")} == {"initiative"}
    assert edit.get(Node, nodes.add_sibling(edit, "a")).kind == "outcome"


def test_a_new_parent_takes_the_place_of_its_child(edit: Edit) -> None:
    added = nodes.add_parent(edit, "o1", "between")
    assert titles(edit, "a") == ["between", "Trusted numbers"]
    assert titles(edit, added) == ["Faster insight"]
    assert edit.get(Node, nodes.add_parent(edit, "a")).kind == "outcome"
    assert edit.get(Node, nodes.add_parent(edit, "i3")).kind == "ambition"
    sound(edit)


def test_rename_and_set_value_reach_columns_and_data(edit: Edit) -> None:
    nodes.rename(edit, "o1", " Größe\n")
    nodes.set_value(edit, "o1", "note", "one\r\ntwo  ")
    nodes.set_value(edit, "o1", "target", 5)
    nodes.set_value(edit, "o1", "because", "")
    node = edit.get(Node, "o1")
    assert (node.title, node.note) == ("Größe", "one\ntwo")
    assert isinstance(node.data, OutcomeData)
    assert (node.data.target, type(node.data.target), node.data.because) == (5.0, float, None)


def test_move_keeps_the_order_given_and_whole_subtrees(edit: Edit) -> None:
    nodes.move(edit, ["n1", "i2"], "o1", before="i1")
    assert titles(edit, "o1") == ["Remember", "Connectors", "Guide"]
    nodes.move(edit, ["o1"], "i3")
    assert titles(edit, "i3") == ["Faster insight"]
    assert titles(edit, "o1") == ["Remember", "Connectors", "Guide"]
    nodes.move(edit, ["i1"], None)
    assert titles(edit, None) == ["First tab", "Rebrand", "Guide"]
    sound(edit)


def test_a_moved_node_takes_what_hangs_below_it_only_once(edit: Edit) -> None:
    nodes.move(edit, ["o1", "i1", "o1", "i2"], "o2")
    assert titles(edit, "o2") == ["Remember", "Faster insight"]
    assert titles(edit, "o1") == ["Guide", "Connectors"]


def test_naming_a_node_twice_moves_it_once_and_in_place(edit: Edit) -> None:
    nodes.move(edit, ["n1", "n1"], "o1", before="i2")
    assert titles(edit, "o1") == ["Guide", "Remember", "Connectors"]


def test_moving_before_oneself_or_a_fellow_traveller_stays_in_place(edit: Edit) -> None:
    third = nodes.add(edit, "note", "third", "o1")
    nodes.move(edit, ["i1", "i2"], "o1", before="i2")
    assert titles(edit, "o1") == ["Guide", "Connectors", "third"]
    nodes.move(edit, [third], "o1", before=third)
    assert titles(edit, "o1") == ["Guide", "Connectors", "third"]


@pytest.mark.parametrize("under", ["o1", "i1"])
def test_a_card_cannot_hang_below_itself(edit: Edit, under: str) -> None:
    with pytest.raises(BadInput, match="below itself"):
        nodes.move(edit, ["o1"], under)


def test_reorder_stops_at_either_end(edit: Edit) -> None:
    nodes.add(edit, "note", "third", "o1")
    nodes.reorder(edit, "i1", 1)
    assert titles(edit, "o1") == ["Connectors", "Guide", "third"]
    nodes.reorder(edit, "i1", 9)
    assert titles(edit, "o1") == ["Connectors", "third", "Guide"]
    nodes.reorder(edit, "i1", -1)
    nodes.reorder(edit, "i2", -1)
    assert titles(edit, "o1") == ["Connectors", "Guide", "third"]


def test_promote_and_demote_are_each_others_way_back(edit: Edit) -> None:
    nodes.promote(edit, "i1")
    assert titles(edit, "a") == ["Faster insight", "Guide", "Trusted numbers"]
    nodes.demote(edit, "i1")
    assert titles(edit, "o1") == ["Connectors", "Guide"]
    nodes.promote(edit, "a")
    nodes.demote(edit, "a")
    nodes.demote(edit, "i2")
    assert titles(edit, None) == ["First tab", "Rebrand"]
    assert titles(edit, "o1") == ["Connectors", "Guide"]
    sound(edit)


def test_delete_takes_subtrees_with_every_fact_and_counts_nodes(edit: Edit) -> None:
    assert nodes.delete(edit, ["o1", "i1", "gone"]) == 3
    assert sorted(edit.all(Node)) == ["a", "i3", "n1", "o2"]
    assert [len(edit.all(cls)) for cls in (Effect, Dependency, Reading)] == [0, 0, 0]
    assert sorted(edit.all(Level)) == ["l5"]
    assert sorted(edit.all(Allocation)) == ["al2"]
    sound(edit)


def test_delete_works_where_a_frozen_scenario_pays_for_it() -> None:
    frozen = next(s for s in sample().ordered(Scenario) if s.status == "frozen")
    for verb in (lambda e: nodes.delete(e, ["i-guided"]), lambda e: nodes.set_kind(e, "i-guided", "note")):
        edit = Edit(sample())
        verb(edit)
        sound(edit)
        assert not [a for a in edit.by(Allocation, "scenario", frozen.id) if a.initiative == "i-guided"]


def test_another_kind_keeps_what_it_can_and_counts_what_it_drops(edit: Edit) -> None:
    before = edit.get(Node, "i1")
    dropped = nodes.set_kind(edit, "i1", "outcome")
    after = edit.get(Node, "i1")
    assert (after.title, after.parent, after.order, after.team) == (before.title, "o1", before.order, "t1")
    assert (after.kind, after.pool, type(after.data)) == ("outcome", None, OutcomeData)
    assert not edit.by(Level, "initiative", "i1") and not edit.by(Allocation, "initiative", "i1")
    assert dropped == len(["pool", "full cost", *("l1 l2 l3".split()), "e1", "e2", "al1", "al3"])
    assert nodes.set_kind(edit, "i1", "outcome") == 0
    sound(edit)


def test_another_kind_with_the_same_claim_keeps_the_numbers(edit: Edit) -> None:
    nodes.set_kind(edit, "o1", "ambition")
    data = edit.get(Node, "o1").data
    assert (data.baseline, data.target, data.deadline) == (40.0, 3.0, datetime.date(2027, 9, 30))  # type: ignore[attr-defined]
    assert not edit.by(Effect, "outcome", "o1")
    assert edit.by(Reading, "node", "o1"), "an ambition has readings too"
    sound(edit)


@pytest.mark.parametrize("after", kinds())
@pytest.mark.parametrize("before", kinds())
def test_every_kind_becomes_every_other_and_stays_sound(edit: Edit, before: str, after: str) -> None:
    """A word that two kinds share, such as status, may mean different choices."""
    added = nodes.add(edit, before, "x", "a")
    for kind, status in {"assumption": "holds", "capability": "in place"}.items():
        if kind == before:
            nodes.set_value(edit, added, "status", status)
    nodes.set_kind(edit, added, after)
    assert edit.get(Node, added).kind == after
    sound(edit)


def test_a_market_that_becomes_a_note_is_no_segment_any_more(edit: Edit) -> None:
    market = nodes.add(edit, "market", "Retail", "a")
    nodes.set_value(edit, "o1", "segment", market)
    assert nodes.set_kind(edit, market, "note") == 1
    assert edit.get(Node, "o1").segment is None
    sound(edit)


def test_duplicate_copies_the_subtree_with_its_facts_and_leaves_the_original(edit: Edit) -> None:
    before = edit.result()[0]
    edit = Edit(before)
    edit.put(Link("k1", "o1", "o2", 0.5))
    copy = nodes.duplicate(edit, "o1")
    assert titles(edit, "a") == ["Faster insight", "Faster insight", "Trusted numbers"]
    assert titles(edit, copy) == ["Guide", "Connectors"]
    guide, connectors = tree.children(edit, copy)
    assert [level.name for level in edit.by(Level, "initiative", guide.id)] == ["Minimum", "Full", "Stretch"]
    assert {e.outcome: e.p50 for e in edit.by(Effect, "initiative", guide.id)} == {copy: 16.0, "o2": 2.0}
    assert [d.other for d in edit.by(Dependency, "node", connectors.id)] == [guide.id]
    assert edit.by(Allocation, "initiative", guide.id) == (), "a copy must not spend the budget a second time"
    assert [link.target for link in edit.by(Link, "source", copy)] == ["o2"]
    assert [r.value for r in edit.by(Reading, "node", copy)] == [31.0]
    assert all(edit.find(type(row), row.id) == row for row in before.all(Node).values())
    sound(edit)


def test_a_copied_outcome_keeps_a_copied_market_as_its_segment(edit: Edit) -> None:
    market = nodes.add(edit, "market", "Retail", "o1")
    below = nodes.add(edit, "outcome", "More chains", "o1")
    nodes.set_value(edit, below, "segment", market)
    copy = nodes.duplicate(edit, "o1")
    copied = {node.kind: node for node in tree.children(edit, copy)}
    assert copied["outcome"].segment == copied["market"].id
    sound(edit)


def test_assumption_data_survives_a_detour_only_where_it_fits(edit: Edit) -> None:
    added = nodes.add(edit, "assumption", "x", "o1")
    nodes.set_value(edit, added, "statement", "kept")
    nodes.set_value(edit, added, "probability", 0.5)
    assert nodes.set_kind(edit, added, "capability") == 1
    nodes.set_kind(edit, added, "assumption")
    assert edit.get(Node, added).data == AssumptionData(statement="kept")


def test_a_tree_as_deep_as_allowed_is_walked_without_recursion() -> None:
    edit = Edit(empty())
    parent: str | None = None
    for _ in range(tree.DEPTH_LIMIT):
        parent = nodes.add(edit, "note", "x", parent)
    assert parent is not None
    assert tree.depth(edit, parent) == tree.deepest(edit) == tree.DEPTH_LIMIT
    sound(edit)
    top = tree.children(edit, None)[0].id
    assert nodes.delete(edit, [nodes.duplicate(edit, top), top]) == 2 * tree.DEPTH_LIMIT
    assert not edit.all(Node)


def test_verbs_touch_only_what_they_must() -> None:
    strategy = many(2000)
    edit = Edit(strategy)
    node = next(n for n in strategy.all(Node).values() if n.kind == "outcome" and n.parent)
    nodes.rename(edit, node.id, "Another")
    nodes.add_child(edit, node.id)
    assert len(edit.result()[1].changes) == 2


def test_order_values_leave_room(edit: Edit) -> None:
    added = edit.get(Node, nodes.add(edit, "note", "x", "o2"))
    assert added.order == 2 * ORDER_STEP
    between = edit.get(Node, nodes.add(edit, "note", "y", "o2", before=added.id))
    assert ORDER_STEP < between.order < added.order
    edit.put(replace(between, order=ORDER_STEP + 1))
    squeezed = edit.get(Node, nodes.add(edit, "note", "z", "o2", before=between.id))
    assert titles(edit, "o2") == ["Remember", "z", "y", "x"]
    assert squeezed.order % ORDER_STEP == 0
