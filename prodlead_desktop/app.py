"""Wires the window program together; the only place that does."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from prodlead_desktop.figures.paint_fonts import register_fonts
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.problems import install_hook
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory
from prodlead_desktop.ui.style import ProdleadStyle, icons

LOOK_MS = 500


def run_window(paths: Sequence[str], sample: bool) -> int:
    """Open the window on files, on a fresh copy of the sample, or on the start screen; returns the exit status."""
    if not has_display():
        sys.stderr.write(
            "prodlead: there is no display to open a window on; see prodlead --help for what works without.\n"
        )
        return 2
    application = make_application()
    program = Program(memory(), application)
    application.focusChanged.connect(program.focus_moved)
    install_hook(lambda error: _report(program, error))
    _let_ctrl_c_quit(program)
    first = program.new_window()
    begin(first, paths, sample)
    first.show()
    return application.exec()


def _let_ctrl_c_quit(program: Program) -> None:
    """Ctrl+C in the terminal closes every window as a user would; Qt's loop must let Python look for it."""
    # The handler may run in the middle of a paint event, so that leaving waits for the loop's next round.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, program, program.quit))
    look = QTimer(program)
    look.timeout.connect(lambda: None)
    look.start(LOOK_MS)


def has_display() -> bool:
    """Whether Qt can open a window here; without a display it would abort."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application() -> QApplication:
    """Qt with our name, style and fonts."""
    QCoreApplication.setApplicationName("Prodlead Desktop")
    QGuiApplication.setApplicationDisplayName("Prodlead")
    QGuiApplication.setDesktopFileName("prodlead-desktop")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication([sys.argv[0] or "prodlead"])
    dress(application)
    return application


def dress(application: QApplication) -> None:
    """Fonts, style and icon."""
    register_fonts()
    application.setStyle(ProdleadStyle())
    application.setWindowIcon(icons.app_icon())


def begin(window: MainWindow, paths: Sequence[str], sample: bool) -> None:
    """What the command line asked for, in words when it cannot be."""
    for path in paths:
        window.open_path(Path(path))
    if sample:
        from prodlead_desktop.ui import opening

        window.problems.run(lambda: opening.open_sample(window))


def _report(program: Program, error: BaseException) -> None:
    window = program.active_window()
    if window is not None:
        window.problems.report(error)
