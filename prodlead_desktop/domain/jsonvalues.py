"""Single values between Python and JSON, one pair per field type."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from typing import Any

from prodlead_desktop.domain.fields import WHOLE_LIMIT, Field, FieldType
from prodlead_desktop.domain.money import Money, to_minor
from prodlead_desktop.errors import BadInput

_EXACT = 10**15
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def encode(field: Field, value: Any, currency: str) -> Any:
    """A value as JSON: money in major units, dates ISO, whole floats without a point."""
    if field.type is FieldType.MONEY:
        return _plain(float(Money(value, currency).major))
    if field.type is FieldType.MONEYS:
        return [_plain(float(Money(item, currency).major)) for item in value]
    if field.type in (FieldType.NUMBER, FieldType.SHARE):
        return _plain(value)
    if field.type is FieldType.NUMBERS:
        return [_plain(item) for item in value]
    if field.type is FieldType.DATE:
        return value.isoformat()
    return list(value) if field.type is FieldType.WORDS else value


def decode(field: Field, raw: Any, currency: str, path: str) -> Any:
    """A JSON value (numbers as int or Decimal) as the field stores it; BadInput with ``path`` when it does not fit."""
    if field.type in (FieldType.MONEYS, FieldType.NUMBERS, FieldType.WORDS):
        if not isinstance(raw, list):
            raise BadInput(f"{path}: expected a list.")
        return tuple(_one(field.type, item, currency, f"{path}[{index}]") for index, item in enumerate(raw))
    return _one(field.type, raw, currency, path)


def _one(kind: FieldType, raw: Any, currency: str, path: str) -> Any:
    if kind in (FieldType.NUMBER, FieldType.SHARE, FieldType.NUMBERS):
        return _number(raw, path)
    if kind in (FieldType.MONEY, FieldType.MONEYS):
        value = _numeric(raw, path)
        try:
            return to_minor(value, currency)
        except BadInput as error:
            raise BadInput(f"{path}: {error.sentence}", error.hint) from None
    if kind is FieldType.INTEGER:
        whole = _numeric(raw, path)
        if abs(whole) > WHOLE_LIMIT or whole != whole.to_integral_value():
            raise BadInput(f"{path}: expected a whole number.")
        return int(whole)
    if kind is FieldType.FLAG:
        if not isinstance(raw, bool):
            raise BadInput(f"{path}: expected true or false.")
        return raw
    if not isinstance(raw, str):
        raise BadInput(f"{path}: expected text.")
    if kind is FieldType.DATE:
        try:
            if not _DAY.fullmatch(raw):
                raise ValueError(raw)
            return datetime.date.fromisoformat(raw)
        except ValueError:
            raise BadInput(f"{path}: “{raw[:40]}” is not a date such as 2027-09-30.") from None
    return raw


def _number(raw: Any, path: str) -> float:
    value = float(_numeric(raw, path))
    if not math.isfinite(value):
        raise BadInput(f"{path}: that number is too big.")
    return value + 0.0


def _numeric(raw: Any, path: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise BadInput(f"{path}: expected a number.")
    value = Decimal(raw)
    if value and value.adjusted() > 300:  # before any arithmetic, which would overflow
        raise BadInput(f"{path}: that number is too big.")
    return value


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < _EXACT else value
