"""Maps and charts in every form they are written in: whole, not empty, and in our own type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop import samples
from prodlead_desktop.self_test.part import must

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from prodlead_desktop.exchange.exporter import ExportOptions


def map_pdf(folder: Path) -> str:
    """The map as PDF, with its fonts."""
    return embedded(_map(folder / "map.pdf"))


def map_svg(folder: Path) -> str:
    """The map as SVG, with its font."""
    return _readable(_map(folder / "map.svg"), "@font-face")


def map_png(folder: Path) -> str:
    """The map as PNG."""
    from PySide6.QtGui import QImage

    image = QImage(str(_map(folder / "map.png")))
    must(colours(image) > 40, "the picture is empty")
    return f"{image.width()} × {image.height()} pixels"


def chart_pdf(folder: Path) -> str:
    """A chart as PDF, with its fonts."""
    return embedded(_chart(folder / "chart.pdf"))


def chart_svg(folder: Path) -> str:
    """A chart as SVG."""
    return _readable(_chart(folder / "chart.svg"), "Prodlead Sans")


def plan() -> ExportOptions:
    """The plan of record of the sample on A3."""
    from prodlead_desktop.domain.scenarios import plan_of_record
    from prodlead_desktop.exchange.exporter import ExportOptions

    found = plan_of_record(samples.load())
    return ExportOptions(page="A3", scenario=found.id if found else None, width=1200)


def embedded(pdf: Path) -> str:
    """Says which fonts a PDF carries; each one it names must be ours and inside."""
    content = pdf.read_bytes()
    must(content.startswith(b"%PDF-") and b"%%EOF" in content[-64:], "that is no whole PDF")
    names = {name.decode() for name in re.findall(rb"/FontName\s*/([\w+#-]+)", content)}
    files = len(re.findall(rb"/FontFile[23]?\s", content))
    strange = sorted(name for name in names if "ProdleadSans" not in name)
    must(bool(names) and not strange, f"fonts of this machine: {', '.join(strange) or 'none at all'}")
    must(files >= len(names), f"{files} of {len(names)} fonts are inside")
    return f"{len(names)} fonts inside, {len(content) // 1024} KB"


def colours(image: QImage) -> int:
    """How many colours a picture has, on a grid of points; a blank one has one."""
    points = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return len({image.pixel(x, y) for x, y in points})


def _map(path: Path) -> Path:
    """The sample's plan of record as the ending says."""
    from prodlead_desktop.exchange.exporter import exporter_for

    return exporter_for(path).write(samples.load(), path, plan()).path


def _chart(path: Path) -> Path:
    """A chart of the sample's first two scenarios, without any window."""
    from prodlead_desktop.domain.entities import Scenario
    from prodlead_desktop.exchange import chart_files
    from prodlead_desktop.figures.chart import chart_named

    strategy = samples.load()
    pair = tuple(scenario.id for scenario in strategy.ordered(Scenario))[:2]
    chart = chart_named("moves")
    chart_files.write(chart, chart.of(strategy, pair), path)
    return path


def _readable(svg: Path, words: str) -> str:
    """An SVG that Qt can draw and that names our type."""
    from PySide6.QtSvg import QSvgRenderer

    must(QSvgRenderer(str(svg)).isValid(), "Qt cannot read the SVG")
    must(words in svg.read_text(encoding="utf-8"), "the text is not set in Prodlead Sans")
    return f"{svg.stat().st_size // 1024} KB"
