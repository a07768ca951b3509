"""Mistakes of ours in every place: one dialog with a report, a log without content, and nothing lost."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import small
from PySide6.QtCore import QEvent, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.crash_dialog import CrashDialog
from prodlead_desktop.ui.faults import taken_from
from prodlead_desktop.ui.log import Log, discreet, path_in
from prodlead_desktop.ui.log_box import LogBox
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program

SECRET = "Acquire Zanzibar"
# The whole program with one edit and then a mistake in one of the places where Python code of ours runs.
BROKEN = """
import sys, threading
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from prodlead_desktop import app
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.crash_dialog import CrashDialog
from prodlead_desktop.ui.program import Program

path, secret = sys.argv[1:]
sys.argv = sys.argv[:1]
places = ["slot", "paintEvent", "QThread", "QRunnable", "thread"]
kept = []

def fail():
    raise ValueError(f"about {secret}")

class Painted(QWidget):
    def paintEvent(self, event):
        fail()

class Thread(QThread):
    def run(self):
        fail()

class Job(QRunnable):
    def run(self):
        fail()

class Teller(QObject):
    told = Signal()

def break_down(place):
    if place == "slot":
        kept.append(Teller())
        kept[-1].told.connect(fail)
        kept[-1].told.emit()
    elif place == "paintEvent":
        kept.append(Painted())
        kept[-1].show()
    elif place == "QThread":
        kept.append(Thread())
        kept[-1].start()
    elif place == "QRunnable":
        kept.append(Job())
        QThreadPool.globalInstance().start(kept[-1])
    else:
        threading.Thread(target=fail).start()

begin = app.begin

def begin_and_break(window, paths, sample):
    begin(window, paths, sample)
    with window.session.edit("Rename") as edit:
        nodes.rename(edit, "o1", secret)
    look, rounds = QTimer(window), []
    kept.append(look)

    def see():
        dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, CrashDialog)]
        dialogs = [each for each in dialogs if each.isVisible()]
        if not rounds:
            break_down(places[0])
        rounds.append(len(dialogs))
        if not dialogs or len(rounds) < 12:
            return
        print(places.pop(0), max(rounds), dialogs[0].report.toPlainText().split("\\n\\n", 1)[1].split())
        rounds.clear()
        for each in kept:
            if isinstance(each, QWidget):
                each.close()
            if isinstance(each, QThread):
                each.wait()
        if places:
            dialogs[0].accept()
        else:
            look.stop()
            dialogs[0].quit_wanted.emit()

    look.timeout.connect(see)
    look.start(20)

app.begin = begin_and_break
sys.exit(app.run_window([path], False))
"""


def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip


def test_a_mistake_anywhere_is_one_dialog_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plan.prodlead"
    Document.create(path, small(), data=tmp_path / "data").close()
    command = [sys.executable, "-c", BROKEN, str(path), SECRET]
    done = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    said = [line.split(" ", 2) for line in done.stdout.splitlines()]
    assert [place for place, *_ in said] == ["slot", "paintEvent", "QThread", "QRunnable", "thread"]
    for place, most, report in said:
        assert most == "1", f"one dialog, never two: {place}"
        assert "ValueError" in report and "'fail'" in report, place
    log = path_in(tmp_path / "data" / "prodlead-desktop").read_text(encoding="utf-8")
    assert log.count("mistake: ValueError") == 5 and "ended with status 0" in log
    for text in (done.stdout, log):
        assert SECRET not in text and "Zanzibar" not in text and str(tmp_path) not in text
    again = Document.open(path, read_only=True, data=tmp_path / "data")
    assert again.strategy.get(Node, "o1").title == SECRET, "the edit before it is on disk"
    again.close()


def test_after_the_process_broke_down_the_next_start_says_so(tmp_path: Path) -> None:
    aborts = (
        "import ctypes, faulthandler, sys; from prodlead_desktop.ui.faults import Faults; from pathlib import Path; "
        "Faults(Path(sys.argv[1])); import os; os.abort()"
    )
    command = [sys.executable, "-c", aborts, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGABRT
    program = """
import sys
from PySide6.QtCore import QTimer
from prodlead_desktop import app
from prodlead_desktop.ui.program import Program

def look(window, *_):
    def see():
        notice = window.start.bar.notices()[0]
        print(notice.level, notice.sentence, [words for words, _ in notice.actions], flush=True)
        notice.actions[0][1]()
        window.program.quit()
    QTimer.singleShot(200, see)

