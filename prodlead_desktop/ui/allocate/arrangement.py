"""How the table of the Allocate workspace is arranged: view state of one session, remembered, never in the file."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.ui.allocate.listing import GROUPS, SHOWS, SORTS
from prodlead_desktop.ui.session import Session

KEY = "allocate"
_CHOICES = {"group": GROUPS, "sort": SORTS, "show": SHOWS, "side": {"list": "list", "map": "map"}}


class Arrangement(QObject):
    """Grouping, sorting, filter and what stands beside, shared by the tool row, the table and the side."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._values = {"group": "pool", "sort": "map", "show": "", "side": "list"}
        self._words = ""
        try:
            found = dict(json.loads(session.kept.get(KEY, "{}")))
        except (ValueError, TypeError):
            found = {}
        self._values |= {
            name: value for name, value in found.items() if name in _CHOICES and value in _CHOICES[name]
        }

    @staticmethod
    def of(session: Session) -> Arrangement:
        """The one of a session, made when first asked for."""
        found = session.findChild(Arrangement)
        return found if isinstance(found, Arrangement) else Arrangement(session)

    @property
    def group(self) -> str:
        """A key of ``listing.GROUPS``."""
        return self._values["group"]

    @property
    def sort(self) -> str:
        """A key of ``listing.SORTS``."""
        return self._values["sort"]

    @property
    def show(self) -> str:
        """A key of ``listing.SHOWS``."""
        return self._values["show"]

    @property
    def side(self) -> str:
        """What stands beside the table: "list" or "map"."""
        return self._values["side"]

    @property
    def words(self) -> str:
        """Words that a title must hold; never remembered, for nobody would know why rows are missing."""
        return self._words

    def set(self, name: str, value: str) -> None:
        """Choose another "group", "sort", "show" or "side"; unknown words change nothing."""
        if value in _CHOICES[name] and value != self._values[name]:
            self._values[name] = value
            self._session.kept[KEY] = json.dumps(self._values)
            self.changed.emit()

    def set_words(self, words: str) -> None:
        """Show only titles that hold these words."""
        if words.strip() != self._words:
            self._words = words.strip()
            self.changed.emit()
