"""What the writer's thread does while there is nothing to write: get ready for the first edit, take snapshots."""

from __future__ import annotations

import logging
import time

from prodlead_desktop.store import snapshots
from prodlead_desktop.store.places import Places
from prodlead_desktop.store.store import Store

EVERY_S = 600.0
_log = logging.getLogger(__name__)


class Care:
    """A snapshot of the state that was opened, then one for every ten minutes in which something changed."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._next = 0.0
        self._sequence = -1

    def rest(self, store: Store) -> float | None:
        """Called by the writer's thread when it has rested for a moment; says when to call again, if at all."""
        store.warm()
        if store.sequence == self._sequence:
            return None
        left = self._next - time.monotonic()
        if left > 0:
            return left
        self._next = time.monotonic() + EVERY_S
        self._sequence = store.sequence
        try:
            snapshots.take(store, self._places)
        except snapshots.FAULTS as error:
            _log.info("no snapshot: %s", error)  # the document itself is what counts, and it is fine
        return None
