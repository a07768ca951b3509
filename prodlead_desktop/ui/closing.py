"""The one question that must be asked when a window closes: what to do with changes that are not on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Label

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session


def is_safe(session: Session) -> bool:
    """Whether everything is on disk, or nothing could be changed; waits for what is being written."""
    document = session.document
    return document.read_only is not None or (document.flush() and session.disk.state != "failed")


class LeaveBox(QDialog):
    """Stay, save a copy, or close anyway; Esc stays."""

    def __init__(self, window: MainWindow, leave: Callable[[], object]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Not everything is on disk")
        self._window, self._leave = window, leave
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label("The last changes are only in memory", "panel_title"))
        sentence = "Save a copy to keep them. Closing tries to put a copy aside, and may fail."
        column.addWidget(Label(sentence, "body", "text2", wrap=True))
        row = QHBoxLayout()
        self.buttons = {
            "stay": Button("Stay"),
            "leave": Button("Close anyway"),
            "copy": Button("Save a copy", "ink", "copy"),
        }
        row.addStretch(1)
        for button in self.buttons.values():
            row.addWidget(button)
        column.addLayout(row)
        self.buttons["stay"].clicked.connect(self.reject)
        self.buttons["leave"].clicked.connect(self._close_anyway)
        self.buttons["copy"].clicked.connect(self._copy)
        self.buttons["copy"].setFocus()
        self.setMinimumWidth(460)

    def _close_anyway(self) -> None:
        self.accept()
        self._leave()

    def _copy(self) -> None:
        self.accept()
        self._window.table.run("file.copy")
