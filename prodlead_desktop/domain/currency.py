"""Another currency for the whole strategy: every amount relabelled, or converted at a rate, in one edit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from prodlead_desktop.domain import fields, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, SPECS, Header, Node
from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.domain.money import Money, is_currency
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput


def has_money(reader: Reader) -> bool:
    """Whether any amount is known, so that a change of currency has something to convert."""
    return any(
        _amounts(part) for spec in SPECS for row in reader.all(spec.cls).values() for part in _parts(row)
    )


def set_currency(edit: Edit, currency: str, rate: Decimal = Decimal(1)) -> int:
    """Count in another currency: every amount becomes ``rate`` times itself, rounded half to even.

    A rate of 1 keeps the numbers and only calls them something else. Returns how many rows held amounts.
    BadInput when the code is none or the rate is not above zero.
    """
    if not is_currency(currency):
        raise BadInput(
            f"“{currency[:20]}” is not a currency code.", "Type three capital letters such as EUR."
        )
    if not rate.is_finite() or rate <= 0:
        raise BadInput("The rate must be above zero.")
    old = edit.header.currency
    changed = 0
    for spec in SPECS:
        for row in list(edit.all(spec.cls).values()):
            new: Any = _converted(row, old, currency, rate)
            if isinstance(row, Node):
                new = replace(new, data=_converted(row.data, old, currency, rate))
            if new != row:
                edit.put(new)
                changed += 1
    rows.set_value(edit, Header, HEADER_ID, "currency", currency)
    return changed


def _parts(row: Any) -> tuple[Any, ...]:
    return (row, row.data) if isinstance(row, Node) else (row,)


def _amounts(part: Any) -> dict[str, Any]:
    """The known amounts of a row or of a kind's data by field name."""
    money = (FieldType.MONEY, FieldType.MONEYS)
    found = {field.name: getattr(part, field.name) for field in fields.of(type(part)) if field.type in money}
    return {name: value for name, value in found.items() if value not in (None, ())}


def _converted(part: Any, old: str, new: str, rate: Decimal) -> Any:
    values: dict[str, Any] = {}
    for name, value in _amounts(part).items():
        if isinstance(value, tuple):
            values[name] = tuple(Money(item, old).converted(new, rate).minor for item in value)
        else:
            values[name] = Money(value, old).converted(new, rate).minor
    return replace(part, **values) if values else part
