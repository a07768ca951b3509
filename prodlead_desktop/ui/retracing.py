"""Which cards to look at when a step was taken back or done again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prodlead_desktop.domain import fields, tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import SPECS, Entity, Node, owner_field
from prodlead_desktop.domain.strategy import Strategy

MOST = 200
PLACE = ("order", "side", "nudge_x", "nudge_y")


class Retracing:
    """Remembers where the keyboard was when cards came, so that it is there again when they go."""

    def __init__(self) -> None:
        self._was_on: dict[str, tuple[str, ...]] = {}

    def remember(self, changes: ChangeSet, selected: tuple[str, ...], strategy: Strategy) -> None:
        """Cards came while these were selected."""
        for node_id in _tops(changes, strategy):
            self._was_on[node_id] = selected

    def shown(self, changes: ChangeSet, selected: tuple[str, ...], strategy: Strategy) -> tuple[str, ...]:
        """What to select after a step: what came, else what is selected and was touched, else where one was before.

        Nothing where what is selected may stay: the map is drawn in another way.
        """
        came = _tops(changes, strategy)
        if came:
            return came
        if _only_drawn(changes):
            return ()
        nodes = strategy.all(Node)
        touched = [change for change in changes.changes if change.table == "node"]
        here = tuple(change.id for change in touched if change.id in nodes)
        if not touched:
            here = tuple(one for one in dict.fromkeys(_bearers(changes)) if one in nodes)
        gone = [
            change.before for change in touched if isinstance(change.before, Node) and change.id not in nodes
        ]
        if selected and (gone or set(selected) & set(here)):
            return selected
        for node in gone:
            before = tuple(one for one in self._was_on.get(node.id, ()) if one in nodes)
            if before:
                return before
        above = tuple(node.parent for node in gone if node.parent is not None and node.parent in nodes)
        return above[:1] or here[:MOST]


def _only_drawn(changes: ChangeSet) -> bool:
    """Whether the drawing changed and no card was chosen for it: where the map grows, the sides and places of many."""
    several = sum(change.table == "node" for change in changes.changes) > 1
    for change in changes.changes:
        before, after = change.before, change.after
        if isinstance(before, Node) and isinstance(after, Node):
            placed = {name: getattr(after, name) for name in PLACE}
            if not several or replace(before, **placed) != after:
                return False
        elif change.table != "header":
            return False
    return True


def _bearers(changes: ChangeSet) -> Iterator[str]:
    """The cards that changed facts hang on: levels, effects, links, needs; not what a scenario or a person holds."""
    for change in changes.changes:
        row = change.after or change.before
        field = _BEARER.get(change.table)
        if row is not None and field is not None:
            yield getattr(row, field)


def _bearer(cls: type[Entity]) -> str | None:
    owner = owner_field(cls)
    known = [owner] if owner else [field for field in fields.of(cls) if field.required]
    return next((field.name for field in known if field.ref == "node"), None)


_BEARER = {spec.table: _bearer(spec.cls) for spec in SPECS}


def _tops(changes: ChangeSet, strategy: Strategy) -> tuple[str, ...]:
    """The cards that came, in map order, without those below another one that came; the first `MOST` of many."""
    nodes = strategy.all(Node)
    came = [
        row.id for row in changes.changes if row.table == "node" and row.before is None and row.id in nodes
    ]
    among = set(came)
    tops = [one for one in came if nodes[one].parent not in among][:MOST]
    return tuple(sorted(tops, key=lambda one: tree.place(strategy, one)))
