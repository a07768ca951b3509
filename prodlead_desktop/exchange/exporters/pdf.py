"""The strategy map as a PDF: vector, fonts embedded, every word findable, on paper or on a page of its own size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import Exporter, ExportOptions, ExportResult, replace_file
from prodlead_desktop.exchange.page import AIR_PT, FRAME_PT, LEAST_TEXT_PT, OWN, Sheet, sheet_for
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.figures.map_picture import MapPicture, MapView
from prodlead_desktop.figures.paint_foot import FootPainter, paint_frame
from prodlead_desktop.figures.paint_glyphs import missing_glyphs, unsearchable
from prodlead_desktop.figures.paint_qt import Detail, MapPainter, ensure_gui, measure
from prodlead_desktop.figures.sheet_foot import foot_of
from prodlead_desktop.figures.text_fit import ELLIPSIS
from prodlead_desktop.figures.theme import PAPER
from prodlead_desktop.layout.box import Box

CREATOR = "Prodlead Desktop"
_MARGIN_U = 8.0  # room for badges and pills around the outermost cards


def write(strategy: Strategy, path: Path, options: ExportOptions) -> ExportResult:
    """Write the map, always light; remarks tell of text under 6.5 pt and of characters that are not searchable.

    BadInput for an unknown page, lens, scenario or branch, for an empty map, and when `path` cannot be written;
    a file that was there stays whole then.
    """
    _check(strategy, options)
    ensure_gui()
    view = MapView(lens=options.lens, scenario=options.scenario, root=options.branch, on_paper=True)
    picture = map_picture.build(strategy, view, measure)
    if not picture.boxes:
        raise BadInput("There is nothing on the map yet.", "Add a card first.")
    sheet = sheet_for(options.page, _roomy(picture.bounds))
    replace_file(path, _pdf(picture, sheet, options.checkpoint))
    return ExportResult(path, tuple(_remarks(picture, sheet)))


def _check(strategy: Strategy, options: ExportOptions) -> None:
    if options.lens not in lenses():
        raise BadInput(f"There is no lens called “{options.lens}”.", f"Choose one of {', '.join(lenses())}.")
    if options.scenario is not None and strategy.find(Scenario, options.scenario) is None:
        raise BadInput(f"There is no scenario “{options.scenario}”.")
    if options.branch is not None and strategy.find(Node, options.branch) is None:
        raise BadInput(f"There is no card “{options.branch}”.")


def _roomy(bounds: Box) -> Box:
    return Box(
        bounds.x - _MARGIN_U, bounds.y - _MARGIN_U - 4, bounds.w + 2 * _MARGIN_U, bounds.h + 2 * _MARGIN_U + 4
    )


def _pdf(picture: MapPicture, sheet: Sheet, checkpoint: str | None) -> bytes:
    """The whole file in memory, so that a failed export cannot leave half of one."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)  # the painter does not keep it alive
    writer.setResolution(72)  # one device pixel is one point
    size = QPageSize(
        QSizeF(sheet.width, sheet.height),
        QPageSize.Unit.Point,
        sheet.name,
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(f"{picture.strategy.header.name}: strategy map")
    writer.setCreator(CREATOR)
    painter = QPainter(writer)
    map_painter = MapPainter(PAPER)
    page = f"{sheet.name if sheet.name != OWN else 'own size'} · {sheet.percent}\u00a0%"
    foot = foot_of(picture, sheet.scale, page, checkpoint)
    for number, window in enumerate(sheet.windows, 1):
        if number > 1:
            writer.newPage()
        inside = QRectF(0, 0, sheet.width, sheet.height).adjusted(FRAME_PT, FRAME_PT, -FRAME_PT, -FRAME_PT)
        _map(painter, map_painter, picture, sheet, window, inside)
        below = QRectF(inside.left(), inside.bottom() - sheet.foot, inside.width(), sheet.foot)
        FootPainter(PAPER, foot.on_page(number, len(sheet.windows)), below).paint(painter)
        paint_frame(painter, inside, PAPER)
    if not painter.end():
        raise BadInput("The PDF could not be made.", "Choose a smaller page or a branch.")
    return bytes(buffer.data().data())


def _map(
    painter: QPainter, map_painter: MapPainter, picture: MapPicture, sheet: Sheet, window: Box, inside: QRectF
) -> None:
    """The window of the map in the middle of the page above the foot, at the sheet's scale."""
    area = inside.adjusted(AIR_PT, AIR_PT, -AIR_PT, -AIR_PT - sheet.foot)
    left = area.center().x() - window.w * sheet.scale / 2
    top = area.center().y() - window.h * sheet.scale / 2
    painter.save()
    if len(sheet.windows) > 1:
        painter.setClipRect(QRectF(left, top, window.w * sheet.scale, window.h * sheet.scale))
    painter.translate(left, top)
    painter.scale(sheet.scale, sheet.scale)
    painter.translate(-window.x, -window.y)
    map_painter.paint(painter, picture, QRectF(*window), 1.0, detail=Detail.FULL)
    painter.restore()


def _remarks(picture: MapPicture, sheet: Sheet) -> Iterator[str]:
    if sheet.text_pt < LEAST_TEXT_PT - 0.005:
        yield (
            f"The smallest text on {sheet.name} is {sheet.text_pt:.1f} pt; from {LEAST_TEXT_PT} pt on it reads well. "
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
        yield f"No font here can draw these characters; they are boxes in the PDF: {' '.join(lacking)}"
    hidden = [char for char in unsearchable(titles) if char not in lacking]
    if hidden:
        yield f"These characters are drawn but cannot be searched for in the PDF: {' '.join(hidden)}"


EXPORTER = Exporter("pdf", "Strategy map (PDF)", (".pdf",), write, order=0)
