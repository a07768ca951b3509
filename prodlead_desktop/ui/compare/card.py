"""A chart with everything that belongs to it: what it finds, its unit, the drawing or the table, and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.figures.chart import Chart, Reading
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.compare.numbers import NumbersView
from prodlead_desktop.ui.compare.picture import ChartPicture
from prodlead_desktop.ui.compare.rendering import Renderer
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import IconButton, Link
from prodlead_desktop.ui.style.labels import Divider, Label
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.panels import Card
from prodlead_desktop.ui.style.roles import speak_as


class ChartCard(Card):
    """One chart. It takes the focus: Enter makes it large, T shows the table."""

    more_wanted = Signal()
    again_wanted = Signal()
    focused = Signal()

    def __init__(self, chart: Chart, renderer: Renderer) -> None:
        super().__init__(padding=18)
        self.chart = chart
        self.reading = Reading(chart.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speak_as(self, "Chart")
        self.finding = Label("", "panel_title", wrap=True)
        self.unit = Label("", "label", "text2", wrap=True)
        self.state = Label("", "label", "text2")
        self.again = Link("")
        self.again.clicked.connect(self.again_wanted)
        self.picture = ChartPicture(chart, renderer)
        self.numbers = NumbersView()
        self.empty = Label("", "body", "text2", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.sentence = Label("", "body", wrap=True)
        self._line = Divider()
        self.more = IconButton("ellipsis", f"More for {chart.title}")
        self.more.clicked.connect(self._ask_more)
        self._as_table = False
        self._lay_out()
        self.numbers.setAccessibleName(f"{chart.title}, as a table")
        self.set_state("")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.finding)
        words.addWidget(self.unit)
        late = QHBoxLayout()
        late.setSpacing(8)
        late.addWidget(self.state)
        late.addWidget(self.again)
        late.addStretch(1)
        words.addLayout(late)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        for part in (self.picture, self.numbers, self.empty):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.column.addWidget(self._line)
        self.column.addWidget(self.sentence)

    # -- what it says

    def show_reading(self, reading: Reading) -> None:
        """Show other numbers: words at once, the drawing as soon as it is there."""
        self.reading = reading
        self.finding.setText(reading.finding)
        self.unit.setText(reading.unit)
        self.sentence.setText(reading.sentence)
        self.empty.setText(reading.empty or "")
        self.numbers.show_table(reading.table)
        self.picture.show_reading(reading)
        self.setAccessibleName(f"{self.chart.title}: {reading.finding}")
        self.setAccessibleDescription(reading.empty or f"{reading.unit}. {reading.sentence}".strip())
        self._arrange()

    def hold_room(self, pixels: int) -> None:
        """Keep so much height for what is to come, so that nothing below jumps when it is there."""
        self.empty.setMinimumHeight(pixels)

    def set_state(self, words: str, offer: str = "") -> None:
        """Say that the numbers are not those of the strategy as it is, and offer to compute them."""
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.again.setText(offer)
        self.again.setAccessibleName(f"{offer}: {self.chart.title}")
        self.again.setVisible(bool(offer))
        self.unit.setVisible(bool(self.reading.unit) and not words)  # in its place: the card does not jump

    @property
    def as_table(self) -> bool:
        """Whether the numbers are shown instead of the drawing."""
        return self._as_table

    def set_as_table(self, as_table: bool) -> None:
        """Show the numbers, or the drawing."""
        had = self.isAncestorOf(self.window().focusWidget() or self)
        self._as_table = as_table
        self._arrange()
        if had and not as_table:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif as_table and self.reading.table.rows:
            self.numbers.setFocus(Qt.FocusReason.OtherFocusReason)
            self.numbers.selectRow(0)

    def _arrange(self) -> None:
        nothing = self.reading.empty is not None
        table = self._as_table and bool(self.reading.table.rows)
        self.picture.setVisible(not nothing and not table)
        self.numbers.setVisible(table)
        self.empty.setVisible(nothing)
        self.unit.setVisible(bool(self.reading.unit) and not self.state.text())
        self._line.setVisible(bool(self.reading.sentence))
        self.sentence.setVisible(bool(self.reading.sentence))

    # -- how it is reached

    def _ask_more(self) -> None:
        self.focused.emit()
        self.more_wanted.emit()

    def contextMenuEvent(self, event: QEvent) -> None:
        self._ask_more()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.window().table.run("compare.large")  # type: ignore[attr-defined]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            theme = theme_of(self)
            rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            paint.box(QPainter(self), rect, WINDOW.card_radius - 1, None, theme.accent, 2)


def parent_card(widget: QWidget | None) -> ChartCard | None:
    """The card a widget stands on."""
    while widget is not None and not isinstance(widget, ChartCard):
        widget = widget.parentWidget()
    return widget
