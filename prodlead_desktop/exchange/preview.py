"""How an export will look before it is made: its first page small, and what would be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.exporters import png
from prodlead_desktop.exchange.map_sheets import MapSheets, prepared, prepared_all, reads_well, remarks
from prodlead_desktop.exchange.page import POINTS_PER_MM
from prodlead_desktop.figures.paint_palette import pen
from prodlead_desktop.figures.paint_qt import MapPainter
from prodlead_desktop.figures.theme import PAPER

WIDTH, HEIGHT = 880, 1230  # pixels the page is fitted into
_FAINT = 0.2  # pixels for a map unit under which cards are painted as blocks
_CUT, _DASH = 3.2, (10.0, 8.0)


@dataclass(frozen=True)
class Preview:
    """The picture and a sentence or more."""

    image: QImage
    words: str


def preview(strategy: Strategy, ending: str, options: ExportOptions) -> Preview:
    """The first page of a map as a file of ``ending`` would show it. BadInput where the export would be refused."""
    every = (
        prepared_all(strategy, options) if ending == ".pdf" else (prepared(strategy, options, one_page=True),)
    )
    first, count = every[0], sum(sheets.pages for sheets in every)
    facts = [_millimetres(first.size)]
    if first.tiles is not None:
        facts.append(f"on {numerals.number(count)} sheets of {_millimetres(first.paper)}")
    elif count > 1:
        facts.append(f"{numerals.number(count)} pages")
    said = [*remarks(*every)]
    if ending == ".png":
        across, down = png.pixels(first, options.width)
        facts.append(f"{numerals.number(across)} × {numerals.number(down)} pixels")
        said += png.too_small(first, options.width)
    if all(reads_well(sheets) for sheets in every):
        said.insert(0, f"Smallest text {numerals.number(first.sheet.text_pt, 1)}\u00a0pt.")
    return Preview(_painted(first), " ".join([f"{', '.join(facts)}.", *said]))


def _millimetres(size: tuple[float, float]) -> str:
    return " × ".join(numerals.number(round(side / POINTS_PER_MM)) for side in size) + "\u00a0mm"


def _painted(sheets: MapSheets) -> QImage:
    """The first page, with the lines along which it is cut."""
    width, height = sheets.size
    scale = min(WIDTH / width, HEIGHT / height)
    image = QImage(max(1, round(width * scale)), max(1, round(height * scale)), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    zoom = sheets.sheet.scale * scale
    sheets.paint_page(painter, 1, MapPainter(PAPER), zoom if zoom < _FAINT else None)
    if sheets.tiles is not None:
        painter.setPen(pen(PAPER.accent, _CUT / scale, tuple(length / scale for length in _DASH)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        page = QRectF(0, 0, width, height)
        for number in range(1, sheets.pages + 1):
            painter.drawRect(sheets.tiles.part(number) & page)
    painter.end()
    return image
