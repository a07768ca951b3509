"""Ctrl J from anywhere: a remark is parked in one line, and what waits is brought back when there is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import remarks
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, ParkedRemark
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import KeyCap, Label
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.style.scroller import Lines

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, SIDE, MOST_HIGH = 560, 20, 320


class ParkBox(Popover):
    """A line to type in; Enter parks it and gives the keyboard back. Below it, what waits."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window, 12)
        self._session, self._window = session, window
        self._about: str | None = None
        self.setAccessibleName("Park a remark")
        self.line = LineEdit(placeholder="What should not be lost?")
        self.line.setAccessibleName("Remark to park")
        self.line.returnPressed.connect(self._park)
        self.about = Label("", "label", "text2", wrap=True)
        self.head = Label("", "label", "text2")
        self._lines = Lines(WIDTH - 2 * SIDE + 8, MOST_HIGH, gap=2, right=8)
        self._lay_out()
        self._lines.grown.connect(self.fit)
        session.changed.connect(self._follow)
        session.typing_ends.connect(self._keep)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setFixedWidth(WIDTH)
        head = QHBoxLayout()
        head.addWidget(Label("Park a remark", "panel_title"), 1)
        head.addWidget(KeyCap("Enter"))
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE - 8, 16)
        column.setSpacing(10)
        for part in (head, self.line, self.about, self.head, self._lines):
            column.addLayout(part) if isinstance(part, QHBoxLayout) else column.addWidget(part)
        self.column.addWidget(body)

    def open(self) -> None:
        """Show in the upper middle of the window; the remark will be about the selected card."""
        node = self._session.strategy.find(Node, self._session.current)
        self._about = node.id if node is not None else None
        words = f"About “{wording.node_words(node)}”" if node is not None else "About nothing in particular"
        self.about.setText(f"{words}. It is kept in the strategy until somebody deals with it.")
        self.line.clear()
        self.line.setEnabled(self._session.document.read_only is None)
        self._fill()
        self.open_at(QPoint((self._window.width() - WIDTH) // 2, 96))
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """A press outside parks what is typed, and stays when that is refused; Esc drops it."""
        if self.line.text().strip():
            self._park()
        else:
            self.dismiss()

    def _park(self) -> None:
        text = self.line.text()
        if self._edit("Park a remark", lambda edit: remarks.park(edit, text, self._about)):
            self.dismiss()

    def _keep(self) -> None:
        """The window closes, or a step is taken back from a menu: what is typed by then is parked without Enter."""
        if not self.isHidden() and self.line.text().strip():
            self._park()

    def _edit(self, label: str, verb: Callable[[Edit], object]) -> bool:
        def work() -> None:
            with self._session.edit(label) as edit:
                verb(edit)

        return self._session.attempt(work)

    def _follow(self, _: object) -> None:
        if not self.isHidden():
            self._fill()

    def _fill(self) -> None:
        found = remarks.waiting(self._session.strategy)
        self._lines.fill([self._row(remark) for remark in found])
        self.head.setText(
            f"{wording.count(len(found), 'remark')} parked" if found else "Nothing is parked yet."
        )
        self.fit()

    def _row(self, remark: ParkedRemark) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(remark.text, "body", wrap=True))
        node = self._session.strategy.find(Node, remark.node)
        if node is not None:
            words.addWidget(Label(f"about {wording.node_words(node)}", "caption", "text3", wrap=True))
        line.addLayout(words, 1)
        for icon, name, act in (
            ("sticky-note", "Put it on the map as a note", lambda: self._put(remark.id)),
            ("check", "It was dealt with", lambda: self._settle(remark.id)),
        ):
            button = IconButton(icon, f"{name}: {remark.text[:40]}")
            button.clicked.connect(lambda _=False, do=act: do())
            button.setEnabled(self._session.document.read_only is None)
            line.addWidget(button)
        return row

    def _settle(self, remark_id: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edit("Deal with a remark", lambda edit: remarks.settle(edit, remark_id))

    def _put(self, remark_id: str) -> None:
        added = ""

        def verb(edit: Edit) -> None:
            nonlocal added
            added = remarks.put_on_map(edit, remark_id)

        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._edit("Put a remark on the map", verb):
            self._session.reveal(added)
