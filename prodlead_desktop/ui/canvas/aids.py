"""What lies over the map to help reading it: legend, tray of orphan capital, minimap and the frames of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from prodlead_desktop.figures.map_view import lens_of
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.ui.canvas import page_frames
from prodlead_desktop.ui.canvas.camera import Camera, fitting
from prodlead_desktop.ui.canvas.legend import MARGIN, Legend, is_free
from prodlead_desktop.ui.canvas.minimap import Minimap
from prodlead_desktop.ui.canvas.out_of_sight import OutOfSight
from prodlead_desktop.ui.orphan_tray import OrphanTray

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

AFTER_MS = 90
GAP = 10  # between tray and legend
BELOW = 4  # from the banner, which has room for its shadow, to the minimap
TRAY_FROM = QSize(640, 480)  # a smaller map keeps its room
MINIMAP, PAPER = "minimap", "page_frames"  # what is remembered of a document's map


class Aids(QObject):
    """Keeps them in their corners and up to date once the map has rested."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.legend = Legend(canvas.session, canvas.viewport())
        self.minimap = Minimap(canvas)
        self.tray = OrphanTray(True, canvas.viewport())
        self.tray.chosen.connect(canvas.session.reveal)
        self.out_of_sight = OutOfSight(canvas)
        self.banner: QWidget | None = None  # says in the upper left corner what the map is narrowed to
        self._toast: tuple[QWidget, int] | None = None
        self._pages: tuple[tuple[str, Box], tuple[page_frames.PageFrame, ...]] | None = None
        self._drawing: Iterator[object] = iter(())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_MS)
        self._rest.timeout.connect(self._place_in_turns)
        self._looked = QTimer(self)  # the tray gives way when cards come to lie under it, the legend stays
        self._looked.setSingleShot(True)
        self._looked.setInterval(AFTER_MS)
        self._looked.timeout.connect(self._place_tray)

    def heed(self, toast: QWidget, shadow: int) -> None:
        """Count a widget of the window among what lies over the map, without the ``shadow`` around it."""
        self._toast = toast, shadow
        toast.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The toast comes: the current card stays in sight."""
        if event.type() == QEvent.Type.Show and self._canvas.isVisible():
            self.uncover()
        return False

    def over(self) -> tuple[Box, ...]:
        """What lies over the map now, in viewport pixels."""
        port = self._canvas.viewport()
        rects = self._shown()
        if self._toast is not None and not self._toast[0].isHidden():
            toast, room = self._toast
            inner = toast.rect().adjusted(room, room, -room, -room)
            rects.append(QRect(port.mapFromGlobal(toast.mapToGlobal(inner.topLeft())), inner.size()))
        return tuple(map(_box, rects))

    def _shown(self, *but: QWidget) -> list[QRect]:
        """Where the parts over the map lie now; ``but`` these."""
        parts = self._canvas.viewport().findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        return [
            part.geometry()
            for part in parts
            if not part.isHidden() and part not in but and not isinstance(part, QLineEdit)
        ]

    def beside(self, camera: Camera, box: Box) -> Camera:
        """The camera moved as little as needed for nothing to lie on a card."""
        size = self._canvas.viewport().size()
        return camera.clear_of(box, self.over(), size.width(), size.height())

    def uncover(self) -> None:
        """Move the current card out from under what lies over the map; a map without one stays as it is."""
        box = self._canvas.picture.boxes.get(self._canvas.session.current or "")
        if box:
            self._canvas.look(self.beside(self._canvas.camera, box), glide=True)

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
        if not self.paper or not self._canvas.picture.boxes:
            return ()
        wanted = (self.paper, self._canvas.picture.bounds)
        if self._pages is None or self._pages[0] != wanted:
            self._pages = wanted, page_frames.frames(*wanted)
        return self._pages[1]

    def _free_corner(self) -> int:
        """Left, or right where cards would lie under the legend on the left but not there."""
        return self._first_free(self.legend.corners()).x()

    def _first_free(self, places: list[QRect]) -> QRect:
        """The first place under which no card lies, else the first that does not cover the current one."""
        camera = self._canvas.camera
        for place in places:
            if is_free(self._canvas.picture, place, camera):
                return place
        box = self._canvas.picture.boxes.get(self._canvas.session.current or "")
        bare = [place for place in places if box is None or not camera.covers(box, [_box(place)])]
        return (bare or places)[0]

    def _place_tray(self) -> None:
        """Where it is, above the legend or in another corner, as no card lies there; only where money is looked at."""
        was = None if self.tray.isHidden() else self.tray.pos()
        session, port = self._canvas.session, self._canvas.viewport().size()
        looked_at = lens_of(self._canvas.picture.view).money_everywhere
        roomy = port.width() >= TRAY_FROM.width() and port.height() >= TRAY_FROM.height()
        self.tray.show_for(session.ledger if looked_at and roomy else None)
        if self.tray.isHidden():
            return
        self.tray.adjustSize()
        size, legend, taken = self.tray.size(), self.legend.geometry(), self._shown(self.tray)
        low, right = port.height() - size.height() - MARGIN, port.width() - size.width() - MARGIN
        corners = [QPoint(MARGIN, low), QPoint(right, low), QPoint(MARGIN, MARGIN), QPoint(right, MARGIN)]
        above = QPoint(legend.left(), legend.top() - GAP - size.height())
        beside = [QPoint(legend.right() + GAP, low), QPoint(legend.left() - GAP - size.width(), low)]
        below = [QPoint(x, part.bottom() + GAP) for part in taken for x in (MARGIN, right)]
        places = [QRect(corner, size) for corner in (was or above, above, *corners, *beside, *below)]
        inside = QRect(QPoint(0, 0), port)
        free = [place for place in places if inside.contains(place) and not any(map(place.intersects, taken))]
        self.tray.move(self._first_free(free or places).topLeft())
        self.tray.raise_()

    def place_later(self) -> None:
        """The map is changing: follow when it rests."""
        self._rest.start()

    def _place_in_turns(self) -> None:
        turns, picture = self._canvas.session.turns, self._canvas.picture
        wanted = self.has_minimap and bool(picture.boxes)
        self._drawing = self.minimap.preparing(picture) if wanted else iter(())
        for work in (self._explain, self._draw_minimap, self._count_orphans, self.place):
            turns.later(work)

    def _explain(self) -> None:
        self.legend.show_for(self._canvas.picture)

    def _draw_minimap(self) -> None:
        if next(self._drawing, None) is not None:
            self._canvas.session.turns.later(self._draw_minimap, first=True)
        elif self.has_minimap and self._canvas.picture.boxes:
            self.minimap.show_for(self._canvas.picture)

    def _count_orphans(self) -> None:
        ledger = self._canvas.session.ledger
        if ledger is not None and lens_of(self._canvas.picture.view).money_everywhere:
            ledger.orphans  # noqa: B018  made where it is first asked for

    def place(self) -> None:
        """Bring legend, tray and minimap up to date and into their corners; the current card stays in sight."""
        before = self.over()
        self._place_all()
        self._stay_clear(before)

    def _place_all(self) -> None:
        picture, port = self._canvas.picture, self._canvas.viewport()
        self.legend.show_for(picture)
        self.legend.move(self._free_corner(), port.height() - self.legend.height() - MARGIN)
        wanted = self.has_minimap and bool(picture.boxes)
        if wanted:
            self.minimap.show_for(picture)
            self.minimap.raise_()
        self.minimap.setVisible(wanted)
        self._place_minimap()
        self._place_tray()
        self.out_of_sight.look_later()
        if self.pages:  # their words step aside too
            port.update()

    def make_way(self) -> None:
        """A bar over the map came, went or has another size: what shares the map's edges steps aside."""
        self._place_minimap()
        if not self.tray.isHidden():
            self._place_tray()
        if self.pages:
            self._canvas.viewport().update()

    def _place_minimap(self) -> None:
        """In the upper left corner, below the banner while there is one."""
        banner = self.banner
        top = banner.geometry().bottom() + BELOW if banner is not None and not banner.isHidden() else MARGIN
        self.minimap.move(MARGIN, top)

    def _stay_clear(self, before: Sequence[Box]) -> None:
        """Move the map when the current card, which could be seen, has come to lie under something."""
        box = self._canvas.picture.boxes.get(self._canvas.session.current or "")
        camera = self._canvas.camera
        if box is not None and camera.covers(box, self.over()) and not camera.covers(box, before):
            self.uncover()

    def recolour(self) -> None:
        """Everything in the session's theme."""
        self.legend.update()
        self.tray.update()
        self.place_later()

    def looked(self) -> None:
        """Another part of the map is seen."""
        self.out_of_sight.look_later()
        if self.minimap.isVisible():
            self.minimap.update()
        if self.tray.isVisible():
            self._looked.start()

    def paint(self, painter: QPainter) -> None:
        """The frames of pages, over the map."""
        pages = self.pages
        if pages:
            page_frames.paint(painter, pages, self._canvas.camera, self._canvas.session.theme, self.over())


def _box(rect: QRect) -> Box:
    return Box(rect.x(), rect.y(), rect.width(), rect.height())
