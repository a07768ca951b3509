"""Puts the cards of a picture in their places: the tidy layout, lone roots tucked in, what people moved by hand."""

from __future__ import annotations

from collections.abc import Mapping

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Source
from prodlead_desktop.figures.map_sources import Children
from prodlead_desktop.figures.map_view import Cards, MapPicture, MapView
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import arrange, bounds_of
from prodlead_desktop.layout.tidy import Gaps

_FARTHEST = 100_000.0  # u


def placed(
    strategy: Strategy,
    view: MapView,
    children: Children,
    money: Mapping[str, NodeMoney],
    fit: TextFit,
    sources: dict[str, Source],
    heights: dict[str, float],
) -> MapPicture:
    """The picture of these sources, laid out by their heights."""
    width = CARD.width
    arrangement = arrange(children, lambda node: (width, heights[node]))
    boxes, bounds = arrangement.boxes, arrangement.bounds
    parents: dict[str, str | None] = dict.fromkeys(boxes)
    for parent, below in children.items():
        if parent is not None:
            for child in below:
                parents[child] = parent
    settled = _nudged(_tucked(boxes, children) if view.on_paper else boxes, parents, sources)
    if settled is not boxes:
        boxes, bounds = settled, bounds_of(settled.values())
    cards = Cards(sources, heights, boxes, fit)
    return MapPicture(strategy, view, cards, boxes, parents, children, bounds, money, fit, sources, heights)


def _within(nudge: float | None) -> float:
    """A nudge cut to what still is on a map; a file may hold any number."""
    return min(max(nudge or 0.0, -_FARTHEST), _FARTHEST)


def _tucked(boxes: dict[str, Box], children: Children) -> dict[str, Box]:
    """On paper, lone cards at the top level stand right below the root before them, not below its whole tree.

    Not on the screen: a card that gets its first child would leave the place where people look at it.
    The first column holds nothing but roots, so there is room; the trees that follow move up as far.
    """
    tops = dict.fromkeys(children[None])
    if len(tops) < 2 or not any(top not in children for top in tops):
        return boxes
    gaps = Gaps()
    moved: dict[str, Box] = {}
    column = deep = 0.0  # where the first column and everything above end, with the gap behind it
    lift = 0.0
    alone = True
    for node, box in boxes.items():
        if node in tops:
            alone = node not in children
            if alone:
                lift = box.y - column
                column += box.h + gaps.sibling + gaps.subtree
            else:
                start = min([boxes[inner].y for inner in _branch(children, node)])
                lift = start - max(deep, column)
                column = box.bottom - lift + gaps.root
        moved[node] = placed_box = Box(box.x, box.y - lift, box.w, box.h)
        deep = max(deep, placed_box.bottom + gaps.root)
    return moved


def _branch(children: Children, top: str) -> list[str]:
    """A card and all that is visible below it."""
    found = [top]
    for node in found:  # grows while it runs
        found += children.get(node, ())
    return found


def _nudged(
    boxes: dict[str, Box], parents: Mapping[str, str | None], sources: Mapping[str, Source]
) -> dict[str, Box]:
    """The boxes with what people moved by hand, each with its branch."""
    own = {
        node: (_within(source[0].nudge_x), _within(source[0].nudge_y))
        for node, source in sources.items()
        if source[0].nudge_x or source[0].nudge_y
    }
    if not own:
        return boxes
    moved: dict[str | None, tuple[float, float]] = {None: (0.0, 0.0)}
    found: dict[str, Box] = {}
    for node, box in boxes.items():
        dx, dy = moved[parents[node]]
        if node in own:
            dx, dy = dx + own[node][0], dy + own[node][1]
        moved[node] = dx, dy
        found[node] = Box(box.x + dx, box.y + dy, box.w, box.h) if dx or dy else box
    return found
