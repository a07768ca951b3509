"""What a little more money adds, computed beside the window after every edit and handed to the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.tasks import Monitor, Tasks

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps

REST_MS = 120  # edits that follow each other more closely are computed once


class Stepping(QObject):
    """Follows the active scenario while somebody looks; ``found`` carries Steps, or None with ``problem`` said."""

    found = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self.problem = ""
        self._of: tuple[Strategy, str] | None = None  # what was computed or is being computed
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self._compute)

    def follow(self) -> bool:
        """Compute for the strategy as it is now, once it rests; False, and nothing happens, when that is known or on
        its way."""
        if self._wanted() == self._of:
            return False
        self._soon.start()
        return True

    def _wanted(self) -> tuple[Strategy, str] | None:
        scenario, strategy = self._session.scenario, self._session.strategy
        return (strategy, scenario) if strategy.find(Scenario, scenario) and scenario is not None else None

    def _compute(self) -> None:
        wanted = self._of = self._wanted()
        if wanted is None:
            self.found.emit(None)
            return

        def work(monitor: Monitor) -> Steps:
            from prodlead_desktop.analysis.next_steps import (
                next_steps,  # numpy, which the first window does not need
            )

            monitor.step()
            return next_steps(*wanted)

        self._tasks.run_quietly(
            "What more money adds", work, lambda steps: self._take(wanted, steps, ""), lambda e: self._fail(wanted, e)
        )  # fmt: skip

    def _fail(self, wanted: tuple[Strategy, str], error: BaseException) -> None:
        if isinstance(error, ProdleadError):
            self._take(wanted, None, str(error))
        else:
            raise error  # ours: the crash dialog's business

    def _take(self, wanted: tuple[Strategy, str], steps: Any, problem: str) -> None:
        if wanted is self._of:
            self.problem = problem
            self.found.emit(steps)
