"""Boxes about things of one sort: every one in a list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from prodlead_desktop.ui.editing_box import EditingBox
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import EmptyState

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

ID = Qt.ItemDataRole.UserRole


class ListBox(EditingBox):
    """The list with its tools, and room at the right; says what could be there when nothing is."""

    def __init__(
        self, window: MainWindow, session: Session, title: str, size: tuple[int, int, int], about: str
    ) -> None:
        """``size``: width and height of the box and width of the list, in pixels."""
        super().__init__(window, session, title, size[0], size[1])
        self.list = QListWidget()
        self.list.setFixedWidth(size[2])
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.tools = QHBoxLayout()
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self.left.addWidget(self.list, 1)
        self.left.addLayout(self.tools)
        self._sides = QWidget()
        sides = QHBoxLayout(self._sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(22)
        sides.addLayout(self.left)
        sides.addLayout(self.right, 1)
        self.content.addWidget(Label(about, "label", "text2", wrap=True))
        self.content.addWidget(self._sides, 1)
        self.empty: EmptyState | None = None

    def offer(self, add: Button, earlier: str, later: str, remove: str, empty: EmptyState) -> None:
        """The tools below the list by their names, and what is shown while it is empty."""
        self.add, self.empty = add, empty
        self.up, self.down = IconButton("arrow-up", earlier), IconButton("arrow-down", later)
        self.remove = IconButton("trash-2", remove)
        for part in (self.add, self.up, self.down, self.remove):
            self.tools.addWidget(part)
        self.tools.insertStretch(1, 1)
        self.content.addWidget(empty, 1)

    def first_field(self) -> QWidget | None:
        if self.list.count() or self.empty is None:
            return self.list
        return self.empty.findChild(Button)

    @property
    def chosen_id(self) -> str | None:
        """What the fields at the right and the tools are about."""
        item = self.list.currentItem()
        return item.data(ID) if item is not None else None

    def choose(self, row_id: str) -> None:
        """Show this one at the right."""
        for row in range(self.list.count()):
            if self.list.item(row).data(ID) == row_id:
                self.list.setCurrentRow(row)

    def list_rows(self, items: Sequence[QListWidgetItem], chosen: str | None) -> None:
        """List these instead; ``chosen``, else what stands where the chosen one stood, stays chosen."""
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for item in items:
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), len(items) - 1))
        if chosen is not None:
            self.choose(chosen)
        self.list.blockSignals(False)
        self._sides.setVisible(bool(items))
        if self.empty is not None:
            self.empty.setVisible(not items)
        self._show_chosen()

    def enable_tools(self) -> bool:
        """Enable what can be done with the chosen one; whether the strategy may be changed at all."""
        free, row = self.session.document.read_only is None, self.list.currentRow()
        for part in (self.add, self.remove):
            part.setEnabled(free)
        self.up.setEnabled(free and row > 0)
        self.down.setEnabled(free and row < self.list.count() - 1)
        return free

    def edit(self, label: str, verb: Any, *values: Any) -> None:
        """Do ``verb(edit, id, *values)`` with the chosen one as one undo step."""
        chosen = self.chosen_id
        if chosen is None:
            return

        def work() -> None:
            with self.session.edit(label) as edit:
                verb(edit, chosen, *values)

        self.attempt(work)

    def _show_chosen(self) -> None:
        """Show the chosen one at the right."""
        raise NotImplementedError
