"""One open document as the window sees it: signals, selection and view state around the Qt-free Document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPECS, Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.figures.theme import LIGHT, Theme
from prodlead_desktop.ui.looking import Looking
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.retracing import Retracing
from prodlead_desktop.ui.turns import Turns

if TYPE_CHECKING:
    from prodlead_desktop.document import DiskStatus, Document

__all__ = ["Notice", "Session"]

CHECK_FILE_MS = 1000
NOTHING = ChangeSet(())


class Session(Looking):
    """One open document with its selection, folds, lens and active scenario."""

    changed = Signal(object)
    disk_changed = Signal(object)
    notice = Signal(object)
    settled = Signal()  # what a notice was about may be over though nothing changed
    previewed = Signal(object)  # a ChangeSet while a slider is held; None when it was let go
    typing_ends = Signal()  # whoever holds words that are typed outside a form writes them
    leaving = Signal()  # the window closes: what stands on the screen alone goes into the document
    _disk_arrived = Signal(object)

    def __init__(self, document: Document, theme: Theme = LIGHT, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self.document = document
        self.turns = Turns(lambda: len(self.strategy.all(Node)), self)
        self._retracing = Retracing()
        self._preview: Strategy | None = None
        self._ahead = NOTHING  # what leads to the preview
        self._ledger: Ledger | None = None  # of the strategy
        self._ledger_seen: Ledger | None = None  # of the preview
        self._stop = document.subscribe(self._on_changes)
        # The writer thread emits; the queue brings it into the window's thread.
        self._disk_arrived.connect(self.disk_changed, Qt.ConnectionType.QueuedConnection)
        self._stop_disk = document.watch_disk(self._disk_arrived.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_FILE_MS)
        self._timer.timeout.connect(document.check_file)
        self._timer.start()

    # -- what a gesture would do

    @property
    def seen(self) -> Strategy:
        """What bars and ribbons show: the strategy, or what it would become while a slider is held."""
        return self.strategy if self._preview is None else self._preview

    @property
    def ledger(self) -> Ledger | None:
        """The money of the active scenario in what is seen; None without a scenario."""
        scenario, now, kept = self.scenario, self.strategy, self._ledger
        if scenario is None or self.seen.find(Scenario, scenario) is None:
            return None
        if kept is None or kept.strategy is not now or kept.scenario != scenario:
            kept = self._ledger = Ledger(now, scenario)
        if self._preview is None:
            return kept
        ahead = self._ledger_seen
        if ahead is None or ahead.strategy is not self._preview or ahead.scenario != scenario:
            ahead = self._ledger_seen = kept.after(self._preview, self._ahead)
        return ahead

    @property
    def ahead(self) -> ChangeSet:
        """What leads from the strategy to what is seen; nothing while no slider is held."""
        return NOTHING if self._preview is None else self._ahead

    def preview(self, work: Callable[[Edit], object] | None) -> None:
        """Show what ``work`` would do without doing it; None goes back to what is. Raises what ``work`` raises."""
        if work is None:
            if self._preview is not None:
                self._preview = self._ledger_seen = None
                self.previewed.emit(None)
            return
        edit = Edit(self.strategy)
        work(edit)
        self._preview, self._ahead = edit.result()
        self.previewed.emit(self._ahead)

    # -- the document

    @property
    def strategy(self) -> Strategy:
        """Today's strategy."""
        return self.document.strategy

    @property
    def disk(self) -> DiskStatus:
        """What is on disk."""
        return self.document.disk

    @contextmanager
    def edit(self, label: str, group: str | None = None) -> Iterator[Edit]:
        """One edit of the document; raises ProdleadError when it may not be edited."""
        with self.document.edit(label, group=group) as edit:
            yield edit

    def attempt(self, work: Callable[[], object]) -> bool:
        """Run ``work``; a ProdleadError becomes a notice. Says whether it went through."""
        try:
            work()
        except ProdleadError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: ProdleadError) -> None:
        """Tell the user why something was not done."""
        self.notice.emit(Notice.of(error))

    def undo(self) -> None:
        """Step back and show what changed."""
        self._show(self.document.undo())

    def redo(self) -> None:
        """Step forward again and show what changed."""
        self._show(self.document.redo())

    def show_anew(self) -> None:
        """Let every view read the strategy again: numbers are written in another way, or a view lost its way."""
        rows = (next(iter(self.strategy.all(spec.cls).values()), None) for spec in SPECS)
        touched = zip(SPECS, rows, strict=True)
        self._on_changes(
            ChangeSet(tuple(Change(spec.table, row.id, row, row) for spec, row in touched if row is not None))
        )

    def close(self) -> None:
        """Stop listening and close the document; waits for the disk."""
        self._timer.stop()
        self.turns.drop()
        self._stop()
        self._stop_disk()
        self.document.close()

    # -- inside

    def _on_changes(self, changes: ChangeSet) -> None:
        self._preview = self._ledger_seen = None
        nodes = self.strategy.all(Node)
        self._retracing.remember(changes, self._selected, self.strategy)
        kept = tuple(node_id for node_id in self._selected if node_id in nodes)
        shrank, self._selected = kept != self._selected, kept
        self.narrowing.keep(row_id for row_id in changes.ids("node") if row_id in nodes)
        self.changed.emit(changes)
        if shrank:
            self.selection_changed.emit()
        if "scenario" in changes.tables():
            self.scenario_changed.emit()

    def _show(self, changes: ChangeSet | None) -> None:
        if changes is None:
            return
        shown = self._retracing.shown(changes, self._selected, self.strategy)
        for node_id in shown:
            self._uncover(node_id)
        if shown:
            self.select(*shown)
