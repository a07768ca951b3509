"""The map: the canvas with its lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button, Segments
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


def build(session: Session, window: MainWindow) -> QWidget:
    """The canvas with the keys and the menu of the map."""
    canvas = MapCanvas(session, window)
    window.table.bind(canvas, "map", "tree")
    canvas.set_menu(window.table.menu("Map"))
    return canvas


class MapTools(Panel):
    """48 px: the lens switch, and adding a card."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__("surface", "bottom")
        self._session = session
        self.setFixedHeight(WINDOW.tool_row)
        self.lenses = Segments(
            tuple((lens.name, lens.title, lens.icon) for lens in lenses().values()), "Lens"
        )
        self.lenses.changed.connect(session.set_lens)
        add = Button("Add", "outline", "plus", "Tab")
        add.setAccessibleName("Add a card")
        add.clicked.connect(lambda: window.table.run("map.child"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.lenses)
        row.addStretch(1)
        row.addWidget(add)
        session.view_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.lenses.set(self._session.lens)


WORKSPACE = Workspace("map", "Map", "network", 2, build, MapTools)
