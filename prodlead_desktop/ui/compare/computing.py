"""Charts that take seconds to compute: read beside the window, with progress and stop, and marked when out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.numerals import Notation
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import Cancelled
from prodlead_desktop.figures.chart import Reading
from prodlead_desktop.ui.tasks import Monitor, Task

if TYPE_CHECKING:
    from prodlead_desktop.ui.compare.card import ChartCard
    from prodlead_desktop.ui.main_window import MainWindow

ROOM = 240  # pixels that a chart will need, about
REST_MS = 700  # edits that follow each other more closely are computed once
TITLE = "Simulating scenarios"
FIRST, ANEW = "Computing…", "Out of date, computing anew…"
NOT_YET, OLD = "Not computed yet.", "Out of date"


@dataclass(frozen=True, slots=True)
class _Question:
    """What a card's numbers belong to; the same strategy is the same object."""

    strategy: Strategy
    scenarios: tuple[str, ...]
    notation: Notation

    def same(self, other: _Question | None) -> bool:
        return (
            other is not None
            and self.strategy is other.strategy
            and (self.scenarios, self.notation) == (other.scenarios, other.notation)
        )


class Computing(QObject):
    """Keeps the slow cards of one page up to date: after a rest, one task for all of them, the newest question wins."""

    changed = Signal()  # a card shows other numbers

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._answered: dict[ChartCard, _Question] = {}
        self._asked: dict[ChartCard, _Question] = {}
        self._stopped: dict[ChartCard, _Question] = {}
        self._task: Task | None = None
        self._under_way: dict[ChartCard, _Question] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._start)

    def follow(self, strategy: Strategy, cards: Sequence[tuple[ChartCard, tuple[str, ...]]]) -> None:
        """These cards are shown, each with these scenarios of this strategy."""
        notation = numerals.notation()
        self._asked = {card: _Question(strategy, scenarios, notation) for card, scenarios in cards}
        for card, question in self._asked.items():
            if question.same(self._answered.get(card)):
                card.show_reading(card.reading)
                card.set_state("")
            elif question.same(self._stopped.get(card)):
                self._say_stopped(card)
            else:
                self._say_computing(card)
        if self._stale() and not self._busy_with(self._stale()):
            self._rest.start()

    def again(self, card: ChartCard) -> None:
        """Compute now what was stopped; nothing happens when the card is up to date."""
        self._stopped.pop(card, None)
        if card in self._stale():
            self._say_computing(card)
            self._start()

    def _stale(self) -> dict[ChartCard, _Question]:
        return {
            card: question
            for card, question in self._asked.items()
            if not question.same(self._answered.get(card)) and not question.same(self._stopped.get(card))
        }

    def _busy_with(self, wanted: dict[ChartCard, _Question]) -> bool:
        return self._task is not None and all(
            question.same(self._under_way.get(card)) for card, question in wanted.items()
        )

    def _start(self) -> None:
        wanted = self._stale()
        if not wanted or self._busy_with(wanted):
            return
        if self._task is not None:
            self._task.cancel()
        charts = [(card, card.chart, question) for card, question in wanted.items()]

        def work(monitor: Monitor) -> list[Reading]:
            found = []
            for number, (_, chart, question) in enumerate(charts):

                def step(share: float | None, number: int = number) -> None:
                    monitor.step(None if share is None else (number + share) / len(charts))

                found.append(chart.of(question.strategy, question.scenarios, step))
            return found

        tasks = self._window.tasks
        task = Task(
            TITLE, work, lambda found: self._done(task, found), lambda error: self._failed(task, error), tasks
        )
        self._task, self._under_way = task, wanted
        tasks.show(task)
        task.start()

    def _done(self, task: Task, found: list[Reading]) -> None:
        if task is not self._task:
            return
        answered, self._task, self._under_way = self._under_way, None, {}
        for (card, question), reading in zip(answered.items(), found, strict=True):
            self._answered[card] = question
            if question.same(self._asked.get(card)):
                card.hold_room(0)
                card.show_reading(reading)
                card.set_state("")
        self.changed.emit()
        if self._stale():
            self._rest.start()

    def _failed(self, task: Task, error: BaseException) -> None:
        if task is not self._task:  # a newer question has taken its place
            return
        stopped, self._task, self._under_way = self._under_way, None, {}
        for card, question in stopped.items():
            self._stopped[card] = question
            if question.same(self._asked.get(card)):
                self._say_stopped(card)
        self.changed.emit()
        if not isinstance(error, Cancelled):
            self._window.problems.report(error)

    def _say_computing(self, card: ChartCard) -> None:
        if card in self._answered:
            card.set_state(ANEW)
        else:
            card.show_reading(Reading(card.chart.title, empty=FIRST))
            card.hold_room(ROOM)
            card.set_state("")

    def _say_stopped(self, card: ChartCard) -> None:
        if card in self._answered:
            card.set_state(OLD, "Compute anew")
        else:
            card.show_reading(Reading(card.chart.title, empty=NOT_YET))
            card.set_state("", "Compute")
