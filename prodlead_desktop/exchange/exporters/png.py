"""The strategy map as a PNG: one page, as many pixels across as asked, for slides and chats."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from prodlead_desktop.domain.numerals import number
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import Exporter, ExportOptions, ExportResult, replace_file
from prodlead_desktop.exchange.map_sheets import CREATOR, MapSheets, prepared, remarks

USUAL = 200 / 72  # pixels for a point: 200 to the inch
LEAST, MOST, MOST_PIXELS = 200, 16_000, 130_000_000


def write(strategy: Strategy, path: Path, options: ExportOptions) -> ExportResult:
    """Write the map on one page, always light, ``options.width`` pixels across (None: 200 to the inch, at most 8,000).

    BadInput as the PDF's, and when the picture would be too small to read or too big to open.
    """
    sheets = prepared(strategy, options, one_page=True)
    replace_file(path, as_png(sheets, options.width))
    return ExportResult(path, tuple(remarks(sheets)))


def as_png(sheets: MapSheets, width: int | None) -> bytes:
    """The only page as a PNG. BadInput when it would be too small or too big."""
    image = painted(sheets, width)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.setText("Title", sheets.title)
    image.setText("Software", CREATOR)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise BadInput("The PNG could not be made.", "Choose fewer pixels.")
    return bytes(buffer.data().data())


def painted(sheets: MapSheets, width: int | None) -> QImage:
    """The only page as a picture. BadInput when it would be too small or too big."""
    sheet = sheets.sheet
    across = width or min(round(sheet.width * USUAL), 8_000)
    scale = across / sheet.width
    down = max(1, round(sheet.height * scale))
    if across < LEAST:
        raise BadInput(f"A map of {across} pixels cannot be read.", f"Ask for at least {LEAST}.")
    if max(across, down) > MOST or across * down > MOST_PIXELS:
        raise BadInput(
            f"A picture of {number(across)} × {number(down)} pixels is too big.",
            "Ask for fewer, or write a PDF.",
        )
    image = QImage(across, down, QImage.Format.Format_RGB32)
    if image.isNull():
        raise BadInput("There is not enough memory for that picture.", "Ask for fewer pixels.")
    image.fill(QColor("#FFFFFF"))
    image.setDotsPerMeterX(round(scale * 72 / 0.0254))
    image.setDotsPerMeterY(round(scale * 72 / 0.0254))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    sheets.paint(painter, 1)
    painter.end()
    return image


EXPORTER = Exporter("png", "Strategy map (PNG)", (".png",), write, order=2)
