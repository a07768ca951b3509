"""All that a file must pass before a row of it is believed: schema, pages, references, digest, rules."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from prodlead_desktop.domain import invariants
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.errors import FileRefused
from prodlead_desktop.store import schema
from prodlead_desktop.store.faults import UNREADABLE
from prodlead_desktop.store.reading import Loaded, load

DAMAGED = "The file is damaged; it can be read, but not trusted."
NEWER = (
    "This file was made by a newer version of Prodlead (format {version}). It can be read here, not changed."
)
OTHER_TABLES = "This file holds tables that this version does not know. It can be read here, not changed."
COPIES_HINT = "Look for another copy of it; Prodlead keeps snapshots in its own folder."


def version(connection: sqlite3.Connection) -> int:
    """The format version that the file names."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def judge_schema(connection: sqlite3.Connection, path: Path) -> str | None:
    """Compare the schema with the version's; returns why the file may only be read, in words, or None.

    FileRefused when the file brings anything that could run (trigger, view, virtual table, generated column), or
    lacks what every strategy has.
    """
    rows = connection.execute('SELECT "type", "name", "sql", "rootpage" FROM sqlite_schema').fetchall()
    for kind, name, sql, _ in rows:
        if kind not in ("table", "index") or " virtual " in f" {schema.normal(sql or '').lower()} ":
            what = kind if kind in ("trigger", "view") else "virtual table"
            raise FileRefused(
                f"“{path.name}” holds a {what} (“{name}”), which no strategy has.",
                "It could run commands of its own; the file was not changed.",
            )
    found = {schema.Piece(kind, name, schema.normal(sql)) for kind, name, sql, _ in rows if sql}
    found = {piece for piece in found if not piece.name.startswith("sqlite_stat")}
    number = version(connection)
    if number == schema.VERSION and found == schema.pieces():
        return None
    _refuse_computed(connection, path, {name for kind, name, _, _ in rows if kind == "table"})
    if number < 1:
        raise FileRefused(f"“{path.name}” has no version.", "It was not finished, or it was changed by hand.")
    return NEWER.format(version=number) if number > schema.VERSION else OTHER_TABLES


def _refuse_computed(connection: sqlite3.Connection, path: Path, tables: set[str]) -> None:
    needed = {
        "meta",
        "journal",
        "checkpoint",
        *(spec.table for spec in SPECS if spec.table in ("header", "node")),
    }
    missing = sorted(needed - tables)
    if missing:
        raise FileRefused(f"“{path.name}” lacks the table “{missing[0]}”.", COPIES_HINT)
    for table in sorted(tables & ({spec.table for spec in SPECS} | needed)):
        for _, name, _, _, _, _, hidden in connection.execute(f'PRAGMA table_xinfo("{table}")'):
            if hidden:
                raise FileRefused(f"“{path.name}” computes “{table}.{name}”, which no strategy does.")
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        if table in ("header", "node") and not {"id", "title" if table == "node" else "name"} & columns:
            raise FileRefused(f"“{path.name}” lacks what every strategy has.", COPIES_HINT)


def load_checked(connection: sqlite3.Connection, path: Path) -> tuple[Loaded, str | None]:
    """Check and read a whole file; the second value says in words why it may only be read, or is None.

    FileRefused when it cannot be read at all, or when what it says cannot be (a cycle, a parent that is missing).
    """
    try:
        reason = judge_schema(connection, path)
        pages = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        loaded = load(connection, lenient=reason is not None)
    except UNREADABLE as error:
        raise refusal(error, path) from error
    problems = invariants.check_all(loaded.strategy)
    if problems or broken:
        what = (
            problems[0]
            if problems
            else f"A row of “{broken[0]}” refers to one of “{broken[2]}” that is missing."
        )
        raise FileRefused(f"“{path.name}” contradicts itself. {what}", COPIES_HINT)
    if pages != "ok" or loaded.digest != loaded.meta.digest:
        reason = f"{DAMAGED} {COPIES_HINT}"
    return loaded, reason


def problems_of_copy(connection: sqlite3.Connection, path: Path) -> list[str]:
    """What is wrong with a file we have just written: empty when it is whole to the last page and may be edited."""
    pages = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    found = [page for page in pages if page != "ok"]
    if application != schema.APPLICATION_ID:
        found.append("The mark of the application is missing.")
    reason = judge_schema(connection, path)
    return [*found, reason] if reason else found


def refusal(error: BaseException, path: Path) -> FileRefused:
    """Why a file cannot be read, from what SQLite or the codec said."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY")):
        return FileRefused(f"“{path.name}” is being written by another program.", "Try again in a moment.")
    if name == "SQLITE_INTERRUPT":
        return FileRefused(f"“{path.name}” takes too long to check.", COPIES_HINT)
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return FileRefused(f"“{path.name}” cannot be read.", "You may not be allowed to read it.")
    return FileRefused(f"“{path.name}” is damaged or cut off.", COPIES_HINT)
