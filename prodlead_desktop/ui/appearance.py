"""Light, dark or as the system says, remembered; the one place that gives the application its palette."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from prodlead_desktop.figures.theme import DARK, LIGHT, Theme
from prodlead_desktop.ui.settings import Memory
from prodlead_desktop.ui.style.palette import palette

CHOICES = ("system", "light", "dark")
KEY = "theme"


class Appearance(QObject):
    """The chosen theme and the one it comes to."""

    changed = Signal()

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        stored = str(memory.settings.value(KEY, CHOICES[0]))
        self._choice = stored if stored in CHOICES else CHOICES[0]
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def choice(self) -> str:
        """system, light or dark."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The colours shown now."""
        if self._choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def choose(self, choice: str) -> None:
        """Show another theme from now on."""
        if choice in CHOICES and choice != self._choice:
            self._choice = choice
            self._memory.settings.setValue(KEY, choice)
            self._apply()
            self.changed.emit()

    def _system_changed(self) -> None:
        if self._choice == "system":
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        QApplication.setPalette(palette(self.theme))
