"""A checkpoint in a file of its own, beside the one it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui import opening

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


def ask_copy(window: MainWindow, strategy: Strategy, name: str) -> None:
    """Ask where the state called ``name`` shall be written, and open it there."""
    suggested = f"{strategy.header.name}, {name}{opening.ENDING}"
    path = opening.ask_where(window, "Open the checkpoint as a copy", suggested, opening.OURS, opening.ENDING)
    if path is not None:
        opening.put_at(window, path, strategy)
