"""Ctrl Shift F: which cards stay in front, picked by kind, state, finding, owner, team and tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.ui.search.facets import Facet, facets
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button, IconButton, Segments
from prodlead_desktop.ui.style.flow import FlowLayout
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.pick_pill import PickPill
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.style.scroller import Scroller

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, SIDE = 460, 20
REST = (("dim", "Dim the rest", "eye"), ("hide", "Hide the rest", "eye-off"))


class FilterBox(Popover):
    """Pills over the map: what is picked is in force at once; Esc leaves it so, Clear takes it away."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window, 12)
        self._session, self._window = session, window
        self.pills: dict[tuple[str, str], PickPill] = {}
        self.setAccessibleName("Filter")
        self.count = Label("", "label", "text2")
        self.rest = Segments(REST, "Cards that do not match", stretch=True)
        self.rest.changed.connect(lambda _: self._take())
        self.clear = Button("Clear", "outline", "x")
        self.clear.clicked.connect(self._clear)
        self._scroll = Scroller()
        self._lay_out()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 14, 12, 14)
        column.setSpacing(10)
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(Label("Filter", "panel_title"), 1)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, SIDE - 12, 0)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.clear)
        switch = QHBoxLayout()
        switch.setContentsMargins(0, 0, SIDE - 12, 0)
        switch.addWidget(self.rest)
        column.addLayout(head)
        column.addWidget(self._scroll)
        column.addLayout(switch)
        column.addLayout(foot)
        self.column.addWidget(body)

    def open(self, corner: QPoint) -> None:
        """Show what can be picked on this map with its right edge at ``corner`` of the window."""
        chosen = self._session.narrowing.filter
        page = self._page(facets(self._session.strategy, chosen), chosen)
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)
        room = self._window.height() - corner.y() - 220
        self._scroll.setFixedHeight(max(120, min(page.heightForWidth(WIDTH - SIDE - 24) + 8, room)))
        self.rest.set("hide" if chosen.hides else "dim")
        self._say()
        self.open_at(QPoint(corner.x() - WIDTH, corner.y()))
        first = next(iter(self.pills.values()), None)
        (first or self.clear).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page(self, found: list[Facet], chosen: Filter) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.pills = {}
        values = dict(chosen.facets())
        for facet in found:
            column.addWidget(Label(facet.title, "label", "text2"))
            holder = QWidget()
            flow = FlowLayout(holder)
            for value in facet.values:
                pill = PickPill(value.words, value.count, value.icon, value.kind)
                pill.setChecked(value.value in values[facet.name])
                pill.toggled.connect(lambda _: self._take())
                flow.addWidget(pill)
                self.pills[facet.name, value.value] = pill
            column.addWidget(holder)
            column.addSpacing(6)
        column.addStretch(1)
        return page

    def _take(self) -> None:
        picked: dict[str, list[str]] = {}
        for (facet, value), pill in self.pills.items():
            if pill.isChecked():
                picked.setdefault(facet, []).append(value)
        values = {facet: tuple(found) for facet, found in picked.items()}
        self._session.narrowing.set_filter(Filter(**values, hides=self.rest.current() == "hide"))
        self._say()

    def _clear(self) -> None:
        for pill in self.pills.values():
            pill.blockSignals(True)
            pill.setChecked(False)
            pill.blockSignals(False)
            pill.update()
        self._take()

    def _say(self) -> None:
        narrowing, total = self._session.narrowing, len(self._session.strategy.all(Node))
        self.clear.setEnabled(bool(narrowing.filter))
        if narrowing.filter:
            self.count.setText(f"{len(narrowing.matching):,} of {total:,} cards match")
        else:
            self.count.setText(f"{total:,} cards, nothing picked")
