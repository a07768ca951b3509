"""Puts the cards of a picture in their places: the tidy layout, then what people moved by hand."""

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
    nudged = _nudged(boxes, parents, sources)
    if nudged is not boxes:
        boxes, bounds = nudged, bounds_of(nudged.values())
    cards = Cards(sources, heights, boxes, fit)
    return MapPicture(strategy, view, cards, boxes, parents, children, bounds, money, fit, sources, heights)


def _nudged(
    boxes: dict[str, Box], parents: Mapping[str, str | None], sources: Mapping[str, Source]
) -> dict[str, Box]:
    """The boxes with what people moved by hand, each with its branch."""
    own = {
        node: (source[0].nudge_x or 0.0, source[0].nudge_y or 0.0)
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
