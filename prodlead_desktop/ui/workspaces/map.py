"""The map: the canvas with its lenses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from prodlead_desktop.domain.entities import SavedView
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui import orphan_tray
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.keys import key_words
from prodlead_desktop.ui.search.bars import Bars
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button, Segments
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.style.popover import SHADOW_ROOM
from prodlead_desktop.ui.views import now
from prodlead_desktop.ui.workspace import BETS, MAP, Workspace

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


BOTH_FROM, ICONS_BELOW = 1100, 900  # widths of the tool row: icons and words, words alone, icons alone
MOST_NAME = 28  # characters of a view's name in the tool row


def build(session: Session, window: MainWindow) -> QWidget:
    """The canvas with the keys and the menu of the map."""
    canvas = MapCanvas(session, window)
    window.table.bind(canvas, "map", "tree")
    canvas.set_menu(window.table.menu("Map"))
    canvas.aids.tray.connect_wanted.connect(partial(orphan_tray.connect, window))
    canvas.aids.heed(window.toast, SHADOW_ROOM)
    canvas.aids.out_of_sight.key = key_words(window.table.actions["view.fit"].shortcut().toString())
    Bars(session, canvas, window)
    return canvas


def ways(window: MainWindow, here: str) -> Segments:
    """The switch between the map and the table of its bets."""
    switch = Segments(((MAP, "Map", "network"), (BETS, "Bets", "table-2")), "Map or table")
    switch.set(here)

    def go(to: str) -> None:
        switch.set(here)  # each of the two rows keeps its own side
        if window.body is not None and to != here:
            window.body.show_workspace(to)

    switch.changed.connect(go)
    return switch


class MapTools(Panel):
    """48 px: the lens switch, and adding a card."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__("surface", "bottom")
        self._session, self._window = session, window
        self.setFixedHeight(WINDOW.tool_row)
        self.lenses = Segments(
            tuple((lens.name, lens.title, lens.icon) for lens in lenses().values()), "Lens"
        )
        self.lenses.changed.connect(session.set_lens)
        self.ways = ways(window, MAP)
        add = Button("Add", "outline", "plus", "Tab")
        add.setAccessibleName("Add a card")
        add.clicked.connect(lambda: window.table.run("map.child"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        self.view = Button("Views", "ghost", "bookmark")
        self.view.menu_mark = True
        self.view.setAccessibleName("Saved views")
        self.view.clicked.connect(self._pop_views)
        row.addWidget(self.ways)
        row.addSpacing(8)
        row.addWidget(self.lenses)
        row.addSpacing(8)
        row.addWidget(self.view)
        row.addStretch(1)
        row.addWidget(add)
        session.view_changed.connect(self._follow)
        session.changed.connect(lambda _: self._follow())
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width()
        self.lenses.set_faces(wide >= ICONS_BELOW, wide >= BOTH_FROM or wide < ICONS_BELOW)
        self.ways.set_faces(wide >= ICONS_BELOW, wide >= BOTH_FROM or wide < ICONS_BELOW)

    def _follow(self) -> None:
        self.lenses.set(self._session.lens)
        view = now.shown(self._session)
        self.view.set_text(f"View: {short(view.name, MOST_NAME)}" if view is not None else "Views")

    def _pop_views(self) -> None:
        table, menu = self._window.table, QMenu(self)
        if self._session.strategy.all(SavedView):
            table.fill_choices(menu, "views.show")
            menu.addSeparator()
        for row_id in ("views.save", "views.all"):
            menu.addAction(table.actions[row_id])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.mapToGlobal(QPoint(0, self.view.height() + 4)))


def short(text: str, most: int) -> str:
    """The text, with … where it is longer than so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


WORKSPACE = Workspace("map", "Map", "network", 2, build, MapTools)
