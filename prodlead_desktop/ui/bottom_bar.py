"""The window's foot: scenario, budget, what runs, what is on disk, zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from prodlead_desktop.analysis.capital import Totals
from prodlead_desktop.document import DiskStatus
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.budget_bar import BudgetBar
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Chip, IconButton
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import Divider, ElidedLabel, Icon, Label, SteadyLabel
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.tasks import Tasks

AMBER_AFTER_MS = 1000


class DiskLabel(QWidget):
    """Which state is on disk: a mark and words, amber while waiting, red when it failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short, self._well = False, True
        self._icon = Icon("hard-drive", 16, "ok")
        self._words = Label("", "label", "text2")
        self._words.setMinimumWidth(
            round(paint.width_of("All changes on disk · 00:00", self._words.font())) + 2
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(7)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self._amber = QTimer(self)
        self._amber.setSingleShot(True)
        self._amber.setInterval(AMBER_AFTER_MS)
        self._amber.timeout.connect(lambda: self._say("hourglass", "warn", "Waiting for the disk…"))

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def set(self, status: DiskStatus, read_only: str | None) -> None:
        """Say where the newest change is."""
        if status.state != "writing":
            self._amber.stop()
        if read_only:
            self._say("lock", "warn", "Read only")
        elif status.state == "failed":
            self._say("square-x", "err", "Not on disk")
        elif status.state == "waiting":
            self._say("hourglass", "warn", "Waiting for the disk…")
        elif status.state == "writing":
            self._say("hard-drive", "text3", "Writing…")
            if not self._amber.isActive():
                self._amber.start()
        else:
            at = f" · {status.at.astimezone():%H:%M}" if status.at else ""
            self._say("hard-drive", "ok", f"All changes on disk{at}")

    def shorten(self, short: bool) -> None:
        """Without words as long as all is well, to make room; the tip has them."""
        self._short = short
        self._words.setVisible(not (short and self._well))

    def _say(self, icon: str, role: str, words: str) -> None:
        self._icon.set(icon, role)
        self._words.setText(words)
        self._well = role in ("ok", "text3")
        self.setToolTip(paint.plain_tip(words))
        self.setAccessibleName(words)
        self.shorten(self._short)
        self.setAccessibleName(words)


WORDS_FROM = 900  # a narrower bar says amounts without their words; they are in the bar's name and tip
LEAST_TITLE, SHORT_TITLE = 150, 80  # pixels; a longer title of a job may be cut, more so in a narrow window


class JobStrip(QWidget):
    """What is running now, how far it is, and a way to stop it."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._short = tasks, False
        self._title = ElidedLabel("", "label", "text2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(96, 14)
        self._bar.setAccessibleName("Progress")
        self._stop = IconButton("x", "Stop")
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._title, self._bar, self._stop):
            row.addWidget(part)
        tasks.changed.connect(self._show)
        self.hide()

    def _show(self) -> None:
        job = self._tasks.jobs[-1] if self._tasks.jobs else None
        self.setVisible(job is not None)
        if job is not None:
            self._title.set_text(job.title)
            self.shorten(self._short)
            self._stop.setAccessibleName(f"Stop: {job.title}")
            job.progressed.connect(self._progress)
            self._progress(job.share)

    def shorten(self, short: bool) -> None:
        """Leave the title less room."""
        self._short = short
        most = SHORT_TITLE if short else LEAST_TITLE
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), most))
        self._bar.setFixedWidth(72 if short else 96)

    def _progress(self, share: float | None) -> None:
        self._bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self._bar.setValue(round(share * 1000))

    def _cancel(self) -> None:
        if self._tasks.jobs:
            self._tasks.jobs[-1].cancel()


class ZoomTools(QWidget):
    """− 80 % + fit."""

    zoom_in = Signal()
    zoom_out = Signal()
    fit = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = Label("100 %", "label", "text2")
        self._share.setFixedWidth(48)
        self._share.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        parts = (("minus", "Zoom out", self.zoom_out), ("plus", "Zoom in", self.zoom_in))
        for icon, name, signal in (*parts, ("maximize", "Show the whole map", self.fit)):
            button = IconButton(icon, name)
            button.clicked.connect(lambda _=False, told=signal: told.emit())
            row.addWidget(button)
        row.insertWidget(1, self._share)

    def set(self, zoom: float) -> None:
        """Show a zoom factor."""
        self._share.setText(numerals.percent(zoom))


class BottomBar(Panel):
    """44 px over the whole width."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("surface", "top", parent)
        self._session = session
        self.setFixedHeight(WINDOW.bottom_bar)
        self.chip = Chip()
        self.chip.setAccessibleDescription("Active scenario")
        self.budget = BudgetBar()
        self._placed = SteadyLabel("", font(13, 600))
        self._of = SteadyLabel("", font(13, 400), "text2")
        self._left = SteadyLabel("", font(13, 600))
        self._left_word = SteadyLabel("", font(13, 400), "text2")
        self.disk = DiskLabel()
        self.zoom = ZoomTools()
        self._tasks = tasks
        self._lay_out(tasks)
        tasks.changed.connect(self._fit)
        session.changed.connect(lambda _: session.turns.later(self._show_money))
        session.scenario_changed.connect(self._show_money)
        session.previewed.connect(self._show_money)
        session.theme_changed.connect(self._show_money)
        session.disk_changed.connect(self._show_disk)
        session.changed.connect(lambda _: self._show_disk(session.disk))
        self._show_money()
        self._show_disk(session.disk)

    def _lay_out(self, tasks: Tasks) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.chip)
        row.addSpacing(10)
        self.budget.setMinimumWidth(60)
        row.addWidget(self.budget, 3)
        for gap, part in ((14, self._placed), (5, self._of), (16, self._left), (5, self._left_word)):
            row.addSpacing(gap)
            row.addWidget(part)
        row.addStretch(1)
        self._job = JobStrip(tasks)
        row.addWidget(self._job)
        row.addSpacing(16)
        row.addWidget(self.disk)
        row.addSpacing(10)
        row.addWidget(Divider(upright=True))
        row.addSpacing(6)
        row.addWidget(self.zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < WORDS_FROM
        for label in (self._of, self._left_word):
            label.setVisible(not narrow)
        self._job.shorten(narrow)
        self.disk.shorten(narrow and bool(self._tasks.jobs))

    def _show_money(self, _: object = None) -> None:
        session = self._session
        scenario, ledger = session.seen.find(Scenario, session.scenario), session.ledger
        self.chip.setVisible(True)
        if scenario is None or ledger is None:
            self.chip.set("No scenario yet")
            self.budget.set(session.strategy, None)
            for label in (self._placed, self._of, self._left, self._left_word):
                label.setText("")
            return
        look = session.theme.scenario(scenario.colour)
        self.chip.set(scenario.name, look.marker.sign, look.colour)
        self.budget.set(session.seen, ledger.totals)
        self._say(ledger.totals)

    def _say(self, totals: Totals) -> None:
        currency = self._session.strategy.header.currency
        known = "" if not totals.unknown else f" + {totals.unknown} unknown"
        self._placed.setText(numerals.money_short(totals.placed, currency))
        if totals.budget is None:
            self._of.setText(f"placed{known}, no budget yet")
            self._left.setText("")
            self._left_word.setText("")
        else:
            left = totals.budget - totals.placed
            self._of.setText(f"of {numerals.money_short(totals.budget, currency)} placed{known}")
            self._left.setText(numerals.money_short(abs(left), currency))
            self._left_word.setText("left" if left >= 0 else "over budget")
        said = " ".join(label.text() for label in (self._placed, self._of, self._left, self._left_word))
        self.budget.setAccessibleName(f"Budget: {said}")

    def _show_disk(self, status: DiskStatus) -> None:
        self.disk.set(status, self._session.document.read_only)
