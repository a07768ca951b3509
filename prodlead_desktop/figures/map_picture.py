"""The whole map as data: built anew, or rebuilt only where an edit changed something."""

from __future__ import annotations

from collections.abc import Mapping

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import map_fold, map_sources, map_update
from prodlead_desktop.figures.card import Source, height_of
from prodlead_desktop.figures.map_place import placed
from prodlead_desktop.figures.map_view import Cards, MapPicture, MapView, changed, lens_of
from prodlead_desktop.figures.text_fit import Measure, TextFit
from prodlead_desktop.layout.tree_boxes import whole

__all__ = ["Cards", "MapPicture", "MapView", "build", "lens_of", "touched", "updated"]

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
) -> MapPicture:
    """The picture after an edit or with another view.

    Equal to `build` for the same strategy and view; cards that stay the same are the same objects.
    """
    view = map_sources.valid(strategy, picture.view if view is None else view)
    if view == picture.view:
        edited = map_update.retouched(picture, strategy, changes)
        if edited is not None:
            return edited
        after = None
    else:
        same = strategy is picture.strategy
        after = (map_update.foretold(picture, view) or map_fold.refolded(picture, view)) if same else None
    if after is None:
        after = build(strategy, view, picture.fit.measure, picture)
    return after


def touched(before: MapPicture, after: MapPicture) -> frozenset[str]:
    """The ids whose card or place is new, changed or gone; it asks every card."""
    found: set[str] = set()
    if after.sources is not before.sources:
        found.update(changed(before.sources, after.sources), after.outline.others(before.outline)[1])
    if after.boxes is not before.boxes:
        had = whole(before.boxes).get
        found.update([node for node, box in whole(after.boxes).items() if had(node) != box])
    return frozenset(found)


def _money(strategy: Strategy, view: MapView, before: MapPicture | None) -> dict[str, NodeMoney]:
    if view.scenario is None:
        return {}
    if before and before.strategy is strategy and before.view.scenario == view.scenario:
        return before.money
    return capital.by_node(strategy, view.scenario)


def _heights(sources: Mapping[str, Source], before: MapPicture | None, fit: TextFit) -> dict[str, float]:
    if before is None:
        return {node: height_of(source, fit) for node, source in sources.items()}
    had, heights, slots = before.sources, before.heights, before.outline.slots
    return {
        node: heights[slots[node]] if had.get(node) == source else height_of(source, fit)
        for node, source in sources.items()
    }
