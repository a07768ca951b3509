"""The map on sheets: one picture, its pages, and what a careful user wants to hear; every printed form shares it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from prodlead_desktop.domain import numerals, views
from prodlead_desktop.domain.entities import Node, SavedView, Scenario
from prodlead_desktop.domain.search import filter_of, narrowed
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.views import Look
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import page
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.page import AIR_PT, FRAME_PT, LEAST_TEXT_PT, OWN, Sheet
from prodlead_desktop.exchange.tiles import EDGE_PT, Tiles, paint_marks, tiles_on
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.card import Forecast
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.figures.map_picture import MapPicture, MapView
from prodlead_desktop.figures.paint_foot import FootPainter, paint_frame
from prodlead_desktop.figures.paint_glyphs import missing_glyphs, unsearchable
from prodlead_desktop.figures.paint_qt import Detail, MapPainter, States, ensure_gui, measure
from prodlead_desktop.figures.sheet_foot import Foot, foot_of
from prodlead_desktop.figures.text_fit import ELLIPSIS
from prodlead_desktop.figures.theme import PAPER
from prodlead_desktop.layout.box import Box

CREATOR = "Prodlead Desktop"
BEGUN, DRAWN, PAINTED, WRITING = (
    0.1,
    0.5,
    0.9,
    0.95,
)  # the share done by then
_MARGIN_U = 8.0  # room for badges and pills around the outermost cards


@dataclass(frozen=True)
class Drawn:
    """A map for paper before anybody chose the paper."""

    picture: MapPicture
    view: str = ""  # the name of the saved view that is shown
    dimmed: frozenset[str] = frozenset()  # what a view's filter puts into the background

    @property
    def strategy_name(self) -> str:
        """What the strategy is called."""
        return self.picture.strategy.header.name

    @property
    def title(self) -> str:
        """What stands in the title block: the strategy, and the view, the branch or the map."""
        top = self.picture.strategy.find(Node, self.picture.view.root)
        what = self.view or ((top.title or "Untitled") if top else "strategy map")
        return f"{self.strategy_name}: {what}"


@dataclass(frozen=True)
class MapSheets:
    """A map laid out on paper; lengths in points."""

    drawn: Drawn
    sheet: Sheet
    checkpoint: str | None
    before: int = 0  # pages of the document before the first of these
    count: int | None = None  # pages of the whole document, None: these
    tiles: Tiles | None = None  # the sheets of paper that the only page is cut over

    @property
    def title(self) -> str:
        """What stands in the title block."""
        return self.drawn.title

    @property
    def strategy_name(self) -> str:
        """What the strategy is called."""
        return self.drawn.strategy_name

    @property
    def picture(self) -> MapPicture:
        """What is shown."""
        return self.drawn.picture

    @cached_property
    def _foot(self) -> Foot:
        sheet = self.sheet
        words = f"{sheet.name if sheet.name != OWN else 'own size'} · {sheet.percent}\u00a0%"
        return replace(foot_of(self.picture, sheet.scale, words, self.checkpoint), title=self.title)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.tiles.count if self.tiles else len(self.sheet.windows)

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of what is put into a printer."""
        return (self.tiles.paper_width, self.tiles.paper_height) if self.tiles else self.size

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page before it is cut over sheets."""
        return self.sheet.width, self.sheet.height

    def paint(
        self, painter: QPainter, number: int, map_painter: MapPainter | None = None, zoom: float | None = None
    ) -> None:
        """Paint page ``number`` (from 1) with the painter's unit at one point.

        Cards are painted in full; with ``zoom``, device pixels for a map unit, with what can be seen at that size.
        """
        map_painter = map_painter or MapPainter(PAPER)
        if self.tiles is None:
            self.paint_page(painter, number, map_painter, zoom)
            return
        part = self.tiles.part(number)
        painter.save()
        painter.setClipRect(QRectF(EDGE_PT, EDGE_PT, part.width(), part.height()))
        painter.translate(EDGE_PT - part.left(), EDGE_PT - part.top())
        self.paint_page(painter, 1, map_painter, zoom, part)
        painter.restore()
        paint_marks(painter, self.tiles, number, self.title)

    def paint_page(
        self,
        painter: QPainter,
        number: int,
        map_painter: MapPainter,
        zoom: float | None = None,
        part: QRectF | None = None,
    ) -> None:
        """A page before it is cut over sheets; of the map only what ``part`` shows, None: all of it."""
        sheet = self.sheet
        inside = QRectF(0, 0, *self.size).adjusted(FRAME_PT, FRAME_PT, -FRAME_PT, -FRAME_PT)
        self._map(painter, map_painter, sheet.windows[number - 1], inside, zoom, part)
        below = QRectF(inside.left(), inside.bottom() - sheet.foot, inside.width(), sheet.foot)
        if part is None or part.intersects(below):
            place = (1, 1) if self.tiles else (self.before + number, self.count or self.pages)
            foot = self._foot.on_page(*place)
            FootPainter(PAPER, foot, below).paint(painter)
        paint_frame(painter, inside, PAPER)

    def _map(
        self,
        painter: QPainter,
        map_painter: MapPainter,
        window: Box,
        inside: QRectF,
        zoom: float | None,
        part: QRectF | None,
    ) -> None:
        """The window of the map in the middle of the page above the foot, at the sheet's scale."""
        sheet = self.sheet
        area = inside.adjusted(AIR_PT, AIR_PT, -AIR_PT, -AIR_PT - sheet.foot)
        left = area.center().x() - window.w * sheet.scale / 2
        top = area.center().y() - window.h * sheet.scale / 2
        painter.save()
        if len(sheet.windows) > 1:
            painter.setClipRect(QRectF(left, top, window.w * sheet.scale, window.h * sheet.scale))
        seen = QRectF(*window)
        if part is not None:
            moved = part.translated(-left, -top)
            corner = QPointF(moved.left() / sheet.scale + window.x, moved.top() / sheet.scale + window.y)
            seen &= QRectF(corner, moved.size() / sheet.scale)
        painter.translate(left, top)
        painter.scale(sheet.scale, sheet.scale)
        painter.translate(-window.x, -window.y)
        if not seen.isEmpty():
            detail = Detail.FULL if zoom is None else None
            states = States(dimmed=self.drawn.dimmed)
            map_painter.paint(painter, self.picture, seen, zoom or 1.0, states, detail=detail)
        painter.restore()


