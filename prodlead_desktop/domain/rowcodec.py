"""Entities as rows of plain SQLite values and back, made from the field tables; the journal uses the same rows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.entities import SPEC_OF, Entity
from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.domain.kind import KindData, kind

Value = str | int | float | None
SQL_TYPES: dict[FieldType, str] = {
    FieldType.TEXT: "TEXT",
    FieldType.LONG_TEXT: "TEXT",
    FieldType.INTEGER: "INTEGER",
    FieldType.NUMBER: "REAL",
    FieldType.SHARE: "REAL",
    FieldType.MONEY: "INTEGER",
    FieldType.DATE: "TEXT",
    FieldType.FLAG: "INTEGER",
    FieldType.CHOICE: "TEXT",
    FieldType.REF: "TEXT",
    FieldType.NUMBERS: "TEXT",
    FieldType.MONEYS: "TEXT",
    FieldType.WORDS: "TEXT",
    FieldType.DATA: "TEXT",
}


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; NaN and infinity are refused with ValueError."""
    return _ENCODER.encode(value)


def columns(table: str) -> tuple[str, ...]:
    """Column names of a table, ``id`` first."""
    return ("id", *(field.name for field in fields.of(SPEC_OF[table].cls)))


def to_row(table: str, entity: Entity) -> tuple[Value, ...]:
    """The row of an entity, in the order of ``columns``."""
    row: list[Any] = [entity.id]
    for name, encode in _encoders(table):
        value = getattr(entity, name)
        row.append(value if encode is None or value is None else encode(value))
    return tuple(row)


def from_row(table: str, row: Sequence[Any]) -> Entity:
    """The entity of a row; ValueError, KeyError or TypeError when the row does not fit the field table."""
    values = list(row)
    for index, decode in _decoders(table):
        if values[index] is not None:
            values[index] = decode(values[index])
    if table == "node":
        values[-1] = decode_data(values[_KIND], values[-1])
    return SPEC_OF[table].cls(*values)  # type: ignore[no-any-return]


def encode_data(data: KindData) -> str:
    """A kind's data as canonical JSON; what is unknown is left out."""
    out: dict[str, Any] = {}
    for field in fields.of(type(data)):
        value = getattr(data, field.name)
        if value is not None and value != ():
            encode = _ENCODE.get(field.type)
            listed = field.type in _LISTS
            out[field.name] = list(value) if listed else encode(value) if encode else value
    return canonical(out)


@lru_cache(maxsize=4096)
def decode_data(kind_name: str, text: str) -> KindData:
    """A kind's data from JSON; a property the kind does not have raises TypeError.

    Nodes with the same facts, most of them none at all, share one value: reading a file takes a fifth less time.
    """
    values: dict[str, Any] = json.loads(text)
    cls = kind(kind_name).data
    if not values:
        return cls()
    decoders = _data_decoders(kind_name)
    return cls(
        **{name: decoders[name](value) if name in decoders else value for name, value in values.items()}
    )


def changes_to_json(changes: ChangeSet) -> str:
    """The journal's text of a ChangeSet."""

    def row(change: Change, entity: Entity | None) -> Sequence[Value] | None:
        return None if entity is None else to_row(change.table, entity)

    return canonical([[c.table, c.id, row(c, c.before), row(c, c.after)] for c in changes.changes])


def changes_from_json(text: str, label: str = "", group: str | None = None) -> ChangeSet:
    """The ChangeSet of a journal row."""
    return ChangeSet(
        tuple(
            Change(
                table,
                row_id,
                None if before is None else from_row(table, before),
                from_row(table, after) if after else None,
            )
            for table, row_id, before, after in json.loads(text)
        ),
        label,
        group,
    )


_KIND = 3  # columns of a node: id, parent, order, kind
_LISTS = {FieldType.NUMBERS, FieldType.MONEYS, FieldType.WORDS}
_ENCODE: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.DATE: datetime.date.isoformat,
    FieldType.FLAG: int,
    FieldType.NUMBERS: lambda value: canonical(list(value)),
    FieldType.MONEYS: lambda value: canonical(list(value)),
    FieldType.WORDS: lambda value: canonical(list(value)),
    FieldType.DATA: encode_data,
}
_DECODE: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.NUMBER: float,
    FieldType.SHARE: float,
    FieldType.DATE: datetime.date.fromisoformat,
    FieldType.FLAG: bool,
    FieldType.NUMBERS: lambda text: tuple(map(float, json.loads(text))),
    FieldType.MONEYS: lambda text: tuple(json.loads(text)),
    FieldType.WORDS: lambda text: tuple(json.loads(text)) if text != "[]" else (),
}
_DECODE_DATA: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.NUMBER: float,
    FieldType.SHARE: float,
    FieldType.DATE: datetime.date.fromisoformat,
    FieldType.FLAG: bool,
    FieldType.NUMBERS: lambda items: tuple(map(float, items)),
    FieldType.MONEYS: tuple,
    FieldType.WORDS: tuple,
}


@cache
def _encoders(table: str) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((field.name, _ENCODE.get(field.type)) for field in fields.of(SPEC_OF[table].cls))


@cache
def _decoders(table: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    return tuple(
        (index, _DECODE[field.type])
        for index, field in enumerate(fields.of(SPEC_OF[table].cls), start=1)
        if field.type in _DECODE
    )


@cache
def _data_decoders(kind_name: str) -> dict[str, Callable[[Any], Any]]:
    table = fields.of(kind(kind_name).data)
    return {field.name: _DECODE_DATA[field.type] for field in table if field.type in _DECODE_DATA}
