"""Where the metric stands now: typing a number adds a reading dated today, so the way is kept."""

from __future__ import annotations

import datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodlead_desktop.domain import rows
from prodlead_desktop.domain.entities import Node, Reading
from prodlead_desktop.domain.fields import Field
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.fields import LabelledField, decimal_sign
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.unit_edit import UnitEdit


def latest(session: Session, node_id: str | None) -> Reading | None:
    """The newest reading of a node; None when nobody has measured."""
    readings = session.strategy.by(Reading, "node", node_id) if node_id else ()
    dated = [reading for reading in readings if reading.date is not None]
    return max(dated, key=lambda reading: (reading.date or datetime.date.min, reading.id), default=None)


class ReadingNow(QWidget):
    """A field for today's value with the date of the last one below it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._node: str | None = None
        self._field: Field = wording.field_of(Reading, "value")
        self.line = UnitEdit()
        self.field = LabelledField("Now", self.line)
        self._since = Label("", "label", "text3", wrap=True)
        self.live = LiveText(self.line, self._read, self._show, self._write, self.field.say)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._since)

    def bind(self, node_id: str) -> None:
        """Show another outcome."""
        if node_id != self._node:
            self.flush()
            self._node = node_id
            self.live.reset(self._value())
        self.line.setReadOnly(self._session.document.read_only is not None)
        self.refresh()

    def refresh(self) -> None:
        """Follow the document."""
        node = self._session.strategy.find(Node, self._node)
        if node is None:
            return
        unit = getattr(node.data, "unit", None) or ""
        self.line.set_unit(unit)
        self.line.setAccessibleName(f"Now, {unit}" if unit else "Now")
        self.live.show(self._value())
        last = latest(self._session, self._node)
        if last is None or last.date is None:
            self._since.setText("Not measured yet: a number typed here is dated today.")
            return
        day = wording.deadline(last.date, "day")
        self._since.setText(f"Measured {day}" + (f", {last.source}" if last.source else ""))

    def flush(self) -> bool:
        """Write what is typed."""
        return self._session.strategy.find(Node, self._node) is None or self.live.commit()

    def _value(self) -> float | None:
        last = latest(self._session, self._node)
        return last.value if last else None

    def _read(self, text: str) -> Any:
        return wording.parsed(
            self._session.strategy,
            self._field,
            wording.without_unit(text.strip(), self.line.unit),
            decimal_sign(),
        )

    def _show(self, value: float | None) -> str:
        return wording.typed(self._session.strategy, self._field, value, decimal_sign())

    def _write(self, value: float | None, group: str) -> None:
        """Today's reading takes the value; nothing takes today's reading away."""
        today = datetime.date.today()
        last = latest(self._session, self._node)
        fresh = last is not None and last.date == today
        if value is None and not fresh:
            return
        with self._session.edit("Add reading", group=group) as edit:
            if last is not None and fresh:
                if value is None:
                    edit.remove(edit.get(Reading, last.id))
                else:
                    rows.set_value(edit, Reading, last.id, "value", value)
            else:
                rows.add(edit, Reading, node=str(self._node), date=today, value=value)
