"""A slider that is held: everything follows it, nothing is written before it is let go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF

from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.ui.allocate import funding, listing
from prodlead_desktop.ui.allocate.listing import Row
from prodlead_desktop.ui.allocate.slider import Stop, Track, pulled, rest_at, stops
from prodlead_desktop.ui.allocate.table_model import AllocateModel
from prodlead_desktop.ui.session import Session


class Pulling:
    """The slider of one row between press and release; ``cell`` says where the scale of a line stands."""

    def __init__(self, session: Session, lines: AllocateModel, cell: Callable[[int], QRectF]) -> None:
        self._session, self._lines, self._cell = session, lines, cell
        self._scenario = ""
        self._row: Row | None = None
        self._places: tuple[Stop, ...] = ()
        self._stop: Stop | None = None

    @property
    def row(self) -> str | None:
        """The initiative whose slider is held."""
        return self._row.id if self._row is not None else None

    def begin(self, scenario: str | None, row: Row, x: float) -> None:
        """Take hold of a row's slider at ``x``; says why it cannot be moved."""
        if scenario is None or not self._lines.most or not row.reach:
            return
        if funding.may_change(self._session, scenario, row.id):
            self._scenario, self._row, self._stop = scenario, row, None
            self._places = stops(self._session.strategy, row)
            self.to(x)

    def to(self, x: float) -> None:
        """Show what letting go here would do."""
        row, scenario = self._row, self._scenario
        if row is None:
            return
        at = self._lines.row_of(row.id)
        stop = pulled(row, self._places, Track(self._cell(at), self._lines.most).amount(x))
        if stop is None or stop == self._stop:
            return
        self._stop = stop
        try:
            self._session.preview(lambda edit: rest_at(edit, scenario, row, stop))
        except ProdleadError as error:
            self.end(False)
            self._session.refuse(error)
            return
        self._lines.show_row(at, listing.row_of(self._session.seen, scenario, row))

    def end(self, keep: bool) -> bool:
        """Let go: one edit with what it rests at, or everything as it was. Whether a slider was held at all."""
        row, stop, scenario, self._row = self._row, self._stop, self._scenario, None
        if row is None:
            return False
        self._session.preview(None)
        if keep and stop is not None and stop.amount != row.cost:

            def work() -> None:
                with self._session.edit("Move the slider") as edit:
                    rest_at(edit, scenario, row, stop)

            self._session.attempt(work)
        return True
