"""Allocate: the money of the active scenario, a row per initiative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from prodlead_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session


def _page(session: Session, window: MainWindow) -> QWidget:
    from prodlead_desktop.ui.allocate.page import AllocatePage  # the first window shows the map

    return AllocatePage(session, window)


def _tools(session: Session, window: MainWindow) -> QWidget:
    from prodlead_desktop.ui.allocate.tools import AllocateTools

    return AllocateTools(session, window)


WORKSPACE = Workspace(
    "allocate", "Allocate", "sliders-horizontal", 40, _page, _tools, outline=False, inspector=False
)
