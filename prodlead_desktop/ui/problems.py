"""The action runner: what goes wrong becomes a sentence in the bar, or one crash report without document content."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import prodlead_desktop
from prodlead_desktop.errors import Cancelled, ProdleadError
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Label


class Problems(QObject):
    """Runs what a window was asked to do and says what went wrong."""

    def __init__(self, window: QWidget, tell: Callable[[Notice], None]) -> None:
        super().__init__(window)
        self._window, self._tell = window, tell

    def run(self, work: Callable[[], object]) -> bool:
        """Do ``work``; says whether it went through. One of the two broad excepts of the program."""
        try:
            work()
        except Exception as error:  # noqa: BLE001  the action runner
            self.report(error)
            return False
        return True

    def report(self, error: BaseException) -> None:
        """Ours becomes a crash report, the user's or the machine's a sentence in the bar."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, ProdleadError):
            self._tell(Notice.of(error))
            return
        CrashDialog(crash_report(error), self._window).open()


def crash_report(error: BaseException) -> str:
    """Where it happened and on what, without a word of the document.

    Only the kind of the error is named: its message may hold titles or amounts.
    """
    home = Path(prodlead_desktop.__file__).parent.parent
    lines = [
        f"Prodlead Desktop {prodlead_desktop.__version__}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()}, {QGuiApplication.platformName()}",
        "",
        type(error).__qualname__,
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        shown = path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name
        lines.append(f"  {shown}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


class CrashDialog(QDialog):
    """Says that the program made a mistake, that the file is whole, and gives a report to copy."""

    def __init__(self, report: str, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Something went wrong")
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        self.report.setMinimumSize(560, 200)
        copy = Button("Copy the report", "outline", "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        go_on = Button("Go on", "ink")
        go_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(Label("Something went wrong, and it is our mistake", "panel_title"))
        column.addWidget(
            Label(
                "Your file is whole. Nothing of it is in this report. You can go on.", "body", "text2", True
            )
        )
        column.addWidget(self.report)
        column.addLayout(row)
        go_on.setFocus()


def install_hook(report: Callable[[BaseException], None]) -> None:
    """Let errors that nobody caught (in a slot, in an event) end in ``report`` as well."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            report(error)

    sys.excepthook = hook
