"""What all windows of the running program share: memory, appearance, recent files and the list of windows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.ui.appearance import Appearance
from prodlead_desktop.ui.closing import is_safe
from prodlead_desktop.ui.crashes import Crashes
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.preferences import Preferences
from prodlead_desktop.ui.recent import RecentFiles
from prodlead_desktop.ui.settings import Memory

if TYPE_CHECKING:
    from prodlead_desktop.document import Document
    from prodlead_desktop.ui.carrying import Cut

SHOW_PREFERENCES = "window/show_preferences"


class Program(QObject):
    """The running program: one main window per document, all windows in one process."""

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.memory = memory
        self.appearance = Appearance(memory, self)
        self.preferences = Preferences(memory, self)
        self.recent = RecentFiles(memory)
        self.crashes = Crashes(self)
        self.windows: list[MainWindow] = []
        self.again: tuple[str, ...] | None = None  # the files to open when the program starts itself anew
        self.cut: Cut | None = None

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
        self.show(home)
        return home

    def show(self, window: MainWindow) -> None:
        """Let this be the window in front, also when it was minimised."""
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    def quit(self) -> bool:
        """Close every window; stops at one that does not want to."""
        return all(window.close() for window in list(self.windows))

    def forget_recent(self) -> None:
        """Empty the list of recent files; the files stay where they are."""
        self.recent.forget()
        for window in self.windows:
            window.start.fill()

    def reopen(self, preferences: bool = False) -> None:
        """Close every window and start anew with the same files, for what counts from the start of the program.

        ``preferences`` shows that dialog again. ProdleadError when a window holds what is not on disk; none closes.
        """
        sessions = [window.session for window in self.windows if window.session is not None]
        if not all(is_safe(session) for session in sessions):
            raise ProdleadError("Not everything is on disk.", "The size counts from the next start.")
        paths = tuple(str(session.document.path) for session in sessions)
        self.memory.settings.setValue(SHOW_PREFERENCES, preferences)
        if self.quit():
            self.again = paths

    def came_again(self) -> bool:
        """Whether the dialog of preferences shall be shown because this start came from it; asks once."""
        settings = self.memory.settings
        came = settings.value(SHOW_PREFERENCES) in ("true", True)
        settings.remove(SHOW_PREFERENCES)
        return came

    def bring_forward(self, paths: Sequence[str] = ()) -> None:
        """Come to the front, with these files open; says in words why one of them cannot be."""
        window = self.active_window() or self.new_window()
        for path in paths:
            window.open_path(path)
        window = self.active_window() or window
        if not paths or not window.isVisible():
            self.show(window)

    def focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Put the focus ring around the widget that has the keyboard."""
        for window in filter(isValid, self.windows):  # at the end of the program Qt takes them one by one
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
