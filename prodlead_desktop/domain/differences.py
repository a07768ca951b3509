"""What lies between two strategies, so that views can follow, a room can see it, and an old state can be made again."""

from __future__ import annotations

from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.strategy import Reader


def differences(before: Reader, after: Reader, label: str = "") -> ChangeSet:
    """The ChangeSet that leads from one to the other, tables in their order."""
    changes = []
    for spec in SPECS:
        old, new = before.all(spec.cls), after.all(spec.cls)
        for row_id in (*old, *(row_id for row_id in new if row_id not in old)):
            if old.get(row_id) != new.get(row_id):
                changes.append(Change(spec.table, row_id, old.get(row_id), new.get(row_id)))
    return ChangeSet(tuple(changes), label)


def make_like(edit: Edit, wanted: Reader) -> int:
    """Make the whole strategy what ``wanted`` is, header included; returns how many rows that touched."""
    changes = differences(edit, wanted)
    for change in changes:
        if change.after is not None:
            edit.put(change.after)
        elif change.before is not None:
            edit.remove(change.before)
    return len(changes.changes)
