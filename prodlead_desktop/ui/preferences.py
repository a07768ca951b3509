"""What one person prefers, remembered in the program's settings and followed by every window; never in a document."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.money import is_currency
from prodlead_desktop.exchange import notations
from prodlead_desktop.ui.settings import Memory

SYSTEM = notations.SYSTEM
MOTIONS = (SYSTEM, "on", "off")
SIZES = (100, 110, 125, 150)  # percent
EFFECTS = (
    Qt.UIEffect.UI_General,  # whether anything moves at all: ours asks this one
    Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip,
)  # fmt: skip


class Preferences(QObject):
    """Number format, language, currency of new strategies, motion and size; each works from the moment it is set."""

    changed = Signal(str)

    def __init__(self, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self._translator = QTranslator(self)
        self._given = {effect: QApplication.isEffectEnabled(effect) for effect in EFFECTS}
        self._speak()
        self._write()
        if self.motion != SYSTEM:
            self._move()

    # -- what is preferred

    @property
    def numbers(self) -> str:
        """ "system" or one of ``notations.NUMBERS``."""
        return self._one_of("numbers", (SYSTEM, *notations.NUMBERS))

    @property
    def language(self) -> str:
        """ "system" or one of ``notations.LANGUAGES``; speaks in dates and in Qt's own dialogs."""
        return self._one_of("language", (SYSTEM, *notations.LANGUAGES))

    @property
    def motion(self) -> str:
        """ "system", "on" or "off"."""
        return self._one_of("motion", MOTIONS)

    @property
    def currency(self) -> str:
        """ "system" or the ISO 4217 code that new strategies begin with."""
        stored = str(self._memory.settings.value("currency", SYSTEM))
        return stored if is_currency(stored) else SYSTEM

    @property
    def new_currency(self) -> str:
        """The code that new strategies begin with."""
        return currency_of_system() if self.currency == SYSTEM else self.currency

    @property
    def size(self) -> int:
        """How big everything in the window is, in percent; counts from the next time that the program starts."""
        return size_of(self._memory)

    # -- preferring something else

    def set(self, name: str, value: Any) -> None:
        """Prefer something else from now on; ``name`` is one of the properties above."""
        if value == getattr(self, name):
            return
        self._memory.settings.setValue(name, value)
        if name in ("numbers", "language"):
            self._speak()
            self._write()
        elif name == "motion":
            self._move()
        self.changed.emit(name)

    def _write(self) -> None:
        """Write numbers and months as is preferred."""
        numerals.write_as(notations.notation_of(self.numbers, self.language))

    def _speak(self) -> None:
        """Let Qt's own dialogs and menus speak the language."""
        language = notations.language_of_system() if self.language == SYSTEM else self.language
        QLocale.setDefault(QLocale.system() if self.language == SYSTEM else QLocale(language))
        QApplication.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self._translator.load(f"qtbase_{language}", folder):
            QApplication.installTranslator(self._translator)

    def _move(self) -> None:
        for effect, given in self._given.items():
            QApplication.setEffectEnabled(effect, given if self.motion == SYSTEM else self.motion == "on")

    def _one_of(self, name: str, choices: tuple[str, ...]) -> str:
        stored = str(self._memory.settings.value(name, choices[0]))
        return stored if stored in choices else choices[0]


def size_of(memory: Memory) -> int:
    """The preferred size in percent, before there is an application."""
    stored = str(memory.settings.value("size", SIZES[0]))
    return int(stored) if stored in map(str, SIZES) else SIZES[0]


def currency_of_system() -> str:
    """The currency of the country this machine is set to; euros when it says none."""
    code = QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if is_currency(code) else "EUR"
