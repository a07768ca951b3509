"""The tables as SQLAlchemy Core knows them, for statements only; the DDL is the checked-in SQL."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlalchemy import (
    Column,
    Delete,
    Float,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    insert,
    update,
)
from sqlalchemy.dialects import registry, sqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.types import TypeEngine

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.rowcodec import SQL_TYPES


class PlainDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own, except that it puts no function of its own (REGEXP) on the connection to a document."""

    driver = "plain"
    supports_statement_cache = True

    def on_connect(self) -> Callable[[DBAPIConnection], None]:
        """Leave the connection as ``connection.connect`` has made it."""
        return lambda _: None


registry.register("sqlite.plain", __name__, PlainDialect.__name__)
URL = "sqlite+plain://"
_TYPES: dict[str, type[TypeEngine[object]]] = {"TEXT": Text, "INTEGER": Integer, "REAL": Float}  # type: ignore[dict-item]
METADATA = MetaData()
ROWS: dict[str, Table] = {
    spec.table: Table(
        spec.table,
        METADATA,
        Column("id", Text, primary_key=True),
        *(Column(field.name, _TYPES[SQL_TYPES[field.type]]) for field in fields.of(spec.cls)),
        quote=True,
    )
    for spec in SPECS
}
META = Table(
    "meta",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document", Text),
    Column("sequence", Integer),
    Column("digest", Integer),
)
JOURNAL = Table(
    "journal",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text),
    Column("answers", Integer),
    Column("grp", Text),
    Column("label", Text),
    Column("at", Text),
    Column("size", Integer),
    Column("changes", Text),
)
CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("seq", Integer),
    Column("created", Text),
    Column("content", LargeBinary),
)

WRITE_META: Update = (
    update(META)
    .where(META.c.id == 1)
    .values(sequence=bindparam("new_sequence"), digest=bindparam("new_digest"))
)
ADD_JOURNAL: Insert = insert(JOURNAL)
TRIM_JOURNAL: Delete = delete(JOURNAL).where(JOURNAL.c.seq <= bindparam("last"))
ADD_CHECKPOINT: Insert = sqlite.insert(CHECKPOINT).on_conflict_do_nothing()


@cache
def put(table: str) -> sqlite.Insert:
    """Add a row or replace the one with its id; takes a mapping of all columns."""
    target = ROWS[table]
    statement = sqlite.insert(target)
    rest = {column.name: statement.excluded[column.name] for column in target.c if column.name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=rest)


@cache
def remove(table: str) -> Delete:
    """Remove the rows whose ids are in ``ids``."""
    target = ROWS[table]
    return delete(target).where(target.c.id.in_(bindparam("ids", expanding=True)))
