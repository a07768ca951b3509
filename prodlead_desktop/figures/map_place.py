"""Puts the cards of a picture in their places: the tidy layout, lone roots tucked in, what people moved by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain import sides
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Source
from prodlead_desktop.figures.map_sources import Children
from prodlead_desktop.figures.map_view import Cards, MapPicture, MapView
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import BALANCED, DOWN, RIGHT, Outline, listed, relisted, stand
from prodlead_desktop.layout.nudges import Shift, nudged
from prodlead_desktop.layout.tidy import Gaps

_FARTHEST = 100_000.0  # u


def placed(
    strategy: Strategy,
    view: MapView,
    children: Children,
    money: dict[str, NodeMoney],
    fit: TextFit,
    sources: dict[str, Source],
    heights: Mapping[str, float],
    before: MapPicture | None = None,
    stale: Collection[str] = (),
    families: Collection[str | None] = (),
) -> MapPicture:
    """The picture of these sources, laid out by their heights.

    `before` lends what the trees have in common: `heights` are then those of the `stale` cards, whose sources are
    others since, and `families` the parents whose children are.
    """
    direction = strategy.header.layout
    gone = [node for node in stale if node not in sources]
    outline = _outline(children, before, families, gone)
    branches = sides.left_branches(strategy, children) if direction == BALANCED else frozenset()
    tall = _tall(outline, heights, before, gone)
    arrangement = stand(outline, [CARD.width] * len(tall), tall, direction=direction, lefts=branches)
    boxes = arrangement.boxes
    parents = _parents(boxes, children, before, families, gone)
    tucked = _tucked(boxes, children) if view.on_paper and direction == RIGHT else boxes
    asked = sources if before is None else {*before.moved, *stale}
    settled, moved = _nudged(tucked, children, sources, asked, direction)
    cards = Cards(sources, settled, fit)
    lefts = _below(branches, children)
    return MapPicture(
        strategy, view, cards, settled, parents, children, lefts, moved, money, fit, sources, outline, tall,
    )  # fmt: skip


def _outline(
    children: Children, before: MapPicture | None, families: Collection[str | None], gone: Collection[str]
) -> Outline:
    if before is None:
        return listed(children)
    if before.children is children:
        return before.outline
    return relisted(before.outline, children, families, gone)


def _tall(
    outline: Outline, heights: Mapping[str, float], before: MapPicture | None, gone: Collection[str]
) -> list[float]:
    """The heights as the outline numbers the cards; 0 where a card was."""
    if before is None:
        return [heights[node] for node in outline.ids]
    tall = [*before.heights, *[0.0] * (len(outline.ids) - len(before.heights))]
    for node in gone:
        tall[before.outline.slots[node]] = 0.0
    for node, height in heights.items():
        tall[outline.slots[node]] = height
    return tall


def _parents(
    boxes: Mapping[str, Box],
    children: Children,
    before: MapPicture | None,
    families: Collection[str | None],
    gone: Collection[str],
) -> dict[str, str | None]:
    if before is not None and before.children is children:
        return before.parents
    parents: dict[str, str | None] = dict.fromkeys(boxes) if before is None else before.parents.copy()
    for node in gone:
        parents.pop(node, None)
    for parent in children if before is None else families:
        for child in children.get(parent, ()):
            parents[child] = parent
    return parents


def _below(branches: frozenset[str], children: Children) -> frozenset[str]:
    """These cards and all that is visible below them."""
    found = list(branches)
    for node in found:  # grows while it runs
        found += children.get(node, ())
    return frozenset(found)


def fold_spot(picture: MapPicture, node: str) -> tuple[float, float]:
    """Where a card's fold pill has its middle, from the card's corner: on the edge that its children leave from."""
    box = picture.boxes[node]
    if picture.down:
        return box.w / 2, box.h
    return (0.0 if node in picture.lefts else box.w), box.h / 2


def _within(nudge: float | None) -> float:
    """A nudge cut to what still is on a map; a file may hold any number."""
    return min(max(nudge or 0.0, -_FARTHEST), _FARTHEST)


def _tucked(boxes: Mapping[str, Box], children: Children) -> Mapping[str, Box]:
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
                start = min([boxes[inner].y for inner in branch(children, node)])
                lift = start - max(deep, column)
                column = box.bottom - lift + gaps.root
        moved[node] = placed_box = Box(box.x, box.y - lift, box.w, box.h)
        deep = max(deep, placed_box.bottom + gaps.root)
    return moved


def branch(children: Children, top: str) -> list[str]:
    """A card and all that is visible below it."""
    found = [top]
    for node in found:  # grows while it runs
        found += children.get(node, ())
    return found


def _nudged(
    boxes: Mapping[str, Box],
    children: Children,
    sources: Mapping[str, Source],
    asked: Collection[str],
    direction: str,
) -> tuple[Mapping[str, Box], dict[str, Shift]]:
    """The boxes with what people moved by hand, each with its branch, and how far each of them really went.

    Only the `asked` cards can have been moved.
    """
    rows = [sources[node].node for node in asked if node in sources]
    own = {row.id: (_within(row.nudge_x), _within(row.nudge_y)) for row in rows if row.nudge_x or row.nudge_y}
    if not own:
        return boxes, {}
    return nudged(boxes, children, own, CARD.sibling_gap, direction == DOWN)
