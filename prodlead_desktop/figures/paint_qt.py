"""The one painter of the map: window, print, PDF, SVG and PNG draw the same picture through it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from prodlead_desktop.figures.card import Card
from prodlead_desktop.figures.link_pills import Pill
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.map_place import fold_spot
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_card import paint_block, paint_compact, paint_full
from prodlead_desktop.figures.paint_dashes import is_screen
from prodlead_desktop.figures.paint_far import FAR, LINES_FROM, Far
from prodlead_desktop.figures.paint_fonts import ensure_gui, font, measure, register_fonts
from prodlead_desktop.figures.paint_icons import draw_icon, icon_path, icon_pixmap
from prodlead_desktop.figures.paint_kept import KeptCards
from prodlead_desktop.figures.paint_lines import (
    paint_edges,
    paint_link,
    paint_link_pill,
    paint_ribbons,
)
from prodlead_desktop.figures.paint_marks import paint_badges, paint_fold, paint_halo, paint_ring
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.layout.gutters import Points
from prodlead_desktop.layout.tree_boxes import whole

__all__ = [
    "NOTHING", "Detail", "MapPainter", "States", "detail_for", "draw_icon", "ensure_gui", "font", "icon_path",
    "icon_pixmap", "measure", "register_fonts",
]  # fmt: skip

_FOCUS_DOTS = (0.1, 5.0)
_FAMILIES = 300  # whose lines are made in one step
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

    def __init__(self, theme: Theme, dpr: float = 1.0, keeps: bool = False) -> None:
        """With ``keeps``, for what is painted again and again: cards are copied from what was painted before."""
        self.theme = theme
        self._kept = KeptCards() if keeps else None
        self.dpr = dpr
        self._ink = Ink(theme)
        self._dimmed = Ink(theme, dimmed=True)
        self._far: Far | None = None

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
        area = self._begin(painter, visible)
        ids = picture.in_rect(area.left(), area.top(), area.right(), area.bottom())
        if level is Detail.BLOCK and zoom < FAR:
            self._far_of(picture).paint(
                painter, list(ids), area, zoom, self._ink, self._dimmed, states.dimmed
            )
        else:
            self._lines(painter, picture, area, zoom)
            self._cards(painter, picture, area, ids, zoom, level, states)
        self._above(painter, picture, ids, zoom, level, states)

    def preparing(self, picture: MapPicture, zoom: float) -> Iterator[object]:
        """Finds, part by part, what ``paint`` will need at this zoom: every step is short, however large the map."""
        yield picture.index
        if zoom >= LINES_FROM:
            yield picture.lines
        if detail_for(zoom) is not Detail.BLOCK or zoom >= FAR:
            yield picture.fans
            return
        yield whole(picture.boxes)
        if zoom >= LINES_FROM:
            parents = [node for node in picture.order if node in picture.children]
            for start in range(0, len(parents), _FAMILIES):
                yield [picture.lines.fan(parent) for parent in parents[start : start + _FAMILIES]]
        far = self._far_of(picture)
        yield far
        yield from far.preparing(zoom)

    def paint_lines(self, painter: QPainter, picture: MapPicture, visible: QRectF, zoom: float) -> None:
        """The lower half of ``paint``, from ``FAR`` on: what runs between the cards."""
        self._lines(painter, picture, self._begin(painter, visible), zoom)

    def paint_cards(
        self, painter: QPainter, picture: MapPicture, visible: QRectF, zoom: float, states: States = NOTHING
    ) -> None:
        """The upper half of ``paint``, from ``FAR`` on: the cards and what lies on top of them."""
        area, level = self._begin(painter, visible), detail_for(zoom)
        ids = picture.in_rect(area.left(), area.top(), area.right(), area.bottom())
        self._cards(painter, picture, area, ids, zoom, level, states)
        self._above(painter, picture, ids, zoom, level, states)

    def paint_link_words(self, painter: QPainter, picture: MapPicture, visible: QRectF, zoom: float) -> None:
        """The words of cross-links once more, over lines that were painted above the map."""
        if detail_for(zoom) is not Detail.BLOCK:
            self._pills(painter, picture, self._begin(painter, visible))

    def paint_card(
        self, painter: QPainter, picture: MapPicture, node: str, zoom: float, states: States = NOTHING
    ) -> None:
        """One card alone in its place, as while it is carried."""
        level = detail_for(zoom)
        self._ink.screen = self._dimmed.screen = is_screen(painter)
        self._card(painter, picture, node, zoom, level, states)
        self._above(painter, picture, (node,), zoom, level, states)

    def _begin(self, painter: QPainter, visible: QRectF) -> QRectF:
        """Make the painter ready; what may reach into the visible part."""
        self._ink.screen = self._dimmed.screen = is_screen(painter)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        return visible.adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def _lines(self, painter: QPainter, picture: MapPicture, area: QRectF, zoom: float) -> None:
        edges, ribbons = picture.fans.in_rect(area.left(), area.top(), area.right(), area.bottom())
        paint_edges(painter, edges, self._ink, zoom)
        paint_ribbons(painter, ribbons, self._ink, zoom)
        for _, points in self._links(picture, area):
            paint_link(painter, points, self._ink)

    def _cards(
        self,
        painter: QPainter,
        picture: MapPicture,
        area: QRectF,
        ids: Sequence[str],
        zoom: float,
        level: Detail,
        states: States,
    ) -> None:
        for node in ids:
            self._card(painter, picture, node, zoom, level, states)
        if level is not Detail.BLOCK:
            self._pills(painter, picture, area)

    def _pills(self, painter: QPainter, picture: MapPicture, area: QRectF) -> None:
        for pill, _ in self._links(picture, area):
            paint_link_pill(painter, pill, self._ink)

    def _links(self, picture: MapPicture, area: QRectF) -> list[tuple[Pill, Points]]:
        """Words and way of the cross-links in view."""
        found = []
        for pill, points in zip(picture.pills, picture.routes, strict=True):
            box = pill.box
            xs, ys = [box.x, box.right, *(x for x, _ in points)], [box.y, box.bottom, *(y for _, y in points)]
            across = min(xs) <= area.right() and max(xs) >= area.left()
            if across and min(ys) <= area.bottom() and max(ys) >= area.top():
                found.append((pill, points))
        return found

    def _far_of(self, picture: MapPicture) -> Far:
        if self._far is None or self._far.picture is not picture:
            self._far = Far(picture, self._far)
        return self._far

    def _card(
        self, painter: QPainter, picture: MapPicture, node: str, zoom: float, level: Detail, states: States
    ) -> None:
        card, box = picture.drawn(node), picture.boxes[node]
        ink = self._dimmed if node in states.dimmed else self._ink
        found = states.found if node in states.hits else ""
        painter.translate(box.x, box.y)
        if node in (states.edited, states.drop_target):
            paint_halo(painter, card, ink)
        if self._kept is None:
            _one_card(painter, card, ink, zoom, level, found)
        painter.translate(-box.x, -box.y)
        if self._kept is not None:
            look = level, node in picture.lefts, ink is self._dimmed, found
            self._kept.draw(
                painter, node, picture.cards[node], box, look,
                lambda on: _one_card(on, card, ink, zoom, level, found),
            )  # fmt: skip

    def _above(
        self,
        painter: QPainter,
        picture: MapPicture,
        ids: Sequence[str],
        zoom: float,
        level: Detail,
        states: States,
    ) -> None:
        """Fold pills and rings lie on top of every card."""
        if level is not Detail.BLOCK:
            for node in ids:
                if picture.sources[node].folded:
                    box = picture.boxes[node]
                    painter.translate(box.x, box.y)
                    ink = self._dimmed if node in states.dimmed else self._ink
                    paint_fold(painter, picture.cards[node], ink, fold_spot(picture, node))
                    painter.translate(-box.x, -box.y)
        ringed = {*states.selected, *states.hits, states.focus} - {states.edited, None}
        if not ringed:
            return
        least = 2.0 / zoom
        for node in ids:
            if node not in ringed:
                continue
            box = picture.boxes[node]
            painter.translate(box.x, box.y)
            for colour, width, dash in self._rings(node, states):
                paint_ring(painter, picture.drawn(node), self._ink, colour, max(width, least), dash)
            painter.translate(-box.x, -box.y)

    def _rings(self, node: str, states: States) -> list[tuple[str, float, tuple[float, ...]]]:
        """Colour, width and dashes of the rings around a card."""
        rings: list[tuple[str, float, tuple[float, ...]]] = []
        if node in states.hits:
            rings.append((self.theme.warn.mark, CARD.selected_ring, ()))
        if node in states.selected:
            rings.append((self.theme.accent, CARD.selected_ring, ()))
        elif node == states.focus:
            rings.append((self.theme.accent, CARD.focus_ring, _FOCUS_DOTS))
        return rings


def _one_card(painter: QPainter, card: Card, ink: Ink, zoom: float, level: Detail, found: str) -> None:
    """A card without what is above and below it, its corner at 0, 0."""
    if level is Detail.FULL:
        paint_full(painter, card, ink, found)
    elif level is Detail.COMPACT:
        paint_compact(painter, card, ink, found)
    else:
        paint_block(painter, card, ink, zoom, level is Detail.TITLE, found)
        return
    paint_badges(painter, card, ink)
