"""Asks under which name what is seen now is saved as a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from prodlead_desktop.ui.name_box import NameBox
from prodlead_desktop.ui.views import now

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

WIDTH, TOP = 360, 150
KEPT = "Branch, folds, lens, filter and what is seen of the map are kept."


class NamingBox(NameBox):
    """A small box over the map with a name that says what is seen."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        usual = now.usual_name(session)
        super().__init__(window, WIDTH, KEPT, "Name of the view", usual, "Save this view")
        self.setAccessibleName("Save this view")

    @staticmethod
    def ask(window: MainWindow, session: Session) -> NamingBox:
        """Show the box over the map."""
        session.document.require_writable()
        box = NamingBox(window, session)
        box.ask_at(QPoint((window.width() - WIDTH) // 2, TOP))
        return box

    def named(self, name: str) -> None:
        """Keep the view; without a name it gets the usual one."""
        now.save(self._window, name)
