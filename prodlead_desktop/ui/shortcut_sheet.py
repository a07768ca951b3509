"""F1: every key, generated from the rows of the action table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.ui.action_table import Row, groups
from prodlead_desktop.ui.keys import key_words
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.labels import KeyCap, Label
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.style.roles import speak_as
from prodlead_desktop.ui.style.scroller import Scroller

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, COLUMNS = 1060, 3
LEVEL = "map.level."
# Keys that belong to a field, not to an action.
TYPING = (
    ("Start typing over the title", "A letter"),
    ("Done", "Enter"),
    ("Done, then a child", "Tab"),
    ("Done, then a sibling", "Ctrl Enter"),
    ("Done, then its note", "Shift Enter"),
    ("Leave it as it was", "Esc"),
    ("Walk", "Arrows"),
    ("Walk and select", "Shift Arrows"),
    ("Select one more, select up to", "Ctrl Click  or  Shift Click"),
    ("Select all cards in a band", "Shift Pull"),
)


def sections() -> list[tuple[str, list[tuple[str, str]]]]:
    """(title, rows of (what, key)) for every group that has keys; keys of several levels are one row."""
    found = []
    for group in groups():
        lines: list[tuple[str, str]] = []
        for row in group.rows:
            if row.keys and not row.id.startswith(LEVEL):
                lines.append((_words(row), "  or  ".join(dict.fromkeys(key_words(key) for key in row.keys))))
            elif row.id == f"{LEVEL}1":
                lines.append(("Unfold to a level", "Ctrl 1 … 9"))
        if lines:
            found.append((group.title, lines))
    found.append(("Typing a title", list(TYPING)))
    return found


def _words(row: Row) -> str:
    """The title, said in full where the menu above it completes it."""
    return f"Make it: {row.title.lower()}" if row.menu == "Map/Kind" else row.title


class ShortcutSheet(Popover):
    """All keys in three columns; Esc closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, 12)
        self._window = window
        self._sheet = self._page()
        self._scroll = Scroller(self._sheet)
        speak_as(self._scroll, "Document")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Keyboard shortcuts")
        self._scroll.setProperty("own_focus", True)
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setContentsMargins(28, 20, 16, 4)
        head.addWidget(Label("Keyboard shortcuts", "panel_title"), 1)
        head.addWidget(close)
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 8)
        column.addLayout(head)
        column.addWidget(self._scroll)
        self.column.addWidget(body)
        self._body = body

    def _page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(28, 4, 28, 20)
        row.setSpacing(36)
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        heights = [0] * COLUMNS
        for column in columns:
            column.setSpacing(14)
            row.addLayout(column, 1)
        for title, lines in sections():
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(_section(title, lines))
            heights[shortest] += len(lines) + 2
        for column in columns:
            column.addStretch(1)
        return page

    def open(self) -> None:
        """Show in the middle, as high as the window allows."""
        window = self._window
        wanted = self._sheet.sizeHint().height() + 4
        self._scroll.setFixedHeight(min(wanted, window.height() - 190))
        self._body.setFixedWidth(min(WIDTH, window.width() - 60))
        self.adjustSize()
        left = (window.width() - self._body.width()) // 2
        self.open_at(QPoint(left, max(40, (window.height() - self._scroll.height() - 90) // 2)))
        self._scroll.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _section(title: str, lines: list[tuple[str, str]]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    grid.addWidget(Label(title, "strong"), 0, 0, 1, 2)
    for number, (what, keys) in enumerate(lines, start=1):
        words = Label(what, "label", "text2")
        grid.addWidget(words, number, 0)
        grid.addWidget(KeyCap(keys), number, 1, Qt.AlignmentFlag.AlignRight)
    return box
