"""Edits in the whole window at 1920 × 1080: how long they hold up the event loop, and when everything has followed.

Canvas, outline and inspector are shown under the capital lens, 5,000 and 10,000 nodes, near, mid and far. One edit is
a key's or a mouse's handler and the turns of the event loop that follow it; each turn is timed alone, as computed by
the window's thread. Given are, in milliseconds, the handler, the longest turn (median and p95, against the limit), all
turns together until everything has followed, and in the same run the bare batched layer and naive items. Every fourth
edit is let rest, so that what comes late (legend, tray, room for deep rows) counts too. Motion is off. The last column
is how much slower than at its best the machine was meanwhile: a loop of plain Python, beside every edit.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_canvas import add, bare_layer, change, naive_items, seen_card, seen_family, seen_leaf
from builders import many
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from prodlead_desktop.app import dress, make_application
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory

EDITS = int(os.environ.get("FRAMES", "200"))
LIMIT_MS = {5_000: 16, 10_000: 33}
ZOOMS = {"far": 0.0, "mid": 0.25, "near": 1.0}  # far: the whole map
REST_S = 0.5
QUICKEST: list[float] = []  # milliseconds of that loop
Work = Callable[[int], Callable[[], object]]  # what is done, to a card that is chosen by then


def main() -> None:
    """Print the table."""
    app = make_application()
    dress(app)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)
    heads = ("handler", "p95", "longest", "p95", "limit", "settled", "p95", "bare", "naive", "slowed")
    print(f"{'nodes':>6} {'zoom':>5} {'edit':<8}", *(f"{head:>7}" for head in heads))
    for count in [int(count) for count in sys.argv[1:]] or list(LIMIT_MS):
        with tempfile.TemporaryDirectory() as folder:
            window = shown(app, count, Path(folder))
            for zoom in ZOOMS:
                measure(window, count, zoom)
            window.close_anyway()


def shown(app: QApplication, count: int, folder: Path) -> MainWindow:
    """The window at rest, with every panel of the inspector made."""
    program = Program(memory(folder / "memory"))
    app.focusChanged.connect(program.focus_moved)
    document = Document.create(folder / "map.prodlead", many(count))
    window = program.show_document(document, None)
    window.resize(2256, 1320)  # the map in it has 1920 × 1080
    window.activateWindow()
    rest(2.0)
    assert window.session is not None and window.desk is not None
    window.session.set_lens("capital")
    window.desk.canvas.setFocus()
    rest(4.0)
    return window


def works_of(window: MainWindow) -> dict[str, Work]:
    """What people do, each at a card in view."""
    assert window.session is not None and window.desk is not None
    session, canvas = window.session, window.desk.canvas
    added: list[str] = []

    def type_beside(node: str) -> None:
        session.select(node)
        window.table.run("map.sibling")

    return {
        "select": lambda i: partial(session.select, seen_card(canvas, i)),
        "rename": lambda i: partial(
            change, session, nodes.rename, seen_card(canvas, i), f"Renamed {i} times"
        ),
        "type": lambda i: partial(type_beside, seen_leaf(canvas, i)),
        "add": lambda i: partial(add, session, seen_leaf(canvas, i), added),
        "delete": lambda i: partial(change, session, nodes.delete, [added.pop()]),
        "move": lambda i: partial(
            change, session, nodes.reorder, seen_leaf(canvas, i // 2), -1 if i % 2 else 1
        ),
        "fold": lambda i: partial(session.set_folded, session.folded ^ {seen_family(canvas, i // 2)}),
        "undo": lambda i: session.redo if i % 2 else session.undo,
    }


def measure(window: MainWindow, count: int, zoom: str) -> None:
    """Every kind of edit at one zoom."""
    assert window.session is not None and window.desk is not None
    session, canvas = window.session, window.desk.canvas
    for name, work in works_of(window).items():
        session.set_folded(())
        canvas.fit()
        if ZOOMS[zoom]:
            canvas.zoom_to(ZOOMS[zoom])
            canvas.centre(densest(canvas))
        rest(REST_S)
        target = QPixmap(canvas.viewport().size())
        found, bare, loops = [], [], list[float]()
        for index in range(EDITS):
            found.append(turns(window, work(index), 0.0 if index % 4 else REST_S))
            bare.append(bare_layer(canvas, target))
            loops.append(timed(loop))
            if name == "type":
                QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
                turns(window, lambda: None, 0.0)
        naive = naive_items(canvas, target) * 1e3 if name == "select" and count <= 5000 else None
        QUICKEST.append(min(loops))
        report(count, zoom, name, found, bare, naive, statistics.median(loops) / min(QUICKEST))


def densest(canvas: MapCanvas) -> str:
    """The card around which most others are in view, of some that are tried."""
    picture, port = canvas.picture, canvas.viewport()
    wide, high = (side / canvas.camera.zoom / 2 for side in (port.width(), port.height()))

    def around(node: str) -> int:
        x, y = picture.boxes[node].x + picture.boxes[node].w / 2, picture.boxes[node].middle
        return len(picture.index.in_rect(x - wide, y - high, x + wide, y + high))

    return max(picture.order[::40], key=around)


def turns(window: MainWindow, work: Callable[[], object], rest_s: float) -> list[float]:
    """Milliseconds of the handler and of each turn after it, until everything has followed and ``rest_s`` are over."""
    assert window.session is not None
    waiting, found = window.session.turns, [timed(work)]
    end = time.monotonic() + rest_s
    found += [timed(QApplication.processEvents) for _ in range(2)]
    while waiting.waits or time.monotonic() < end:
        found.append(timed(QApplication.processEvents))
        if not waiting.waits:
            time.sleep(0.004)
    return [*found, timed(QApplication.processEvents)]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that this thread computes."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1e3


def rest(seconds: float) -> None:
    """Let the window do what it does by itself."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def loop() -> None:
    """A few milliseconds of nothing."""
    numbers = {number: (number, number) for number in range(20_000)}
    sorted([-first for first, _ in numbers.values()])


def report(
    count: int,
    zoom: str,
    name: str,
    found: list[list[float]],
    bare: list[float],
    naive: float | None,
    slowed: float,
) -> None:
    """One row."""
    columns = [[each[0] for each in found], [max(each) for each in found]]
    settled = [sum(each) for each in found]
    cells = [f"{part:7.1f}" for column in columns for part in middle_and_tail(column)]
    cells += [f"{LIMIT_MS.get(count, 33):7d}", *(f"{part:7.1f}" for part in middle_and_tail(settled))]
    cells += [f"{statistics.median(bare) * 1e3:7.2f}", f"{naive:7.1f}" if naive is not None else "      –"]
    print(f"{count:6d} {zoom:>5} {name:<8}", *cells, f"{slowed:7.1f}", flush=True)


def middle_and_tail(numbers: list[float]) -> tuple[float, float]:
    """Median and p95."""
    return statistics.median(numbers), sorted(numbers)[int(len(numbers) * 0.95)]


if __name__ == "__main__":
    main()
