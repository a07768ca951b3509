"""Files that were open lately, with what the start screen says about them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from prodlead_desktop.domain import numerals
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.settings import Memory

KEY = "recent"
MOST = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """One file: where it is and what was in it when it was last seen."""

    path: str
    id: str
    name: str
    nodes: int
    scenarios: int
    note: str  # "checkpoint “before lunch”"
    seen: str  # ISO date and time

    @property
    def words(self) -> str:
        """ "26 nodes · 5 scenarios · checkpoint “before lunch”"."""
        parts = [_counted(self.nodes, "node"), _counted(self.scenarios, "scenario"), self.note]
        return " · ".join(part for part in parts if part)

    @property
    def place(self) -> str:
        """The folder in words, from the user's home on."""
        folder = Path(self.path).parent
        try:
            return " / ".join(folder.relative_to(Path.home()).parts) or "Home"
        except ValueError:
            return str(folder)

    @property
    def when(self) -> str:
        """ "Today 14:03", "12 Mar", "2 Feb 2025"."""
        seen, today = datetime.fromisoformat(self.seen), datetime.now()
        if seen.date() == today.date():
            return f"Today {seen:%H:%M}"
        return numerals.deadline(seen.date(), "day", with_year=seen.year != today.year)


class RecentFiles:
    """The list, newest first, in the program's settings."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def all(self) -> tuple[Recent, ...]:
        """What is remembered and there now; a file on a stick comes back with it."""
        return tuple(recent for recent in self._stored() if Path(recent.path).is_file())

    def record(self, row: Recent) -> None:
        """Put a file first."""
        others = (other for other in self._stored() if other.path != row.path)
        self._store([row, *others][:MOST])

    def forget(self) -> None:
        """Empty the list, its small pictures with it."""
        self._store([])
        for picture in self._memory.thumbnails.glob("*.png"):
            picture.unlink(missing_ok=True)

    def picture(self, document_id: str, theme: Theme) -> Path:
        """Where the small picture of a document's map lies."""
        return self._memory.thumbnails / f"{document_id}-{'dark' if theme.dark else 'light'}.png"

    def _stored(self) -> tuple[Recent, ...]:
        try:
            rows = json.loads(str(self._memory.settings.value(KEY, "[]")))
            found = tuple(Recent(**row) for row in rows)
        except (ValueError, TypeError):
            return ()
        return tuple(recent for recent in found if isinstance(recent.path, str))

    def _store(self, rows: list[Recent]) -> None:
        self._memory.settings.setValue(KEY, json.dumps([asdict(row) for row in rows]))


def _counted(count: int, word: str) -> str:
    return f"{numerals.number(count)} {word}{'' if count == 1 else 's'}" if count else ""
