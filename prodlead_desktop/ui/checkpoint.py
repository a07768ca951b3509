"""Ctrl S: says that everything is on disk already and asks for the name of a checkpoint."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain.text import one_line
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import LabelledField
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.popover import SHADOW_ROOM, Popover

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH = 340


class CheckpointBox(Popover):
    """A small box over the disk status; Enter makes the checkpoint."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.line = LineEdit()
        self.line.setText(default_name())
        self.line.returnPressed.connect(self.make)
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(
            Label("There is no Save: every change is already on disk.", "body", "text2", wrap=True)
        )
        column.addWidget(LabelledField("Name this state", self.line))
        make = Button("Make a checkpoint", "ink", "bookmark-plus")
        make.clicked.connect(self.make)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(make)
        column.addLayout(row)
        self.column.addWidget(body)
        self.closed.connect(self.deleteLater)

    @staticmethod
    def ask(window: MainWindow) -> CheckpointBox:
        """Show the box above the bottom bar, the name selected."""
        box = CheckpointBox(window)
        box.adjustSize()
        height = box.height() - 2 * SHADOW_ROOM
        foot = window.body.bottom.height() if window.body else 0
        box.open_at(QPoint(window.width() - WIDTH - 24, window.height() - foot - height - 10))
        box.line.setFocus(Qt.FocusReason.PopupFocusReason)
        box.line.selectAll()
        return box

    def make(self) -> None:
        """Make the checkpoint and say so."""
        name = one_line(self.line.text()) or default_name()
        self.dismiss()
        self._window.problems.run(lambda: self._make(name))

    def _make(self, name: str) -> None:
        session = self._window.session
        if session is not None:
            session.document.checkpoint(name)
            self._window.table.refresh()
            self._window.tell(Notice(f"Checkpoint “{name}” is in the file.", "ok", toast=True))


def default_name() -> str:
    """The time, for a checkpoint without a name: "23 November, 14:03"."""
    now = datetime.now()
    return f"{now.day} {now:%B, %H:%M}"
