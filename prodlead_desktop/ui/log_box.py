"""Help ▸ Show log: the newest lines of what the program noted about itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from prodlead_desktop.ui import log, report
from prodlead_desktop.ui.crash_dialog import ReportDialog
from prodlead_desktop.ui.reveal import reveal

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

MOST_BYTES = 60_000


class LogBox(ReportDialog):
    """The tail of the log, to read, copy or find in its folder."""

    def __init__(self, window: MainWindow) -> None:
        path = log.path_in(window.program.memory.folder)
        sentence = (
            "What the program noted about itself. Nothing of a strategy is in it, and it is sent nowhere."
        )
        super().__init__("Log", "Log", sentence, f"{report.machine()}\n\n{tail(path)}", window)
        self.report.setMinimumSize(720, 360)
        self.report.moveCursor(QTextCursor.MoveOperation.End)
        folder = self.add("Show in folder", "outline", "folder-open")
        folder.clicked.connect(lambda: reveal(path.parent))
        folder.setEnabled(path.parent.is_dir())
        close = self.add("Close", "ink")
        close.clicked.connect(self.accept)
        close.setFocus()


def tail(path: Path) -> str:
    """The newest lines of a log file; a sentence when there are none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - MOST_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return "Nothing was noted yet."
    return (text if len(text) < MOST_BYTES else text.partition("\n")[2]).strip() or "Nothing was noted yet."
