"""File ▸ Import in a real window: what the box promises is what comes, in one step; what is broken changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import small
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Link, Node
from prodlead_desktop.domain.nodes import add
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui import dropping, settings
from prodlead_desktop.ui.crash_dialog import ReportDialog
from prodlead_desktop.ui.import_box import NEW, TOP, UNDER, ImportBox
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session

Show = Callable[[Strategy], MainWindow]
DATA = Path(__file__).parent.parent / "data" / "import"
MAP = DATA / "rollout.mm"
MOST_MS = 60_000


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def box_of(window: MainWindow) -> ImportBox:
    return window.findChildren(ImportBox)[-1]


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> ImportBox:
    window.open_path(path)
    box = box_of(window)
    ready(box, qtbot)
    return box


def ready(box: ImportBox, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: box.go.isEnabled(), timeout=MOST_MS)


def choose(box: ImportBox, field: str, value: object, qtbot: QtBot) -> None:
    one = getattr(box, field)
    one.set_value(value)
    one.changed.emit(value)
    ready(box, qtbot)


def answer(monkeypatch: pytest.MonkeyPatch, which: str, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, which, lambda *_: (str(path), ""))


def test_a_map_comes_below_the_card_in_one_step(window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    before = session.strategy
    session.select("o2")
    box = opened(window, MAP, qtbot)
    assert (
        box.summary.text()
        == "10 cards on 3 levels: 10 outcomes; 6 notes, 2 cards with tags, 2 links, 1 folded."
    )
    assert box.where.value == UNDER and box.preview.titles() == ["Roll-out 2027"]
    assert "– 1 reminder (first in line 42)" in box.losses.toPlainText()
    assert session.strategy is before, "nothing is made before the button is pressed"
    box.go.click()
    assert not box.isVisible()
    made = session.strategy.get(Node, session.current or "")
    assert (made.title, made.parent) == ("Roll-out 2027", "o2")
    assert (
        len(session.strategy.all(Node)) == len(before.all(Node)) + 10 and len(session.strategy.all(Link)) == 2
    )
    assert [session.strategy.get(Node, node_id).title for node_id in session.folded] == ["First markets"]
    assert window.toast.notice is not None and window.toast.notice.sentence == "Imported 10 cards."
    assert session.document.undo_label == "Import rollout.mm"
    assert window.body is not None
    assert [notice.key for notice in window.body.bar.notices()] == ["import"]
    window.table.run("edit.undo")
    assert session.strategy == before and not window.body.bar.notices()
    window.table.run("edit.redo")
    assert len(session.strategy.all(Node)) == len(before.all(Node)) + 10


def test_what_is_chosen_is_what_comes(window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    session.select("o2")
    box = opened(window, MAP, qtbot)
    choose(box, "where", TOP, qtbot)
    choose(box, "kind", "opportunity", qtbot)
    assert "10 opportunities; " in box.summary.text() and "icons and colours" not in box.losses.toPlainText()
    box.marks.click()
    ready(box, qtbot)
    assert "– 4 icons and colours" in box.losses.toPlainText()
    box.go.click()
    made = session.strategy.get(Node, session.current or "")
    assert (made.kind, made.parent) == ("opportunity", None)
    assert all("yellow" not in node.tags for node in tree.preorder(session.strategy, made.id))


def test_from_the_first_screen_it_becomes_a_strategy_of_its_own(
    start: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, "getOpenFileName", MAP)
    answer(monkeypatch, "getSaveFileName", tmp_path / "made.prodlead")
    start.table.run("file.import")
    box = box_of(start)
    ready(box, qtbot)
    assert box.where.value == NEW
    box.go.click()
    qtbot.waitUntil(lambda: start.session is not None, timeout=MOST_MS)
    session = session_of(start)
    assert (session.strategy.header.name, session.strategy.header.currency) == (
        "Roll-out 2027", start.program.preferences.new_currency,
    )  # fmt: skip
    assert [session.strategy.get(Node, node_id).title for node_id in session.folded] == ["First markets"]
    kept = settings.words(start.program.memory.views.value(f"{session.document.id}/folded"))
    assert set(kept) == set(session.folded)
    assert (tmp_path / "made.prodlead").exists()


def test_by_keys_alone(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    session = session_of(window)
    answer(monkeypatch, "getOpenFileName", DATA / "rollout.md")
    window.table.run("file.import")
    box = box_of(window)
    ready(box, qtbot)
    assert box.isAncestorOf(QApplication.focusWidget())
    for _ in range(12):
        if QApplication.focusWidget() is box.go:
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is box.go
    QTest.keyClick(box.go, Qt.Key.Key_Return)
    assert session.document.undo_label == "Import rollout.md"
    second = opened(window, MAP, qtbot)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not second.isVisible() and session.document.undo_label == "Import rollout.md"


def test_the_report_can_be_read_and_copied_afterwards(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, MAP, qtbot).go.click()
    assert window.body is not None
    notice = next(notice for notice in window.body.bar.notices() if notice.key == "import")
    assert (
        notice.sentence == "From rollout.mm, 6 kinds of details are left out and 7 are taken in another form."
    )
    notice.actions[0][1]()
    dialog = window.findChildren(ReportDialog)[-1]
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert (
        copied.startswith("rollout.mm (Freeplane or FreeMind map)\n10 cards on 3 levels")
        and "1 reminder" in copied
    )
    dialog.accept()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("half.mm", '<map>\n<node TEXT="a">', "ends in the middle, in line 2"),
        (
            "bomb.mm",
            '<!DOCTYPE map [<!ENTITY a "x">]>\n<map><node TEXT="&a;"/></map>',
            "Line 1 .*document type",
        ),
        ("photo.opml", "\x89PNG\r\n", "picture|not sound XML"),
        ("empty.md", "\n\n", "no text"),
    ],
)
def test_a_broken_file_is_said_and_changes_nothing(
    name: str, content: str, words: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    session = session_of(window)
    before, bytes_before = session.strategy, Path(session.document.path).read_bytes()
    (tmp_path / name).write_text(content, encoding="utf-8")
    window.open_path(tmp_path / name)
    assert window.body is not None
    bar = window.body.bar
    qtbot.waitUntil(lambda: bool(bar.notices()), timeout=MOST_MS)
    assert re.search(words, bar.notices()[-1].sentence) and bar.notices()[-1].level == "err"
    qtbot.waitUntil(lambda: not any(box.isVisible() for box in window.findChildren(ImportBox)))
    assert session.strategy is before and Path(session.document.path).read_bytes() == bytes_before


def test_a_refusal_goes_when_a_map_comes_in(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert window.body is not None
    bar = window.body.bar
    (tmp_path / "half.mm").write_text('<map>\n<node TEXT="a">', encoding="utf-8")
    (tmp_path / "whole.mm").write_text('<map>\n<node TEXT="a"/></map>', encoding="utf-8")
    window.open_path(tmp_path / "half.mm")
    qtbot.waitUntil(lambda: bool(bar.notices()), timeout=MOST_MS)
    qtbot.waitUntil(lambda: not any(box.isVisible() for box in window.findChildren(ImportBox)))
    opened(window, tmp_path / "whole.mm", qtbot).take()
    assert window.toast.notice is not None and window.toast.notice.sentence.startswith("Imported ")
    assert bar.notices() == ()


def long_list(path: Path, count: int) -> Path:
    path.write_text("\n".join(f"{'  ' * (n % 6)}line {n}" for n in range(count)), encoding="utf-8")
    return path


def test_reading_can_be_stopped(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    session = session_of(window)
    before = session.strategy
    window.open_path(long_list(tmp_path / "long.txt", 30_000))
    window.tasks.jobs[-1].cancel()
    qtbot.waitUntil(lambda: not window.tasks.jobs, timeout=MOST_MS)
    qtbot.waitUntil(lambda: not any(box.isVisible() for box in window.findChildren(ImportBox)))
    assert session.strategy is before


def test_ten_thousand_nodes_are_one_step(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    session = session_of(window)
    before = session.strategy
    box = opened(window, long_list(tmp_path / "long.txt", 10_000), qtbot)
    assert box.go.text() == "Import 10,000 cards" and box.preview.titles()[-1] == "and 9,700 more"
    box.go.click()
    assert len(session.strategy.all(Node)) == len(before.all(Node)) + 10_000
    session.undo()
    assert session.strategy == before


def test_too_deep_below_a_card_is_said_before(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    edit, parent = Edit(small()), "o2"
    for number in range(490):
        parent = add(edit, "outcome", f"level {number}", parent)
    window = show(edit.result()[0])
    session_of(window).select(parent)
    path = tmp_path / "deep.txt"
    path.write_text("\n".join("\t" * n + "x" for n in range(20)), encoding="utf-8")
    window.open_path(path)
    box = box_of(window)
    qtbot.waitUntil(lambda: "deeper than 500 levels" in box.summary.text(), timeout=MOST_MS)
    assert not box.go.isEnabled()
    choose(box, "where", TOP, qtbot)
    assert box.summary.text().startswith("20 cards on 20 levels")
    box.dismiss()


def test_a_document_that_is_only_read_gets_nothing(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    Document.create(tmp_path / "mine.prodlead", small()).close()
    window = program.show_document(Document.open(tmp_path / "mine.prodlead", read_only=True), None)
    box = opened(window, MAP, qtbot)
    assert box.where.value == NEW
    box.dismiss()


def test_the_decimal_sign_of_a_table_can_be_said(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    session = session_of(window)
    table = tmp_path / "t.csv"
    table.write_text('Title,From\na,"1,234"\n', encoding="utf-8")
    box = opened(window, table, qtbot)
    assert box.decimal.isVisible()
    box.decimal.set_value(",")
    box.decimal.changed.emit(",")
    qtbot.waitUntil(lambda: not window.tasks.jobs, timeout=MOST_MS)
    ready(box, qtbot)
    box.go.click()
    assert session.strategy.get(Node, session.current or "").data.baseline == 1.234


def test_dropped_maps_open_the_box_one_at_a_time(window: MainWindow, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(MAP))])
    dropping.drop(window, mime)
    box = box_of(window)
    ready(box, qtbot)
    box.dismiss()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (MAP, DATA / "old.mm")])
    with pytest.raises(BadInput, match="one after the other"):
        dropping.drop(window, mime)


def test_cells_of_a_spreadsheet_are_pasted_as_outcomes_with_their_numbers(window: MainWindow) -> None:
    session = session_of(window)
    session.select("o2")
    data = QMimeData()
    data.setText("Outcome\tMetric\tFrom\tTo\nFaster\tminutes\t40\t3\nSteady\tdisputes\tmany\t5\n")
    data.setHtml('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table></table></html>')
    QGuiApplication.clipboard().setMimeData(data)
    window.table.run("edit.paste")
    first, second = tree.children(session.strategy, "o2")[-2:]
    assert (first.title, first.data.metric, first.data.baseline, first.data.target) == (
        "Faster",
        "minutes",
        40.0,
        3.0,
    )
    assert (second.data.baseline, second.note) == (None, "From: many")
    assert window.toast.notice is not None
    assert window.toast.notice.sentence == (
        "Pasted 2 cards. 1 baseline could not be read and stands in the note (first in line 3)."
    )
    session.undo()
    assert session.strategy.find(Node, first.id) is None


@pytest.mark.parametrize("field", ["where", "kind", "marks"])
def test_enter_imports_from_any_field(window: MainWindow, qtbot: QtBot, field: str) -> None:
    session = session_of(window)
    box = opened(window, MAP, qtbot)
    here = QApplication.focusWidget()
    assert here is box.where.editor, "that is where the keyboard begins"
    if field != "where":
        getattr(box, field).setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not box.isVisible() and session.document.undo_label == "Import rollout.mm"
