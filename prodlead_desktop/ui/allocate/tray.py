"""The tray below the map: money that reaches no outcome, its share, and whose it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.domain import numerals
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Button, Link
from prodlead_desktop.ui.style.flow import FlowLayout
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import Icon, Label, SteadyLabel
from prodlead_desktop.ui.style.palette import theme_of

MOST, LONGEST = 3, 190.0  # orphans that are named, pixels of a name


class OrphanTray(QWidget):
    """Dashed, as nothing holds it; a name selects its initiative, the button goes to the map to connect it."""

    chosen = Signal(str)

    def __init__(self, connect: Callable[[str], object]) -> None:
        super().__init__()
        self._orphans: tuple[str, ...] = ()
        self._sum = SteadyLabel("", font(14, 600))
        self._share = SteadyLabel("", font(13), "text2")
        self.links = [Link("") for _ in range(MOST)]
        self._more = Label("", "label", "text3")
        self.connect_it = Button("Connect on the map", "outline", "unplug")
        self._connect = connect
        self.connect_it.clicked.connect(self._go)
        head, names = QHBoxLayout(), QWidget()
        head.setSpacing(8)
        for part in (Icon("unplug", 16, "err"), Label("Orphan capital", "strong"), self._sum):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.connect_it)
        flow = FlowLayout(names, gap=4, line_gap=0)
        flow.addWidget(self._share)
        for number, link in enumerate(self.links):
            link.clicked.connect(lambda _=False, at=number: self._choose(at))
            flow.addWidget(link)
        flow.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(names)
        self.setAccessibleName("Orphan capital")
        self.hide()

    def _go(self) -> None:
        if self._orphans:
            self._connect(self._orphans[0])

    def _choose(self, at: int) -> None:
        if at < len(self._orphans):
            self.chosen.emit(self._orphans[at])

    @property
    def words(self) -> str:
        """What it says, for screen readers."""
        return self.accessibleDescription()

    def show_for(self, ledger: Ledger) -> None:
        """Tell the orphans of a scenario; there is no tray without any."""
        found = ledger.orphans
        placed, currency = ledger.totals.placed, ledger.strategy.header.currency
        self._orphans = tuple(node.id for node, _ in found)
        self.setVisible(bool(found))
        if not found:
            return
        lost = sum(amount for _, amount in found)
        self._sum.setText(numerals.money_short(lost, currency))
        share = numerals.percent(lost / placed, 1) if placed else ""
        self._share.setText(f"{share} of what is placed:".strip())
        told = [
            f"{node.title or wording.UNTITLED} {numerals.money_short(sum_, currency)}" for node, sum_ in found
        ]
        metrics, end = QFontMetricsF(self.links[0].font()), Qt.TextElideMode.ElideRight
        short = [
            f"{metrics.elidedText(node.title or wording.UNTITLED, end, LONGEST)} {numerals.money_short(part, currency)}"
            for node, part in found[:MOST]
        ]
        for number, link in enumerate(self.links):
            link.setVisible(number < len(told))
            link.set_text(short[number] if number < len(told) else "")
            link.setToolTip(paint.plain_tip(told[number]) if number < len(told) else "")
        self._more.setText(f"and {len(told) - MOST} more" if len(told) > MOST else "")
        self.setAccessibleDescription(f"{self._sum.text()}, {self._share.text()}: {', '.join(told)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint.box(painter, rect, WINDOW.card_radius, theme.surface)
        painter.setPen(paint.pen(theme.line2, 1.2, (4, 3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, WINDOW.card_radius, WINDOW.card_radius)
