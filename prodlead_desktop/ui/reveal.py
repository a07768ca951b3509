"""Hands a file or a folder to the desktop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def reveal(path: Path) -> None:
    """Open a file or a folder with what the desktop uses for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
