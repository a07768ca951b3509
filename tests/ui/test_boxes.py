"""Boxes over the window: what is typed there is kept, one is open at a time, and keys do not act behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Future, SavedView, Scenario, Wish
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.scenarios.futures import FuturesBox
from prodlead_desktop.ui.scenarios.rules import RulesBox
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.views.box import ViewsBox

Key = Qt.Key
Ctrl, Plain = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


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


def boxes(window: MainWindow) -> list[str]:
    return [type(box).__name__ for box in window.findChildren(Popover) if box.isVisible()]


def press(key: Qt.Key, held: Qt.KeyboardModifier = Plain) -> None:
    """Press a key where the keyboard is; without one the window gets it, as from a display."""
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None
    QTest.keyClick(widget, key, held)


def test_another_workspace_closes_the_box_and_keeps_what_is_typed(window: MainWindow) -> None:
    assert window.session is not None and window.body is not None
    typed(open_rules(window).note.editor, "As agreed at noon")  # type: ignore[arg-type]
    press(Key.Key_PageDown, Ctrl)
    assert boxes(window) == [] and window.session.strategy.get(Scenario, "s1").note == "As agreed at noon"
    page = window.body.page(window.body.workspace)
    here = QApplication.focusWidget()
    assert here is not None and (here is page or page.isAncestorOf(here)), "the keyboard is in the workspace"
    open_rules(window)
    press(Key.Key_T, Ctrl)
    assert boxes(window) == [] and window.body.workspace == "bets"


def test_one_box_is_open_at_a_time_and_escape_closes_it(window: MainWindow) -> None:
    assert window.session is not None
    canvas = window.context().canvas
    assert canvas is not None
    canvas.setFocus()
    typed(open_rules(window).budget.editor, "2k")  # type: ignore[arg-type]
    others = ("allocate.futures", "views.save", "map.park", "file.checkpoints", "view.palette", "map.filter")
    for row_id in (*others, "allocate.rules"):
        window.table.run(row_id)
        assert len(boxes(window)) == 1, row_id
    assert window.session.strategy.get(Scenario, "s1").budget == 200_000, "the first was left, not given up"
    press(Key.Key_Escape)
    assert boxes(window) == [] and canvas.hasFocus(), "where the keyboard was before the first box"


def test_escape_closes_a_box_that_lost_the_keyboard(window: MainWindow) -> None:
    open_rules(window)
    here = QApplication.focusWidget()
    assert here is not None
    here.clearFocus()
    press(Key.Key_Escape)
    assert boxes(window) == []


def test_a_key_that_takes_the_keyboard_behind_a_box_closes_it(window: MainWindow) -> None:
    assert window.session is not None
    window.session.select("o1")
    for key, held in ((Key.Key_F3, Plain), (Key.Key_F6, Plain), (Key.Key_F, Ctrl)):
        open_rules(window)
        press(key, held)
        assert boxes(window) == [], key


def test_escape_from_a_menu_gives_the_keyboard_back(window: MainWindow, qtbot: QtBot) -> None:
    canvas, bar = window.context().canvas, window.menuBar()
    assert canvas is not None
    canvas.setFocus()
    for title in bar.actions()[1:3]:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(title).center())
        menu = QApplication.activePopupWidget()
        assert menu is title.menu()
        QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Escape)
        qtbot.waitUntil(lambda: window.focusWidget() is canvas)
        assert QApplication.activePopupWidget() is None
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(bar.actions()[1]).center())
    QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Right)
    QCoreApplication.processEvents()
    assert QApplication.activePopupWidget() is bar.actions()[2].menu(), "from one menu to the next"
    QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Escape)
    qtbot.waitUntil(lambda: window.focusWidget() is canvas)


def test_what_is_refused_moves_nothing_in_its_row_and_is_told_in_full(window: MainWindow) -> None:
    assert window.session is not None
    with window.session.edit("Wish") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.95)
    box = open_rules(window)
    row = box.wishes.rows["o1"]
    stand = (*box.quarters[:4], box.budget, box.at_most, row.title, row.share)
    QCoreApplication.processEvents()
    before = [(part.width(), part.mapTo(window, part.rect().topLeft()).x()) for part in stand]
    for field, words in ((box.quarters[0], "Bad num500"), (box.budget, "Activation80"), (row.share, "-20")):
        typed(field.editor, words)  # type: ignore[arg-type]
        field.commit()
    QCoreApplication.processEvents()
    assert [(part.width(), part.mapTo(window, part.rect().topLeft()).x()) for part in stand] == before
    assert len({field.y() for field in box.quarters[:4]}) == 1 and box.budget.y() == box.at_most.y()
    assert row.title.y() <= row.share.geometry().bottom(), "its name stays beside its field"
    for field in (box.quarters[0], box.budget, row.share):
        told = field.lend_message()
        assert told.isVisible() and told.height() >= told.heightForWidth(told.width())


def test_a_key_of_the_window_does_not_empty_the_field_it_is_pressed_in(window: MainWindow) -> None:
    """On X11 Ctrl+U deletes a line and Ctrl+K what follows; a field that claims the key hides the command."""
    box = open_rules(window)
    for field in (box.budget.editor, box.note.editor):
        field.setFocus()
        for key in (Key.Key_U, Key.Key_K, Key.Key_E):
            asked = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, Ctrl)
            asked.accept()  # as the field would on X11; the platform of tests has other keys
            field.event(asked)
            assert not asked.isAccepted(), "left to the window"
    typed(box.note.editor, "As agreed at noon")  # type: ignore[arg-type]
    press(Key.Key_U, Ctrl)
    assert boxes(window) == ["FuturesBox"] and window.session is not None
    assert window.session.strategy.get(Scenario, "s1").note == "As agreed at noon"
