"""A strategy out of a file's rows.

Reading goes through plain sqlite3 with SELECT texts made from the field tables, not through Core: the checks at
opening need that connection anyway, and importing SQLAlchemy would cost the first window more than reading does.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from prodlead_desktop.domain import fields, rowcodec
from prodlead_desktop.domain.entities import SPECS, Entity
from prodlead_desktop.domain.kind import kind, kinds
from prodlead_desktop.domain.strategy import Strategy, of_rows
from prodlead_desktop.store import rowdigest
from prodlead_desktop.store.rowdigest import Row

CHECKPOINT_LIMIT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class JournalHead:
    """A journal row without what it changed."""

    seq: int
    kind: str
    answers: int | None
    group: str | None
    label: str
    at: str
    size: int


@dataclass(frozen=True, slots=True)
class CheckpointInfo:
    """A checkpoint without its content; ``sequence`` is the last edit it holds, ``created`` an ISO time in UTC."""

    id: str
    name: str
    sequence: int
    created: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says about itself."""

    document: str
    sequence: int
    digest: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything of a file except the bodies of its journal and checkpoints."""

    strategy: Strategy
    meta: Meta
    digest: int  # of the rows as they were read
    journal: tuple[JournalHead, ...]
    checkpoints: tuple[CheckpointInfo, ...]


def load(connection: sqlite3.Connection, lenient: bool = False) -> Loaded:
    """Read a whole file; one of ``faults.UNREADABLE`` when a row does not fit.

    ``lenient`` is for files of a newer version: columns it lacks are unknown, node kinds it does not know become
    notes, and the digest is not ours to compare.
    """
    found = meta(connection)
    with _no_collector():
        entities, total = (_lenient(connection), found.digest) if lenient else _strict(connection)
        strategy = of_rows(entities)
    return Loaded(strategy, found, total, journal_heads(connection), checkpoints(connection))


def load_rows(connection: sqlite3.Connection, digest: bool = True) -> Strategy:
    """Only the rows of a strategy; for measuring, also without their digest."""
    with _no_collector():
        return of_rows(_strict(connection, digest)[0])


def meta(connection: sqlite3.Connection) -> Meta:
    """The row of ``meta``; TypeError when there is none."""
    return Meta(
        *connection.execute('SELECT "document", "sequence", "digest" FROM "meta" WHERE "id" = 1').fetchone()
    )


def journal_heads(connection: sqlite3.Connection) -> tuple[JournalHead, ...]:
    """The journal from the oldest row to the newest, without bodies."""
    sql = 'SELECT "seq", "kind", "answers", "grp", "label", "at", "size" FROM "journal" ORDER BY "seq"'
    return tuple(JournalHead(*row) for row in connection.execute(sql))


def journal_bodies(connection: sqlite3.Connection, seqs: list[int]) -> dict[int, str]:
    """The texts of journal rows by sequence; rows that were trimmed are missing."""
    sql = 'SELECT "changes" FROM "journal" WHERE "seq" = ?'
    rows = {seq: connection.execute(sql, (seq,)).fetchone() for seq in seqs}
    return {seq: row[0] for seq, row in rows.items() if row is not None}


def checkpoints(connection: sqlite3.Connection) -> tuple[CheckpointInfo, ...]:
    """Every checkpoint, oldest first."""
    sql = 'SELECT "id", "name", "seq", "created" FROM "checkpoint" ORDER BY "seq", "created", "id"'
    return tuple(CheckpointInfo(*row) for row in connection.execute(sql))


def checkpoint_text(connection: sqlite3.Connection, checkpoint_id: str) -> str | None:
    """The interchange JSON of a checkpoint, or None; ValueError when it is not what we wrote."""
    row = connection.execute('SELECT "content" FROM "checkpoint" WHERE "id" = ?', (checkpoint_id,)).fetchone()
    return unpacked(row[0]) if row else None


def packed(text: str) -> bytes:
    """A checkpoint's content."""
    return zlib.compress(text.encode("utf-8"), 6)


def unpacked(content: bytes) -> str:
    """The text of a checkpoint's content; ValueError when it is damaged or unreasonably big."""
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(content, CHECKPOINT_LIMIT)
    except zlib.error as error:
        raise ValueError("The checkpoint is damaged.") from error
    if not reader.eof:
        raise ValueError("The checkpoint is damaged or too big.")
    return data.decode("utf-8")


def select(table: str, columns: tuple[str, ...] | None = None) -> str:
    """The SELECT of all rows of a table."""
    listed = ", ".join(f'"{name}"' for name in columns or rowcodec.columns(table))
    return f'SELECT {listed} FROM "{table}"'


def _strict(connection: sqlite3.Connection, digest: bool = True) -> tuple[list[Entity], int]:
    entities: list[Entity] = []
    total = 0
    for spec in SPECS:
        rows: list[Row] = connection.execute(select(spec.table)).fetchall()
        total += rowdigest.digest(spec.table, rows) if digest else 0
        entities += [rowcodec.from_row(spec.table, row) for row in rows]
    return entities, rowdigest.folded(total)


def _lenient(connection: sqlite3.Connection) -> list[Entity]:
    entities: list[Entity] = []
    for spec in SPECS:
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{spec.table}")')}
        known = tuple(name for name in rowcodec.columns(spec.table) if name in there)
        if "id" not in known:
            continue
        blank = rowcodec.to_row(spec.table, _blank(spec.cls))
        for row in connection.execute(select(spec.table, known)):
            values = dict(zip(rowcodec.columns(spec.table), blank, strict=True)) | dict(
                zip(known, row, strict=True)
            )
            if spec.table == "node":
                _tame(values)
            entities.append(rowcodec.from_row(spec.table, tuple(values.values())))
    return entities


def _blank(cls: type[Any]) -> Entity:
    """A row of defaults, for columns that a newer file no longer has."""
    values = {"data": kind("note").data()} if any(field.name == "data" for field in fields.of(cls)) else {}
    return cls("", **values)  # type: ignore[no-any-return]


def _tame(values: dict[str, Any]) -> None:
    if values["kind"] not in kinds():
        values["kind"], values["data"] = "note", "{}"
        return
    known = {field.name for field in fields.of(kind(values["kind"]).data)}
    data = {name: value for name, value in json.loads(values["data"]).items() if name in known}
    values["data"] = rowcodec.canonical(data)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Many small objects and no garbage: the collector would only walk them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
