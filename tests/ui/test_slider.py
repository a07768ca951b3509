"""While a slider is held only what it moves is counted and painted anew; the picture is the one of doing all of it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import crowd, sample
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.paint_qt import measure
from prodlead_desktop.ui.allocate import listing
from prodlead_desktop.ui.allocate.arrangement import Arrangement
from prodlead_desktop.ui.allocate.columns import Column
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.main_window import MainWindow


def on_screen(window: MainWindow) -> QImage:
    """What the window's surface holds when nothing waits any more, however it came there."""
    for _ in range(3):  # a bar that comes or goes is laid out in steps
        QApplication.processEvents()
    return window.screen().grabWindow(window.winId()).toImage()


def painted_anew(window: MainWindow, page: AllocatePage) -> QImage:
    """The same after every part was told to paint itself, the map from a picture made from scratch."""
    page.map.refresh()
    for widget in (window, *window.findChildren(QWidget)):
        widget.update()
    return on_screen(window)


def different(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    if one == other:
        return 0
    places = [(x, y) for x in range(one.width()) for y in range(one.height())]
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in places)


@pytest.mark.parametrize("side", ["list", "map"])
@pytest.mark.parametrize("document", [sample(), crowd(60, 2)], ids=["sample", "crowd"])
def test_a_slider_paints_what_painting_all_of_it_would(
    show: Any, document: Any, side: str, qtbot: QtBot
) -> None:
    window = show(document)
    session = window.session
    window.body.show_workspace("allocate")
    page = window.body.page("allocate")
    Arrangement.of(session).set("side", side)
    QApplication.processEvents()
    table = page.table
    qtbot.waitUntil(lambda: table.lines.words.steps is not None, timeout=20_000)
    orphan = next(
        row for row in listing.rows_of(session.strategy, session.scenario) if row.orphan and row.cost
    )
    placed = next(
        row for row in listing.rows_of(session.strategy, session.scenario) if not row.orphan and row.cost
    )
    for row in (orphan, placed):
        session.select(row.id)
        QApplication.processEvents()
        cell = table.visualRect(table.lines.index(table.lines.row_of(row.id), Column.SCALE))
        assert cell.top() >= 0
        table.take_hold(table.row_at(table.lines.row_of(row.id)), cell.left())
        for share in (0.0, 0.2, 1.0, 0.5, 0.0):
            table.pull.to(cell.left() + 16 + share * (cell.width() - 40) * row.reach / table.lines.most)
            held = on_screen(window)
            if side == "map":
                fresh = map_picture.build(session.seen, page.map.picture.view, measure)
                assert (page.map.picture, page.map.picture.lines) == (fresh, fresh.lines)
            assert page.side.reach.rows or side == "map"
            assert listing.reaches(session.ledger) == listing.reaches(Ledger(session.seen, session.scenario))
            assert different(held, painted_anew(window, page)) == 0, share
        table.let_go(False)
