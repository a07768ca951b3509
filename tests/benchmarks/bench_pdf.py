"""The map as a vector PDF: ours against cairo drawing the same cards, and against both drawing bare boxes.

`cairo` draws the shapes, icons, title and metric lines, chips, pips and curved edges that we draw, from the ready
picture and without foot or pages; `bare qt` and `bare cairo` draw one rectangle, one straight line and the title for
each card. Seconds are medians; `found` is the share of titles that pypdf reads back from ours. Cairo: pycairo or
cairocffi on the path. Usage: bench_pdf.py [nodes …].
"""

from __future__ import annotations

import gc
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pypdf
from builders import many
from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter, QPainterPath, QPdfWriter

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.exporters.pdf import EXPORTER
from prodlead_desktop.figures.card import Card
from prodlead_desktop.figures.map_picture import MapPicture, MapView, build
from prodlead_desktop.figures.paint_qt import ensure_gui, font, icon_path, measure
from prodlead_desktop.figures.paint_shapes import silhouette
from prodlead_desktop.figures.theme import FONT_FAMILY, LIGHT

try:
    import cairo
except ImportError:
    try:
        import cairocffi as cairo
    except ImportError:
        cairo = None

ROUNDS = 3
LIMIT = 0.5  # of cairo's time
SCALE = 14_000.0  # points of the peers' single page


def main() -> None:
    ensure_gui()
    sizes = [int(word) for word in sys.argv[1:]] or [1000, 10_000]
    heads = ("nodes", "ours s", "cairo s", "limit", "ratio", "bare qt", "b.cairo", "MB", "found")
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
    works: dict[str, Callable[[], object]] = {
        "ours": lambda: EXPORTER.write(strategy, target, options),
        "qt": lambda: bare_qt(picture, folder / "qt.pdf"),
    }
    if cairo is not None:
        works["cairo"] = lambda: through_cairo(picture, folder / "cairo.pdf", whole_card)
        works["bare"] = lambda: through_cairo(picture, folder / "bare.pdf", bare_card)
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(seconds(work))
    took = {name: statistics.median(found) for name, found in times.items()}
    nan = float("nan")
    peer = took.get("cairo", nan)
    numbers = (took["ours"], peer, LIMIT, took["ours"] / peer, took["qt"], took.get("bare", nan))
    share = found(target, strategy.all(Node).values())
    size = target.stat().st_size / 1e6
    print(f"{count:>7}", *(f"{number:>7.2f}" for number in (*numbers, size)), f"{share:>7.1%}")


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


def bare_qt(picture: MapPicture, path: Path) -> None:
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


def through_cairo(picture: MapPicture, path: Path, draw: Callable[[Any, Card], None]) -> None:
    """All edges as curves, then every card by `draw`, on one page."""
    bounds = picture.bounds
    scale = SCALE / bounds.h
    surface = cairo.PDFSurface(str(path), bounds.w * scale, SCALE)
    context = cairo.Context(surface)
    context.scale(scale, scale)
    for edge in picture.edges:
        middle = (edge.x1 + edge.x2) / 2
        context.move_to(edge.x1, edge.y1)
        context.curve_to(middle, edge.y1, middle, edge.y2, edge.x2, edge.y2)
        context.stroke()
    for node, box in picture.boxes.items():
        context.translate(box.x, box.y)
        draw(context, picture.cards[node])
        context.translate(-box.x, -box.y)
    surface.finish()


def bare_card(context: Any, card: Card) -> None:
    """A rectangle and its title."""
    style = LIGHT.kinds[card.role]
    context.rectangle(0, 0, card.width, card.height)
    painted(context, style.card, style.stroke)
    title(context, card)


def whole_card(context: Any, card: Card) -> None:
    """What we draw for a card."""
    style = LIGHT.kinds[card.role]
    followed(context, elements(silhouette(card.role, card.width, card.height)))
    painted(context, style.card, style.stroke)
    context.translate(13, 10)
    context.scale(0.75, 0.75)
    followed(context, elements(icon_path(style.icon)))
    context.stroke()
    context.scale(1 / 0.75, 1 / 0.75)
    context.translate(-13, -10)
    title(context, card)
    low = card.height - 19
    if card.metric:
        said(context, card.metric, 40, low - 20, 13, style.text2)
    if card.chip is not None:
        context.rectangle(170, low - 10, 58, 20)
        painted(context, LIGHT.surface, LIGHT.line2)
        said(context, card.chip.text, 177, low + 5, 12.5, LIGHT.text)
    if card.bar is not None:
        context.rectangle(40, low - 3, 96, 6)
        painted(context, LIGHT.line, style.stroke)
    for pip in range(3 if card.pips is not None else 0):
        context.rectangle(45 + 13 * pip, low - 4, 10, 8)
        painted(context, style.stroke, style.stroke)
    if card.level:
        said(context, card.level, 90, low + 5, 13, style.text2)


def title(context: Any, card: Card) -> None:
    for number, line in enumerate(card.lines):
        said(context, line, 40, 24 + 20 * number, 15, LIGHT.text)


def said(context: Any, text: str, x: float, y: float, size: float, colour: str) -> None:
    context.select_font_face(FONT_FAMILY)
    context.set_font_size(size)
    context.set_source_rgb(*rgb(colour))
    context.move_to(x, y)
    context.show_text(text)


def painted(context: Any, fill: str, stroke: str) -> None:
    context.set_source_rgb(*rgb(fill))
    context.fill_preserve()
    context.set_source_rgb(*rgb(stroke))
    context.stroke()


@cache
def rgb(colour: str) -> tuple[float, ...]:
    return QColor(colour).getRgbF()[:3]


def followed(context: Any, steps: list[tuple[float, ...]]) -> None:
    """A path: pairs are moves or lines, sixes are curves."""
    start = True
    for step in steps:
        if len(step) == 6:
            context.curve_to(*step)
        elif step == ():
            start = True
        elif start:
            context.move_to(*step)
            start = False
        else:
            context.line_to(*step)


def elements(path: QPainterPath) -> list[tuple[float, ...]]:
    """The path for `followed`, read once for each shape."""
    key = id(path)
    if key not in _ELEMENTS:
        steps: list[tuple[float, ...]] = []
        number = 0
        while number < path.elementCount():
            element = path.elementAt(number)
            if element.isCurveTo():
                rest = [path.elementAt(number + i) for i in range(3)]
                steps.append(tuple(value for point in rest for value in (point.x, point.y)))
                number += 3
                continue
            if element.isMoveTo():
                steps.append(())
            steps.append((element.x, element.y))
            number += 1
        _ELEMENTS[key] = steps
    return _ELEMENTS[key]


_ELEMENTS: dict[int, list[tuple[float, ...]]] = {}

if __name__ == "__main__":
    main()
