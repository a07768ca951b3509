"""Files dropped on a window: strategies and JSON open, anything else is refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

ENDINGS = (".prodlead", ".json")
MOST = 10  # files at a time


def may_drop(data: QMimeData) -> bool:
    """Whether files are dragged; which ones is judged when they are dropped, so that a refusal can say why."""
    return any(url.isLocalFile() for url in data.urls())


def drop(window: MainWindow, data: QMimeData) -> None:
    """Open what was dropped, one window for each; BadInput when something cannot be opened, after the rest was."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(paths) > MOST:
        raise BadInput(f"{len(paths)} files at once are too many.", f"Drop {MOST} at most.")
    strange = [path for path in paths if path.is_dir() or path.suffix.lower() not in ENDINGS]
    for path in paths:
        if path not in strange:
            window.open_path(path)
    if strange:
        first = strange[0]
        others = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        what = "is a folder" if first.is_dir() else "is no strategy"
        raise BadInput(
            f"“{first.name}”{others} {what if not others else 'are no strategies'}.",
            "Drop a .prodlead file, or a .json file to import.",
        )
