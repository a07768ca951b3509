"""Ctrl S: says that everything is on disk already and asks for the name of a checkpoint."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from prodlead_desktop.ui.name_box import NameBox
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.style.popover import SHADOW_ROOM

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH = 340
NO_SAVE = "There is no Save: every change is already on disk."


class CheckpointBox(NameBox):
    """A small box over the disk status; Enter makes the checkpoint."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, WIDTH, NO_SAVE, "Name this state", default_name(), "Make a checkpoint")
        self.setAccessibleName("Make a checkpoint")

    @staticmethod
    def ask(window: MainWindow) -> CheckpointBox:
        """Show the box above the bottom bar."""
        box = CheckpointBox(window)
        box.adjustSize()
        height = box.height() - 2 * SHADOW_ROOM
        foot = window.body.bottom.height() if window.body else 0
        box.ask_at(QPoint(window.width() - WIDTH - 24, window.height() - foot - height - 10))
        return box

    def named(self, name: str) -> None:
        """Make the checkpoint and say so; without a name it gets the time."""
        session, name = self._window.session, name or default_name()
        if session is not None:
            session.document.checkpoint(name)
            self._window.table.refresh()
            self._window.tell(Notice(f"Checkpoint “{name}” is in the file.", "ok", toast=True))


def default_name() -> str:
    """The time, for a checkpoint without a name: "23 November, 14:03"."""
    now = datetime.now()
    return f"{now.day} {now:%B, %H:%M}"
