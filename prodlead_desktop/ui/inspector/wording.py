"""Stored values as people read and type them, decided by the field tables, so that every form says them alike."""

from __future__ import annotations

import datetime
from typing import Any

from prodlead_desktop.domain import fields, numerals
from prodlead_desktop.domain.entities import SPEC_OF, Entity, Node
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.money import Money, symbol
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput

UNKNOWN = "?"
UNTITLED = "Untitled"
_WRITTEN = {"pert": "PERT"}  # choices that are names


def name_of(reader: Reader, table: str, row_id: str | None) -> str:
    """What people call a row of ``table``: its title, name or sentence; "?" when there is none."""
    row = reader.find(SPEC_OF[table].cls, row_id)
    return called(row) if row is not None else UNKNOWN


def called(row: Entity) -> str:
    """The words a row goes by: its title, name, sentence or question."""
    for attribute in ("title", "name", "sentence", "text", "metric"):
        words = getattr(row, attribute, None)
        if words:
            return str(words)
    return UNTITLED


def value(reader: Reader, field: Field, stored: Any) -> str:
    """A value in words with its unit; "?" when it is unknown or an empty list."""
    if stored is None or stored == () or stored == "":
        return UNKNOWN
    if field.type is FieldType.FLAG:
        return "yes" if stored else "no"
    if field.type is FieldType.REF:
        return name_of(reader, field.ref, stored)
    if field.type is FieldType.MONEY:
        return numerals.money(stored, reader.header.currency)
    if field.type is FieldType.MONEYS:
        return ", ".join(numerals.money(item, reader.header.currency) for item in stored)
    if field.type is FieldType.SHARE:
        return numerals.percent(stored, 1)
    if field.type is FieldType.DATE:
        return numerals.deadline(stored, "day", with_year=True)
    if field.type is FieldType.WORDS:
        return ", ".join(stored)
    if field.type is FieldType.NUMBERS:
        return with_unit(", ".join(numerals.number(item, 3) for item in stored), field.unit)
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        return with_unit(numerals.number(stored), field.unit)
    return _WRITTEN.get(stored, str(stored))


def typed(reader: Reader, field: Field, stored: Any, decimal: str = ".") -> str:
    """What a field shows for typing: without the unit, which stands beside it; empty when unknown.

    ``parsed`` with the same ``decimal`` reads it back, but for digits beyond the twelfth.
    """
    if stored is None or stored == () or stored == "":
        return ""
    if field.type is FieldType.SHARE:
        return figure(round(stored * 100, 10), decimal)
    if field.type is FieldType.NUMBERS:
        return "; ".join(figure(item, decimal, numerals.THIN) for item in stored)
    if field.type is FieldType.MONEY:
        return amount(stored, reader.header.currency, decimal)
    if field.type is FieldType.MONEYS:
        return "; ".join(amount(item, reader.header.currency, decimal, numerals.THIN) for item in stored)
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        return figure(stored, decimal)
    return value(reader, field, stored)


def figure(number: float, decimal: str = ".", group: str = "") -> str:
    """A number for typing with the user's decimal sign, groups apart, in up to twelve figures."""
    plain = f"{number:.12g}"
    if "e" in plain:
        plain = f"{number:.6f}".rstrip("0").rstrip(".") if 1e-6 < abs(number) < 1e15 else plain
        if "e" in plain:
            return plain.replace(".", decimal)
    whole, _, rest = plain.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", group or _group(decimal)) if len(whole) > 3 else whole
    sign = numerals.MINUS if number < 0 else ""
    return f"{sign}{grouped}{decimal + rest if rest else ''}"


def _group(decimal: str) -> str:
    """What parts groups in a field where ``decimal`` is the decimal sign."""
    now = numerals.notation()
    return now.group if decimal == now.decimal else numerals.THIN


