"""What a cell of the bets table could not take stays until it is edited, undone or given up."""

from __future__ import annotations

import pytest
from bets_table import go, opened, words
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from scribe import Scribe

from prodlead_desktop.document import Document
from prodlead_desktop.domain import bets, nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.bets.table import BetsTable
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Link

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_escape_takes_a_refused_text_out_of_its_own_cell_and_offers_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    _, table = opened(window)
    scribe = Scribe()
    go(table, 0, "full")
    scribe.type("abc")
    scribe.press(Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    scribe.press(Key.Key_Escape)
    assert words(table, 0, "full") == "abc", "the ring has left it"
    go(table, 0, "full")
    scribe.press(Key.Key_F2)
    scribe.press(Key.Key_Escape)
    assert words(table, 0, "full") == "abc", "the edit ended, nothing else"
    scribe.press(Key.Key_Escape)
    assert words(table, 0, "full") == "€600" and not table.rows.refused
    back = [link for link in window.findChildren(Link) if link.isVisible() and link.text() == "Put it back"]
    back[0].click()
    assert words(table, 0, "full") == "abc"


@pytest.fixture
def pasted(window: MainWindow) -> tuple[Session, BetsTable]:
    """A block of which a title was taken and two numbers were not."""
    session, table = opened(window)
    QGuiApplication.clipboard().setText("New A\tx\tx")
    heads = [table.rows.columns[at].name for at in range(3)]
    go(table, 0, heads[0])
    Scribe().press(Key.Key_V, CTRL)
    assert table.rows.refused and window.body is not None and window.body.bar.notices()
    return session, table


def test_what_was_refused_goes_with_its_step(window: MainWindow, pasted: tuple[Session, BetsTable]) -> None:
    session, table = pasted
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Renamed")
    assert table.rows.refused, "another edit elsewhere leaves it to be corrected"
    session.undo()
    assert table.rows.refused
    session.undo()
    assert not table.rows.refused and words(table, 0, "title") == "Guide"
    session.redo()
    assert not table.rows.refused and words(table, 0, "title") == "New A"


def test_escape_elsewhere_leaves_what_was_refused(
    window: MainWindow, pasted: tuple[Session, BetsTable]
) -> None:
    _, table = pasted
    refused = dict(table.rows.refused)
    table.add()
    for key in (Key.Key_Escape, Key.Key_F2, Key.Key_Escape, Key.Key_Up, Key.Key_Escape):
        Scribe().press(key)
        assert table.rows.refused == refused and len(refused) == 2
    assert window.body is not None and window.body.bar.notices()


def test_what_is_still_red_when_the_window_closes_goes_into_the_notes(
    window: MainWindow, pasted: tuple[Session, BetsTable]
) -> None:
    session, _ = pasted
    with session.edit("Note") as edit:
        nodes.set_value(edit, "i1", "note", "Said before.")
    path = session.document.path
    assert window.close()
    document = Document.open(path)
    assert document.strategy.get(Node, "i1").note == "Said before.\nOutcome served: x\nMinimum: x"
    assert document.undo_label == "Keep 2 refused cells in notes"
    document.close()


def test_what_was_refused_goes_when_its_cell_is_changed_elsewhere(window: MainWindow) -> None:
    session, table = opened(window)
    QGuiApplication.clipboard().setText("much\tmore")
    go(table, 0, "minimum")
    Scribe().press(Key.Key_V, CTRL)
    assert {name for _, name in table.rows.refused} == {"minimum", "full"}
    go(table, 0, "success")
    with session.edit("Cost") as edit:
        bets.set_level_cost(edit, "i1", 1, 70_000)
    assert {name for _, name in table.rows.refused} == {"minimum"}
    assert words(table, 0, "minimum") == "much" and words(table, 0, "full") == "€700"
