"""Whole copies of a file by SQLite's backup API, checked to the last page; the file itself is only ever read."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import WriteFailed
from prodlead_desktop.store import faults, reading
from prodlead_desktop.store.checking import problems_of_copy
from prodlead_desktop.store.connection import connect
from prodlead_desktop.store.reading import Meta

BACKUP_S = 20.0
_PAGES_A_STEP = 2000


def backup(source: sqlite3.Connection, target: Path) -> Meta:
    """Copy what ``source`` reads into a new file, all of it in one state; says which state that is.

    sqlite3.Error when the source is locked for longer than its timeout, or either cannot be read or written.
    """
    end = time.monotonic() + BACKUP_S

    def watch(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > end:
            raise sqlite3.OperationalError("the backup takes too long")

    source.execute("BEGIN")
    try:
        meta = reading.meta(source)
        copy = connect(target, "rwc")
        try:
            source.backup(copy, pages=_PAGES_A_STEP, progress=watch)
        finally:
            copy.close()
    finally:
        source.execute("COMMIT")
    return meta


def verify(copy: Path, strategy: Strategy | None) -> None:
    """Read a copy back: WriteFailed unless it is whole and, when given, says exactly ``strategy``."""
    try:
        connection = connect(copy, "ro")
        try:
            problems = problems_of_copy(connection, copy)
            loaded = reading.load(connection)
        finally:
            connection.close()
    except faults.UNREADABLE as error:
        raise WriteFailed("The copy cannot be read back.", "Save it on another disk.") from error
    if (
        problems
        or loaded.digest != loaded.meta.digest
        or (strategy is not None and loaded.strategy != strategy)
    ):
        raise WriteFailed("The copy is not the same when read back.", "Save it on another disk.")
