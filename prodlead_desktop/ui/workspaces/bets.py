"""The bets as a table: the same initiatives as on the map, edited as a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from prodlead_desktop.ui.workspace import BETS, MAP, Workspace

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session


def _page(session: Session, window: MainWindow) -> QWidget:
    from prodlead_desktop.ui.bets.table import BetsTable  # the first window shows the map

    return BetsTable(session, window)


def _tools(session: Session, window: MainWindow) -> QWidget:
    from prodlead_desktop.ui.bets.tools import BetsTools

    return BetsTools(session, window)


WORKSPACE = Workspace(
    BETS, "Bets table", "table-2", 2.5, _page, _tools, outline=False, inspector=False, part_of=MAP
)
