"""The start screen below its bar in a window that has no document yet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from prodlead_desktop.ui.notifications import NotificationBar

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.start import StartScreen


class StartPage:
    """Made when it is first looked at: a window that opens with a document never needs it."""

    def __init__(self, window: MainWindow, stack: QStackedWidget) -> None:
        self._window, self._stack = window, stack

    @cached_property
    def screen(self) -> StartScreen:
        """Recent files and what to do first."""
        from prodlead_desktop.ui.start import StartScreen

        return StartScreen(self._window)

    @cached_property
    def bar(self) -> NotificationBar:
        """The bar above the screen; with it both take their place."""
        bar, both = NotificationBar(), QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.screen, 1)
        self._stack.addWidget(both)
        return bar

    def show(self) -> None:
        """Put it into its place."""
        both = self.bar.parentWidget()
        if both is not None:
            self._stack.setCurrentWidget(both)

    def fill(self) -> None:
        """Show recent files as they are now, where they are shown."""
        if "screen" in self.__dict__:
            self.screen.fill()
