"""What the boxes about scenarios and futures share: a title, a scrolled body and a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.ui.style import tab_order
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.labels import Divider, Label
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.style.scroller import Scroller

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

EDGE = 22


class EditingBox(Popover):
    """A box over the window that edits the document live and follows it, undo included."""

    def __init__(self, window: MainWindow, session: Session, title: str, width: int, height: int) -> None:
        super().__init__(window, 12)
        self.window_, self.session = window, session
        self._size = (width, height)
        self.title = Label(title, "panel_title")
        close = self._close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 16, 14, 12)
        head.addWidget(self.title, 1)
        head.addWidget(close)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(EDGE, 14, EDGE, 18)
        self.content.setSpacing(14)
        self.area = Scroller(self.body)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addWidget(self.area, 1)
        self._whole = whole
        self.column.addWidget(whole)
        self.setAccessibleName(title)
        session.changed.connect(self._on_changes)
        session.scenario_changed.connect(self.follow)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show the box in the middle of the window, as big as it has room."""
        host = self.window_
        width, height = min(self._size[0], host.width() - 80), min(self._size[1], host.height() - 130)
        self._whole.setFixedSize(width, height)
        self.follow()
        self.open_at(QPoint((host.width() - width) // 2, 90))
        first = self.first_field()
        (first if first is not None and first.isEnabled() else self._close).setFocus(
            Qt.FocusReason.PopupFocusReason
        )

    def first_field(self) -> QWidget | None:
        """Where the keyboard begins; None is the way out."""
        return None

    def follow(self) -> None:
        """Show the document as it is now."""
        raise NotImplementedError

    def attempt(self, work: Callable[[], object]) -> None:
        """Do an edit; what is refused is told, and the fields show again what holds."""
        if not self.window_.problems.run(work):
            self.follow()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return tab_order.go_on(self, forward)  # rows come and go

    def _on_changes(self, changes: ChangeSet) -> None:
        self.follow()
