"""Day two, 11:15, from the keyboard and the mouse alone: cut the plan, compare, decide, go back, undo everything."""

from __future__ import annotations

from collections.abc import Callable

from builders import sample
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from prodlead_desktop.analysis import capital
from prodlead_desktop.document import Document
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.differences import differences
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.columns import Column
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.allocate.slider import Track
from prodlead_desktop.ui.checkpoint import CheckpointBox
from prodlead_desktop.ui.checkpoints.box import CheckpointsBox
from prodlead_desktop.ui.compare.page import ComparePage
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Scribe:
    """Somebody with a keyboard and a mouse in front of one window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        assert window.session is not None and window.body is not None
        self.window, self.qtbot, self.session = window, qtbot, window.session

    @property
    def strategy(self) -> Strategy:
        return self.session.strategy

    @property
    def active(self) -> Scenario:
        return self.strategy.get(Scenario, str(self.session.scenario))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)

    def menu(self, *path: str) -> None:
        """Open a menu of the menu bar and press its way down to the last of ``path`` with the mouse."""
        menu = next(
            action.menu()
            for action in self.window.menuBar().actions()
            if action.text().replace("&", "") == path[0]
        )
        for number, words in enumerate(path[1:], 2):
            assert isinstance(menu, QMenu)
            menu.popup(self.window.mapToGlobal(QPoint(40, 40)))
            action = next(one for one in menu.actions() if one.text().replace("&", "") == words)
            assert action.isEnabled(), words
            if number < len(path):
                inner = action.menu()
                assert isinstance(inner, QMenu)
                menu.hide()
                menu = inner
            else:
                QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
                menu.hide()
        self.come_to_front()  # without a screen a menu keeps the window's place

    def come_to_front(self) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)

    def undo_all(self) -> int:
        count = 0
        while self.window.table.actions["edit.undo"].isEnabled():
            self.press(Key.Key_Z, CTRL)
            count += 1
            assert count < 100
        return count


def same(one: Strategy, other: Strategy) -> bool:
    return not differences(one, other).changes


def titled(strategy: Strategy, title: str) -> str:
    return next(node.id for node in strategy.ordered(Node) if node.title == title)


def name_a_checkpoint(scribe: Scribe, name: str) -> None:
    scribe.press(Key.Key_S, CTRL)
    assert scribe.window.findChildren(CheckpointBox)[-1].isVisible()
    scribe.type(name)
    scribe.press(Key.Key_Return)


def reallocate(scribe: Scribe) -> None:
    """Drop one bet by steps, type the money of another, pull a third to nothing."""
    scribe.press(Key.Key_PageDown, CTRL)
    assert scribe.window.body is not None and scribe.window.body.workspace == "allocate"
    page = scribe.window.body.page("allocate")
    assert isinstance(page, AllocatePage) and page.table.hasFocus()
    table = page.table
    scribe.press(Key.Key_Home)
    while table.active is not None and table.active.title != "Metric catalogue":
        scribe.press(Key.Key_Down)
    scribe.press(Key.Key_Left)
    scribe.press(Key.Key_Left)
    while table.active is not None and table.active.title != "One-click connectors":
        scribe.press(Key.Key_Up)
    scribe.type("4")
    scribe.type("00k")
    scribe.press(Key.Key_Return)
    at = table.lines.row_of(titled(scribe.strategy, "Website rebrand"))
    table.scrollTo(table.lines.index(at, 0))
    QApplication.processEvents()
    cell = table.visualRect(table.lines.index(at, Column.SCALE))
    row = table.row_at(at)
    assert row is not None
    track = Track(table.pull._cell(at), table.lines.most)
    start = QPoint(round(track.x(row.cost or 0)), cell.center().y())
    end = QPoint(round(track.x(0)), cell.center().y())
    QTest.mousePress(table.viewport(), LEFT, pos=start)
    QTest.mouseMove(table.viewport(), end)
    assert page.head.placed.text() != "", "the bar follows while the slider is held"
    QTest.mouseRelease(table.viewport(), LEFT, pos=end)


def compare(scribe: Scribe) -> None:
    scribe.press(Key.Key_PageDown, CTRL)
    assert scribe.window.body is not None
    page = scribe.window.body.page("compare")
    assert isinstance(page, ComparePage) and page.isVisible()
    scribe.menu("Compare", "Compare from", "Balanced")
    scribe.menu("Compare", "Compare to", "Balanced −20 %")
    card = page.cards["differences"]
    QTest.mouseClick(card, LEFT, pos=QPoint(6, 6))
    card.setFocus()
    scribe.press(Key.Key_T)
    table = card.numbers.model()
    told = {table.index(row, 0).data(): table.index(row, 3).data() for row in range(table.rowCount())}
    assert told == {
        "Metric catalogue": "−€520,000",
        "One-click connectors": "−€380,000",
        "Website rebrand": "−€150,000",
    }
    scribe.press(Key.Key_Escape)
    scribe.qtbot.waitUntil(lambda: card.picture.image is not None, timeout=20_000)


def test_the_story_of_a_room(show: Callable[[Strategy], MainWindow], qtbot: QtBot, program: Program) -> None:
    scribe = Scribe(show(sample()), qtbot)
    start = scribe.strategy
    name_a_checkpoint(scribe, "Before the cuts")
    scribe.menu("Allocate", "Duplicate with another budget", "−20 %")
    cut = scribe.active
    assert (cut.name, cut.budget, cut.status) == ("Balanced −20 %", 320_000_000, "draft")
    reallocate(scribe)
    balanced = scenarios.named(scribe.strategy, "Balanced")
    placed = [capital.totals(scribe.strategy, one).placed for one in (balanced.id, cut.id)]
    assert placed[0] - placed[1] == 52_000_000 + 38_000_000 + 15_000_000
    compare(scribe)
    scribe.menu("Allocate", "Freeze “Balanced −20 %”")
    assert scribe.active.status == "frozen" and scribe.active.frozen_total == placed[1]
    scribe.menu("Allocate", "Make “Balanced −20 %” the plan of record")
    assert scribe.active.status == "plan of record"
    former = scenarios.named(scribe.strategy, "Balanced")
    assert former.status == "frozen" and "plan of record until" in str(former.frozen_at)
    restore(scribe, "Before the cuts")
    assert same(start, scribe.strategy)
    # cut, two steps down, a typed amount, the slider, freeze, promote, restore
    assert scribe.undo_all() == 8
    assert same(start, scribe.strategy)
    redo_and_reopen(scribe, program, start)


def restore(scribe: Scribe, name: str) -> None:
    scribe.press(Key.Key_H, CTRL)
    box = scribe.window.findChildren(CheckpointsBox)[-1]
    for _ in range(10):
        info = box.chosen()
        if info is not None and info.name == name:
            break
        scribe.press(Key.Key_Down)
    scribe.qtbot.waitUntil(box.restore.isEnabled, timeout=20_000)
    assert {subject.title for subject in box.subjects()} >= {"Balanced", "Balanced −20 %"}
    QTest.mouseClick(box.restore, LEFT)


def redo_and_reopen(scribe: Scribe, program: Program, start: Strategy) -> None:
    """Everything again with Ctrl Shift Z, then tomorrow: the file knows the way back."""
    while scribe.window.table.actions["edit.redo"].isEnabled():
        scribe.press(Key.Key_Z, CTRL | SHIFT)
    assert same(start, scribe.strategy), "the last step is the restored checkpoint"
    scribe.press(Key.Key_Z, CTRL)
    decided = scribe.strategy
    assert scenarios.plan_of_record(decided).name == "Balanced −20 %"  # type: ignore[union-attr]
    path = scribe.session.document.path
    scribe.window.close()
    again = program.show_document(Document.open(path), None)
    scribe.qtbot.waitExposed(again)
    tomorrow = Scribe(again, scribe.qtbot)
    tomorrow.come_to_front()
    assert same(decided, tomorrow.strategy)
    tomorrow.undo_all()
    assert same(start, tomorrow.strategy)
