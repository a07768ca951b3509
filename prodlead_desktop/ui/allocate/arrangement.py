"""How the table of the Allocate workspace is arranged: view state of one session, remembered, never in the file."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.ui.session import Session

KEY = "allocate"
GROUPS = {"pool": "pool", "team": "team", "outcome": "outcome", "": "none"}
SORTS = {
    "map": "map order",
    "money": "money",
    "name": "name",
    "gain": "what more adds",
    "since": "difference",
}
SHOWS = {
    "": "all",
    "funded": "funded",
    "unfunded": "not funded",
    "locked": "locked",
    "orphan": "reaching nowhere",
}
_CHOICES = {
    "group": GROUPS,
    "sort": SORTS,
    "show": SHOWS,
    "side": {"list": "list", "map": "map", "why": "why"},
}


class Arrangement(QObject):
    """Grouping, sorting, filter and what stands beside, shared by the tool row, the table and the side."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._values = {"group": "pool", "sort": "map", "show": "", "side": "list"}
        self._words, self._since = "", ""
        try:
            found = dict(json.loads(session.kept.get(KEY, "{}")))
        except (ValueError, TypeError):
            found = {}
        self._since = str(found.get("since", ""))
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
        """A key of ``GROUPS``."""
        return self._values["group"]

    @property
    def sort(self) -> str:
        """A key of ``SORTS``."""
        return self._values["sort"]

    @property
    def show(self) -> str:
        """A key of ``SHOWS``."""
        return self._values["show"]

    @property
    def side(self) -> str:
        """What stands beside the table: "list", "map" or "why"."""
        return self._values["side"]

    @property
    def words(self) -> str:
        """Words that a title must hold; never remembered, for nobody would know why rows are missing."""
        return self._words

    def set(self, name: str, value: str) -> None:
        """Choose another "group", "sort", "show" or "side"; unknown words change nothing."""
        if value in _CHOICES[name] and value != self._values[name]:
            self._values[name] = value
            self._keep()

    def compare_with(self, scenario: str) -> None:
        """Choose the scenario that rows tell their difference to."""
        if scenario != self._since:
            self._since = scenario
            self._keep()

    @property
    def since(self) -> str | None:
        """The scenario that rows tell their difference to: as chosen, else the first that is not active; or none."""
        every = [one.id for one in self._session.strategy.ordered(Scenario)]
        if self._since in every and self._since != self._session.scenario:
            return self._since
        return next((one for one in every if one != self._session.scenario), None)

    def _keep(self) -> None:
        self._session.kept[KEY] = json.dumps({**self._values, "since": self._since})
        self.changed.emit()

    def set_words(self, words: str) -> None:
        """Show only titles that hold these words."""
        if words.strip() != self._words:
            self._words = words.strip()
            self.changed.emit()
