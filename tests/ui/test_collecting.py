"""Garbage with widgets and timers in it is never collected by a thread that works beside the window."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.app import dress


class Leaf:
    """Something in a cycle that tells which thread it went in."""

    def __init__(self, gone: list[int]) -> None:
        self.itself, self.gone, self.timer = self, gone, QObject()

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


def test_what_a_closed_window_leaves_is_collected_in_the_thread_of_the_window(
    qapp: QApplication, qtbot: QtBot
) -> None:
    dress(qapp)
    gone: list[int] = []
    heap: list[list[int]] = []

    def work() -> None:
        Leaf(gone)
        heap.extend([k] for k in range(200_000))

    beside = threading.Thread(target=work)
    beside.start()
    beside.join()
    assert not gone
    qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
    assert gone == [threading.get_ident()]
