"""An outline by ids becomes boxes by id, with the folded parts left out."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout.thrown import thrown

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import (
    DOWN,
    RIGHT,
    Arrangement,
    arrange,
    bounds_of,
    listed,
    relisted,
    stand,
)
from prodlead_desktop.layout.tidy import Gaps, place

OUTLINE: dict[str | None, list[str]] = {
    None: ["ambition", "loose note"],
    "ambition": ["retention", "reach"],
    "retention": ["onboarding", "support"],
    "reach": ["partners"],
}


def size_of(node: str) -> tuple[float, float]:
    return (300.0, 70.0) if node == "ambition" else (240.0, 40.0 + len(node))


def test_boxes_come_in_preorder_with_the_sizes_asked_for() -> None:
    drawn = arrange(OUTLINE, size_of)
    expected = ("ambition", "retention", "onboarding", "support", "reach", "partners", "loose note")
    assert drawn.order == tuple(drawn.boxes) == expected
    assert all((box.w, box.h) == size_of(node) for node, box in drawn.boxes.items())


def test_positions_are_those_of_the_tidy_tree() -> None:
    drawn = arrange(OUTLINE, size_of)
    sizes = [size_of(node) for node in drawn.order]
    children = [[1, 4], [2, 3], [], [], [5], [], []]
    xs, ys = place(children, [0, 6], [w for w, _ in sizes], [h for _, h in sizes])
    assert [box.x for box in drawn.boxes.values()] == xs
    assert [box.y for box in drawn.boxes.values()] == pytest.approx(ys)


def test_a_folded_card_stays_and_its_children_go() -> None:
    drawn = arrange(OUTLINE, size_of, folded={"retention", "partners", "somebody else"})
    assert drawn.order == ("ambition", "retention", "reach", "partners", "loose note")
    without: dict[str | None, list[str]] = {**OUTLINE, "retention": []}
    assert drawn == arrange(without, size_of)


def test_gaps_and_columns_are_the_callers() -> None:
    wide = Gaps(sibling=20, column=200, root=500)
    boxes = arrange(OUTLINE, size_of, gaps=wide).boxes
    assert boxes["support"].y - boxes["onboarding"].bottom == pytest.approx(20)
    assert boxes["retention"].x == 500
    assert boxes["loose note"].y - boxes["partners"].bottom >= 500
    outline: dict[str | None, list[str]] = {None: ["ambition", "a"], "ambition": ["b"], "a": ["c"]}
    columns = arrange(outline, size_of, columns=True).boxes
    assert columns["b"].x == columns["c"].x == 396


def test_bounds_hold_every_box_and_touch_the_outermost() -> None:
    drawn = arrange(OUTLINE, size_of)
    assert drawn.bounds.x == 0
    assert drawn.bounds.y == 0
    assert drawn.bounds.right == max(box.right for box in drawn.boxes.values())
    assert drawn.bounds.bottom == pytest.approx(max(box.bottom for box in drawn.boxes.values()))


def test_an_empty_outline() -> None:
    assert arrange({}, size_of) == Arrangement({})
    assert arrange({}, size_of).bounds == Box(0, 0, 0, 0)


def edited(
    outline: dict[str | None, list[str]], dice: Random, number: int
) -> tuple[dict[str | None, list[str]], set[str | None], set[str]]:
    """Branches deleted, moved and put in, some into each other; the families that are others, and what is gone."""
    after = {parent: list(kids) for parent, kids in outline.items()}
    families: set[str | None] = set()
    gone: set[str] = set()

    def below(top: str) -> list[str]:
        found = [top]
        for node in found:
            found += after.get(node, [])
        return found

    for step in range(dice.randint(1, 5)):
        here = [node for top in after[None] for node in below(top)]
        node = dice.choice(here)
        home = next(parent for parent, kids in after.items() if node in kids)
        verb = dice.choice(("add", "delete", "move", "wrap"))
        if verb == "add":
            after.setdefault(node, []).insert(
                dice.randint(0, len(after.get(node, []))), f"new{number}.{step}"
            )
            families.add(node)
        elif verb == "wrap":  # a new parent for a branch
            after[home][after[home].index(node)] = f"new{number}.{step}"
            after[f"new{number}.{step}"] = [node]
            families.update((home, f"new{number}.{step}"))
        elif len(after[None]) + len(here) > len(below(node)) + 1 and (
            home is not None or len(after[None]) > 1
        ):
            inside = below(node)
            after[home].remove(node)
            families.add(home)
            if verb == "delete":
                gone.update(inside)
                for one in inside:
                    after.pop(one, None)
            else:
                under = dice.choice([None, *(one for one in here if one not in inside)])
                after.setdefault(under, []).insert(dice.randint(0, len(after.get(under, []))), node)
                families.add(under)
    known = {node for kids in outline.values() for node in kids}
    return {parent: kids for parent, kids in after.items() if kids}, families - gone, gone & known


@given(st.integers(0, 2**32), st.sampled_from((RIGHT, DOWN)))
def test_an_outline_after_edits_is_the_one_listed_anew(seed: int, direction: str) -> None:
    dice = Random(seed)
    outline = {
        parent: list(kids) for parent, kids in thrown(dice, dice.randint(2, 40), direction).children.items()
    }
    known = listed(outline)
    for number in range(4):
        outline, families, gone = edited(outline, dice, number)
        known, wanted = relisted(known, outline, families, gone), listed(outline)
        sizes = {node: (240.0, 20.0 + 7 * (sum(map(ord, node)) % 9)) for node in known.slots}
        assert [known.ids[v] for v in known.order] == [wanted.ids[v] for v in wanted.order]
        heights = [sizes[node][1] if node else 0.0 for node in known.ids]
        stood = stand(known, [240.0] * len(heights), heights, direction=direction)
        assert stood == arrange(outline, sizes.__getitem__, direction=direction, outline=wanted)


@given(st.lists(st.builds(Box, *[st.integers(-500, 500)] * 2, *[st.integers(0, 500)] * 2), min_size=1))
def test_bounds_are_the_smallest_around(boxes: list[Box]) -> None:
    around = bounds_of(boxes)
    assert all(around.x <= box.x and around.right >= box.right for box in boxes)
    assert all(around.y <= box.y and around.bottom >= box.bottom for box in boxes)
    assert around.x in {box.x for box in boxes}
    assert around.bottom in {box.bottom for box in boxes}
    assert around.right in {box.right for box in boxes}
    assert around.y in {box.y for box in boxes}
