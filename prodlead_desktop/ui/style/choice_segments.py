"""A switch that may also have nothing chosen, for choices nobody has made yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from prodlead_desktop.ui.style.buttons import Segments


class ChoiceSegments(Segments):
    """Segments for a stored choice: ``picked`` carries the word, or None when the chosen one is pressed again."""

    picked = Signal(object)

    def __init__(
        self,
        choices: Sequence[str],
        name: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            [(word, word[:1].upper() + word[1:], "") for word in choices], name, stretch=True, parent=parent
        )
        self._required = required
        self._value: str | None = None
        self.changed.connect(self._pressed)
        self.show_value(None)

    @property
    def value(self) -> str | None:
        """What is chosen."""
        return self._value

    def show_value(self, value: str | None) -> None:
        """Choose without telling anybody; None chooses nothing."""
        self._value = value
        if value in self._buttons:
            self.set(str(value))
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _pressed(self, word: str) -> None:
        again = word == self._value and not self._required
        self.picked.emit(None if again else word)
