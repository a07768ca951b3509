"""What an initiative gets in every scenario, the active one to be changed here too."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import initiatives, scenarios
from prodlead_desktop.domain.entities import Level, Node, Scenario
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate import funding
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.money_page import MoneyPage
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Link
from prodlead_desktop.ui.style.fields import ChoiceField
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import Divider, Label
from prodlead_desktop.ui.style.palette import theme_of

ROW = 36


class InitiativeMoneyPage(MoneyPage):
    """The level in the active scenario, then all scenarios with what each gives, then the costs."""

    touched = frozenset("node level allocation scenario header".split())
    shown = ("funding", "full_cost", "cost_p10", "cost_p90", "cost_profile")

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__(session, kind)
        self.level = ChoiceField("Level", (), None, "None")
        self.level.changed.connect(self._fund)
        self.none_yet = Label("No scenario yet. Make the first one in Allocate.", "label", "text2", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.rows: list[ScenarioRow] = []
        column = self.column
        column.addWidget(self.level)
        column.addWidget(self.none_yet)
        column.addLayout(self._list)
        column.addWidget(Divider())
        column.addWidget(self.form)
        column.addStretch(1)

    def _show_money(self) -> None:
        strategy, node = self._session.strategy, self._session.strategy.find(Node, self._node)
        if node is None or node.kind != "initiative":
            return
        there = strategy.ordered(Scenario)
        active = strategy.find(Scenario, self._session.scenario)
        self.none_yet.setVisible(not there)
        self.level.setVisible(active is not None and funding.can_step(strategy, node.id))
        if active is not None:
            self._show_level(node, active)
        while len(self.rows) < len(there):
            row = ScenarioRow(self._session)
            self.rows.append(row)
            self._list.addWidget(row)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(there))
            if at < len(there):
                row.set(there[at], node.id, there[at] == active)

    def _show_level(self, node: Node, scenario: Scenario) -> None:
        strategy, currency = self._session.strategy, self._session.strategy.header.currency
        given = scenarios.allocation(strategy, scenario.id, node.id)
        choices: list[tuple[str, str]] = [("", "None")]
        for level in initiatives.levels(strategy, node.id):
            choices.append((level.id, f"{level.name}, {wording.money_short(level.cost, currency)}"))
        self.level.set_choices(choices, (given.level if given else None) or "")
        self.level.set_label(f"Level in {scenario.name}")

    def _fund(self, level: str) -> None:
        scenario = self._session.scenario
        if scenario is not None and self._node is not None:
            funding.set_level(self._session, scenario, self._node, level or None)
            self._show_money()


def given_words(strategy: Strategy, scenario: str, initiative: str) -> tuple[str, str]:
    """What an initiative gets in a scenario: the name of the level, and the money in short."""
    given = scenarios.allocation(strategy, scenario, initiative)
    level = strategy.find(Level, given.level) if given else None
    cost = capital.cost(strategy, scenario, initiative)
    name = level.name if level else "Amount" if given and given.amount else "None"
    return name, wording.money_short(cost, strategy.header.currency)


class ScenarioRow(Link):
    """One scenario: mark, name, level and money; pressing it makes the scenario the active one."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self._session = session
        self._scenario: Scenario | None = None
        self._given = ("", "")
        self._active = self._locked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._activate)

    def set(self, scenario: Scenario, initiative: str, active: bool) -> None:
        """Show what a scenario gives an initiative."""
        strategy = self._session.strategy
        self._scenario, self._active = scenario, active
        self._given = given_words(strategy, scenario.id, initiative)
        self._locked = funding.is_locked(strategy, scenario.id, initiative)
        level, money = self._given
        words = f"{scenario.name}: {level}, {money}"
        words += ", locked" if self._locked else ""
        self.setAccessibleName(words + (", the active scenario" if active else ""))
        self.update()

    @property
    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(120, ROW)

    def _activate(self) -> None:
        if self._scenario is not None:
            self._session.set_scenario(self._scenario.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scenario is None:
            return
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        if self._active or self.underMouse():
            paint.box(painter, rect, 6, theme.accent_soft if self._active else theme.hover)
        look = theme.scenario(self._scenario.colour)
        middle = rect.center().y()
        paint.marker(painter, QRectF(9, middle - 5, 10, 10), look.marker.sign, look.colour)
        level, money = self._given
        amount = QRectF(rect.right() - 88, 0, 79, rect.height())
        paint.text(painter, amount, money, font(14, 600), theme.text, paint.RIGHT)
        word = QRectF(rect.right() - 168, 0, 84, rect.height())
        paint.text(painter, word, level, font(14), theme.text2)
        name = QRectF(28, 0, word.left() - 36, rect.height())
        used = paint.text(
            painter, name, self._scenario.name, font(14, 600 if self._active else 500), theme.text
        )
        if self._locked:
            place = QRectF(min(name.left() + used + 6, word.left() - 18), middle - 7, 14, 14)
            icons.draw(painter, "lock", place, theme.text2)
