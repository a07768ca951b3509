"""A strategy with its file: one edit is one value, one event and one transaction, and nothing else changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from prodlead_desktop.document import checkpoints as marks
from prodlead_desktop.document import copies, steps
from prodlead_desktop.document.care import Care
from prodlead_desktop.document.history import History
from prodlead_desktop.document.status import FAILED, SAVED, DiskStatus
from prodlead_desktop.document.writer import Write, Writer
from prodlead_desktop.domain import invariants
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.differences import differences
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import ProdleadError, WriteFailed
from prodlead_desktop.store import creating, faults, lock
from prodlead_desktop.store.opening import Opened, open_file
from prodlead_desktop.store.places import Places, places
from prodlead_desktop.store.reading import CheckpointInfo
from prodlead_desktop.store.store import Entry, Store

Listener = Callable[[ChangeSet], None]
DiskWatcher = Callable[[DiskStatus], None]
CLOSE_S = 10.0


class Document:
    """One open strategy; used from one thread, which is not the one that writes.

    ``strategy`` is a new value after every edit. ``read_only`` says in words why it may not be edited, or is None.
    """

    def __init__(self, opened: Opened, data: Places) -> None:
        self.path = opened.path
        self.places = data
        self.infos: tuple[CheckpointInfo, ...] = ()
        self.writer: Writer | None = None
        self.read_only: str | None = None
        self.source = opened.source
        self._listeners: list[Listener] = []
        self._watchers: list[DiskWatcher] = []
        self._editing = False
        self._take_in(opened)

    @classmethod
    def create(cls, path: Path | str, strategy: Strategy | None = None, data: Path | None = None) -> Document:
        """Write a new file and open it; WriteFailed when something has that name, or it cannot be written."""
        target = Path(path).absolute()
        creating.create(target, strategy if strategy is not None else empty(), creating.new_document_id())
        return cls.open(target, data=data)

    @classmethod
    def open(cls, path: Path | str, read_only: bool = False, data: Path | None = None) -> Document:
        """Open a file, for writing if it may be; FileRefused in words. ``data``: folder of the application's data."""
        folders = places(data)
        return cls(open_file(Path(path), folders, read_only), folders)

    # -- editing

    @contextmanager
    def edit(self, label: str, group: str | None = None) -> Iterator[Edit]:
        """One change, made whole when the block ends well and not at all else.

        ``group`` is shared by the edits of one gesture. ProdleadError when the document may not be edited now,
        InvariantViolation when the result may not be on disk.
        """
        self._editable()
        self._editing = True
        try:
            edit = Edit(self.strategy, label, group)
            yield edit
            strategy, changes = edit.result()
            if changes:
                invariants.check(changes, strategy)
        finally:
            self._editing = False
        if changes:
            self._move(strategy, "edit", None, changes)

    def require_writable(self) -> None:
        """Raise ProdleadError, in words, when the document may not be edited now."""
        self._editable()

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, None when there is nothing."""
        return self.history.undo_label if self.writer else None

    @property
    def last_step(self) -> int | None:
        """The journal row that undo would take back first, None when there is nothing."""
        return self.history.last if self.writer else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back, None when there is nothing."""
        return self.history.redo_label if self.writer else None

    undo = steps.undo
    redo = steps.redo
    withdraw = steps.withdraw

    # -- listening

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every ChangeSet, after the strategy has moved; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def watch_disk(self, watcher: DiskWatcher) -> Callable[[], None]:
        """Call ``watcher`` with every DiskStatus, in the writer's thread; returns how to stop that."""
        self._watchers.append(watcher)
        self._attach()

        def stop() -> None:
            self._watchers.remove(watcher)
            self._attach()

        return stop

    # -- the disk

    @property
    def disk(self) -> DiskStatus:
        """What is on disk now."""
        return self.writer.status if self.writer else self._last

    def flush(self, timeout_s: float = 10.0) -> bool:
        """Wait until every edit is on disk; False when it is not in time, or writing is paused."""
        return self.writer.flush(timeout_s) if self.writer else self._last.on_disk == self._last.sequence

    def try_again(self) -> None:
        """After a failure: write what is waiting. Fails again, in words, as long as the reason lasts."""
        if self.writer is not None:
            self.writer.try_again(self._seen(self.writer))

    def go_back_to_disk(self) -> ChangeSet:
        """Give up what is only in memory and read the file again; returns what changed.

        FileRefused when there is nothing to go back to: then everything stays as it is, in memory.
        """
        open_file(self.path, self.places, read_only=True)
        before, writer = self.strategy, self.writer
        if writer is not None:
            self._last, self.writer = writer.status, None
            writer.stop()
        self._take_in(open_file(self.path, self.places))
        changes = differences(before, self.strategy, "Go back to what is on disk")
        self._tell(changes)
        return changes

    def check_file(self) -> None:
        """Look (stat only) whether the file is still there and still the same; if not, writing pauses in words."""
        problem = self._seen(self.writer) if self.writer else None
        if self.writer and problem:
            self.writer.report(problem)

    def close(self) -> None:
        """Write what is waiting and let go of the file.

        WriteFailed when that is not possible; then a copy of everything lies where the error says. Closed anyway.
        """
        writer = self.writer
        if writer is None:
            return
        on_disk = writer.flush(CLOSE_S)
        last = writer.status
        writer.stop()
        lost = bool(writer.pending())
        self.writer, self._last, self.read_only = None, last, "It was closed."
        if lost and not on_disk:
            kept = copies.rescue(self)
            where = f"A copy with everything is in {kept}." if kept else "No copy could be written either."
            raise WriteFailed("The last changes could not be written to the file.", where)

    # -- in files of their own

    checkpoint = marks.checkpoint
    checkpoints = marks.checkpoints
    strategy_at = marks.strategy_at
    save_copy = copies.save_copy
    save_copy_to_send = copies.save_copy_to_send

    # -- inside

    def _take_in(self, opened: Opened) -> None:
        loaded = opened.loaded
        at = datetime.fromisoformat(loaded.journal[-1].at) if loaded.journal else None
        self.path, self.source = opened.path, opened.source
        self.id = loaded.meta.document
        self.strategy = loaded.strategy
        self.read_only = opened.read_only
        self.infos = loaded.checkpoints
        self.history = History(loaded.journal)
        self.sequence = loaded.meta.sequence
        self._last = DiskStatus(SAVED, self.sequence, self.sequence, at)
        self.writer = None
        if opened.connection is not None:
            self.writer = Writer(Store.of_opened(opened), at)
            self.writer.attend(lambda: copies.rescue(self), Care(self.places).rest)
            self._attach()

    def _attach(self) -> None:
        if self.writer is not None:
            self.writer.watch(tuple(self._watchers))

    def _seen(self, writer: Writer) -> WriteFailed | None:
        """What a look from outside says against writing into the file."""
        try:
            if lock.identity(self.path) != writer.store.identity:
                return WriteFailed("Another file was put in the place of this one.", faults.ELSEWHERE)
            if self.path.stat().st_size == 0:
                return WriteFailed("Another program has emptied the file.", faults.ELSEWHERE)
        except OSError:
            return WriteFailed("The file was moved, renamed or deleted while it was open.", faults.ELSEWHERE)
        return None

    def _editable(self) -> Writer:
        """The writer, when something may be changed now."""
        if self._editing:
            raise RuntimeError("an edit is under way already")
        if self.writer is None:
            raise ProdleadError(
                self.read_only or "This strategy can only be read.", "Save a copy to change it."
            )
        status = self.writer.status
        if status.state == FAILED:
            what = status.problem.sentence if status.problem else ""
            raise ProdleadError(
                f"Editing is paused: {what}",
                "Try again, save a copy elsewhere, or go back to what is on disk.",
            )
        return self.writer

    def _move(self, strategy: Strategy, kind: str, answers: int | None, changes: ChangeSet) -> None:
        """Make a ChangeSet true: in memory, in the history, on its way to the disk, and for everybody who listens."""
        writer = self._editable()
        self.sequence += 1
        entry = Entry(
            self.sequence, kind, answers, changes, datetime.now(UTC).isoformat(timespec="milliseconds")
        )
        self.strategy = strategy
        self.history.record(entry)
        writer.write(Write(entry))
        self._tell(changes)

    def _tell(self, changes: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(changes)
