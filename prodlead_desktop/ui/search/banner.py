"""Says over the map what it is narrowed to, and takes that back: one branch alone, a filter, the line of sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.search.facets import words_of
from prodlead_desktop.ui.search.over_map import OverMap
from prodlead_desktop.ui.search.sight import SightWatch
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import IconButton, Pressable
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

MOST_WIDE = 420


class Banner(OverMap):
    """One line in the map's upper left corner; hidden while the whole map is shown."""

    def __init__(self, session: Session, canvas: MapCanvas, run: Callable[[str], object]) -> None:
        """``run`` runs an action by its id."""
        super().__init__(canvas, right=False)
        canvas.aids.banner = self
        self._session = session
        self.watch: SightWatch | None = None
        self.setAccessibleName("What the map shows")
        self.branch = Said("focus")
        self.filter = Said("filter")
        self.out = IconButton("x", "Back out of the branch")
        self.clear = IconButton("x", "Clear the filter")
        self.branch.clicked.connect(lambda: run("map.root"))
        self.filter.clicked.connect(lambda: run("map.filter"))
        self.out.clicked.connect(lambda: run("map.back"))
        self.clear.clicked.connect(lambda: session.narrowing.set_filter(Filter()))
        self.sight = Said("scan-eye")
        self.stop = IconButton("x", "Stop showing the line of sight")
        self.sight.clicked.connect(lambda: run("map.centre"))
        self.stop.clicked.connect(lambda: run("map.sight"))
        for part in (self.branch, self.out, self.filter, self.clear, self.sight, self.stop):
            self.row.addWidget(part)
        self.row.setSpacing(2)
        session.view_changed.connect(self.follow)
        session.changed.connect(self.follow)
        session.selection_changed.connect(self.follow)
        canvas.emphasis.changed.connect(self.follow)
        self.follow()

    def follow(self, *_: object) -> None:
        """Say what holds now."""
        session, strategy = self._session, self._session.strategy
        root, chosen = strategy.find(Node, session.root), session.narrowing.filter
        for part in (self.branch, self.out):
            part.setVisible(root is not None)
        for part in (self.filter, self.clear):
            part.setVisible(bool(chosen))
        if root is not None:
            self.branch.set_text(f"Only “{wording.node_words(root)}”")
        if chosen:
            many = f"{len(session.narrowing.matching):,} of {len(strategy.all(Node)):,}"
            rest = ", the rest is hidden" if chosen.hides else ""
            self.filter.set_text(f"{words_of(strategy, chosen)}: {many}{rest}")
        seen = strategy.find(Node, session.current) if self.watch is not None and self.watch.on else None
        for part in (self.sight, self.stop):
            part.setVisible(self.watch is not None and self.watch.on)
        self.sight.set_text(f"Line of sight of “{wording.node_words(seen)}”" if seen else "Line of sight")
        shown = root is not None or bool(chosen) or not self.stop.isHidden()
        self.setVisible(shown)
        if shown:
            self.place()


class Said(Pressable):
    """An icon and words that can be pressed; cut with … where there is no room."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon, parent)
        self.setFont(font(13, 600))

    def set_text(self, words: str) -> None:
        super().set_text(words)
        self.setAccessibleName(words)
        self.setToolTip(paint.plain_tip(words))

    def sizeHint(self) -> QSize:
        return QSize(min(round(paint.width_of(self.text(), self.font())) + 40, MOST_WIDE), WINDOW.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        ground = self._ground(theme, None)
        if ground:
            paint.box(painter, rect, 6, ground)
        icons.draw(painter, self.icon_name, QRectF(8, rect.center().y() - 8, 16, 16), theme.accent)
        paint.text(painter, rect.adjusted(32, 0, -6, 0), self.text(), self.font(), theme.text)
