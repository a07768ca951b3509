"""The menus of the bar: their titles are there in the first frame, their rows come with the actions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

MENUS = ("File", "Edit", "Map", "Allocate", "Compare", "View", "Help")


def add_titles(bar: QMenuBar, fill: Callable[[], object]) -> dict[str, QMenu]:
    """The menus by title, still without rows; ``fill`` is called when one opens, also when it was done before."""
    menus = {title: bar.addMenu(f"&{title}") for title in MENUS}
    back = _Back(bar)
    for menu in menus.values():
        menu.aboutToShow.connect(fill)
        menu.aboutToShow.connect(back.remember)
        menu.aboutToHide.connect(back.give_soon)
    return menus


class _Back(QObject):
    """Gives the keyboard back when a menu closes: after Esc Qt leaves it in the bar, where it cannot be seen."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._before: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # another menu may open in its place
        self._soon.timeout.connect(self._give)

    def remember(self) -> None:
        """A menu opens: where the keyboard is."""
        here = self._bar.window().focusWidget()
        if here is not self._bar:
            self._before = here

    def give_soon(self) -> None:
        """A menu closes."""
        self._soon.start()

    def _give(self) -> None:
        bar, window = self._bar, self._bar.window()
        if QApplication.activePopupWidget() is not None or window.focusWidget() is not bar:
            return
        leave = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(bar, leave)
        before = self._before
        if window.focusWidget() is bar and before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.MenuBarFocusReason)
