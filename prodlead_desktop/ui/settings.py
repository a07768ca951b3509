"""What the program remembers between starts, in ini files of the application's own folder, never in a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from prodlead_desktop.store.places import places

RAPID = "map/rapid"  # the option "rapid capture"


@dataclass(frozen=True)
class Memory:
    """Two ini files and a folder for pictures; ``folder`` is the application's data folder."""

    folder: Path

    @property
    def settings(self) -> QSettings:
        """Theme, window geometry, recent files."""
        return self._ini("settings.ini")

    @property
    def views(self) -> QSettings:
        """Selection, folds, zoom and the like by document id."""
        return self._ini("views.ini")

    @property
    def thumbnails(self) -> Path:
        """Small pictures of recent maps."""
        return self.folder / "thumbnails"

    def _ini(self, name: str) -> QSettings:
        return QSettings(str(self.folder / name), QSettings.Format.IniFormat)


def memory(folder: Path | None = None) -> Memory:
    """The application's memory, by default where this platform keeps an application's data."""
    return Memory(folder if folder is not None else places().data)


def words(value: Any) -> tuple[str, ...]:
    """A list of texts as an ini file gives it back: nothing, one text or a list."""
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