def amount(minor: int, currency: str, decimal: str = ".", group: str = "") -> str:
    """An amount in full for typing, as it is shown: "€620,000", "€12,50" where the comma is the decimal sign."""
    major = Money(abs(minor), currency).major
    whole, _, rest = f"{major:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", group or _group(decimal)) if len(whole) > 3 else whole
    sign = numerals.MINUS if minor < 0 else ""
    return f"{sign}{symbol(currency)}{grouped}{decimal + rest if rest.strip('0') else ''}"


def parsed(reader: Reader, field: Field, text: str, decimal: str = ".") -> Any:
    """The value a typed text means; None (or an empty list) for nothing or "?". BadInput in words when it is none.

    Text fields give the text itself; the verbs clean it.
    """
    bare = text.strip()
    if field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        return text
    if bare in ("", UNKNOWN):
        return () if field.type in _LISTS else None
    if field.type is FieldType.SHARE:
        return numerals.parse_share(bare, decimal)
    if field.type is FieldType.MONEY:
        return numerals.parse_money(bare, reader.header.currency, decimal)
    if field.type is FieldType.NUMBER:
        return _within(field, numerals.parse_number(without_unit(bare, field.unit), decimal))
    if field.type is FieldType.INTEGER:
        return _whole(field, numerals.parse_number(without_unit(bare, field.unit), decimal))
    if field.type is FieldType.DATE:
        return numerals.parse_deadline(bare)[0]
    apart = ";" if ";" in bare or (decimal == "," and field.type is not FieldType.WORDS) else ","
    parts = [part for part in bare.split(apart) if part.strip()]
    if field.type is FieldType.WORDS:
        return tuple(dict.fromkeys(part.strip() for part in parts))
    if field.type is FieldType.NUMBERS:
        return tuple(_within(field, numerals.parse_number(part, decimal)) for part in parts)
    return tuple(numerals.parse_money(part, reader.header.currency, decimal) for part in parts)


def money_short(minor: int | None, currency: str) -> str:
    """An amount in short, "€ ?" when nobody has said it."""
    return (
        numerals.money_short(minor, currency)
        if minor is not None
        else f"{symbol(currency).strip()} {UNKNOWN}".strip()
    )


def with_unit(number: str, unit: str | None) -> str:
    """A number with its unit; a share's percent sign stands as close as it is printed."""
    return f"{number}{numerals.NBSP}{unit}" if unit else number


def without_unit(text: str, unit: str | None) -> str:
    """What was typed without the unit behind it, if it was typed too."""
    return text[: -len(unit)].rstrip() if unit and text.endswith(unit) else text


def deadline(date: datetime.date | None, precision: str | None) -> str:
    """A deadline with its year, or "?"."""
    return numerals.deadline(date, precision, with_year=True) if date else UNKNOWN


def node_words(node: Node) -> str:
    """The title of a node, or what stands in for one."""
    return node.title or UNTITLED


def count(number: int, one: str, many: str = "") -> str:
    """ "1 scenario", "3 scenarios"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def plain_title(field: Field) -> str:
    """The title of a field with its unit, for accessible names."""
    unit = "%" if field.type is FieldType.SHARE else field.unit
    return f"{field.title}, {unit}" if unit else field.title


def field_of(cls: type[Any], name: str) -> Field:
    """The field called ``name`` of an entity or of a kind's data."""
    return next(field for field in fields.of(cls) if field.name == name)


def _within(field: Field, number: float) -> float:
    low, high = field.low, field.high
    if (low is not None and number < low) or (high is not None and number > high):
        allowed = f"from {low:g} to {high:g}" if low is not None and high is not None else f"{low:g} or more"
        raise BadInput(f"{field.title} must be {allowed}.")
    return number


def _whole(field: Field, number: float) -> int:
    if number != int(number):
        raise BadInput(f"{field.title} must be a whole number.")
    return int(_within(field, number))


_LISTS = (FieldType.NUMBERS, FieldType.MONEYS, FieldType.WORDS)
