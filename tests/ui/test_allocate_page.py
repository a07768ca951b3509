"""Around the Allocate table: tool row, budget, where the money arrives, and what to do first."""

from __future__ import annotations

from typing import Any

import pytest
from builders import crowd, sample, small
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.next_steps import next_steps
from prodlead_desktop.domain import nodes, removal, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Band, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.arrangement import Arrangement
from prodlead_desktop.ui.allocate.columns import Column, widths
from prodlead_desktop.ui.allocate.listing import Row
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.allocate.tools import AllocateTools
from prodlead_desktop.ui.main_window import MainWindow

Key = Qt.Key


def opened(window: MainWindow) -> tuple[AllocatePage, AllocateTools]:
    assert window.body is not None
    window.body.show_workspace("allocate")
    page: Any = window.body.page("allocate")
    tools = window.body.findChild(AllocateTools)
    assert isinstance(page, AllocatePage) and isinstance(tools, AllocateTools)
    return page, tools


def retype(line: Any, words: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Key.Key_Return)


def choose(window: MainWindow, row_id: str, title: str) -> None:
    """As from its submenu."""
    menu = QMenu(window)
    window.table.fill_choices(menu, row_id)
    next(action for action in menu.actions() if action.text() == title).trigger()


def press_head(page: AllocatePage, column: Column) -> None:
    head = page.table.head
    QApplication.processEvents()  # columns have their widths
    assert not head.isSectionHidden(column)
    x = head.sectionViewportPosition(column) + 20
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))


def press(button: QAbstractButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)


