"""What is on disk and what is not yet, as one value for the status bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prodlead_desktop.errors import ProdleadError

SAVED, WRITING, WAITING, FAILED = "saved", "writing", "waiting", "failed"


@dataclass(frozen=True, slots=True)
class DiskStatus:
    """``on_disk`` moves only when COMMIT has returned; ``at`` is when that was, in UTC.

    state: saved (everything is on disk), writing, waiting (another program has the file), failed (see ``problem``).
    """

    state: str
    sequence: int
    on_disk: int
    at: datetime | None = None
    problem: ProdleadError | None = None
