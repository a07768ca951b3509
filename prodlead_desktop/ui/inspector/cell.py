"""One stored value of the row a form is bound to: how it is read, shown and written, decided by its field."""

from __future__ import annotations

from typing import Any

from prodlead_desktop.domain import numerals, rows, values
from prodlead_desktop.domain.entities import Entity, Node
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.fields import decimal_sign

# Fields of an outcome or ambition that are measured in the node's own unit.
METRIC_FIELDS = ("baseline", "target", "limit", "threshold")
PRECISION = "_precision"


class Cell:
    """A field of one class; ``row_id`` says of which row, None of none."""

    def __init__(self, session: Session, cls: type[Entity], field: Field, title: str = "") -> None:
        self.session, self.cls, self.field = session, cls, field
        self.title = title or field.title
        self.row_id: str | None = None
        self.precision: Field | None = None  # of a deadline: the field that says how precise it is

    @property
    def strategy(self) -> Strategy:
        """Today's strategy."""
        return self.session.strategy

    @property
    def row(self) -> Entity | None:
        """The row the form is bound to, if it is still there."""
        return self.strategy.find(self.cls, self.row_id)

    @property
    def value(self) -> Any:
        """What the document holds; of a deadline the pair of date and precision."""
        value = self._stored(self.field.name)
        if self.precision is not None and value is not None:
            return value, self._stored(self.precision.name)
        return value

    @property
    def unit(self) -> str:
        """The unit of the value, as far as one stands beside it."""
        if self.field.type is FieldType.SHARE:
            return "%"
        if self.field.name in METRIC_FIELDS:
            return self._stored("unit") or ""
        if self.field.name == "size":
            return self._stored("size_unit") or ""
        return self.field.unit

    @property
    def accessible_name(self) -> str:
        """Title and unit."""
        return f"{self.title}, {self.unit}" if self.unit else self.title

    def read(self, text: str) -> Any:
        """The value a typed text means; BadInput in words."""
        bare = text.strip()
        if self.precision is not None:
            return numerals.parse_deadline(bare) if bare not in ("", wording.UNKNOWN) else None
        field, unit = self.field, self.unit
        if field.type in (FieldType.NUMBER, FieldType.INTEGER):
            text = wording.without_unit(bare, unit)
        return self.checked(wording.parsed(self.strategy, field, text, decimal_sign()))

    def show(self, value: Any) -> str:
        """The text that stands for a value in an editor."""
        if self.precision is not None:
            return wording.deadline(*value) if value else ""
        if self.field.type is FieldType.DATE:
            return wording.deadline(value, "day") if value else ""
        return wording.typed(self.strategy, self.field, value, decimal_sign())

    def checked(self, value: Any) -> Any:
        """The value as it would be stored; BadInput in words when the field cannot hold it."""
        cleaned = rows.cleaned(self.field, value)
        problem = values.problem_of(self.field, cleaned)
        if problem:
            raise BadInput(problem)
        return cleaned

    def write(self, value: Any, group: str | None = None) -> None:
        """Put a value into the document as one edit; ProdleadError when it may not be edited."""
        if self.row_id is None or not self._is_there() or value == self.value:
            return
        with self.session.edit(f"Change {self.title.lower()}", group=group) as edit:
            if self.precision is not None:
                date, precision = value if value else (None, None)
                rows.set_value(edit, self.cls, self.row_id, self.field.name, date)
                rows.set_value(edit, self.cls, self.row_id, self.precision.name, precision)
            else:
                rows.set_value(edit, self.cls, self.row_id, self.field.name, value)

    def _is_there(self) -> bool:
        """Whether the row still has the field; a node that became another kind has lost some."""
        row = self.row
        name = self.field.name
        return row is not None and (hasattr(row, name) or hasattr(getattr(row, "data", None), name))

    def _stored(self, name: str) -> Any:
        row = self.row
        if row is None:
            return None
        if isinstance(row, Node) and not hasattr(row, name):
            return getattr(row.data, name, None)
        return getattr(row, name, None)
