"""The Allocate table from the keyboard: levels stepped, amounts typed, rows locked, and refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from builders import many, sample, small
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, scenarios
from prodlead_desktop.domain.entities import Level, Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate import listing
from prodlead_desktop.ui.allocate.arrangement import GROUPS, SORTS, Arrangement
from prodlead_desktop.ui.allocate.columns import Column
from prodlead_desktop.ui.allocate.limits import LimitsBox
from prodlead_desktop.ui.allocate.listing import Heading, Row
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.allocate.slider import Track
from prodlead_desktop.ui.allocate.table import AllocateTable
from prodlead_desktop.ui.main_window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """Somebody at the Allocate table who only has a keyboard."""

    def __init__(self, window: MainWindow) -> None:
        assert window.body is not None and window.session is not None
        window.body.show_workspace("allocate")
        page: Any = window.body.page("allocate")
        assert isinstance(page, AllocatePage)
        self.window, self.session, self.page = window, window.session, page
        self.table: AllocateTable = page.table
        self.told: list[Any] = []
        self.session.notice.connect(self.told.append)

    @property
    def strategy(self) -> Strategy:
        return self.session.strategy

    def go(self, initiative: str) -> None:
        self.table.setFocus()
        self.session.select(initiative)
        assert self.table.active is not None and self.table.active.id == initiative

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.table, key)

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget() or self.table, letter)

    def level(self, initiative: str, scenario: str = "s1") -> str | None:
        given = scenarios.allocation(self.strategy, scenario, initiative)
        return given.level if given else None

    def shown(self, initiative: str) -> Row:
        found = self.table.row_at(self.table.lines.row_of(initiative))
        assert found is not None
        return found


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    return Desk(window)


def test_rows_stand_by_pool_with_sums(desk: Desk) -> None:
    lines = desk.table.lines.lines
    told = [(x.name, x.placed) if isinstance(x, Heading) else x.id for x in lines]
    assert told == [("Core", 60_000), "i1", ("New", 0), "i2", ("No pool", 15_000), "i3"]
    QAbstractItemModelTester(desk.table.lines)


def test_arrows_walk_over_rows_and_step_levels(desk: Desk) -> None:
    desk.table.setFocus()
    desk.press(Key.Key_Down)
    assert desk.session.current == "i1"
    desk.press(Key.Key_Down)
    assert desk.session.current == "i2", "a heading is no row"
    desk.press(Key.Key_Right)
    assert desk.level("i2") == "l4"
    desk.press(Key.Key_Right)
    assert desk.level("i2") == "l4", "there is no level above"
    desk.press(Key.Key_Left)
    assert desk.level("i2") is None
    desk.press(Key.Key_End)
    assert desk.session.current == "i3"
    desk.press(Key.Key_Home)
    assert desk.session.current == "i1"


def test_a_typed_amount_takes_the_level_of_that_cost_and_is_on_disk(desk: Desk) -> None:
    desk.go("i2")
    desk.type("500")
    desk.press(Key.Key_Return)
    assert desk.level("i2") == "l4" and desk.shown("i2").cost == 50_000
    assert desk.table.hasFocus() and desk.table.editor is None
    document = desk.session.document
    assert document.flush()
    again = Document.open(document.path, read_only=True)
    assert capital.cost(again.strategy, "s1", "i2") == 50_000
    again.close()
    QTest.keyClick(desk.table, Key.Key_Z, CTRL)
    assert desk.level("i2") is None


def test_an_amount_between_levels_offers_the_two_neighbours(desk: Desk) -> None:
    desk.session.set_scenario("s2")
    desk.go("i1")
    desk.type("450")
    desk.press(Key.Key_Return)
    editor = desk.table.editor
    assert editor is not None and editor.text() == "450" and editor.hasFocus()
    assert desk.level("i1", "s2") == "l1", "nothing was written"
    assert "no level at that amount" in editor.problem.sentence.text()
    assert [button.text() for button in editor.problem.buttons] == ["Minimum, €300", "Full, €600"]
    desk.press(Key.Key_Tab, Key.Key_Tab)
    assert QApplication.focusWidget() is editor.problem.buttons[1]
    desk.press(Key.Key_Return)
    assert desk.level("i1", "s2") == "l2"
    assert desk.table.editor is None and desk.table.hasFocus()


def test_below_the_least_level_nothing_is_offered_too(desk: Desk) -> None:
    desk.go("i2")
    desk.type("1")
    desk.press(Key.Key_Return)
    editor = desk.table.editor
    assert editor is not None
    assert [button.text() for button in editor.problem.buttons] == ["None, €0", "Full, €500"]
    desk.press(Key.Key_Escape)
    assert desk.table.editor is None and desk.level("i2") is None


def test_what_is_no_amount_stays_with_the_reason(desk: Desk) -> None:
    desk.go("i2")
    desk.press(Key.Key_F2)
    desk.type("much")
    desk.press(Key.Key_Return)
    editor = desk.table.editor
    assert editor is not None and editor.text() == "much"
    assert "not an amount of money" in editor.problem.sentence.text()
    assert not editor.problem.buttons


def test_down_takes_the_amount_and_goes_on_to_the_next_row(desk: Desk) -> None:
    desk.go("i2")
    desk.type("500")
    desk.press(Key.Key_Down)
    assert desk.level("i2") == "l4" and desk.session.current == "i3"


def test_a_lock_is_toggled_and_refuses_changes_in_words(desk: Desk) -> None:
    desk.go("i1")
    assert desk.shown("i1").locked
    desk.press(Key.Key_Right)
    assert desk.level("i1") == "l2" and desk.told[-1].sentence == "“Guide” is locked."
    desk.type("300")
    assert desk.table.editor is None and desk.level("i1") == "l2"
    desk.press(Key.Key_L)
    assert not desk.shown("i1").locked
    desk.press(Key.Key_Right)
    assert desk.level("i1") == "l3"
    desk.press(Key.Key_L)
    desk.told[-1:] = []
    desk.press(Key.Key_Left)
    desk.told[-1].actions[0][1]()
    assert not desk.shown("i1").locked, "the notice offers to unlock"


def test_a_frozen_scenario_refuses_with_duplicate_as_the_way_out(desk: Desk) -> None:
    with desk.session.edit("Freeze") as edit:
        scenarios.freeze(edit, "s2", "Before lunch", 30_000)
    desk.session.set_scenario("s2")
    desk.go("i1")
    for act in (Key.Key_Right, Key.Key_L, Key.Key_4, Key.Key_Space):
        desk.told.clear()
        desk.press(act)
        assert "is frozen" in desk.told[-1].sentence and desk.told[-1].actions[0][0] == "Duplicate"
    assert desk.level("i1", "s2") == "l1"
    desk.told[-1].actions[0][1]()
    copy = desk.session.strategy.get(Scenario, str(desk.session.scenario))
    assert (copy.name, copy.status) == ("Other 2", "draft")
    desk.go("i1")
    desk.press(Key.Key_Right)
    assert desk.level("i1", copy.id) == "l2"


def test_a_bar_about_a_frozen_scenario_goes_when_that_is_no_longer_so(desk: Desk) -> None:
    bar, table = desk.window.body.bar, desk.window.table  # type: ignore[union-attr]

    def refused() -> Any:
        desk.go("i1")
        desk.press(Key.Key_Right)
        return next(notice for notice in bar.notices() if notice.key == "allocate")

    desk.session.set_scenario("s2")
    table.run("allocate.duplicate")
    copy = str(desk.session.scenario)
    table.run("allocate.freeze")
    told = refused()
    desk.session.set_scenario("s2")  # another one is active
    assert told not in bar.notices()
    desk.session.set_scenario(copy)
    told = refused()
    table.run("allocate.thaw")
    assert told not in bar.notices()
    table.run("edit.undo")
    told = refused()
    table.run("edit.undo")
    table.run("edit.undo")
    assert told not in bar.notices() and desk.strategy.find(Scenario, copy) is None
    before = desk.strategy
    for _, act in told.actions:  # a press that was on its way
        act()
    assert desk.strategy is before and not bar.notices()


def test_the_level_menu_holds_every_level_with_its_cost(desk: Desk) -> None:
    desk.go("i2")
    menu = desk.table.open_levels()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["None  €0", "Full  €500"]
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    menu.close()
    assert desk.level("i2") == "l4"


def test_a_press_on_the_lock_locks_that_row(desk: Desk) -> None:
    place = desk.table.visualRect(desk.table.lines.index(desk.table.lines.row_of("i2"), Column.LOCK))
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place.center() + QPoint(0, 0))
    assert desk.shown("i2").locked and desk.session.current == "i2"


def test_an_initiative_funded_by_curve_takes_any_amount(desk: Desk) -> None:
    with desk.session.edit("Curve") as edit:
        nodes.set_value(edit, "i2", "funding", "curve")
    desk.go("i2")
    desk.press(Key.Key_Right)
    assert "type the money" in desk.told[-1].sentence
    desk.type("123")
    desk.press(Key.Key_Return)
    assert capital.cost(desk.strategy, "s1", "i2") == 12_300
    assert desk.shown("i2").level_name == "Amount"


def test_an_unknown_cost_is_said_and_never_zero(desk: Desk) -> None:
    with desk.session.edit("Unknown") as edit:
        edit.put(Level("l9", "i2", 1 << 30, "Dream"))
        scenarios.set_level(edit, "s1", "i2", "l9")
    assert desk.table.lines.words.money(desk.shown("i2")) == "€ ?"
    assert desk.page.head.placed.text() == "€750 + ?"
    assert "1 cost unknown" in desk.page.head.of.text()


def test_undo_repaints_the_row_without_building_the_table_again(desk: Desk) -> None:
    resets: list[object] = []
    changed: list[int] = []
    desk.table.lines.modelReset.connect(lambda: resets.append(1))
    desk.go("i2")
    desk.table.lines.dataChanged.connect(lambda first, last: changed.append(first.row()))
    desk.press(Key.Key_Right)
    assert desk.shown("i2").cost == 50_000
    QTest.keyClick(desk.table, Key.Key_Z, CTRL)
    assert desk.shown("i2").cost == 0
    assert not resets
    assert desk.table.lines.row_of("i2") in changed
    assert desk.table.lines.row_of("i1") not in changed


def test_a_row_and_a_card_are_one_selection(desk: Desk) -> None:
    desk.session.select("i3")
    assert desk.table.active is not None and desk.table.active.id == "i3"
    desk.session.select("o1")
    assert desk.table.active is None
    assert desk.session.current == "o1", "looking at the table selects nothing"


def test_sorting_and_grouping(desk: Desk) -> None:
    arrangement = Arrangement.of(desk.session)
    arrangement.set("group", "")
    assert [line.id for line in desk.table.lines.lines if isinstance(line, Row)] == ["i1", "i2", "i3"]
    assert not any(isinstance(line, Heading) for line in desk.table.lines.lines)
    arrangement.set("sort", "name")
    assert [line.title for line in desk.table.lines.lines if isinstance(line, Row)] == [
        "Connectors", "Guide", "Rebrand",
    ]  # fmt: skip
    arrangement.set("sort", "money")
    assert [line.id for line in desk.table.lines.lines if isinstance(line, Row)] == ["i1", "i3", "i2"]


def test_a_read_only_document_refuses_in_words(program: Any, tmp_path: Any, qtbot: QtBot) -> None:
    path = tmp_path / "shown.prodlead"
    Document.create(path, small()).close()
    window = program.show_document(Document.open(path, read_only=True), None)
    qtbot.waitExposed(window)
    desk = Desk(window)
    desk.go("i2")
    desk.press(Key.Key_Right, Key.Key_5)
    assert desk.table.editor is None and desk.level("i2") is None
    assert desk.told and desk.told[-1].sentence == window.session.document.read_only


# -- what the rows are made from


def test_the_sample_adds_up_as_on_the_wall() -> None:
    strategy = sample()
    balanced = scenarios.named(strategy, "Balanced").id
    shares = {share.name: share for share in listing.shares(Ledger(strategy, balanced))}
    assert {name: share.placed for name, share in shares.items()} == {
        "Core": 281_000_000, "Adjacent": 65_000_000, "New": 18_000_000,
    }  # fmt: skip
    assert [share.permille for share in shares.values()] == [703, 163, 45]
    assert [share.outside for share in shares.values()] == [False, False, True]
    reached, orphans = listing.reaches(Ledger(strategy, balanced))
    assert {row.name: row.placed for row in reached} == {
        "New teams build a weekly habit": 178_000_000,
        "Customers trust the numbers": 113_000_000,
        "Mid-market accounts grow": 44_000_000,
    }
    assert sum(row.placed for row in orphans) == 29_000_000
    total = capital.totals(strategy, balanced).placed
    assert sum(row.placed for row in (*reached, *orphans)) == total


def test_every_initiative_is_one_row_whatever_the_order() -> None:
    strategy = many(400)
    wanted = sorted(node.id for node in strategy.all(Node).values() if node.kind == "initiative")
    for group in GROUPS:
        for sort in SORTS:
            found = listing.lines(strategy, "sc1", group, sort)
            assert sorted(line.id for line in found if isinstance(line, Row)) == wanted
            headings = [line for line in found if isinstance(line, Heading)]
            assert sum(line.count for line in headings) == (len(wanted) if group else 0)


def test_money_through_an_effect_alone_is_counted_once() -> None:
    strategy = small()
    reached, orphans = listing.reaches(Ledger(strategy, "s1"))
    assert [(row.name, row.placed) for row in orphans] == [("Rebrand", 15_000)]
    assert sum(row.placed for row in (*reached, *orphans)) == 75_000


# -- sliders, floors and ceilings, filter


def cell_x(desk: Desk, title: str, amount: int) -> QPoint:
    at = desk.table.lines.row_of(title)
    cell = desk.table.visualRect(desk.table.lines.index(at, Column.SCALE))
    return QPoint(round(Track(QRectF(cell), desk.table.lines.most).x(amount)), cell.center().y())


def pull(desk: Desk, row_id: str, amount: int, let_go: bool = True) -> None:
    view = desk.table.viewport()
    start = cell_x(desk, row_id, desk.shown(row_id).cost or 0)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, cell_x(desk, row_id, amount))
    if let_go:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=cell_x(desk, row_id, amount))


def test_a_slider_rests_at_levels_and_writes_one_edit(desk: Desk) -> None:
    with desk.session.edit("Unlock") as edit:
        scenarios.set_lock(edit, "s1", "i1", False)
    before = desk.session.document.undo_label
    pull(desk, "i1", 76_000, let_go=False)
    assert desk.session.document.undo_label == before, "nothing is written while it is held"
    assert desk.shown("i1").cost == 80_000 and capital.totals(desk.session.seen, "s1").placed == 95_000
    assert desk.level("i1") == "l2"
    QTest.mouseRelease(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=cell_x(desk, "i1", 76_000))
    assert desk.level("i1") == "l3" and desk.session.document.undo_label == "Move the slider"
    desk.session.undo()
    assert desk.level("i1") == "l2" and desk.shown("i1").cost == 60_000


def test_escape_lets_a_slider_go_without_a_trace(desk: Desk) -> None:
    before = desk.session.document.undo_label
    pull(desk, "i3", 0, let_go=False)
    assert desk.shown("i3").cost == 0
    QTest.keyClick(desk.table, Key.Key_Escape)
    assert desk.shown("i3").cost == 15_000 and desk.session.seen is desk.session.strategy
    QTest.mouseRelease(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=cell_x(desk, "i3", 0))
    assert desk.session.document.undo_label == before


def test_a_locked_or_frozen_row_does_not_slide(desk: Desk) -> None:
    pull(desk, "i1", 30_000)
    assert desk.level("i1") == "l2" and "is locked" in desk.told[-1].sentence


def test_floor_and_ceiling_hold_slider_keys_and_typed_amounts(desk: Desk) -> None:
    with desk.session.edit("Limits") as edit:
        scenarios.set_lock(edit, "s1", "i1", False)
        scenarios.set_limits(edit, "s1", "i1", 30_000, 60_000)
    pull(desk, "i1", 0)
    assert desk.level("i1") == "l1"
    pull(desk, "i1", 80_000)
    assert desk.level("i1") == "l2"
    desk.go("i1")
    desk.press(Key.Key_Right)
    assert desk.level("i1") == "l2" and "has a ceiling of €600" in desk.told[-1].sentence
    assert "at least €300, at most €600" in desk.table.lines.words.spoken(desk.shown("i1"))


def test_floor_and_ceiling_are_typed_beside_the_row(desk: Desk) -> None:
    desk.go("i3")
    desk.press(Key.Key_F)
    box = desk.table.window().findChildren(LimitsBox)[-1]
    for field, words in ((box.floor, "100"), (box.ceiling, "200")):
        field.editor.setFocus()
        field.editor.selectAll()
        QTest.keyClicks(field.editor, words)
        QTest.keyClick(field.editor, Key.Key_Return)
    assert (desk.shown("i3").floor, desk.shown("i3").ceiling) == (10_000, 20_000)
    box.floor.editor.selectAll()
    QTest.keyClicks(box.floor.editor, "300")
    QTest.keyClick(box.floor.editor, Key.Key_Return)
    assert "floor is above the ceiling" in desk.told[-1].sentence
    assert desk.shown("i3").floor == 10_000 and box.floor.value == 10_000


def test_an_amount_slides_in_twentieths_and_all_or_nothing_below_the_least(desk: Desk) -> None:
    with desk.session.edit("Curve") as edit:
        nodes.set_value(edit, "i2", "full_cost", 100_000)
        nodes.set_value(edit, "i2", "least_share", 0.4)
        nodes.set_value(edit, "i2", "funding", "curve")
    pull(desk, "i2", 51_000)
    assert desk.shown("i2").cost == 50_000
    pull(desk, "i2", 30_000)
    assert desk.shown("i2").cost == 40_000
    pull(desk, "i2", 10_000)
    assert desk.shown("i2").cost == 0
    desk.go("i2")
    desk.press(Key.Key_Right)
    assert desk.shown("i2").cost in (0, 5_000, 40_000)


def test_rows_are_filtered_and_grouped_by_team_and_outcome(desk: Desk) -> None:
    arrangement = Arrangement.of(desk.session)

    def names() -> list[str]:
        return [line.title if isinstance(line, Row) else f"# {line.name}" for line in desk.table.lines.lines]

    arrangement.set("group", "team")
    assert names() == ["# Data", "Guide", "# No team", "Connectors", "Rebrand"]
    arrangement.set("group", "outcome")
    assert names() == ["# Faster insight", "Guide", "Connectors", "# Reaches no outcome", "Rebrand"]
    arrangement.set("group", "")
    for show, wanted in (
        ("funded", ["Guide", "Rebrand"]), ("unfunded", ["Connectors"]), ("locked", ["Guide"]), ("orphan", ["Rebrand"]),
        ("", ["Guide", "Connectors", "Rebrand"]),
    ):  # fmt: skip
        arrangement.set("show", show)
        assert names() == wanted
    arrangement.set_words("GUI")
    assert names() == ["Guide"]
