"""A small box that asks for one name: of a checkpoint, of a saved view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain.text import one_line
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import LabelledField
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.popover import Popover

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


class NameBox(Popover):
    """A sentence, a line with the usual name selected, and a button; Enter takes the name, Esc takes nothing."""

    def __init__(
        self, window: MainWindow, wide: int, sentence: str, label: str, name: str, verb: str
    ) -> None:
        super().__init__(window)
        self._window = window
        self.line = LineEdit(name)
        self.line.returnPressed.connect(self.take)
        self.go = Button(verb, "ink", "bookmark-plus")
        self.go.clicked.connect(self.take)
        body = QWidget()
        body.setFixedWidth(wide)
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(Label(sentence, "body", "text2", wrap=True))
        column.addWidget(LabelledField(label, self.line))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go)
        column.addLayout(row)
        self.column.addWidget(body)
        self.closed.connect(self.deleteLater)

    def ask_at(self, corner: QPoint) -> None:
        """Show the box, the name selected."""
        self.open_at(corner)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()

    def take(self) -> None:
        """Close and go on under the name."""
        name = one_line(self.line.text())
        self.dismiss()
        self._window.problems.run(lambda: self.named(name))

    def named(self, name: str) -> None:
        """What is done under the name, which may be empty."""
        raise NotImplementedError