def test_the_budget_is_told_and_typed(window: MainWindow) -> None:
    page, tools = opened(window)
    assert (page.head.placed.text(), page.head.of.text()) == ("€750", "of €1\u00a0k placed")
    assert page.head.left.text() == "€250 left"
    retype(tools.budget, "700")
    assert window.session.strategy.get(Scenario, "s1").budget == 70_000
    assert page.head.left.text() == "€50 over budget"
    retype(tools.budget, "")
    assert window.session.strategy.get(Scenario, "s1").budget is None
    assert "no budget set" in page.head.of.text()
    QTest.keyClick(tools.budget, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tools.budget.text() == "€700"


def test_a_bad_budget_stays_and_is_refused_in_words(window: MainWindow) -> None:
    told: list[Any] = []
    window.session.notice.connect(told.append)
    _, tools = opened(window)
    retype(tools.budget, "plenty")
    assert tools.budget.text() == "plenty" and tools.budget.property("refused")
    assert "not an amount" in told[-1].sentence
    assert window.session.strategy.get(Scenario, "s1").budget == 100_000


def test_the_budget_follows_the_active_scenario(window: MainWindow) -> None:
    page, tools = opened(window)
    window.session.set_scenario("s2")
    assert tools.budget.text() == "" and tools.chip.text() == "Other"
    assert page.head.placed.text() == "€300"
    assert not tools.status.isVisible()
    window.session.set_scenario("s1")
    assert tools.status.isVisible() and tools.status.accessibleName() == "Plan of record"


def test_a_scenario_is_made_named_duplicated_and_deleted(window: MainWindow) -> None:
    _, tools = opened(window)
    session = window.session
    press(tools.buttons["New"])
    assert tools.name.hasFocus(), "its name is typed at once"
    QTest.keyClicks(tools.name, "Habit first")
    QTest.keyClick(tools.name, Key.Key_Return)
    assert session.strategy.get(Scenario, session.scenario).name == "Habit first"
    assert tools.chip.isVisible() and tools.chip.text() == "Habit first"
    session.set_scenario("s1")
    press(tools.buttons["Duplicate"])
    copy = session.strategy.get(Scenario, session.scenario)
    assert copy.name == "Plan 2" and scenarios.allocation(session.strategy, copy.id, "i1").level == "l2"
    window.table.run("allocate.delete")
    assert session.strategy.find(Scenario, copy.id) is None
    session.undo()
    assert session.strategy.find(Scenario, copy.id) is not None


def test_a_rename_needs_a_name_and_escape_gives_up(window: MainWindow) -> None:
    _, tools = opened(window)
    window.table.run("allocate.rename")
    assert tools.name.text() == "Plan"
    retype(tools.name, " ")
    assert tools.name.isVisible() and tools.name.property("refused")
    QTest.keyClick(tools.name, Key.Key_Escape)
    assert tools.chip.isVisible()
    assert window.session.strategy.get(Scenario, "s1").name == "Plan"


def test_group_and_sort_are_said_on_their_buttons(window: MainWindow) -> None:
    _, tools = opened(window)
    assert (tools.group.text(), tools.sort.text()) == ("Group: pool", "Sort: map order")
    Arrangement.of(window.session).set("sort", "money")
    Arrangement.of(window.session).set("group", "")
    assert (tools.group.text(), tools.sort.text()) == ("Group: none", "Sort: money")


def test_rows_are_grouped_sorted_shown_and_compared_from_the_menu(show: Any) -> None:
    window = show(sample())
    page, tools = opened(window)
    choose(window, "allocate.group", "none")
    choose(window, "allocate.sort", "money")
    rows = page.table.lines.lines
    assert rows[0].title == "One-click connectors" and tools.sort.text() == "Sort: money"
    choose(window, "allocate.show", "locked")
    assert {row.title for row in page.table.lines.lines} == {"Lineage view", "Old report upkeep"}
    choose(window, "allocate.show", "all")
    assert page.table.lines.words.head(Column.SINCE) == "Since Today"
    choose(window, "allocate.since", "Habit first")
    assert page.table.lines.words.head(Column.SINCE) == "Since Habit first"


def test_since_another_scenario_is_the_difference_in_money(show: Any) -> None:
    window = show(sample())
    session = window.session
    page, _ = opened(window)
    strategy = session.strategy
    today = scenarios.named(strategy, "Today").id
    for row in page.table.lines.lines:
        if isinstance(row, Row):
            before = capital.cost(strategy, today, row.id)
            by = page.table.lines.words.since(row)
            assert by == (row.cost or 0) - (before or 0)
    press_head(page, Column.SINCE)
    found = [page.table.lines.words.since(row) for row in page.table.lines.lines if isinstance(row, Row)]
    first = found[: page.table.lines.lines[0].count]
    assert first == sorted(first, reverse=True) and first[0] > 0
    press_head(page, Column.SINCE)
    assert Arrangement.of(session).sort == "map"


def test_what_more_money_adds_is_computed_follows_an_edit_and_sorts(show: Any, qtbot: QtBot) -> None:
    window = show(sample())
    session = window.session
    page, _ = opened(window)
    model = page.table.lines
    qtbot.waitUntil(lambda: model.words.steps is not None, timeout=20_000)
    assert model.words.head(Column.NEXT) == "Next €100\u00a0k adds"
    assert "adds in points of value, of 100, per €100\u00a0k" in model.words.head_tip(Column.NEXT)
    wanted = next_steps(session.strategy, session.scenario)
    assert dict(model.words.steps.steps) == dict(wanted.steps)
    rows = {row.title: row for row in model.lines if isinstance(row, Row)}
    assert (
        model.words.gain(rows["Lineage view"]) == "+3.4 pts" and rows["Lineage view"].id in model.words.strong
    )
    assert model.words.gain(rows["Website rebrand"]) == "0 pts"
    Arrangement.of(session).set("group", "")
    press_head(page, Column.NEXT)
    gains = [model.words.steps.gain(row.id) for row in model.lines]
    assert gains == sorted(gains, reverse=True)
    page.table.setFocus()
    session.select(rows["Self-serve billing"].id)
    before = model.words.steps
    QTest.keyClick(page.table, Key.Key_Right)
    qtbot.waitUntil(lambda: model.words.steps is not before, timeout=20_000)
    assert dict(model.words.steps.steps) == dict(next_steps(session.strategy, session.scenario).steps)


def test_the_tray_below_the_map_holds_orphan_capital_and_follows_the_slider(show: Any) -> None:
    window = show(sample())
    page, _ = opened(window)
    assert not page.tray.isVisible()
    Arrangement.of(window.session).set("side", "map")
    assert page.tray.isVisible()
    assert "€290\u00a0k" in page.tray.words and "Website rebrand €150\u00a0k" in page.tray.words
    rebrand = next(
        row for row in page.table.lines.lines if isinstance(row, Row) and row.title == "Website rebrand"
    )
    cell = page.table.visualRect(page.table.lines.index(page.table.lines.row_of(rebrand.id), Column.SCALE))
    page.table.take_hold(rebrand, cell.left())
    assert "€140\u00a0k" in page.tray.words and "Website rebrand" not in page.tray.words
    page.table.let_go(False)
    press(page.tray.links[0])
    assert window.session.current == rebrand.id
    press(page.tray.connect_it)
    assert window.body.workspace == "map"


def test_a_map_too_big_to_read_as_a_whole_follows_the_chosen_row_and_the_wheel(show: Any) -> None:
    window = show(crowd(100, 2))
    page, _ = opened(window)
    Arrangement.of(window.session).set("side", "map")
    QApplication.processEvents()
    page.table.setFocus()
    for key in (Key.Key_End, Key.Key_Home):
        QTest.keyClick(page.table, key)
        zoom, _left, top = page.map._fitted()
        box = page.map.picture.boxes[window.session.current]
        assert zoom >= 0.3 and 0 <= box.middle * zoom + top <= page.map.height()
    QTest.keyClick(page.table, Key.Key_End)
    before = page.map._fitted()[2]
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.map, wheel)
    assert page.map._fitted()[2] == before + 240


@pytest.mark.parametrize("room", [400, 560, 640, 718, 870, 1178, 1600])
def test_columns_fill_the_room_and_the_slider_goes_last(room: int) -> None:
    found = widths(room, True, True)
    assert sum(found.values()) == max(room, 388)
    shown = [column for column in (Column.SINCE, Column.NEXT, Column.CURVE, Column.POOL) if found[column]]
    assert not shown or found[Column.SCALE] >= 100
    assert found[Column.SCALE] > 0 or room < 560


