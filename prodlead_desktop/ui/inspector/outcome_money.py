"""Which initiatives bring money to an outcome in the active scenario, and what the outcome is worth."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import numerals, tree
from prodlead_desktop.domain.entities import Node, Pool, Scenario
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.money_page import MoneyPage
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.bar_rows import BarRow, BarRows
from prodlead_desktop.ui.style.labels import Divider, Label


class OutcomeMoneyPage(MoneyPage):
    """Money by initiative below, then the fields that say what the outcome is worth."""

    touched = frozenset("node level allocation scenario pool header".split())
    shown = ("swing", "over_delivery", "value_mode", "money_per_unit")

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__(session, kind)
        self.total = Label("", "panel_title")
        self.sentence = Label("", "label", "text2", wrap=True)
        self.bars = BarRows()
        self.bars.pressed.connect(session.select)
        column = self.column
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.total)
        head.addWidget(self.sentence)
        column.addLayout(head)
        for widget in (self.bars, Divider(), self.form):
            column.addWidget(widget)
        column.addStretch(1)

    def _show_money(self) -> None:
        strategy = self._session.strategy
        node = strategy.find(Node, self._node)
        scenario = strategy.find(Scenario, self._session.scenario)
        if node is None:
            return
        if scenario is None:
            self.total.setText("No money yet")
            self.sentence.setText(
                "A scenario says what each initiative gets. Make the first one in Allocate."
            )
            self.bars.set_rows(())
            return
        below = [found for found in tree.preorder(strategy, node.id) if found.kind == "initiative"]
        costs = [(found, capital.cost(strategy, scenario.id, found.id)) for found in below]
        here = sum(cost for _, cost in costs if cost is not None)
        words = numerals.money_short(here, strategy.header.currency)
        self.total.setText(f"{words} + ?" if any(cost is None for _, cost in costs) else words)
        placed = capital.totals(strategy, scenario.id).placed
        share = f", {numerals.percent(here / placed)} of what is placed" if placed else ""
        self.sentence.setText(f"arrives here in {scenario.name}{share}.")
        self.bars.set_rows(self._rows(costs, here))

    def _rows(self, costs: list[tuple[Node, int | None]], whole: int) -> list[BarRow]:
        strategy, theme = self._session.strategy, self._session.theme
        currency = strategy.header.currency
        rows = []
        for found, cost in sorted(costs, key=lambda row: -(row[1] or 0)):
            pool = strategy.find(Pool, found.pool)
            share = cost / whole if cost and whole else 0.0
            rows.append(
                BarRow(
                    key=found.id,
                    name=wording.node_words(found),
                    amount=wording.money_short(cost, currency),
                    share=share,
                    aside=numerals.percent(share) if share else "",
                    kind="initiative",
                    colour=theme.pool(pool.colour).colour if pool else theme.line2,
                )
            )
        return rows
