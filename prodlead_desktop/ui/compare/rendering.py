"""Drawing charts beside the window: one thread, the newest wish of each view wins."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from prodlead_desktop.domain.numerals import Notation
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, Frame, Reading
from prodlead_desktop.figures.theme import Theme


@dataclass(frozen=True, slots=True)
class Wish:
    """One drawing: what, in which colours, how big, at how many pixels for one."""

    chart: Chart
    reading: Reading
    theme: Theme
    frame: Frame
    scale: float
    notation: Notation  # how its numbers are written


def image_of(wish: Wish) -> QImage:
    """The drawing as a picture; no window is needed."""
    figure = wish.chart.draw(wish.reading, wish.theme, wish.frame)
    width, height, content = drawing.pixels(figure, wish.theme, wish.frame, wish.scale)
    image = QImage(content, width, height, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(wish.scale)
    return image


@dataclass(slots=True)
class _Order:
    """A wish that waits: what to do with the picture, and who looks at its place."""

    wish: Wish
    done: Callable[[QImage], object]
    failed: Callable[[Exception], object]
    seen: int  # when somebody looked at its place last; 0 is never
    context: Context  # the window's: how numbers are written


class Renderer(QObject):
    """The thread that draws for all views of one page; what is looked at comes first."""

    _made = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, "charts")
        self._turn = threading.Lock()
        self._looks = itertools.count(1)
        self._waiting: dict[object, _Order] = {}
        self._made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        pool = self._pool
        self.destroyed.connect(lambda: pool.shutdown(wait=False, cancel_futures=True))

    def draw(
        self, key: object, wish: Wish, done: Callable[[QImage], object], failed: Callable[[Exception], object],
        seen: bool = True,
    ) -> None:  # fmt: skip
        """Draw for the view ``key``, seen or not; an older wish of it that has not begun is dropped."""
        with self._turn:
            self._waiting.pop(key, None)
            self._waiting[key] = _Order(wish, done, failed, next(self._looks) if seen else 0, copy_context())
        self._pool.submit(self._work)

    def hurry(self, key: object) -> None:
        """Draw for this view before others: somebody looks at it now."""
        with self._turn:
            order = self._waiting.get(key)
            if order is not None:
                order.seen = next(self._looks)

    def _next(self) -> _Order | None:
        """What was looked at last; the rest in the order it was asked for."""
        with self._turn:
            keys = sorted(self._waiting, key=lambda key: -self._waiting[key].seen)  # stable
            return self._waiting.pop(keys[0]) if keys else None

    def _work(self) -> None:
        order = self._next()
        if order is None:
            return
        try:
            image = order.context.run(image_of, order.wish)
        except Exception as error:  # noqa: BLE001  a chart that fails says so in its card, the rest lives
            then: Callable[[], object] = lambda error=error: order.failed(error)  # type: ignore[misc]  # noqa: E731
        else:
            then = lambda: order.done(image)  # noqa: E731
        try:
            self._made.emit(then)
        except RuntimeError:  # the page is gone
            return

    def _deliver(self, then: Callable[[], object]) -> None:
        then()
