"""Draws made in a thread of their own while the last ones are worked on: numpy lets both run at once."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
DEPTH = 2  # how many wait; besides, one is being made and one worked on


@dataclass(slots=True)
class _End:
    error: BaseException | None = None


class _Ahead(Generic[T]):
    def __init__(self, items: Iterator[T]) -> None:
        self.items, self.stop = items, threading.Event()
        self.waiting: queue.Queue[T | _End] = queue.Queue(DEPTH)
        self.thread = threading.Thread(target=self.fill, name="draws", daemon=True)

    def fill(self) -> None:
        try:
            for item in self.items:
                self.put(item)
                if self.stop.is_set():
                    return
        except BaseException as error:  # noqa: BLE001  raised again where the draws are used
            self.put(_End(error))
        else:
            self.put(_End())

    def put(self, item: T | _End) -> None:
        while not self.stop.is_set():
            try:
                return self.waiting.put(item, timeout=0.05)
            except queue.Full:
                continue


def ahead(items: Iterator[T]) -> Generator[T]:
    """The same items in the same order; what goes wrong while they are made is raised where they are used.

    An item must stay as it is until ``DEPTH`` + 1 more have been made. The thread ends with the iterator.
    """
    made = _Ahead(items)
    made.thread.start()
    try:
        while True:
            item = made.waiting.get()
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        made.stop.set()
        made.thread.join()
