"""Files of every sort to throw at the door, and a look at a folder that notices the smallest change."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from builders import small

from prodlead_desktop.document import Document
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.store import creating

Seen = dict[str, tuple[str, int, int]]


def look_at(folder: Path) -> Seen:
    """Every file of a folder with its content's hash, its length and its time of change."""
    return {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_size,
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def sound(folder: Path, name: str = "plan.prodlead", strategy: Strategy | None = None) -> Path:
    """A sound file in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    creating.create(path, strategy or small(), creating.new_document_id())
    return path


def with_history(path: Path, data: Path, edits: int = 3) -> Path:
    """A file in which something was done."""
    doc = Document.create(path, small(), data=data)
    for number in range(edits):
        with doc.edit("Rename") as edit:
            from prodlead_desktop.domain import nodes

            nodes.rename(edit, "o1", f"Name {number}")
    doc.close()
    return path


def changed_by(path: Path, *statements: str) -> Path:
    """A file after somebody has been at it with another tool."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def noise(size: int, seed: int = 7) -> bytes:
    """Random bytes, the same every time."""
    return random.Random(seed).randbytes(size)


def leave_hot_journal(path: Path, into: Path, title: str = "half done") -> Path:
    """Copy a file in the middle of a commit, with its journal: what a power cut would leave. Returns the copy."""
    into.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE node SET title = ?, note = ?", (title, "n" * 20_000))
        connection.execute("UPDATE meta SET sequence = sequence + 1")
        connection.execute("UPDATE header SET purpose = ?", ("p" * 50_000,))
        for name in (path.name, f"{path.name}-journal"):
            shutil.copyfile(path.with_name(name), into / name)
        connection.execute("ROLLBACK")
    return into / path.name