def prepared(strategy: Strategy, options: ExportOptions, one_page: bool = False) -> MapSheets:
    """The map on its sheets, always light; ``one_page`` never cuts it up, however long it gets.

    BadInput for an unknown page, lens, scenario or branch, and for an empty map.
    """
    if len(options.views) > 1:
        raise BadInput("This format has one page, so it shows one view.", "Choose one view, or write a PDF.")
    options.step(BEGUN)
    sheets = laid_out(drawn(strategy, options)[0], options, one_page)
    options.step(DRAWN)
    return sheets


def prepared_all(strategy: Strategy, options: ExportOptions) -> tuple[MapSheets, ...]:
    """Every page of a document: the map, or each of ``options.views`` on pages of its own. BadInput as above."""
    options.step(BEGUN)
    every = [laid_out(one, options) for one in drawn(strategy, options)]
    count, before, numbered = sum(sheets.pages for sheets in every), 0, []
    for sheets in every:
        numbered.append(replace(sheets, before=before, count=count))
        before += sheets.pages
    options.step(DRAWN)
    return tuple(numbered)


def drawn(strategy: Strategy, options: ExportOptions) -> tuple[Drawn, ...]:
    """The map, or each of ``options.views``, which takes a second for thousands of cards.

    BadInput for an unknown lens, scenario, branch or view, and for an empty map.
    """
    _check(strategy, options)
    ensure_gui()
    return tuple(_drawn(strategy, options, view) for view in options.views or (None,))


