"""What people were looking at, remembered by document id outside the document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.settings import Memory, words


@runtime_checkable
class HasView(Protocol):
    """A view, such as the map, that can say and restore what part of it is seen."""

    def view_state(self) -> dict[str, Any]:
        """Plain values."""
        ...

    def restore_view(self, state: dict[str, Any]) -> None:
        """Go back to what ``view_state`` said; unknown values are left out."""
        ...


def save(memory: Memory, session: Session, workspace: str, canvas: object) -> None:
    """Remember selection, folds, lens, scenario, workspace and what part of the map is seen."""
    store = memory.views
    store.beginGroup(session.document.id)
    nodes = session.strategy.all(Node)
    store.setValue("selected", list(session.selected))
    store.setValue("folded", sorted(node_id for node_id in session.folded if node_id in nodes))
    store.setValue("root", session.root or "")
    store.setValue("lens", session.lens)
    store.setValue("scenario", session.scenario or "")
    store.setValue("workspace", workspace)
    for name, value in session.kept.items():
        store.setValue(f"kept/{name}", value)
    if isinstance(canvas, HasView):
        for name, value in canvas.view_state().items():
            store.setValue(f"map/{name}", value)
    store.endGroup()


def fold(memory: Memory, document_id: str, folded: Iterable[str]) -> None:
    """Let a document that is not open yet show these nodes folded."""
    store = memory.views
    store.setValue(f"{document_id}/folded", sorted(folded))
    store.sync()


def workspace(memory: Memory, session: Session) -> str:
    """The name of the workspace that was open; empty when nothing is remembered."""
    return str(memory.views.value(f"{session.document.id}/workspace", ""))


def restore(memory: Memory, session: Session) -> None:
    """Bring back selection, folds, lens and scenario."""
    store = memory.views
    store.beginGroup(session.document.id)
    nodes = session.strategy.all(Node)
    session.set_folded(node_id for node_id in words(store.value("folded")) if node_id in nodes)
    session.set_root(str(store.value("root", "")) or None)
    session.set_lens(str(store.value("lens", session.lens)))
    session.set_scenario(str(store.value("scenario", "")) or None)
    session.select(*words(store.value("selected")))
    store.beginGroup("kept")
    session.kept |= {name: str(store.value(name)) for name in store.childKeys()}
    store.endGroup()
    store.endGroup()


def restore_map(memory: Memory, session: Session, canvas: object) -> bool:
    """Bring back what part of the map was seen; False when nothing is remembered."""
    store = memory.views
    store.beginGroup(f"{session.document.id}/map")
    state = {name: store.value(name) for name in store.childKeys()}
    store.endGroup()
    if not state or not isinstance(canvas, HasView):
        return False
    canvas.restore_view(state)
    return True
