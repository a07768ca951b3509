"""The strategy as a whole, when no card is selected: its header, its pools, teams and people."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import currency, numerals
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import HEADER_ID, Header
from prodlead_desktop.domain.money import NO_CURRENCY, is_currency
from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.cell import Cell
from prodlead_desktop.ui.inspector.form import GAP, Form
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.inspector.name_list import NameList
from prodlead_desktop.ui.inspector.node_panel import scrolled
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import ChoiceField, LabelledField, decimal_sign
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Divider, Label

LISTS = ("pool", "team", "person")


class StrategyPanel(QWidget):
    """Header and lists, in one scrolled column."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.form = Form(session, Header)
        self.form.add("name")
        self.currency = CurrencyField(session)
        self.form.column.addWidget(self.currency)
        self.start = PlanStart(session)
        self.form.add_row(self.start, self.form.make("horizon"))
        months = [(None, "Not said"), *((n, calendar.month_name[n]) for n in range(1, 13))]
        self.fiscal = ChoiceField("Fiscal year starts in", months, None, "?")
        self.fiscal.changed.connect(self._set_fiscal)
        self.form.column.addWidget(self.fiscal)
        self.form.add("purpose", lines=3)
        self.lists = {table: NameList(session, table) for table in LISTS}
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(Label("Strategy", "row_name", "text2"))
        column.addWidget(self.form)
        for found in self.lists.values():
            column.addWidget(Divider())
            column.addWidget(found)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content, "Strategy"))

    def bind(self) -> None:
        """Show the strategy."""
        self.form.bind(HEADER_ID)
        self.refresh(None)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet."""
        self.form.refresh(changes)
        self.currency.refresh()
        self.start.refresh()
        self.fiscal.set_value(self._session.strategy.header.fiscal_year_start)
        self.fiscal.editor.setEnabled(self._session.document.read_only is None)
        for table, found in self.lists.items():
            if changes is None or table in changes.tables():
                found.refresh()

    def flush(self) -> bool:
        """Write what is typed."""
        done = [self.form.flush(), self.start.live.commit()]
        done += [found.flush() for found in self.lists.values()]
        return all(done)

    def _set_fiscal(self, month: int | None) -> None:
        cell = Cell(self._session, Header, wording.field_of(Header, "fiscal_year_start"))
        cell.row_id = HEADER_ID
        self._session.attempt(lambda: cell.write(month))
        self.fiscal.set_value(cell.value)


class PlanStart(LabelledField):
    """The first day of the plan: a typed month, quarter or day means the first day of that month or quarter."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.line = LineEdit("", "?")
        super().__init__("Plan starts", self.line)
        self._cell = Cell(session, Header, wording.field_of(Header, "plan_start"))
        self._cell.row_id = HEADER_ID
        self.live = LiveText(self.line, self._read, self._show, self._cell.write, self.say)

    def refresh(self) -> None:
        """Follow the document."""
        self.line.setReadOnly(self._session.document.read_only is not None)
        self.live.show(self._cell.value)

    def _read(self, text: str) -> datetime.date | None:
        bare = text.strip()
        if bare in ("", wording.UNKNOWN):
            return None
        end, precision = numerals.parse_deadline(bare)
        month = end.month - 2 if precision == "quarter" else end.month
        return end.replace(month=month, day=1)

    def _show(self, value: datetime.date | None) -> str:
        return wording.deadline(value, "day" if value.day != 1 else "month") if value else ""


class CurrencyField(QWidget):
    """The currency; when there are amounts already it asks at which rate they become the new one's."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted = ""
        self.line = LineEdit("", "No currency")
        self.field = LabelledField("Currency", self.line)
        self.live = LiveText(self.line, self._read, self._show, self._write, self.field.say)
        self.rate = LineEdit("1")
        self.rate_field = LabelledField("Rate", self.rate)
        self.change = Button("Change", "outline")
        self.keep = Button("Keep", "ghost")
        self.change.clicked.connect(self._convert)
        self.rate.returnPressed.connect(self._convert)
        self.keep.clicked.connect(self._keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.change)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        self.asking = QWidget()
        inner = QVBoxLayout(self.asking)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.rate_field)
        inner.addLayout(buttons)
        self.asking.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.asking)

    def refresh(self) -> None:
        """Follow the document."""
        self.line.setReadOnly(self._session.document.read_only is not None)
        if self.asking.isHidden():
            self.live.show(self._session.strategy.header.currency)

    def _show(self, code: str) -> str:
        return "" if code == NO_CURRENCY else code

    def _read(self, text: str) -> str:
        code = text.strip().upper() or NO_CURRENCY
        if not is_currency(code):
            raise BadInput(
                f"“{text.strip()[:20]}” is not a currency code.", "Type three letters such as EUR."
            )
        return code

    def _write(self, code: str, group: str) -> None:
        now = self._session.strategy.header.currency
        if code == now:
            self.asking.hide()
            return
        if currency.has_money(self._session.strategy):
            self._wanted = code
            words = [self._show(one) or "without currency" for one in (now, code)]
            self.rate_field.set_label(
                f"1 {words[0]} is how many {words[1]}? With 1 the numbers stay as they are."
            )
            self.rate.setText("1")
            self.asking.show()
            raise BadInput(
                f"Not changed yet: the amounts are {f'in {now}' if self._show(now) else words[0]}."
            )
        self._put(code, Decimal(1))

    def _convert(self) -> None:
        try:
            self._put(self._wanted, numerals.parse_decimal(self.rate.text(), decimal_sign()))
        except ProdleadError as error:
            self.rate_field.say(str(error))
            return
        self._keep()

    def _put(self, code: str, rate: Decimal) -> None:
        with self._session.edit(f"Change currency to {code}") as edit:
            currency.set_currency(edit, code, rate)

    def _keep(self) -> None:
        self.rate_field.say("")
        self.asking.hide()
        value: Any = self._session.strategy.header.currency
        self.live.reset(value)
