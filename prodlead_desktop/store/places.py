"""Where the application keeps what is not the user's: locks, snapshots and recovered files, outside every document."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

NAME = "prodlead-desktop"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of the application's own data; they come to be when something is put there."""

    data: Path

    @property
    def locks(self) -> Path:
        """One small file per document that was ever opened for writing, locked while it is open."""
        return self.data / "locks"

    @property
    def recovery(self) -> Path:
        """Copies of files that needed help, and of edits that could not be written."""
        return self.data / "recovery"

    def snapshots(self, document: str) -> Path:
        """Whole copies of one document, by its id."""
        return self.data / "snapshots" / document


def places(data: Path | None = None) -> Places:
    """The folders under ``data``, by default where this platform keeps an application's data."""
    return Places(data if data is not None else _default())


def _default() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        base = os.environ.get("APPDATA")
        return (Path(base) if base else home / "AppData" / "Roaming") / NAME
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base and os.path.isabs(base) else home / ".local" / "share") / NAME
