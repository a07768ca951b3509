"""What is really in a file, read by nothing of ours: plain sqlite3, its own sums, its own idea of undo."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from prodlead_desktop.domain import rowcodec
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.strategy import Strategy

Tables = dict[str, dict[str, tuple[Any, ...]]]


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A second connection that only reads."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def tables_on_disk(path: Path) -> Tables:
    """Every row of every entity's table, by id."""
    with looking(path) as connection:
        return {
            spec.table: {row[0]: row for row in connection.execute(f'SELECT * FROM "{spec.table}"')}
            for spec in SPECS
        }


def tables_of(strategy: Strategy) -> Tables:
    """The same of a strategy in memory."""
    return {
        spec.table: {
            row_id: rowcodec.to_row(spec.table, row) for row_id, row in strategy.all(spec.cls).items()
        }
        for spec in SPECS
    }


def digest_of(tables: Tables) -> int:
    """The digest that the file should hold, worked out anew."""
    total = sum(
        int.from_bytes(blake2b((table + ascii(row)).encode(), digest_size=8).digest(), "big")
        for table, rows in tables.items()
        for row in rows.values()
    )
    return (total + (1 << 63)) % (1 << 64) - (1 << 63)


def meta(path: Path) -> tuple[int, int]:
    """Sequence and digest as the file has them."""
    with looking(path) as connection:
        sequence, digest = connection.execute("SELECT sequence, digest FROM meta").fetchone()
    return sequence, digest


def assert_same(path: Path, strategy: Strategy) -> None:
    """The file holds exactly this strategy, and its digest says so."""
    found = tables_on_disk(path)
    assert found == tables_of(strategy)
    assert meta(path)[1] == digest_of(found)


def columns(path: Path, table: str, *names: str) -> list[tuple[Any, ...]]:
    """Columns of a table in the order of its first one."""
    with looking(path) as connection:
        return connection.execute(f'SELECT {", ".join(names)} FROM "{table}" ORDER BY 1').fetchall()
