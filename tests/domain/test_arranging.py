"""Where the map grows and what was moved by hand are part of the strategy."""

from __future__ import annotations

import pytest
from builders import many, sample, small

from prodlead_desktop.domain import arranging, nodes, sides, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput


def lefts(edit: Edit, root: str) -> list[str]:
    return [n.id for n in tree.children(edit, root) if sides.stands_left(edit, n.id)]


def balanced() -> tuple[Edit, str]:
    """The sample to both sides, and its root."""
    edit = Edit(sample())
    arranging.set_layout(edit, "balanced")
    return edit, tree.children(edit, None)[0].id


def test_a_balanced_map_has_about_as_many_cards_on_both_sides() -> None:
    edit, root = balanced()
    weights = {
        left: sum(
            1
            for branch in tree.children(edit, root)
            if sides.stands_left(edit, branch.id) == left
            for _ in tree.preorder(edit, branch.id)
        )
        for left in (True, False)
    }
    heaviest = max(sum(1 for _ in tree.preorder(edit, n.id)) for n in tree.children(edit, root))
    assert abs(weights[True] - weights[False]) <= heaviest
    assert lefts(edit, root), "both sides have some"


def test_adding_reordering_and_deleting_move_no_other_branch_across() -> None:
    edit, root = balanced()
    before = {n.id: sides.stands_left(edit, n.id) for n in tree.children(edit, root)}
    first, *_, last = tree.children(edit, root)
    nodes.add_child(edit, root, "One more")
    nodes.add_sibling(edit, first.id, title="Beside")
    nodes.reorder(edit, last.id, -1)
    nodes.delete(edit, [lefts(edit, root)[0]])
    for branch in tree.children(edit, root):
        if branch.id in before:
            assert sides.stands_left(edit, branch.id) == before[branch.id]


def test_a_new_branch_goes_to_the_emptier_side_and_a_sibling_stays_beside() -> None:
    edit, root = balanced()
    for _ in range(6):
        nodes.add_child(edit, root)
    count, left = len(tree.children(edit, root)), len(lefts(edit, root))
    assert abs(count - 2 * left) <= 1
    beside = nodes.add_sibling(edit, lefts(edit, root)[0])
    assert sides.stands_left(edit, beside)


def test_up_and_down_stay_on_their_side() -> None:
    edit, root = balanced()
    top = lefts(edit, root)[0]
    nodes.reorder(edit, top, -1)
    assert lefts(edit, root)[0] == top, "the first of its side already"
    nodes.reorder(edit, top, 1)
    assert lefts(edit, root)[1] == top


def test_a_branch_turns_to_the_other_side_alone() -> None:
    edit, root = balanced()
    branches = [n.id for n in tree.children(edit, root)]
    before = set(lefts(edit, root))
    inner = tree.children(edit, branches[0])[0].id
    arranging.turn(edit, [inner, branches[0]])
    assert set(lefts(edit, root)) == before ^ {branches[0]}
    with pytest.raises(BadInput, match="middle"):
        arranging.turn(edit, [root])
    arranging.set_layout(edit, "right")
    with pytest.raises(BadInput, match="one way"):
        arranging.turn(edit, [inner])
    with pytest.raises(BadInput, match="no layout"):
        arranging.set_layout(edit, "round")


def test_a_nudge_is_kept_and_taken_back_by_branch() -> None:
    edit = Edit(small())
    arranging.nudge(edit, "i1", 30.0, -5.0)
    arranging.nudge(edit, "o2", 0.0, 1e9)
    assert edit.get(Node, "i1").nudge_x == 30.0
    assert edit.get(Node, "o2").nudge_y == arranging.FARTHEST
    assert arranging.settle(edit, ["o1"]) == 1
    assert edit.get(Node, "i1").nudge_x is None
    assert arranging.settle(edit) == 1


def test_a_thousand_roots_are_balanced_too() -> None:
    edit = Edit(many(2000))
    arranging.set_layout(edit, "balanced")
    _, changes = edit.result()
    assert {change.table for change in changes} == {"header", "node"}