def _drawn(strategy: Strategy, options: ExportOptions, saved: str | None) -> Drawn:
    look = (
        Look(options.branch, frozenset(), options.lens) if saved is None else views.look_of(strategy, saved)
    )
    only, dimmed = narrowed(strategy, filter_of(look.filter))
    foreseen = _forecasts(strategy, options.scenario) if lenses()[look.lens].forecasts else {}
    view = MapView(
        look.folded, look.lens, options.scenario, look.root, only, on_paper=True, forecasts=foreseen
    )
    picture = map_picture.build(strategy, view, measure)
    if not picture.boxes:
        raise BadInput("There is nothing on the map yet.", "Add a card first.")
    name = strategy.get(SavedView, saved).name if saved is not None else ""
    return Drawn(picture, name, dimmed)


def laid_out(drawn: Drawn, options: ExportOptions, one_page: bool = False) -> MapSheets:
    """A map that is drawn on its sheets, at once. BadInput for a page that cannot be and for too many sheets."""
    bounds = _roomy(drawn.picture.bounds)
    if one_page:
        return MapSheets(drawn, page.one_sheet(options.page, bounds), options.checkpoint)
    sheet = page.sheet_for(options.page, bounds)
    if options.tile is None:
        return MapSheets(drawn, sheet, options.checkpoint)
    if len(sheet.windows) > 1:
        sheet = page.whole(sheet.scale, bounds)
    tiles = tiles_on(options.tile, sheet.width, sheet.height)
    return MapSheets(drawn, sheet, options.checkpoint, tiles=tiles)


def _forecasts(strategy: Strategy, scenario: str | None) -> dict[str, Forecast]:
    """None where numbers contradict each other; the window and ``prodlead simulate`` say which."""
    from prodlead_desktop.analysis.forecast import forecast  # numbers that not every export needs

    if scenario is None:
        return {}
    try:
        found = forecast(strategy, scenario)
    except BadInput:
        return {}
    return {node: Forecast(*shares) for node, shares in found.items()}


def _check(strategy: Strategy, options: ExportOptions) -> None:
    if options.lens not in lenses():
        raise BadInput(f"There is no lens called “{options.lens}”.", f"Choose one of {', '.join(lenses())}.")
    if options.scenario is not None and strategy.find(Scenario, options.scenario) is None:
        raise BadInput(f"There is no scenario “{options.scenario}”.")
    if options.branch is not None and strategy.find(Node, options.branch) is None:
        raise BadInput(f"There is no card “{options.branch}”.")
    for view in options.views:
        if strategy.find(SavedView, view) is None:
            raise BadInput(f"There is no view “{view}”.")


def _roomy(bounds: Box) -> Box:
    return Box(
        bounds.x - _MARGIN_U, bounds.y - _MARGIN_U - 4, bounds.w + 2 * _MARGIN_U, bounds.h + 2 * _MARGIN_U + 4
    )


def reads_well(sheets: MapSheets) -> bool:
    """Whether the smallest text can be read."""
    return sheets.sheet.text_pt >= LEAST_TEXT_PT - 0.005


def remarks(*every: MapSheets) -> Iterator[str]:
    """What was lost on the way, said once for all pages."""
    yield from dict.fromkeys(remark for sheets in every for remark in _remarks(sheets))


def _remarks(sheets: MapSheets) -> Iterator[str]:
    """What was lost on the way: text too small to read, titles cut, characters no font here has."""
    picture, sheet = sheets.picture, sheets.sheet
    if not reads_well(sheets):
        yield (
            f"The smallest text on {sheet.name} is {numerals.number(sheet.text_pt, 1)}\u00a0pt; "
            f"from {numerals.number(LEAST_TEXT_PT)}\u00a0pt on it reads well. "
            "Choose a bigger page, the smallest that reads well, or a branch."
        )
    cut = [
        card.title
        for card in picture.cards.values()
        if card.title and card.lines[-1].endswith(ELLIPSIS) and card.title[-1] != ELLIPSIS
    ]
    if cut:
        yield f"{len(cut)} titles are too long for a card and are cut; the first is “{cut[0][:60]}{ELLIPSIS}”."
    titles = "".join(card.title + card.metric for card in picture.cards.values())
    lacking = missing_glyphs(titles)
    if lacking:
        yield f"No font here can draw these characters; they are boxes: {' '.join(lacking)}"
    hidden = [char for char in unsearchable(titles) if char not in lacking]
    if hidden:
        yield f"These characters are drawn but cannot be searched for: {' '.join(hidden)}"
