"""What lies beside a document: SQLite would replay a rollback journal into whatever file now has its name, so it is
copied aside first and must prove that it belongs."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prodlead_desktop.store.header import SIZE

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_KEPT_CASES = 20
# Bytes of page 1 that a commit changes: change counter, page count, freelist, version-valid-for, library version.
_SAME_IN_PAGE_1 = (slice(0, 18), slice(20, 24), slice(40, 72))
_COUNTER = slice(24, 28)


@dataclass(frozen=True, slots=True)
class Beside:
    """Side files found: a hot journal of ours, one of another file, a write-ahead log."""

    hot: bool = False
    foreign: bool = False
    log: bool = False

    def __bool__(self) -> bool:
        return self.hot or self.foreign or self.log


def journal_path(path: Path) -> Path:
    """Where SQLite looks for the rollback journal of a file."""
    return path.with_name(f"{path.name}-journal")


def look(path: Path) -> Beside:
    """Judge the side files of a document that no connection of this process is open on. Changes nothing."""
    log = path.with_name(f"{path.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    journal = journal_path(path)
    if not journal.exists():
        return Beside(log=has_log)
    found = _read(journal)
    if found is None:
        return Beside(log=has_log)  # cold: SQLite ignores it and deletes it at the next commit
    belongs = _belongs(path, found)
    return Beside(hot=belongs, foreign=not belongs, log=has_log)


def copy_aside(path: Path, recovery: Path, with_journal: bool = True) -> Path:
    """Copy a document with its side files into a new folder under ``recovery``; returns the copy of the document."""
    recovery.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    folder = recovery / f"{stamp}-{path.stem[:40]}"
    folder.mkdir(mode=0o700)
    endings = ("", "-journal", "-wal") if with_journal else ("", "-wal")
    for ending in endings:
        source = path.with_name(f"{path.name}{ending}")
        if source.exists():
            shutil.copyfile(source, folder / source.name)
    cases = sorted(child for child in recovery.iterdir() if child.is_dir())
    for old in cases[:-_KEPT_CASES]:
        shutil.rmtree(old, ignore_errors=True)
    return folder / path.name


def set_aside(path: Path) -> Path:
    """Rename a journal that belongs to another file, so that SQLite does not see it; returns its new name."""
    journal = journal_path(path)
    target = journal.with_name(f"{journal.name}.set-aside")
    count = 1
    while target.exists():
        count += 1
        target = journal.with_name(f"{journal.name}.set-aside-{count}")
    os.rename(journal, target)
    return target


@dataclass(frozen=True, slots=True)
class _Journal:
    """What a hot journal says about the file it was made for."""

    pages: int  # of the file before the transaction
    page_1: bytes | None  # its header then; None when the transaction had not come to it


def _read(journal: Path) -> _Journal | None:
    """What a journal would restore; None when it is cold and SQLite would ignore it."""
    size = journal.stat().st_size
    with journal.open("rb") as file:
        at, pages = 0, None
        while at < size:
            file.seek(at)
            head = file.read(28)
            count, before, sector, page = (int.from_bytes(head[i : i + 4], "big") for i in (8, 16, 20, 24))
            if len(head) < 28 or head[:8] != _JOURNAL_MAGIC or count == 0:
                break
            if not 512 <= page <= 65536 or not 28 <= sector <= 1 << 20:
                return _Journal(0, b"")
            pages = before if pages is None else pages
            record = page + 8
            count = min(count, (size - at - sector) // record)
            for index in range(count):
                file.seek(at + sector + index * record)
                if int.from_bytes(file.read(4), "big") == 1:
                    return _Journal(pages, file.read(SIZE))
            at += sector + count * record
            at += -at % sector  # a further part begins at the next sector
    return None if pages is None else _Journal(pages, None)


def _belongs(path: Path, journal: _Journal) -> bool:
    """Whether page 1 of the file is the journal's, or the one that the broken-off commit was writing over it."""
    with path.open("rb") as file:
        now = file.read(SIZE)
    before = journal.page_1
    if before is None:  # page 1 was not touched yet, so the file still has the length the journal knows
        return int.from_bytes(now[28:32], "big") == journal.pages
    if len(before) < SIZE or len(now) < SIZE or any(before[part] != now[part] for part in _SAME_IN_PAGE_1):
        return False
    ahead = int.from_bytes(now[_COUNTER], "big") - int.from_bytes(before[_COUNTER], "big")
    return ahead in (0, 1)
