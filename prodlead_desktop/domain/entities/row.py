"""What every row of a strategy has: an id; and what the whole strategy is called."""

from __future__ import annotations

from dataclasses import dataclass

HEADER_ID = "strategy"
ORDER_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Entity:
    """A row: what it is called everywhere is its id."""

    id: str
