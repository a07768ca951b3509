"""Removing a row with all that hangs on it, decided by the field tables alone."""

from __future__ import annotations

from dataclasses import replace

from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import TABLE_OF, Entity


def remove(edit: Edit, *rows: Entity) -> int:
    """Remove ``rows``; rows that require them or speak of them alone go too, other references to them become
    unknown.

    Returns how many rows were removed in all. Rows that are already gone are passed over.
    """
    waiting = list(rows)
    removed = 0
    while waiting:
        row = waiting.pop()
        table = TABLE_OF[type(row)]
        if edit.find(type(row), row.id) is None:
            continue
        for _, field, referrer in edit.referrers(table, row.id):
            if field.required or field.narrows or field.name == "parent":
                waiting.append(referrer)
            else:
                current = edit.get(type(referrer), referrer.id)
                edit.put(replace(current, **{field.name: None}))  # type: ignore[arg-type]
        edit.remove(edit.get(type(row), row.id))
        removed += 1
    return removed
