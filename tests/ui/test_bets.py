"""The table of bets as a spreadsheet, on the real window: keys, ranges, the clipboard, sorting, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bets_table import column, go, opened, words
from builders import crowd
from conftest import Shot
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from scribe import Composer, Scribe

from prodlead_desktop.domain import bets, initiatives, nodes, tree
from prodlead_desktop.domain.entities import Effect, Node
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.bets.table import BetsTable
from prodlead_desktop.ui.bets.tools import BetsTools
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Link

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Show = Callable[[Strategy], MainWindow]


def select(table: BetsTable, top: int, left: str, bottom: int, right: str) -> None:
    go(table, top, left)
    for row in range(top, bottom + 1):
        for at in range(column(table, left), column(table, right) + 1):
            table.selectionModel().select(table.rows.index(row, at), QItemSelectionModel.SelectionFlag.Select)


def test_it_is_a_third_view_of_the_same_cards(window: MainWindow, shot: Shot) -> None:
    session, table = opened(window)
    assert window.body is not None and window.body.top.tabs["map"].isChecked()
    assert [words(table, row, "title") for row in range(3)] == ["Guide", "Connectors", "Rebrand"]
    assert words(table, 0, "outcome") == "Faster insight +1" and words(table, 2, "outcome") == ""
    assert words(table, 0, "full") == "€600" and words(table, 0, "p50") == "16\xa0min"
    shot("bets", window)
    go(table, 1, "team")
    assert session.current == "i2"
    session.select("i1")
    assert table.currentIndex().row() == 0
    with session.edit("Add") as edit:
        nodes.add(edit, "initiative", "Later", "o2")
    assert [words(table, row, "title") for row in range(4)] == ["Guide", "Connectors", "Later", "Rebrand"]
    window.table.run("map.table")
    assert window.body.workspace == "map"


@pytest.mark.parametrize("person", [Scribe, Composer])
def test_cells_are_typed_with_enter_down_and_tab_on(
    window: MainWindow, person: type[Scribe], qtbot: QtBot
) -> None:
    session, table = opened(window)
    scribe = person()
    go(table, 0, "title")
    scribe.type("Guided")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: session.strategy.get(Node, "i1").title == "Guided")
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    assert table.hasFocus()
    go(table, 1, "p10")
    for number in ("2", "4", "9"):
        scribe.type(number)
        scribe.press(Key.Key_Tab)
    effect = bets.served(session.strategy, "i2").effect
    assert effect is not None and (effect.p10, effect.p50, effect.p90) == (2.0, 4.0, 9.0)
    scribe.press(Key.Key_Escape)
    go(table, 1, "success")
    scribe.press(Key.Key_F2)
    scribe.type("80")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: data(session, "i2").success == 0.8)


def data(session: Session, node_id: str) -> InitiativeData:
    found = session.strategy.get(Node, node_id).data
    assert isinstance(found, InitiativeData)
    return found


def test_what_cannot_be_read_stays_red_with_its_reason(window: MainWindow, qtbot: QtBot) -> None:
    session, table = opened(window)
    before = session.strategy
    go(table, 0, "pool")
    scribe = Scribe()
    scribe.type("Cora")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(table.rows.refused))
    assert session.strategy is before and words(table, 0, "pool") == "Cora"
    place = table.rows.index(0, column(table, "pool"))
    assert "No pool is called “Cora”" in str(place.data(Qt.ItemDataRole.ToolTipRole))
    assert "No pool" in str(place.data(Qt.ItemDataRole.AccessibleTextRole))
    go(table, 0, "pool")
    scribe.press(Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None and editor.text() == "Cora", "to be corrected, not typed again"
    scribe.press(Key.Key_Escape)
    scribe.press(Key.Key_Escape)
    assert words(table, 0, "pool") == "Core" and not table.rows.refused


def test_a_range_goes_to_a_spreadsheet_and_back(window: MainWindow) -> None:
    session, table = opened(window)
    select(table, 0, "title", 1, "delay")
    Scribe().press(Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    first = copied.split("\n")[0].split("\t")
    assert first[:8] == ["Guide", "Faster insight", "300", "600", "800", "8", "16", "24"]
    before = session.strategy
    Scribe().press(Key.Key_V, CTRL)
    assert session.strategy == before, "what was copied is what is there"
    go(table, 3, "title")
    Scribe().press(Key.Key_V, CTRL)
    added = [node for node in bets.bets(session.strategy) if node.id not in before.all(Node)]
    assert [node.title for node in added] == ["Guide", "Connectors"]
    assert [node.parent for node in added] == ["o1", "o1"], "below the outcome they serve"
    effect = bets.served(session.strategy, added[0].id).effect
    assert effect is not None and (effect.p10, effect.p50, effect.p90) == (8.0, 16.0, 24.0)
    assert [level.cost for level in initiatives.levels(session.strategy, added[0].id)] == [
        30_000,
        60_000,
        80_000,
    ]
    session.undo()
    assert session.strategy == before, "one paste, one step"


def test_a_sheet_with_heads_finds_its_columns_and_tells_what_it_could_not_take(window: MainWindow) -> None:
    session, table = opened(window)
    before = session.strategy
    sheet = (
        "Initiative\tCost\tOutcome served\tWorks\tColour\tP10\tP50\tP90\r\n"
        "Größe\t1 200\tTrusted numbers\t75%\tred\t1\t2\t3\r\n"
        '"Two\nlines"\tmuch\tNowhere\t175\tblue\t9\t2\t3\r\n'
    )
    QGuiApplication.clipboard().setText(sheet)
    go(table, 3, "title")
    Scribe().press(Key.Key_V, CTRL)
    one, two = (node for node in bets.bets(session.strategy) if node.id not in before.all(Node))
    assert (one.title, one.parent, two.title, two.parent) == ("Größe", "o2", "Two lines", None)
    assert (
        initiatives.levels(session.strategy, one.id)[0].cost == 120_000
        and data(session, one.id).success == 0.75
    )
    assert {name for _, name in table.rows.refused} == {"full", "outcome", "success", "p10", "p50", "p90"}
    assert words(table, table.rows.row_of(two.id), "full") == "much", "nothing that was pasted is lost"
    assert window.body is not None
    said = window.body.bar.notices()[-1].sentence
    assert "Pasted 8 cells, 2 new bets." in said and "6 cells could not be read" in said
    assert "2 cells had no column here" in said
    session.undo()
    assert session.strategy == before and not table.rows.refused


def test_the_numbers_of_a_block_are_read_alike_as_on_the_map(window: MainWindow) -> None:
    session, table = opened(window)
    for sheet, costs in (
        ("1,5 k\t2 k\t3.000", (150_000, 200_000, 300_000)),
        ("1.5 k\t2 k\t3,000", (150_000, 200_000, 300_000)),
        ("1.500\t2.500,50\t3.000", (150_000, 250_050, 300_000)),
    ):
        QGuiApplication.clipboard().setText(sheet)
        go(table, 0, "minimum")
        Scribe().press(Key.Key_V, CTRL)
        found = initiatives.levels(session.strategy, table.rows.ids[0])
        assert tuple(level.cost for level in found) == costs, sheet
        assert not table.rows.refused and window.body is not None
        assert not any("decimal sign" in notice.sentence for notice in window.body.bar.notices()), sheet
    QGuiApplication.clipboard().setText("1.500\t2 k\t3 k")
    go(table, 0, "minimum")
    Scribe().press(Key.Key_V, CTRL)
    costs = tuple(level.cost for level in initiatives.levels(session.strategy, table.rows.ids[0]))
    assert costs[0] == 150, "nothing tells what the point is: it is the user's own"
    assert window.body is not None
    said = window.body.bar.notices()[-1].sentence
    assert "In “1.500” the point was read as the decimal sign." in said


def test_one_cell_fills_a_selection_and_delete_empties_it(window: MainWindow) -> None:
    session, table = opened(window)
    QGuiApplication.clipboard().setText("expert")
    select(table, 0, "evidence", 2, "evidence")
    Scribe().press(Key.Key_V, CTRL)
    assert {data(session, node).evidence for node in ("i1", "i2", "i3")} == {"expert"}
    assert session.document.undo_label == "Paste 3 cells"
    select(table, 0, "title", 2, "evidence")
    Scribe().press(Key.Key_Delete)
    assert {data(session, node).evidence for node in ("i1", "i2", "i3")} == {None}
    assert session.strategy.get(Node, "i1").title == "Guide" and not session.strategy.by(
        Effect, "outcome", "o1"
    )
    session.undo()
    session.undo()
    assert data(session, "i1").evidence is None and session.strategy.get(Effect, "e1").p50 == 16.0


def test_an_empty_clipboard_and_far_too_much_are_refused_in_words(window: MainWindow) -> None:
    session, _ = opened(window)
    before = session.strategy
    for text, reason in (("", "no cells"), ("x\n" * 5002, "more than")):
        QGuiApplication.clipboard().setText(text)
        Scribe().press(Key.Key_V, CTRL)
        assert window.body is not None and reason in window.body.bar.notices()[-1].sentence
    assert session.strategy is before


def test_the_last_row_makes_a_bet(window: MainWindow, qtbot: QtBot) -> None:
    session, table = opened(window)
    table.add()
    scribe = Scribe()
    scribe.type("Fresh idea")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(bets.bets(session.strategy)) == 4)
    assert bets.bets(session.strategy)[-1].title == "Fresh idea"
    assert session.document.undo_label == "Add initiative"


def test_sorting_goes_up_down_and_back_and_stays_while_typing(show: Show) -> None:
    window = show(crowd(30))
    session, table = opened(window)
    order = list(table.rows.ids)
    at = column(table, "full")
    table.sort_by(at)
    costs = [
        table.rows.columns[at].value(session.strategy, session.strategy.get(Node, node))
        for node in table.rows.ids
    ]
    known = [cost for cost in costs if cost is not None]
    assert known == sorted(known) and costs[len(known) :] == [None] * (len(costs) - len(known))
    first = table.rows.ids[0]
    table.rows.setData(table.rows.index(0, at), "99999999")
    assert table.rows.ids[0] == first, "rows do not run away from the keys"
    table.sort_by(at)
    assert table.rows.ids[0] == first, "dearest first"
    table.sort_by(at)
    assert table.rows.ids == order


def test_it_shows_what_the_map_is_narrowed_to(window: MainWindow) -> None:
    session, table = opened(window)
    tester = QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    session.set_root("o1")
    assert table.rows.ids == ["i1", "i2"]
    session.narrowing.set_filter(Filter(teams=("t1",)))
    assert table.rows.ids == ["i1"]
    session.narrowing.set_filter(Filter())
    session.set_root(None)
    assert table.rows.ids == ["i1", "i2", "i3"]
    with session.edit("Delete") as edit:
        nodes.delete(edit, ["o1"])
    assert table.rows.ids == ["i3"]
    session.undo()
    assert len(table.rows.ids) == 3
    del tester


def test_the_count_tells_matches_from_what_was_just_worked_on(window: MainWindow) -> None:
    session, _ = opened(window)
    tools = window.findChild(BetsTools)
    assert isinstance(tools, BetsTools)
    session.narrowing.set_filter(Filter(kinds=("ambition",)))
    assert tools.count.text() == "0 bets, filtered: Ambitions"
    with session.edit("Rename") as edit:
        nodes.rename(edit, "i1", "Worked on")
    assert tools.count.text() == "0 bets, filtered: Ambitions; 1 more, just worked on"


def test_spare_width_goes_to_the_words(window: MainWindow) -> None:
    _, table = opened(window)
    head, columns = table.horizontalHeader(), table.rows.columns
    window.resize(2200, 900)
    table.grab()
    room = table.viewport().width()
    assert room - len(columns) <= head.length() <= room and table.horizontalScrollBar().maximum() == 0
    assert all((table.columnWidth(at) == one.width) == one.number for at, one in enumerate(columns))
    outcome = column(table, "outcome")
    table.setColumnWidth(outcome, 300)
    window.resize(2000, 900)
    table.grab()
    assert table.columnWidth(outcome) == 300, "sized by hand"
    window.resize(1000, 700)
    table.grab()
    assert table.columnWidth(0) == columns[0].width and table.horizontalScrollBar().maximum() > 0


def test_find_leads_back_to_the_map(window: MainWindow) -> None:
    opened(window)
    QTest.keyClick(Scribe().focused(), Key.Key_F, CTRL)
    assert window.body is not None and window.body.workspace == "map"


def test_the_whole_sheet_of_a_big_map(show: Show) -> None:
    strategy = crowd(400)
    window = show(strategy)
    session, table = opened(window)
    select(table, 0, "title", 0, "delay")
    table.selectAll()
    Scribe().press(Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().rstrip("\n").split("\n")
    assert len(lines) == 400
    QGuiApplication.clipboard().setText("\n".join(lines).replace("guess", "data"))
    table.setCurrentIndex(table.rows.index(0, 0))
    Scribe().press(Key.Key_V, CTRL)
    assert [node.title for node in bets.bets(session.strategy)] == [
        node.title for node in bets.bets(strategy)
    ]
    assert all(tree.outcome_above(session.strategy, node.id) == tree.outcome_above(strategy, node.id)
               for node in bets.bets(strategy))  # fmt: skip


def test_a_minimum_above_full_is_marked_in_words_and_taken(window: MainWindow, qtbot: QtBot) -> None:
    _, table = opened(window)
    go(table, 0, "minimum")
    scribe = Scribe()
    scribe.type("2.5 m")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: words(table, 0, "minimum") == "€2.50\xa0M")
    reason = "Minimum costs €2.50\xa0M, more than Full at €600."
    for name in ("minimum", "full"):
        spoken = str(table.rows.index(0, column(table, name)).data(Qt.ItemDataRole.AccessibleTextRole))
        assert spoken.endswith(reason), spoken
    assert window.body is not None
    assert any(reason in notice.sentence for notice in window.body.bar.notices())
    go(table, 0, "minimum")
    scribe.type("300")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: words(table, 0, "minimum") == "€300")
    assert not any(reason in notice.sentence for notice in window.body.bar.notices())


def undo_links(window: MainWindow) -> list[Link]:
    return [link for link in window.findChildren(Link) if link.isVisible() and link.text() == "Undo"]


def test_undo_in_a_message_takes_back_its_own_step_and_no_other(window: MainWindow) -> None:
    session, table = opened(window)
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Renamed")
    QGuiApplication.clipboard().setText("New A\ty\tz")
    go(table, 0, "title")
    Scribe().press(Key.Key_V, CTRL)
    assert window.body is not None
    said = window.body.bar.notices()[-1]
    assert "could not be read" in said.sentence and len(undo_links(window)) == 1
    Scribe().press(Key.Key_Z, CTRL)
    assert session.strategy.get(Node, "i1").title == "Guide" and not undo_links(window)
    assert said not in window.body.bar.notices()
    dict(said.actions)["Undo"]()
    assert session.strategy.get(Node, "o1").title == "Renamed"
    session.redo()
    window.tell(Notice("Pasted.", "info", (("Undo", session.undo),), key="mine"))
    undo_links(window)[0].click()
    assert session.strategy.get(Node, "i1").title == "Guide", (
        "a step that is still the last one is taken back"
    )


def test_a_paste_that_changes_nothing_offers_no_undo(window: MainWindow) -> None:
    session, table = opened(window)
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Renamed")
    for text in ("much", words(table, 0, "full")):
        QGuiApplication.clipboard().setText(text)
        go(table, 0, "full")
        Scribe().press(Key.Key_V, CTRL)
        assert session.document.undo_label == "Rename" and not undo_links(window)


def test_what_is_pasted_lands_where_the_ring_is(window: MainWindow) -> None:
    session, table = opened(window)
    before, scribe = session.strategy, Scribe()
    go(table, 0, "title")
    scribe.press(Key.Key_End, CTRL)
    assert table.selectedIndexes() == [table.currentIndex()]
    assert table.currentIndex() == table.rows.index(3, len(table.rows.columns) - 1)
    QGuiApplication.clipboard().setText("title\tminimum\tfull\nNew bet\t10k\t30k\n")
    scribe.press(Key.Key_V, CTRL)
    assert {id: session.strategy.get(Node, id) for id in before.all(Node)} == before.all(Node)
    added = bets.bets(session.strategy)[-1]
    assert added.title == "New bet" and words(table, table.rows.row_of(added.id), "full") == "€30\u00a0k"
    go(table, 0, "evidence")
    scribe.press(Key.Key_Down, CTRL)
    assert table.selectedIndexes() == [table.currentIndex()], "Delete empties what the ring shows"
    scribe.press(Key.Key_Home, CTRL | SHIFT)
    assert len(table.selectedIndexes()) > 1


def test_cards_copied_on_the_map_are_no_cells(window: MainWindow) -> None:
    session, _ = opened(window)
    before = session.strategy
    session.select("o1")
    window.table.run("edit.copy")
    Scribe().press(Key.Key_V, CTRL)
    assert session.strategy is before and window.body is not None
    assert "Paste them on the map" in window.body.bar.notices()[-1].sentence


def test_a_refusal_goes_with_the_next_edit_or_when_the_same_goes_well(window: MainWindow) -> None:
    _, table = opened(window)
    assert window.body is not None
    bar, clipboard, scribe = window.body.bar, QGuiApplication.clipboard(), Scribe()
    clipboard.setText("")
    for _ in range(2):
        scribe.press(Key.Key_V, CTRL)
        window.table.run("edit.paste")
    assert ["no text" in notice.sentence for notice in bar.notices()] == [True], "one refusal at a time"
    window.tell(Notice("It was not written.", "err", key="export"))
    clipboard.setText("expert")
    go(table, 0, "evidence")
    scribe.press(Key.Key_V, CTRL)
    assert [notice.key for notice in bar.notices()] == ["export"], "a failure of the machine stays"
    clipboard.setText("")
    assert not window.table.run("edit.paste") and len(bar.notices()) == 2
    clipboard.setText("A card")
    assert window.table.run("edit.paste")
    assert [notice.key for notice in bar.notices()] == ["export"]
