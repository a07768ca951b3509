"""Tests run without a screen, away from the user's files, and leave neither a warning nor a thread behind."""

from __future__ import annotations

import atexit
import gc
import importlib.util
import logging
import os
import re
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

THREAD_GRACE_S = 5.0
# matplotlib builds its font list once per machine and says so after five seconds.
HARMLESS_LOG = re.compile(r"Matplotlib is building the font cache")


def _move_home() -> None:
    """A home folder and a neutral locale for this process and its children, before Qt looks at either."""
    home = Path(tempfile.mkdtemp(prefix="prodlead-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for variable, folder in {
        "HOME": "",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "runtime",
        "MPLCONFIGDIR": "matplotlib",
    }.items():
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[variable] = str(home / folder)
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()


def _hear_control_c() -> None:
    """A shell's background job starts with Ctrl+C ignored, and so would every program that a test interrupts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_move_home()
_hear_control_c()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QStandardPaths, QThreadPool  # noqa: E402  (reads the environment set above)
from PySide6.QtGui import QGuiApplication, QImage, QPixmap  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

QStandardPaths.setTestModeEnabled(True)

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=2000, print_blob=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """pytest-qt's application with the bundled fonts, so that text has the same width on every machine."""
    if importlib.util.find_spec("prodlead_desktop.figures.paint_qt"):
        from prodlead_desktop.figures.paint_qt import register_fonts

        register_fonts()
    return qapp


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> Iterator[None]:
    """Whatever paints first without a window must not leave a smaller application than the windows need."""
    yield
    QGuiApplication.clipboard().clear()  # without a screen it would outlive Python, and what it holds with it


@pytest.fixture(autouse=True)
def no_heap_of_garbage() -> Iterator[None]:
    """Once there was a window nobody but its event loop collects garbage, and most tests have none."""
    yield
    if not gc.isenabled() and gc.get_count()[0] > 50_000:
        gc.collect(1)


class _Warnings(logging.Handler):
    """Collects what is logged from WARNING upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record not in self.records and not HARMLESS_LOG.search(record.getMessage()):
            self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log warning fails the test; one announced by `@pytest.mark.logs("regex")` has to come instead."""
    handler = _Warnings()
    loggers = [logging.getLogger(), logging.getLogger("prodlead_desktop")]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)
    announced = [str(mark.args[0]) for mark in request.node.iter_markers("logs")]
    said = [f"{record.name}: {record.getMessage()}" for record in handler.records]
    unexpected = [text for text in said if not any(re.search(regex, text) for regex in announced)]
    missing = [regex for regex in announced if not any(re.search(regex, text) for text in said)]
    assert not unexpected, f"logged unexpectedly: {unexpected}"
    assert not missing, f"announced but not logged: {missing}"


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """No thread that keeps the program alive outlives its test: neither Python's nor one of Qt's pool."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_GRACE_S
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(max(0.0, deadline - time.monotonic()))
            assert not thread.is_alive(), f"thread {thread.name} is still running after the test"
    assert QThreadPool.globalInstance().waitForDone(int(THREAD_GRACE_S * 1000)), (
        "a Qt pool task is still running"
    )


Shot = Callable[[str, "QImage | QPixmap | QWidget"], QImage]


@pytest.fixture
def shot(qapp: object) -> Shot:
    """Turns what a test shows into an image, refuses a blank one, and keeps it for `dev.py shots`."""
    folder = os.environ.get("PRODLEAD_SHOTS")

    def take(name: str, shown: QImage | QPixmap | QWidget) -> QImage:
        pixmap = shown.grab() if isinstance(shown, QWidget) else shown
        image = pixmap.toImage() if isinstance(pixmap, QPixmap) else pixmap
        assert not image.isNull(), f"{name} has no size"
        first = image.pixel(0, 0)
        points = ((x, y) for y in range(image.height()) for x in range(image.width()))
        assert any(image.pixel(x, y) != first for x, y in points), f"{name} is one colour all over"
        if folder:
            assert image.save(str(Path(folder, f"{name}.png")))
        return image

    return take


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`dev.py shots` runs only the tests that show something."""
    if os.environ.get("PRODLEAD_SHOTS"):
        chosen = [item for item in items if "shot" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeats what `dev.py test` found before the tests, where the last lines are read."""
    failed = os.environ.get("PRODLEAD_FAILED_CHECKS")
    if failed:
        terminalreporter.section("checks failed before the tests", red=True)
        terminalreporter.line(f"{failed}: see above", red=True)
