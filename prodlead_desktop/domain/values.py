"""Whether a value may be stored in a field of its type; the sentence when it may not."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any

from prodlead_desktop.domain.fields import MONEY_LIMIT, TEXT_LIMIT, TITLE_LIMIT, WHOLE_LIMIT, Field, FieldType
from prodlead_desktop.domain.text import is_storable


def problem_of(field: Field, value: Any) -> str | None:
    """What is wrong with a value of a field, in words; None when it may be stored."""
    if value is None:
        return f"{field.title} is missing." if field.required else None
    wrong = _TYPE_CHECKS[field.type](field, value)
    return f"{field.title} {wrong}" if wrong else None


def _text(field: Field, value: Any) -> str | None:
    limit = TITLE_LIMIT if field.type is FieldType.TEXT else TEXT_LIMIT
    if not isinstance(value, str) or not is_storable(value):
        return "is not text that can be stored."
    return f"is longer than {limit:,} characters." if len(value) > limit else None


def _whole(field: Field, value: Any) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "is not a whole number."
    if abs(value) > WHOLE_LIMIT:
        return "is too big."
    return _range(field, value) if not field.order else None


def _real(field: Field, value: Any) -> str | None:
    if not isinstance(value, float) or not math.isfinite(value):
        return "is not a number."
    return _range(field, value)


def _range(field: Field, value: float) -> str | None:
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        low, high = field.low, field.high
        allowed = f"from {low:g} to {high:g}" if high is not None and low is not None else f"{low:g} or more"
        said = f"{value:g}"
        inside = (low is None or float(said) >= low) and (high is None or float(said) <= high)
        return f"is {repr(value) if inside else said}; it must be {allowed}."
    return f"is too big: {value:g}." if abs(value) > 1e300 else None


def _money(_: Field, value: Any) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "is not money in whole minor units."
    return "is too big." if abs(value) >= MONEY_LIMIT else None


def _each(check: Callable[[Field, Any], str | None]) -> Callable[[Field, Any], str | None]:
    def over(field: Field, value: Any) -> str | None:
        if not isinstance(value, tuple):
            return "is not a list."
        return next((wrong for wrong in (check(field, item) for item in value) if wrong), None)

    return over


_TYPE_CHECKS: dict[FieldType, Callable[[Field, Any], str | None]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.INTEGER: _whole,
    FieldType.NUMBER: _real,
    FieldType.SHARE: _real,
    FieldType.MONEY: _money,
    FieldType.DATE: lambda _, value: None if type(value) is datetime.date else "is not a date.",
    FieldType.FLAG: lambda _, value: None if isinstance(value, bool) else "is neither yes nor no.",
    FieldType.CHOICE: lambda field, value: (
        None
        if value in field.choices
        else f"is “{value!s:.60}”; it must be one of {', '.join(field.choices)}."
    ),
    FieldType.REF: _text,
    FieldType.NUMBERS: _each(_real),
    FieldType.MONEYS: _each(_money),
    FieldType.WORDS: _each(_text),
    FieldType.DATA: lambda _, value: None,
}
