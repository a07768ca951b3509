"""Maps that grow down or to both sides, and branches moved by hand, keep what the tidy tree promises."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout.thrown import MARGIN, Map, maps

from prodlead_desktop.layout import nudges
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import BALANCED, DOWN, RIGHT
from prodlead_desktop.layout.nudges import Shift

NEAR = 1e-6


def overlap(boxes: Mapping[str, Box], margin: float = 0.0) -> list[tuple[str, str]]:
    return [
        (a, b)
        for (a, one), (b, two) in combinations(boxes.items(), 2)
        if one.x < two.right + margin - NEAR
        and two.x < one.right + margin - NEAR
        and one.y < two.bottom + margin - NEAR
        and two.y < one.bottom + margin - NEAR
    ]


@given(maps)
def test_no_two_cards_come_close(drawn: Map) -> None:
    assert overlap(drawn.arranged().boxes, MARGIN) == []


@given(maps)
def test_no_two_cards_come_close_after_nudges_either(drawn: Map) -> None:
    boxes, _ = drawn.nudged()
    assert overlap(boxes, MARGIN) == []


@given(maps)
def test_siblings_keep_their_order_and_stand_beyond_their_parent(drawn: Map) -> None:
    boxes = drawn.arranged().boxes
    left_side = {inner for branch in drawn.lefts for inner in drawn.branch(branch)}
    for parent, kids in drawn.children.items():
        for one, two in pairwise(kids):
            if drawn.direction == DOWN:
                assert boxes[one].right < boxes[two].x
            elif (one in left_side) == (two in left_side):
                assert boxes[one].bottom < boxes[two].y
        for child in kids if parent is not None else ():
            above, below = boxes[str(parent)], boxes[child]
            if drawn.direction == DOWN:
                assert above.bottom < below.y
            elif child in left_side:
                assert below.right < above.x
            else:
                assert above.right < below.x


@given(maps)
def test_the_same_map_is_always_drawn_the_same(drawn: Map) -> None:
    assert drawn.arranged() == drawn.arranged()
    assert drawn.nudged() == drawn.nudged()


@given(maps)
def test_bounds_hold_every_card(drawn: Map) -> None:
    arranged = drawn.arranged()
    bounds = arranged.bounds
    for box in arranged.boxes.values():
        assert bounds.x <= box.x + NEAR and box.right <= bounds.right + NEAR
        assert bounds.y <= box.y + NEAR and box.bottom <= bounds.bottom + NEAR


@given(maps)
def test_a_nudge_moves_one_branch_as_a_whole_and_nothing_else(drawn: Map) -> None:
    before = drawn.arranged().boxes
    after, went = drawn.nudged()
    shift: dict[str, Shift] = {}
    for node in before:  # parents come first
        parent = next((p for p, kids in drawn.children.items() if node in kids), None)
        x, y = shift[parent] if parent is not None else (0.0, 0.0)
        dx, dy = went.get(node, (0.0, 0.0))
        shift[node] = x + dx, y + dy
        assert after[node].x - before[node].x == pytest.approx(shift[node][0], abs=1e-3)
        assert after[node].y - before[node].y == pytest.approx(shift[node][1], abs=1e-3)


@given(maps, st.data())
def test_a_nudge_into_the_free_goes_where_it_was_put(drawn: Map, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(list(drawn.sizes)))
    _, went = drawn.nudged({node: (0.0, 1e5)})
    assert went[node] == pytest.approx((0.0, 1e5), abs=1e-3)


@given(maps, st.data())
def test_moving_a_branch_leaves_the_inside_of_all_others_alone(drawn: Map, data: st.DataObject) -> None:
    if drawn.direction == DOWN:
        return  # rows are as high as their highest card, so places across count: see the next test
    tops = [node for node in drawn.sizes if node not in drawn.children[None]]
    if not tops:
        return
    moved = data.draw(st.sampled_from(tops))
    inside = set(drawn.branch(moved))
    home = next(parent for parent, kids in drawn.children.items() if moved in kids)
    under = data.draw(st.sampled_from([node for node in drawn.sizes if node not in inside]))
    before = drawn.arranged().boxes
    drawn.children[home].remove(moved)
    drawn.children.setdefault(under, []).append(moved)
    touched = {str(home), under}
    after = drawn.arranged().boxes
    left_before = {inner for branch in drawn.lefts for inner in drawn.branch(branch)}
    for top in drawn.sizes:
        branch = drawn.branch(top)
        if inside & set(branch) or touched & set(branch) or top in drawn.children[None]:
            continue
        mirrored = top in left_before
        assert mirrored == (after[top].x < 0)
        for node in branch:
            assert after[node].x - after[top].x == pytest.approx(before[node].x - before[top].x)
            assert after[node].y - after[top].y == pytest.approx(before[node].y - before[top].y)


@given(maps, st.data())
def test_moving_a_branch_down_a_map_leaves_the_columns_of_all_others_alone(
    drawn: Map, data: st.DataObject
) -> None:
    drawn.direction, drawn.lefts = DOWN, frozenset()
    drawn.sizes = {node: (width, 60.0) for node, (width, _) in drawn.sizes.items()}
    before = drawn.arranged().boxes
    moved = data.draw(st.sampled_from(list(drawn.sizes)))
    inside = set(drawn.branch(moved))
    home = next(parent for parent, kids in drawn.children.items() if moved in kids)
    drawn.children[home].remove(moved)
    drawn.children[None].append(moved)
    after = drawn.arranged().boxes
    for top in drawn.sizes:
        branch = drawn.branch(top)
        if not inside & set(branch) and home not in branch:
            for node in branch:
                assert after[node].x - after[top].x == pytest.approx(before[node].x - before[top].x)
                assert after[node].y - after[top].y == pytest.approx(before[node].y - before[top].y)


def test_a_push_goes_over_what_is_in_the_way() -> None:
    drawn = Map(
        {None: ["root"], "root": ["a", "b", "c"]},
        dict.fromkeys(("root", "a", "b", "c"), (240.0, 60.0)),
        RIGHT,
    )
    boxes = dict(drawn.arranged().boxes)
    shift = nudges.step(boxes, drawn.children, "a", (0.0, 10.0), MARGIN)
    assert shift is not None and shift[0] == 0.0
    boxes["a"] = Box(boxes["a"].x, boxes["a"].y + shift[1], 240.0, 60.0)
    assert overlap(boxes, MARGIN) == []
    assert boxes["a"].y > boxes["c"].y, "there is no room between the two below"
    assert nudges.step(boxes, drawn.children, "b", (0.0, -10.0), MARGIN) == (0.0, -10.0)


def test_rows_of_a_map_that_grows_down_begin_together() -> None:
    sizes = {"root": (240.0, 80.0), "a": (240.0, 40.0), "b": (240.0, 100.0), "a1": (240.0, 40.0)}
    boxes = Map({None: ["root"], "root": ["a", "b"], "a": ["a1"]}, sizes, DOWN).arranged().boxes
    assert boxes["a"].y == boxes["b"].y == 80 + 72
    assert boxes["a1"].y == 80 + 72 + 100 + 72, "below the highest card of the row before"
    assert boxes["a1"].x == boxes["a"].x


def test_both_sides_of_a_balanced_map_meet_in_the_middle_of_the_root() -> None:
    sizes = dict.fromkeys(("root", "a", "b", "c"), (240.0, 60.0))
    drawn = Map({None: ["root"], "root": ["a", "b", "c"]}, sizes, BALANCED, frozenset({"c"}))
    boxes = drawn.arranged().boxes
    assert boxes["root"].x == 0
    assert boxes["c"].right == -96 and boxes["a"].x == boxes["b"].x == 336
    assert boxes["c"].middle == boxes["root"].middle == (boxes["a"].y + boxes["b"].bottom) / 2
