"""What the money of an initiative and that of an outcome have in common: figures on top, their fields below."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.ui.inspector.form import GAP, Form
from prodlead_desktop.ui.session import Session


class MoneyPage(QWidget):
    """Figures that follow every edit of `touched` tables, and a form for the fields `shown`."""

    touched: frozenset[str]
    shown: tuple[str, ...]

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self._session = session
        self._node: str | None = None
        self.form = Form(session, Node, kind.data)
        self.form.add_all(self.shown)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def bind(self, node_id: str) -> None:
        """Show another node."""
        self._node = node_id
        self.form.bind(node_id)
        self._show_money()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet."""
        self.form.refresh(changes)
        if changes is None or changes.tables() & self.touched:
            self._show_money()

    def flush(self) -> bool:
        """Write what is typed."""
        return self.form.flush()

    def _show_money(self) -> None:
        """Bring the figures up to date."""
        raise NotImplementedError
