"""The one dialog about a mistake of ours: the file is whole, here is a report to copy, and three ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Label

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


class ReportDialog(QDialog):
    """A text to read and to copy, with a heading, a sentence and buttons."""

    def __init__(self, title: str, heading: str, sentence: str, text: str, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(heading)
        self.report.setMinimumSize(560, 200)
        self.copy = Button("Copy", "outline", "copy")
        self.copy.clicked.connect(self._copy)
        self.row = QHBoxLayout()
        self.row.addWidget(self.copy)
        self.row.addStretch(1)
        self.sentence = Label(sentence, "body", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(Label(heading, "panel_title"))
        column.addWidget(self.sentence)
        column.addWidget(self.report, 1)
        column.addLayout(self.row)

    def add(self, words: str, kind: str = "outline", icon: str = "") -> Button:
        """One more button at the right."""
        made = Button(words, kind, icon)
        self.row.addWidget(made)
        return made

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.set_text("Copied")


class CrashDialog(ReportDialog):
    """Says that the program made a mistake, that the file is whole, and gives a report to copy."""

    quit_wanted = Signal()

    def __init__(self, report: str, window: MainWindow) -> None:
        super().__init__(
            "Something went wrong",
            "Something went wrong, and it is our mistake",
            "Your file is whole, and nothing of it is in this report. You can go on.",
            report,
            window,
        )
        self.copy.set_text("Copy the report")
        self._more = 0
        leave = self.add("Quit")
        leave.clicked.connect(self._quit)
        if window.session is not None:
            save = self.add("Save a copy…")
            save.clicked.connect(lambda: window.table.run("file.copy"))
        go_on = self.add("Go on", "ink")
        go_on.clicked.connect(self.accept)
        go_on.setFocus()

    def again(self) -> None:
        """Something else went wrong meanwhile."""
        self._more += 1
        times = "once" if self._more == 1 else f"{self._more} times"
        self.sentence.setText(
            f"Your file is whole, and nothing of it is in this report. Meanwhile it went wrong {times} more; "
            "the log says where."
        )

    def _quit(self) -> None:
        self.accept()
        self.quit_wanted.emit()
