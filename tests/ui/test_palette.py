"""Ctrl K: any command and any card by a few letters, without the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import tree
from prodlead_desktop.ui.fuzzy import score
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.palette import ROW, Palette

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.palette_box
    assert palette.isVisible() and palette.line.hasFocus()
    return palette


def test_a_command_runs_from_a_few_letters(window: MainWindow) -> None:
    assert window.session is not None
    window.session.select("i1")
    palette = opened(window)
    QTest.keyClicks(palette.line, "dupl")
    assert palette.hits()[0].title == "Duplicate" and palette.hits()[0].keys == "Ctrl D"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert len(tree.children(window.session.strategy, "o1")) == 3


def test_a_card_is_gone_to(window: MainWindow) -> None:
    assert window.session is not None
    window.session.set_folded({"o1"})
    title = next(node.title for node in tree.children(window.session.strategy, "o1"))
    palette = opened(window)
    palette.line.setText(title)
    hit = next(hit for hit in palette.hits() if hit.title == title)
    assert hit.place.startswith("Go to ")
    hit.run()
    assert window.session.folded == frozenset()
    assert window.session.current is not None


def test_scenarios_are_commands_too(window: MainWindow) -> None:
    assert window.session is not None
    window.session.set_scenario("s1")
    palette = opened(window)
    palette.line.setText("scenario other")
    palette.choose()
    assert window.session.scenario == "s2"


def test_only_what_can_be_done_is_listed(window: MainWindow) -> None:
    palette = opened(window)
    titles = {hit.title for hit in palette.hits()}
    assert (
        "New strategy…" in titles and "Delete" not in titles and not any("Redo" in title for title in titles)
    )


def test_arrows_move_the_mark_and_go_round(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.hits()) - 1


def test_escape_gives_the_keyboard_back(window: MainWindow) -> None:
    assert window.body is not None
    window.body.outline.view.setFocus()
    palette = opened(window)
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible() and window.body.outline.view.hasFocus()


def test_a_press_outside_closes(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window)
    outside = QApplication.widgetAt(window.mapToGlobal(window.rect().bottomLeft()))
    below = window.childAt(5, window.height() - 5)
    QTest.mouseClick(outside or below, Qt.MouseButton.LeftButton)
    assert not palette.isVisible()


def test_nothing_that_fits_says_so(window: MainWindow) -> None:
    palette = opened(window)
    palette.line.setText("qqqqq")
    assert palette.hits() == []
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_better_matches_come_first() -> None:
    def best(query: str, *titles: str) -> str:
        found = [(score(query, title), title) for title in titles]
        return max((points, title) for points, title in found if points is not None)[1]

    assert best("exp pdf", "Export map as PDF…", "Export strategy as JSON…", "Expand") == "Export map as PDF…"
    assert best("del", "Delete", "Model view") == "Delete"
    assert best("ng", "New group", "Nothing") in ("New group", "Nothing")
    assert score("zz", "Zoom in") is None
    assert score("GRÖ", "Größe") is not None


def test_the_panel_is_as_high_as_its_rows(window: MainWindow) -> None:
    palette = opened(window)
    top, high = palette.line.mapTo(window, palette.line.rect().topLeft()).y(), palette.height()
    for words, rows in (("preferences", 1), ("zzzzqqq", 0), ("new strategy", 1)):
        palette.line.selectAll()
        QTest.keyClicks(palette.line, words)
        QApplication.processEvents()
        assert len(palette.hits()) >= rows
        gone = 10 * ROW - palette.list.height() * palette.list.isVisible()
        assert high - gone - 1 <= palette.height() <= high - gone + 60, words
        assert palette.line.mapTo(window, palette.line.rect().topLeft()).y() == top
