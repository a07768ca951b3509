"""The panel at the right of the window: forms for what is selected, or for the strategy when nothing is."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kind as kind_of
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector.bulk import BulkPanel
from prodlead_desktop.ui.inspector.node_panel import NodePanel
from prodlead_desktop.ui.inspector.notes import NotesPage
from prodlead_desktop.ui.inspector.strategy_panel import StrategyPanel
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import tab_order
from prodlead_desktop.ui.style.panels import Panel

SETTLED_MS, PREPARE_MS = 60, 120
ROUND = 16  # pixels seen above and below the field with the keyboard


class Inspector(Panel):
    """336 px wide; one panel per kind, one for several cards, one for the strategy."""

    left = Signal()  # Esc, and where the keyboard came from is no longer there

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("surface", "", parent)
        self._session = session
        self._panels: dict[str, Any] = {}
        self._before: QWidget | None = None  # where the keyboard came from
        self._unseen: list[ChangeSet] = []  # what the panel has not followed yet
        self._stack = QStackedWidget()
        self.setAccessibleName("Inspector")
        self.resize(WINDOW.inspector, 800)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        session.selection_changed.connect(lambda: session.turns.later(self.follow))
        session.scenario_changed.connect(self._refresh)
        session.theme_changed.connect(self._refresh)
        session.changed.connect(self._on_changes)
        session.leaving.connect(self.flush)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self.follow()

    @property
    def panel(self) -> Any:
        """The panel that is shown: NodePanel, BulkPanel or StrategyPanel."""
        return self._stack.currentWidget()

    def follow(self) -> None:
        """Show what is selected now; what is typed elsewhere is written first."""
        before = self._stack.currentWidget()
        selected = self._session.selected
        node = self._session.strategy.find(Node, self._session.current)
        if len(selected) > 1:
            panel = self._panel("several")
        else:
            panel = self._panel(node.kind if node is not None else "")
        if before is not None and before is not panel:
            before.flush()  # type: ignore[attr-defined]
        if len(selected) > 1:
            panel.bind(selected)
        elif node is not None:
            panel.bind(node.id)
        else:
            panel.bind()
        self._stack.setCurrentWidget(panel)

    def first_fields(self) -> QWidget:
        """The page on which the card's own numbers are typed, opened; for a strategy or several cards all of it."""
        self._session.turns.finish(self.follow, self._follow_changes)
        panel = self.panel
        if isinstance(panel, NodePanel):
            return panel.open_first_page()
        return self

    def note_field(self) -> QWidget | None:
        """The field of the card's note, its page opened; None when several or none are selected."""
        self.follow()
        panel = self.panel
        if not isinstance(panel, NodePanel):
            return None
        panel.open_page("notes")
        return cast(QWidget, cast(NotesPage, panel.page("notes")).form.editors["note"].editor)

    def flush(self) -> None:
        """Write what is typed."""
        self.panel.flush()

    def prepare(self) -> None:
        """Make the panels that no card has asked for yet, one now and then, so that no selection waits for its own."""
        missing = [name for name in (*kinds(), "several") if name not in self._panels]
        if missing:
            panel = self._panel(missing[0])
            if isinstance(panel, NodePanel):
                panel.page(panel.page_name)
            QTimer.singleShot(PREPARE_MS, self, self.prepare)

    def _panel(self, name: str) -> Any:
        if name not in self._panels:
            if name == "several":
                made: QWidget = BulkPanel(self._session)
            else:
                made = NodePanel(self._session, kind_of(name)) if name else StrategyPanel(self._session)
            self._panels[name] = made
            self._stack.addWidget(made)
        return self._panels[name]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that took nothing back in a field gives the keyboard back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if getattr(QApplication.focusWidget(), "gave_up", False):
            return
        before = self._before
        if before is not None and isValid(before) and before.isVisible() and before.window() is self.window():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round in the inspector in the order it is seen; F6 and Esc lead out."""
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            return super().focusNextPrevChild(forward)
        return tab_order.go_on(self, forward)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        for wait in (0, SETTLED_MS):  # and once more when a row that was just added has its place
            QTimer.singleShot(wait, now, partial(_into_view, now))
        if before is not None and not self.isAncestorOf(before):
            self._before = before

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def _refresh(self) -> None:
        if self.isVisible():
            self.panel.refresh(None)

    def _on_changes(self, changes: ChangeSet) -> None:
        if self.isVisible():  # else it follows when it is shown
            self._unseen.append(changes)
            self._session.turns.later(self._follow_changes)

    def _follow_changes(self) -> None:
        unseen, self._unseen = self._unseen, []
        if self._session.turns.holds(self.follow):
            return  # then everything is shown anew
        node = self._session.strategy.find(Node, self._session.current)
        wanted = self._panels.get(node.kind if node is not None else "")
        if len(self._session.selected) <= 1 and wanted is not self.panel:
            self.follow()  # the card is another kind now, or gone
        else:
            self.panel.refresh(unseen[0] if len(unseen) == 1 else None)


def _into_view(field: QWidget) -> None:
    """Scroll to what has the keyboard now, but not under a mouse that is pressed on it."""
    if not field.hasFocus() or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return
    above: QWidget | None = field
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        QApplication.sendPostedEvents(
            None, QEvent.Type.LayoutRequest
        )  # else it scrolls no further than it could before
        above.ensureWidgetVisible(field, 0, ROUND)
