"""A new file with a strategy in it, complete before it gets its name.

The rows of a new file are put in with plain INSERT texts made from the field tables; only edits, which are many and
small, go through Core. So making a file does not have to wait for SQLAlchemy to be imported.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prodlead_desktop.domain import rowcodec
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import WriteFailed
from prodlead_desktop.store import faults, rowdigest
from prodlead_desktop.store.connection import connect
from prodlead_desktop.store.schema import APPLICATION_ID, VERSION, script


def new_document_id() -> str:
    """The id of a document; copies keep it."""
    return new_id("doc")


def create(path: Path, strategy: Strategy, document: str, replace: bool = False) -> None:
    """Write a new file whose journal is empty.

    WriteFailed in words when it cannot be written or, without ``replace``, when something has that name already.
    """
    with arriving(path, replace) as temporary:
        write_new(temporary, strategy, document)


def write_new(path: Path, strategy: Strategy, document: str) -> None:
    """Write a strategy into a file that is not there yet; sqlite3.Error or OSError when it cannot be written."""
    connection = connect(path, "rwc")
    try:
        _fill(connection, strategy, document)
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, strategy: Strategy, document: str) -> None:
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, False)  # it would ignore schema_version
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.executescript(f"BEGIN IMMEDIATE; {script()}")
    total = 0
    for spec in SPECS:
        rows = [
            rowdigest.as_stored(spec.table, rowcodec.to_row(spec.table, row))
            for row in strategy.all(spec.cls).values()
        ]
        total += rowdigest.digest(spec.table, rows)
        marks = ", ".join("?" * len(rowcodec.columns(spec.table)))
        connection.executemany(f'INSERT INTO "{spec.table}" VALUES ({marks})', rows)
    connection.execute('INSERT INTO "meta" VALUES (1, ?, 0, ?)', (document, rowdigest.folded(total)))
    connection.execute(f"PRAGMA user_version={VERSION}")
    connection.execute("COMMIT")
    # A random schema cookie in page 1 tells the rollback journals of two documents apart; see sidefiles.py.
    connection.execute(f"PRAGMA schema_version={secrets.randbelow(1 << 30) + 1}")


@contextmanager
def arriving(path: Path, replace: bool) -> Iterator[Path]:
    """A temporary file beside ``path`` that gets its name, synced, when the block ends well and vanishes else."""
    if not replace and os.path.lexists(path):
        raise WriteFailed(f"“{path.name}” is there already.", "Choose another name.")
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        yield temporary
        sync(temporary)
        if replace:
            os.replace(temporary, path)
        else:
            _move_without_replacing(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise faults.cannot_write(error, f"“{path.name}” could not be written.") from error
    except sqlite3.Error as error:
        raise faults.write_failed(error) from error
    finally:
        for leftover in (temporary, temporary.with_name(f"{temporary.name}-journal")):
            leftover.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk confirm a file's content."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the disk confirm the names in a folder, where the platform can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _move_without_replacing(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise WriteFailed(f"“{path.name}” is there already.", "Choose another name.") from None
    except (OSError, NotImplementedError):  # a disk without links
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(temporary, path)
