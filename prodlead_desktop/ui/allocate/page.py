"""The Allocate workspace: budget, table and where the money arrives; or what has to be done first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.ui import orphan_tray
from prodlead_desktop.ui.allocate.arrangement import Arrangement
from prodlead_desktop.ui.allocate.head import Head
from prodlead_desktop.ui.allocate.map_beside import MapBeside
from prodlead_desktop.ui.allocate.side import Side
from prodlead_desktop.ui.allocate.stepping import Stepping
from prodlead_desktop.ui.allocate.table import AllocateTable
from prodlead_desktop.ui.allocate.why_panel import WhyPanel
from prodlead_desktop.ui.orphan_tray import OrphanTray
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Segments
from prodlead_desktop.ui.style.panels import Card, EmptyState, Rim
from prodlead_desktop.ui.style.roles import speak_as

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps
    from prodlead_desktop.ui.main_window import MainWindow

SIDE = 360
MAP_SHARE = 0.4  # of the page's width
SIDE_FROM = 1000  # a narrower page keeps its room for the table
GAP, EDGE, LOW_EDGE = 16, 12, 8
ROWS_SEEN = 5  # the head gives way for so many
TOUCHED = frozenset(
    "node level allocation scenario pool team band wish effect link future shift dependency reading header".split()
)


class AllocatePage(QWidget):
    """Three states: no scenario, no initiative, or the table."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        speak_as(self, "Grouping")
        self._session, self._window = session, window
        self.head = Head(session)
        self.table = AllocateTable(session)
        self.side = Side(session)
        self.map = MapBeside(session)
        self.why = WhyPanel(session, window.tasks)
        self.tray = OrphanTray()
        self.tray.connect_wanted.connect(partial(orphan_tray.connect, window))
        self.tray.chosen.connect(session.select)
        self._stepping = Stepping(session, window.tasks, self)
        self._stepping.found.connect(self._show_steps)
        self._arrangement = Arrangement.of(session)
        self.switch = Segments(
            (("list", "Where it arrives", "list"), ("map", "Map", "network"), ("why", "Why", "lightbulb")),
            "Beside the table",
        )
        self.switch.changed.connect(lambda side: self._arrangement.set("side", side))
        self.beside = QWidget()
        self._stack = QStackedWidget(
            self
        )  # in no layout: what a slider moves does not lay out the window anew
        self.no_scenario = self._teach_scenario()
        self.no_initiative = self._teach_initiative()
        self._main = self._laid_out()
        for page in (self._main, self.no_scenario, self.no_initiative):
            self._stack.addWidget(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        session.changed.connect(self._on_changes)
        session.scenario_changed.connect(lambda: self.head.show_wishes(()))  # until this one's are known
        session.scenario_changed.connect(self.refresh)
        session.previewed.connect(self._on_preview)
        self._arrangement.changed.connect(self._choose_side)
        self.head.formed.connect(self._space)
        session.theme_changed.connect(self.refresh)
        self.refresh()

    def _laid_out(self) -> QWidget:
        page = QWidget()
        framed = Card(padding=0)
        framed.column.setContentsMargins(1, 1, 1, 1)
        framed.column.addWidget(self.table)
        Rim(framed)
        left = self._left = QVBoxLayout()
        left.setSpacing(EDGE)
        left.addWidget(self.head)
        left.addWidget(framed, 1)
        row = self._row = QHBoxLayout(page)
        row.setContentsMargins(GAP, EDGE, GAP, EDGE)
        row.setSpacing(GAP)
        right = QVBoxLayout(self.beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        right.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.side, 1)
        right.addWidget(self.map, 1)
        right.addWidget(self.why, 1)
        right.addWidget(self.tray)
        row.addLayout(left, 1)
        row.addWidget(self.beside)
        self._choose_side()
        return page

    def _choose_side(self) -> None:
        """Show the list or the map beside the table; the map takes its part of the room."""
        side = self._arrangement.side
        on_map = side == "map"
        self.switch.set(self._arrangement.side)
        self.map.setVisible(on_map)
        self._show_tray()
        self.side.setVisible(side == "list")
        self.why.setVisible(side == "why")
        wide = round(max(SIDE, self.width() * MAP_SHARE)) if on_map else SIDE
        self.beside.setFixedWidth(wide)
        self.beside.setVisible(self.width() >= SIDE_FROM or side == "why")
        if on_map and self.map.isVisible():
            self.map.refresh()

    def _space(self) -> None:
        """Less room between the parts where every row counts."""
        edge = LOW_EDGE if self.head.is_bare else EDGE
        self._row.setContentsMargins(GAP, edge, GAP, edge)
        self._left.setSpacing(edge)

    def explain(self) -> None:
        """Show the reasons beside the table and ask for them."""
        self._arrangement.set("side", "why")
        self.why.ask()

    def _show_steps(self, steps: Steps | None) -> None:
        """What a little more money adds, and what the plan makes of the wishes."""
        self.table.show_steps(steps)
        self.head.show_wishes(() if steps is None else steps.wishes)

    def _on_preview(self, changes: ChangeSet | None) -> None:
        """Follow a slider that is held: budget and what arrives; the table and the map follow by themselves."""
        if self.isVisible():
            self.head.wishes.set_stale(changes is not None)
            self.head.refresh()
            self._show_tray()
            if self.side.isVisible():
                self.side.refresh()

    def _show_tray(self) -> None:
        self.tray.show_for(self._session.ledger if self._arrangement.side == "map" else None)

    def _teach_scenario(self) -> EmptyState:
        return EmptyState(
            "sliders-horizontal",
            "Make the first scenario",
            "A scenario is what the room could choose: a budget, and what each initiative gets of it.",
            ("New scenario", lambda: self._window.table.run("allocate.new")),
            ("open the sample", lambda: self._window.table.run("file.sample")),
        )

    def _teach_initiative(self) -> EmptyState:
        return EmptyState(
            "rocket",
            "Draw the initiatives first",
            "Every initiative on the map is a row here. Hang them below the outcomes they serve.",
            ("Go to Map", self._window.show_map),
            ("open the sample", lambda: self._window.table.run("file.sample")),
        )

    def refresh(self) -> None:
        """Show the active scenario as it is now; a page that is not seen follows when it is shown."""
        strategy = self._session.strategy
        if strategy.find(Scenario, self._session.scenario) is None:
            self._stack.setCurrentWidget(self.no_scenario)
        elif not any(node.kind == "initiative" for node in strategy.all(Node).values()):
            self._stack.setCurrentWidget(self.no_initiative)
        else:
            self._stack.setCurrentWidget(self._main)
            if self.isVisible():
                self.table.refresh()
                self.head.refresh()
                self.side.refresh()
                self.why.refresh()
                if self._stepping.follow():
                    self.head.wishes.set_stale(True)
                self._show_tray()
                if self.map.isVisible():
                    self.map.refresh()

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.tables() & TOUCHED:
            self.refresh()

    def minimumSizeHint(self) -> QSize:
        return self._stack.minimumSizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._stack.currentWidget() is self._main:
            self.table.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack.setGeometry(self.rect())
        self._choose_side()
        self.head.set_room(self.height() - 3 * EDGE - self.table.height_of(ROWS_SEEN))
