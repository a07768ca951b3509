"""What a workspace is: one file in ``ui/workspaces`` with one constant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from prodlead_desktop.registry import collect

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session
    from prodlead_desktop.ui.tasks import Monitor

MAP = "map"  # the workspace that every document opens on
BETS = "bets"  # the same initiatives as a table
Build = Callable[["Session", "MainWindow"], QWidget]


@dataclass(frozen=True, slots=True)
class Workspace:
    """One phase of the work: its tab, its page, its tool row, and which docks stand beside it."""

    name: str
    title: str
    icon: str
    order: float
    build: Build
    tools: Build | None = None  # fills the tool row; None = no tool row
    outline: bool = True
    inspector: bool = True
    part_of: str = ""  # another way to see that workspace: it has no tab of its own
    prepare: Callable[[Monitor], object] | None = None  # done in a thread once the window rests


def workspaces() -> tuple[Workspace, ...]:
    """Every workspace there is, in the order of the tabs."""
    return collect("prodlead_desktop.ui.workspaces", "WORKSPACE")
