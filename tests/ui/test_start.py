"""The first screen: new, open, sample, import, recent, drop."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import small
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from prodlead_desktop import samples
from prodlead_desktop.document import Document
from prodlead_desktop.domain import interchange, nodes
from prodlead_desktop.domain.currency import set_currency
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Level, Node
from prodlead_desktop.ui import opening
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.start import WAYS


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's documents, in the test's folder."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(opening, "documents_folder", lambda: folder)
    return folder


def say_where(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Answer the next file dialogs as a user would."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def test_the_sample_opens_as_a_real_file_each_time_a_fresh_one(
    start: MainWindow, program: Program, documents: Path
) -> None:
    button = next(
        part for part in start.start.screen.findChildren(QAbstractButton) if part.text() == "Open the sample"
    )
    button.click()
    assert start.session is not None
    assert start.session.strategy == samples.load()
    assert Path(start.session.document.path) == documents / "Prodlead" / "Tidemark 2027.prodlead"
    start.table.run("file.sample")
    assert len(program.windows) == 2
    assert (documents / "Prodlead" / "Tidemark 2027 2.prodlead").is_file()


def test_new_asks_where_and_starts_with_one_empty_card(
    start: MainWindow, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_where(monkeypatch, documents / "Our plan")
    start.table.run("file.new")
    assert start.session is not None and start.body is not None
    assert (documents / "Our plan.prodlead").is_file()
    assert [node.kind for node in start.session.strategy.all(Node).values()] == ["ambition"]
    assert start.session.strategy.header.name == "Our plan"
    assert start.body.page("map").editing == start.session.current


def test_replacing_a_file_only_when_it_can_be_written(start: MainWindow, documents: Path) -> None:
    old = documents / "old.prodlead"
    Document.create(old, small()).close()
    shown = opening.put_at(start, old, samples.load())
    assert shown.session is not None and shown.session.strategy == samples.load()
    assert [path.name for path in documents.iterdir() if "replaced" in path.name] == []


def test_thinking_better_of_it_changes_nothing(start: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    start.table.run("file.new")
    assert start.session is None


def test_json_is_imported_into_a_new_file(
    start: MainWindow, documents: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    source = documents / "plan.json"
    source.write_text(interchange.dumps(small()), encoding="utf-8")
    say_where(monkeypatch, documents / "plan.prodlead")
    start.open_path(source)
    qtbot.waitUntil(lambda: start.session is not None)
    assert start.session is not None and start.session.strategy == small()


@pytest.mark.parametrize(("preferred", "wanted"), [("CHF", "CHF"), ("JPY", "XXX")])
def test_json_without_a_currency_takes_the_preferred_one_if_no_decimal_is_lost(
    start: MainWindow,
    documents: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    preferred: str,
    wanted: str,
) -> None:
    start.program.preferences.set("currency", preferred)
    edit = Edit(small())
    set_currency(edit, "XXX")
    source = documents / "plan.json"
    source.write_text(interchange.dumps(edit.result()[0]), encoding="utf-8")
    say_where(monkeypatch, documents / "plan.prodlead")
    start.open_path(source)
    qtbot.waitUntil(lambda: start.session is not None)
    assert start.session is not None
    strategy = start.session.strategy
    assert strategy.header.currency == wanted
    assert strategy.all(Level) == small().all(Level)


def test_json_that_is_none_is_refused_in_words(start: MainWindow, documents: Path, qtbot: QtBot) -> None:
    source = documents / "plan.json"
    source.write_text('{"format": "something else"}', encoding="utf-8")
    start.open_path(source)
    qtbot.waitUntil(lambda: bool(start.start.bar.notices()))
    assert start.session is None and start.start.bar.notices()[0].level == "err"


def test_a_file_that_is_no_strategy_is_refused_in_words(start: MainWindow, documents: Path) -> None:
    picture = documents / "picture.prodlead"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    start.open_path(picture)
    assert start.session is None
    notice = start.start.bar.notices()[0]
    assert notice.level == "err" and notice.sentence.endswith(".")


def test_what_was_open_is_listed_with_its_map(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    assert window.session is not None
    path = str(window.session.document.path)
    window.session.document.checkpoint("before lunch")
    window.close()
    again = program.new_window()
    again.show()
    row = again.start.screen.rows[0]
    assert row.recent.path == path and "checkpoint “before lunch”" in row.recent.words
    for dark in (False, True):
        program.appearance.choose("dark" if dark else "light")
        image = QImage(str(program.recent.picture(row.recent.id, program.appearance.theme)))
        assert (
            len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})
            > 3
        )
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert again.session is not None and str(again.session.document.path) == path


def test_what_is_open_is_listed_as_it_is_now_even_if_the_program_never_closes(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    before = program.recent.all()[0].nodes
    with session.edit("Add") as edit:
        nodes.add_child(edit, None)
    qtbot.waitUntil(lambda: program.recent.all()[0].nodes == before + 1, timeout=8000)
    qtbot.waitUntil(program.recent.picture(session.document.id, session.theme).exists, timeout=2000)


def test_a_file_that_is_gone_is_not_listed(window: MainWindow, program: Program) -> None:
    assert window.session is not None
    path = Path(window.session.document.path)
    window.close()
    path.unlink()
    assert program.recent.all() == ()


def test_a_dropped_file_opens(start: MainWindow, documents: Path) -> None:
    path = documents / "dropped.prodlead"
    Document.create(path, small()).close()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    start.dropEvent(QDropEvent(QPointF(50, 50), copy, mime, button, Qt.KeyboardModifier.NoModifier))
    assert start.session is not None and start.session.strategy == small()


def test_a_file_that_is_open_is_not_opened_twice(window: MainWindow, program: Program) -> None:
    assert window.session is not None
    window.open_path(window.session.document.path)
    assert program.windows == [window]


def test_the_ways_to_begin_have_the_keys_of_their_actions(start: MainWindow) -> None:
    for row_id, *_, key in WAYS:
        assert start.table.rows[row_id].keys[0] == key
        assert QKeySequence(key).toString() == key
