"""The tool row of Compare: which scenarios and charts are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.figures.chart import charts
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.compare.showing import Showing
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.scenarios import life
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Button, Pressable
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.panels import Panel

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

PLAN_WORDS = "plan of record"
WIDEST = 240


class ScenarioSwitch(Pressable):
    """A scenario that is shown (a line round it) or not (dashed); with its marker, a lock when it is frozen."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFont(font(14, 600))
        self.setProperty("radius", WINDOW.button_height / 2)
        self._sign, self._colour, self._frozen, self._plan = "", "", False, False

    def show_scenario(
        self, scenario: Scenario, sign: str, colour: str, shown: bool, wide: bool, status: str
    ) -> None:
        """Look like this scenario; ``status`` is told under the pointer and to screen readers."""
        self._sign, self._colour = sign, colour
        self._frozen, self._plan = scenario.status == "frozen", scenario.status == scenarios.PLAN and wide
        self.setChecked(shown)
        self.set_text(scenario.name or wording.UNTITLED)
        state = f" ({status[0].lower()}{status[1:]})" if status else ""
        self.setAccessibleName(f"Show {self.text()}{state}")
        self.setToolTip(paint.plain_tip(f"{'Hide' if shown else 'Show'} {self.text()}{state}"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = 44 + paint.width_of(self.text(), self.font()) + (20 if self._frozen else 0)
        width += paint.width_of(PLAN_WORDS, font(12.5, 500)) + 24 if self._plan else 0
        return QSize(min(round(width), WIDEST), WINDOW.button_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        paint.box(painter, rect, radius, self._ground(theme, theme.surface))
        painter.setPen(paint.pen(theme.line2, 1.0, None if self.isChecked() else (3, 3)))
        painter.drawRoundedRect(inner, radius, radius)
        paint.marker(painter, QRectF(14, rect.center().y() - 5, 10, 10), self._sign, self._colour)
        room = rect.width() - 44 - (20 if self._frozen else 0)
        taken = paint.width_of(PLAN_WORDS, font(12.5, 500)) + 24 if self._plan else 0.0
        colour = theme.text if self.isChecked() else theme.text2
        used = paint.text(
            painter, QRectF(31, 0, room - taken, rect.height()), self.text(), self.font(), colour
        )
        left = 31 + used + 8
        if self._frozen:
            icons.draw(painter, "lock", QRectF(left, rect.center().y() - 7, 14, 14), theme.text2)
        if self._plan:
            pill = QRectF(left, rect.center().y() - 10, taken - 8, 20)
            paint.box(painter, pill, 10, theme.ok.soft)
            paint.text(painter, pill.adjusted(8, 0, -6, 0), PLAN_WORDS, font(12.5, 500), theme.ok.text)


class CompareTools(Panel):
    """A switch per scenario, a new one, and which charts."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__("surface", "bottom")
        self._session, self._window = session, window
        self._showing = Showing.of(session)
        self.setFixedHeight(WINDOW.tool_row)
        self.switches: dict[str, ScenarioSwitch] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self._place = QHBoxLayout()
        self._place.setSpacing(8)
        self.every = Button("Scenarios", "ghost", "layers")
        self.every.menu_mark = True
        self.every.clicked.connect(partial(window.table.pop_choices, self.every, "compare.scenarios"))
        self.new = Button("Scenario", "ghost", "plus")
        self.new.setAccessibleName("New scenario")
        self.new.clicked.connect(lambda: window.table.run("allocate.new"))
        self.charts = Button("Charts", "ghost", "layout-dashboard")
        self.charts.menu_mark = True
        self.charts.clicked.connect(partial(window.table.pop_choices, self.charts, "compare.charts"))
        self.export = Button("Save chart…", "outline", "download")
        self.export.clicked.connect(lambda: window.table.run("compare.save"))
        self._row.addLayout(self._place)
        self._row.addWidget(self.every)
        self._row.addWidget(self.new)
        self._row.addStretch(1)
        self._row.addWidget(self.charts)
        self._row.addWidget(self.export)
        session.changed.connect(lambda _: self.refresh())
        session.theme_changed.connect(self.refresh)
        self._showing.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Follow scenarios and what is shown; what has no room stands in the menu."""
        strategy, theme = self._session.strategy, self._session.theme
        every = strategy.ordered(Scenario)
        for gone in set(self.switches) - {scenario.id for scenario in every}:
            self.switches.pop(gone).deleteLater()
        wide = self.width() >= 1250
        room = (
            self.width()
            - 32
            - sum(
                button.sizeHint().width() + 8 for button in (self.every, self.new, self.charts, self.export)
            )
        )
        for number, scenario in enumerate(every):
            if scenario.id not in self.switches:
                self.switches[scenario.id] = switch = ScenarioSwitch()
                switch.clicked.connect(partial(self._toggle, scenario.id))
            switch, look = self.switches[scenario.id], theme.scenario(scenario.colour)
            switch.show_scenario(
                scenario, look.marker.sign, look.colour, self._showing.is_shown(scenario.id), wide,
                life.status_words(strategy, scenario),
            )  # fmt: skip
            self._place.insertWidget(number, switch)
            room -= switch.sizeHint().width() + 8
            switch.setVisible(room >= 0)
        shown, whole = len(self._showing.charts), len(charts())
        self.charts.set_text(f"Charts {shown} of {whole}")
        self.every.set_text(f"{len(self._showing.scenarios)} of {len(every)}" if every else "Scenarios")
        self.every.setAccessibleName("Scenarios shown")
        self.every.setVisible(bool(every) and room < 0)
        self.export.setEnabled(bool(every) and self._showing.has_money)

    def _toggle(self, scenario: str) -> None:
        self._window.problems.run(lambda: self._showing.toggle(scenario))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()
