"""The one painter of the map: window, print, PDF, SVG and PNG draw the same picture through it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_card import paint_block, paint_compact, paint_full
from prodlead_desktop.figures.paint_fonts import ensure_gui, font, measure, register_fonts
from prodlead_desktop.figures.paint_icons import draw_icon, icon_path, icon_pixmap
from prodlead_desktop.figures.paint_lines import paint_cross_link, paint_edges, paint_ribbons
from prodlead_desktop.figures.paint_marks import paint_badges, paint_fold, paint_halo, paint_ring
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.theme import Theme

__all__ = [
    "NOTHING", "Detail", "MapPainter", "States", "detail_for", "draw_icon", "ensure_gui", "font", "icon_path",
    "icon_pixmap", "measure", "register_fonts",
]  # fmt: skip

_FOCUS_DOTS = (0.1, 5.0)
_REACH = 24.0  # u that rings, badges and pills stick out of a box


class Detail(Enum):
    """How much of a card is shown."""

    BLOCK = 0
    TITLE = 1
    COMPACT = 2
    FULL = 3


_STARTS = {
    Detail.TITLE: CARD.block_title_from,
    Detail.COMPACT: CARD.compact_from,
    Detail.FULL: CARD.full_from,
}


def detail_for(zoom: float, before: Detail | None = None) -> Detail:
    """The level of detail at `zoom` (1.0 = 100 %); with the one shown `before`, a border is crossed 3 % late."""
    found = Detail.BLOCK
    for detail, start in _STARTS.items():
        shift = 0.0 if before is None else CARD.hysteresis * (-1 if before.value >= detail.value else 1)
        if zoom >= start * (1 + shift):
            found = detail
    return found


@dataclass(frozen=True, slots=True)
class States:
    """What the window knows about cards and the strategy does not; ids, and the words that are searched for."""

    selected: Collection[str] = ()
    focus: str | None = None
    edited: str | None = None
    drop_target: str | None = None
    dimmed: Collection[str] = ()
    hits: Collection[str] = ()
    found: str = ""


NOTHING = States()


class MapPainter:
    """Paints a picture in one theme. Lengths are map units: scale the painter by the zoom before."""

    def __init__(self, theme: Theme, dpr: float = 1.0) -> None:
        self.theme = theme
        self.dpr = dpr
        self._ink = Ink(theme)
        self._dimmed = Ink(theme, dimmed=True)

    def paint(
        self,
        painter: QPainter,
        picture: MapPicture,
        visible: QRectF,
        zoom: float,
        states: States = NOTHING,
        detail: Detail | None = None,
    ) -> None:
        """Everything of `picture` that meets `visible` (u). `zoom` picks the level of detail unless it is given."""
        level = detail_for(zoom) if detail is None else detail
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        reach = _REACH
        area = visible.adjusted(-reach, -reach, reach, reach)
        ids = picture.index.in_rect(area.left(), area.top(), area.right(), area.bottom())
        self._lines(painter, picture, area, zoom)
        for node in ids:
            self._card(painter, picture, node, zoom, level, states)
        self._rings(painter, picture, ids, zoom, level, states)

    def _lines(self, painter: QPainter, picture: MapPicture, area: QRectF, zoom: float) -> None:
        left, right, top, bottom = area.left(), area.right(), area.top(), area.bottom()

        def meets(x1: float, y1: float, x2: float, y2: float, high: float = 0.0) -> bool:
            return x1 <= right and x2 >= left and min(y1, y2) <= bottom and max(y1, y2) + high >= top

        lines = picture.lines
        paint_edges(painter, [e for e in lines.edges if meets(e.x1, e.y1, e.x2, e.y2)], self._ink, zoom)
        paint_ribbons(
            painter, [r for r in lines.ribbons if meets(r.x1, r.y1, r.x2, r.y2, r.width)], self._ink
        )
        for link in lines.cross_links:
            paint_cross_link(painter, link, picture.boxes[link.source], picture.boxes[link.target], self._ink)

    def _card(
        self, painter: QPainter, picture: MapPicture, node: str, zoom: float, level: Detail, states: States
    ) -> None:
        card, box = picture.cards[node], picture.boxes[node]
        ink = self._dimmed if node in states.dimmed else self._ink
        found = states.found if node in states.hits else ""
        painter.translate(box.x, box.y)
        if node in (states.edited, states.drop_target):
            paint_halo(painter, card, ink)
        if level is Detail.FULL:
            paint_full(painter, card, ink, found)
        elif level is Detail.COMPACT:
            paint_compact(painter, card, ink, found)
        else:
            paint_block(painter, card, ink, zoom, level is Detail.TITLE, found)
        if level.value >= Detail.COMPACT.value:
            paint_badges(painter, card, ink)
        painter.translate(-box.x, -box.y)

    def _rings(
        self,
        painter: QPainter,
        picture: MapPicture,
        ids: Iterable[str],
        zoom: float,
        level: Detail,
        states: States,
    ) -> None:
        """Rings and pills lie on top of everything."""
        theme = self.theme
        least = 2.0 / zoom
        for node in ids:
            card = picture.cards[node]
            rings: list[tuple[str, float, tuple[float, ...]]] = []
            if node in states.hits:
                rings.append((theme.warn.mark, CARD.selected_ring, ()))
            if node in states.selected and node != states.edited:
                rings.append((theme.accent, CARD.selected_ring, ()))
            elif node == states.focus and node != states.edited:
                rings.append((theme.accent, CARD.focus_ring, _FOCUS_DOTS))
            fold = card.folded and level.value >= Detail.TITLE.value
            if not rings and not fold:
                continue
            box = picture.boxes[node]
            painter.translate(box.x, box.y)
            for colour, width, dash in rings:
                paint_ring(painter, card, self._ink, colour, max(width, least), dash)
            if fold:
                paint_fold(painter, card, self._dimmed if node in states.dimmed else self._ink)
            painter.translate(-box.x, -box.y)