app.begin = look
app.run_window([], False)
"""
    folder = tmp_path / "data" / "prodlead-desktop" / "logs"
    folder.mkdir(parents=True)
    for trace in (tmp_path / "logs").iterdir():
        trace.rename(folder / trace.name)
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False
    )
    assert "warn Prodlead broke down the last time." in done.stdout, done.stderr
    assert "Show the report" in done.stdout and "Show the log" in done.stdout
    log = (folder / "prodlead.log").read_text(encoding="utf-8")
    assert "Fatal Python error: Aborted" in log
    assert [trace.name for trace in folder.glob("fault-*")] == [], "said once, and this run ended well"


def test_a_run_that_ended_well_or_was_killed_leaves_nothing_to_say(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "fault-999999999.txt").write_text("")
    (folder / "fault-other.txt").write_bytes(
        b'\xff\xfe File "/home/me/Secret/prodlead_desktop/app.py", line 1'
    )
    former = taken_from(folder)
    assert "prodlead_desktop/app.py" in former and "Secret" not in former
    assert taken_from(folder) == ""


@pytest.mark.logs("mistake")
def test_while_the_dialog_is_open_more_mistakes_are_only_counted(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    def slip() -> None:
        raise LookupError(SECRET)

    def other() -> None:
        raise OSError(SECRET)

    window.problems.run(slip)
    window.problems.run(other)
    window.problems.run(other)
    dialogs = window.findChildren(CrashDialog)
    assert len(dialogs) == 1 and "2 times more" in dialogs[0].sentence.text()
    dialogs[0].copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "LookupError" in copied and "Prodlead Desktop" in copied and SECRET not in copied
    words = {button.text() for button in dialogs[0].findChildren(QAbstractButton)}
    assert {"Go on", "Save a copy…", "Quit"} <= words
    assert dialogs[0].focusWidget().text() == "Go on"  # type: ignore[attr-defined]
    dialogs[0].accept()
    window.problems.run(slip)
    assert window.body is not None
    assert window.body.bar.notices()[-1].sentence.startswith("That went wrong again.")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [each for each in window.findChildren(CrashDialog) if each.isVisible()]
    window.body.bar.notices()[-1].actions[0][1]()
    shown = [each for each in window.findChildren(CrashDialog) if each.isVisible()]
    assert len(shown) == 1
    shown[0].accept()


@pytest.mark.logs("mistake")
def test_going_on_builds_the_views_anew_and_editing_goes_on(window: MainWindow) -> None:
    assert window.session is not None and window.body is not None
    before = window.session.strategy

    def half_way() -> None:
        assert window.session is not None
        with window.session.edit("Rename") as edit:
            nodes.rename(edit, "o1", SECRET)
            raise ZeroDivisionError

    assert not window.problems.run(half_way)
    assert window.session.strategy == before, "the edit in flight is dropped"
    canvas = window.body.page("map")
    shown = canvas.picture
    window.findChildren(CrashDialog)[0].accept()
    assert canvas.picture is not shown and "o1" in canvas.picture.boxes
    with window.session.edit("Rename") as edit:
        nodes.rename(edit, "o1", "After it")
    assert window.session.strategy.get(Node, "o1").title == "After it"


@pytest.mark.logs(".")
@pytest.mark.qt_no_exception_capture
def test_the_log_never_holds_a_word_of_a_document(tmp_path: Path) -> None:
    log = Log(tmp_path)
    try:
        ours, theirs = logging.getLogger("prodlead_desktop.document"), logging.getLogger("somebody.else")
        ours.warning("no snapshot of %s after %d tries", Path(f"/home/{SECRET}.prodlead"), 3)
        ours.warning("failed: %s", ValueError(SECRET))
        theirs.warning("cannot draw %s", SECRET)
        theirs.warning(f"cannot draw {SECRET}")
        try:
            raise KeyError(SECRET)
        except KeyError:
            ours.exception("again")
        qWarning(f'QFile: cannot open "{SECRET}" or /home/{SECRET.split()[1]}/plan.prodlead now')
    finally:
        log.close()
    text = log.path.read_text(encoding="utf-8")
    assert "no snapshot of … after 3 tries" in text and "failed: ValueError" in text
    assert "somebody.else at test_crashes.py:" in text and "again (KeyError)" in text
    assert "QFile: cannot open “…” or … now" in text
    assert "Zanzibar" not in text and "Acquire" not in text


def test_the_log_rotates(tmp_path: Path) -> None:
    log = Log(tmp_path)
    logger = logging.getLogger("prodlead_desktop.test")
    for _ in range(4500):
        logger.info("x" * 380)
    log.close()
    sizes = sorted(path.stat().st_size for path in log.path.parent.iterdir())
    assert 3 <= len(sizes) <= 4 and sizes[-1] <= 400_000


def test_the_log_is_shown_and_copied(window: MainWindow) -> None:
    path = path_in(window.program.memory.folder)
    path.parent.mkdir(parents=True)
    path.write_text("a line about nothing\n", encoding="utf-8")
    window.table.run("help.log")
    box = window.findChild(LogBox)
    assert box is not None and "a line about nothing" in box.report.toPlainText()
    box.copy.click()
    assert "a line about nothing" in QGuiApplication.clipboard().text()
    box.close()


def test_qt_says_nothing_with_names() -> None:
    assert discreet("Could not load 'C:\\Users\\me\\x.qm'") == "Could not load “…”"
    assert len(discreet("x" * 9_999)) < 500
