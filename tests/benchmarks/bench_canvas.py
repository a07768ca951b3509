"""Frames of the real canvas at 1920 × 1080 (pan, zoom, select, edit) against a bare batched layer and naive items.

Medians and p95 of offscreen frames in milliseconds, alternating in one run; ratio = ours / bare layer.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import many
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.figures import paint_qt
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.session import Session

WIDTH, HEIGHT = 1920, 1080
FRAMES = 60
COUNTER = itertools.count()


def main() -> None:
    """Two sizes a factor ten apart."""
    app = QApplication.instance() or QApplication([])
    paint_qt.register_fonts()
    print(
        f"{'nodes':>6} {'zoom':>5} {'work':<8} {'ours':>7} {'p95':>7} {'bare':>7} {'ratio':>6} {'naive':>7}"
    )
    for count in (500, 5_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            measure(app, count, Path(folder) / "map.prodlead")


def measure(app: object, count: int, path: Path) -> None:
    """Every kind of frame at several zooms."""
    document = Document.create(path, many(count))
    session = Session(document)
    session.set_lens("capital")
    canvas = MapCanvas(session)
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    target = QPixmap(WIDTH, HEIGHT)
    draw(canvas, target)
    fitted = canvas.camera
    for zoom in (0.0, 0.25, 0.4, 0.6, 1.0):
        works: dict[str, Callable[[int], None]] = {
            "pan": lambda i: canvas.look(
                canvas.camera.panned(23 if i % 2 else -23, 17 if i % 4 < 2 else -17)
            ),
            "zoom": lambda i: canvas.zoom_by(1.04 if i % 2 else 1 / 1.04, QPointF(900, 500)),
            "exact": lambda i: canvas._frame.forget(),
            "select": lambda i: session.select(canvas.picture.order[(i * 37) % len(canvas.picture.order)]),
            "edit": lambda i: rename(session, seen_card(canvas, i), next(COUNTER)),
        }
        for name, work in works.items():
            canvas.look(fitted)
            if zoom:
                canvas.zoom_to(zoom)
            canvas._frame._settled.stop()
            draw(canvas, target)
            ours, bare = [], []
            for index in range(FRAMES if name != "edit" else 20):
                start = time.perf_counter()
                work(index)
                draw(canvas, target)
                ours.append(time.perf_counter() - start)
                bare.append(bare_layer(canvas, target))
            naive = naive_items(canvas, target) if name == "exact" and count <= 5000 else None
            report(count, canvas.camera.zoom, name, ours, bare, naive)
    session.close()


def rename(session: Session, node_id: str, index: int) -> None:
    """One edit, as typing makes it."""
    with session.edit("Rename") as edit:
        nodes.rename(edit, node_id, f"Renamed the {index}th time")


def seen_card(canvas: MapCanvas, index: int) -> str:
    """A card that is in view."""
    right, bottom = canvas.camera.to_map(WIDTH, HEIGHT)
    seen = canvas.picture.index.in_rect(canvas.camera.x, canvas.camera.y, right, bottom)
    return (seen or canvas.picture.order)[index % max(len(seen), 1)]


def draw(canvas: MapCanvas, target: QPixmap) -> None:
    """One frame of the real widget."""
    canvas.viewport().render(target)


def bare_layer(canvas: MapCanvas, target: QPixmap) -> float:
    """The limit: every box that is in view as one batch of rectangles."""
    start = time.perf_counter()
    painter = QPainter(target)
    painter.fillRect(target.rect(), QColor("white"))
    camera = canvas.camera
    painter.scale(camera.zoom, camera.zoom)
    painter.translate(-camera.x, -camera.y)
    right, bottom = camera.to_map(WIDTH, HEIGHT)
    boxes = canvas.picture.boxes
    seen = canvas.picture.index.in_rect(camera.x, camera.y, right, bottom)
    painter.setBrush(QColor("#2A67E2"))
    painter.drawRects([QRectF(*boxes[node_id]) for node_id in seen])
    painter.end()
    return time.perf_counter() - start


def naive_items(canvas: MapCanvas, target: QPixmap) -> float:
    """The peer: one graphics item per card with a text item in it, as most programs do it."""
    scene = QGraphicsScene()
    for node_id, box in canvas.picture.boxes.items():
        scene.addRect(QRectF(*box)).setBrush(QColor("#F2F6FE"))
        text = scene.addSimpleText(canvas.picture.cards[node_id].title)
        text.setPos(box.x + 10, box.y + 10)
    view = QGraphicsView(scene)
    view.resize(WIDTH, HEIGHT)
    view.scale(canvas.camera.zoom, canvas.camera.zoom)
    view.centerOn(*canvas.camera.to_map(WIDTH / 2, HEIGHT / 2))
    view.viewport().render(target)
    start = time.perf_counter()
    view.viewport().render(target)
    return time.perf_counter() - start


def report(
    count: int, zoom: float, name: str, ours: list[float], bare: list[float], naive: float | None
) -> None:
    """One row."""
    median, limit = statistics.median(ours) * 1e3, statistics.median(bare) * 1e3
    p95 = sorted(ours)[int(len(ours) * 0.95)] * 1e3
    peer = f"{naive * 1e3:7.1f}" if naive is not None else "      –"
    print(
        f"{count:6d} {zoom:5.2f} {name:<8} {median:7.2f} {p95:7.2f} {limit:7.2f} {median / limit:6.1f} {peer}",
        flush=True,
    )


if __name__ == "__main__":
    main()
