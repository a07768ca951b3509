"""Which scenarios and charts Compare shows, and which two it sets against each other: view state, never in the file."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.chart import Chart, charts
from prodlead_desktop.ui.session import Session

KEY = "compare"
MOST = 6


class Showing(QObject):
    """What is shown, shared by the tool row, the page and the actions; remembered with the document's views."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._hidden: set[str] = set()
        self._left_out: set[str] = set()
        self._pair: tuple[str, str] | None = None
        self._restore()

    @staticmethod
    def of(session: Session) -> Showing:
        """The one of a session, made when first asked for."""
        found = session.findChild(Showing)
        return found if isinstance(found, Showing) else Showing(session)

    # -- scenarios

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The ids of the scenarios shown, in their order, six at most."""
        every = self._session.strategy.ordered(Scenario)
        return tuple(scenario.id for scenario in every if scenario.id not in self._hidden)[:MOST]

    def is_shown(self, scenario: str) -> bool:
        """Whether a scenario is shown."""
        return scenario in self.scenarios

    def toggle(self, scenario: str) -> None:
        """Show or hide a scenario; BadInput when it would be a seventh or the last one is hidden."""
        shown = self.scenarios
        if scenario in shown:
            if len(shown) == 1:
                raise BadInput("One scenario stays.", "Show another one first.")
        elif len(shown) >= MOST:
            raise BadInput(f"A chart compares {MOST} scenarios at most.", "Hide one first.")
        every = {one.id for one in self._session.strategy.ordered(Scenario)}
        self._hidden = (every - set(shown)) ^ {scenario}  # one that had no room does not come in by itself
        self._keep()

    @property
    def has_money(self) -> bool:
        """Whether any scenario shown gives anything to anybody."""
        totals = [capital.totals(self._session.strategy, scenario) for scenario in self.scenarios]
        return any(one.placed or one.unknown for one in totals)

    # -- charts

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts shown, in order."""
        return tuple(chart for chart in charts() if chart.name not in self._left_out)

    def toggle_chart(self, name: str) -> None:
        """Show or leave out a chart; BadInput when none would be left."""
        if name in self._left_out:
            self._left_out.discard(name)
        elif len(self.charts) == 1:
            raise BadInput("One chart stays.", "Show another one first.")
        else:
            self._left_out.add(name)
        self._keep()

    def shown_by(self, chart: Chart) -> tuple[str, ...]:
        """The scenarios a chart shows: the pair when it takes two, else all that are shown."""
        return self.pair if chart.most == 2 else self.scenarios

    # -- two of them

    @property
    def pair(self) -> tuple[str, ...]:
        """From and to: as chosen, else from the first shown to the plan of record, the active one or the second."""
        shown = self.scenarios
        if self._pair is not None and set(self._pair) <= set(shown):
            return self._pair
        if len(shown) < 2:
            return shown
        plan = scenarios.plan_of_record(self._session.strategy)
        wanted = (plan.id if plan else None, self._session.scenario, shown[1])
        return shown[0], next(one for one in wanted if one in shown[1:])

    def set_pair(self, end: int, scenario: str) -> None:
        """Choose where to compare from (0) or to (1); taking the other end's scenario swaps the two."""
        before, after = self.pair
        ends = [before, after]
        if scenario == ends[1 - end]:
            ends.reverse()
        else:
            ends[end] = scenario
        self._pair = (ends[0], ends[1])
        self._keep()

    def swap(self) -> None:
        """Compare the other way round; BadInput without two scenarios."""
        if len(self.pair) != 2:
            raise BadInput("There are no two scenarios to swap.", "Show a second one.")
        self.set_pair(0, self.pair[1])

    # -- remembering

    def _keep(self) -> None:
        found = {"hidden": sorted(self._hidden), "left_out": sorted(self._left_out), "pair": self._pair}
        self._session.kept[KEY] = json.dumps(found)
        self.changed.emit()

    def _restore(self) -> None:
        try:
            found = json.loads(self._session.kept.get(KEY, "{}"))
            self._hidden = {str(one) for one in found.get("hidden", ())}
            self._left_out = {str(one) for one in found.get("left_out", ())}
            before, after = found.get("pair") or (None, None)
        except (ValueError, TypeError, AttributeError):
            return
        self._pair = (str(before), str(after)) if before and after else None
        if not self.charts:
            self._left_out = set()
