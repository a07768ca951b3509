"""The free words about a card: its note and its tags."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.ui.inspector.form import Form
from prodlead_desktop.ui.session import Session

LINES = 8


class NotesPage(QWidget):
    """A note over as many lines as it needs, and tags."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self.form = Form(session, Node, kind.data)
        self.form.add("note", placeholder="What should be remembered about this card", lines=LINES)
        self.form.editors["note"].editor.setObjectName("card note")
        self.form.add("tags")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)

    def bind(self, node_id: str) -> None:
        """Show another node."""
        self.form.bind(node_id)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet."""
        self.form.refresh(changes)

    def flush(self) -> bool:
        """Write what is typed."""
        return self.form.flush()
