"""A slider's frame in the real window: from a move of the mouse until table, bars and the map beside are painted.

Peer: matplotlib redraws the same numbers as bars (rows × 5), as a chart that followed the slider would have to.
Limit: a bare QPainter fills one strip a row. Milliseconds: median and 95th percentile of our frame, the medians of its
two parts (numbers: until every view knows what it shows; painting: until all of it is on the surface), and what our
median is of theirs.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import crowd
from PySide6.QtCore import QEventLoop, QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from prodlead_desktop.app import make_application
from prodlead_desktop.document import Document
from prodlead_desktop.ui.allocate.arrangement import Arrangement
from prodlead_desktop.ui.allocate.columns import Column
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory

ROUNDS = 60
SIZE = (1920, 1080)


def main() -> None:
    application = make_application()  # kept: Qt ends with it
    assert application is QApplication.instance()
    heads = ("p50", "p95", "numbers", "painting", "peer", "limit", "ours/peer", "ours/limit")
    print(f"{'slider frame':<24}" + "".join(f"{head:>11}" for head in heads))
    for bets in (10, 100, 1000):
        peer, limit = redraw(bets), strips(bets)
        for side in ("list", "map"):
            numbers, painting = ours(bets, side)
            frames = [sum(parts) for parts in zip(numbers, painting, strict=True)]
            median = statistics.median(frames)
            figures = (median, statistics.quantiles(frames, n=20)[-1], statistics.median(numbers))
            more = (statistics.median(painting), peer, limit, median / peer, median / limit)
            print(
                f"{bets:>5} initiatives, {side:<5}" + "".join(f"{part:>11.2f}" for part in (*figures, *more))
            )


def ours(bets: int, side: str) -> tuple[list[float], list[float]]:
    """Milliseconds from a move until all that follows knows its numbers, and from there until it is painted."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(memory(Path(folder) / "memory"))
        document = Document.create(Path(folder) / "bench.prodlead", crowd(bets, 5))
        window = program.show_document(document, None)
        window.resize(*SIZE)
        assert window.body is not None and window.session is not None
        window.body.show_workspace("allocate")
        page = window.body.page("allocate")
        assert isinstance(page, AllocatePage)
        Arrangement.of(window.session).set("side", side)
        wait(400)
        table = page.table
        at = next(n for n, line in enumerate(table.lines.lines) if table.row_at(n) and table.row_at(n).reach)  # type: ignore[union-attr]
        row = table.row_at(at)
        assert row is not None
        cell = table.visualRect(table.lines.index(at, Column.SCALE))
        table.take_hold(row, cell.left())
        places = [cell.left() + 16, cell.left() + 16 + (cell.width() - 40) * row.reach // table.lines.most]

        numbers, painting = [], []
        for number in range(ROUNDS + 2):
            start = time.perf_counter()
            table.pull.to(places[number % 2])
            known = time.perf_counter()
            QApplication.processEvents()  # paints what the move has made stale, and nothing else
            numbers.append(1000 * (known - start))
            painting.append(1000 * (time.perf_counter() - known))
        table.let_go(False)
        window.close_anyway()
        wait(50)
        return numbers[2:], painting[2:]


def redraw(bets: int) -> float:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 8))
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()

    def frame(number: int) -> None:
        axes.clear()
        for column in range(5):
            axes.barh(
                [row * 6 + column for row in range(bets)], [row % 7 + number % 2 for row in range(bets)]
            )
        canvas.draw()

    return timed(frame, 3 if bets >= 100 else 10)


def strips(bets: int) -> float:
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)

    def frame(number: int) -> None:
        painter = QPainter(image)
        for row in range(bets):
            painter.fillRect(QRectF(0, row * 8 % SIZE[1], 400 + row % 7 + number % 2, 6), QColor("#2457D6"))
        painter.end()

    return timed(frame)


def timed(frame: Callable[[int], None], rounds: int = ROUNDS) -> float:
    frame(0)
    taken = []
    for number in range(1, rounds + 1):
        start = time.perf_counter()
        frame(number)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
