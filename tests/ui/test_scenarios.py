"""Scenarios and futures in a real window: made, cut, frozen, promoted, their rules, and all of it undone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from builders import small
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import rows, scenarios
from prodlead_desktop.domain.entities import Band, Future, Level, Pool, Scenario, Shift
from prodlead_desktop.domain.futures import add_shift
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.tools import AllocateTools
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.scenarios import life
from prodlead_desktop.ui.scenarios.futures import FuturesBox
from prodlead_desktop.ui.scenarios.rules import RulesBox
from prodlead_desktop.ui.session import Session

Key = Qt.Key
Show = Callable[[Strategy], MainWindow]


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def choose(window: MainWindow, row_id: str, title: str) -> None:
    """As from its submenu."""
    menu = QMenu(window)
    window.table.fill_choices(menu, row_id)
    next(action for action in menu.actions() if action.text() == title).trigger()


def active(window: MainWindow) -> Scenario:
    session = session_of(window)
    return session.strategy.get(Scenario, str(session.scenario))


def retype(field: object, words: str) -> None:
    line = field.editor  # type: ignore[attr-defined]
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words) if words else QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClick(line, Key.Key_Return)


def box(window: MainWindow, kind: type, row_id: str) -> object:
    window.table.run(row_id)
    found = window.findChildren(kind)
    assert found
    return found[-1]


def test_thawing_undo_and_reopening(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    session = session_of(window)
    session.set_scenario("s2")
    window.table.refresh()
    assert not window.table.actions["allocate.thaw"].isEnabled()
    window.table.run("allocate.freeze")
    assert not window.table.actions["allocate.freeze"].isEnabled()
    path = session.document.path
    window.close()
    again = program.show_document(Document.open(path), None)
    qtbot.waitExposed(again)
    session = session_of(again)
    assert active(again).status == "frozen"
    again.table.run("allocate.thaw")
    assert active(again).status == "draft"
    again.table.run("edit.undo")
    assert active(again).status == "frozen"


def test_a_plan_that_breaks_its_rules_is_promoted_with_a_warning_in_full(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = session_of(window)
    session.set_scenario("s2")
    pool = session.strategy.ordered(Pool)[0]
    with session.edit("Rules") as edit:
        for band in session.strategy.by(Band, "scenario", "s2"):
            edit.remove(band)
        scenarios.set_budget(edit, "s2", 10_000)
        edit.put(Band("band", pool=pool.id, scenario="s2", low=0.9999, high=1.0))
    wanted = life.breaches(session.strategy, "s2")
    window.table.run("allocate.promote")
    toast = window.toast
    assert toast.notice is not None and toast.notice.level == "warn" and toast.notice.actions[0][0] == "Undo"
    said = toast.notice.sentence.replace("\u00a0", " ")
    assert wanted in toast.notice.sentence and "over its budget; " in said
    assert re.search(rf"{pool.name} has [\d.]+ % of it, its band is 100–100 %\.", said), said
    words = next(label for label in toast.findChildren(QLabel) if label.text() == toast.notice.sentence)
    assert words.height() >= words.heightForWidth(words.width()) > 2 * words.fontMetrics().height() - 4
    toast.notice.actions[0][1]()
    assert active(window).status == "draft"


def test_a_frozen_scenario_says_when_costs_have_changed_since(window: MainWindow) -> None:
    session = session_of(window)
    session.set_scenario("s2")
    window.table.run("allocate.freeze")
    assert window.body is not None
    window.body.show_workspace("allocate")
    tools = window.body.tools("allocate")
    assert isinstance(tools, AllocateTools)
    assert tools.status.accessibleName() == "Frozen"
    with session.edit("Cost") as edit:
        rows.set_value(edit, Level, "l1", "cost", 45_000)
    assert tools.status.accessibleName() == "Frozen at €300, today €450"


def test_the_rules_are_typed_refused_in_words_and_undone(window: MainWindow) -> None:
    session = session_of(window)
    session.set_scenario("s1")
    rules = box(window, RulesBox, "allocate.rules")
    assert isinstance(rules, RulesBox)
    retype(rules.budget, "2k")
    retype(rules.at_most, "4")
    retype(rules.quarters[0], "1200")
    retype(rules.quarters[1], "800")
    retype(rules.carry, "50")
    retype(rules.bands["p1"][0], "30")
    retype(rules.bands["p1"][1], "60")
    found = session.strategy.get(Scenario, "s1")
    assert (found.budget, found.at_most, found.quarters) == (200_000, 4, (120_000, 80_000))
    assert found.carry_over == 0.5 and "the whole budget" in rules.sum.text()
    (band,) = session.strategy.by(Band, "scenario", "s1")
    assert (band.low, band.high) == (0.3, 0.6)
    retype(rules.bands["p1"][0], "90")
    assert session.strategy.by(Band, "scenario", "s1") == (band,)
    assert rules.bands["p1"][0].value == 0.3, "the field shows again what holds"
    retype(rules.at_most, "2.5")
    assert session.strategy.get(Scenario, "s1").at_most == 4 and rules.at_most.value == 4
    for _ in range(7):
        session.undo()
    assert session.strategy.get(Scenario, "s1").budget == 100_000
    assert not session.strategy.by(Band, "scenario", "s1") and rules.budget.value == 100_000


def test_the_rules_of_a_frozen_scenario_are_shown_not_edited(window: MainWindow) -> None:
    session = session_of(window)
    session.set_scenario("s2")
    window.table.run("allocate.freeze")
    rules = box(window, RulesBox, "allocate.rules")
    assert isinstance(rules, RulesBox)
    assert not rules.budget.editor.isEnabled() and "frozen" in rules.closed_why.text()
    session.undo()
    assert rules.budget.editor.isEnabled()


def test_futures_are_made_changed_and_undone(window: MainWindow) -> None:
    session = session_of(window)
    futures = box(window, FuturesBox, "allocate.futures")
    assert isinstance(futures, FuturesBox)
    assert futures.empty.isVisible()
    futures.add.click()
    retype(futures.name, "A rival wakes up")
    retype(futures.probability, "30")
    (future,) = session.strategy.ordered(Future)
    assert (future.name, future.probability) == ("A rival wakes up", 0.3)
    assert (
        "30\u00a0%, not 100 %: until they do, nothing is averaged over futures. Add the future"
        in futures.sum.text()
    )
    with session.edit("Add a change") as edit:
        add_shift(edit, future.id, "costs")
    (shift,) = session.strategy.by(Shift, "future", future.id)
    row = futures.rows[shift.id]
    retype(row.factor, "1.25")
    row.of._combo.setCurrentIndex(1)
    row.of._combo.activated.emit(1)
    changed = session.strategy.get(Shift, shift.id)
    assert changed.factor == 1.25 and changed.node is not None
    retype(row.factor, "-3")
    assert session.strategy.get(Shift, shift.id).factor == 1.25 and row.factor.value == 1.25
    futures.remove.click()
    assert not session.strategy.ordered(Future) and futures.empty.isVisible()
    session.undo()
    assert futures.name.value == "A rival wakes up" and len(futures.rows) == 1
    while session.document.undo_label is not None:
        session.undo()
    assert not session.strategy.ordered(Future)


@pytest.mark.parametrize("row_id", ["allocate.rules", "allocate.futures"])
def test_the_boxes_close_with_escape(window: MainWindow, row_id: str) -> None:
    shown = box(window, RulesBox if row_id.endswith("rules") else FuturesBox, row_id)
    QTest.keyClick(shown, Key.Key_Escape)  # type: ignore[call-overload]
    assert not shown.isVisible()  # type: ignore[attr-defined]


def test_a_scenario_without_a_budget_cannot_be_cut(show: Show) -> None:
    window = show(small())
    session_of(window).set_scenario("s2")
    choose(window, "allocate.budgets", "−20 %")
    assert window.body is not None
    assert "has no budget to change" in " ".join(one.sentence for one in window.body.bar.notices())
    assert len(session_of(window).strategy.ordered(Scenario)) == 2