def test_columns_without_room_are_said_and_a_row_tells_what_they_hold(show: Any, qtbot: QtBot) -> None:
    window = show(sample())
    page, _ = opened(window)
    model, tip = page.table.lines, Qt.ItemDataRole.ToolTipRole
    across = Qt.Orientation.Horizontal
    qtbot.waitUntil(lambda: model.words.steps is not None, timeout=20_000)
    at = model.row_of(next(row.id for row in model.lines if isinstance(row, Row)))
    row = model.line(at)
    assert isinstance(row, Row)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(Column.NEXT))
    assert model.headerData(Column.NAME, across) == "Initiative"
    assert model.words.step_words(row) not in model.index(at, 0).data(tip)
    window.resize(1067, 700)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(Column.NEXT))
    hidden = [column for column in Column if column != Column.POOL and page.table.isColumnHidden(column)]
    assert model.headerData(Column.NAME, across) == f"Initiative · {len(hidden)} columns hidden"
    for column in hidden:
        assert model.words.head(column) in model.words.head_tip(Column.NAME)
    for role in (tip, Qt.ItemDataRole.AccessibleTextRole):
        assert model.words.step_words(row) in model.index(at, 0).data(role)
    assert model.words.since_words(row) in model.index(at, 0).data(tip) or Column.SINCE not in hidden


def test_pools_are_told_against_their_bands(show: Any) -> None:
    strategy = small()
    edit = Edit(strategy)
    edit.put(Band("b1", "s1", "p1", 0.1, 0.5))
    edit.put(Band("b2", "s1", "p2", 0.05, None))
    page, _ = opened(show(edit.result()[0]))
    words = [share.words.replace("\u00a0", " ") for share in page.head.pools.marks if share.isVisible()]
    assert words == ["Core, 60 %, 10–50, €100 too much", "New, 0 %, at least 5, €50 short", "No pool, 15 %"]


def test_the_money_is_followed_to_outcomes_and_nowhere(show: Any) -> None:
    window = show(sample())
    window.session.set_scenario(scenarios.named(window.session.strategy, "Balanced").id)
    page, _ = opened(window)
    told = [(row.name, row.amount.replace("\u00a0", " ")) for row in page.side.reach.rows]
    assert told == [
        ("New teams build a weekly habit", "€1.78 M"),
        ("Customers trust the numbers", "€1.13 M"),
        ("Mid-market accounts grow", "€440 k"),
        ("Nowhere", "€290 k"),
    ]
    assert page.side.reach.rows[-1].hatched
    assert {row.name for row in page.side.orphans.rows} == {"Website rebrand", "Old report upkeep"}
    press(page.side.orphans._bars[0])
    assert page.table.active is not None and page.table.active.orphan


def test_money_that_goes_nowhere_is_told_however_many_outcomes_there_are(show: Any) -> None:
    edit = Edit(crowd(130, 1))
    for _ in range(20):
        nodes.add(edit, "outcome", "One more")
    window = show(edit.result()[0])
    page, _ = opened(window)
    reach, orphans = page.side.reach, page.side.orphans
    assert len(reach.rows) == 14 and reach.rows[-1].name == "Nowhere" and reach.rows[-1].hatched
    assert reach._more.text() == "and 15 more" and reach._more.isVisible()
    found = window.session.ledger.orphans
    assert (
        len(orphans.rows) == min(14, len(found))
        and orphans._more.text() == f"and {max(0, len(found) - 14)} more"
    )


def test_without_a_scenario_it_says_what_to_do_first(show: Any) -> None:
    strategy = small()
    edit = Edit(strategy)
    for scenario in strategy.ordered(Scenario):
        removal.remove(edit, scenario)
    window = show(edit.result()[0])
    page, tools = opened(window)
    assert page.no_scenario.isVisible() and not page.table.isVisible()
    assert not tools.buttons["Rules"].isEnabled() and not window.table.actions["allocate.rename"].isEnabled()
    press(next(b for b in page.no_scenario.findChildren(QAbstractButton) if b.text() == "New scenario"))
    assert page.table.isVisible() and window.session.scenario is not None


def test_without_an_initiative_it_leads_to_the_map(show: Any) -> None:
    strategy: Strategy = small()
    edit = Edit(strategy)
    nodes.delete(edit, ["i1", "i2", "i3"])
    window = show(edit.result()[0])
    page, _ = opened(window)
    assert page.no_initiative.isVisible()
    press(next(b for b in page.no_initiative.findChildren(QAbstractButton) if b.text() == "Go to Map"))
    assert window.body.workspace == "map"


@pytest.mark.parametrize("width", [1600, 1150, 800])
def test_every_control_has_a_name_and_is_reached_by_tab(window: MainWindow, width: int) -> None:
    window.resize(width, 800)
    page, tools = opened(window)
    QApplication.processEvents()
    for part in (page, tools):
        controls = [w for w in part.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & BY_TAB]
        assert controls
        nameless = [w for w in controls if not w.accessibleName() and not getattr(w, "text", lambda: "")()]
        assert not nameless


BY_TAB = Qt.FocusPolicy.TabFocus
