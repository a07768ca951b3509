"""Opening a file so that whatever it is, nothing in it runs, nothing of it changes, and nothing foreign is replayed.

The order of reliability.md §2, with one step moved: the writer's lock comes first. Who does not hold it may be looking
at the side files of a commit under way, and may not open the file outside SQLite if this very process is the writer.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prodlead_desktop.errors import FileRefused
from prodlead_desktop.store import header, lock, sidefiles
from prodlead_desktop.store.checking import load_checked, refusal
from prodlead_desktop.store.connection import connect, within_budget
from prodlead_desktop.store.faults import UNREADABLE
from prodlead_desktop.store.lock import WriterLock
from prodlead_desktop.store.places import Places
from prodlead_desktop.store.reading import Loaded

ASKED = "It was opened for reading."
ELSEWHERE_OPEN = "This strategy is open in another window; here it can only be read."
NOT_WRITABLE = "The file or its folder cannot be written to, so it can only be read."
NO_HOME = "Prodlead cannot write into its own folder ({folder}), so strategies can only be read."
LEFT_OPEN = "The file was left unfinished by another program. A repaired copy is shown."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that passed every check; ``connection`` and ``lock`` are there when it may be written."""

    path: Path
    source: Path  # where its rows are: the file itself or a repaired copy
    loaded: Loaded
    read_only: str | None
    connection: sqlite3.Connection | None = None
    lock: WriterLock | None = None
    data_version: int = 0


def open_file(path: Path, places: Places, read_only: bool = False) -> Opened:
    """Open, check and read a file; FileRefused in words. Writes no byte of it, except to finish a broken-off commit."""
    real = path.resolve()
    header.refuse_non_files(real)
    held, reason = _lock(real, places)
    opened: Opened | None = None
    try:
        if read_only:
            reason = ASKED
        elif reason is None and not _writable(real):
            reason = NOT_WRITABLE
        source, reason = _tended(real, places, reason) if held else (real, reason)
        opened = _checked(real, source, reason, held)
        return opened
    except OSError as error:
        raise FileRefused(f"“{real.name}” cannot be read.", "The disk reported an error.") from error
    finally:
        if held and (opened is None or opened.lock is None):
            held.release()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads for a moment, all of it in one state of the file."""
    connection = connect(path, "ro")
    try:
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()


def _lock(path: Path, places: Places) -> tuple[WriterLock | None, str | None]:
    try:
        held = lock.take(path, places.locks)
    except OSError:
        return None, NO_HOME.format(folder=places.data)
    return held, None if held else ELSEWHERE_OPEN


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _tended(path: Path, places: Places, reason: str | None) -> tuple[Path, str | None]:
    """Sniff the header and put the side files in order; where that may not be done in place, on a copy."""
    head = header.sniff(path)
    beside = sidefiles.look(path)
    if head.write_ahead or ((beside.hot or beside.foreign) and reason is not None):
        copy = sidefiles.copy_aside(path, places.recovery, with_journal=beside.hot)
        _recover(copy)
        return copy, reason if reason and not head.write_ahead else LEFT_OPEN
    if beside.hot or beside.foreign:
        sidefiles.copy_aside(path, places.recovery)
    if beside.foreign:
        sidefiles.set_aside(path)
    elif beside.hot:
        _recover(path)
    return path, reason


def _recover(path: Path) -> None:
    """Let SQLite finish or roll back what was broken off; a failure shows when the file is checked."""
    try:
        connection = connect(path, "rw")
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            connection.close()
    except UNREADABLE:
        return


def _checked(path: Path, source: Path, reason: str | None, held: WriterLock | None) -> Opened:
    try:
        with reading(source) as reader, within_budget(reader):
            loaded, found = load_checked(reader, path)
            reason = found or reason
            if reason is not None or held is None:
                return Opened(path, source, loaded, reason)
            # While the reader's transaction lasts nobody can commit: this is the state we read.
            writer = connect(path, "rw")
            version = int(writer.execute("PRAGMA data_version").fetchone()[0])
            return Opened(path, source, loaded, None, writer, held, version)
    except UNREADABLE as error:
        raise refusal(error, path) from error
