"""The dialog of preferences: what is chosen works at once, in every window."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.exchange import notations
from prodlead_desktop.ui.appearance import CHOICES
from prodlead_desktop.ui.preferences import MOTIONS, SIZES, SYSTEM, currency_of_system
from prodlead_desktop.ui.style.buttons import Button, Segments
from prodlead_desktop.ui.style.inputs import Combo
from prodlead_desktop.ui.style.labels import Divider, Label
from prodlead_desktop.ui.style.scroller import Scroller

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, LABELS, GAP, EDGE = 620, 128, 16, 28
AROUND = 210  # the dialog's height without its rows, and the system's frame
PAUSE_MS = 900  # whoever walks through the sizes by arrow keys shall not meet each of them
HINTS = WIDTH - LABELS - GAP - 2 * EDGE - 14  # clear of a scroll bar
AS_SYSTEM = "As the system"
CURRENCIES = (
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS INR ISK JPY KRW MXN NOK NZD PLN RON SEK SGD TRY UAH USD ZAR"
).split()
SIZE_HINT = "The windows close and open again as they are, a little bigger or smaller."
LANGUAGE_HINT = (
    "Speaks in dates, and in the dialogs for files and printing. Prodlead’s own words are English, "
    "and dates can always be typed in English."
)
MOTION_HINT = "The map glides when it shows another part of itself, messages rise; without motion they jump."


class PreferencesBox(QDialog):
    """Rows of a name, a control and a line that says what it does; there is nothing to confirm."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self._window, self._program = window, window.program
        preferences, appearance = self._program.preferences, self._program.appearance
        self.theme = _switch("Theme", [(choice, _called(choice), "") for choice in CHOICES])
        self.theme.set(appearance.choice)
        self.theme.changed.connect(appearance.choose)
        self.size_ = _switch("Size", [(str(size), numerals.percent(size / 100), "") for size in SIZES])
        self.size_.set(str(preferences.size))
        self.size_.changed.connect(lambda size: self._resize(int(size)))
        self.motion = _switch("Motion", [(choice, _called(choice), "") for choice in MOTIONS])
        self.motion.set(preferences.motion)
        self.motion.changed.connect(lambda choice: preferences.set("motion", choice))
        self.numbers = self._combo("numbers", "Numbers", _numbers())
        self.language = self._combo("language", "Language", _languages())
        self.currency = self._combo(
            "currency", "Currency of new strategies", _currencies(preferences.currency)
        )
        self._example = Label("", "label", "text2")
        self._size_hint = _hint(SIZE_HINT)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._reopen)
        self._lay_out()
        self._show_example()
        self.setFixedWidth(WIDTH)
        self.theme.focus_current()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            ("Theme", self.theme, None),
            ("Size", self.size_, self._size_hint),
            ("Motion", self.motion, _hint(MOTION_HINT)),
            ("", Divider(), None),
            ("Numbers", self.numbers, self._example),
            ("Language", self.language, _hint(LANGUAGE_HINT)),
            ("Currency", self.currency, _hint("What a new strategy begins with; each has its own.")),
        )
        for words, control, hint in rows:
            at = grid.rowCount()
            if not words:
                grid.addWidget(control, at, 0, 1, 2)
            else:
                label = Label(words, "body")
                label.setBuddy(control)
                grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(control, at, 1, Qt.AlignmentFlag.AlignLeft)
            if hint is not None:
                grid.addWidget(hint, at + 1, 1)
            grid.setRowMinimumHeight(grid.rowCount(), 10)
        close = Button("Close", "ink")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(Label("Kept on this computer, never in a strategy.", "label", "text2"), 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 22, EDGE, 20)
        column.setSpacing(16)
        column.addWidget(Label("Preferences", "panel_title"))
        column.addWidget(self._scrolled(grid), 1)
        column.addLayout(foot)

    def _scrolled(self, grid: QGridLayout) -> Scroller:
        """The rows as high as they are where the screen has room, else scrolled."""
        rows = QWidget()
        rows.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        area = Scroller(rows)
        area.setFixedHeight(min(rows.sizeHint().height(), self.screen().availableSize().height() - AROUND))
        return area

    def _combo(self, name: str, called: str, choices: Sequence[tuple[str, str]]) -> Combo:
        """A drop-down field that sets the preference ``name``."""
        preferences = self._program.preferences
        made = Combo()
        made.setAccessibleName(called)
        for value, words in choices:
            made.addItem(words, value)
        made.setCurrentIndex(max(0, made.findData(getattr(preferences, name))))
        made.setMinimumWidth(260)
        made.activated.connect(lambda _: self._set(name, made.currentData()))
        return made

    def _set(self, name: str, value: str) -> None:
        self._program.preferences.set(name, value)
        self._show_example()

    def _resize(self, size: int) -> None:
        if size == self._program.preferences.size:
            return
        self._program.preferences.set("size", size)
        self._size_hint.setText(f"The windows open again at {numerals.percent(size / 100)}…")
        self._soon.start()

    def _reopen(self) -> None:
        self._soon.stop()
        self._window.problems.run(lambda: self._program.reopen(preferences=True))

    def done(self, result: int) -> None:
        """A size that was just chosen does not wait for the pause when the dialog closes."""
        waits = self._soon.isActive()
        self._soon.stop()
        super().done(result)
        if waits:
            self._window.problems.run(self._program.reopen)

    def _show_example(self) -> None:
        parts = (
            numerals.money(1_234_567_50, "EUR"),
            numerals.money_short(3_640_000_00, "EUR"),
            numerals.percent(0.125, 1),
            numerals.deadline(datetime.date(2027, 9, 30), "day", with_year=True),
        )
        self._example.setText(" · ".join(parts))
        self.numbers.setAccessibleDescription(self._example.text())


def _switch(name: str, choices: list[tuple[str, str, str]]) -> Segments:
    return Segments(choices, name)


def _hint(words: str) -> Label:
    made = Label(words, "label", "text2", wrap=True)
    made.setFixedWidth(HINTS)
    made.setFixedHeight(made.heightForWidth(HINTS) + 2)
    return made


def _called(choice: str) -> str:
    return AS_SYSTEM if choice == SYSTEM else choice.capitalize()


def _numbers() -> list[tuple[str, str]]:
    system = notations.of_system().signed("1,234.5")
    return [(SYSTEM, f"{AS_SYSTEM}: {system}"), *((name, name) for name in notations.NUMBERS)]


def _languages() -> list[tuple[str, str]]:
    system = notations.called(notations.language_of_system())
    named = sorted(((code, notations.called(code)) for code in notations.LANGUAGES), key=lambda each: each[1])
    return [(SYSTEM, f"{AS_SYSTEM}: {system}"), *named]


def _currencies(chosen: str) -> list[tuple[str, str]]:
    codes = sorted({*CURRENCIES, chosen} - {SYSTEM})
    return [(SYSTEM, f"{AS_SYSTEM}: {currency_of_system()}"), *((code, code) for code in codes)]
