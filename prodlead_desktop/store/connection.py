"""Connections to a strategy file, each with the settings that reliability was measured with."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECK_BUDGET_S = 5.0
BUSY_TIMEOUT_MS = 2000
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 32 * 1024 * 1024),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
)
_SAFETY = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "foreign_keys=ON",
    "recursive_triggers=OFF",
)
_WRITING = (
    "synchronous=EXTRA", "locking_mode=NORMAL", *(("fullfsync=ON",) if sys.platform == "darwin" else ()),
    "cache_size=-65536", "cache_spill=OFF", "temp_store=MEMORY", "secure_delete=FAST",
)  # fmt: skip


def sqlite_version() -> str:
    """The version of the database library."""
    return sqlite3.sqlite_version


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in autocommit, ``mode`` one of ro, rw, rwc; may be handed to another thread.

    sqlite3.Error or UnicodeDecodeError when the file is damaged, cannot be opened, or does not keep its rollback
    journal beside it.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1000,
    )
    try:
        _settle(connection)
    except (sqlite3.Error, UnicodeDecodeError):  # even what SQLite says about a damaged file may not be text
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection) -> None:
    for limit, value in _LIMITS:
        connection.setlimit(limit, value)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    for pragma in _SAFETY:
        connection.execute(f"PRAGMA {pragma}")
    mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    if mode != "delete":
        raise sqlite3.OperationalError(f"journal_mode is {mode}")
    for pragma in _WRITING:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


@contextmanager
def within_budget(connection: sqlite3.Connection, seconds: float = CHECK_BUDGET_S) -> Iterator[None]:
    """Stop any statement after ``seconds`` in all: sqlite3.OperationalError "interrupted"."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > end), 100_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
