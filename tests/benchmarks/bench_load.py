"""Reading a file: 50,000 rows against raw sqlite3 into the same dataclasses, and opening 5,000 nodes with every check.

The peer is what one would write by hand for these tables and nothing else: no digest, no field tables. In turn in one
run, medians in milliseconds.
"""

from __future__ import annotations

import datetime
import gc
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import many

from prodlead_desktop.document import Document
from prodlead_desktop.domain import fields, invariants
from prodlead_desktop.domain.entities import SPECS, Node
from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.strategy import Strategy, of_rows
from prodlead_desktop.store import creating, reading, rowdigest
from prodlead_desktop.store.connection import connect

ROUNDS = 9
LIMIT = 1.2


def main() -> None:
    print(f"{'':<44} {'ours':>9} {'peer':>9} {'limit':>6} {'ratio':>6}")
    for rows in (5_000, 50_000):
        with tempfile.TemporaryDirectory() as folder:
            load(Path(folder) / "load", rows)
    for count in (500, 5_000):
        with tempfile.TemporaryDirectory() as folder:
            open_whole(Path(folder), count)


def load(path: Path, wanted: int) -> None:
    """Rows to a Strategy."""
    strategy = many(wanted // 2)
    rows = sum(len(strategy.all(spec.cls)) for spec in SPECS)
    creating.create(path, strategy, "doc_bench")
    with closing(connect(path, "ro")) as connection:
        assert by_hand(connection) == reading.load_rows(connection) == strategy
        ours, plain, peer = compared(
            lambda: reading.load_rows(connection),
            lambda: reading.load_rows(connection, digest=False),
            lambda: by_hand(connection),
        )
    say(f"load {rows:,} rows, digest included", ours, peer)
    say(f"load {rows:,} rows, the same work", plain, peer)


def open_whole(folder: Path, count: int) -> None:
    """Document.open with every check until the strategy is there, and what its checks cost."""
    path = folder / "open"
    strategy = many(count)
    creating.create(path, strategy, "doc_bench")
    with closing(connect(path, "ro")) as connection:
        ours, pages, keys, rules, digest, peer = compared(
            lambda: Document.open(path, read_only=True, data=folder / "data").close(),
            lambda: connection.execute("PRAGMA quick_check(1)").fetchone(),
            lambda: connection.execute("PRAGMA foreign_key_check").fetchone(),
            lambda: invariants.check_all(strategy),
            lambda: [rowdigest.digest(s.table, connection.execute(reading.select(s.table))) for s in SPECS],
            lambda: by_hand(connection),
        )
    say(f"open {count:,} nodes", ours, peer)
    print(f"    pages {pages:.1f}, references {keys:.1f}, digest {digest:.1f}, rules {rules:.1f} ms")


def say(what: str, ours: float, peer: float) -> None:
    print(f"{what:<44} {ours:6.1f} ms {peer:6.1f} ms {LIMIT:>6} {ours / peer:6.2f}")


def compared(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            work()
            found.append((time.perf_counter() - start) * 1000)
    return [statistics.median(found) for found in times]


def by_hand(connection: sqlite3.Connection) -> Strategy:
    """Each table with its own loop; JSON and dates where there are some."""
    gc.disable()
    entities: list[Any] = []
    for spec in SPECS:
        rows = connection.execute(f'SELECT * FROM "{spec.table}"')
        if spec.cls is Node:
            entities += [node(row) for row in rows]
        else:
            odd = [(i, field.type) for i, field in enumerate(fields.of(spec.cls), 1) if field.type in HAND]
            if not odd:
                entities += [spec.cls(*row) for row in rows]
            for row in rows:
                values = list(row)
                for index, kind in odd:
                    values[index] = None if row[index] is None else HAND[kind](row[index])
                entities.append(spec.cls(*values))
    gc.enable()
    return of_rows(entities)


HAND: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.DATE: datetime.date.fromisoformat,
    FieldType.FLAG: bool,
    FieldType.WORDS: lambda text: tuple(json.loads(text)),
    FieldType.MONEYS: lambda text: tuple(json.loads(text)),
    FieldType.NUMBERS: lambda text: tuple(json.loads(text)),
}


def node(row: tuple[Any, ...]) -> Node:
    id, parent, order, kind, title, note, tags, state, owner, team, pool, segment, x, y, text = row
    values = json.loads(text)
    for name in ("baseline_date", "deadline", "test_by", "available_from", "stop_by"):
        if name in values:
            values[name] = datetime.date.fromisoformat(values[name])
    data = kinds()[kind].data(**values)
    return Node(
        id,
        parent,
        order,
        kind,
        title,
        note,
        tuple(json.loads(tags)),
        state,
        owner,
        team,
        pool,
        segment,
        x,
        y,
        data,
    )


if __name__ == "__main__":
    main()
