"""Compare in a real window: what is shown, the numbers as a table, copies and files, and following every edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import crowd, sample, small
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, removal, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.chart import chart_named, charts
from prodlead_desktop.ui.actions.compare import save
from prodlead_desktop.ui.compare.page import ComparePage
from prodlead_desktop.ui.compare.tools import CompareTools
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session

Key = Qt.Key
Show = Callable[[Strategy], MainWindow]


def opened(window: MainWindow) -> ComparePage:
    assert window.body is not None
    window.body.show_workspace("compare")
    page = window.body.page("compare")
    assert isinstance(page, ComparePage)
    return page


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def tools_of(window: MainWindow) -> CompareTools:
    assert window.body is not None
    found = window.body.findChild(CompareTools)
    assert isinstance(found, CompareTools)
    return found


def said(window: MainWindow) -> str:
    assert window.body is not None
    return " ".join(notice.sentence for notice in window.body.bar.notices())


def drawn(page: ComparePage, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.cards[name].picture.image is not None, timeout=20_000)


def shown_names(page: ComparePage) -> list[str]:
    return [name for name, card in page.cards.items() if card.isVisible()]


def test_a_name_without_a_space_widens_nothing(show: Show) -> None:
    edit = Edit(sample())
    scenarios.rename(edit, scenarios.named(edit, "Balanced").id, "X" * 120)
    window = show(edit.result()[0])
    page = opened(window)
    QApplication.processEvents()
    room = page.area.viewport().width()
    assert page.area.widget().width() <= room
    (card, *_) = page.cards.values()
    assert (
        "X" * 120 in card.finding.text() and card.finding.height() >= 2 * card.finding.fontMetrics().height()
    )


def test_every_chart_is_drawn_with_its_finding_and_table(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    page = opened(window)
    strategy = session_of(window).strategy
    assert shown_names(page) == [chart.name for chart in charts()]
    for name, card in page.cards.items():
        drawn(page, name, qtbot)
        image = card.picture.image
        assert image is not None and abs(image.width() - card.picture.width()) <= 2
        reading = chart_named(name).of(strategy, page.showing.shown_by(chart_named(name)))
        assert card.finding.text() == reading.finding and card.unit.text() == reading.unit
        model = card.numbers.numbers
        assert model.rowCount() == len(reading.table.rows)
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                assert model.data(model.index(row, column)) == reading.table.text(row, column)
        assert reading.finding in card.accessibleName()


def test_charts_follow_an_edit_and_its_undo(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    page, session = opened(window), session_of(window)
    card = page.cards["moves"]
    before = card.finding.text()
    assert before == "€920\u00a0k changes places between Today and Balanced"
    drawn(page, "moves", qtbot)
    old = card.picture.image
    node = next(node for node in session.strategy.ordered(Node) if node.title == "Metric catalogue")
    with session.edit("Drop it") as edit:
        scenarios.set_level(edit, scenarios.named(edit, "Balanced").id, node.id, None)
    qtbot.waitUntil(lambda: card.finding.text() != before)
    qtbot.waitUntil(lambda: card.picture.image is not old, timeout=20_000)
    session.undo()
    qtbot.waitUntil(lambda: card.finding.text() == before)


def test_a_scenario_is_hidden_and_shown_by_its_switch_but_never_the_last(window: MainWindow) -> None:
    page, tools = opened(window), tools_of(window)
    assert page.showing.scenarios == ("s1", "s2")
    QTest.mouseClick(tools.switches["s2"], Qt.MouseButton.LeftButton)
    assert page.showing.scenarios == ("s1",) and not tools.switches["s2"].isChecked()
    assert page.cards["differences"].empty.isVisible()
    assert "second scenario" in page.cards["differences"].empty.text()
    QTest.keyClick(tools.switches["s1"], Key.Key_Space)
    assert page.showing.scenarios == ("s1",) and tools.switches["s1"].isChecked()
    assert "One scenario stays" in said(window)
    QTest.mouseClick(tools.switches["s2"], Qt.MouseButton.LeftButton)
    assert page.cards["differences"].reading.empty is None


def test_six_at_most(show: Show) -> None:
    window = show(crowd(10, 8))
    page = opened(window)
    assert len(page.showing.scenarios) == 6
    window.problems.run(lambda: page.showing.toggle("sc8"))
    assert "sc8" not in page.showing.scenarios
    page.showing.toggle("sc1")
    page.showing.toggle("sc8")
    assert page.showing.scenarios == ("sc2", "sc3", "sc4", "sc5", "sc6", "sc8")


def test_the_two_that_are_compared_are_chosen_and_swapped(show: Show) -> None:
    window = show(sample())
    page = opened(window)
    names = {scenario.name: scenario.id for scenario in session_of(window).strategy.ordered(Scenario)}
    assert page.showing.pair == (names["Today"], names["Balanced"])
    page.showing.set_pair(1, names["Habit first"])
    assert "Habit first" in page.cards["differences"].finding.text()
    page.cards["differences"].setFocus()
    QTest.keyClick(page.cards["differences"], Key.Key_S)
    assert page.showing.pair == (names["Habit first"], names["Today"])
    page.showing.set_pair(0, names["Today"])
    assert page.showing.pair == (names["Today"], names["Habit first"])


def test_the_keys_of_a_card(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    page = opened(window)
    card = page.cards["outcomes"]
    card.setFocus()
    QTest.keyClick(card, Key.Key_Return)
    assert page.large is card and shown_names(page) == ["outcomes"]
    QTest.keyClick(card, Key.Key_Escape)
    assert page.large is None and len(shown_names(page)) == len(charts())
    QTest.keyClick(card, Key.Key_T)
    assert card.numbers.isVisible() and not card.picture.isVisible()
    assert QApplication.focusWidget() is card.numbers
    QTest.keyClick(
        card.numbers, Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[1] == "Today (EUR)" and len(lines) == len(card.reading.table.rows) + 1
    QTest.keyClick(card.numbers, Key.Key_Escape)
    assert card.picture.isVisible()
    QTest.keyClick(card, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasImage(), timeout=20_000)
    content = QGuiApplication.clipboard().mimeData()
    assert content.hasFormat("image/svg+xml") and content.imageData().width() > 1000
    assert bytes(content.data("application/pdf").data()).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("form", "mime", "begins"),
    [
        ("PDF", "application/pdf", b"%PDF"),
        ("SVG", "image/svg+xml", b"<?xml"),
        ("PNG", "image/png", b"\x89PNG"),
        ("Numbers (CSV)", "text/csv", b"In Today,In Balanced,Money (EUR)"),
    ],
)
def test_a_chart_is_copied_in_one_form(show: Show, qtbot: QtBot, form: str, mime: str, begins: bytes) -> None:
    window = show(sample())
    card = opened(window).cards["moves"]
    card.setFocus()
    menu = QMenu(window)
    window.table.fill_choices(menu, "compare.copy_as")
    next(action for action in menu.actions() if action.text() == form).trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasFormat(mime), timeout=20_000)
    content = QGuiApplication.clipboard().mimeData()
    assert bytes(content.data(mime).data()).startswith(begins)


def test_a_chart_is_left_out_and_never_the_last(show: Show) -> None:
    window = show(sample())
    page = opened(window)
    for chart in charts()[1:]:
        page.showing.toggle_chart(chart.name)
    assert shown_names(page) == ["moves"]
    window.problems.run(lambda: page.showing.toggle_chart("moves"))
    assert shown_names(page) == ["moves"] and tools_of(window).charts.text() == f"Charts 1 of {len(charts())}"


@pytest.mark.parametrize("ending", ["pdf", "svg", "png", "csv"])
def test_a_chart_is_saved_from_the_window(show: Show, qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    window = show(sample())
    page = opened(window)
    page.cards["moves"].setFocus()
    out = tmp_path / f"chart.{ending}"
    save(window.context(), out)
    qtbot.waitUntil(out.exists, timeout=20_000)
    qtbot.waitUntil(lambda: f"chart.{ending} is written." in said(window))
    if ending == "pdf":
        assert "changes places" in PdfReader(out).pages[0].extract_text()


def test_what_was_shown_is_remembered(show: Show, program: Program, qtbot: QtBot) -> None:
    window = show(sample())
    page, path = opened(window), session_of(window).document.path
    hidden = page.showing.scenarios[2]
    page.showing.toggle(hidden)
    page.showing.toggle_chart("pools")
    page.showing.swap()
    pair = page.showing.pair
    window.close()
    again = program.show_document(Document.open(path), None)
    qtbot.waitExposed(again)
    assert again.body is not None and again.body.workspace == "compare"
    page = opened(again)
    assert hidden not in page.showing.scenarios and "pools" not in shown_names(page)
    assert page.showing.pair == pair


def test_without_scenarios_the_page_teaches(show: Show, qtbot: QtBot) -> None:
    edit = Edit(small())
    for scenario in edit.ordered(Scenario):
        removal.remove(edit, scenario)
    window = show(edit.result()[0])
    page = opened(window)
    assert page.no_scenario.isVisible()
    window.table.run("allocate.new")
    qtbot.waitUntil(lambda: not page.no_scenario.isVisible())
    assert page.no_money.isVisible()
    press = next(b for b in page.no_money.findChildren(QAbstractButton) if b.text() == "Go to Allocate")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert window.body is not None and window.body.workspace == "allocate"


def test_without_initiatives_the_page_leads_to_the_map(show: Show) -> None:
    window = show(bare())
    page = opened(window)
    assert page.no_initiative.isVisible() and not page.area.isVisible()
    window.table.refresh()
    for row_id in ("compare.save", "compare.copy", "compare.large", "compare.table"):
        assert not window.table.actions[row_id].isEnabled()
    press = next(b for b in page.no_initiative.findChildren(QAbstractButton) if b.text() == "Go to Map")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert window.body is not None and window.body.workspace == "map"


def bare() -> Strategy:
    edit = Edit(small())
    nodes.delete(edit, [node.id for node in edit.ordered(Node) if node.kind == "initiative"])
    return edit.result()[0]


def test_a_hundred_by_six_is_drawn_in_both_themes(show: Show, program: Program, qtbot: QtBot) -> None:
    window = show(crowd(100, 6))
    page = opened(window)
    drawn(page, "initiatives", qtbot)
    light = page.cards["initiatives"].picture.image
    program.appearance.choose("dark")
    qtbot.waitUntil(lambda: page.cards["initiatives"].picture.image is not light, timeout=20_000)
    image = page.cards["initiatives"].picture.image
    assert image is not None and image.pixelColor(2, 2).lightness() < 60
    window.resize(1000, 720)
    qtbot.waitUntil(lambda: page.cards["pools"].x() == page.cards["initiatives"].x())
