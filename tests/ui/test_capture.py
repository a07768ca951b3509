"""Capture at the speed of talk: sessions by keys alone, with and without an input method, on the real window."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from builders import many, small
from conftest import Shot
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from scribe import Composer, Scribe

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node, ParkedRemark
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.search.bars import bars_of
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import IconButton

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Show = Callable[[Strategy], MainWindow]


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def canvas_of(window: MainWindow) -> MapCanvas:
    canvas = window.context().canvas
    assert isinstance(canvas, MapCanvas)
    return canvas


def titles(window: MainWindow, under: str | None = None) -> list[str]:
    return [node.title for node in tree.children(session_of(window).strategy, under)]


def capture(scribe: Scribe) -> None:
    """1 ambition, 3 outcomes, 12 measured outcomes, 44 bets: 60 cards in four levels by *rapid capture*."""
    scribe.type("Where we want to be")
    scribe.press(Key.Key_Tab)
    for top in range(3):
        scribe.type(f"Outcome {top}")
        scribe.press(Key.Key_Tab)
        for branch in range(4):
            scribe.type(f"Branch {top}.{branch}")
            scribe.press(Key.Key_Tab)
            for leaf in range(4 if top or branch else 0):
                scribe.type(f"Ünsere Wette {top}.{branch}.{leaf}")
                scribe.press(Key.Key_Return)
            scribe.press(Key.Key_Return)  # on the empty card: out one level
            scribe.press(Key.Key_Return)  # the next branch
        scribe.press(Key.Key_Return)
        scribe.press(Key.Key_Return)
    scribe.press(Key.Key_Return)


def measure(scribe: Scribe, number: int) -> None:
    """Metric, unit, from, to and by of the current card; the keyboard comes back to the map."""
    scribe.press(Key.Key_F3)
    for words in (f"Median time {number}", "min", "40", "3", "2027-09-30"):
        scribe.type(words)
        scribe.press(Key.Key_Tab)
    scribe.press(Key.Key_F6, SHIFT)


@pytest.mark.parametrize(("person", "spread_from"), [(Scribe, 1000), (Composer, 1000), (Scribe, 0)])
def test_sixty_cards_with_twelve_metrics_by_keys_alone(
    show: Show, person: type[Scribe], spread_from: int
) -> None:
    window = show(empty())
    session, scribe = session_of(window), person()
    session.turns.spread_from = (
        spread_from  # 0: as in a large map, where not everything follows a key at once
    )
    window.table.run("map.rapid")
    canvas_of(window).setFocus()
    capture(scribe)
    every = list(tree.preorder(session.strategy))
    assert len(every) == 60 and len({node.title for node in every}) == 60
    assert tree.deepest(session.strategy) == 4
    assert [node.title for node in every[:4]] == [
        "Where we want to be",
        "Outcome 0",
        "Branch 0.0",
        "Branch 0.1",
    ]
    assert titles(window, every[3].id) == [f"Ünsere Wette 0.1.{leaf}" for leaf in range(4)]
    scribe.press(Key.Key_Home, CTRL)
    for step in (Key.Key_Right, Key.Key_Up, Key.Key_Up, Key.Key_Right, Key.Key_Up, Key.Key_Up, Key.Key_Up):
        scribe.press(step)  # to the first branch
    for number in range(12):
        measure(scribe, number)
        scribe.press(Key.Key_Down)
    measured = [node for node in tree.preorder(session.strategy) if getattr(node.data, "metric", None)]
    assert [node.title for node in measured] == [
        f"Branch {top}.{branch}" for top in range(3) for branch in range(4)
    ]
    for number, node in enumerate(measured):
        assert isinstance(node.data, OutcomeData)
        assert (node.data.metric, node.data.unit) == (f"Median time {number}", "min")
        assert (node.data.baseline, node.data.target) == (40.0, 3.0)
        assert node.data.deadline == datetime.date(2027, 9, 30)
    assert session.document.flush()
    path, built = session.document.path, session.strategy
    window.close()
    again = Document.open(path)
    assert again.strategy == built
    again.close()


def test_rapid_capture_is_remembered_and_off_at_first(program: Program, show: Show) -> None:
    window = show(small())
    assert not session_of(window).rapid
    window.table.run("map.rapid")
    assert session_of(window).rapid and window.table.actions["map.rapid"].isChecked()
    path = session_of(window).document.path
    window.close()
    again = program.show_document(Document.open(path), None)
    assert session_of(again).rapid


def test_enter_on_an_empty_card_steps_out_one_level(window: MainWindow) -> None:
    session, scribe = session_of(window), Scribe()
    before = session.strategy
    session.rapid = True
    canvas_of(window).setFocus()
    session.select("i2")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_Return)
    assert session.strategy == before and session.current == "o1"
    session.rapid = False
    session.select("i2")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_Return)
    assert session.strategy == before and session.current == "i2", (
        "without the option it goes back where it came from"
    )


def test_rapid_capture_in_the_outline(window: MainWindow) -> None:
    session, scribe = session_of(window), Scribe()
    session.rapid = True
    assert window.body is not None
    window.body.outline.view.setFocus()
    session.select("n1")
    scribe.press(Key.Key_Return)
    scribe.type("Second")
    scribe.press(Key.Key_Return)
    scribe.type("Third")
    scribe.press(Key.Key_Return)
    assert titles(window, "o2") == ["Remember", "Second", "Third", ""]
    scribe.press(Key.Key_Return)
    assert titles(window, "o2") == ["Remember", "Second", "Third"]
    assert session.current == "o2"


@pytest.mark.parametrize("person", [Scribe, Composer])
def test_typing_starts_in_the_outline_too(window: MainWindow, person: type[Scribe], qtbot: QtBot) -> None:
    session, scribe = session_of(window), person()
    assert window.body is not None
    view = window.body.outline.view
    view.setFocus()
    session.select("o2")
    scribe.type("日本 first")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: session.strategy.get(Node, "o2").title == "日本 first")
    assert view.hasFocus()
    session.undo()
    assert session.strategy.get(Node, "o2").title == "Trusted numbers"


def test_the_list_of_candidates_stands_at_the_card_while_the_map_has_the_keyboard(window: MainWindow) -> None:
    session, canvas = session_of(window), canvas_of(window)
    canvas.setFocus()
    session.select("o2")
    QApplication.sendEvent(canvas, QInputMethodEvent("ni", []))
    assert canvas.hasFocus() and canvas.editing == "o2"
    place = canvas.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    box = canvas.picture.boxes["o2"]
    x, y = canvas.camera.to_screen(box.x, box.y)
    assert x - 5 <= place.x() <= x + 300 and y - 5 <= place.y() <= y + 100  # type: ignore[attr-defined]
    QApplication.sendEvent(canvas, QInputMethodEvent("", []))
    field = canvas.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.hasFocus(), "given up composing: keys go to the field"
    Scribe().press(Key.Key_Escape)
    assert session.strategy.get(Node, "o2").title == "Trusted numbers"


def test_a_letter_of_the_third_level_starts_typing_and_a_command_does_not(window: MainWindow) -> None:
    session, canvas = session_of(window), canvas_of(window)
    session.select("o2")
    for held in (Qt.KeyboardModifier.GroupSwitchModifier, CTRL | ALT):
        canvas.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_At, held, "@"))
        assert canvas.editing == "o2"
        Scribe().press(Key.Key_Escape)
    canvas.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Q, CTRL, "\x11"))
    canvas.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Q, ALT, "q"))
    assert canvas.editing is None


def test_looking_elsewhere_while_composing_keeps_what_was_committed(window: MainWindow, qtbot: QtBot) -> None:
    session, canvas = session_of(window), canvas_of(window)
    canvas.setFocus()
    session.select("o2")
    Composer().type("Ganz neu")
    QApplication.sendEvent(QApplication.focusObject(), QInputMethodEvent("halb", []))
    assert window.body is not None
    window.body.outline.view.setFocus()
    assert canvas.editing is None
    assert session.strategy.get(Node, "o2").title == "Ganz neu"


def test_one_branch_alone_and_back_out(window: MainWindow) -> None:
    session, canvas, scribe = session_of(window), canvas_of(window), Scribe()
    canvas.setFocus()
    session.select("o1")
    scribe.press(Key.Key_Return, ALT)
    assert set(canvas.picture.boxes) == {"o1", "i1", "i2"}
    scribe.press(Key.Key_Right)
    scribe.press(Key.Key_Return, ALT)
    assert set(canvas.picture.boxes) == {"i1"}
    scribe.press(Key.Key_Backspace, ALT)
    assert session.root == "o1" and session.current == "i1"
    scribe.press(Key.Key_Home, CTRL)
    assert session.current == "o1"
    scribe.press(Key.Key_Backspace, ALT)
    assert session.root is None and len(canvas.picture.boxes) == len(session.strategy.all(Node))
    assert not window.table.actions["map.back"].isEnabled()


def test_what_lies_outside_the_branch_is_shown_when_it_is_gone_to(window: MainWindow) -> None:
    session, canvas = session_of(window), canvas_of(window)
    session.select("o1")
    window.table.run("map.focus")
    session.reveal("o2")
    assert session.root is None and "o2" in canvas.picture.boxes
    session.set_root("o2")
    with session.edit("Delete") as edit:
        nodes.delete(edit, ["o2"])
    assert session.root is None and "a" in canvas.picture.boxes


def test_shift_arrows_take_cards_along_and_let_go_again(window: MainWindow) -> None:
    session, scribe = session_of(window), Scribe()
    canvas_of(window).setFocus()
    session.select("o1")
    scribe.press(Key.Key_Down, SHIFT)
    assert session.selected == ("o1", "o2")
    scribe.press(Key.Key_Right, SHIFT)
    assert session.selected == ("o1", "o2", "n1")
    scribe.press(Key.Key_Left, SHIFT)
    assert session.selected == ("o1", "o2")


def test_the_note_is_one_key_away_and_one_key_back(window: MainWindow, qtbot: QtBot) -> None:
    session, canvas, scribe = session_of(window), canvas_of(window), Scribe()
    canvas.setFocus()
    session.select("o2")
    scribe.press(Key.Key_F4)
    scribe.type("Somebody said so")
    scribe.press(Key.Key_F4)
    assert canvas.hasFocus()
    qtbot.waitUntil(lambda: session.strategy.get(Node, "o2").note == "Somebody said so")
    scribe.press(Key.Key_F2)
    scribe.type(" now")
    scribe.press(Key.Key_Return, SHIFT)
    assert session.strategy.get(Node, "o2").title == "Trusted numbers now"
    QTest.keyClick(scribe.focused(), Key.Key_End, CTRL)
    scribe.type(" twice")
    scribe.press(Key.Key_F4)
    assert session.strategy.get(Node, "o2").note == "Somebody said so twice"


def test_a_remark_is_parked_from_anywhere_and_brought_back(window: MainWindow, shot: Shot) -> None:
    session, scribe = session_of(window), Scribe()
    before = session.strategy
    session.select("o2")
    assert window.body is not None
    window.body.show_workspace("allocate")
    scribe.press(Key.Key_J, CTRL)
    scribe.type("Who pays for support")
    scribe.press(Key.Key_Return)
    (remark,) = session.strategy.all(ParkedRemark).values()
    assert (remark.text, remark.node, remark.done) == ("Who pays for support", "o2", False)
    assert window.body.workspace == "allocate", "the talk goes on where it was"
    scribe.press(Key.Key_J, CTRL)
    box = bars_of(canvas_of(window)).park
    assert box.head.text() == "1 remark parked"
    shot("park", window)
    scribe.press(Key.Key_Return)
    assert "nothing to park" in window.body.bar.notices()[-1].sentence.lower()
    buttons = [
        one for one in box.findChildren(IconButton) if one.accessibleName().startswith("Put it on the map")
    ]
    buttons[0].click()
    assert titles(window, "o2") == ["Remember", "Who pays for support"]
    assert box.head.text() == "Nothing is parked yet."
    scribe.press(Key.Key_Escape)
    session.undo()
    session.undo()
    assert session.strategy == before


@pytest.mark.parametrize("person", [Scribe, Composer])
def test_a_remark_that_is_being_typed_is_parked_when_the_window_closes(
    window: MainWindow, person: type[Scribe], program: Program
) -> None:
    session, scribe = session_of(window), person()
    session.select("o2")
    scribe.press(Key.Key_J, CTRL)
    scribe.type("Who pays for support")
    path = session.document.path
    assert window.close()
    again = program.show_document(Document.open(path), None)
    (remark,) = session_of(again).strategy.all(ParkedRemark).values()
    assert (remark.text, remark.node, remark.done) == ("Who pays for support", "o2", False)
    session_of(again).undo()
    assert session_of(again).strategy == small(), "one step, also after the restart"


def test_closing_over_an_empty_or_cancelled_remark_parks_nothing(
    window: MainWindow, program: Program
) -> None:
    session, scribe = session_of(window), Scribe()
    scribe.press(Key.Key_J, CTRL)
    scribe.type("Never mind")
    scribe.press(Key.Key_Escape)
    scribe.press(Key.Key_J, CTRL)
    scribe.type("  ")
    path = session.document.path
    assert window.close()
    again = program.show_document(Document.open(path), None)
    assert session_of(again).strategy == small()


def test_a_press_beside_the_box_parks_what_is_typed(window: MainWindow) -> None:
    session, scribe = session_of(window), Scribe()
    scribe.press(Key.Key_J, CTRL)
    scribe.type("Who pays for support")
    box = bars_of(canvas_of(window)).park
    beside = window.childAt(4, window.height() - 4)
    QTest.mouseClick(beside, Qt.MouseButton.LeftButton)
    assert box.isHidden()
    (remark,) = session.strategy.all(ParkedRemark).values()
    assert remark.text == "Who pays for support"
    scribe.press(Key.Key_J, CTRL)
    QTest.mouseClick(window.childAt(4, window.height() - 4), Qt.MouseButton.LeftButton)
    assert box.isHidden()
    assert len(session.strategy.all(ParkedRemark)) == 1


@pytest.mark.parametrize("row", ["map.child", "map.sibling", "map.before"])
def test_a_new_card_moves_what_people_look_at_by_no_more_than_its_own_row(show: Show, row: str) -> None:
    window = show(many(150, seed=4))
    session, canvas = session_of(window), canvas_of(window)
    canvas.zoom_to(1.0)
    looked_at = 0
    for node in list(tree.preorder(session.strategy))[::18]:
        session.select(node.id)
        canvas.centre(node.id)
        places = {one: screen(canvas, one) for one in canvas.picture.boxes if on_screen(canvas, one)}
        window.table.run(row)
        new = canvas.picture.boxes[str(session.current)]
        own = (new.h + 10 + 13) * canvas.camera.zoom + 1  # with the gaps of look.md around it
        if abs(screen(canvas, node.id)[1] - places[node.id][1]) <= 1:  # else it had to be brought into view
            looked_at += 1
            moved = {one: screen(canvas, one)[1] - y for one, (_, y) in places.items()}
            assert all(abs(by) <= own for by in moved.values()), node.title
        Scribe().press(Key.Key_Escape)
    assert looked_at >= 4


def screen(canvas: MapCanvas, node_id: str) -> tuple[float, float]:
    box = canvas.picture.boxes[node_id]
    return canvas.camera.to_screen(box.x, box.y)


def on_screen(canvas: MapCanvas, node_id: str) -> bool:
    box, port = canvas.picture.boxes[node_id], canvas.viewport()
    x, y = canvas.camera.to_screen(box.x, box.y)
    right, bottom = canvas.camera.to_screen(box.right, box.bottom)
    return x >= 0 and right <= port.width() and y >= 0 and bottom <= port.height()


def test_agreed_and_back_by_key_for_all_that_is_selected(window: MainWindow) -> None:
    session, canvas, scribe = session_of(window), canvas_of(window), Scribe()
    before = session.strategy
    canvas.setFocus()
    session.select("i1", "i2")
    scribe.press(Key.Key_A, CTRL | SHIFT)
    assert {session.strategy.get(Node, node).state for node in ("i1", "i2")} == {"agreed"}
    assert not canvas.picture.cards["i1"].draft and canvas.picture.cards["o1"].draft
    session.undo()
    assert session.strategy == before, "one step"
