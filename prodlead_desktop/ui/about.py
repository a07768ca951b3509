"""Help ▸ About: the licences of the program and of what it is made of, with their versions and texts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import prodlead_desktop
from prodlead_desktop.ui import report
from prodlead_desktop.ui.parts import parts
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.top_bar import Mark

HEADS = ("Part", "Version", "Licence")
WIDTH, HEIGHT, ROW = 680, 620, 30


class About(QDialog):
    """A table of parts above the licence of the one that is chosen; Esc closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Prodlead Desktop")
        self.parts = parts()
        self.table = self._table()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Licence")
        self.copy = Button("Copy versions", "outline", "copy")
        self.copy.clicked.connect(self._copy)
        close = Button("Close", "ink")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(14)
        column.addLayout(_head())
        column.addWidget(
            Label("Offline: no network is touched, nothing is collected.", "body", "text2", wrap=True)
        )
        column.addWidget(self.table, 3)
        column.addWidget(self.text, 2)
        column.addLayout(foot)
        self.table.currentCellChanged.connect(lambda row, *_: self._show(row))
        self.table.setCurrentCell(0, 0)
        room = self.screen().availableSize()
        self.resize(min(WIDTH, room.width() - 60), min(HEIGHT, room.height() - 80))
        close.setFocus()

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self.parts), len(HEADS))
        table.setAccessibleName("Parts of the program")
        table.setHorizontalHeaderLabels(list(HEADS))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for row, part in enumerate(self.parts):
            for column, words in enumerate((part.name, part.version, part.licence)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                table.setItem(row, column, item)
        table.setColumnWidth(1, 110)
        table.setColumnWidth(2, 210)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _show(self, row: int) -> None:
        if 0 <= row < len(self.parts):
            self.text.setPlainText(self.parts[row].text)

    def _copy(self) -> None:
        lines = [f"{part.name} {part.version}".strip() + f", {part.licence}" for part in self.parts]
        QGuiApplication.clipboard().setText("\n".join([report.machine(), "", *lines]))
        self.copy.set_text("Copied")


def _head() -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(14)
    head.addWidget(Mark(44))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label("Prodlead Desktop", "panel_title"))
    words.addWidget(Label(f"Version {prodlead_desktop.__version__}, MIT licence", "body", "text2"))
    head.addLayout(words, 1)
    return head
