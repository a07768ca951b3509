"""A working copy that verbs fill: it reads its own writes and knows what it changed."""

from __future__ import annotations

from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.entities import TABLE_OF, Entity
from prodlead_desktop.domain.strategy import Reader, Strategy, sealed


class Edit(Reader):
    """Changes on the way to becoming one ChangeSet."""

    __slots__ = ("_before", "group", "label")

    def __init__(self, strategy: Strategy, label: str = "", group: str | None = None) -> None:
        super().__init__(strategy.working_copy())
        self._before: dict[tuple[str, str], Entity | None] = {}
        self.label = label
        self.group = group

    def put(self, row: Entity) -> None:
        """Add or replace a row."""
        table = TABLE_OF[type(row)]
        self._before.setdefault((table, row.id), self._rows.tables[table].get(row.id))
        self._rows.put(table, row)

    def remove(self, row: Entity) -> None:
        """Remove exactly this row; see ``removal.remove`` for what hangs on it. KeyError when it is not there."""
        table = TABLE_OF[type(row)]
        self._before.setdefault((table, row.id), self._rows.tables[table][row.id])
        self._rows.remove(table, row.id)

    def result(self) -> tuple[Strategy, ChangeSet]:
        """The new strategy and what changed, each row once; rows that ended as they began are left out."""
        changes = []
        for (table, row_id), before in self._before.items():
            after = self._rows.tables[table].get(row_id)
            if before != after:
                changes.append(Change(table, row_id, before, after))
        strategy = sealed(self._rows)
        self._rows = strategy.working_copy()  # what is put from now on does not reach the value given away
        return strategy, ChangeSet(tuple(changes), self.label, self.group)
