"""The tables of a strategy file, made from the field tables and checked in as SQL, so that a file can be compared
word for word with what its version should look like."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities import HEADER_ID, SPECS
from prodlead_desktop.domain.fields import MONEY_LIMIT, Field, FieldType
from prodlead_desktop.domain.rowcodec import SQL_TYPES

APPLICATION_ID = 0x50524C44  # "PRLD", at byte 68 of every file
VERSION = 1

_OWN_TABLES = """\
CREATE TABLE "meta" (
  "id" INTEGER NOT NULL PRIMARY KEY CHECK ("id" = 1),
  "document" TEXT NOT NULL,
  "sequence" INTEGER NOT NULL,
  "digest" INTEGER NOT NULL
) STRICT;

CREATE TABLE "journal" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('edit', 'undo', 'redo', 'withdraw', 'start')),
  "answers" INTEGER,
  "grp" TEXT,
  "label" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "changes" TEXT NOT NULL
) STRICT;

CREATE TABLE "checkpoint" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "seq" INTEGER NOT NULL,
  "created" TEXT NOT NULL,
  "content" BLOB NOT NULL
) STRICT;
"""


class Piece(NamedTuple):
    """One row of the schema, its text with single spaces."""

    type: str
    name: str
    sql: str


def ddl() -> str:
    """The SQL of this version made from the field tables; ``schema_1.sql`` must say the same."""
    head = f"-- Version {VERSION}. Written by `python -m prodlead_desktop.store.schema`; do not edit.\n"
    return "\n".join([head, *(_table(spec.table, fields.of(spec.cls)) for spec in SPECS), _OWN_TABLES])


@cache
def script(version: int = VERSION) -> str:
    """The checked-in SQL of a version."""
    return (files(__package__) / f"schema_{version}.sql").read_text(encoding="utf-8")


@cache
def pieces(version: int = VERSION) -> frozenset[Piece]:
    """What the schema of a file of this version consists of, nothing more and nothing less."""
    body = "\n".join(line for line in script(version).splitlines() if not line.startswith("--"))
    return frozenset(_piece(statement) for statement in body.split(";") if statement.strip())


def normal(sql: str) -> str:
    """The same SQL with single spaces."""
    return " ".join(sql.split())


def _piece(statement: str) -> Piece:
    sql = normal(statement)
    found = re.match(r'CREATE (TABLE|INDEX) "(\w+)"', sql)
    if found is None:
        raise RuntimeError(f"The schema holds a statement it should not: {sql[:60]}")
    return Piece(found[1].lower(), found[2], sql)


def _table(table: str, columns: tuple[Field, ...]) -> str:
    id_check = f" CHECK (\"id\" = '{HEADER_ID}')" if table == "header" else ""
    lines = [f'  "id" TEXT NOT NULL PRIMARY KEY{id_check}', *(_column(field) for field in columns)]
    body = ",\n".join(lines)
    indexes = [
        f'CREATE INDEX "{table}_{field.name}" ON "{table}" ("{field.name}");\n'
        for field in columns
        if field.ref
    ]
    return f'CREATE TABLE "{table}" (\n{body}\n) STRICT;\n' + "".join(indexes)


def _column(field: Field) -> str:
    parts = [f'"{field.name}"', SQL_TYPES[field.type]]
    if field.required:
        parts.append("NOT NULL")
    if field.type is FieldType.FLAG:
        parts.append(f'CHECK ("{field.name}" IN (0, 1))')
    elif field.type is FieldType.MONEY:
        parts.append(f'CHECK (abs("{field.name}") < {MONEY_LIMIT})')
    elif field.ref:
        parts.append(f'REFERENCES "{field.ref}" ("id") DEFERRABLE INITIALLY DEFERRED')
    return "  " + " ".join(parts)


if __name__ == "__main__":
    sys.stdout.write(ddl())
