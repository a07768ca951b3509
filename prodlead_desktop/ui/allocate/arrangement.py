"""How the table of the Allocate workspace is grouped and sorted: view state of one session, never in the file."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.ui.allocate.listing import GROUPS, SORTS
from prodlead_desktop.ui.session import Session


class Arrangement(QObject):
    """Grouping and sorting, shared by the tool row and the table."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._group, self._sort = "pool", "map"

    @staticmethod
    def of(session: Session) -> Arrangement:
        """The one of a session, made when first asked for."""
        found = session.findChild(Arrangement)
        return found if isinstance(found, Arrangement) else Arrangement(session)

    @property
    def group(self) -> str:
        """A key of ``listing.GROUPS``."""
        return self._group

    @property
    def sort(self) -> str:
        """A key of ``listing.SORTS``."""
        return self._sort

    def set_group(self, group: str) -> None:
        """Group by another thing; unknown words change nothing."""
        if group in GROUPS and group != self._group:
            self._group = group
            self.changed.emit()

    def set_sort(self, sort: str) -> None:
        """Sort by another thing; unknown words change nothing."""
        if sort in SORTS and sort != self._sort:
            self._sort = sort
            self.changed.emit()
