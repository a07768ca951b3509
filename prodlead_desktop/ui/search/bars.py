"""What lies over one map: find bar, filter, cross-links, banner and line of sight."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from prodlead_desktop.ui.search.banner import Banner
from prodlead_desktop.ui.search.sight import SightWatch
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas
    from prodlead_desktop.ui.links.box import LinkBox
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.parking import ParkBox
    from prodlead_desktop.ui.search.filter_box import FilterBox
    from prodlead_desktop.ui.search.find_bar import FindBar


class Bars(QObject):
    """Belongs to its canvas; ``bars_of`` finds it there."""

    def __init__(self, session: Session, canvas: MapCanvas, window: MainWindow) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._window = session, canvas, window
        self.banner = Banner(session, canvas, window.table.run)
        self.sight = self.banner.watch = SightWatch(session, canvas)

    @cached_property
    def find(self) -> FindBar:
        """Ctrl F."""
        from prodlead_desktop.ui.search.find_bar import FindBar

        return FindBar(self._session, self._canvas)

    @cached_property
    def filter(self) -> FilterBox:
        """Ctrl Shift F."""
        from prodlead_desktop.ui.search.filter_box import FilterBox

        return FilterBox(self._session, self._window)

    @cached_property
    def links(self) -> LinkBox:
        """Ctrl L."""
        from prodlead_desktop.ui.links.box import LinkBox

        return LinkBox(self._session, self._window)

    @cached_property
    def park(self) -> ParkBox:
        """Ctrl J."""
        from prodlead_desktop.ui.parking import ParkBox

        return ParkBox(self._session, self._window)

    def open_links(self) -> None:
        """Show the current card's links below it."""
        node_id, canvas = self._session.current, self._canvas
        if node_id is None:
            return
        self._session.reveal(node_id)
        canvas.show_node(node_id)
        box = canvas.picture.boxes[node_id]
        x, y = canvas.camera.to_screen(box.x, box.bottom)
        self.links.open(node_id, canvas.viewport().mapTo(self._window, QPoint(round(x), round(y) + 10)))

    def open_filter(self) -> None:
        """Show the filter in the map's upper right corner."""
        port = self._canvas.viewport()
        self.filter.open(port.mapTo(self._window, QPoint(port.width() - 12, 12)))


def bars_of(canvas: QObject | None) -> Bars:
    """The bars over a map."""
    found = canvas.findChild(Bars) if canvas is not None else None
    assert isinstance(found, Bars)
    return found
