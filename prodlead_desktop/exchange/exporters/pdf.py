"""The strategy map as a PDF: vector, fonts embedded, every word findable, on paper or on a page of its own size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import Exporter, ExportOptions, ExportResult, replace_file
from prodlead_desktop.exchange.map_sheets import (
    CREATOR,
    DRAWN,
    PAINTED,
    WRITING,
    MapSheets,
    prepared_all,
    remarks,
)
from prodlead_desktop.figures.paint_qt import MapPainter
from prodlead_desktop.figures.theme import PAPER


def write(strategy: Strategy, path: Path, options: ExportOptions) -> ExportResult:
    """Write the map, or each saved view on a page of its own, always light.

    Remarks tell of text under 6.5 pt and of characters that are not searchable.

    BadInput for an unknown page, lens, scenario or branch, for an empty map, and when `path` cannot be written;
    a file that was there stays whole then.
    """
    every = prepared_all(strategy, options)
    content = _pdf(every, options.step)
    options.step(WRITING)
    replace_file(path, content)
    return ExportResult(path, tuple(remarks(*every)))


def _pdf(every: tuple[MapSheets, ...], step: Callable[[float], object]) -> bytes:
    """The whole file in memory, so that a failed export cannot leave half of one."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)  # the painter does not keep it alive
    writer.setResolution(72)  # one device pixel is one point
    writer.setPageLayout(_layout(every[0]))
    writer.setTitle(every[0].title if len(every) == 1 else f"{every[0].strategy_name}: saved views")
    writer.setCreator(CREATOR)
    painter, map_painter = QPainter(writer), MapPainter(PAPER)
    done, count = 0, sum(sheets.pages for sheets in every)
    for sheets in every:
        for number in range(1, sheets.pages + 1):
            if done:
                writer.setPageLayout(_layout(sheets))
                writer.newPage()
            sheets.paint(painter, number, map_painter)
            done += 1
            step(DRAWN + (PAINTED - DRAWN) * done / count)
    if not painter.end():
        raise BadInput("The PDF could not be made.", "Choose a smaller page or a branch.")
    return bytes(buffer.data().data())


def _layout(sheets: MapSheets) -> QPageLayout:
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    size = QPageSize(QSizeF(*sheets.paper), QPageSize.Unit.Point, "", exact)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


EXPORTER = Exporter("pdf", "Strategy map (PDF)", (".pdf",), write, order=0)
