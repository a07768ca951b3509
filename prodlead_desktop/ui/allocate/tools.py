"""The tool row of Allocate: which scenario, its budget, and how the table is arranged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget

from prodlead_desktop.domain import numerals, scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.allocate import funding
from prodlead_desktop.ui.allocate.arrangement import GROUPS, SHOWS, SORTS, Arrangement
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.scenarios import life
from prodlead_desktop.ui.session import Notice, Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Button, Chip
from prodlead_desktop.ui.style.fields import decimal_sign
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Divider, Label, Pill
from prodlead_desktop.ui.style.panels import Panel

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

STEPS = 5  # of saying less when the row is narrow


class AllocateTools(Panel):
    """Scenario chip, what can be done with scenarios, budget, Group and Sort."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__("surface", "bottom")
        self._session, self._window = session, window
        self._arrangement = Arrangement.of(session)
        self.setFixedHeight(WINDOW.tool_row)
        self.chip = Chip()
        self.chip.clicked.connect(partial(window.table.pop_choices, self.chip, "allocate.scenario"))
        self.name = LineEdit("", "Name of the scenario")
        self.name.setAccessibleName("Name of the scenario")
        self.name.setFixedSize(180, 32)
        self._naming = LiveText(self.name, self._read_name, str, self._rename, self._say)
        self.name.returnPressed.connect(self._end_rename)
        self.name.escaped.connect(self._end_rename)
        self.name.editingFinished.connect(self._end_rename)
        self._place = QStackedWidget()
        self._place.addWidget(self.chip)
        self._place.addWidget(self.name)
        self.buttons = {
            "New": self._button("New scenario", "plus", self._new),
            "Duplicate": self._button("Duplicate", "copy", lambda: window.table.run("allocate.duplicate")),
            "Rules": self._button("Rules", "scale", lambda: window.table.run("allocate.rules")),
            "More": self._button("More", "ellipsis", self._more),
        }
        self.budget = LineEdit("", "No limit")
        self.budget.setAccessibleName("Budget")
        self.budget.setFixedSize(124, 32)
        self._budget_text = LiveText(
            self.budget, self._read_budget, self._show_budget, self._put_budget, self._say
        )
        self.group = self._menu_button("Group", "layers", "allocate.group")
        self.sort = self._menu_button("Sort", "arrow-down-wide-narrow", "allocate.sort")
        self.show_ = self._menu_button("Show", "filter", "allocate.show")
        self.filter = LineEdit("", "Filter")
        self.filter.setAccessibleName("Filter by title")
        self.filter.setFixedSize(112, 32)
        self.filter.textChanged.connect(self._arrangement.set_words)
        self.filter.escaped.connect(self.filter.clear)
        self._lay_out()
        self._arrangement.changed.connect(self.refresh)
        session.changed.connect(lambda _: self.refresh())
        session.scenario_changed.connect(self._other_scenario)
        session.theme_changed.connect(self.refresh)
        self._other_scenario()

    def _button(self, words: str, icon: str, act: object) -> Button:
        button = Button(words, "ghost", icon)
        button.setAccessibleName(words)
        button.setToolTip(paint.plain_tip(words))
        button.clicked.connect(lambda _=False: act())  # type: ignore[operator]
        return button

    def _menu_button(self, name: str, icon: str, row_id: str) -> Button:
        button = Button(name, "ghost", icon)
        button.menu_mark = True
        button.clicked.connect(partial(self._window.table.pop_choices, button, row_id))
        return button

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(4)
        row.addWidget(self._place)
        row.addSpacing(4)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(6)
        self._rules = [Divider(upright=True), Divider(upright=True)]
        row.addWidget(self._rules[0])
        row.addSpacing(10)
        self._budget_label = Label("Budget", "label", "text2")
        row.addWidget(self._budget_label)
        row.addSpacing(4)
        row.addWidget(self.budget)
        row.addSpacing(10)
        row.addWidget(self._rules[1])
        row.addWidget(self.group)
        row.addWidget(self.sort)
        row.addWidget(self.show_)
        row.addWidget(self.filter)
        row.addStretch(1)
        self.status = Pill("")
        row.addWidget(self.status)

    @property
    def _scenario(self) -> Scenario | None:
        return self._session.strategy.find(Scenario, self._session.scenario)

    # -- following

    def _other_scenario(self) -> None:
        scenario = self._scenario
        self._budget_text.reset(scenario.budget if scenario else None)
        self.refresh()

    def refresh(self) -> None:
        """Follow the document."""
        scenario, theme = self._scenario, self._session.theme
        locked = self._session.document.read_only is not None
        for name in ("Duplicate", "Rules", "More"):
            self.buttons[name].setEnabled(scenario is not None)
        self.buttons["New"].setEnabled(not locked)
        self.budget.setEnabled(scenario is not None)
        self._place.setVisible(scenario is not None)
        words = life.status_words(self._session.strategy, scenario) if scenario is not None else ""
        frozen = scenario is not None and scenario.status == scenarios.FROZEN
        self.status.setVisible(bool(words))
        self.status.set(words, *(("neutral", "lock") if frozen else ("ok",)))
        self.budget.setReadOnly(locked or frozen)
        if scenario is None:
            self._fit()
            return
        look = theme.scenario(scenario.colour)
        self.chip.set(scenario.name or wording.UNTITLED, look.marker.sign, look.colour)
        self.chip.setAccessibleName(f"Scenario: {scenario.name}")
        self._budget_text.show(scenario.budget)
        self._place.setFixedWidth(max(self.chip.sizeHint().width(), 96))
        if self._place.currentWidget() is self.name:
            self._place.setFixedWidth(self.name.width())
        self._fit()

    def _fit(self) -> None:
        """Say as much as there is room for: words on buttons go first, then what is arranged how, then what is rare."""
        shown = self._arrangement
        arranged = ((self.group, "Group", GROUPS[shown.group]), (self.sort, "Sort", SORTS[shown.sort]),
                    (self.show_, "Show", SHOWS[shown.show]))  # fmt: skip
        for step in range(STEPS):
            for name, button in self.buttons.items():
                button.set_text(name if step < 1 else "")
                button.setVisible(step < 4 or name in ("New", "More"))
            for button, name, value in arranged:
                button.set_text(f"{name}: {value}" if step < 2 else "")
                button.setAccessibleName(f"{name}: {value}")
                button.setToolTip(paint.plain_tip(f"{name}: {value}"))
            self._budget_label.setVisible(step < 3)
            for rule in self._rules:
                rule.setVisible(step < 3)
            self.filter.setVisible(step < 4)
            self.status.setVisible(step < 4 and bool(self.status.accessibleName()))
            if self._row.sizeHint().width() <= self.width():
                break

    # -- scenarios

    def _more(self) -> None:
        """What is done with a scenario more rarely."""
        table, menu = self._window.table, QMenu(self)
        table.refresh()
        table.fill_choices(menu.addMenu(table.actions["allocate.budgets"].text()), "allocate.budgets")
        for row_id in (
            "allocate.futures",
            "allocate.rename",
            "allocate.freeze",
            "allocate.thaw",
            "allocate.promote",
            "allocate.delete",
        ):
            if table.actions[row_id].isEnabled():
                menu.addAction(table.actions[row_id])
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.buttons["More"]
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _new(self) -> None:
        if self._window.table.run("allocate.new"):
            self.begin_rename()

    def begin_rename(self) -> None:
        """Type another name where the scenario stands."""
        scenario = self._scenario
        if scenario is None:
            return
        self._naming.reset(scenario.name)
        self._place.setCurrentWidget(self.name)
        self._place.setFixedWidth(self.name.width())
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _end_rename(self) -> None:
        if not self._naming.is_refused and self._place.currentWidget() is self.name:
            self._place.setCurrentWidget(self.chip)
            self.refresh()

    def _read_name(self, text: str) -> str:
        if not text.strip():
            raise BadInput("A scenario needs a name.")
        return text.strip()

    def _rename(self, name: str, group: str) -> None:
        scenario = self._scenario
        if scenario is not None:
            funding.rename(self._session, scenario.id, name)

    # -- budget

    def _read_budget(self, text: str) -> int | None:
        bare = text.strip()
        if bare in ("", wording.UNKNOWN):
            return None
        return numerals.parse_money(bare, self._session.strategy.header.currency, decimal_sign())

    def _show_budget(self, budget: int | None) -> str:
        currency = self._session.strategy.header.currency
        return wording.amount(budget, currency, decimal_sign()) if budget is not None else ""

    def _put_budget(self, budget: int | None, group: str) -> None:
        scenario = self._scenario
        if scenario is None or scenario.budget == budget:
            return
        if not funding.may_change(self._session, scenario.id):
            raise BadInput("")
        with self._session.edit("Change budget", group=group) as edit:
            scenarios.set_budget(edit, scenario.id, budget)

    def _say(self, message: str) -> None:
        self.budget.set_refused(self._budget_text.is_refused)
        self.name.set_refused(self._naming.is_refused)
        for line in (self.budget, self.name):
            line.setToolTip(paint.plain_tip(message))
            line.setAccessibleDescription(message)
        if message.strip():
            self._session.notice.emit(Notice(message, "warn", key=funding.KEY))

    # -- arrangement

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
