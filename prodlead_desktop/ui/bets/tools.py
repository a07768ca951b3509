"""What stands above the table of bets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.bets.table import BetsTable
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.search.facets import words_of
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.workspace import BETS
from prodlead_desktop.ui.workspaces.map import ways

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


class BetsTools(Panel):
    """48 px: back to the map, how many bets there are, and another one."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__("surface", "bottom")
        self._session = session
        page = window.body.page(BETS) if window.body is not None else None
        assert isinstance(page, BetsTable)
        self._table = page
        self.setFixedHeight(WINDOW.tool_row)
        self.count = Label("", "label", "text2")
        self.ways = ways(window, BETS)
        add = Button("Add a bet", "outline", "plus")
        add.clicked.connect(self._table.add)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.ways)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(add)
        self._table.rows.modelReset.connect(self._say)
        self._table.rows.rowsInserted.connect(self._say)
        session.changed.connect(lambda _: self._say())
        session.view_changed.connect(self._say)
        self._say()

    def _say(self, *_: object) -> None:
        session, chosen = self._session, self._session.narrowing.filter
        ids = self._table.rows.ids
        kept = sum(node_id not in session.narrowing.matching for node_id in ids)  # see Narrowing.keep
        words = wording.count(len(ids) - kept, "bet")
        if session.root is not None:
            words += " in the branch that is shown"
        if chosen:
            words += f", filtered: {words_of(session.strategy, chosen)}"
        if kept:
            words += f"; {kept:,} more, just worked on"
        self.count.setText(words)
