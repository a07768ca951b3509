"""The one question that must be asked when a window closes: what to do with changes that are not on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


def may_close(session: Session, window: MainWindow) -> bool:
    """True at once when everything is on disk; else the user decides."""
    document = session.document
    if document.read_only or (document.flush() and session.disk.state != "failed"):
        return True
    box = QMessageBox(window)
    box.setWindowTitle("Not everything is on disk")
    box.setText("The last changes are only in memory.")
    box.setInformativeText("Save a copy to keep them. Closing tries to put a copy aside, and may fail.")
    stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    copy = box.addButton("Save a copy", QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton("Close anyway", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(copy)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is copy:
        return window.table.run("file.copy")
    return box.clickedButton() is leave
