"""The program's log: a few rotating files in its data folder that never hold a word of a document.

A message of ours keeps its words and its numbers; of an error only the kind is named. Of a library's message only the
place it came from is kept, and of Qt's the words without anything quoted and without paths.
"""

from __future__ import annotations

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

OURS, QT = "prodlead_desktop", "prodlead_desktop.qt"
NAME, BYTES, FILES = "prodlead.log", 400_000, 3
FOLDER = "logs"
MOST = 400  # characters of one message of Qt's
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|‘[^’]*’")
_PATH = re.compile(r"(?:[A-Za-z]:)?[/\\][^\s:,)]+")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger(QT)


class _Discreet(logging.Formatter):
    """One line per record, without anything that could come from a document."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        shown = logging.makeLogRecord(
            {**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None}
        )
        if record.name.split(".")[0] == OURS:
            shown.args = tuple(_harmless(each) for each in _listed(record.args))
            shown.msg = str(record.msg)
        else:
            shown.msg, shown.args = f"at {record.filename}:{record.lineno}", ()
        kind = record.exc_info[0] if record.exc_info else None
        return super().format(shown) + (f" ({kind.__qualname__})" if kind is not None else "")


def _listed(args: Any) -> tuple[Any, ...]:
    return args if isinstance(args, tuple) else () if args is None else (args,)


def _harmless(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    return type(value).__qualname__ if isinstance(value, BaseException) else "…"


def path_in(data: Path) -> Path:
    """Where the log lies in the program's data folder."""
    return data / FOLDER / NAME


class Log:
    """The log while the program runs; ``close`` takes every hook back."""

    def __init__(self, data: Path) -> None:
        self.path = path_in(data)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._handler = RotatingFileHandler(
            self.path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8", errors="replace", delay=True
        )
        self._handler.setFormatter(_Discreet())
        self._root = logging.getLogger()
        self._level = logging.getLogger(OURS).level
        logging.getLogger(OURS).setLevel(logging.INFO)
        self._root.addHandler(self._handler)
        self._before = qInstallMessageHandler(_of_qt)

    def close(self) -> None:
        """Write what is left and let go."""
        qInstallMessageHandler(self._before)
        logging.getLogger(OURS).setLevel(self._level)
        self._root.removeHandler(self._handler)
        self._handler.close()


def discreet(message: str) -> str:
    """A message of Qt's without what is quoted in it and without paths."""
    return _PATH.sub("…", _QUOTED.sub("“…”", message))[:MOST]


def _of_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    category = f"{context.category}: " if context.category not in (None, "default") else ""
    said = discreet(message or "").replace("%", "%%")
    _log.log(_LEVELS.get(kind, logging.WARNING), category.replace("%", "%%") + said)
    if sys.stderr is not None:
        sys.stderr.write(f"{category}{message}\n")
