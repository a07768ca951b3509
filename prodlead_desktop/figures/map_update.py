"""A picture after an edit, at the price of what the edit touched instead of the whole map."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, replace

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain import tree
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.entities import Allocation, Level, Node, Reading
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Source, height_of
from prodlead_desktop.figures.lens import Lens
from prodlead_desktop.figures.map_place import placed
from prodlead_desktop.figures.map_sources import Children, Gather
from prodlead_desktop.figures.map_view import Cards, MapPicture, MapView, lens_of

_EVERYTHING = frozenset({"header"})  # tables that every card reads
_MANY = 500


def retouched(picture: MapPicture, strategy: Strategy, changes: ChangeSet) -> MapPicture | None:
    """The picture with the edit in it and all cards that may be others; None when building it anew is right or cheaper.

    That is so when folded parts or the header changed, and when very much did, as after a paste.
    """
    if len(changes.changes) > _MANY or changes.tables() & _EVERYTHING:
        return None
    moved = [change for change in changes if change.table == "node" and _moves(change)]
    children = _children(picture, strategy, moved) if moved else picture.children
    if children is None:
        return None
    money, paid = _money(picture, strategy, changes)
    stale = _stale(picture, strategy, changes, moved, paid)
    gather = Gather(strategy, picture.view, money, many=len(stale) > 50)
    sources = picture.sources.copy()
    slots, tall = picture.outline.slots, picture.heights
    heights: dict[str, float] = {}
    resized = bool(moved)
    for node in stale:
        if strategy.find(Node, node) is None:
            sources.pop(node, None)
            continue
        sources[node] = source = gather.one(
            node, picture.sources[node].folded if node in picture.sources else 0
        )
        heights[node] = height = height_of(source, picture.fit)
        resized = (
            resized or height != tall[slots[node]] or _place(source) != _place(picture.sources.get(node))
        )
    lens = lens_of(picture.view)
    crossed = "lines" in picture.__dict__ and bool(picture.lines.cross_links)
    same_lines = money is picture.money and not any(_bends(change, crossed, lens) for change in changes)
    return _picture(
        picture,
        strategy,
        children,
        money,
        sources,
        heights,
        stale if resized else None,
        _parents(moved),
        same_lines,
    )


def _picture(
    before: MapPicture,
    strategy: Strategy,
    children: Children,
    money: dict[str, NodeMoney],
    sources: dict[str, Source],
    heights: dict[str, float],
    stale: Collection[str] | None,
    families: Collection[str | None],
    same_lines: bool,
) -> MapPicture:
    """Lay out anew only when a size or the tree changed, by the `stale` cards; share the places otherwise."""
    if stale is not None:
        after = placed(
            strategy, before.view, children, money, before.fit, sources, heights, before, stale, families
        )
    else:
        cards = Cards(sources, before.boxes, before.fit)
        after = replace(before, strategy=strategy, cards=cards, money=money, sources=sources)
        _share(before, after, same_lines)
    before.cards.lend(after.cards)
    return after


def _share(before: MapPicture, after: MapPicture, same_lines: bool) -> None:
    """Hand on what was found in a picture whose cards stand where they stood."""
    shared = ("order", "bounds", "index", *(("lines", "fans", "routes", "pills") if same_lines else ()))
    after.__dict__.update({name: before.__dict__[name] for name in shared if name in before.__dict__})


def foretold(picture: MapPicture, view: MapView) -> MapPicture | None:
    """The picture of the same strategy with other forecasts, which nothing but cards show; None when more differs."""
    if replace(picture.view, forecasts=view.forecasts) != view:
        return None
    had, have = picture.view.forecasts, view.forecasts
    sources = picture.sources.copy()
    for node in {*had, *have} & sources.keys():
        if had.get(node) != have.get(node):
            sources[node] = sources[node]._replace(forecast=have.get(node))
    cards = Cards(sources, picture.boxes, picture.fit)
    after = replace(picture, view=view, cards=cards, sources=sources)
    _share(picture, after, True)
    picture.cards.lend(cards)
    return after


def _bends(change: Change, crossed: bool, lens: Lens) -> bool:
    """Whether a change may alter lines although every card keeps its place; cross-links name units."""
    before, after = change.before, change.after
    if isinstance(before, Node) and isinstance(after, Node):
        shows = lens.line_shows
        return (
            before.kind != after.kind
            or shows(before) != shows(after)
            or (crossed and before.data != after.data)
        )
    return change.table in ("link", "effect", "pool")


def _moves(change: Change) -> bool:
    """Whether the tree is another one after this change of a node."""
    before, after = change.before, change.after
    if not isinstance(before, Node) or not isinstance(after, Node):
        return True
    return before.parent != after.parent or before.order != after.order


def _place(source: Source | None) -> tuple[float, float, str | None]:
    """What a person said about where a card stands."""
    if source is None:
        return 0.0, 0.0, None
    return source.node.nudge_x or 0.0, source.node.nudge_y or 0.0, source.node.side


def _parents(changes: Iterable[Change]) -> set[str | None]:
    """The parents that got or lost a child, or have them in another order."""
    rows = [row for change in changes for row in (change.before, change.after) if isinstance(row, Node)]
    return {row.parent for row in rows}


def _children(picture: MapPicture, strategy: Strategy, moved: list[Change]) -> Children | None:
    """The visible tree after the edit; None when a folded or hidden branch is concerned."""
    view = picture.view
    parents = _parents(moved)
    added = {change.id for change in moved if change.before is None}
    if (
        view.only is not None
        or any(parent in view.folded for parent in parents)
        or any(node in view.folded for node in added)
    ):
        return None
    for parent in parents:
        if parent is None:
            if view.root is not None:
                return None
        elif parent not in picture.sources and parent not in added:
            return None
    children = picture.children.copy()
    for change in moved:
        if change.after is None:
            children.pop(change.id, None)
    for parent in parents:
        if parent is not None and strategy.find(Node, parent) is None:
            continue
        below = tuple(node.id for node in tree.children(strategy, parent))
        if below or parent is None:
            children[parent] = below
        else:
            children.pop(parent, None)
    return children


def _stale(
    picture: MapPicture,
    strategy: Strategy,
    changes: ChangeSet,
    moved: list[Change],
    paid: Collection[str],
) -> set[str]:
    """The ids of cards that may show something else now; all of them are visible or gone."""
    stale = {parent for parent in _parents(moved) if parent is not None}
    added, placed_anew = {c.id for c in moved if c.before is None}, {c.id for c in moved}
    lens = lens_of(picture.view)
    for change in changes:
        stale |= _about(change) if change.table not in lens.tables else _named_by(change)
        if lens.readers is not None and change.table == "node":
            stale.update(lens.readers(strategy, change.id))
    kinds_changed = [change for change in changes if change.table == "node" and change.id not in placed_anew]
    stale |= {parent for parent in _parents(kinds_changed) if parent is not None}
    stale.update(paid)
    return {node for node in stale if node in picture.sources or node in added}


def _about(change: Change) -> set[str]:
    """The nodes whose cards read the changed row."""
    found: set[str] = set()
    for row in (change.before, change.after):
        if isinstance(row, Node):
            found.add(row.id)
        elif isinstance(row, Reading):
            found.add(row.node)
        elif isinstance(row, (Level, Allocation)):
            found.add(row.initiative)
    return found


def _named_by(change: Change) -> set[str]:
    """The nodes that a row names, before or after."""
    rows = [row for row in (change.before, change.after) if row is not None]
    values = {getattr(row, item.name) for row in rows for item in fields(row) if item.name != "id"}
    return {value for value in values if isinstance(value, str)}


def _money(
    picture: MapPicture, strategy: Strategy, changes: ChangeSet
) -> tuple[dict[str, NodeMoney], Collection[str]]:
    """The money at and below every node after the edit, and whose is another; the same object when none can be."""
    scenario = picture.view.scenario
    paying = [change for change in changes if _pays(change)]
    if scenario is None or not paying:
        return picture.money, ()
    touched: set[str] = set()
    for row in (row for change in paying for row in (change.before, change.after)):
        if isinstance(row, Node):
            touched.update((row.id, row.parent) if row.parent is not None else (row.id,))
        elif isinstance(row, Level) or (isinstance(row, Allocation) and row.scenario == scenario):
            touched.add(row.initiative)
    money, paid = capital.by_node_after(picture.money, strategy, scenario, touched)
    return (money, paid) if paid else (picture.money, ())


def _pays(change: Change) -> bool:
    """Whether a change may move money: what is given, what it costs, whose pool it is, where it hangs."""
    if change.table in ("level", "allocation"):
        return True
    before, after = change.before, change.after
    if change.table != "node":
        return False
    if not isinstance(before, Node) or not isinstance(after, Node):
        return True
    if (before.parent, before.kind, before.pool) != (after.parent, after.kind, after.pool):
        return True
    return isinstance(after.data, InitiativeData) and before.data != after.data
