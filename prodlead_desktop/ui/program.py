"""What all windows of the running program share: memory, appearance, recent files and the list of windows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from prodlead_desktop.ui.appearance import Appearance
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.recent import RecentFiles
from prodlead_desktop.ui.settings import Memory

if TYPE_CHECKING:
    from prodlead_desktop.document import Document


class Program(QObject):
    """The running program: one main window per document, all windows in one process."""

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.memory = memory
        self.appearance = Appearance(memory, self)
        self.recent = RecentFiles(memory)
        self.windows: list[MainWindow] = []

    def new_window(self) -> MainWindow:
        """An empty window with the start screen; not shown yet."""
        window = MainWindow(self)
        self.windows.append(window)
        window.gone.connect(lambda: self._forget(window))
        return window

    def window_of(self, path: Path) -> MainWindow | None:
        """The window that has this file open."""
        for window in self.windows:
            if window.session is not None and _same(Path(window.session.document.path), path):
                return window
        return None

    def show_document(self, document: Document, window: MainWindow | None) -> MainWindow:
        """Show a document in ``window`` if that is empty, else in a window of its own."""
        home = window if window is not None and window.session is None else self.new_window()
        home.open_document(document)
        home.show()
        home.raise_()
        home.activateWindow()
        return home

    def quit(self) -> bool:
        """Close every window; stops at one that does not want to."""
        return all(window.close() for window in list(self.windows))

    def focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Put the focus ring around the widget that has the keyboard."""
        for window in self.windows:
            window.ring_around(now if now is not None and now.window() is window else None)

    def active_window(self) -> MainWindow | None:
        """The window in front, else any."""
        active = QApplication.activeWindow()
        return active if isinstance(active, MainWindow) else next(iter(self.windows), None)

    def _forget(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
