"""The strategy map as SVG: one page, every word stays text, set in our type, which it carries."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from prodlead_desktop import resources
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.text import for_xml
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import Exporter, ExportOptions, ExportResult, replace_file
from prodlead_desktop.exchange.map_sheets import CREATOR, PAINTED, WRITING, MapSheets, prepared, remarks
from prodlead_desktop.figures.theme import FONT_FAMILY, FONT_FILES


def write(strategy: Strategy, path: Path, options: ExportOptions) -> ExportResult:
    """Write the map on one page in points, always light. BadInput as the PDF's."""
    sheets = prepared(strategy, options, one_page=True)
    content = as_svg(sheets, options.step)
    options.step(WRITING)
    replace_file(path, content)
    return ExportResult(path, tuple(remarks(sheets)))


def as_svg(sheets: MapSheets, step: Callable[[float], object]) -> bytes:
    """The only page as an SVG of its size in points. BadInput when it cannot be made."""
    sheet, buffer = sheets.sheet, QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # Tiny knows no clipping, and hatching needs it
    generator.setOutputDevice(buffer)
    generator.setResolution(72)
    generator.setSize(QSize(round(sheet.width), round(sheet.height)))
    generator.setViewBox(QRectF(0, 0, sheet.width, sheet.height))
    generator.setTitle(sheets.title)
    generator.setDescription(CREATOR)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, sheet.width, sheet.height), "#FFFFFF")
    sheets.paint(painter, 1)
    if not painter.end():
        raise BadInput("The SVG could not be made.", "Choose a branch.")
    step(PAINTED)
    made = for_xml(bytes(buffer.data().data()).decode("utf-8"))
    return made.replace("<defs>", f"<defs>\n<style>{_faces(made)}</style>", 1).encode()


def _faces(made: str) -> str:
    """Our type with the signs the map needs, inside the file, so that it looks the same on every machine."""
    text = html.unescape("".join(re.findall(r">([^<]+)</text>", made)))
    return "".join(
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};'
        f'src:url(data:font/woff;base64,{_subset(file, text)}) format("woff")}}'
        for weight, file in FONT_FILES.items()
        if f'font-weight="{weight}"' in made
    )


def _subset(file: str, text: str) -> str:
    """The signs of ``text`` from one of our fonts as WOFF in base64."""
    from fontTools import subset, ttLib  # type: ignore[import-untyped]

    font = ttLib.TTFont(str(resources.path("fonts", file)), lazy=True)
    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    out = io.BytesIO()
    with font:
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")


EXPORTER = Exporter("svg", "Strategy map (SVG)", (".svg",), write, order=1)
