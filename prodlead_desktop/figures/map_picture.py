"""The whole map as data: built anew, or rebuilt only where an edit changed something."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import compress
from operator import is_not

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import map_fold, map_sources, map_update
from prodlead_desktop.figures.card import Source, height_of
from prodlead_desktop.figures.map_place import placed
from prodlead_desktop.figures.map_view import Cards, MapPicture, MapView, changed, lens_of
from prodlead_desktop.figures.text_fit import Measure, TextFit

__all__ = ["Cards", "MapPicture", "MapView", "build", "lens_of", "updated"]

NO_CHANGES = ChangeSet(())


def build(
    strategy: Strategy, view: MapView, measure: Measure, before: MapPicture | None = None
) -> MapPicture:
    """The picture of a strategy. `before` lends its word widths and every card whose sources are the same."""
    fit = before.fit if before else TextFit(measure)
    view = map_sources.valid(strategy, view)
    children, folds = map_sources.visible(strategy, view)
    ids = map_sources.preorder(children)
    money = _money(strategy, view, before)
    sources = map_sources.Gather(strategy, view, money).all(ids, folds)
    heights = _heights(sources, before, fit)
    picture = placed(strategy, view, children, money, fit, sources, heights)
    if before:
        before.cards.lend(picture.cards)
    return picture


def updated(
    picture: MapPicture, strategy: Strategy, changes: ChangeSet = NO_CHANGES, view: MapView | None = None
) -> tuple[MapPicture, frozenset[str]]:
    """The picture after an edit or with another view, and the ids whose card or place is new, changed or gone.

    Equal to `build` for the same strategy and view; cards that stay the same are the same objects.
    """
    view = map_sources.valid(strategy, picture.view if view is None else view)
    if view == picture.view:
        edited = map_update.retouched(picture, strategy, changes)
        if edited is not None:
            return edited[0], _dirty(picture, *edited)
        after = None
    else:
        same = strategy is picture.strategy
        after = (map_update.foretold(picture, view) or map_fold.refolded(picture, view)) if same else None
    if after is None:
        after = build(strategy, view, picture.fit.measure, picture)
    return after, _dirty(picture, after)


def _money(strategy: Strategy, view: MapView, before: MapPicture | None) -> Mapping[str, NodeMoney]:
    if view.scenario is None:
        return {}
    if before and before.strategy is strategy and before.view.scenario == view.scenario:
        return before.money
    return capital.by_node(strategy, view.scenario)


def _heights(sources: Mapping[str, Source], before: MapPicture | None, fit: TextFit) -> dict[str, float]:
    if before is None:
        return {node: height_of(source, fit) for node, source in sources.items()}
    had, heights = before.sources, before.heights
    return {
        node: heights[node] if had.get(node) == source else height_of(source, fit)
        for node, source in sources.items()
    }


def _dirty(before: MapPicture, after: MapPicture, stale: Collection[str] | None = None) -> frozenset[str]:
    """The ids whose card or box is not the one there was; of cards only the `stale` ones are asked, if given."""
    found: set[str] = set()
    if stale is not None:
        then, now = before.sources.get, after.sources.get
        found.update([node for node in stale if then(node) != now(node)])
    elif after.children is not before.children:
        found.update(before.boxes.keys() - after.boxes.keys())
    if stale is None and after.sources is not before.sources:
        found.update(changed(before.sources, after.sources))
    if after.boxes is not before.boxes:
        had, boxes = before.boxes.get, after.boxes
        if before.outline is after.outline:
            moved = list(compress(boxes, map(is_not, before.boxes.values(), boxes.values())))
        else:
            moved = list(compress(boxes, map(is_not, map(had, boxes), boxes.values())))
        if len(moved) == len(after.boxes):  # all are new objects, so that only their sides tell
            moved = [node for node in moved if had(node) != after.boxes[node]]
        found.update(moved)
    return frozenset(found)
