"""Saved views: ways of looking at the map that the room comes back to, plays as slides and prints."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodlead_desktop.domain import names, removal, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, SavedView, ViewFold
from prodlead_desktop.domain.strategy import Reader


@dataclass(frozen=True, slots=True)
class Look:
    """What a view remembers: branch, folds, lens, filter, and zoom with the map point in the middle (map units)."""

    root: str | None = None
    folded: frozenset[str] = frozenset()
    lens: str = "structure"
    filter: str = ""
    zoom: float | None = None
    x: float | None = None
    y: float | None = None


def save(edit: Edit, name: str, look: Look) -> str:
    """Add a view behind the others; its name is made unique. Returns its id. BadInput without a name."""
    view = rows.add(edit, SavedView, name=names.unique(name, edit.all(SavedView).values(), "view"))
    update(edit, view, look)
    return view


def update(edit: Edit, view: str, look: Look) -> None:
    """Make a view remember another look."""
    before = edit.get(SavedView, view)
    edit.put(
        replace(
            before,
            root=look.root,
            lens=look.lens,
            filter=look.filter or None,
            zoom=look.zoom,
            x=look.x,
            y=look.y,
        )
    )
    had = {fold.node: fold for fold in edit.by(ViewFold, "view", view)}
    for node, fold in had.items():
        if node not in look.folded:
            edit.remove(fold)
    for node in sorted(look.folded - had.keys()):
        if edit.find(Node, node) is not None:
            rows.add(edit, ViewFold, view=view, node=node)


def look_of(reader: Reader, view: str) -> Look:
    """What a view remembers, without branches that are gone."""
    row = reader.get(SavedView, view)
    folded = frozenset(fold.node for fold in reader.by(ViewFold, "view", view))
    return Look(row.root, folded, row.lens or "structure", row.filter or "", row.zoom, row.x, row.y)


def rename(edit: Edit, view: str, name: str) -> None:
    """Give a view another name, made unique. BadInput without one."""
    others = [row for row in edit.all(SavedView).values() if row.id != view]
    rows.set_value(edit, SavedView, view, "name", names.unique(name, others, "view"))


def remove(edit: Edit, view: str) -> None:
    """Forget a view."""
    removal.remove(edit, edit.get(SavedView, view))


def move(edit: Edit, view: str, step: int) -> None:
    """Put a view so many places later (negative: earlier); at the ends it stays."""
    every = [row.id for row in edit.ordered(SavedView)]
    at = every.index(view)
    to = min(max(at + step, 0), len(every) - 1)
    if to == at:
        return
    orders = [edit.get(SavedView, other).order for other in every]
    every.insert(to, every.pop(at))
    for other, order in zip(every, orders, strict=True):
        row = edit.get(SavedView, other)
        if row.order != order:
            edit.put(replace(row, order=order))


def named(reader: Reader, id_or_name: str) -> SavedView:
    """The view with this id or this unique name; BadInput in words otherwise."""
    return names.find(reader, SavedView, id_or_name, "view")
