"""What is typed into a field of names is never lost: it is taken, added, or refused in words and kept."""

from __future__ import annotations

import pytest
from inspecting import Reader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Effect, Node, Pool, Team
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.style.chooser import Chooser

Key = Qt.Key


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    made = Reader(window)
    made.open("i1", "bet")
    return made


def typed(field: Chooser, words: str, *keys: Key) -> Chooser:
    """Type over it; keys go where a window system brings them: to the list while that is open."""
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, words)
    for key in keys:
        popup = field._list.popup()
        QTest.keyClick(popup if popup.isVisible() else field, key)
    return field


def chooser(reader: Reader, name: str) -> Chooser:
    found = reader.line(name)
    assert isinstance(found, Chooser)
    return found


@pytest.mark.parametrize(
    "keys", [(Key.Key_Tab,), (Key.Key_Backtab,), (Key.Key_Return,), (Key.Key_Down, Key.Key_Tab)]
)
def test_a_new_name_is_added_however_the_field_is_left(reader: Reader, keys: tuple[Key, ...]) -> None:
    told: list[Notice] = []
    reader.session.notice.connect(told.append)
    before = reader.strategy
    field = typed(chooser(reader, "Team"), "New Boss", *keys)
    team = reader.node("i1").team
    assert team is not None and reader.strategy.get(Team, team).name == "New Boss"
    assert reader.on_disk().get(Node, "i1").team == team
    assert (field.text(), reader.message_at("Team")) == ("New Boss", "")
    assert field.hasFocus() == (keys[-1] == Key.Key_Return)
    assert told[-1].sentence == "Added team “New Boss”." and told[-1].actions[0][0] == "Undo"
    reader.undo()
    assert reader.strategy == before and field.text() == "Data", "one step"


def test_a_new_pool_and_team_one_after_the_other(reader: Reader) -> None:
    typed(chooser(reader, "Pool"), "Growth pool", Key.Key_Tab)
    team = QApplication.focusWidget()
    assert team is chooser(reader, "Team")
    typed(chooser(reader, "Team"), "Team A", Key.Key_Tab)
    node = reader.node("i1")
    assert node.pool and reader.strategy.get(Pool, node.pool).name == "Growth pool"
    assert node.team and reader.strategy.get(Team, node.team).name == "Team A"
    with reader.session.edit("Other") as edit:
        nodes.set_value(edit, "o1", "title", "Something else")
    assert (chooser(reader, "Pool").text(), chooser(reader, "Team").text()) == ("Growth pool", "Team A")


def test_leaving_by_mouse_adds_too(reader: Reader) -> None:
    field = typed(chooser(reader, "Team"), "New Boss")
    field._list.popup().hide()  # a press beside a list closes it first
    reader.line("Chance it works, %").setFocus(Qt.FocusReason.MouseFocusReason)
    assert reader.node("i1").team is not None


def test_a_field_pressed_in_a_window_behind_another_takes_what_the_first_held(
    window: MainWindow, reader: Reader, qtbot: QtBot
) -> None:
    field = typed(chooser(reader, "Team"), "New Boss")
    field._list.popup().hide()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert reader.node("i1").team == "t1", "going to another window decides nothing"
    reader.line("Chance it works, %").setFocus()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    team = reader.node("i1").team
    assert team is not None and reader.strategy.get(Team, team).name == "New Boss"


def test_closing_the_window_adds_too(window: MainWindow, reader: Reader) -> None:
    typed(chooser(reader, "Team"), "New Boss")
    stored: list[list[str]] = []
    window.gone.connect(lambda: stored.append([row.name for row in reader.strategy.ordered(Team)]))
    window.close()
    assert "New Boss" in stored[0]


def test_several_cards_get_a_new_team_with_tab(reader: Reader) -> None:
    reader.session.select("o1", "i2")
    field = typed(reader.panel.refs["team"], "New Boss", Key.Key_Tab)
    teams = {reader.node(one).team for one in ("o1", "i2")}
    assert len(teams) == 1 and None not in teams and field.text() == "New Boss"
    reader.undo()
    assert [reader.node(one).team for one in ("o1", "i2")] == [None, None]


def test_part_of_a_name_is_refused_kept_and_forgiven(reader: Reader) -> None:
    with reader.session.edit("Teams") as edit:
        nodes.set_value(edit, "i1", "team", None)
    field = typed(chooser(reader, "Team"), "dat", Key.Key_Tab)
    assert not field.hasFocus() and reader.node("i1").team is None
    assert "No team is called “dat”" in reader.message_at("Team") and field.property("refused")
    with reader.session.edit("Other") as edit:
        nodes.set_value(edit, "i1", "title", "Something else")
    assert field.text() == "dat" and reader.message_at("Team"), "another edit leaves what was typed"
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    assert reader.message_at("Team") == "" and not field.property("refused")
    typed(field, "dat", Key.Key_Tab)
    with reader.session.edit("Team") as edit:
        nodes.set_value(edit, "i1", "team", "t1")
    assert (field.text(), reader.message_at("Team")) == ("Data", ""), "no reason stands at another text"


def test_where_nothing_can_be_added_the_only_match_is_taken_and_the_rest_refused(reader: Reader) -> None:
    reader.open("i2", "bet")
    block = reader.panel.page("bet").effects.blocks[0]
    typed(block.outcome, "trusted", Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert reader.strategy.get(Effect, block.effect_id).outcome == "o2", "Down stays at the last one"
    typed(block.outcome, "faster")
    block.outcome._list.popup().hide()
    block.lines["p50"].setFocus(Qt.FocusReason.MouseFocusReason)
    assert reader.strategy.get(Effect, block.effect_id).outcome == "o1"
    typed(block.outcome, "Nothing like it", Key.Key_Tab)
    assert block.outcome.text() == "Nothing like it" and "No outcome is called" in block._problem.text()
    typed(block.outcome, "", Key.Key_Escape)
    assert block._problem.text() == ""


def test_the_strategy_s_own_lists_take_a_name_that_is_left(window: MainWindow, reader: Reader) -> None:
    reader.session.select()
    field = reader.line("Add a team")
    field.setFocus()
    QTest.keyClicks(field, "New Boss")
    QTest.keyClick(field, Key.Key_Tab)
    assert [row.name for row in reader.strategy.ordered(Team)][-1] == "New Boss" and field.text() == ""
    line = reader.line("Add a pool")
    line.setFocus()
    QTest.keyClicks(line, "Growth")
    before = len(reader.strategy.all(Pool))
    window.close()
    assert len(reader.strategy.all(Pool)) == before + 1


def test_the_list_stands_below_its_field_in_a_frame(reader: Reader) -> None:
    field = chooser(reader, "Outcome it moves")
    field.open_list()
    popup = field._list.popup()
    below = field.mapToGlobal(field.rect().bottomLeft())
    assert popup.isVisible() and popup.geometry().top() > below.y()
    picture = popup.grab().toImage()
    side = picture.height() // 2
    assert picture.pixelColor(0, side).lightness() < picture.pixelColor(2, side).lightness(), (
        "a line around it"
    )
