"""A picture with other branches folded, at the price of what comes or goes instead of the whole map."""

from __future__ import annotations

from dataclasses import replace

from prodlead_desktop.domain import tree
from prodlead_desktop.figures.card import height_of
from prodlead_desktop.figures.map_place import branch, placed
from prodlead_desktop.figures.map_sources import Children, Gather
from prodlead_desktop.figures.map_view import MapPicture, MapView

_SHARE = 4  # when more than one card of so many comes or goes, building anew is as cheap


def refolded(picture: MapPicture, view: MapView) -> MapPicture | None:
    """The picture of the same strategy under `view`; None when that differs in more, or very much comes or goes."""
    if view.only is not None or replace(picture.view, folded=view.folded) != view:
        return None
    turned = view.folded ^ picture.view.folded
    tops = [node for node in turned if node in picture.boxes]
    if len(tops) > 1:  # outer ones come first
        tops = list(filter(turned.__contains__, picture.boxes))
    children = picture.children.copy()
    gone: set[str] = set()
    shown: set[str] = set()
    for top in tops:
        if top in gone:
            continue
        hidden = branch(children, top)
        for node in hidden:
            children.pop(node, None)
        gone.update(hidden[1:])
        shown.update(_opened(picture, view, top, children))
    stale = {*tops, *gone, *shown}
    if _SHARE * len(stale) > len(picture.boxes):
        return None
    gone -= shown
    sources, heights = picture.sources.copy(), dict[str, float]()
    gather = Gather(picture.strategy, view, picture.money, many=len(stale) > 50)
    for node in stale:
        if node in gone:
            del sources[node]
            continue
        below = len(list(tree.preorder(picture.strategy, node))) - 1 if node in view.folded else 0
        sources[node] = gather.one(node, below)
        heights[node] = height_of(sources[node], picture.fit)
    after = placed(
        picture.strategy, view, children, picture.money, picture.fit, sources, heights, picture, stale, stale
    )
    picture.cards.lend(after.cards)
    return after


def _opened(picture: MapPicture, view: MapView, top: str, children: Children) -> list[str]:
    """A card and all that now shows below it; `children` takes in its families."""
    shown = [top]
    for node in shown:  # grows while it runs
        below = () if node in view.folded else tree.children(picture.strategy, node)
        if below:
            children[node] = kids = tuple([child.id for child in below])
            shown += kids
    return shown
