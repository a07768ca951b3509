"""The action table: one place per action, one meaning per key, and what happens when an action goes wrong."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from prodlead_desktop import resources
from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.action_table import groups
from prodlead_desktop.ui.crash_dialog import CrashDialog
from prodlead_desktop.ui.keys import key_words
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.menus import MENUS
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.shortcut_sheet import sections

ROWS = [row for group in groups() for row in group.rows]


def actions_below(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        yield action
        below = action.menu()
        if isinstance(below, QMenu):
            yield from actions_below(below)


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def test_every_action_is_in_exactly_one_menu(window: MainWindow) -> None:
    tops = [action.menu() for action in window.menuBar().actions()]
    assert [top.title().replace("&", "") for top in tops if isinstance(top, QMenu)] == list(MENUS)
    named = Counter(
        action.objectName()
        for top in tops
        if isinstance(top, QMenu)
        for action in actions_below(top)
        if action.objectName()
    )
    assert named == Counter(row.id for row in ROWS)


def test_the_bar_has_its_menus_before_there_are_actions_and_one_that_opens_is_full(program: Program) -> None:
    window = program.new_window()
    tops = [action.menu() for action in window.menuBar().actions()]
    assert "table" not in window.__dict__
    assert [top.title().replace("&", "") for top in tops if isinstance(top, QMenu)] == list(MENUS)
    first = tops[0]
    assert isinstance(first, QMenu)
    first.popup(QPoint(0, 0))
    assert "file.open" in {action.objectName() for action in first.actions()}
    first.close()
    window.close_anyway()


def test_no_key_means_two_things_where_both_could_be_meant() -> None:
    """A key of the window works on the map and in the outline too, one of both works in either."""
    used = {
        place: Counter(
            QKeySequence(key).toString() for row in ROWS if row.context in contexts for key in row.keys
        )
        for place, contexts in {
            "on the map": ("window", "tree", "map"),
            "in the outline": ("window", "tree"),
        }.items()
    }
    for place, keys in used.items():
        assert [key for key, count in keys.items() if count > 1] == [], place
        assert "" not in keys, f"a key {place} that Qt does not know"


def test_every_icon_is_there_and_every_title_is_a_sentence_start() -> None:
    for row in ROWS:
        if row.icon:
            assert resources.path("icons", f"{row.icon}.svg").is_file(), row.id
        assert row.title[0].isupper() or row.title[0].isdigit(), row.title
        assert "!" not in row.title


def test_keys_are_written_as_on_the_key_caps() -> None:
    assert key_words("Ctrl+Shift+O") == "Ctrl Shift O"
    assert key_words("Ctrl++") == "Ctrl +"
    assert key_words("Return") == "Enter"
    assert key_words("Ctrl+PgDown") == "Ctrl PgDn"


def test_the_sheet_shows_every_key_of_the_table(window: MainWindow, qtbot: QtBot) -> None:
    shown = " ".join(keys for _, lines in sections() for _, keys in lines)
    for row in ROWS:
        for key in row.keys:
            assert key_words(key) in shown or row.id.startswith("map.level."), key
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = window.shortcut_sheet
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_without_a_document_only_what_needs_none_can_be_done(start: MainWindow) -> None:
    enabled = {row_id for row_id, action in start.table.actions.items() if action.isEnabled()}
    assert {"file.new", "file.open", "file.sample", "file.import", "help.keys", "view.palette"} <= enabled
    assert not {"edit.undo", "file.copy", "map.child", "view.fit", "file.pdf"} & enabled


def test_undo_and_redo_say_what_they_would_do(window: MainWindow) -> None:
    session, table = session_of(window), window.table
    undo, redo = table.actions["edit.undo"], table.actions["edit.redo"]
    assert not undo.isEnabled() and not redo.isEnabled()
    session.select("i1")
    table.run("edit.duplicate")
    assert undo.text() == "Undo Duplicate 1 card" and undo.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not undo.isEnabled() and redo.text() == "Redo Duplicate 1 card"
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert undo.isEnabled() and len(tree.children(session.strategy, "o1")) == 3


def test_delete_says_how_many_went_and_offers_undo(window: MainWindow) -> None:
    session = session_of(window)
    before = session.strategy
    session.select("i1", "o1")
    window.table.run("edit.delete")
    gone = len(before.all(Node)) - len(session.strategy.all(Node))
    assert gone >= 3
    notice = window.toast.notice
    assert notice is not None and notice.sentence == f"Deleted {gone} cards."
    assert session.current is not None, "the keyboard has somewhere to go on from"
    words, undo = notice.actions[0]
    assert words == "Undo"
    undo()
    assert session.strategy == before


def test_a_toast_that_is_pointed_at_stays_until_the_pointer_leaves(window: MainWindow, qtbot: QtBot) -> None:
    toast = window.toast
    toast._timer.setInterval(30)
    window.tell(Notice("“Balanced” is the plan of record.", "ok", (("Undo", lambda: None),), toast=True))
    middle = QPointF(toast.rect().center())
    QApplication.sendEvent(toast, QEnterEvent(middle, middle, QPointF(toast.mapToGlobal(middle.toPoint()))))
    assert not toast._timer.isActive() and toast.isVisible()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not toast.isVisible(), timeout=5000)


def test_a_toast_goes_before_its_undo_would_mean_something_else(window: MainWindow) -> None:
    session = session_of(window)
    session.select("i1")
    window.table.run("edit.delete")
    assert window.toast.isVisible()
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o2", "Something newer")
    assert not window.toast.isVisible()


def test_text_from_the_clipboard_becomes_a_branch_and_back(window: MainWindow) -> None:
    session = session_of(window)
    QGuiApplication.clipboard().setText("Größe\n  first\n  office\n")
    session.select("o2")
    window.table.run("edit.paste")
    added = tree.children(session.strategy, "o2")[-1]
    assert added.title == "Größe"
    assert [node.title for node in tree.children(session.strategy, added.id)] == ["first", "office"]
    session.select(added.id)
    window.table.run("edit.copy")
    assert QGuiApplication.clipboard().text().split() == ["Größe", "first", "office"]


def test_an_empty_clipboard_is_told_in_words(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("")
    assert not window.table.run("edit.paste")
    assert window.body is not None
    assert "no text on the clipboard" in window.body.bar.notices()[-1].sentence


def test_a_kind_that_drops_facts_says_how_many(window: MainWindow) -> None:
    session = session_of(window)
    session.select("i1")
    window.table.run("map.kind.note")
    assert session.strategy.get(Node, "i1").kind == "note"
    notice = window.toast.notice
    assert notice is not None
    assert re.fullmatch(r"Now a note\. \d+ details that a note cannot have were dropped\.", notice.sentence)
    notice.actions[0][1]()
    assert session.strategy.get(Node, "i1").kind == "initiative"


def test_a_date_is_one_detail_when_a_kind_drops_it(window: MainWindow) -> None:
    session = session_of(window)
    with session.edit("Add") as edit:
        added = nodes.add_child(edit, None)
        nodes.set_kind(edit, added, "outcome")
        nodes.set_value(edit, added, "deadline", datetime.date(2027, 6, 30))
        nodes.set_value(edit, added, "deadline_precision", "quarter")
    session.select(added)
    window.table.run("map.kind.initiative")
    notice = window.toast.notice
    assert notice is not None
    assert notice.sentence == "Now an initiative. 1 detail that an initiative cannot have was dropped."


def test_levels_fold_what_lies_deeper(window: MainWindow) -> None:
    session = session_of(window)
    window.table.run("map.level.1")
    tops = {
        node.id for node in tree.children(session.strategy, None) if tree.children(session.strategy, node.id)
    }
    assert session.folded == tops
    window.table.run("map.level.9")
    assert session.folded == frozenset()


def test_moving_works_from_the_outline_with_the_same_keys(window: MainWindow) -> None:
    session = session_of(window)
    assert window.body is not None
    view = window.body.outline.view
    view.setFocus()
    session.select("i2")
    first = [node.id for node in tree.children(session.strategy, "o1")]
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [node.id for node in tree.children(session.strategy, "o1")] == list(reversed(first))
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert session.strategy.get(Node, "i2").parent == session.strategy.get(Node, "o1").parent


def test_bad_input_becomes_a_sentence_in_the_bar(window: MainWindow) -> None:
    def refuse() -> None:
        raise BadInput("That is not a number.", "Type one.")

    assert not window.problems.run(refuse)
    assert window.body is not None
    assert window.body.bar.notices()[-1].sentence == "That is not a number. Type one."
    assert not window.findChildren(CrashDialog)


@pytest.mark.logs("mistake: RuntimeError")
def test_a_mistake_of_ours_becomes_a_report_without_content(window: MainWindow) -> None:
    title = session_of(window).strategy.get(Node, "o1").title

    def break_down() -> None:
        raise RuntimeError(f"secret {title}")

    assert not window.problems.run(break_down)
    dialog = window.findChild(CrashDialog)
    assert dialog is not None and dialog.isVisible()
    report = dialog.report.toPlainText()
    assert "RuntimeError" in report and "test_actions.py" in report and "break_down" in report
    assert title not in report and "secret" not in report
    dialog.close()


@pytest.mark.parametrize("row", ["map.child", "map.sibling", "map.parent"])
def test_adding_leaves_one_undo_step_and_an_open_editor(window: MainWindow, row: str) -> None:
    session = session_of(window)
    session.select("o1")
    before = session.strategy
    window.table.run(row)
    assert len(session.strategy.all(Node)) == len(before.all(Node)) + 1
    canvas = window.context().canvas
    assert getattr(canvas, "editing", None) == session.current
    window.table.run("edit.undo")
    assert session.strategy == before
