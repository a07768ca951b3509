"""Beside the table: why the best plan is the best, what would make it better, and what was assumed for that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import Cancelled, ProdleadError
from prodlead_desktop.ui.allocate import reasoning
from prodlead_desktop.ui.allocate.reasoning import Reasons
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import Card
from prodlead_desktop.ui.style.roles import speak_as
from prodlead_desktop.ui.tasks import Monitor, Task, Tasks

TEACH = (
    "Finds the best plan under the rules of “{}” and says what holds it up, what to move, and what each bet is worth. "
    "Nothing is changed."
)
WORKING = "Working it out; the cross at the bottom stops it."
STALE = "The strategy has changed since."


class _Group(Card):
    """Sentences under a heading; Tab goes from one to the next, which scrolls it into sight."""

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        super().__init__(padding=18)
        speak_as(self, "Grouping")
        self.title, self.sentences = title, tuple(sentences)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(sentences))
        self.column.addWidget(Label(title, "panel_title"))
        for sentence in sentences:
            self.column.addWidget(Label(sentence, "body", "text", wrap=True))


class WhyPanel(QScrollArea):
    """A button that asks, then a verdict and sentences under headings; it says when they are of an earlier state."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._task: Task | None = None
        self._of: tuple[Strategy, str | None] | None = None  # what the reasons are of
        self.reasons: Reasons | None = None
        self._problem = ""
        self.verdict = Label("", "panel_title", wrap=True)
        self.state = Label("", "label", "text2", wrap=True)
        self.button = Button("Explain the best plan", "ink", "lightbulb")
        self.button.setAccessibleName("Explain the best plan")
        self.button.clicked.connect(self.ask)
        self.groups: list[_Group] = []
        self._lay_out()
        session.scenario_changed.connect(self.refresh)

    def _lay_out(self) -> None:
        head = Card(padding=18)
        for widget in (self.verdict, self.state):
            head.column.addWidget(widget)
        head.column.addSpacing(4)
        head.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(12)
        self._column.addWidget(head)
        self._column.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Why the best plan is the best")
        self.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)

    # ------------------------------------------------------------ asking

    def ask(self) -> None:
        """Work it out for the active scenario beside the window; a second press while that goes on does nothing."""
        strategy, scenario = self._session.strategy, self._session.scenario
        if self._task is not None or scenario is None:
            return

        def work(monitor: Monitor) -> Reasons:
            def cancelled() -> bool:
                try:
                    monitor.step()
                except Cancelled:
                    return True
                return False

            return reasoning.reasons(strategy, scenario, cancelled)

        def done(found: Reasons) -> None:
            self.reasons, self._of, self._problem = found, (strategy, scenario), ""
            self._show_groups()

        self._problem = ""
        self._task = self._tasks.run("Explaining the best plan", work, done, self._fail)
        self._task.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self.refresh()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, ProdleadError):
            raise error  # ours: the crash dialog's business
        if not isinstance(error, Cancelled):
            self._problem = str(error)

    def _ended(self) -> None:
        self._task = None
        self.refresh()

    # ------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Show what is known, and whether it is of the strategy as it is now."""
        scenario = self._session.strategy.find(Scenario, self._session.scenario)
        name = scenario.name if scenario is not None else ""
        found = self.reasons if self._of is not None and self._of[1] == self._session.scenario else None
        fresh = self._of is not None and self._of[0] is self._session.strategy
        self.verdict.setText(found.verdict if found is not None else "Why is the best plan the best?")
        if self._task is not None:
            words = WORKING
        elif self._problem:
            words = self._problem
        elif found is None:
            words = TEACH.format(name)
        else:
            words = f"Under the rules of “{name}”." if fresh else f"Under the rules of “{name}”. {STALE}"
        self.state.setText(words)
        self.button.setEnabled(self._task is None and scenario is not None)
        self.button.set_text("Explain again" if found is not None else "Explain the best plan")
        self.button.setVisible(found is None or not fresh or self._task is not None or bool(self._problem))
        for card in self.groups:
            card.setVisible(found is not None)

    def _show_groups(self) -> None:
        """Cards of the new sentences in the place of the old ones."""
        for card in self.groups:
            card.setParent(None)
            card.deleteLater()
        self.groups = []
        assert self.reasons is not None
        for title, rows in self.reasons.groups:
            card = _Group(title, rows)
            self._column.insertWidget(self._column.count() - 1, card)
            self.groups.append(card)
        self.refresh()
