"""What follows an edit and may be seen a moment later: one part for each turn of the event loop, frames in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

SPREAD_FROM = 1000  # nodes; what a smaller map asks for has room in one frame
TURN_S = 0.004  # parts that are done sooner share a turn
FRAME = object()  # what a part returns that asks for a large frame: that one gets a turn without another


class Turns(QObject):
    """A queue of bound methods, each in it once; in small documents they run at once.

    Between two turns with work there is always one without, so that frames and keys come between.
    """

    def __init__(self, size: Callable[[], int], parent: QObject) -> None:
        """``size`` says how many nodes there are."""
        super().__init__(parent)
        self.spread_from = SPREAD_FROM
        self._size = size
        self._waiting: list[Callable[[], object]] = []
        self._rested = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    @property
    def spread(self) -> bool:
        """Whether the document is so large that work is spread."""
        return self._size() >= self.spread_from

    @property
    def waits(self) -> bool:
        """Whether anything is still to be done."""
        return bool(self._waiting)

    def holds(self, work: Callable[[], object]) -> bool:
        """Whether this is still to be done."""
        return work in self._waiting

    def later(self, work: Callable[[], object], first: bool = False) -> None:
        """Do this in a turn of its own, after what waits or ``first``; a bound method, not of what is gone by then."""
        if not self.spread:
            work()
            return
        if work not in self._waiting:
            self._waiting.insert(0 if first else len(self._waiting), work)
        if not self._timer.isActive():
            self._rested = False
            self._timer.start()

    def finish(self, *works: Callable[[], object]) -> None:
        """Do now what waits: all of it, or only these."""
        while not works and self._waiting:
            self._do(self._waiting[0])
        for work in works:
            if work in self._waiting:
                self._do(work)

    def drop(self) -> None:
        """Do nothing of what waits: the document is closed."""
        self._waiting.clear()

    def _turn(self) -> None:
        if not self._waiting:
            self._timer.stop()
        elif not self._rested:
            self._rested = True
        else:
            self._rested = False
            end = time.perf_counter() + TURN_S
            while self._waiting and time.perf_counter() < end:
                if self._do(self._waiting[0]) is FRAME:
                    break

    def _do(self, work: Callable[[], object]) -> object:
        self._waiting.remove(work)
        owner = cast(Any, work).__self__
        return work() if not isinstance(owner, QObject) or isValid(owner) else None
