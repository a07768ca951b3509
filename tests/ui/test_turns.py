"""In a large map an edit is seen at once at its card, and everything else in turns of the event loop of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.inspector.inspector import Inspector
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def large(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The small strategy, treated as a large one, with its inspector and at rest."""
    assert window.body is not None and window.session is not None
    window.body.fill_inspector()
    canvas_of(window).setFocus()
    session_of(window).turns.spread_from = 0
    qtbot.waitUntil(lambda: not session_of(window).turns.waits)
    return window


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def canvas_of(window: MainWindow) -> MapCanvas:
    return cast(MapCanvas, window.context().canvas)


def inspector_of(window: MainWindow) -> Inspector:
    assert window.body is not None
    return window.body.inspector.findChildren(Inspector)[0]


def frame(canvas: MapCanvas) -> QImage:
    target = QPixmap(canvas.viewport().size())
    canvas.viewport().render(target, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground)
    return target.toImage()


def colours(image: QImage, canvas: MapCanvas, box: tuple[float, float, float, float]) -> set[int]:
    """The colours of a card's pixels."""
    x, y, w, h = box
    left, top = canvas.camera.to_screen(x, y)
    right, bottom = canvas.camera.to_screen(x + w, y + h)
    return {
        image.pixel(px, py)
        for px in range(int(left), int(right), 2)
        for py in range(int(top), int(bottom), 2)
    }


def change(session: Session, verb: Callable[..., object], *about: object) -> object:
    with session.edit("Change") as edit:
        return verb(edit, *about)


def test_each_part_has_a_turn_and_frames_come_between(large: MainWindow, qtbot: QtBot) -> None:
    canvas, session = canvas_of(large), session_of(large)
    session.select("i1")
    assert inspector_of(large).panel is not None and session.turns.waits
    qtbot.waitUntil(lambda: not session.turns.waits)
    assert inspector_of(large).panel.head.title.toPlainText() == session.strategy.get(Node, "i1").title
    assert canvas.session.current == "i1"


def test_the_first_frame_has_the_new_card_and_no_longer_the_old_one(large: MainWindow) -> None:
    canvas, session = canvas_of(large), session_of(large)
    frame(canvas)
    ground = canvas.session.theme.canvas
    added = str(change(session, nodes.add_child, "o1"))
    assert session.turns.waits, "lines and places are still to be found"
    first = frame(canvas)
    assert len(colours(first, canvas, canvas.picture.boxes[added])) > 2
    session.turns.finish()
    frame(canvas)
    old = canvas.picture.boxes[added]
    before = canvas.camera
    change(session, nodes.delete, [added])
    shift = canvas.camera.x - before.x, canvas.camera.y - before.y
    gone = (old.x + shift[0], old.y + shift[1], old.w, old.h)
    assert {f"#{pixel & 0xFFFFFF:06x}" for pixel in colours(frame(canvas), canvas, gone)} == {ground.lower()}


def test_undo_by_key_right_after_an_edit(large: MainWindow) -> None:
    session, before = session_of(large), session_of(large).strategy
    session.select("o1")
    change(session, nodes.rename, "o1", "Other words")
    assert session.turns.holds(large.table.refresh), "the actions have not been asked yet"
    QTest.keyClick(canvas_of(large), Key.Key_Z, CTRL)
    assert session.strategy == before


def test_a_card_is_typed_undone_and_typed_again_without_a_pause(large: MainWindow) -> None:
    session = session_of(large)
    count = len(session.strategy.all(Node))
    for _ in range(3):
        session.select("o1")
        _press(Key.Key_Tab)
        for letter in "Words":
            QTest.keyClicks(QApplication.focusWidget(), letter)
        _press(Key.Key_Return)
        _press(Key.Key_Z, CTRL)
    assert len(session.strategy.all(Node)) == count
    session.select("o1")
    _press(Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Last")
    _press(Key.Key_Return)
    session.turns.finish()
    current = session.strategy.get(Node, str(session.current))
    assert (current.title, current.parent) == ("Last", "o1")
    assert inspector_of(large).panel.head.title.toPlainText() == "Last"


def _press(key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(cast(QWidget, QApplication.focusWidget()), key, modifier)


def test_f3_right_after_another_card_was_selected_leads_into_that_cards_fields(large: MainWindow) -> None:
    session = session_of(large)
    session.select("o1")
    session.turns.finish()
    session.select("o2")
    assert session.turns.waits
    _press(Key.Key_F3)
    assert inspector_of(large).panel.head.title.toPlainText() == session.strategy.get(Node, "o2").title
    assert inspector_of(large).isAncestorOf(cast(QWidget, QApplication.focusWidget()))


def test_rows_of_the_outline_are_shown_again(large: MainWindow, qtbot: QtBot) -> None:
    assert large.body is not None
    port, session = large.body.outline.view.viewport(), session_of(large)
    change(session, nodes.add_child, "o1")
    assert not port.updatesEnabled()
    qtbot.waitUntil(lambda: not session.turns.waits)
    assert port.updatesEnabled()


def test_closing_a_document_leaves_nothing_to_do(large: MainWindow) -> None:
    session = session_of(large)
    change(session, nodes.add_child, "o1")
    assert session.turns.waits
    large.close()
    assert not session.turns.waits
    QApplication.processEvents()


def test_a_shortcut_finds_the_actions_as_they_are_now(large: MainWindow) -> None:
    undo = large.table.actions["edit.undo"]
    assert not undo.isEnabled()
    change(session_of(large), nodes.add_child, "o1")
    assert not undo.isEnabled(), "not asked yet"
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Z, CTRL, "")
    QApplication.sendEvent(canvas_of(large), event)
    assert undo.isEnabled()
