"""What one edit did: the same value is the event, the undo step and the journal row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from prodlead_desktop.domain.entities import Entity


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; None means that the row does not exist."""

    table: str
    id: str
    before: Entity | None
    after: Entity | None

    def inverted(self) -> Change:
        """The change that undoes this one."""
        return Change(self.table, self.id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The rows one edit changed, each once, with the words the undo menu shows.

    ``group`` is shared by the edits of one gesture, such as typing a title: undo steps over the whole group.
    """

    changes: tuple[Change, ...]
    label: str = ""
    group: str | None = None

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def ids(self, table: str) -> frozenset[str]:
        """The ids of the rows of ``table`` that were put, changed or removed."""
        return frozenset(change.id for change in self.changes if change.table == table)

    def tables(self) -> frozenset[str]:
        """The tables touched."""
        return frozenset(change.table for change in self.changes)

    def inverted(self) -> ChangeSet:
        """The ChangeSet that undoes this one."""
        return replace(self, changes=tuple(change.inverted() for change in reversed(self.changes)))

    def merged_with(self, later: ChangeSet) -> ChangeSet:
        """One ChangeSet with the effect of this one and then ``later``; rows that end as they began drop out."""
        rows: dict[tuple[str, str], Change] = {(c.table, c.id): c for c in self.changes}
        for change in later.changes:
            key = (change.table, change.id)
            first = rows.get(key)
            rows[key] = replace(first, after=change.after) if first else change
        kept = tuple(change for change in rows.values() if change.before != change.after)
        return ChangeSet(kept, self.label or later.label, self.group)
