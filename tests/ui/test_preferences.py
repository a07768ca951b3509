"""Preferences: each works at once in every open window, and after a restart."""

from __future__ import annotations

import datetime
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import sample, small
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.exchange import notations
from prodlead_desktop.ui import opening
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.preferences import EFFECTS
from prodlead_desktop.ui.preferences_box import PreferencesBox
from prodlead_desktop.ui.program import Program

Show = Callable[[Strategy], MainWindow]


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    numerals.write_as(numerals.ENGLISH)
    QLocale.setDefault(QLocale.system())
    for effect in EFFECTS:
        QApplication.setEffectEnabled(effect, False)


def words_in(window: MainWindow) -> list[str]:
    """Every visible text with a digit in it, spoken or shown, and those on the map's cards."""
    assert window.body is not None
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        text = getattr(part, "text", None)
        if isinstance(part, QLabel | QLineEdit) or (
            callable(text) and part.metaObject().className() != "QWidget"
        ):
            found.append(str(text()) if callable(text) else "")
        found.append(part.accessibleName())
    canvas = window.body.page("map")
    found += [card.metric for card in canvas.picture.cards.values()]
    return [words for words in found if any(sign.isdigit() for sign in words)]


def open_box(window: MainWindow) -> PreferencesBox:
    window.table.run("edit.preferences")
    box = window.findChild(PreferencesBox)
    assert box is not None and box.isVisible()
    return box


