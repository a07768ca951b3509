"""Frames of the real canvas at 1920 × 1080, a bare batched layer and naive items.

Pan, zoom, drag, all painted anew, select, and edits: another title, a card more, a card less, Alt+arrows, folding.

Medians and p95 of 200 offscreen frames in milliseconds, alternating in one run; ratio = ours / bare layer, and p95 over
its p95. Times are what the window's thread computes, so that other work on the machine counts little. Zoom 0.01 is the
whole map. Motion is off, as its frames are drawn one by one. The last line of each size is what opening takes: a child
process from reading the file to the first exact frame, by the clock, and its memory. Edits in the whole window are
timed turn by turn in ``bench_canvas_window``.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import many
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from prodlead_desktop.app import make_application
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.session import Session

WIDTH, HEIGHT = 1920, 1080
FRAMES = int(os.environ.get("FRAMES", "200"))
LIMIT_MS = {500: 16, 5_000: 16, 10_000: 33}
COUNTER = itertools.count()


def main() -> None:
    """Two sizes a factor ten apart."""
    app = make_application()
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)
    heads = ("ours", "p95", "limit", "bare", "ratio", "p95 r.", "naive")
    print(f"{'nodes':>6} {'zoom':>5} {'work':<8}", *(f"{head:>7}" for head in heads))
    counts = [int(count) for count in sys.argv[1:]] or list(LIMIT_MS)
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.prodlead"
            measure(app, count, path)
            opening(count, path)


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
    canvas.fit()
    fitted = canvas.camera
    drop = DragFrames(canvas)
    added: list[str] = []
    for zoom in (0.0, 0.25, 0.4, 0.6, 1.0):
        works: dict[str, Callable[[int], Callable[[], object]]] = {
            "pan": lambda i: partial(
                canvas.look, canvas.camera.panned(23 if i % 2 else -23, 17 if i % 4 < 2 else -17)
            ),
            "zoom": lambda i: partial(canvas.zoom_by, 1.04 if i % 2 else 1 / 1.04, QPointF(900, 500)),
            "drag": lambda i: partial(drop, i),
            "exact": lambda i: canvas._frame.forget,
            "select": lambda i: partial(session.select, nth_card(canvas, i)),
            "edit": lambda i: partial(rename, session, seen_card(canvas, i), next(COUNTER)),
            "add": lambda i: partial(add, session, seen_leaf(canvas, i), added),
            "delete": lambda i: partial(change, session, nodes.delete, [added.pop()]),
            "move": lambda i: partial(
                change, session, nodes.reorder, seen_leaf(canvas, i // 2), -1 if i % 2 else 1
            ),
            "fold": lambda i: partial(session.set_folded, session.folded ^ {seen_family(canvas, i // 2)}),
        }
        for name, work in works.items():
            session.set_folded(())
            canvas.look(fitted)
            if zoom:
                canvas.zoom_to(zoom)
            canvas._frame._settled.stop()
            draw(canvas, target)
            drop.begin() if name == "drag" else drop.end()
            ours, bare = [], []
            for index in range(FRAMES):
                step = work(index)  # the card is chosen
                start = time.thread_time()
                step()
                draw(canvas, target)
                ours.append(time.thread_time() - start)
                bare.append(bare_layer(canvas, target))
            drop.end()
            naive = naive_items(canvas, target) if name == "exact" and count <= 5000 else None
            report(count, canvas.camera.zoom, name, ours, bare, naive)
    session.close()


class DragFrames:
    """A card in the hand that goes here and there, by real mouse events."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._start: QPointF | None = None

    def begin(self) -> None:
        """Take the first card in view that is not at the top."""
        canvas = self._canvas
        node = next(
            (n for n in (seen_card(canvas, i) for i in range(1, 999)) if canvas.picture.parents[n]), None
        )
        if node is None:  # nothing but the root is in view
            node = seen_leaf(canvas, 0)
            canvas.centre(node)
        box = canvas.picture.boxes[node]
        self._start = QPointF(*canvas.camera.to_screen(box.x + box.w / 2, box.middle))
        self._send(QEvent.Type.MouseButtonPress, self._start, Qt.MouseButton.LeftButton)
        self._send(QEvent.Type.MouseMove, self._start + QPointF(40, 40), Qt.MouseButton.NoButton)

    def __call__(self, index: int) -> None:
        assert self._start is not None
        way = QPointF(60 + 7 * (index % 60), 40 + 5 * (index % 60))
        self._send(QEvent.Type.MouseMove, self._start + way, Qt.MouseButton.NoButton)

    def end(self) -> None:
        """Let go without doing anything."""
        if self._start is not None:
            self._canvas._hand.drop_everything()
            self._start = None

    def _send(self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
        port = self._canvas.viewport()
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(port, QMouseEvent(kind, at, port.mapToGlobal(at), button, buttons, none))


OPEN = """
import sys, time, resource
from prodlead_desktop import app
from prodlead_desktop.figures import paint_qt
application = app.make_application()
paint_qt.register_fonts()
from prodlead_desktop.document import Document
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.session import Session
begun = time.perf_counter()
session = Session(Document.open(sys.argv[1]))
canvas = MapCanvas(session)
canvas.resize(1920, 1080)
canvas.show()
canvas.grab()
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
import os; os._exit(0)
"""


def opening(count: int, path: Path) -> None:
    """Seconds and megabytes of opening a file up to the first exact frame."""
    found = []
    for _ in range(5):
        command = [sys.executable, "-c", OPEN, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(tuple(map(float, done.stdout.split())))
    seconds, megabytes = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"{count:6d} opened to the first exact frame in {seconds:.2f} s, {megabytes:.0f} MB", flush=True)


def rename(session: Session, node_id: str, index: int) -> None:
    """One edit, as typing makes it."""
    with session.edit("Rename") as edit:
        nodes.rename(edit, node_id, f"Renamed the {index}th time")


def change(session: Session, verb: Callable[..., Any], *about: object) -> Any:
    """One edit, as a key makes it."""
    with session.edit("Change") as edit:
        return verb(edit, *about)


def add(session: Session, beside: str, added: list[str]) -> None:
    """A card more."""
    added.append(change(session, nodes.add_sibling, beside))


def nth_card(canvas: MapCanvas, index: int) -> str:
    """Cards here and there."""
    order = canvas.picture.order
    return order[index * 37 % len(order)]


def seen_leaf(canvas: MapCanvas, index: int) -> str:
    """A card in view with nothing below it."""
    picture = canvas.picture
    right, bottom = canvas.camera.to_map(WIDTH, HEIGHT)
    seen = picture.in_rect(canvas.camera.x, canvas.camera.y, right, bottom)
    for ids in (seen, picture.order):
        leaves = [node for node in ids if picture.parents[node] and node not in picture.children]
        if leaves:
            return leaves[37 * index % len(leaves)]
    raise ValueError("a map without leaves")


def seen_family(canvas: MapCanvas, index: int) -> str:
    """What a leaf in view hangs below; what was folded stays it."""
    folded = sorted(canvas.session.folded)
    return folded[0] if folded else str(canvas.picture.parents[seen_leaf(canvas, index)])


def seen_card(canvas: MapCanvas, index: int) -> str:
    """A card that is in view."""
    right, bottom = canvas.camera.to_map(WIDTH, HEIGHT)
    seen = canvas.picture.in_rect(canvas.camera.x, canvas.camera.y, right, bottom)
    return (seen or canvas.picture.order)[index % max(len(seen), 1)]


def draw(canvas: MapCanvas, target: QPixmap) -> None:
    """One frame of the real widget."""
    canvas.viewport().render(target)


def bare_layer(canvas: MapCanvas, target: QPixmap) -> float:
    """The limit: every box that is in view as one batch of rectangles."""
    start = time.thread_time()
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
    return time.thread_time() - start


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
    start = time.thread_time()
    view.viewport().render(target)
    return time.thread_time() - start


def report(
    count: int, zoom: float, name: str, ours: list[float], bare: list[float], naive: float | None
) -> None:
    """One row."""
    median, limit = statistics.median(ours) * 1e3, statistics.median(bare) * 1e3
    p95, bare95 = (sorted(times)[int(len(times) * 0.95)] * 1e3 for times in (ours, bare))
    peer = f"{naive * 1e3:7.1f}" if naive is not None else "      –"
    print(
        f"{count:6d} {zoom:5.2f} {name:<8} {median:7.2f} {p95:7.2f} {LIMIT_MS.get(count, 33):7d} {limit:7.2f} "
        f"{median / limit:7.1f} {p95 / bare95:7.1f} {peer}",
        flush=True,
    )


if __name__ == "__main__":
    main()
