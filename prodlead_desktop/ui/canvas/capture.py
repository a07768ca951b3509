"""Adding a card and typing its title, the same from the map and from the outline."""

from __future__ import annotations

from typing import Protocol

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.ui.session import Session


class TypesTitles(Protocol):
    """A view of the tree in which a title can be typed."""

    def begin_edit(
        self,
        node_id: str,
        text: str | None = None,
        new: bool = False,
        group: str | None = None,
        back_to: str | None = None,
    ) -> None:
        """Type the title of a node."""
        ...


def add_card(
    session: Session, view: TypesTitles, where: str, of: str | None, text: str | None = None
) -> None:
    """Add a card and type its title: "child", "sibling", "before" or "parent" of ``of``.

    Card and title are one gesture: one undo takes back both.
    """

    def work() -> None:
        group = new_id("g")
        with session.edit("Add card", group) as edit:
            added = _added(edit, where, of)
            edit.label = f"Add {kind(edit.get(Node, added).kind).title.lower()}"
        view.begin_edit(added, text, new=True, group=group, back_to=of)

    session.attempt(work)


def _added(edit: Edit, where: str, of: str | None) -> str:
    if of is None or where == "child":
        return nodes.add_child(edit, of)
    if where == "parent":
        return nodes.add_parent(edit, of)
    return nodes.add_sibling(edit, of, before=where == "before")
