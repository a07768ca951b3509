"""Drawing charts beside the window: one thread, the newest wish of each view wins."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

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


def image_of(wish: Wish) -> QImage:
    """The drawing as a picture; no window is needed."""
    figure = wish.chart.draw(wish.reading, wish.theme, wish.frame)
    width, height, content = drawing.pixels(figure, wish.theme, wish.frame, wish.scale)
    image = QImage(content, width, height, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(wish.scale)
    return image


class Renderer(QObject):
    """The thread that draws for all views of one page."""

    _made = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, "charts")
        self._waiting: dict[object, Future[None]] = {}
        self._made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        pool = self._pool
        self.destroyed.connect(lambda: pool.shutdown(wait=False, cancel_futures=True))

    def draw(
        self, key: object, wish: Wish, done: Callable[[QImage], object], failed: Callable[[Exception], object]
    ) -> None:
        """Draw for the view ``key``; an older wish of it that has not begun is dropped."""
        older = self._waiting.get(key)
        if older is not None:
            older.cancel()
        self._waiting[key] = self._pool.submit(copy_context().run, self._work, wish, done, failed)

    def _work(
        self, wish: Wish, done: Callable[[QImage], object], failed: Callable[[Exception], object]
    ) -> None:
        try:
            image = image_of(wish)
        except Exception as error:  # noqa: BLE001  a chart that fails says so in its card, the rest lives
            then: Callable[[], object] = lambda error=error: failed(error)  # type: ignore[misc]  # noqa: E731
        else:
            then = lambda: done(image)  # noqa: E731
        try:
            self._made.emit(then)
        except RuntimeError:  # the page is gone
            return

    def _deliver(self, then: Callable[[], object]) -> None:
        then()
