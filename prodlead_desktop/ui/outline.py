"""The outline dock: a second view of the same tree, in step with the map."""

from __future__ import annotations

from PySide6.QtCore import (
    Signal,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.outline_view import Fresh, OutlineView
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import Panel


class Outline(Panel):
    """Head with a count, and the tree."""

    wanted = Signal(str)  # an action that a key in a title asks for

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("surface", "", parent)
        self._session = session
        self.view = OutlineView(session, self)
        self._count = Label("", "label", "text3")
        head = QHBoxLayout()
        head.setContentsMargins(14, 11, 14, 13)
        head.addWidget(Label("Outline", "table_head", "text2"))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.setMinimumWidth(160)
        self.view.delegate.wanted.connect(self.wanted)
        session.changed.connect(self._on_changes)
        self._say_count()

    def has_focus(self) -> bool:
        """Whether keys go to the outline."""
        return self.view.hasFocus()

    def begin_edit(
        self,
        node_id: str,
        text: str | None = None,
        new: bool = False,
        group: str | None = None,
        back_to: str | None = None,
    ) -> None:
        """Type a title in its row; a ``new`` card that stays empty is withdrawn with its edit ``group``."""
        self._session.reveal(node_id)
        self.view.begin_edit(node_id, text, Fresh(node_id, group, back_to) if new and group else None)

    def set_menu(self, menu: QMenu) -> None:
        """The menu of the right mouse button."""
        self.view.menu = menu

    def _on_changes(self, changes: ChangeSet) -> None:
        if "node" in changes.tables():
            self._say_count()

    def _say_count(self) -> None:
        count = len(self._session.strategy.all(Node))
        self._count.setText("1 node" if count == 1 else f"{numerals.number(count)} nodes")
