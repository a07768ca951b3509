"""Keeps the forecasts of the active scenario up to date while a lens shows them, beside the window and after a rest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.card import Forecast
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.ui.notice import Notice

if TYPE_CHECKING:
    from prodlead_desktop.ui.session import Session
    from prodlead_desktop.ui.tasks import Monitor, Task, Tasks

REST_MS = 400
KEY = "forecast"
Forecasts = Mapping[str, Forecast]
NONE: Forecasts = MappingProxyType({})


class Forecasting(QObject):
    """One document's forecasts; they belong to a strategy and a scenario, and are made anew when either is another."""

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._made: tuple[Strategy, str | None] | None = None
        self._task: Task | None = None
        self._refused = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._make)
        session.changed.connect(self._soon)
        session.view_changed.connect(self._soon)
        session.scenario_changed.connect(self._soon)
        self._soon()

    def _wanted(self) -> bool:
        lens = lenses().get(self._session.lens)
        return lens is not None and lens.forecasts and self._session.scenario is not None

    def _soon(self) -> None:
        session = self._session
        if not self._wanted():
            self._show(NONE)
            self._made = None
        elif self._made is None or self._made[0] is not session.strategy or self._made[1] != session.scenario:
            self._rest.start()

    def _make(self) -> None:
        session = self._session
        strategy, scenario = session.strategy, session.scenario
        if not self._wanted() or scenario is None:
            return
        if self._task is not None:
            self._task.cancel()

        def work(monitor: Monitor) -> tuple[Forecasts, str]:
            return _forecasts(strategy, scenario, monitor)

        def done(found: tuple[Forecasts, str]) -> None:
            if (session.strategy, session.scenario) == (strategy, scenario) and self._wanted():
                self._made = strategy, scenario
                self._say(found[1])
                self._show(found[0])

        self._task = self._tasks.run_quietly("Forecasting", work, done)

    def _show(self, found: Forecasts) -> None:
        if found != self._session.forecasts:
            self._session.forecasts = found
            self._session.view_changed.emit()

    def _say(self, refused: str) -> None:
        if refused and refused != self._refused:
            self._session.notice.emit(Notice(f"There is no forecast. {refused}", "warn", key=KEY))
        self._refused = refused


def _forecasts(strategy: Strategy, scenario: str, monitor: Monitor) -> tuple[Forecasts, str]:
    from prodlead_desktop.analysis.forecast import forecast  # numbers are not needed by the first frame

    try:
        found = forecast(strategy, scenario, monitor.step)
    except BadInput as error:
        return NONE, str(error)
    return MappingProxyType({node: Forecast(*shares) for node, shares in found.items()}), ""
