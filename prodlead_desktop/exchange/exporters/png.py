"""The strategy map as a PNG: one page, as many pixels across as asked, for slides and chats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from prodlead_desktop.domain.numerals import number
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import Exporter, ExportOptions, ExportResult, replace_file
from prodlead_desktop.exchange.map_sheets import CREATOR, PAINTED, WRITING, MapSheets, prepared, remarks

USUAL, USUAL_MOST = 200 / 72, 8_000  # pixels for a point: 200 to the inch; and for a side
LEAST, MOST, MOST_PIXELS = 200, 16_000, 130_000_000
LEAST_TEXT_PX = 9


def write(strategy: Strategy, path: Path, options: ExportOptions) -> ExportResult:
    """Write the map on one page, always light, ``options.width`` pixels across.

    Without a width it is 200 to the inch, at most 8,000 a side; a remark tells when text is too small for it.

    BadInput as the PDF's, and when the picture would be too small to read or too big to open.
    """
    sheets = prepared(strategy, options, one_page=True)
    image = painted(sheets, options.width)
    options.step(PAINTED)
    content = as_png(image, sheets.title)
    options.step(WRITING)
    replace_file(path, content)
    return ExportResult(path, (*tuple(remarks(sheets)), *too_small(sheets, options.width)))


def usual_width(width: float, height: float) -> int:
    """Pixels across for a page of this size in points when nobody asks for a number."""
    return max(LEAST, round(width * min(USUAL, USUAL_MOST / width, USUAL_MOST / height)))


def too_small(sheets: MapSheets, width: int | None) -> Iterator[str]:
    """Text that the pixels cannot show."""
    across, _ = pixels(sheets, width)
    high = sheets.sheet.text_pt * across / sheets.sheet.width
    if high < LEAST_TEXT_PX:
        yield (
            f"The smallest text is {high:.0f} pixels high; from {LEAST_TEXT_PX} on it reads well. "
            "Ask for more pixels, a branch, or write a PDF."
        )


def as_png(image: QImage, title: str) -> bytes:
    """A picture as a PNG with its title."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.setText("Title", title)
    image.setText("Software", CREATOR)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise BadInput("The PNG could not be made.", "Choose fewer pixels.")
    return bytes(buffer.data().data())


def pixels(sheets: MapSheets, width: int | None) -> tuple[int, int]:
    """Across and down. BadInput when the picture would be too small or too big."""
    sheet = sheets.sheet
    across = usual_width(sheet.width, sheet.height) if width is None else width
    down = max(1, round(sheet.height * across / sheet.width))
    if across < LEAST:
        raise BadInput(f"A map of {across} pixels cannot be read.", f"Ask for at least {LEAST}.")
    if max(across, down) > MOST or across * down > MOST_PIXELS:
        raise BadInput(
            f"A picture of {number(across)} × {number(down)} pixels is too big.",
            "Ask for fewer, or write a PDF.",
        )
    return across, down


def painted(sheets: MapSheets, width: int | None) -> QImage:
    """The only page as a picture. BadInput when it would be too small or too big."""
    across, down = pixels(sheets, width)
    scale = across / sheets.sheet.width
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
