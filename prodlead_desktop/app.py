"""Wires the window program together; the only place that does."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from prodlead_desktop.figures.paint_fonts import register_fonts
from prodlead_desktop.ui import instance
from prodlead_desktop.ui.collecting import collect_here
from prodlead_desktop.ui.faults import Faults
from prodlead_desktop.ui.log import Log
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.preferences import size_of
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import Memory, memory
from prodlead_desktop.ui.style import ProdleadStyle, icons, roles

LOOK_MS = 500
SCALE = "QT_SCALE_FACTOR"
_log = logging.getLogger(__name__)
GIVE_WAY_S = 0.0005  # a thread at work lets the window in that soon; after Python's 5 ms painting stutters


def run_window(paths: Sequence[str], sample: bool) -> int:
    """Open the window on files, on a fresh copy of the sample, or on the start screen; returns the exit status.

    When the program runs already, that one opens the files and comes to the front.
    """
    if not has_display():
        sys.stderr.write(
            "prodlead: there is no display to open a window on; see prodlead --help for what works without.\n"
        )
        return 2
    mine = memory()
    address = instance.name_for(mine.folder)
    lock = instance.lock_for(address, mine.folder)
    if not lock.tryLock(0):
        given = [*paths, *([_sample()] if sample else [])]
        if instance.hand_over(address, given, instance.STARTING_S):
            return 0
        paths, sample = given, False
    log, faults = Log(mine.folder), Faults(mine.folder)
    try:
        status, again = _run(mine, address, faults.former, paths, sample)
    finally:
        log.close()
        faults.close()
        lock.unlock()
    return status if again is None else _start_again(again)


def _run(
    mine: Memory, address: str, former: str, paths: Sequence[str], sample: bool
) -> tuple[int, tuple[str, ...] | None]:
    """Windows until the last one closes: the exit status, and the files to start anew with if that was asked."""
    application = make_application(size_of(mine))
    program = Program(mine, application)
    program.crashes.install()
    application.focusChanged.connect(program.focus_moved)
    _let_ctrl_c_quit(program)
    first = program.new_window()
    begin(first, paths, sample)
    first.show()
    QTimer.singleShot(0, program, lambda: _listen(program, address))
    if former:
        program.crashes.tell_former(first, former)
    if program.came_again():
        QTimer.singleShot(0, program, lambda: _show_preferences(program))
    _log.info("started")
    status = application.exec()
    _log.info("ended with status %s", status)
    for listening in program.findChildren(instance.Instance):
        listening.close()
    program.crashes.uninstall()
    return status, program.again


def _listen(program: Program, address: str) -> None:
    """Take the files of later starts from now on; what this loads must not delay the first frame."""
    instance.Instance(address, program).asked.connect(program.bring_forward)


def _sample() -> str:
    """A fresh copy of the sample as a file, for the program that runs already."""
    from prodlead_desktop.ui import opening

    return str(opening.sample_file())


def _show_preferences(program: Program) -> None:
    from prodlead_desktop.ui.preferences_box import PreferencesBox

    window = program.active_window()
    if window is not None:
        box = PreferencesBox(window)
        box.open()
        box.size_.focus_current()


def _start_again(paths: Sequence[str]) -> int:
    """Become the same program from its beginning, with these files."""
    from prodlead_desktop.ui.export_job import command_line

    program, first = command_line()
    words = [program, *first, "--", *paths]
    if sys.platform == "win32":
        subprocess.Popen(words)
        return 0
    sys.stdout.flush()
    os.execv(program, words)


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


def make_application(size: int = 100) -> QApplication:
    """Qt with our name, style and fonts; everything ``size`` percent as big as usual."""
    sys.setswitchinterval(GIVE_WAY_S)
    QCoreApplication.setApplicationName("Prodlead Desktop")
    QGuiApplication.setApplicationDisplayName("Prodlead")
    QGuiApplication.setDesktopFileName("prodlead-desktop")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    with _scaled(size / 100):
        application = QApplication([sys.argv[0] or "prodlead"])
    dress(application)
    return application


@contextmanager
def _scaled(factor: float) -> Iterator[None]:
    """Qt reads its scale from the environment, once; what we start later must not inherit it."""
    given = os.environ.get(SCALE)
    try:
        before = float(given or 1)
    except ValueError:
        before = 1.0
    if factor != 1:
        os.environ[SCALE] = f"{before * factor:.4g}"
    try:
        yield
    finally:
        if given is not None:
            os.environ[SCALE] = given
        else:
            os.environ.pop(SCALE, None)


def dress(application: QApplication) -> None:
    """Fonts, style and icon, and one thread that collects garbage."""
    collect_here(application)
    register_fonts()
    application.setStyle(ProdleadStyle())
    roles.install(application)
    application.setWindowIcon(icons.app_icon())


def begin(window: MainWindow, paths: Sequence[str], sample: bool) -> None:
    """What the command line asked for, in words when it cannot be."""
    for path in paths:
        window.open_path(Path(path))
    if sample:
        from prodlead_desktop.ui import opening

        window.problems.run(lambda: opening.open_sample(window))
