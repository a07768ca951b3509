"""A question inside a form, where the answer has to be chosen before something goes: never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.inputs import Combo
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of


class Question(QWidget):
    """One sentence, choices if there are any, one button that does it and one that does not; Esc means not."""

    def __init__(self) -> None:
        super().__init__()
        self._act: Callable[[str], object] = lambda _: None
        self.sentence = Label("", "label", "text", wrap=True)
        self.choices = Combo()
        self.do = Button("", "outline")
        self.keep = Button("Keep", "ghost")
        self.do.clicked.connect(self._done)
        self.keep.clicked.connect(self.close_it)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.do)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.choices)
        column.addLayout(buttons)
        self.hide()

    def ask(
        self,
        sentence: str,
        choices: Sequence[tuple[str, str]],
        do: str,
        act: Callable[[str], object],
    ) -> None:
        """Ask; ``act`` gets the key of the chosen (key, words), or "" when there is nothing to choose."""
        self._act = act
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.choices.clear()
        for key, words in choices:
            self.choices.addItem(words, key)
        self.choices.setAccessibleName(sentence)
        self.choices.setVisible(bool(choices))
        self.do.set_text(do)
        self.show()
        (self.choices if choices else self.do).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_it(self) -> None:
        """Forget the question; nothing is done."""
        for part in (self.choices, self.do, self.keep):
            part.clearFocus()  # also while another panel is shown: Qt moves the keyboard only on from what is seen
        self.hide()

    def _done(self) -> None:
        chosen = self.choices.currentData() if self.choices.count() else ""
        self.close_it()
        self._act(chosen or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()), WINDOW.popover_radius, theme_of(self).warn.soft)
