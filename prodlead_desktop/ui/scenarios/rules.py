"""The rules of a scenario in one box: budget in total and by quarter, pool bands, new starts, wishes, note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from prodlead_desktop.domain import numerals, scenarios
from prodlead_desktop.domain.entities import Band, Pool, Scenario
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.editing_box import EditingBox
from prodlead_desktop.ui.scenarios import life
from prodlead_desktop.ui.scenarios.wishes import WishList
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fields import (
    ChoiceField,
    LabelledField,
    LongTextField,
    MoneyField,
    NumberField,
    ShareField,
)
from prodlead_desktop.ui.style.labels import Label

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

WIDTH, HEIGHT, COLUMNS, SHOWN = 760, 720, 4, 8
BELONGS = (
    "Budget, quarters, bands, new starts, wishes, floors, ceilings, locks and the note belong to this scenario alone. "
    "Costs, levels, effects and teams are shared by all scenarios."
)
OFS = ((None, "of budget"), ("spend", "of spend"))


class RulesBox(EditingBox):
    """Edits the active scenario's rules live; a frozen one is shown, not edited."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session, "Rules of the scenario", WIDTH, HEIGHT)
        currency = session.strategy.header.currency
        self.closed_why = Label("", "body", "text", wrap=True)
        self.budget = MoneyField("Budget", currency, placeholder="No limit")
        self.at_most = NumberField("New starts at most", placeholder="No limit")
        self.carry = ShareField("May be carried over to the next quarter", placeholder="Nothing")
        count = min(session.strategy.header.horizon or SHOWN, 3 * SHOWN)
        self.quarters = [MoneyField(f"Quarter {number + 1}", currency) for number in range(count)]
        self.sum = Label("", "label", "text2", wrap=True)
        self.bands: dict[str, tuple[ShareField, ShareField, ChoiceField]] = {}
        self.wishes = WishList(session, self._edit)
        self.note = LongTextField("Note", lines=3)
        self._lay_out()
        self.budget.changed.connect(lambda value: self._edit("Change budget", scenarios.set_budget, value))
        self.at_most.changed.connect(self._set_at_most)
        self.carry.changed.connect(lambda value: self._rule("carry_over", value))
        self.note.changed.connect(lambda value: self._rule("note", value))
        for number, field in enumerate(self.quarters):
            field.changed.connect(partial(self._set_quarter, number))

    def _lay_out(self) -> None:
        self.content.addWidget(Label(BELONGS, "label", "text2", wrap=True))
        self.content.addWidget(self.closed_why)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.budget)
        row.addWidget(self.at_most)
        self.content.addLayout(row)
        self.content.addLayout(LabelledField.messages_of(self.budget, self.at_most))
        self.content.addWidget(Label("Budget by quarter", "strong"))
        self.content.addLayout(self._quarter_grid())
        self.content.addWidget(self.sum)
        self.content.addWidget(self.carry)
        self.content.addWidget(Label("Pools: least and most share", "strong"))
        pools = QGridLayout()
        pools.setHorizontalSpacing(14)
        for number, pool in enumerate(self.session.strategy.ordered(Pool)):
            self._add_band(pools, 2 * number, pool)
        self.content.addLayout(pools)
        self._no_pools = Label(
            "There are no pools yet. They are made on the map, with nothing selected.", "label", "text2"
        )
        self._no_pools.setVisible(not self.bands)
        self.content.addWidget(self._no_pools)
        self.content.addWidget(self.wishes)
        self.content.addWidget(self.note)
        self.content.addStretch(1)

    def _quarter_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(10)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        for first in range(0, len(self.quarters), COLUMNS):
            line, row = self.quarters[first : first + COLUMNS], 2 * first // COLUMNS
            for column, field in enumerate(line):
                grid.addWidget(field, row, column)
            grid.addLayout(LabelledField.messages_of(*line), row + 1, 0, 1, COLUMNS)
        return grid

    def _add_band(self, grid: QGridLayout, row: int, pool: Pool) -> None:
        low, high = ShareField("At least", placeholder="–"), ShareField("At most", placeholder="–")
        of = ChoiceField("Share", OFS)
        for field, words in ((low, "at least"), (high, "at most"), (of, "share of")):
            field.editor.setAccessibleName(f"{pool.name}, {words}")
        self.bands[pool.id] = (low, high, of)
        name = QHBoxLayout()
        name.setSpacing(8)
        name.addWidget(Swatch(self.session, pool))
        name.addWidget(Label(pool.name or "Untitled", "body"), 1)
        name.setContentsMargins(0, 18, 0, 0)  # beside the fields, not beside their labels
        grid.addLayout(name, row, 0)
        for column, part in enumerate((low, high, of), 1):
            grid.addWidget(part, row, column)
        grid.addLayout(LabelledField.messages_of(low, high), row + 1, 1, 1, COLUMNS - 1)
        grid.setColumnStretch(0, 1)
        for field in (low, high, of):
            field.changed.connect(lambda _, pool_id=pool.id: self._set_band(pool_id))

    # -- showing

    def first_field(self) -> QWidget | None:
        return self.budget.editor

    def follow(self) -> None:
        """Show the active scenario as it is now."""
        strategy = self.session.strategy
        scenario = strategy.find(Scenario, self.session.scenario)
        if scenario is None:
            self.dismiss()
            return
        self.title.setText(f"Rules of “{scenario.name}”")
        why = life.why_closed(strategy, self.session.document.read_only, scenario.id)
        self.closed_why.setText(why)
        self.closed_why.setVisible(bool(why))
        self.budget.set_value(scenario.budget)
        self.at_most.set_value(scenario.at_most)
        self.carry.set_value(scenario.carry_over)
        self.note.set_value(scenario.note)
        for number, field in enumerate(self.quarters):
            field.set_label(quarter_name(strategy.header.plan_start, number))
            field.set_value(scenario.quarters[number] if number < len(scenario.quarters) else None)
        self.sum.setText(_sum_words(scenario, strategy.header.currency))
        bands = {band.pool: band for band in strategy.by(Band, "scenario", scenario.id)}
        for pool, (low, high, of) in self.bands.items():
            band = bands.get(pool)
            low.set_value(band.low if band else None)
            high.set_value(band.high if band else None)
            of.set_value(band.of if band and band.of == "spend" else None)
        self.wishes.follow(strategy, scenario.id, bool(why))
        for editor in self._editors():
            editor.setEnabled(not why)

    def _editors(self) -> list[QWidget]:
        bands = [field for band in self.bands.values() for field in band]
        every = (self.budget, self.at_most, self.carry, self.note, *self.quarters, *bands)
        return [field.editor for field in every]

    # -- editing

    def _edit(self, label: str, verb: object, *values: object) -> None:
        def work() -> None:
            with self.session.edit(label) as edit:
                verb(edit, str(self.session.scenario), *values)  # type: ignore[operator]

        self.attempt(work)

    def _rule(self, field: str, value: object) -> None:
        words = {"carry_over": "Change carry-over", "at_most": "Change new starts", "note": "Change note"}
        self._edit(words[field], scenarios.set_rule, field, value)

    def _set_at_most(self, value: float | None) -> None:
        if value is not None and not float(value).is_integer():
            self.attempt(lambda: _refuse("New starts are counted in whole numbers."))
            return
        self._rule("at_most", None if value is None else int(value))

    def _set_quarter(self, number: int, value: int | None) -> None:
        scenario = self.session.strategy.get(Scenario, str(self.session.scenario))
        quarters = list(scenario.quarters) + [0] * (number + 1 - len(scenario.quarters))
        quarters[number] = value or 0
        while quarters and not quarters[-1]:
            quarters.pop()
        self._edit("Change budget by quarter", scenarios.set_quarters, tuple(quarters))

    def _set_band(self, pool: str) -> None:
        low, high, of = self.bands[pool]
        self._edit("Change pool band", scenarios.set_band, pool, low.value, high.value, of.value)


