"""The whole document as one immutable value: rows by id, and indexes that are built when first asked for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar, cast

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import HEADER_ID, SPEC_OF, SPECS, TABLE_OF, Entity, Header

E = TypeVar("E", bound=Entity)
Place = tuple[int, str]  # (order, id): how siblings are sorted
Groups = dict[str | None, "tuple[Place, ...] | list[Place]"]


def place_of(row: Entity) -> Place:
    """Where a row stands among its siblings."""
    return (getattr(row, "order", 0), row.id)


class Rows:
    """Rows by table and id with indexes by reference; copies what it changes, so values that share stay whole.

    ``copy()`` of a dict from which rows were taken is ten times as quick as ``dict()`` of it.
    """

    def __init__(
        self, tables: Mapping[str, dict[str, Entity]], indexes: dict[tuple[str, str], Groups]
    ) -> None:
        self.tables: dict[str, dict[str, Entity]] = dict(tables)
        self.indexes = dict(indexes)
        self._own_tables: set[str] = set()
        self._own_indexes: set[tuple[str, str]] = set()

    def groups(self, table: str, field: str) -> Groups:
        """Places of rows of ``table`` by the value of ``field``."""
        key = (table, field)
        found = self.indexes.get(key)
        if found is None:
            found = self.indexes[key] = self._build(table, field)
        return found

    def put(self, table: str, row: Entity) -> None:
        """Add or replace a row."""
        before = self._own(table).get(row.id)
        self.tables[table][row.id] = row
        self._reindex(table, before, row)

    def remove(self, table: str, row_id: str) -> None:
        """Take a row away."""
        before = self._own(table).pop(row_id)
        self._reindex(table, before, None)

    def sealed(self) -> dict[tuple[str, str], Groups]:
        """The indexes with every list made a tuple, so that a Strategy may share them."""
        for key in self._own_indexes:
            groups = self.indexes[key]
            for value, places in groups.items():
                if isinstance(places, list):
                    groups[value] = tuple(places)
        return self.indexes

    def _own(self, table: str) -> dict[str, Entity]:
        if table not in self._own_tables:
            self.tables[table] = self.tables[table].copy()
            self._own_tables.add(table)
        return self.tables[table]

    def _build(self, table: str, field: str) -> Groups:
        groups: dict[str | None, list[Place]] = {}
        for row in self.tables[table].values():
            groups.setdefault(getattr(row, field), []).append(place_of(row))
        return {value: tuple(sorted(places)) for value, places in groups.items()}

    def _reindex(self, table: str, before: Entity | None, after: Entity | None) -> None:
        for key in [key for key in self.indexes if key[0] == table]:
            old = (getattr(before, key[1]), place_of(before)) if before else None
            new = (getattr(after, key[1]), place_of(after)) if after else None
            if old == new:
                continue
            if key not in self._own_indexes:
                self.indexes[key] = self.indexes[key].copy()
                self._own_indexes.add(key)
            if old:
                places = self._own_group(key, old[0])
                del places[bisect_left(places, old[1])]
                if not places:
                    del self.indexes[key][old[0]]
            if new:
                insort(self._own_group(key, new[0]), new[1])

    def _own_group(self, key: tuple[str, str], value: str | None) -> list[Place]:
        groups = self.indexes[key]
        places = groups.get(value, ())
        if not isinstance(places, list):
            places = groups[value] = list(places)
        return places


class Reader:
    """Reading rows, the same for a Strategy and for an Edit that is under way."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    @property
    def header(self) -> Header:
        """Name, currency, plan start, horizon."""
        return cast(Header, self._rows.tables["header"][HEADER_ID])

    def all(self, cls: type[E]) -> Mapping[str, E]:
        """Every row of a class by id, in no promised order."""
        return cast("Mapping[str, E]", MappingProxyType(self._rows.tables[TABLE_OF[cls]]))

    def ordered(self, cls: type[E]) -> tuple[E, ...]:
        """Every row of a class, by order and id."""
        return tuple(sorted(self.all(cls).values(), key=place_of))

    def find(self, cls: type[E], row_id: str | None) -> E | None:
        """The row with this id, or None."""
        return cast("E | None", self._rows.tables[TABLE_OF[cls]].get(row_id)) if row_id is not None else None

    def get(self, cls: type[E], row_id: str) -> E:
        """The row with this id; KeyError when there is none."""
        return cast(E, self._rows.tables[TABLE_OF[cls]][row_id])

    def by(self, cls: type[E], field: str, value: str | None) -> tuple[E, ...]:
        """The rows of a class whose reference ``field`` holds ``value``, by order and id (indexed)."""
        table = TABLE_OF[cls]
        places = self._rows.groups(table, field).get(value)
        if not places:
            return ()
        rows = self._rows.tables[table]
        return cast("tuple[E, ...]", tuple([rows[row_id] for _, row_id in places]))

    def last_order(self, cls: type[E], field: str, value: str | None) -> int:
        """The greatest order among the rows that ``by`` would give; 0 when there are none."""
        places = self._rows.groups(TABLE_OF[cls], field).get(value)
        return places[-1][0] if places else 0

    def table_of(self, row_id: str) -> str | None:
        """The table that holds a row with this id."""
        return next((table for table, rows in self._rows.tables.items() if row_id in rows), None)

    def referrers(self, table: str, row_id: str) -> list[tuple[str, fields.Field, Entity]]:
        """Every row that refers to this one: its table, the field and the row."""
        found = []
        for spec in SPECS:
            for field in fields.of(spec.cls):
                if field.ref == table:
                    found += [(spec.table, field, row) for row in self.by(spec.cls, field.name, row_id)]
        return found


class Strategy(Reader):
    """All rows of one strategy. Never changes: an edit makes a new one that shares what stayed."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Strategy) and self._rows.tables == other._rows.tables

    __hash__ = None  # type: ignore[assignment]

    def working_copy(self) -> Rows:
        """Rows that may be changed without this value noticing."""
        return Rows(self._rows.tables, self._rows.indexes)

    def after(self, changes: ChangeSet) -> Strategy:
        """The strategy with a ChangeSet applied; KeyError when it removes what is not there."""
        rows = self.working_copy()
        for change in changes.changes:
            if change.after is None:
                rows.remove(change.table, change.id)
            else:
                rows.put(change.table, change.after)
        return sealed(rows)


def sealed(rows: Rows) -> Strategy:
    """A Strategy that owns ``rows``; nobody may change them any more."""
    return Strategy(Rows(rows.tables, rows.sealed()))


def of_rows(rows: Iterable[Entity]) -> Strategy:
    """A Strategy of these rows; a header with defaults is added when there is none.

    Nothing is checked here: see ``invariants.check_all``.
    """
    tables: dict[str, dict[str, Entity]] = {table: {} for table in SPEC_OF}
    tables["header"][HEADER_ID] = Header(HEADER_ID)
    for row in rows:
        tables[TABLE_OF[type(row)]][row.id] = row
    return Strategy(Rows(tables, {}))


def empty() -> Strategy:
    """A strategy with nothing in it but its header."""
    return of_rows(())
