"""Asks under which name what is seen now is saved as a view."""

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
from prodlead_desktop.ui.views import now

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

WIDTH, TOP = 360, 150


class NamingBox(Popover):
    """A small box over the map with a name that says what is seen; Enter saves, Esc saves nothing."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName("Save this view")
        self.line = LineEdit(now.usual_name(session))
        self.line.returnPressed.connect(self.save)
        self.go = Button("Save this view", "ink", "bookmark-plus")
        self.go.clicked.connect(self.save)
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(
            Label(
                "Branch, folds, lens, filter and what is seen of the map are kept.",
                "body",
                "text2",
                wrap=True,
            )
        )
        column.addWidget(LabelledField("Name of the view", self.line))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go)
        column.addLayout(row)
        self.column.addWidget(body)
        self.closed.connect(self.deleteLater)

    @staticmethod
    def ask(window: MainWindow, session: Session) -> NamingBox:
        """Show the box, the name selected."""
        session.document.require_writable()
        box = NamingBox(window, session)
        box.open_at(QPoint((window.width() - WIDTH) // 2, TOP))
        box.line.setFocus(Qt.FocusReason.PopupFocusReason)
        box.line.selectAll()
        return box

    def save(self) -> None:
        """Keep the view; without a name it gets the usual one."""
        name = one_line(self.line.text())
        self.dismiss()
        self._window.problems.run(lambda: now.save(self._window, name))
