"""The digest of all rows of a document: SQLite has no page checksums, and one flipped bit must not pass unseen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities import SPEC_OF
from prodlead_desktop.domain.rowcodec import SQL_TYPES

_MASK = (1 << 64) - 1
Row = tuple[Any, ...]


def digest(table: str, rows: Iterable[Row]) -> int:
    """The sum of the 64-bit hashes of rows exactly as SQLite gives them; add and subtract freely, then ``folded``."""
    total = 0
    convert = int.from_bytes
    for row in rows:
        total += convert(blake2b(f"{table}{row!a}".encode("ascii"), digest_size=8).digest(), "big")
    return total


def folded(total: int) -> int:
    """A sum of hashes as the signed 64-bit number that the file holds."""
    total &= _MASK
    return total - (1 << 64) if total >> 63 else total


def as_stored(table: str, row: Sequence[Any]) -> Row:
    """The row as SQLite will give it back: 3 in a REAL column becomes 3.0, -0.0 becomes 0.0.

    ValueError for what SQLite would quietly turn into something else (NaN, a whole number of more than 64 bits).
    """
    return tuple(
        value if value is None else cast(value) for cast, value in zip(_casts(table), row, strict=True)
    )


@cache
def _casts(table: str) -> tuple[Callable[[Any], Any], ...]:
    kinds: dict[str, Callable[[Any], Any]] = {"TEXT": str, "INTEGER": _whole, "REAL": _real}
    return (str, *(kinds[SQL_TYPES[field.type]] for field in fields.of(SPEC_OF[table].cls)))


def _whole(value: Any) -> int:
    number = int(value)
    if number != value or not -(1 << 63) <= number < 1 << 63:
        raise ValueError(f"{value} is not a whole number that can be stored")
    return number


def _real(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value} is not a number that can be stored")
    return number + 0.0
