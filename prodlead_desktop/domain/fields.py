"""One field table per entity: row codec, JSON codec, JSON Schema, validation and forms are all made from it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TITLE_LIMIT = 10_000
TEXT_LIMIT = 100_000
MONEY_LIMIT = 10**15
WHOLE_LIMIT = 2**53 - 1  # what every JSON reader and SQLite hold exactly


class FieldType(StrEnum):
    """What a value is; None is legal everywhere and means unknown."""

    TEXT = "text"  # one line
    LONG_TEXT = "long text"
    INTEGER = "integer"
    NUMBER = "number"  # float, finite
    SHARE = "share"  # float, 0..1 unless the field says otherwise
    MONEY = "money"  # int, minor units of the strategy's currency
    DATE = "date"  # datetime.date
    FLAG = "flag"
    CHOICE = "choice"
    REF = "reference"  # the id of a row of another table
    NUMBERS = "numbers"  # tuple of floats
    MONEYS = "moneys"  # tuple of ints, minor units
    WORDS = "words"  # tuple of short texts
    DATA = "data"  # the dataclass of the node's kind


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an entity."""

    type: FieldType
    title: str
    name: str = ""
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    ref: str = ""  # table referred to
    ref_kinds: tuple[str, ...] = ()  # node kinds allowed, when the table is "node"
    owner: bool = False  # nested under that row in JSON, removed with it
    narrows: bool = False  # without it the row would speak of everything: it goes with the row it refers to
    key: bool = False  # at most one row per combination of key fields
    order: bool = False  # position among siblings: not written to JSON, the array says it
    low: float | None = None
    high: float | None = None
    unsaid: str | None = None  # the default that goes without saying: neither JSON nor lists of facts hold it
    help: str = ""


def _make(kind: FieldType, title: str, default: Any = None, **more: Any) -> Any:
    return dataclasses.field(default=default, metadata={"field": Field(kind, title, **more)})


def text(title: str, default: str | None = None, **more: Any) -> Any:
    """A single line of text."""
    return _make(FieldType.TEXT, title, default, **more)


def long_text(title: str, **more: Any) -> Any:
    """Text of several lines."""
    return _make(FieldType.LONG_TEXT, title, None, **more)


def integer(title: str, default: int | None = None, **more: Any) -> Any:
    """A whole number."""
    return _make(FieldType.INTEGER, title, default, **more)


def number(title: str, unit: str = "", **more: Any) -> Any:
    """A finite real number in ``unit``."""
    return _make(FieldType.NUMBER, title, None, unit=unit, **more)


def share(title: str, **more: Any) -> Any:
    """A share or probability, 0..1 unless said otherwise."""
    return _make(FieldType.SHARE, title, None, **{"low": 0.0, "high": 1.0, **more})


def money(title: str, **more: Any) -> Any:
    """Money in minor units of the strategy's currency."""
    return _make(FieldType.MONEY, title, None, **more)


def date(title: str, **more: Any) -> Any:
    """A calendar day."""
    return _make(FieldType.DATE, title, None, **more)


def flag(title: str, **more: Any) -> Any:
    """Yes or no; unset means no."""
    return _make(FieldType.FLAG, title, False, **{"required": True, **more})


def choice(title: str, choices: tuple[str, ...], default: str | None = None, **more: Any) -> Any:
    """One word out of ``choices``."""
    return _make(FieldType.CHOICE, title, default, choices=choices, **more)


def ref(table: str, title: str, **more: Any) -> Any:
    """The id of a row of ``table``."""
    return _make(FieldType.REF, title, "" if more.get("required") else None, ref=table, **more)


def owner(table: str, title: str, **more: Any) -> Any:
    """The row this one belongs to and is removed with."""
    return _make(FieldType.REF, title, "", ref=table, required=True, owner=True, **more)


def order() -> Any:
    """Position among siblings, ascending; gaps are left so that an insertion changes one row."""
    return _make(FieldType.INTEGER, "Order", 0, order=True, required=True)


def numbers(title: str, **more: Any) -> Any:
    """A list of numbers, usually one per quarter."""
    return _make(FieldType.NUMBERS, title, (), **more)


def moneys(title: str, **more: Any) -> Any:
    """A list of money amounts, usually one per quarter."""
    return _make(FieldType.MONEYS, title, (), **more)


def words(title: str, **more: Any) -> Any:
    """A list of short texts."""
    return _make(FieldType.WORDS, title, (), **more)


def column(kind: FieldType, title: str, **more: Any) -> Any:
    """A field of any type whose default is unknown."""
    return _make(kind, title, None, **more)


_TABLES: dict[type[Any], tuple[Field, ...]] = {}


def of(cls: type[Any]) -> tuple[Field, ...]:
    """The field table of an entity or of a kind's data, in column order, without ``id``."""
    found = _TABLES.get(cls)
    if found is None:
        found = _TABLES[cls] = tuple(
            dataclasses.replace(item.metadata["field"], name=item.name)
            for item in dataclasses.fields(cls)
            if "field" in item.metadata
        )
    return found
