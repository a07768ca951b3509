"""Compare: two to six scenarios side by side in charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from prodlead_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session
    from prodlead_desktop.ui.tasks import Monitor


def _page(session: Session, window: MainWindow) -> QWidget:
    from prodlead_desktop.ui.compare.page import (
        ComparePage,
    )  # charts need numpy, which the first window does not

    return ComparePage(session, window)


def _tools(session: Session, window: MainWindow) -> QWidget:
    from prodlead_desktop.ui.compare.tools import CompareTools

    return CompareTools(session, window)


def _prepare(monitor: Monitor) -> None:
    """Bring in what charts are drawn with, which takes a second, before somebody asks for them."""
    from prodlead_desktop.figures import chart, drawing

    for part in (chart.charts, drawing.ready):
        monitor.step()
        part()


WORKSPACE = Workspace(
    "compare", "Compare", "chart-column", 50, _page, _tools, outline=False, inspector=False, prepare=_prepare
)
