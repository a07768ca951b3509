"""What lies over the map to help reading it: the legend, the minimap and the frames of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainter

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.ui.canvas import page_frames
from prodlead_desktop.ui.canvas.camera import fitting
from prodlead_desktop.ui.canvas.legend import Legend
from prodlead_desktop.ui.canvas.minimap import Minimap

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

AFTER_MS = 90
MARGIN = 16
MINIMAP, PAPER = "minimap", "page_frames"  # what is remembered of a document's map


class Aids(QObject):
    """Keeps them in their corners and up to date once the map has rested."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.legend = Legend(canvas.session, canvas.viewport())
        self.minimap = Minimap(canvas)
        self._pages: tuple[tuple[str, Box], tuple[page_frames.PageFrame, ...]] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_MS)
        self._rest.timeout.connect(self.place)

    @property
    def has_minimap(self) -> bool:
        """Whether the minimap is wanted."""
        return self._canvas.session.kept.get(MINIMAP) == "shown"

    def toggle_minimap(self) -> None:
        """Show or hide the minimap."""
        self._canvas.session.kept[MINIMAP] = "hidden" if self.has_minimap else "shown"
        self.place()

    @property
    def paper(self) -> str:
        """The paper whose pages are framed; empty for none."""
        paper = self._canvas.session.kept.get(PAPER, "")
        return paper if paper in page_frames.PAGES else ""

    def set_paper(self, paper: str) -> None:
        """Frame the pages of a paper from A4 to A0, and show them whole; an empty name frames none."""
        canvas = self._canvas
        canvas.session.kept[PAPER] = paper
        pages = [page.page for page in self.pages]
        if pages:
            size = canvas.viewport().size()
            canvas.look(fitting(bounds_of(pages), size.width(), size.height()), glide=True)
        canvas.viewport().update()

    @property
    def pages(self) -> tuple[page_frames.PageFrame, ...]:
        """The frames of the pages that the map takes now."""
        wanted = (self.paper, self._canvas.picture.bounds)
        if not self.paper or not self._canvas.picture.boxes:
            return ()
        if self._pages is None or self._pages[0] != wanted:
            self._pages = wanted, page_frames.frames(*wanted)
        return self._pages[1]

    def _free_corner(self) -> int:
        """Left, or right where cards would lie under the legend on the left but not there."""
        canvas, legend = self._canvas, self.legend
        port, picture = canvas.viewport(), canvas.picture
        top = port.height() - legend.height() - MARGIN
        corners = (MARGIN, port.width() - legend.width() - MARGIN)
        for x in corners:
            left, upper = canvas.camera.to_map(x, top)
            right, lower = canvas.camera.to_map(x + legend.width(), port.height())
            if not picture.index.in_rect(left, upper, right, lower):
                return x
        return corners[0]

    def place_later(self) -> None:
        """The map is changing: follow when it rests."""
        self._rest.start()

    def place(self) -> None:
        """Bring legend and minimap up to date and into their corners."""
        picture, port = self._canvas.picture, self._canvas.viewport()
        self.legend.show_for(picture)
        self.legend.move(self._free_corner(), port.height() - self.legend.height() - MARGIN)
        wanted = self.has_minimap and bool(picture.boxes)
        if wanted:
            self.minimap.show_for(picture)
            self.minimap.move(MARGIN, MARGIN)
            self.minimap.raise_()
        self.minimap.setVisible(wanted)

    def recolour(self) -> None:
        """Everything in the session's theme."""
        self.legend.update()
        self.place_later()

    def looked(self) -> None:
        """Another part of the map is seen."""
        if self.minimap.isVisible():
            self.minimap.update()

    def paint(self, painter: QPainter) -> None:
        """The frames of pages, over the map."""
        pages = self.pages
        if pages:
            page_frames.paint(painter, pages, self._canvas.camera, self._canvas.session.theme)
