"""Boxes over the window: what is typed there is kept, one is open at a time, and keys do not act behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from prodlead_desktop.document import Document
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Future, SavedView, Scenario, Wish
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.scenarios.futures import FuturesBox
from prodlead_desktop.ui.scenarios.rules import RulesBox
from prodlead_desktop.ui.views.box import ViewsBox

Key = Qt.Key


def open_rules(window: MainWindow) -> RulesBox:
    assert window.session is not None
    window.session.set_scenario("s1")
    window.table.run("allocate.rules")
    return window.findChildren(RulesBox)[-1]


def typed(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    """Type instead of what is there, and stay in the field."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def closed(window: MainWindow) -> Strategy:
    """What is in the file after the window was closed with the keyboard still in a field."""
    assert window.session is not None
    path = window.session.document.path
    window.close()
    document = Document.open(path)
    try:
        return document.strategy
    finally:
        document.close()


def test_closing_the_window_keeps_the_wish_that_is_being_typed(window: MainWindow) -> None:
    assert window.session is not None
    with window.session.edit("Wish") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.95)
    typed(open_rules(window).wishes.rows["o1"].share.editor, "77")  # type: ignore[arg-type]
    (wish,) = closed(window).by(Wish, "scenario", "s1")
    assert wish.attainment == 0.77


def test_closing_the_window_keeps_the_note_that_is_being_typed(window: MainWindow) -> None:
    typed(open_rules(window).note.editor, "As agreed at noon")  # type: ignore[arg-type]
    assert closed(window).get(Scenario, "s1").note == "As agreed at noon"


def test_closing_the_window_keeps_the_name_of_a_future(window: MainWindow) -> None:
    window.table.run("allocate.futures")
    box = window.findChildren(FuturesBox)[-1]
    box._add()
    typed(box.name.editor, "A rival gives seats away")  # type: ignore[arg-type]
    assert "A rival gives seats away" in {future.name for future in closed(window).all(Future).values()}


def test_closing_the_window_keeps_the_name_of_a_view(window: MainWindow) -> None:
    window.table.run("views.all")
    box = window.findChildren(ViewsBox)[-1]
    box._add()
    typed(box.name.editor, "Where growth is")  # type: ignore[arg-type]
    assert [view.name for view in closed(window).all(SavedView).values()] == ["Where growth is"]


def test_a_step_back_from_the_menu_takes_back_what_is_being_typed(window: MainWindow) -> None:
    assert window.session is not None
    with window.session.edit("Wish") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.95)
    box = open_rules(window)
    typed(box.budget.editor, "2k")  # type: ignore[arg-type]
    window.table.run("edit.undo")
    assert window.session.strategy.get(Scenario, "s1").budget == 100_000
    assert window.session.document.redo_label == "Change budget" and box.budget.editor.hasFocus()
