"""Beside the table: which outcomes the money reaches, with an honest "Nowhere"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Node, Pool
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate import listing
from prodlead_desktop.ui.allocate.listing import Reach
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.bar_rows import BarRow, BarRows
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import Card

NOWHERE = "Nowhere"
MOST = 14  # rows of either list; of more it is said how many


class Side(QScrollArea):
    """Money per top outcome, and the initiatives whose money reaches none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.summary = Label("", "label", "text2", wrap=True)
        self.reach = BarRows(MOST)
        self.orphans = BarRows(MOST)
        self.orphan_words = Label("", "label", "text2", wrap=True)
        self._orphan_card = Card(padding=18)
        for bars in (self.reach, self.orphans):
            bars.pressed.connect(session.select)
        arrives = Card(padding=18)
        arrives.column.addWidget(Label("Where the money arrives", "panel_title"))
        arrives.column.addWidget(self.summary)
        arrives.column.addWidget(self.reach)
        self._orphan_card.column.addWidget(Label("Orphan capital", "panel_title"))
        self._orphan_card.column.addWidget(self.orphan_words)
        self._orphan_card.column.addWidget(self.orphans)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        column.addWidget(arrives)
        column.addWidget(self._orphan_card)
        column.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Where the money arrives")
        self.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)

    def refresh(self) -> None:
        """Show the active scenario as it is now."""
        strategy, ledger = self._session.seen, self._session.ledger
        if ledger is None:
            return
        reached, orphans = listing.reaches(ledger)
        placed = ledger.totals.placed
        lost = sum(row.placed for row in orphans)
        currency = strategy.header.currency
        self.summary.setText(_summary(placed, lost, currency))
        rows = [self._row(strategy, found, placed, "outcome") for found in reached[: MOST - 1]]
        rows.append(self._row(strategy, Reach(None, NOWHERE, lost), placed, ""))
        self.reach.set_rows(rows, max(0, len(reached) - MOST + 1))
        self._orphan_card.setVisible(bool(orphans))
        share = (
            f"{numerals.percent(lost / placed, 1)} of what is placed reaches no outcome." if placed else ""
        )
        self.orphan_words.setText(f"{share} Connect it on the map, or stop paying for it.")
        rows = [self._row(strategy, found, placed, "initiative") for found in orphans[:MOST]]
        self.orphans.set_rows(rows, max(0, len(orphans) - MOST))

    def _row(self, strategy: Strategy, found: Reach, placed: int, kind: str) -> BarRow:
        theme, currency = self._session.theme, strategy.header.currency
        share = found.placed / placed if placed else 0.0
        words = wording.money_short(found.placed, currency)
        node = strategy.find(Node, found.node)
        pool = strategy.find(Pool, node.pool) if node is not None else None
        return BarRow(
            key=found.node,
            name=found.name or wording.UNTITLED,
            amount=f"{words} + ?" if found.unknown else words,
            share=round(200 * share) / 200,  # a difference of less than a pixel need not be painted
            aside=numerals.percent(share) if placed else "",
            kind=kind if found.node is not None else "",
            colour=theme.pool(pool.colour).colour if pool else theme.kinds["outcome"].stroke,
            hatched=found.node is None and found.name == NOWHERE,
        )


def _summary(placed: int, lost: int, currency: str) -> str:
    if not placed:
        return "Nothing is placed yet."
    arrives, whole = (numerals.money_short(part, currency) for part in (placed - lost, placed))
    return f"{arrives} of {whole} reaches an outcome."
