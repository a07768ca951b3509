"""The preview of an export in the window: a page in the middle of its place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.palette import theme_of

WIDTH, HEIGHT, EDGE = 440, 300, 14


class PagePreview(QWidget):
    """A page, or words while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self._words = "Drawing…"
        self.setMinimumSize(WIDTH, HEIGHT)
        self.setAccessibleName("Preview of the first page")

    def show_image(self, image: QImage | None, instead: str = "") -> None:
        """Show another page, or words when there is none."""
        self.image, self._words = image, instead
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        area = QRectF(self.rect())
        paint.box(painter, area, 8, theme.sunken)
        if self.image is None:
            paint.text(painter, area, self._words, role_font("body"), theme.text3, paint.CENTRE)
            return
        ratio = self.devicePixelRatioF()
        room = area.adjusted(EDGE, EDGE, -EDGE, -EDGE).size().toSize() * ratio
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = self.image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        scaled.setDevicePixelRatio(ratio)
        page = QRectF(QPointF(0, 0), scaled.deviceIndependentSize())
        page.moveCenter(area.center())
        painter.drawImage(page.topLeft(), scaled)
        paint.box(painter, page, 0, None, theme.line2)
