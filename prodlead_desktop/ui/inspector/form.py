"""A form over one row, made from its field table: labels above, one column, everything bound to the document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import TABLE_OF, Entity
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.ui.inspector.cell import PRECISION, Cell
from prodlead_desktop.ui.inspector.editors import editor_for
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fields import LabelledField
from prodlead_desktop.ui.style.fonts import role_font

GAP = 12
HALF = 142  # the width of one of two fields side by side
UNIT_BESIDE = 60  # what padding and a few digits take
SHORT = (FieldType.NUMBER, FieldType.SHARE, FieldType.MONEY, FieldType.INTEGER, FieldType.DATE)
EVERYWHERE = ("header",)  # a new currency changes how every amount is shown


class Form(QWidget):
    """Editors of the fields of one row; ``bind`` says of which."""

    def __init__(self, session: Session, cls: type[Entity], data: type[Any] | None = None) -> None:
        """``data`` is the dataclass of a node's kind: its fields count as the node's."""
        super().__init__()
        self.session, self.cls = session, cls
        table = fields.of(cls) + (fields.of(data) if data is not None else ())
        self.fields: dict[str, Field] = {field.name: field for field in table}
        self.editors: dict[str, Any] = {}
        self.row_id: str | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    # -- building

    def make(self, name: str, title: str = "", **look: Any) -> QWidget:
        """An editor of a field, not yet placed; ``look``: placeholder, big, lines."""
        field = self.fields[name]
        cell = Cell(self.session, self.cls, field, title)
        if field.type is FieldType.DATE:
            cell.precision = self.fields.get(name + PRECISION)
        made = editor_for(cell, **look)
        self.editors[name] = made
        return made

    def add(self, name: str, title: str = "", **look: Any) -> QWidget:
        """An editor over the whole width."""
        made = self.make(name, title, **look)
        self.column.addWidget(made)
        return made

    def add_row(self, *widgets: QWidget, stretch: tuple[int, ...] = ()) -> QHBoxLayout:
        """Widgets side by side, their labels on one line, what was refused below over the whole width."""
        row, lines = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(8)
        lines.setSpacing(4)
        lines.addLayout(row)
        for index, widget in enumerate(widgets):
            row.addWidget(widget, stretch[index] if stretch else 1)
            row.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
            if isinstance(widget, LabelledField):
                lines.addWidget(widget.lend_message())
        self.column.addLayout(lines)
        return row

    def add_all(self, names: Iterable[str]) -> None:
        """Editors of many fields: two short ones side by side, the others over the whole width."""
        waiting: str | None = None
        for name in names:
            if name.endswith(PRECISION) and name.removesuffix(PRECISION) in self.fields:
                continue
            if not self._is_short(name):
                if waiting is not None:
                    self.add_row(self.make(waiting), QWidget())
                    waiting = None
                self.add(name)
            elif waiting is None:
                waiting = name
            else:
                self.add_row(self.make(waiting), self.make(name))
                waiting = None
        if waiting is not None:
            self.add_row(self.make(waiting), QWidget())

    def _is_short(self, name: str) -> bool:
        field = self.fields[name]
        label, unit = role_font("label"), role_font("body")
        return (
            field.type in SHORT
            and paint.width_of(field.title, label) <= HALF
            and paint.width_of(field.unit, unit) <= HALF - UNIT_BESIDE
        )

    # -- following the document

    def bind(self, row_id: str | None) -> None:
        """Show another row; what is typed for the former one is written first."""
        if row_id == self.row_id:
            self.refresh(None)
            return
        self.flush()
        self.row_id = row_id
        locked = self.session.document.read_only is not None
        for editor in self.editors.values():
            editor.cell.row_id = row_id
            editor.set_read_only(locked)
            editor.reset()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet if it touches what the form shows; None follows anything."""
        if changes is not None and not self._is_touched(changes):
            return
        if self.session.strategy.find(self.cls, self.row_id) is None:
            return
        for editor in self.editors.values():
            editor.refresh()

    def flush(self) -> bool:
        """Write what is typed anywhere; False when something was refused."""
        if self.session.strategy.find(self.cls, self.row_id) is None:
            return True
        refused = [editor for editor in self.editors.values() if not editor.flush()]
        return not refused

    def _is_touched(self, changes: ChangeSet) -> bool:
        if self.row_id in changes.ids(TABLE_OF[self.cls]) or changes.tables() & set(EVERYWHERE):
            return True
        referred = {editor.cell.field.ref: editor.cell.value for editor in self.editors.values()}
        return any(ref and value in changes.ids(ref) for ref, value in referred.items())
