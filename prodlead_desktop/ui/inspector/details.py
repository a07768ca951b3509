"""Every field of a card that no other page shows, and below them the facts that have no form yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.ui.inspector.facts import Fact, facts_of
from prodlead_desktop.ui.inspector.form import GAP, Form
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.labels import Divider, Label

TITLE_WIDTH = 92


class DetailsPage(QWidget):
    """A form of the remaining fields, then further facts as lines of words."""

    def __init__(
        self, session: Session, kind: Kind, elsewhere: tuple[str, ...] = (), tables: tuple[str, ...] = ()
    ) -> None:
        """``elsewhere`` names the fields and ``tables`` the rows that another page has a form for."""
        super().__init__()
        self._session, self._tables = session, tables
        self.form = Form(session, Node, kind.data)
        names = ("owner", *kind.uses, *(field.name for field in fields.of(kind.data)))
        self.form.add_all(name for name in names if name not in elsewhere)
        self._facts: list[Fact] = []
        self._node: str | None = None
        self._head = Label("Further facts", "table_head", "text2")
        self._grid_at = QWidget()
        self._rule = Divider()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.form, self._rule, self._head, self._grid_at):
            column.addWidget(widget)
        column.addStretch(1)

    def bind(self, node_id: str) -> None:
        """Show another node."""
        self._node = node_id
        self.form.bind(node_id)
        self._show_facts()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet."""
        self.form.refresh(changes)
        self._show_facts()

    def flush(self) -> bool:
        """Write what is typed."""
        return self.form.flush()

    def _show_facts(self) -> None:
        node = self._session.strategy.find(Node, self._node)
        facts = facts_of(self._session.strategy, node, self._tables) if node else []
        for widget in (self._rule, self._head, self._grid_at):
            widget.setVisible(bool(facts))
        if facts == self._facts:
            return
        self._facts = facts
        made = QWidget()
        made.setAccessibleName("Further facts")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, TITLE_WIDTH)
        grid.setColumnStretch(1, 1)
        before = ""
        for at, fact in enumerate(facts):
            grid.addWidget(
                _top(Label(fact.title if fact.title != before else "", "label", "text3", True)), at, 0
            )
            grid.addWidget(_top(Label(fact.words, "label", "text", wrap=True)), at, 1)
            before = fact.title
        self._column.replaceWidget(self._grid_at, made)
        self._grid_at.deleteLater()
        self._grid_at = made
        made.setVisible(bool(facts))


def _top(label: Label) -> Label:
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
