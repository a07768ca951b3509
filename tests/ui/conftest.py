"""A running program with its windows, as app.py makes it, with its memory in a folder of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import small
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from prodlead_desktop.app import dress
from prodlead_desktop.document import Document
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory

Show = Callable[[Strategy], MainWindow]


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    dress(qapp)
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)  # a key of the test before is not held any more
    made = Program(memory(tmp_path / "memory"))
    made.appearance.choose("light")
    qapp.focusChanged.connect(made.focus_moved)
    yield made
    qapp.focusChanged.disconnect(made.focus_moved)
    for window in list(made.windows):
        if isValid(window):
            window.close_anyway()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def show(program: Program, qtbot: QtBot, tmp_path: Path) -> Show:
    """Show a strategy in a window that is in front."""

    def shown(strategy: Strategy) -> MainWindow:
        window = program.show_document(Document.create(tmp_path / "strategy.prodlead", strategy), None)
        window.resize(1600, 1000)
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    return shown


@pytest.fixture
def window(show: Show) -> MainWindow:
    """A window on the small strategy."""
    return show(small())


@pytest.fixture
def start(program: Program, qtbot: QtBot) -> MainWindow:
    """A window with the start screen."""
    window = program.new_window()
    window.show()
    qtbot.waitExposed(window)
    return window
