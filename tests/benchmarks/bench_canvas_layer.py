"""Full repaints of the map on a 1920 × 1080 picture, against the bare batched layer: one drawRects per colour.

Both paint the same part of the same map in turn; medians and 95th percentiles of 50 frames in milliseconds. The bare
layer draws plain rectangles for the cards in view and nothing else: no text, no lines, no shapes.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from builders import many
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from prodlead_desktop.figures.map_picture import MapPicture, MapView, build
from prodlead_desktop.figures.paint_qt import MapPainter, ensure_gui, measure
from prodlead_desktop.figures.theme import LIGHT

WIDTH, HEIGHT, FRAMES = 1920, 1080, 50
ZOOMS = (0.25, 0.4, 0.6, 1.0)
LIMIT_MS = {1000: 16, 5000: 16, 10_000: 33}


def main() -> None:
    ensure_gui()
    heads = ("cards", "first", "ours", "p95", "bare", "limit", "ratio")
    print(f"{'nodes lens zoom':<28}", *(f"{head:>6}" for head in heads))
    for count in LIMIT_MS:
        strategy = many(count)
        for lens in ("structure", "capital"):
            picture = build(strategy, MapView(lens=lens, scenario="sc1"), measure)
            fit = min(WIDTH / picture.bounds.w, HEIGHT / picture.bounds.h)
            for zoom in (fit, *ZOOMS):
                row(picture, count, lens, zoom, fit)


def row(picture: MapPicture, count: int, lens: str, zoom: float, fit: float) -> None:
    """One line of the table."""
    area = densest(picture, zoom)
    painter = MapPainter(LIGHT)
    cards = picture.index.in_rect(area.left(), area.top(), area.right(), area.bottom())
    batches: dict[str, list[QRectF]] = {}
    for node in cards:
        stroke = LIGHT.kinds[picture.sources[node].node.kind].stroke
        batches.setdefault(stroke, []).append(QRectF(*picture.boxes[node]))

    def bare(target: QPainter) -> None:
        target.setPen(Qt.PenStyle.NoPen)
        for colour, boxes in batches.items():
            target.setBrush(QColor(colour))
            target.drawRects(boxes)

    def ours(target: QPainter) -> None:
        painter.paint(target, picture, area, zoom)

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    first = frame(image, area, zoom, ours)
    mine, peer = [], []
    for _ in range(FRAMES):
        mine.append(frame(image, area, zoom, ours))
        peer.append(frame(image, area, zoom, bare))
    middle, other = statistics.median(mine), statistics.median(peer)
    p95 = statistics.quantiles(mine, n=20)[-1]
    name = f"{count:>6} {lens:<10} {'fit ' if zoom == fit else ''}{zoom:.3g}"
    print(
        f"{name:<28} {len(cards):>6} {first:>6.1f} {middle:>6.2f} {p95:>6.2f} {other:>6.2f} "
        f"{LIMIT_MS[count]:>6} {middle / other:>6.1f}"
    )


def densest(picture: MapPicture, zoom: float) -> QRectF:
    """The window of the screen's size with the most cards, of some that are tried."""
    bounds, wide, high = picture.bounds, WIDTH / zoom, HEIGHT / zoom
    best, most = QRectF(bounds.x, bounds.y, wide, high), -1
    for across in range(5):
        for down in range(12):
            x = bounds.x + max(0.0, bounds.w - wide) * across / 4
            y = bounds.y + max(0.0, bounds.h - high) * down / 11
            found = len(picture.index.in_rect(x, y, x + wide, y + high))
            if found > most:
                best, most = QRectF(x, y, wide, high), found
    return best


def frame(image: QImage, area: QRectF, zoom: float, paint: Callable[[QPainter], None]) -> float:
    """Milliseconds for one frame, clearing included."""
    began = time.perf_counter()
    image.fill(QColor(LIGHT.canvas))
    target = QPainter(image)
    target.scale(zoom, zoom)
    target.translate(-area.topLeft())
    paint(target)
    target.end()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
