"""Nothing typed is lost, and the keyboard is where it was: closing, boxes over an open title, steps taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from scribe import Scribe

from prodlead_desktop.document import Document
from prodlead_desktop.domain import effects, nodes, scenarios, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.bets.table import BetsTable
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session

Key = Qt.Key
Place = Callable[[MainWindow], None]
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Typist(Scribe):
    """Between two keys of a person the program has time: rows close their editor in a turn of its own."""

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        super().press(key, modifier)
        QApplication.processEvents()


@pytest.fixture
def session(window: MainWindow) -> Session:
    assert window.session is not None and window.desk is not None
    window.desk.canvas.setFocus()
    return window.session


def on_map(window: MainWindow) -> None:
    assert window.desk is not None
    window.desk.canvas.setFocus()


def reopened(window: MainWindow, program: Program) -> Document:
    path = window.session.document.path if window.session else Path()
    assert window.close()
    QApplication.processEvents()
    return Document.open(path)


def titles(document: Document) -> list[str]:
    found = [node.title for node in tree.preorder(document.strategy)]
    document.close()
    return found


def on_outline(window: MainWindow) -> None:
    assert window.body is not None
    window.body.outline.view.setFocus()


@pytest.mark.parametrize("place", [on_map, on_outline])
def test_a_title_open_while_the_window_closes_is_kept(
    window: MainWindow, session: Session, program: Program, place: Place
) -> None:
    scribe = Typist()
    session.select("o2")
    place(window)
    scribe.press(Key.Key_Tab)
    scribe.type("typed last")
    assert "typed last" in titles(reopened(window, program))


def test_a_renamed_title_open_while_the_window_closes_is_kept(
    window: MainWindow, session: Session, program: Program
) -> None:
    session.select("o2")
    Typist().press(Key.Key_F2)
    Typist().type(" today")
    assert "Trusted numbers today" in titles(reopened(window, program))


def test_a_cell_open_while_the_window_closes_is_kept(
    window: MainWindow, session: Session, program: Program, qtbot: QtBot
) -> None:
    window.table.run("map.table")
    table = window.findChild(BetsTable)
    assert isinstance(table, BetsTable)
    title = next(
        index
        for row in range(table.rows.rowCount())
        if str((index := table.rows.index(row, 0, QModelIndex())).data()) == "Guide"
    )
    table.setFocus()
    table.setCurrentIndex(title)
    QTest.keyClick(table, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("Guided tour")
    assert "Guided tour" in titles(reopened(window, program))


@pytest.mark.parametrize(("key", "held"), [(Key.Key_F, CTRL | SHIFT), (Key.Key_J, CTRL)])
@pytest.mark.parametrize("place", [on_map, on_outline])
def test_a_box_over_an_open_title_gives_the_keyboard_to_what_can_be_seen(
    window: MainWindow,
    session: Session,
    key: Key,
    held: Qt.KeyboardModifier,
    place: Place,
) -> None:
    scribe = Typist()
    session.select("o2")
    place(window)
    scribe.press(Key.Key_Tab)
    scribe.type("First")
    scribe.press(key, held)
    scribe.press(Key.Key_Escape)
    assert scribe.focused().isVisible() and window.isAncestorOf(scribe.focused())
    scribe.press(Key.Key_Return)
    if isinstance(scribe.focused(), QLineEdit) and scribe.focused().property("text") == "First":
        scribe.press(Key.Key_Return)
    scribe.type("Second")
    scribe.press(Key.Key_Return)
    below = [node.title for node in tree.children(session.strategy, "o2")]
    assert below == ["Remember", "First", "Second"]


def test_taking_a_new_card_back_puts_the_keyboard_where_it_was(window: MainWindow, session: Session) -> None:
    scribe = Typist()
    session.select("o1")
    scribe.press(Key.Key_Return)
    scribe.type("Wrong")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_Z, CTRL)
    assert session.selected == ("o1",)
    scribe.press(Key.Key_Return)
    scribe.type("Right")
    scribe.press(Key.Key_Return)
    assert [node.title for node in tree.children(session.strategy, "a")][1] == "Right"
    session.select("i1")
    window.table.run("edit.duplicate")
    window.table.run("edit.undo")
    assert session.selected == ("i1",)
    window.table.run("edit.redo")
    assert [session.strategy.get(Node, one).title for one in session.selected] == ["Guide"]
    assert session.current != "i1"


def test_a_deleted_branch_comes_back_selected_and_a_bulk_edit_keeps_its_cards(
    window: MainWindow, session: Session
) -> None:
    session.select("o1")
    window.table.run("edit.delete")
    window.table.run("edit.undo")
    assert session.selected == ("o1",)
    together = ("i1", "i2", "o2")
    session.select(*together)
    with session.edit("Rename") as edit:
        for one in together:
            nodes.rename(edit, one, "Same")
    session.undo()
    assert session.selected == together
    session.redo()
    session.select("a")
    session.undo()
    assert sorted(session.selected) == sorted(together)


def test_a_number_taken_back_inside_a_folded_branch_is_shown_on_its_card(session: Session) -> None:
    with session.edit("Effect") as edit:
        effects.state(edit, "i1", "o1", p10=4.0)
    session.select("o2")
    session.set_folded(["o1"])
    session.undo()
    assert session.selected == ("i1",)
    assert not session.folded
    session.redo()
    assert session.selected == ("i1",)


def test_an_amount_taken_back_leaves_the_keyboard_on_its_card(session: Session) -> None:
    session.select("o2")
    with session.edit("Fund") as edit:
        scenarios.set_level(edit, "s1", "i2", "l4")
    session.undo()
    assert session.selected == ("o2",)


def test_arrows_in_a_title_stay_in_it(window: MainWindow, session: Session) -> None:
    scribe = Typist()
    session.select("o1")
    scribe.press(Key.Key_Tab)
    scribe.type("Above")
    for key in (Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp):
        scribe.press(key)
    scribe.press(Key.Key_Tab)
    scribe.type("Below")
    scribe.press(Key.Key_Return)
    assert session.current is not None
    above = session.strategy.get(Node, session.current).parent
    assert above is not None and session.strategy.get(Node, above).title == "Above"


def test_ctrl_enter_in_the_outline_leaves_the_new_card_selected(window: MainWindow, session: Session) -> None:
    scribe = Typist()
    session.select("o2")
    on_outline(window)
    scribe.press(Key.Key_Tab)
    scribe.type("One")
    QTest.keyPress(scribe.focused(), Key.Key_Control)
    scribe.press(Key.Key_Return, CTRL)
    QTest.keyRelease(scribe.focused(), Key.Key_Control)
    scribe.type("Two")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_Return)
    scribe.type("Three")
    scribe.press(Key.Key_Return)
    below = [node.title for node in tree.children(session.strategy, "o2")]
    assert below == ["Remember", "One", "Two", "Three"]


@pytest.mark.parametrize("place", [on_map, on_outline])
def test_f2_keeps_the_text_and_goes_on_at_its_end(window: MainWindow, session: Session, place: Place) -> None:
    session.select("o2")
    place(window)
    Typist().press(Key.Key_F2)
    Typist().type(" too")
    Typist().press(Key.Key_Return)
    assert session.strategy.get(Node, "o2").title == "Trusted numbers too"


def test_a_layout_taken_back_leaves_what_is_selected(window: MainWindow, session: Session) -> None:
    assert window.table.run("layout.balanced")
    for selected in (("n1",), ()):
        session.select(*selected)
        for step in (session.undo, session.redo):
            step()
            assert session.selected == selected
    session.select("o1")
    assert window.table.run("layout.nudge.down")
    session.select("n1")
    session.undo()
    assert session.selected == ("o1",), "a branch moved by hand is what the step was about"
