"""The map as a vector PDF: ours against a plain QPdfWriter loop and, where it is installed, cairo.

The peers draw the same rectangles, straight lines and title lines and nothing else: no shapes, icons, metrics, chips,
ribbons or foot. Seconds are medians; `found` is the share of titles that pypdf reads back from ours. Cairo: pycairo
or cairocffi on the path. Usage: bench_pdf.py [nodes …].
"""

from __future__ import annotations

import gc
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pypdf
from builders import many
from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.exporters.pdf import EXPORTER
from prodlead_desktop.figures.map_picture import MapPicture, MapView, build
from prodlead_desktop.figures.paint_qt import ensure_gui, font, measure
from prodlead_desktop.figures.theme import FONT_FAMILY, LIGHT

ROUNDS = 3
LIMIT = 0.5  # of cairo's time
SCALE = 14_000.0  # points of the peers' single page


def main() -> None:
    ensure_gui()
    sizes = [int(word) for word in sys.argv[1:]] or [1000, 10_000]
    heads = ("nodes", "ours s", "qt s", "cairo s", "limit", "/cairo", "/qt", "MB", "found")
    print(*(f"{head:>7}" for head in heads))
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            row(Path(folder), count)


def row(folder: Path, count: int) -> None:
    """One line of the table."""
    strategy = many(count)
    options = ExportOptions(scenario="sc1")
    target = folder / "ours.pdf"
    picture = build(strategy, MapView(lens="capital", scenario="sc1"), measure)
    list(picture.cards.values())
    ours, qt, cairo = [], [], []
    peer = cairo_writer()
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: EXPORTER.write(strategy, target, options)))
        qt.append(seconds(lambda: plain_qt(picture, folder / "qt.pdf")))
        if peer is not None:
            cairo.append(seconds(lambda: peer(picture, folder / "cairo.pdf")))
    mine, plain = statistics.median(ours), statistics.median(qt)
    other = statistics.median(cairo) if cairo else None
    of_cairo = mine / other if other else float("nan")
    numbers = (mine, plain, other or float("nan"), LIMIT, of_cairo, mine / plain, target.stat().st_size / 1e6)
    share = found(target, strategy.all(Node).values())
    print(f"{count:>7}", *(f"{number:>7.2f}" for number in numbers), f"{share:>7.1%}")


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def found(path: Path, nodes: object) -> float:
    """The share of titles that an independent reader finds, white space aside."""
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(path).pages))
    titles = [re.sub(r"\s", "", node.title) for node in nodes]  # type: ignore[attr-defined]
    return sum(title in text for title in titles) / len(titles)


def plain_qt(picture: MapPicture, path: Path) -> None:
    """Rectangles, lines and titles, straight to a QPdfWriter."""
    bounds = picture.bounds
    scale = SCALE / bounds.h
    writer = QPdfWriter(str(path))
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QSizeF(bounds.w * scale, SCALE), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    painter.scale(scale, scale)
    painter.drawLines([QLineF(edge.x1, edge.y1, edge.x2, edge.y2) for edge in picture.edges])
    painter.setFont(font(15, 600))
    for node, box in picture.boxes.items():
        card = picture.cards[node]
        style = LIGHT.kinds[card.role]
        painter.setPen(QColor(style.stroke))
        painter.setBrush(QColor(style.card))
        painter.drawRect(QRectF(*box))
        painter.setPen(QColor(style.text))
        for number, line in enumerate(card.lines):
            painter.drawText(QPointF(box.x + 40, box.y + 24 + 20 * number), line)
    painter.end()


def cairo_writer() -> Callable[[MapPicture, Path], None] | None:
    """The same through cairo, if it is there."""
    try:
        import cairo
    except ImportError:
        try:
            import cairocffi as cairo
        except ImportError:
            return None

    def write(picture: MapPicture, path: Path) -> None:
        bounds = picture.bounds
        scale = SCALE / bounds.h
        surface = cairo.PDFSurface(str(path), bounds.w * scale, SCALE)
        context = cairo.Context(surface)
        context.scale(scale, scale)
        for edge in picture.edges:
            context.move_to(edge.x1, edge.y1)
            context.line_to(edge.x2, edge.y2)
        context.stroke()
        context.select_font_face(FONT_FAMILY)
        context.set_font_size(15)
        for node, box in picture.boxes.items():
            card = picture.cards[node]
            style = LIGHT.kinds[card.role]
            context.rectangle(*box)
            context.set_source_rgb(*QColor(style.card).getRgbF()[:3])
            context.fill_preserve()
            context.set_source_rgb(*QColor(style.stroke).getRgbF()[:3])
            context.stroke()
            context.set_source_rgb(*QColor(style.text).getRgbF()[:3])
            for number, line in enumerate(card.lines):
                context.move_to(box.x + 40, box.y + 24 + 20 * number)
                context.show_text(line)
        surface.finish()

    return write


if __name__ == "__main__":
    main()
