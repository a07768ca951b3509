"""Links run between the cards of any map, in any direction, whatever was moved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout.thrown import MARGIN, Map, maps

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import DOWN, RIGHT
from prodlead_desktop.layout.gutters import Points, Router

NEAR = 0.01


def crossed(boxes: Mapping[str, Box], points: Points, own: set[str]) -> list[str]:
    """The cards that a way leads across, its own two left out."""
    return [
        node
        for node, box in boxes.items()
        if node not in own
        for (x1, y1), (x2, y2) in pairwise(points)
        if min(x1, x2) < box.right - NEAR
        and max(x1, x2) > box.x + NEAR
        and min(y1, y2) < box.bottom - NEAR
        and max(y1, y2) > box.y + NEAR
    ]


def assert_clear(boxes: Mapping[str, Box], source: str, target: str, points: Points) -> None:
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points)), "straight stretches only"
    assert crossed(boxes, points, {source, target}) == []
    for node, (x, y) in ((source, points[0]), (target, points[-1])):
        box = boxes[node]
        assert box.x - 6 <= x <= box.right + 6 and box.y - 6 <= y <= box.bottom + 6, "ends at its card"


@given(maps, st.integers(0, 2**32))
def test_ways_lead_across_no_card(drawn: Map, seed: int) -> None:
    boxes, _ = drawn.nudged()
    router, dice = Router(boxes, drawn.direction == DOWN), Random(seed)
    for number in range(min(6, len(boxes) - 1)):
        source, target = dice.sample(list(boxes), 2)
        assert_clear(boxes, source, target, router.way(source, target, number))


def test_a_link_runs_in_the_gutter_beside_both_cards() -> None:
    sizes = dict.fromkeys(("root", "a", "b"), (240.0, 60.0))
    boxes = Map({None: ["root"], "root": ["a", "b"]}, sizes, RIGHT).arranged().boxes
    points = Router(boxes).way("b", "root")
    gutter = [x for x, _ in points[1:-1]]
    assert all(240 < x < 336 for x in gutter)
    assert points[0][0] == pytest.approx(boxes["b"].x + 4) and points[-1][0] == 243


def test_two_links_in_one_gutter_run_beside_each_other() -> None:
    sizes = dict.fromkeys(("root", "a", "b", "c"), (240.0, 60.0))
    boxes = Map({None: ["root"], "root": ["a", "b", "c"]}, sizes, RIGHT).arranged().boxes
    router = Router(boxes)
    ways = [router.way("c", "root", number)[1][0] for number in range(5)]
    assert len(set(ways)) == 5 and max(ways) - min(ways) < 96 - 2 * MARGIN
