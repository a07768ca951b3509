"""Long work beside the window: one worker thread at a time, with progress, cancel and one broad except."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from prodlead_desktop.errors import Cancelled


class Job(QObject):
    """Something under way that the bottom bar shows: a title, a share done (None = unknown) and a way to stop it."""

    progressed = Signal(object)  # share 0..1 or None
    ended = Signal()

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.share: float | None = None

    def progress(self, share: float | None) -> None:
        """Say how far it is; GUI thread only."""
        self.share = share
        self.progressed.emit(share)

    def cancel(self) -> None:
        """Ask it to stop."""

    def wait(self) -> None:
        """Until nothing of it runs in a thread."""


class Monitor:
    """What the work sees of the window: a place to say how far it is and to learn that it shall stop."""

    def __init__(self, say: Callable[[object], None], stop: threading.Event) -> None:
        self._say, self._stop = say, stop

    def step(self, share: float | None = None) -> None:
        """Report progress; raises Cancelled when the user has stopped the work."""
        if self._stop.is_set():
            raise Cancelled()
        self._say(share)


class Task(Job):
    """Work in a thread of its own; ``done`` gets the result and ``failed`` the error, both in the GUI thread."""

    _said = Signal(object)
    _finished = Signal(object, object)

    def __init__(
        self,
        title: str,
        work: Callable[[Monitor], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._work, self._done, self._failed = work, done, failed
        self._stop = threading.Event()
        self._said.connect(self.progress, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._run,), name=f"task: {title}"
        )  # numbers in its messages are written as in the window

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """The next ``monitor.step`` stops the work."""
        self._stop.set()

    def wait(self) -> None:
        """Until the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            result = self._work(Monitor(self._said.emit, self._stop))
        except Exception as error:  # noqa: BLE001  the task runner
            self._finished.emit(None, error)
        else:
            self._finished.emit((result,), None)

    def _end(self, result: tuple[Any] | None, error: BaseException | None) -> None:
        self._thread.join()
        self.ended.emit()
        if error is not None:
            self._failed(error)
        elif result is not None and not self._stop.is_set():
            self._done(result[0])


class Tasks(QObject):
    """The jobs of one window; the newest is shown."""

    changed = Signal()

    def __init__(self, failed: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self.jobs: list[Job] = []
        self._quiet: list[Task] = []

    def run(
        self, title: str, work: Callable[[Monitor], Any], done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> Task:  # fmt: skip
        """Do ``work(monitor)`` in a thread, then ``done(result)`` here; the window says why it failed."""
        task = Task(title, work, done, failed or self._failed, self)
        self.show(task)
        task.start()
        return task

    def run_quietly(
        self, title: str, work: Callable[[Monitor], Any], done: Callable[[Any], object] = lambda _: None,
        failed: Callable[[BaseException], object] = lambda _: None,
    ) -> Task:  # fmt: skip
        """Do ``work(monitor)`` in a thread without a word in the bottom bar: nobody waits for it."""
        task = Task(title, work, done, failed, self)
        self._quiet.append(task)
        task.ended.connect(lambda: self._quiet.remove(task))
        task.ended.connect(task.deleteLater)
        task.start()
        return task

    def show(self, job: Job) -> None:
        """Show a job until it ends."""
        self.jobs.append(job)
        job.ended.connect(lambda: self._ended(job))
        self.changed.emit()

    def stop_all(self) -> None:
        """Stop everything, for closing the window; waits for threads."""
        for job in [*self.jobs, *self._quiet]:
            job.cancel()
            job.wait()

    def _ended(self, job: Job) -> None:
        self.jobs.remove(job)
        job.deleteLater()
        self.changed.emit()
