"""A document's file held open for writing: one connection, one transaction per edit, and nothing said to be on disk
before COMMIT has returned."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop.domain import interchange, rowcodec
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.store import copying, faults, rowdigest
from prodlead_desktop.store import reading as readings
from prodlead_desktop.store.connection import connect
from prodlead_desktop.store.lock import WriterLock
from prodlead_desktop.store.opening import Opened
from prodlead_desktop.store.reading import CheckpointInfo, Loaded, Meta

if TYPE_CHECKING:
    from sqlalchemy import Connection

JOURNAL_ROWS = 5000
JOURNAL_BYTES = 50 * 1024 * 1024
TRIM_EVERY = 256  # rows over the limit before some are trimmed
BODY_LIMIT = 30 * 1024 * 1024  # bytes; a row may have 32 MB
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit, undo or redo on its way to the disk; ``answers`` is the oldest journal row it takes back."""

    seq: int
    kind: str
    answers: int | None
    changes: ChangeSet
    at: str


class Store:
    """Writes for one document; used by one thread at a time, which is the writer thread once it runs."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, loaded: Loaded | Meta, data_version: int
    ) -> None:
        meta = loaded.meta if isinstance(loaded, Loaded) else loaded
        self.path = path
        self.document, self.sequence, self.digest = meta.document, meta.sequence, meta.digest
        self._raw = connection
        self._data_version = data_version
        self._lock: WriterLock | None = None
        self._core: Connection | None = None
        self._sizes = deque(
            (head.seq, head.size) for head in (loaded.journal if isinstance(loaded, Loaded) else ())
        )
        self._bytes = sum(size for _, size in self._sizes)

    @classmethod
    def of_opened(cls, opened: Opened) -> Store:
        """The store of a file that was opened for writing; takes over its connection and lock."""
        if opened.connection is None:
            raise ValueError("only a file opened for writing has a store")
        store = cls(opened.path, opened.connection, opened.loaded, opened.data_version)
        store._lock = opened.lock
        return store

    @classmethod
    def of_copy(cls, path: Path) -> Store:
        """The store of a copy that nobody else knows of yet. sqlite3.Error when it cannot be opened."""
        connection = connect(path, "rw")
        try:
            version = int(connection.execute("PRAGMA data_version").fetchone()[0])
            return cls(path, connection, readings.meta(connection), version)
        except faults.UNREADABLE:
            connection.close()
            raise

    @property
    def identity(self) -> tuple[int, int]:
        """Device and inode of the file we have open; (0, 0) for one that nobody else can know of."""
        return self._lock.identity if self._lock else (0, 0)

    @property
    def oldest(self) -> int:
        """The sequence of the oldest journal row that is kept; 0 when there is none."""
        return self._sizes[0][0] if self._sizes else 0

    def warm(self) -> None:
        """Import SQLAlchemy and prepare it, before the first edit needs it."""
        self._connected()

    def commit(self, entry: Entry) -> None:
        """Write one entry in one transaction. BusyError: nothing was written, try again. WriteFailed: nothing was."""
        from sqlalchemy.exc import DBAPIError

        from prodlead_desktop.store import tables

        body = rowcodec.changes_to_json(entry.changes)
        kind = entry.kind
        size = len(body.encode("utf-8"))
        if size > BODY_LIMIT:  # the rows are written, but the journal starts anew behind them
            body, kind, size = "[]", "start", 2
        cut = self._cut()
        row = {
            "seq": entry.seq, "kind": kind, "answers": entry.answers, "grp": entry.changes.group,
            "label": entry.changes.label, "at": entry.at, "size": size, "changes": body,
        }  # fmt: skip
        try:
            with self._transaction() as core:
                there = readings.meta(self._raw)
                digest = there.digest
                if there.sequence != entry.seq:  # else its COMMIT failed after it had reached the disk
                    if (there.sequence, there.digest) != (self.sequence, self.digest):
                        raise faults.ForeignCommit
                    digest = rowdigest.folded(digest + self._write_rows(core, entry.changes.changes))
                    core.execute(tables.ADD_JOURNAL, row)
                    core.execute(tables.WRITE_META, {"new_sequence": entry.seq, "new_digest": digest})
                    if cut:
                        core.execute(tables.TRIM_JOURNAL, {"last": cut})
        except (DBAPIError, sqlite3.Error, OSError, ValueError) as error:
            raise self._translated(error) from error
        self.sequence, self.digest = entry.seq, digest
        self._sizes.append((entry.seq, size))
        self._bytes += size
        while cut and self._sizes and self._sizes[0][0] <= cut:
            self._bytes -= self._sizes.popleft()[1]

    def add_checkpoint(self, info: CheckpointInfo, strategy: Strategy) -> None:
        """Write a checkpoint in one transaction; raises like ``commit``."""
        from sqlalchemy.exc import DBAPIError

        from prodlead_desktop.store import tables

        content = readings.packed(interchange.dumps(strategy))
        row = {
            "id": info.id,
            "name": info.name,
            "seq": info.sequence,
            "created": info.created,
            "content": content,
        }
        try:
            with self._transaction() as core:
                core.execute(tables.ADD_CHECKPOINT, row)
        except (DBAPIError, sqlite3.Error, OSError, ValueError) as error:
            raise self._translated(error) from error

    def bodies(self, seqs: Sequence[int]) -> dict[int, str]:
        """What journal rows changed, as text; trimmed rows are missing. sqlite3.Error when they cannot be read."""
        return readings.journal_bodies(self._raw, list(seqs))

    def checkpoint_text(self, checkpoint_id: str) -> str | None:
        """The interchange JSON of a checkpoint, or None."""
        return readings.checkpoint_text(self._raw, checkpoint_id)

    def backup(self, target: Path) -> Meta:
        """Copy the whole file as it is on disk into a new one; see ``copying.backup``."""
        return copying.backup(self._raw, target)

    def close(self) -> None:
        """Let go of the file and of the lock."""
        if self._core is not None:
            self._core.close()
            self._core.engine.dispose()
            self._core = None
        self._raw.close()
        if self._lock is not None:
            self._lock.release()

    # -- inside a transaction

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """BEGIN IMMEDIATE, see that nobody else has written, the block, COMMIT."""
        core = self._connected()
        try:
            with core.begin():
                if self._raw.execute("PRAGMA data_version").fetchone()[0] != self._data_version:
                    raise faults.ForeignCommit
                yield core
        finally:
            if self._raw.in_transaction:  # SQLAlchemy leaves it open when COMMIT itself was refused
                self._raw.execute("ROLLBACK")

    def _write_rows(self, core: Connection, changes: Sequence[Change]) -> int:
        """Write the rows of a ChangeSet; returns what they add to the digest."""
        from prodlead_desktop.store import tables

        by_table: dict[str, list[Change]] = {}
        for change in changes:
            by_table.setdefault(change.table, []).append(change)
        delta = 0
        for table, found in by_table.items():
            delta -= self._digest_on_disk(table, [change.id for change in found if change.before is not None])
            for ids in _batches([change.id for change in found if change.after is None]):
                core.execute(tables.remove(table), {"ids": ids})
            rows = [
                rowdigest.as_stored(table, rowcodec.to_row(table, change.after))
                for change in found
                if change.after is not None
            ]
            if rows:
                names = rowcodec.columns(table)
                values = [dict(zip(names, row, strict=True)) for row in rows]
                core.execute(tables.put(table), values if len(values) > 1 else values[0])
                delta += rowdigest.digest(table, rows)
        return delta

    def _digest_on_disk(self, table: str, ids: Sequence[str]) -> int:
        """What rows add to the digest as they are in the file, whatever memory thinks they are."""
        total = 0
        for batch in _batches(ids):
            marks = ", ".join("?" * len(batch))
            rows = self._raw.execute(f'{readings.select(table)} WHERE "id" IN ({marks})', batch).fetchall()
            if len(rows) != len(batch):
                raise faults.ForeignCommit
            total += rowdigest.digest(table, rows)
        return total

    def _cut(self) -> int:
        """The last journal row to trim now; 0 nearly always."""
        if len(self._sizes) < JOURNAL_ROWS + TRIM_EVERY and self._bytes < JOURNAL_BYTES * 1.05:
            return 0
        rows, total = len(self._sizes), self._bytes
        for seq, size in self._sizes:
            rows, total = rows - 1, total - size
            if rows <= JOURNAL_ROWS and total <= JOURNAL_BYTES:
                return seq
        return 0

    def _connected(self) -> Connection:
        if self._core is None:
            self._core = _core_over(self._raw)
        return self._core

    def _translated(self, error: BaseException) -> Exception:
        cause = getattr(error, "orig", None) or error
        return faults.BusyError(str(cause)) if faults.is_busy(cause) else faults.write_failed(cause)


def _core_over(raw: sqlite3.Connection) -> Connection:
    """A Core connection over ours, whose every transaction is BEGIN IMMEDIATE."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    from prodlead_desktop.store import tables

    engine = create_engine(tables.URL, creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None)
    event.listen(engine, "begin", lambda _: raw.execute("BEGIN IMMEDIATE"))
    return engine.connect()


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    waiting = iter(ids)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch
