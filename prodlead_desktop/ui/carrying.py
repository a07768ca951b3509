"""Branches on their way between places: on the clipboard, dragged within a window, or dragged to another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from prodlead_desktop.domain import branches, nodes, tree
from prodlead_desktop.domain.branches import Arrived
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session

BRANCH = "application/x-prodlead-branch+json"


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut last: its bytes on the clipboard, where it is from, and every row that went with it."""

    branch: bytes
    document: str
    tops: tuple[str, ...]
    gone: ChangeSet


def mime_of(session: Session, ids: Sequence[str]) -> QMimeData:
    """Branches for this program, and as indented text for any other. ``ids`` are in map order, none below another."""
    from prodlead_desktop.domain import outline  # not needed by the first frame

    made = QMimeData()
    text = branches.write(session.strategy, ids, session.document.id)
    made.setData(BRANCH, text.encode())
    made.setText(outline.write(session.strategy, list(ids)))
    return made


def branch_in(mime: QMimeData | None) -> str | None:
    """The branch that was copied or is being dragged; None when it is something else."""
    if mime is None or not mime.hasFormat(BRANCH):
        return None
    try:
        return bytes(mime.data(BRANCH).data()).decode()
    except UnicodeDecodeError:
        raise BadInput(
            "What is on the clipboard is not a branch this program can read.", "Copy it again."
        ) from None


def clipboard_has_cards() -> bool:
    """Whether a paste brings cards rather than words for one title: branches, or more than one line."""
    mime = QGuiApplication.clipboard().mimeData()
    if mime is None or mime.hasFormat(BRANCH):
        return mime is not None
    return len(mime.text().strip().splitlines()) > 1


def tops(session: Session, ids: Sequence[str]) -> list[str]:
    """These nodes from the top of the map down, without those below another one."""
    strategy = session.strategy
    chosen = strategy.all(Node).keys() & set(ids)
    found = [
        node_id
        for node_id in chosen
        if not any(above.id in chosen for above in tree.ancestors(strategy, node_id))
    ]
    return sorted(found, key=lambda node_id: tree.place(strategy, node_id))


def drop(session: Session, text: str, under: str | None, before: str | None, copy: bool) -> None:
    """Move branches of this document, or put a copy of what comes from another one; in one edit."""
    ours = () if copy else branches.tops_of(text, session.document.id, session.strategy)
    if ours:
        label = "Move card" if len(ours) == 1 else f"Move {len(ours)} cards"
        with session.edit(label) as edit:
            nodes.move(edit, ours, under, before)
        session.select(*ours)
        return
    with session.edit("Drop") as edit:
        arrived = branches.paste(edit, text, under, before)
        edit.label = f"Drop {cards(arrived.count)}"
    show(session, "Dropped", arrived)


def show(session: Session, did: str, arrived: Arrived) -> None:
    """Select what came and say how much it was, and what could not come."""
    for node_id in arrived.ids:
        if session.strategy.find(Node, node_id):
            session.reveal(node_id)
    session.select(*arrived.ids)
    left_out = f" Left out: {', '.join(arrived.left_out)}." if arrived.left_out else ""
    sentence = f"{did} {cards(arrived.count)}.{left_out}"
    level = "warn" if left_out else "info"
    session.notice.emit(Notice(sentence, level, (("Undo", session.undo),), toast=not left_out))


def cards(count: int) -> str:
    """ "1 card", "12 cards"."""
    return f"{count:,} card{'' if count == 1 else 's'}"
