"""A tree edge starts and ends at the middle of an edge of a card, level, and bends at mid-gap."""

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.routes import Curve, tree_edge


def test_an_edge_runs_from_right_middle_to_left_middle() -> None:
    curve = tree_edge(Box(0, 100, 240, 60), Box(336, 10, 240, 80))
    assert curve == Curve(start=(240, 130), leaving=(288, 130), arriving=(288, 50), end=(336, 50))


def test_an_edge_between_level_cards_is_straight() -> None:
    curve = tree_edge(Box(0, 0, 100, 50), Box(150, 5, 100, 40))
    assert {y for _, y in curve} == {25}
    assert [x for x, _ in curve] == [100, 125, 125, 150]
