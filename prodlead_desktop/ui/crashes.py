"""Mistakes of ours, wherever they happen: each one goes into the log, and one dialog says so, never two."""

from __future__ import annotations

import logging
import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from prodlead_desktop.errors import Cancelled, ProdleadError
from prodlead_desktop.ui import report
from prodlead_desktop.ui.crash_dialog import CrashDialog, ReportDialog
from prodlead_desktop.ui.notice import Notice

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.program import Program

_log = logging.getLogger(__name__)
SOON_S = 10.0  # the same mistake again so soon after “Go on” gets a line in the bar instead of a dialog


class Crashes(QObject):
    """Takes errors from any thread and shows them in the window in front."""

    _caught = Signal(object)

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._open: CrashDialog | None = None
        self._last, self._left = "", float("-inf")
        self._logged: set[str] = set()
        self._hooks: tuple[Any, Any, Any] | None = None
        self._caught.connect(self.mistake, Qt.ConnectionType.QueuedConnection)

    def mistake(self, error: BaseException) -> None:
        """Say in a dialog that this went wrong and is our mistake; GUI thread only."""
        told = report.of(error)
        self._write(told)
        window = self._program.active_window()
        if self._open is not None:
            self._open.again()
        elif told == self._last and time.monotonic() - self._left < SOON_S and window is not None:
            self._tell_again(window, told)
        elif window is not None:
            self._show(window, told)

    def tell_former(self, window: MainWindow, trace: str) -> None:
        """The process itself broke down the last time: say so, with its trace in the log and to be seen."""
        _log.error(f"the last run broke down\n{trace}")
        told = f"{report.machine()}\n\n{trace}"
        sentence = "Every change that was on disk is in your file. Nothing of it is in this report."
        show = ReportDialog(
            "Prodlead broke down", "Prodlead broke down the last time", sentence, told, window
        )
        show.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        show.add("Close", "ink").clicked.connect(show.accept)
        window.tell(
            Notice(
                "Prodlead broke down the last time. Every change that was on disk is in your file.",
                "warn",
                (("Show the report", show.open), ("Show the log", lambda: window.table.run("help.log"))),
                key="former",
            )
        )

    def install(self) -> None:
        """Let what nobody caught end here: in slots, events, threads and while things are taken apart."""
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = self._unraisable

    def uninstall(self) -> None:
        """Give the hooks back."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
            self._hooks = None

    # -- hooks; any thread

    def _uncaught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or not issubclass(kind, Exception):
            if self._hooks is not None and error is not None:
                self._hooks[0](kind, error, trace)
            return
        if sys.stderr is not None:
            sys.__excepthook__(kind, error, trace)
        if isinstance(error, ProdleadError):
            self._caught.emit(error) if not isinstance(error, Cancelled) else None
            return
        self._caught.emit(error)

    def _unraisable(self, args: Any) -> None:
        """Something failed while it was taken apart: nobody was waiting for it, so it only goes into the log."""
        if isinstance(args.exc_value, BaseException):
            self._write(report.of(args.exc_value))
        sys.__unraisablehook__(args)

    # -- inside

    def _write(self, told: str) -> None:
        first = told not in self._logged
        self._logged.add(told)
        name, _, way = told.partition("\n")
        _log.error(f"mistake: {name}\n{way}" if first else f"mistake again: {name}")

    def _show(self, window: MainWindow, told: str) -> None:
        dialog = CrashDialog(f"{report.machine()}\n\n{told}", window)
        dialog.quit_wanted.connect(self._program.quit)
        dialog.finished.connect(lambda _: self._went_on(window, told))
        self._open = dialog
        dialog.open()

    def _went_on(self, window: MainWindow, told: str) -> None:
        self._open = None
        self._last, self._left = told, time.monotonic()
        if window in self._program.windows and window.session is not None:
            window.problems.run(window.session.show_anew)

    def _tell_again(self, window: MainWindow, told: str) -> None:
        self._left = time.monotonic()
        show = ("Show the report", lambda: self._show(window, told))
        window.tell(Notice("That went wrong again. Your file is whole.", "err", (show,), key="crash"))
