"""What lies between two strategies, so that views can follow when the file is read again."""

from __future__ import annotations

from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.strategy import Strategy


def differences(before: Strategy, after: Strategy) -> ChangeSet:
    """The ChangeSet that leads from one to the other."""
    changes = []
    for spec in SPECS:
        old, new = before.all(spec.cls), after.all(spec.cls)
        for row_id in (*old, *(row_id for row_id in new if row_id not in old)):
            if old.get(row_id) != new.get(row_id):
                changes.append(Change(spec.table, row_id, old.get(row_id), new.get(row_id)))
    return ChangeSet(tuple(changes), "Go back to what is on disk")
