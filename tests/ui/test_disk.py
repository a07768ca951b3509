"""What the window says when the disk fails, and the three ways on."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import small
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from scribe import Scribe

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.store import opening
from prodlead_desktop.ui.closing import LeaveBox
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Notice, Session


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def rename(session: Session, title: str) -> None:
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o1", title)


def disk_notice(window: MainWindow) -> Notice | None:
    assert window.body is not None
    return next((notice for notice in window.body.bar.notices() if notice.key == "disk"), None)


def way(window: MainWindow, words: str) -> None:
    notice = disk_notice(window)
    assert notice is not None
    dict(notice.actions)[words]()


def lose_file(window: MainWindow, qtbot: QtBot) -> tuple[Path, Path]:
    """Move the open file away and wait until the window has noticed; where it was and where it is."""
    session = session_of(window)
    assert session.document.flush()
    path = Path(session.document.path)
    away = path.with_name("moved away")
    os.replace(path, away)
    qtbot.waitUntil(lambda: disk_notice(window) is not None, timeout=8000)
    return path, away


@pytest.fixture
def lost(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[Path, Path]]:
    rename(session_of(window), "on disk")
    path, away = lose_file(window, qtbot)
    yield path, away
    if away.exists():
        os.replace(away, path)
        session_of(window).document.try_again()


def test_every_edit_is_said_to_be_on_disk_only_when_it_is(window: MainWindow, qtbot: QtBot) -> None:
    assert window.body is not None
    label = window.body.bottom.disk
    rename(session_of(window), "Another")
    assert label.words == "Writing…"
    qtbot.waitUntil(lambda: label.words.startswith("All changes on disk · "), timeout=8000)
    assert session_of(window).disk.on_disk == session_of(window).disk.sequence


def test_a_lost_file_is_told_in_red_with_exactly_three_ways(
    window: MainWindow, lost: tuple[Path, Path]
) -> None:
    notice = disk_notice(window)
    assert notice is not None and notice.level == "err"
    assert [words for words, _ in notice.actions] == [
        "Try again",
        "Save a copy elsewhere",
        "Go back to what is on disk",
    ]
    assert window.body is not None and window.body.bottom.disk.words == "Not on disk"


def test_edits_are_refused_in_words_meanwhile(window: MainWindow, lost: tuple[Path, Path]) -> None:
    session = session_of(window)
    before = session.strategy
    session.select("i1")
    assert not window.table.run("edit.delete")
    assert session.strategy == before and window.body is not None
    assert any("paused" in notice.sentence for notice in window.body.bar.notices())


def test_a_title_that_is_being_typed_meanwhile_waits_for_the_disk(window: MainWindow, qtbot: QtBot) -> None:
    session, scribe = session_of(window), Scribe()
    session.select("o1")
    assert window.desk is not None
    window.desk.canvas.setFocus()
    scribe.press(Qt.Key.Key_F2)
    path, away = lose_file(window, qtbot)
    scribe.type(" and more")
    scribe.press(Qt.Key.Key_Return)
    os.replace(away, path)
    way(window, "Try again")
    qtbot.waitUntil(lambda: disk_notice(window) is None, timeout=8000)
    before = session.strategy.get(Node, "o1").title
    scribe.press(Qt.Key.Key_Return)
    assert session.strategy.get(Node, "o1").title == f"{before} and more"


def test_try_again_takes_the_bar_away_when_the_file_is_back(
    window: MainWindow, lost: tuple[Path, Path], qtbot: QtBot
) -> None:
    path, away = lost
    os.replace(away, path)
    way(window, "Try again")
    qtbot.waitUntil(lambda: disk_notice(window) is None, timeout=8000)
    rename(session_of(window), "after")
    assert session_of(window).document.flush()


def test_go_back_reads_what_is_on_disk(window: MainWindow, lost: tuple[Path, Path], qtbot: QtBot) -> None:
    path, away = lost
    os.replace(away, path)
    way(window, "Go back to what is on disk")
    qtbot.waitUntil(lambda: disk_notice(window) is None, timeout=8000)
    assert session_of(window).strategy.get(Node, "o1").title == "on disk"


def test_everything_red_goes_once_the_file_is_back(
    window: MainWindow, lost: tuple[Path, Path], qtbot: QtBot
) -> None:
    assert window.body is not None
    bar = window.body.bar
    way(window, "Go back to what is on disk")
    assert [notice.level for notice in bar.notices()] == ["err", "err"]
    os.replace(lost[1], lost[0])
    way(window, "Try again")
    qtbot.waitUntil(lambda: window.body.bottom.disk.words.startswith("All changes on disk"), timeout=8000)  # type: ignore[union-attr]
    assert bar.notices() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be moved")
def test_a_copy_is_offered_where_a_file_can_be_made(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: (asked.append(Path(given[2]).parent), ("", ""))[1]
    )
    documents, theirs = tmp_path / "documents", tmp_path / "theirs"
    for folder in (documents, theirs):
        folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    Document.create(theirs / "plan.prodlead", small()).close()
    window = program.show_document(Document.open(theirs / "plan.prodlead", read_only=True), None)
    window.table.run("file.copy")
    os.rename(theirs, tmp_path / "elsewhere")
    window.table.run("file.copy")
    assert asked == [theirs, documents]
    documents.rmdir()
    window.table.run("file.copy")
    assert asked[-1] == Path.home()


def test_a_copy_elsewhere_holds_everything(
    window: MainWindow, lost: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.prodlead"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    way(window, "Save a copy elsewhere")
    copy = Document.open(target)
    assert copy.strategy == session_of(window).strategy
    copy.close()


def test_closing_asks_first_and_can_be_insisted_on(
    window: MainWindow, lost: tuple[Path, Path], program: Program
) -> None:
    with contextlib.suppress(ProdleadError):
        rename(session_of(window), "only in memory")
    assert not window.close() and program.windows == [window]
    box = window.findChild(LeaveBox)
    assert box is not None and box.isVisible()
    box.buttons["stay"].click()
    assert program.windows == [window]
    os.replace(lost[1], lost[0])
    assert window.close_anyway() and program.windows == []


def test_a_read_only_document_says_why_and_offers_a_copy(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "locked.prodlead"
    Document.create(path, small()).close()
    window = program.show_document(Document.open(path, read_only=True), None)
    notice = disk_notice(window)
    assert notice is not None and notice.level == "warn"
    assert [words for words, _ in notice.actions] == ["Save a copy"]
    assert window.body is not None and window.body.bottom.disk.words == "Read only"
    session = session_of(window)
    session.select("i1")
    assert not window.table.run("edit.delete")
    assert session.strategy == small()


def test_a_read_only_document_says_so_once_whatever_is_tried(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "locked.prodlead"
    Document.create(path, small()).close()
    window = program.show_document(Document.open(path, read_only=True), None)
    qtbot.waitExposed(window)
    session, body = session_of(window), window.body
    assert body is not None
    before = body.bar.notices()
    session.select("i1")
    assert not window.table.run("edit.delete")
    session.attempt(lambda: rename(session, "Other"))
    assert body.bar.notices() == before and len(before) == 1
    assert body.bar.stressed() == "disk", "what is said already is stressed instead"
    assert not any("Save a copy" in reason for reason in (opening.NOT_WRITABLE, opening.LEFT_OPEN))
    for number in range(3):
        window.tell(Notice(f"Something {number}.", "warn", key=f"some {number}"))
    assert [notice.key for notice in body.bar.notices()] == ["disk", "some 2"]
