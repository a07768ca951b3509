"""The threshold card: from, to, by when, because, wrong if, with a light that stays grey while the text is noise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import clarity, numerals, tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.clarity import Light
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.form import GAP, Form
from prodlead_desktop.ui.inspector.reading_now import ReadingNow
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.labels import Divider, Icon, Label
from prodlead_desktop.ui.style.palette import theme_of

SHOWN = (
    "metric", "unit", "baseline", "target", "deadline", "deadline_precision", "because", "threshold", "owner",
    "wrong_if",
)  # fmt: skip
TOUCHED = frozenset("node reading level allocation scenario header".split())
LOOKS = {
    Light.CLEAR: ("circle-check", "ok"),
    Light.DIRECTION: ("triangle-alert", "warn"),
    Light.NOISE: ("circle-dashed", "text3"),
}


class ThresholdPage(QWidget):
    """One outcome as a claim that can fail."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self._session = session
        self._node: str | None = None
        self.light = ClarityBanner()
        self.form = _claim(session, kind)
        self.now = ReadingNow(session)
        self.money = Label("", "label", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.light, self.form, Divider(), self.now, self.money):
            column.addWidget(widget)
        column.addStretch(1)

    def bind(self, node_id: str) -> None:
        """Show another outcome."""
        self._node = node_id
        self.form.bind(node_id)
        self.now.bind(node_id)
        self._show_light()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet."""
        self.form.refresh(changes)
        if changes is None or changes.tables() & TOUCHED:
            self.now.refresh()
            self._show_light()

    def flush(self) -> bool:
        """Write what is typed."""
        return self.form.flush() and self.now.flush()

    def _show_light(self) -> None:
        strategy = self._session.strategy
        node = strategy.find(Node, self._node)
        if node is None or not isinstance(node.data, OutcomeData):
            return
        self.light.show_clarity(clarity.of_outcome(node.data))
        self.money.setText(arriving(self._session, node.id))


def _claim(session: Session, kind: Kind) -> Form:
    form = Form(session, Node, kind.data)
    form.add_row(form.make("metric"), form.make("unit"), stretch=(27, 10))
    row = form.add_row(
        form.make("baseline", big=True),
        form.make("target", big=True),
        form.make("deadline", big=True),
        stretch=(10, 10, 11),
    )
    row.insertWidget(1, _Arrow(), 0, Qt.AlignmentFlag.AlignTop)
    form.add("because")
    form.add_row(form.make("threshold"), form.make("owner"), stretch=(3, 5))
    form.add("wrong_if")
    return form


def arriving(session: Session, node_id: str) -> str:
    """What money reaches a node in the active scenario: "€1.54 M arrives from 3 initiatives in Balanced."."""
    strategy = session.strategy
    scenario = strategy.find(Scenario, session.scenario)
    if scenario is None:
        return "No scenario yet: no money arrives."
    below = [node.id for node in tree.preorder(strategy, node_id) if node.kind == "initiative"]
    funded = [initiative for initiative in below if capital.is_funded(strategy, scenario.id, initiative)]
    paid = [capital.cost(strategy, scenario.id, initiative) for initiative in funded]
    if not paid:
        return f"No money arrives in {scenario.name}."
    known = sum(amount for amount in paid if amount is not None)
    sum_words = numerals.money_short(known, strategy.header.currency)
    if None in paid:
        sum_words += " and an amount nobody knows yet"
    return f"{sum_words} arrives from {wording.count(len(paid), 'initiative')} in {scenario.name}."


class ClarityBanner(QWidget):
    """The light with its sentence and what is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._level: str | None = None
        self._mark = Icon("circle-dashed", WINDOW.icon_large, "text3")
        self._sentence = Label("", "strong")
        self._reason = Label("", "label", "text", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._sentence)
        words.addWidget(self._reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 10, 12, 10)
        row.setSpacing(11)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self._sentence.text()}. {self._reason.text()}"

    def show_clarity(self, found: clarity.Clarity) -> None:
        """Show a light."""
        icon, role = LOOKS[found.light]
        self._level = role if role in ("ok", "warn") else None
        self._mark.set(icon, role)
        self._sentence.setText(found.sentence)
        self._reason.setText(found.reason)
        self.setAccessibleName(f"Clarity: {self.words}")
        self._colour()
        self.update()

    def _colour(self) -> None:
        theme = theme_of(self)
        palette = self._sentence.palette()
        colour = getattr(theme, self._level).text if self._level else theme.text
        palette.setColor(self._sentence.foregroundRole(), colour)
        self._sentence.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        ground = getattr(theme, self._level).soft if self._level else theme.sunken
        paint.box(QPainter(self), QRectF(self.rect()), WINDOW.popover_radius, ground)


class _Arrow(QWidget):
    """Points from the baseline to the target, at the height of their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(14, 70)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "arrow-right", QRectF(-1, 39, 16, 16), theme_of(self).text2)
