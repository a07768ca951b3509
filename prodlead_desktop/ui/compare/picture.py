"""One chart on the page: the newest drawing of it, in the width it has."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.figures.chart import Chart, Frame, Reading
from prodlead_desktop.ui.compare.rendering import Renderer, Wish
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

REST_MS, LATER_MS = 150, 600
LEAST = 320
LARGER = 1.35  # type and rows when a chart fills the page
MOST = 720  # pixels that a chart is high beside others; large it shows every row


class ChartPicture(QWidget):
    """Asks for a drawing when what it shows, its width or the colours changed; keeps the old one until then."""

    def __init__(self, chart: Chart, renderer: Renderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart, self._renderer = chart, renderer
        self._reading: Reading | None = None
        self._image: QImage | None = None
        self._failure = ""
        self._asked: Wish | None = None
        self._drawn_of: Wish | None = None
        self._large = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        self._later = QTimer(self)  # for what nobody looks at yet: paint events ask for the rest
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._ask)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMinimumWidth(LEAST)

    @property
    def image(self) -> QImage | None:
        """The newest drawing, None until there is one."""
        return self._image

    @property
    def failure(self) -> str:
        """Why it could not be drawn, empty when it could."""
        return self._failure

    def show_reading(self, reading: Reading) -> None:
        """Draw this as soon as possible."""
        self._reading = reading
        self._fit()
        self._later.start()
        self.update()

    def set_large(self, large: bool) -> None:
        """Larger type, for the whole page and the back of the room."""
        self._large = large
        self._fit()
        self._rest.start()

    def sizeHint(self) -> QSize:
        return QSize(560, self._height())

    def _height(self) -> int:
        if self._reading is None or self._reading.empty is not None:
            return 200
        wanted = self._chart.wanted_height(self._reading)
        return round(wanted * self._scale) if self._large else min(wanted, MOST)

    @property
    def _scale(self) -> float:
        return LARGER if self._large else 1.0

    def _fit(self) -> None:
        self.setFixedHeight(self._height())

    def _ask(self) -> None:
        reading = self._reading
        if reading is None or reading.empty is not None or self.width() < 50:
            return
        frame = Frame(float(max(LEAST, self.width())), float(self.height()), self._scale)
        wish = Wish(
            self._chart, reading, theme_of(self), frame, self.devicePixelRatioF(), numerals.notation()
        )
        if wish == self._asked:
            return
        self._asked, self._failure = wish, ""
        seen = not self.visibleRegion().isEmpty()
        self._renderer.draw(
            self, wish, lambda image: self._drawn(wish, image), lambda error: self._failed(wish, error), seen
        )

    def _drawn(self, wish: Wish, image: QImage) -> None:
        if wish is self._asked:
            self._image, self._drawn_of = image, wish
            self.update()

    def _failed(self, wish: Wish, error: Exception) -> None:
        if wish is self._asked:
            self._image = None
            self._failure = (
                f"This chart could not be drawn ({type(error).__name__}). The table still can: press T."
            )
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._image is not None:
            self._rest.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        if not self._rest.isActive():
            self._ask()
        if self._drawn_of is not self._asked:
            self._renderer.hurry(self)
        drawn = self._drawn_of
        if self._image is not None and drawn is not None and drawn.theme == theme:
            painter.drawImage(QPointF(0, 0), self._image)
            return
        words = self._failure or "Drawing…"
        rect = QRectF(self.rect()).adjusted(12, 0, -12, 0)
        paint.text(painter, rect, words, font(14), theme.text3, Qt.AlignmentFlag.AlignCenter)
