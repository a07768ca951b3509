"""The page of Compare: chart cards in columns, one of them large when asked, or what has to be done first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.figures.chart import charts
from prodlead_desktop.ui.compare.card import ChartCard, parent_card
from prodlead_desktop.ui.compare.computing import Computing
from prodlead_desktop.ui.compare.rendering import Renderer
from prodlead_desktop.ui.compare.showing import Showing
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.panels import EmptyState
from prodlead_desktop.ui.style.roles import speak_as

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

GAP = 16
TWO_FROM = 1060  # a narrower page has one column
READ_MS = 60  # edits that follow each other more closely are read once
TOUCHED = frozenset(
    "node level allocation scenario pool band effect header future shift dependency link".split()
)
ON_CARD = (
    "compare.large",
    "compare.table",
    "compare.again",
    "compare.copy",
    "compare.numbers",
    "compare.save",
)


class ComparePage(QWidget):
    """Chart cards that follow the strategy; a page that is not seen follows when it is shown."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        speak_as(self, "Grouping")
        self._session, self._window = session, window
        self.showing = Showing.of(session)
        self._renderer = Renderer(self)
        self.computing = Computing(window, self)
        self.cards = {chart.name: self._made(ChartCard(chart, self._renderer)) for chart in charts()}
        self._current: ChartCard = next(iter(self.cards.values()))
        self._large: ChartCard | None = None
        self._columns, self._wide = [QVBoxLayout(), QVBoxLayout()], QVBoxLayout()
        self.area = QScrollArea()
        self.no_scenario, self.no_money = self._teach(), self._teach_money()
        self.no_initiative = self._teach_initiative()
        self._stack = QStackedWidget()
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READ_MS)
        self._soon.timeout.connect(self.refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        session.changed.connect(self._on_changes)
        session.theme_changed.connect(self._soon.start)
        self.showing.changed.connect(self.refresh)
        self.computing.changed.connect(self._arrange)
        self.computing.changed.connect(window.table.refresh)

    def _made(self, card: ChartCard) -> ChartCard:
        card.focused.connect(lambda: self._set_current(card))
        card.more_wanted.connect(self._pop)
        card.again_wanted.connect(lambda: self.computing.again(card))
        self._window.table.bind(card, "chart")
        self._window.table.bind(card.numbers, "chart")
        return card

    def _lay_out(self) -> None:
        holder = QWidget()
        for card in self.cards.values():
            card.setParent(holder)
        row = self._row = QHBoxLayout()
        for column in self._columns:
            column.setSpacing(GAP)
            row.addLayout(column, 1)
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(GAP, 12, GAP, 16)
        whole.setSpacing(GAP)
        whole.addLayout(row)
        whole.addLayout(self._wide)
        whole.addStretch(1)
        self._wide.setSpacing(GAP)
        self.area.setWidget(holder)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName("Charts")
        self.area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        for page in (self.area, self.no_scenario, self.no_money, self.no_initiative):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _teach(self) -> EmptyState:
        return EmptyState(
            "chart-column",
            "Make two scenarios to compare",
            "A scenario is what the room could choose: a budget, and what each initiative gets of it. "
            "Charts show them side by side.",
            ("New scenario", lambda: self._window.table.run("allocate.new")),
            ("open the sample", lambda: self._window.table.run("file.sample")),
        )

    def _teach_money(self) -> EmptyState:
        return EmptyState(
            "sliders-horizontal",
            "Place some money first",
            "No scenario shown here gives any initiative anything. Charts compare what they give, and to whom.",
            ("Go to Allocate", self._go_to_allocate),
            ("open the sample", lambda: self._window.table.run("file.sample")),
        )

    def _go_to_allocate(self) -> None:
        if self._window.body is not None:
            self._window.body.show_workspace("allocate")

    def _teach_initiative(self) -> EmptyState:
        return EmptyState(
            "rocket",
            "Draw the initiatives first",
            "Initiatives are what scenarios give money to. Hang them below the outcomes they serve.",
            ("Go to Map", self._window.show_map),
            ("open the sample", lambda: self._window.table.run("file.sample")),
        )

    @property
    def shows_charts(self) -> bool:
        """Whether there is anything to compare."""
        return self._stack.currentWidget() is self.area

    def _place(self) -> QWidget:
        """The charts, or what has to be done before there is anything to compare."""
        strategy = self._session.strategy
        if not strategy.all(Scenario):
            return self.no_scenario
        if not any(node.kind == "initiative" for node in strategy.all(Node).values()):
            return self.no_initiative
        return self.area if self.showing.has_money else self.no_money

    # -- what is shown

    def refresh(self) -> None:
        """Read the strategy anew and arrange the cards; nothing happens while the page is not seen."""
        if not self.isVisible():
            return
        strategy = self._session.strategy
        place = self._place()
        self._stack.setCurrentWidget(place)
        if place is not self.area:
            return
        slow = []
        for chart in self.showing.charts:
            card, scenarios = self.cards[chart.name], self.showing.shown_by(chart)
            if chart.slow:
                slow.append((card, scenarios))
            else:
                card.show_reading(chart.of(strategy, scenarios))
        self.computing.follow(strategy, slow)
        self._arrange()

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.tables() & TOUCHED:
            self._soon.start()

    def _arrange(self) -> None:
        """Each card below the shorter column, wide ones below both; one column when narrow, one card when large."""
        two = self.width() >= TWO_FROM and self._large is None
        heights = [0, 0]
        shown = {chart.name for chart in self.showing.charts}
        if self._large is not None and self._large.chart.name not in shown:
            self._large = None
        for column in (*self._columns, self._wide):
            while column.count():
                column.takeAt(0)
        for name, card in self.cards.items():
            seen = name in shown and self._large in (None, card)
            card.picture.set_large(card is self._large)
            card.setVisible(seen)
            if seen and two and card.chart.wide:
                self._wide.addWidget(card)
            elif seen:
                at = heights.index(min(heights)) if two else 0
                self._columns[at].addWidget(card)
                heights[at] += card.picture.height() + 150 if card.reading.empty is None else 150
        for column in self._columns:
            column.addStretch(1)
        self._row.setStretch(1, 1 if two else 0)
        self._row.setSpacing(GAP if two else 0)

    # -- one card

    @property
    def current(self) -> ChartCard:
        """The card that keys and the menu act on."""
        card = parent_card(self.window().focusWidget())
        if card is not None and card in self.cards.values():
            return card
        shown = [self.cards[chart.name] for chart in self.showing.charts]
        return self._current if self._current in shown else shown[0]

    def _set_current(self, card: ChartCard) -> None:
        self._current = card
        if self._large is None:
            self.area.ensureWidgetVisible(card, 0, 24)

    @property
    def large(self) -> ChartCard | None:
        """The card that fills the page."""
        return self._large

    def set_large(self, card: ChartCard | None) -> None:
        """Let one card fill the page, or show all of them again."""
        before, self._large = self._large, card
        self._arrange()
        focus = card or before
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pop(self) -> None:
        table, menu = self._window.table, QMenu(self)
        table.refresh()
        for row_id in ON_CARD:
            menu.addAction(table.actions[row_id])
            if row_id == "compare.copy" and self._current.reading.empty is None:
                table.fill_choices(menu.addMenu(table.actions["compare.copy_as"].text()), "compare.copy_as")
        if self._current.chart.most == 2:
            menu.addSeparator()
            for row_id in ("compare.from", "compare.to"):
                table.fill_choices(menu.addMenu(table.actions[row_id].text()), row_id)
            menu.addAction(table.actions["compare.swap"])
        menu.aboutToHide.connect(menu.deleteLater)
        more = self._current.more
        under = more.mapToGlobal(more.rect().bottomLeft())
        menu.popup(under if more.underMouse() or not self.underMouse() else QCursor.pos())

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self._large is not None or self.current.as_table):
            if self.current.as_table:
                self.current.set_as_table(False)
            else:
                self.set_large(None)
            self._window.table.refresh()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._stack.currentWidget() is self.area:
            self.current.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() >= TWO_FROM) != (event.oldSize().width() >= TWO_FROM):
            self._arrange()
