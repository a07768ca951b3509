"""The SQL that is checked in, the field tables, Core's tables and a fresh file say the same."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import sample, small
from store.files import sound

from prodlead_desktop.domain import rowcodec
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.store import reading, rowdigest, schema, tables
from prodlead_desktop.store.connection import connect


def test_the_checked_in_schema_is_made_from_the_field_tables() -> None:
    assert schema.script() == schema.ddl(), "run: python -m prodlead_desktop.store.schema > schema_1.sql"


def test_a_fresh_file_is_word_for_word_its_version(tmp_path: Path) -> None:
    with closing(sqlite3.connect(sound(tmp_path))) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        ).fetchall()
        head = [
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        strict = connection.execute(
            "SELECT min(strict) FROM pragma_table_list WHERE schema='main' AND name NOT LIKE 'sqlite%'"
        )
        assert strict.fetchone()[0] == 1
    assert {schema.Piece(kind, name, schema.normal(sql)) for kind, name, sql in rows} == schema.pieces()
    assert head == [0x50524C44, 1]
    assert (tmp_path / "plan.prodlead").read_bytes()[68:72] == b"PRLD"


def test_core_knows_the_same_columns(tmp_path: Path) -> None:
    with closing(sqlite3.connect(sound(tmp_path))) as connection:
        for name, table in tables.METADATA.tables.items():
            found = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            assert [column.name for column in table.c] == found
            if name in tables.ROWS:
                assert tuple(found) == rowcodec.columns(name)
    assert set(tables.ROWS) == {spec.table for spec in SPECS}


def test_every_reference_is_a_deferred_indexed_foreign_key(tmp_path: Path) -> None:
    from prodlead_desktop.domain import fields

    with closing(sqlite3.connect(sound(tmp_path))) as connection:
        for spec in SPECS:
            keys = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{spec.table}")')}
            assert keys == {field.name: field.ref for field in fields.of(spec.cls) if field.ref}
            for column in keys:
                plan = connection.execute(
                    f'EXPLAIN QUERY PLAN SELECT 1 FROM "{spec.table}" WHERE "{column}" = ?', ("x",)
                ).fetchall()
                assert "USING" in plan[0][3] and "INDEX" in plan[0][3], (spec.table, column)
    assert schema.script().count("REFERENCES") == schema.script().count("DEFERRABLE INITIALLY DEFERRED")


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE person SET "limit" = 1000000000000000',
        "UPDATE allocation SET lock = 2",
        "UPDATE header SET id = 'another'",
        "INSERT INTO meta VALUES (2, 'another', 0, 0)",
        "UPDATE node SET title = NULL",
        "UPDATE node SET \"order\" = 'first'",
        "INSERT INTO journal VALUES (1, 'spell', NULL, NULL, '', '', 0, '')",
    ],
)
def test_what_is_cheap_to_check_the_file_checks_itself(statement: str, tmp_path: Path) -> None:
    path = sound(tmp_path)
    with closing(connect(path, "rw")) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO person (id, \"order\", name) VALUES ('p', 0, 'Ada')")
        connection.execute(statement)


def test_settings_are_those_that_were_measured(tmp_path: Path) -> None:
    wanted = {
        "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "foreign_keys": 1, "recursive_triggers": 0,
        "journal_mode": "delete", "synchronous": 3, "locking_mode": "normal", "cache_size": -65536, "cache_spill": 0,
        "temp_store": 2, "secure_delete": 2, "busy_timeout": 2000,
    }  # fmt: skip
    with closing(connect(sound(tmp_path), "rw")) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        assert found == wanted
        assert connection.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED) == 0
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute("ATTACH ':memory:' AS other")
        with pytest.raises((sqlite3.DataError, sqlite3.DatabaseError)):
            connection.execute("SELECT length(zeroblob(40000000))").fetchone()


@pytest.mark.parametrize("strategy", [small(), sample()], ids=["small", "sample"])
def test_what_is_written_is_what_is_read(strategy: Strategy, tmp_path: Path) -> None:
    with closing(connect(sound(tmp_path, strategy=strategy), "ro")) as connection:
        loaded = reading.load(connection)
    assert loaded.strategy == strategy
    assert loaded.digest == loaded.meta.digest


@pytest.mark.parametrize(
    ("table", "column", "given", "stored"),
    [
        ("node", "nudge_x", 3, "3.0"),
        ("node", "nudge_x", -0.0, "0.0"),
        ("node", "order", 4.0, "4"),
        ("allocation", "lock", True, "1"),
    ],
)
def test_a_row_is_hashed_as_sqlite_gives_it_back(table: str, column: str, given: object, stored: str) -> None:
    names = rowcodec.columns(table)
    row = rowdigest.as_stored(table, [given if name == column else None for name in names])
    assert repr(row[names.index(column)]) == stored


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1 << 70, 1.5])
def test_what_sqlite_would_quietly_change_is_refused(value: float) -> None:
    column = "order" if isinstance(value, int) or value == 1.5 else "nudge_x"
    names = rowcodec.columns("node")
    with pytest.raises((ValueError, OverflowError)):
        rowdigest.as_stored("node", [value if name == column else None for name in names])


def test_opening_a_file_needs_no_sqlalchemy(tmp_path: Path) -> None:
    path = sound(tmp_path)
    code = (
        "import sys; from pathlib import Path; from prodlead_desktop.document import Document\n"
        "assert 'sqlalchemy' not in sys.modules and 'numpy' not in sys.modules and 'PySide6' not in sys.modules\n"
        "doc = Document.open(sys.argv[1], data=Path(sys.argv[2])); doc.close()\n"
        "assert 'sqlalchemy' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(tmp_path / "d")], timeout=60, check=False
    )
    assert done.returncode == 0