def choose(combo: object, value: str) -> None:
    assert hasattr(combo, "findData")
    at = combo.findData(value)
    assert at >= 0, value
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_numbers_are_written_and_read_anew_in_every_window_at_once(
    show: Show, program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    first = show(sample())
    second = program.show_document(Document.create(tmp_path / "b.prodlead", sample()), None)
    for window in (first, second):
        assert window.body is not None and window.session is not None
        window.body.fill_inspector()
        window.session.select("o-ttfi")
    box = open_box(first)
    choose(box.numbers, "1.234,5")
    assert "1.234.567,50" in box.numbers.accessibleDescription()
    box.accept()
    for window in (first, second):
        assert window.body is not None
        for workspace in ("map", "allocate"):
            window.body.show_workspace(workspace)
            said = words_in(window)
            assert any("€3,64" in words for words in said)
            english = [words for words in said if re.search(r"\d\.\d{1,2}\s*(M|%)|\d,\d{3}", words)]
            assert english == []
        assert any("1.900 → 3.000" in words for words in words_in(window))
    assert first.body is not None and first.session is not None
    budget = first.body.tools("allocate").budget
    assert budget.text() == "€4.000.000"
    budget.setFocus()
    budget.selectAll()
    QTest.keyClicks(budget, "3,5 M")
    QTest.keyClick(budget, Qt.Key.Key_Return)
    assert first.session.strategy.get(Scenario, first.session.scenario or "").budget == 3_500_000_00
    again = Program(program.memory)
    assert again.preferences.numbers == "1.234,5" and numerals.number(1234.5) == "1.234,5"


def test_the_file_does_not_depend_on_it(show: Show, program: Program, tmp_path: Path) -> None:
    written = {}
    for numbers in ("1,234.5", "1.234,5"):
        program.preferences.set("numbers", numbers)
        path = tmp_path / f"{len(written)}.prodlead"
        document = Document.create(path, sample())
        written[numbers] = document.strategy
        document.close()
        again = Document.open(path, read_only=True)
        assert again.strategy == sample()
        again.close()
    assert written["1,234.5"] == written["1.234,5"]


def test_the_language_speaks_in_dates_and_in_qts_own_dialogs(window: MainWindow, program: Program) -> None:
    box = open_box(window)
    choose(box.language, "de")
    assert "30 Sept 2027" in box.numbers.accessibleDescription()
    assert cancel_button() == "Abbrechen"
    choose(box.language, "en")
    assert cancel_button() == "Cancel"
    assert "30 Sep 2027" in box.numbers.accessibleDescription()
    box.accept()


def test_each_language_has_its_dialogs_and_dates_that_can_be_typed(program: Program) -> None:
    for language in notations.LANGUAGES:
        program.preferences.set("language", language)
        for month in range(1, 13):
            date = datetime.date(2027, month, 28)
            shown = numerals.deadline(date, "day", with_year=True)
            assert numerals.parse_deadline(shown) == (date, "day"), shown
            only_month = numerals.deadline(date, "month", with_year=True)
            assert numerals.parse_deadline(only_month)[0].month == month, only_month
        assert (cancel_button() == "Cancel") == (language == "en"), f"a dead choice: {language}"
        assert notations.called(language)


def cancel_button() -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.buttons()[0].text().replace("&", "")


def test_a_new_strategy_begins_in_the_preferred_currency(
    start: MainWindow, program: Program, tmp_path: Path
) -> None:
    box = open_box(start)
    choose(box.currency, "CHF")
    box.accept()
    shown = opening.new_at(start, tmp_path / "new.prodlead")
    assert shown.session is not None and shown.session.strategy.header.currency == "CHF"
    assert Program(program.memory).preferences.new_currency == "CHF"


def test_theme_and_motion_work_at_once(window: MainWindow, program: Program) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(PreferencesBox)
    assert box is not None and box.isVisible()
    box.theme.changed.emit("dark")
    assert program.appearance.theme.dark
    box.motion.changed.emit("on")
    assert QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    box.motion.changed.emit("off")
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    assert Program(program.memory).preferences.motion == "off"
    box.accept()


def test_another_size_waits_while_something_is_not_on_disk(
    window: MainWindow, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prodlead_desktop.ui import program as module

    monkeypatch.setattr(module, "is_safe", lambda session: False)
    with pytest.raises(ProdleadError, match="Not everything is on disk"):
        program.reopen()
    assert program.windows == [window] and program.again is None


def test_another_size_starts_the_program_anew_with_the_same_files(tmp_path: Path) -> None:
    path = tmp_path / "plan of ours.prodlead"
    Document.create(path, small()).close()
    program = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from prodlead_desktop import app
begin = app.begin
def resize(window, paths, sample):
    begin(window, paths, sample)
    def choose():
        window.table.run("edit.preferences")
        from prodlead_desktop.ui.preferences_box import PreferencesBox
        window.findChild(PreferencesBox).size_.changed.emit("150")
    QTimer.singleShot(100, choose)
app.begin = resize
sys.exit(app.run_window(sys.argv[1:], False))
"""
    there = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    there["SAYS_SIZE"] = str(tmp_path / "said")
    spy = tmp_path / "spy"
    spy.mkdir()
    # The program that it becomes loads this first and says how big it came to be.
    (spy / "sitecustomize.py").write_text(
        "import os, sys, threading, time\n"
        "def look():\n"
        "    for _ in range(600):\n"
        "        time.sleep(0.05)\n"
        "        gui = sys.modules.get('PySide6.QtWidgets')\n"
        "        app = gui.QApplication.instance() if gui else None\n"
        "        if app and any(w.isWindow() and w.isVisible() and type(w).__name__ == 'PreferencesBox'\n"
        "                       for w in app.topLevelWidgets()) and '--' in sys.orig_argv:\n"
        "            titles = [w.windowTitle() for w in app.topLevelWidgets() if w.isVisible()]\n"
        "            open(os.environ['SAYS_SIZE'] + '.tmp', 'w').write(\n"
        "                f\"{app.devicePixelRatio()} {os.environ.get('QT_SCALE_FACTOR')} {titles}\")\n"
        "            os.replace(os.environ['SAYS_SIZE'] + '.tmp', os.environ['SAYS_SIZE'])\n"
        "            return\n"
        "threading.Thread(target=look, daemon=True).start()\n",
        encoding="utf-8",
    )
    there["PYTHONPATH"] = str(spy)
    running = subprocess.Popen([sys.executable, "-c", program, str(path)], env=there, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    said = Path(there["SAYS_SIZE"])
    while not said.exists() and time.monotonic() < end:
        assert running.poll() is None, running.communicate()[1]
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 0
    ratio, scale, titles = said.read_text().split(" ", 2)
    assert float(ratio) == 1.5 and scale == "None", "and what it starts does not inherit it"
    assert "Preferences" in titles and "– Prodlead" in titles


def test_with_motion_the_map_glides_and_without_it_jumps(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    assert window.body is not None
    canvas = window.body.page("map")
    size = canvas.viewport().size()
    for motion in ("off", "on"):
        program.preferences.set("motion", motion)
        canvas.fit()
        canvas.grab()
        qtbot.waitUntil(lambda: not canvas._frame.glide.runs)
        before = canvas.camera
        window.table.run("view.in")
        after = canvas.camera
        assert after.zoom > before.zoom, "for keys and clicks it is there at once"
        glide = canvas._frame.glide
        assert glide.runs == (motion == "on")
        painted = glide.at(after, size)
        assert (painted == after) == (motion == "off") and before.zoom <= painted.zoom <= after.zoom
        qtbot.waitUntil(lambda glide=glide: not glide.runs)
        assert glide.at(after, size) == after
    window.tell(Notice("Something.", toast=True))
    assert window.toast.isVisible()
    program.preferences.set("motion", "off")
