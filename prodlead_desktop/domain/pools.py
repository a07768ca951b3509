"""The colours of pools: a number each, of which there are five."""

from __future__ import annotations

from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.strategy import Reader

COLOURS = 5


def free_colour(reader: Reader, wanted: int | None = None) -> int:
    """The ``wanted`` colour if nobody has it, else the first that is free; when all are taken, in turn."""
    pools = reader.all(Pool)
    taken = {pool.colour for pool in pools.values()}
    if wanted is not None and (wanted not in taken or len(taken) == COLOURS):
        return wanted
    return next((colour for colour in range(COLOURS) if colour not in taken), len(pools) % COLOURS)
