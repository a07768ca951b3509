"""Floor and ceiling of one initiative in one scenario, typed beside its row."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.ui.allocate import funding
from prodlead_desktop.ui.allocate.listing import Row
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import MoneyField
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.popover import Popover

WIDTH = 360


class LimitsBox(Popover):
    """At least and at most; Enter takes them, Esc leaves them."""

    def __init__(self, session: Session, scenario: str, row: Row, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._scenario, self._row = session, scenario, row
        currency = session.strategy.header.currency
        self.floor = MoneyField("At least", currency, row.floor, "No floor")
        self.ceiling = MoneyField("At most", currency, row.ceiling, "No ceiling")
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(Label(row.title, "strong", wrap=True))
        column.addWidget(
            Label("What it gets in this scenario stays between the two.", "label", "text2", wrap=True)
        )
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.floor)
        fields.addWidget(self.ceiling)
        column.addLayout(fields)
        take = Button("Set", "ink")
        take.clicked.connect(self.take)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(take)
        column.addLayout(foot)
        self.column.addWidget(body)
        self.floor.changed.connect(lambda _: self.take())
        self.ceiling.changed.connect(lambda _: self.take())
        self.closed.connect(self.deleteLater)

    def take(self) -> None:
        """Set both; what is refused is told and the box goes."""
        wanted = (self.floor.value, self.ceiling.value)
        if wanted != (self._row.floor, self._row.ceiling) and not funding.set_limits(
            self._session, self._scenario, self._row.id, *wanted
        ):
            self.floor.set_value(self._row.floor)
            self.ceiling.set_value(self._row.ceiling)
            return
        self._row = _with(self._row, *wanted)


def _with(row: Row, floor: int | None, ceiling: int | None) -> Row:
    from dataclasses import replace

    return replace(row, floor=floor, ceiling=ceiling)