class Swatch(QWidget):
    """A pool's colour beside its name."""

    def __init__(self, session: Session, pool: Pool) -> None:
        super().__init__()
        self._session, self._pool = session, pool
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._session.theme.pool(self._pool.colour).colour
        paint.box(QPainter(self), QRectF(self.rect()), 3, colour)


def _refuse(sentence: str) -> None:
    raise BadInput(sentence)


def quarter_name(start: object, number: int) -> str:
    """ "Q1 2027", or "Quarter 1" when the plan has no date."""
    month, year = getattr(start, "month", None), getattr(start, "year", None)
    if month is None or year is None:
        return f"Quarter {number + 1}"
    ahead = (month - 1) // 3 + number
    return f"Q{ahead % 4 + 1} {year + ahead // 4}"


def _sum_words(scenario: Scenario, currency: str) -> str:
    if not scenario.quarters:
        return "No quarter is limited."
    total = sum(scenario.quarters)
    said = f"The quarters add up to {numerals.money(total, currency)}"
    if scenario.budget is None or scenario.budget == total:
        return f"{said}, the whole budget." if scenario.budget == total else f"{said}."
    differ = numerals.money(abs(scenario.budget - total), currency)
    return f"{said}, {differ} {'less' if total < scenario.budget else 'more'} than the budget."
