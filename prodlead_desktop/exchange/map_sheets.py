"""The map on sheets: one picture, its pages, and what a careful user wants to hear; every printed form shares it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from prodlead_desktop.domain import numerals, views
from prodlead_desktop.domain.entities import Node, SavedView, Scenario
from prodlead_desktop.domain.search import filter_of, narrowed
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.views import Look
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.page import AIR_PT, FRAME_PT, LEAST_TEXT_PT, OWN, Sheet, one_sheet, sheet_for
from prodlead_desktop.figures import map_picture
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
_MARGIN_U = 8.0  # room for badges and pills around the outermost cards


@dataclass(frozen=True)
class MapSheets:
    """A map laid out on paper; lengths in points."""

    picture: MapPicture
    sheet: Sheet
    checkpoint: str | None
    view: str = ""  # the name of the saved view that is shown
    before: int = 0  # pages of the document before the first of these
    count: int | None = None  # pages of the whole document, None: these
    dimmed: frozenset[str] = frozenset()  # what a view's filter puts into the background

    @cached_property
    def title(self) -> str:
        """What stands in the title block."""
        return f"{self.strategy_name}: {self.view or 'strategy map'}"

    @property
    def strategy_name(self) -> str:
        """What the strategy is called."""
        return self.picture.strategy.header.name

    @cached_property
    def _foot(self) -> Foot:
        sheet = self.sheet
        page = f"{sheet.name if sheet.name != OWN else 'own size'} · {sheet.percent}\u00a0%"
        return replace(foot_of(self.picture, sheet.scale, page, self.checkpoint), title=self.title)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.sheet.windows)

    def paint(self, painter: QPainter, number: int, map_painter: MapPainter | None = None) -> None:
        """Paint page ``number`` (from 1) with the painter's unit at one point."""
        sheet = self.sheet
        inside = QRectF(0, 0, sheet.width, sheet.height).adjusted(FRAME_PT, FRAME_PT, -FRAME_PT, -FRAME_PT)
        self._map(painter, map_painter or MapPainter(PAPER), sheet.windows[number - 1], inside)
        below = QRectF(inside.left(), inside.bottom() - sheet.foot, inside.width(), sheet.foot)
        foot = self._foot.on_page(self.before + number, self.count or self.pages)
        FootPainter(PAPER, foot, below).paint(painter)
        paint_frame(painter, inside, PAPER)

    def _map(self, painter: QPainter, map_painter: MapPainter, window: Box, inside: QRectF) -> None:
        """The window of the map in the middle of the page above the foot, at the sheet's scale."""
        sheet = self.sheet
        area = inside.adjusted(AIR_PT, AIR_PT, -AIR_PT, -AIR_PT - sheet.foot)
        left = area.center().x() - window.w * sheet.scale / 2
        top = area.center().y() - window.h * sheet.scale / 2
        painter.save()
        if self.pages > 1:
            painter.setClipRect(QRectF(left, top, window.w * sheet.scale, window.h * sheet.scale))
        painter.translate(left, top)
        painter.scale(sheet.scale, sheet.scale)
        painter.translate(-window.x, -window.y)
        states = States(dimmed=self.dimmed)
        map_painter.paint(painter, self.picture, QRectF(*window), 1.0, states, detail=Detail.FULL)
        painter.restore()


def prepared(strategy: Strategy, options: ExportOptions, one_page: bool = False) -> MapSheets:
    """The map on its sheets, always light; ``one_page`` never cuts it up, however long it gets.

    BadInput for an unknown page, lens, scenario or branch, and for an empty map.
    """
    if len(options.views) > 1:
        raise BadInput("This format has one page, so it shows one view.", "Choose one view, or write a PDF.")
    return _sheets(strategy, options, options.views[0] if options.views else None, one_page)


def prepared_all(strategy: Strategy, options: ExportOptions) -> tuple[MapSheets, ...]:
    """Every page of a document: the map, or each of ``options.views`` on pages of its own. BadInput as above."""
    every = [_sheets(strategy, options, view, False) for view in options.views or (None,)]
    count, before, numbered = sum(sheets.pages for sheets in every), 0, []
    for sheets in every:
        numbered.append(replace(sheets, before=before, count=count))
        before += sheets.pages
    return tuple(numbered)


def _sheets(strategy: Strategy, options: ExportOptions, saved: str | None, one_page: bool) -> MapSheets:
    _check(strategy, options)
    ensure_gui()
    look = (
        Look(options.branch, frozenset(), options.lens) if saved is None else views.look_of(strategy, saved)
    )
    only, dimmed = narrowed(strategy, filter_of(look.filter))
    view = MapView(look.folded, look.lens, options.scenario, look.root, only, on_paper=True)
    picture = map_picture.build(strategy, view, measure)
    if not picture.boxes:
        raise BadInput("There is nothing on the map yet.", "Add a card first.")
    fitted = one_sheet if one_page else sheet_for
    sheet = fitted(options.page, _roomy(picture.bounds))
    name = strategy.get(SavedView, saved).name if saved is not None else ""
    return MapSheets(picture, sheet, options.checkpoint, name, dimmed=dimmed)


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


def remarks(*every: MapSheets) -> Iterator[str]:
    """What was lost on the way, said once for all pages."""
    yield from dict.fromkeys(remark for sheets in every for remark in _remarks(sheets))


def _remarks(sheets: MapSheets) -> Iterator[str]:
    """What was lost on the way: text too small to read, titles cut, characters no font here has."""
    picture, sheet = sheets.picture, sheets.sheet
    if sheet.text_pt < LEAST_TEXT_PT - 0.005:
        yield (
            f"The smallest text on {sheet.name} is {numerals.number(sheet.text_pt, 1)} pt; "
            f"from {numerals.number(LEAST_TEXT_PT)} pt on it reads well. "
            "Choose a bigger page, “auto” or a branch."
        )
    cut = [
        card.title
        for card in picture.cards.values()
        if card.lines[-1].endswith(ELLIPSIS) and card.title[-1] != ELLIPSIS
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
