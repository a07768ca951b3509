"""Files dropped on a window: strategies open, those of other programs are imported, others are refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

MOST = 10  # files at a time


def may_drop(data: QMimeData) -> bool:
    """Whether files are dragged; which ones is judged when they are dropped, so that a refusal can say why."""
    return any(url.isLocalFile() for url in data.urls())


def drop(window: MainWindow, data: QMimeData) -> None:
    """Open what was dropped, one window for each; BadInput when something cannot be opened, after the rest was."""
    from prodlead_desktop.exchange import importer  # left until it is wanted: the first window is faster
    from prodlead_desktop.ui import opening

    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(paths) > MOST:
        raise BadInput(f"{len(paths)} files at once are too many.", f"Drop {MOST} at most.")
    known = (opening.ENDING, *importer.endings())
    foreign = [path for path in paths if path.suffix.lower() in importer.endings() and path.suffix != ".json"]
    if len(foreign) > 1:
        raise BadInput(f"{len(foreign)} files to import at once are too many.", "Drop one after the other.")
    strange = [path for path in paths if path.is_dir() or path.suffix.lower() not in known]
    for path in paths:
        if path not in strange:
            window.open_path(path)
    if strange:
        first = strange[0]
        others = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        what = "is a folder" if first.is_dir() else "is no strategy"
        raise BadInput(
            f"“{first.name}”{others} {what if not others else 'are no strategies'}.",
            f"Drop a {opening.ENDING} file, or one to import: {', '.join(importer.endings())}.",
        )
