"""Long work beside the window: it tells how far it is, stops when asked, and fails in words."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QAbstractButton, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.bottom_bar import JobStrip
from prodlead_desktop.ui.crash_dialog import CrashDialog
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.tasks import Monitor


def strip_of(window: MainWindow) -> JobStrip:
    assert window.body is not None
    strip = window.body.bottom.findChild(JobStrip)
    assert strip is not None
    return strip


def test_the_result_arrives_in_the_windows_thread(window: MainWindow, qtbot: QtBot) -> None:
    threads: dict[str, threading.Thread] = {}

    def work(monitor: Monitor) -> int:
        threads["work"] = threading.current_thread()
        return 42

    results: list[int] = []

    def done(result: int) -> None:
        threads["done"] = threading.current_thread()
        results.append(result)

    window.tasks.run("Counting", work, done)
    qtbot.waitUntil(lambda: results == [42])
    assert threads["done"] is threading.main_thread() is not threads["work"]
    assert window.tasks.jobs == [] and not strip_of(window).isVisible()


def test_progress_is_shown_and_the_cross_stops(window: MainWindow, qtbot: QtBot) -> None:
    go_on, results = threading.Event(), []

    def work(monitor: Monitor) -> str:
        monitor.step(0.25)
        go_on.wait(10)
        monitor.step(0.5)
        return "too late"

    window.tasks.run("Thinking", work, results.append)
    strip = strip_of(window)
    bar = strip.findChild(QProgressBar)
    assert bar is not None and strip.isVisible()
    qtbot.waitUntil(lambda: bar.value() == 250)
    strip.findChildren(QAbstractButton)[0].click()
    go_on.set()
    qtbot.waitUntil(lambda: window.tasks.jobs == [])
    assert results == [] and window.body is not None and window.body.bar.notices() == ()


def test_in_a_narrow_window_nothing_of_the_bottom_bar_lies_on_another(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(window.minimumSize())
    assert window.body is not None
    bar, go = window.body.bottom, threading.Event()
    window.tasks.run("Simulating scenarios", lambda monitor: go.wait(20), lambda _: None)
    strip = strip_of(window)
    qtbot.waitUntil(strip.isVisible)

    def apart() -> bool:
        shown = [part for part in strip.findChildren(QWidget) if part.isVisible()]
        places = sorted((part.geometry().left(), part.geometry().right()) for part in shown)
        return (
            all(left > right for (left, _), (_, right) in zip(places[1:], places, strict=False))
            and strip.geometry().right() < bar.disk.geometry().left()
            and bar.disk.geometry().right() < bar.zoom.geometry().left() <= bar.width()
        )

    try:
        qtbot.waitUntil(apart)
        assert bar.disk.accessibleName().startswith("All changes on disk")
    finally:
        go.set()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_bad_input_in_a_task_is_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    def work(monitor: Monitor) -> None:
        raise BadInput("There is no number in line 3.")

    window.tasks.run("Reading", work, lambda _: None)
    assert window.body is not None
    bar = window.body.bar
    qtbot.waitUntil(lambda: bool(bar.notices()))
    assert bar.notices()[0].sentence == "There is no number in line 3."


@pytest.mark.logs("mistake: KeyError")
def test_a_mistake_in_a_task_is_a_report(window: MainWindow, qtbot: QtBot) -> None:
    def work(monitor: Monitor) -> None:
        raise KeyError("secret title")

    window.tasks.run("Failing", work, lambda _: None)
    qtbot.waitUntil(lambda: window.findChild(CrashDialog) is not None)
    dialog = window.findChild(CrashDialog)
    assert dialog is not None and "KeyError" in dialog.report.toPlainText()
    assert "secret" not in dialog.report.toPlainText()
    dialog.close()


def test_closing_the_window_waits_for_its_threads(window: MainWindow, qtbot: QtBot) -> None:
    def work(monitor: Monitor) -> None:
        while True:
            monitor.step()

    task = window.tasks.run("Endless", work, lambda _: None)
    assert window.close()
    task.wait()
