"""The tray of orphan capital, on the map and beside the table: money that reaches no outcome, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
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

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

MOST, LONGEST = 3, 190.0  # orphans that are named, pixels of a name
WIDE = 256  # of a narrow tray, which lies on the map
CONNECT = "Connect to an outcome"


class OrphanTray(QWidget):
    """Dashed, as nothing holds it; a name selects its initiative, the button asks what the largest one moves."""

    chosen = Signal(str)
    connect_wanted = Signal(str)

    def __init__(self, narrow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = narrow
        self._orphans: tuple[str, ...] = ()
        self._sum = SteadyLabel("", font(14, 600))
        self._share = SteadyLabel("", font(13), "text2")
        self.links = [Link("") for _ in range(MOST)]
        self._more = Label("", "label", "text3")
        self.connect_it = Button(CONNECT, "outline", "unplug")
        self.connect_it.clicked.connect(lambda: self._tell(self.connect_wanted, 0))
        for number, link in enumerate(self.links):
            link.clicked.connect(lambda _=False, at=number: self._tell(self.chosen, at))
        self._lay_out_narrow() if narrow else self._lay_out_wide()
        self.setAccessibleName("Orphan capital")
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("unplug", 16, "err"))
        head.addWidget(Label("Orphan capital", "strong"))
        return head

    def _lay_out_wide(self) -> None:
        head, names = self._head(), QWidget()
        head.addWidget(self._sum)
        head.addStretch(1)
        head.addWidget(self.connect_it)
        flow = FlowLayout(names, gap=4, line_gap=0)
        for part in (self._share, *self.links, self._more):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(names)

    def _lay_out_narrow(self) -> None:
        head = self._head()
        head.addStretch(1)
        head.addWidget(self._sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._share)
        column.addSpacing(4)
        for link in self.links:
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more)
        column.addSpacing(8)
        column.addWidget(self.connect_it)
        self.setFixedWidth(WIDE)

    def _tell(self, signal: SignalInstance, at: int) -> None:
        if at < len(self._orphans):
            signal.emit(self._orphans[at])

    @property
    def words(self) -> str:
        """What it says, for screen readers."""
        return self.accessibleDescription()

    def show_for(self, ledger: Ledger | None) -> None:
        """Tell the orphans of a scenario; there is no tray without any."""
        found = ledger.orphans if ledger is not None else []
        self._orphans = tuple(node.id for node, _ in found)
        self.setVisible(bool(found))
        if ledger is None or not found:
            return
        placed, currency = ledger.totals.placed, ledger.strategy.header.currency
        self._sum.setText(numerals.money_short(sum(amount for _, amount in found), currency))
        share = numerals.percent(sum(amount for _, amount in found) / placed, 1) if placed else ""
        end = " reaches no outcome" if self._narrow else " of what is placed:"
        self._share.setText(f"{share}{end}".strip())
        metrics, side = QFontMetricsF(self.links[0].font()), Qt.TextElideMode.ElideRight
        told = []
        for number, (node, part) in enumerate(found):
            title, money = node.title or wording.UNTITLED, numerals.money_short(part, currency)
            told.append(f"{title} {money}")
            if number < MOST:
                room = min(LONGEST, WIDE - 44 - metrics.horizontalAdvance(money)) if self._narrow else LONGEST
                self.links[number].set_text(f"{metrics.elidedText(title, side, room)} {money}")
                self.links[number].setToolTip(paint.plain_tip(told[-1]))
        for number, link in enumerate(self.links):
            link.setVisible(number < len(told))
        self._more.setText(f"and {len(told) - MOST} more" if len(told) > MOST else "")
        self._more.setVisible(not self._narrow or len(told) > MOST)
        self.setAccessibleDescription(f"{self._sum.text()}, {self._share.text()}: {', '.join(told)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint.box(painter, rect, WINDOW.card_radius, theme.surface)
        painter.setPen(paint.pen(theme.line2, 1.2, (4, 3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, WINDOW.card_radius, WINDOW.card_radius)


def connect(window: MainWindow, initiative: str) -> None:
    """Show an orphan on the map and ask which outcome it moves."""
    window.go_to(initiative)()
    window.table.run("map.link")
