"""The window as a whole: theme, panes, narrow screens, names for everybody, what it remembers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from builders import small
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.theme import DARK, LIGHT
from prodlead_desktop.ui.body import Body
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.settings import memory
from prodlead_desktop.ui.style.palette import theme_of

Show = Callable[[Strategy], MainWindow]


def body_of(window: MainWindow) -> Body:
    assert window.body is not None
    return window.body


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def test_the_theme_changes_everything_at_once_and_is_remembered(window: MainWindow, program: Program) -> None:
    corner = (2, body_of(window).top.height() // 2)
    assert body_of(window).top.grab().toImage().pixelColor(*corner).name() == LIGHT.surface.lower()
    window.table.run("view.theme.dark")
    QApplication.processEvents()
    assert session_of(window).theme is DARK and theme_of(window) is DARK
    assert body_of(window).top.grab().toImage().pixelColor(*corner).name() == DARK.surface.lower()
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.canvas.lower()
    assert Program(program.memory).appearance.choice == "dark"
    window.table.run("view.theme.light")
    QApplication.processEvents()
    assert theme_of(window) is LIGHT


def test_f6_goes_round_the_panes_and_shift_f6_back(window: MainWindow) -> None:
    body = body_of(window)
    body.outline.view.setFocus()
    went = []
    for _ in range(len(body.panes())):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        went.append(
            next(at for at, pane in enumerate(body.panes()) if focus is pane or pane.isAncestorOf(focus))
        )
    assert went == [1, 2, 3, 0]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert body.bottom.isAncestorOf(QApplication.focusWidget())


def test_a_narrow_window_lays_the_inspector_over_the_map_and_shortens_the_tabs(window: MainWindow) -> None:
    body = body_of(window)
    assert body.inspector.isVisible() and body.inspector.parentWidget() is body.splitter
    window.resize(1200, 800)
    assert not body.inspector.isVisible() and not body.top.tabs["map"].short
    session_of(window).select("o1")
    window.table.run("map.card")
    assert body.inspector.isVisible() and body.inspector.geometry().right() == body.width() - 1
    window.resize(1000, 700)
    assert body.top.tabs["map"].short and body.top.tabs["map"].toolTip()
    window.resize(1600, 1000)
    assert body.inspector.parentWidget() is body.splitter and body.inspector.isVisible()
    assert not body.top.tabs["map"].short


def test_buttons_that_take_keys_are_reached_and_pressed_by_keys(window: MainWindow) -> None:
    body = body_of(window)
    body.bottom.zoom.findChildren(QAbstractButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
    before = body.page("map").camera.zoom
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert body.page("map").camera.zoom < before


def test_the_bottom_bar_says_what_is_placed_and_what_is_left(window: MainWindow) -> None:
    session, bar = session_of(window), body_of(window).bottom
    session.set_scenario("s1")
    with session.edit("Budget") as edit:
        scenarios.set_budget(edit, "s1", 1_000_00)
    said = bar.budget.accessibleName().replace("\u00a0", " ")
    assert said == "Budget: €750 of €1 k placed €250 left"
    with session.edit("Budget") as edit:
        scenarios.set_budget(edit, "s1", 500_00)
    assert "€250 over budget" in bar.budget.accessibleName().replace("\u00a0", " ")
    session.set_scenario("s2")
    assert bar.chip.text() == "Other"


def test_scenarios_are_made_and_deleted_with_undo(window: MainWindow) -> None:
    session = session_of(window)
    session.set_scenario("s1")
    window.table.run("allocate.duplicate")
    assert len(session.strategy.all(Scenario)) == 3 and session.scenario not in ("s1", "s2")
    window.table.run("allocate.delete")
    assert len(session.strategy.all(Scenario)) == 2
    assert window.toast.notice is not None
    window.toast.notice.actions[0][1]()
    assert len(session.strategy.all(Scenario)) == 3


def test_what_was_looked_at_comes_back(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    session = session_of(window)
    path = session.document.path
    session.select("i1", "o2")
    session.set_folded({"o1"})
    session.set_lens("capital")
    session.set_scenario("s2")
    window.close()
    again = program.show_document(Document.open(path), None)
    session = session_of(again)
    assert session.selected == ("i1", "o2")
    assert session.folded == {"o1"} and session.lens == "capital" and session.scenario == "s2"


def test_docks_come_back_as_wide_as_they_were(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    path = session_of(window).document.path
    body_of(window).splitter.setSizes([300, 900, 400])
    window.table.run("view.inspector")
    window.close()
    again = program.show_document(Document.open(path), None)
    again.resize(1600, 1000)
    qtbot.waitExposed(again)
    assert abs(body_of(again).outline.width() - 300) < 40
    assert not body_of(again).inspector.isVisible()
    again.table.run("view.inspector")
    again.close()


def test_from_another_workspace_the_map_is_shown_first(window: MainWindow) -> None:
    session, body = session_of(window), body_of(window)
    session.select("o2")
    for row in ("edit.rename", "map.child", "map.card", "map.centre"):
        window.table.run("view.next")
        assert body.workspace != "map"
        session.select("o2")
        window.table.run(row)
        assert body.workspace == "map", row


def test_ctrl_s_says_there_is_no_save_and_makes_a_checkpoint(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit) and line.selectedText() == line.text() != ""
    QTest.keyClicks(line, "before lunch")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [info.name for info in session_of(window).document.checkpoints()] == ["before lunch"]
    assert window.toast.notice is not None and "before lunch" in window.toast.notice.sentence
    assert window.table.actions["file.checkpoints"].isEnabled()


def test_the_lens_switch_and_the_menu_are_one(window: MainWindow) -> None:
    window.table.run("view.lens.capital")
    tools = body_of(window).tool_row.currentWidget()
    assert tools.lenses.current() == "capital"
    tools.lenses.changed.emit("structure")
    assert window.table.actions["view.lens.structure"].isChecked()


@pytest.mark.parametrize("dock", ["outline", "inspector"])
def test_docks_can_be_put_away(window: MainWindow, dock: str) -> None:
    part = getattr(body_of(window), dock)
    window.table.run(f"view.{dock}")
    assert not part.isVisible() and not window.table.actions[f"view.{dock}"].isChecked()
    window.table.run(f"view.{dock}")
    assert part.isVisible()


def test_closing_ends_the_window_and_frees_the_file(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    path = session_of(window).document.path
    assert window.close() and program.windows == []
    document = Document.open(path)
    assert document.read_only is None and document.strategy == small()
    document.close()


def test_memory_is_where_it_was_put(program: Program, window: MainWindow) -> None:
    window.close()
    assert (program.memory.folder / "settings.ini").is_file() and (
        program.memory.folder / "views.ini"
    ).is_file()
    assert memory().folder != program.memory.folder


def test_the_focus_ring_survives_the_box_it_stood_in(window: MainWindow) -> None:
    box = QWidget(window)
    inner = QLineEdit(box)
    inner.setProperty("radius", 7)
    box.show()
    window.ring_around(inner)
    shiboken6.delete(box)
    window.ring_around(body_of(window).top.tabs["map"])
    assert window._ring.widget() is body_of(window).top.tabs["map"]
