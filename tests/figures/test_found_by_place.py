"""Cards and lines are found by place as looking at every one would find them, however the map grows and was edited."""

from __future__ import annotations

import random

import pytest
from builders import many
from hypothesis import given, settings
from hypothesis import strategies as st

from prodlead_desktop.domain import arranging, nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.map_picture import MapPicture, MapView, build, updated
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.layout.tree_boxes import LazyBoxes

Rect = tuple[float, float, float, float]


def measure(text: str, px: float, weight: int) -> float:
    return len(text) * px * 0.55


def arranged(layout: str, pushed: int, dice: random.Random) -> Strategy:
    """A map that grows as it is told, with so many branches moved by hand."""
    edit = Edit(many(80, seed=dice.randrange(5)))
    arranging.set_layout(edit, layout)
    for node in dice.sample(sorted(edit.all(Node)), pushed):
        arranging.nudge(edit, node, dice.uniform(-400, 400), dice.uniform(-200, 200))
    return edit.result()[0]


def somewhere(shown: MapPicture, dice: random.Random) -> Rect:
    x, y, w, h = shown.bounds
    x0, y0 = dice.uniform(x - 50, x + w), dice.uniform(y - 50, y + h)
    return x0, y0, x0 + dice.choice((0, 250, 900)), y0 + dice.choice((0, 120, 700))


def assert_found(shown: MapPicture, rect: Rect) -> None:
    x0, y0, x1, y1 = rect
    boxes = dict(shown.boxes.items())
    assert shown.index.in_rect(*rect) == [
        node
        for node, box in boxes.items()
        if box.x <= x1 and box.right >= x0 and box.y <= y1 and box.bottom >= y0
    ]
    edges, ribbons = shown.fans.in_rect(*rect)
    for line, found in (
        (line, found) for every, found in ((shown.edges, edges), (shown.ribbons, ribbons)) for line in every
    ):
        across = min(line.x1, line.x2) <= x1 and max(line.x1, line.x2) >= x0
        down = min(line.y1, line.y2) <= y1 and max(line.y1, line.y2) >= y0
        assert not (across and down) or line in found
    assert [line for line in shown.edges if line in edges] == edges, "they are painted in their order"


@pytest.mark.parametrize("layout", arranging.LAYOUTS)
@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(0, 4))
def test_what_is_in_a_rectangle_is_found_before_and_after_edits(layout: str, seed: int, pushed: int) -> None:
    dice = random.Random(seed)
    strategy = arranged(layout, pushed, dice)
    shown = build(strategy, MapView(lens="capital", scenario="sc1"), measure)
    for _ in range(5):
        assert list(shown.boxes) == list(shown.order) == [node for node, _ in shown.boxes.items()]
        assert shown.bounds == pytest.approx(bounds_of([*shown.boxes.values()]), abs=1e-6)
        assert isinstance(shown.boxes, LazyBoxes)
        assert bounds_of([shown.boxes.reach, shown.bounds]) == pytest.approx(shown.boxes.reach, abs=1e-6)
        for _ in range(4):
            assert_found(shown, somewhere(shown, dice))
        edit = Edit(strategy)
        node = dice.choice(shown.order)
        verb = dice.choice(("add", "delete", "push", "settle", "long"))
        if verb == "add":
            nodes.add_child(edit, node, "new")
        elif verb == "delete" and len(shown.order) > 20:
            nodes.delete(edit, [node])
        elif verb == "push":
            arranging.nudge(edit, node, dice.uniform(-300, 300), dice.uniform(-90, 90))
        elif verb == "settle":
            arranging.settle(edit)
        else:
            nodes.rename(edit, node, "word " * dice.randint(8, 20))
        strategy, changes = edit.result()
        shown = updated(shown, strategy, changes)
