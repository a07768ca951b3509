"""The bets table of a window, its cells by row and the name of their column."""

from __future__ import annotations

from prodlead_desktop.ui.bets.table import BetsTable
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session


def opened(window: MainWindow) -> tuple[Session, BetsTable]:
    window.table.run("map.table")
    assert window.session is not None and window.body is not None
    page = window.body.page("bets")
    assert isinstance(page, BetsTable) and page.isVisible() and page.hasFocus()
    return window.session, page


def column(table: BetsTable, name: str) -> int:
    return next(at for at, one in enumerate(table.rows.columns) if one.name == name)


def go(table: BetsTable, row: int, name: str) -> None:
    table.setCurrentIndex(table.rows.index(row, column(table, name)))


def words(table: BetsTable, row: int, name: str) -> str:
    return str(table.rows.index(row, column(table, name)).data() or "")
