"""One thread that brings edits to the disk in order; what cannot be written stays here until the user has chosen."""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from prodlead_desktop.document.status import FAILED, SAVED, WAITING, WRITING, DiskStatus
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError, WriteFailed
from prodlead_desktop.store import faults
from prodlead_desktop.store.reading import CheckpointInfo
from prodlead_desktop.store.store import Entry, Store

T = TypeVar("T")
REST_S = 2.0  # how long nothing must happen before the writer prepares itself for the first edit
RETRY_S = 0.05
EXIT_S = 5.0
ASK_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """Something that must get to the disk."""

    entry: Entry | None = None
    checkpoint: CheckpointInfo | None = None
    strategy: Strategy | None = None

    def run(self, store: Store) -> None:
        """Write it; raises BusyError or WriteFailed."""
        if self.entry is not None:
            store.commit(self.entry)
        elif self.checkpoint is not None and self.strategy is not None:
            store.add_checkpoint(self.checkpoint, self.strategy)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Something that only the connection can answer, in its turn; ``anyway``: at once, even while writing is paused."""

    ask: Callable[[Store], Any]
    answer: Future[Any]
    anyway: bool = False


class Writer:
    """The thread, its queue and the status it reports from its own thread."""

    def __init__(self, store: Store, at: datetime | None = None) -> None:
        self.store = store
        self._state = threading.Condition()
        self._queue: deque[Write | Question] = deque()
        self._status = DiskStatus(SAVED, store.sequence, store.sequence, at)
        self._oldest = store.oldest
        self._writes = 0  # in the queue, the one under way included
        self._problem: ProdleadError | None = None
        self._reported: ProdleadError | None = None  # by somebody else, to be taken over by the thread
        self._resume = False
        self._stopping = False
        self._watchers: tuple[Callable[[DiskStatus], None], ...] = ()
        self._failed: Callable[[], object] | None = None
        self._chores: Callable[[Store], float | None] | None = None
        self._rest_s: float | None = REST_S
        self._thread: threading.Thread | None = None
        atexit.register(self.flush, EXIT_S)  # for a program that ends without closing
        self._start()

    # -- called from the document's thread

    @property
    def status(self) -> DiskStatus:
        """What is on disk now."""
        with self._state:
            return self._status

    @property
    def oldest(self) -> int:
        """The oldest journal row that is kept."""
        with self._state:
            return self._oldest

    def watch(self, watchers: tuple[Callable[[DiskStatus], None], ...]) -> None:
        """Who hears of every new status, from the writer's thread."""
        with self._state:
            self._watchers = watchers

    def attend(self, failed: Callable[[], object], chores: Callable[[Store], float | None]) -> None:
        """What to do in the writer's thread when writing pauses, and when it has had nothing to do for a moment.

        ``chores`` says after how many seconds it wants to be called again; None: not before the next edit.
        """
        with self._state:
            self._failed, self._chores = failed, chores

    def write(self, write: Write) -> None:
        """Queue an entry or a checkpoint."""
        with self._state:
            self._queue.append(write)
            self._writes += 1
            sequence = write.entry.seq if write.entry else self._status.sequence
            state = WRITING if self._status.state == SAVED else self._status.state
            self._status = replace(self._status, sequence=sequence, state=state)
            self._state.notify_all()

    def ask(
        self, question: Callable[[Store], T], anyway: bool = False, timeout_s: float = ASK_TIMEOUT_S
    ) -> T:
        """The answer of the connection, after everything queued before.

        WriteFailed when writing is paused (unless ``anyway``) or when the file stays locked for ``timeout_s``.
        """
        answer: Future[T] = Future()
        with self._state:
            if self._thread is None or not self._thread.is_alive():
                raise self._problem or WriteFailed("The file is not open any more.")
            item = Question(question, answer, anyway)
            if anyway:
                self._queue.appendleft(item)
            else:
                self._queue.append(item)
            self._state.notify_all()
        try:
            return answer.result(timeout_s)
        except TimeoutError:
            answer.cancel()
            raise WriteFailed("The file is in use by another program.", "Try again in a moment.") from None

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything queued is on disk; False after ``timeout_s`` or because of a problem."""
        end = time.monotonic() + timeout_s
        with self._state:
            while self._writes and (self._resume or not self._pauses()):
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._state.wait(left)
            return not self._writes and not self._pauses()

    def report(self, problem: ProdleadError) -> None:
        """Pause because of something seen from outside, such as a file that is gone."""
        with self._state:
            if self._problem is None and self._reported is None:
                self._reported = problem
                self._state.notify_all()

    def try_again(self, problem: ProdleadError | None = None) -> None:
        """Go on writing after a failure, unless a look from outside has found a ``problem`` that lasts."""
        with self._state:
            if self._problem is None:
                return
            self._resume, self._reported = True, problem
            self._state.notify_all()
        self._start()

    def pending(self) -> tuple[Write, ...]:
        """What is not on disk, oldest first."""
        with self._state:
            return tuple(item for item in self._queue if isinstance(item, Write))

    def stop(self) -> None:
        """End the thread after what it is doing now and close the file; what is queued stays in ``pending``."""
        with self._state:
            self._stopping = True
            self._state.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()
        atexit.unregister(self.flush)
        self.store.close()

    # -- the thread

    def _start(self) -> None:
        with self._state:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="prodlead-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        except BaseException:
            self._fail(WriteFailed("Writing stopped because of a fault in Prodlead.", faults.ELSEWHERE))
            raise
        finally:
            with self._state:
                questions = [item for item in self._queue if isinstance(item, Question)]
                self._queue = deque(item for item in self._queue if isinstance(item, Write))
            for question in questions:
                _refuse(question, self._problem)

    def _turn(self) -> bool:
        """One piece of work, or a rest; False ends the thread."""
        with self._state:
            if not self._stopping and not self._has_work():
                self._state.wait(self._rest_s)
            if self._stopping:
                return False
            resumed = self._resume and self._problem is not None
            reported, self._reported, self._resume = self._reported, None, False
            if resumed:
                self._problem = None
            item = self._queue[0] if self._may_work() else None
            rests = self._problem is None and not self._has_work()
        if resumed and reported is None:
            self._move(WRITING if self._writes else SAVED)
        if reported is not None:
            self._fail(reported)
        elif isinstance(item, Question):
            self._answer(item)
        elif isinstance(item, Write):
            self._write(item)
        elif rests and not resumed and self._chores is not None:
            self._rest_s = self._chores(self.store)
        return True

    def _has_work(self) -> bool:
        return self._may_work() or self._reported is not None or self._resume

    def _pauses(self) -> bool:
        return self._problem is not None or self._reported is not None

    def _may_work(self) -> bool:
        if not self._queue:
            return False
        head = self._queue[0]
        return self._problem is None or (isinstance(head, Question) and head.anyway)

    def _answer(self, question: Question) -> None:
        with self._state:
            self._queue.remove(question)
        if not question.answer.set_running_or_notify_cancel():
            return
        try:
            question.answer.set_result(question.ask(self.store))
        except (*faults.UNREADABLE, OSError, ProdleadError) as error:
            question.answer.set_exception(error)

    def _write(self, write: Write) -> None:
        if self._status.state != WAITING:
            self._move(WRITING)
        try:
            write.run(self.store)
        except faults.BusyError:
            self._move(WAITING)
            time.sleep(RETRY_S)
        except ProdleadError as error:
            self._fail(error)
        else:
            self._written(write)

    def _written(self, write: Write) -> None:
        with self._state:
            self._queue.remove(write)
            self._writes -= 1
            self._oldest = self.store.oldest
            self._rest_s = REST_S
            state = WRITING if self._writes else SAVED
            self._status = replace(
                self._status, state=state, on_disk=self.store.sequence, at=datetime.now(UTC), problem=None
            )
            self._state.notify_all()
        self._tell()

    def _fail(self, problem: ProdleadError) -> None:
        with self._state:
            if self._problem is not None:
                return
            self._problem = problem
            refused = [item for item in self._queue if isinstance(item, Question) and not item.anyway]
            self._queue = deque(item for item in self._queue if item not in refused)
        for question in refused:
            _refuse(question, problem)
        try:
            self._move(FAILED, problem)
        finally:
            if self._failed is not None:
                self._failed()

    def _move(self, state: str, problem: ProdleadError | None = None) -> None:
        with self._state:
            if self._status.state == state and self._status.problem is problem:
                return
            self._status = replace(self._status, state=state, problem=problem)
            self._state.notify_all()
        self._tell()

    def _tell(self) -> None:
        with self._state:
            status, watchers = self._status, self._watchers
        for watcher in watchers:
            watcher(status)


def _refuse(question: Question, problem: ProdleadError | None) -> None:
    if question.answer.set_running_or_notify_cancel():
        question.answer.set_exception(problem or WriteFailed("The file is not open any more."))
