"""The whole map in a corner with the part that is seen framed; a press or a drag looks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.paint_qt import Detail, MapPainter
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

MOST_WIDE, MOST_HIGH, LEAST = 192.0, 144.0, 56.0  # px
PADDING = 8.0
MOST_ZOOM = 0.25


def _zoom_of(picture: MapPicture) -> float:
    """At which the whole map has room."""
    wide, high = MOST_WIDE - 2 * PADDING, MOST_HIGH - 2 * PADDING
    return min(wide / max(picture.bounds.w, 1.0), high / max(picture.bounds.h, 1.0), MOST_ZOOM)


class Minimap(QWidget):
    """Lies over the map's top left corner; painted anew when the map has rested, framed with every frame."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._pixmap = QPixmap()
        self._zoom = 1.0
        self._drawn: tuple[MapPicture, Theme, float] | None = None
        self._painter = MapPainter(canvas.session.theme)  # knows what it painted before
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Minimap")
        self.setAccessibleDescription("The whole map; a press or a drag looks elsewhere.")
        self.hide()

    def show_for(self, picture: MapPicture) -> None:
        """Draw this picture, unless it is the one that is drawn."""
        theme, ratio = self._canvas.session.theme, self.devicePixelRatioF()
        drawn = self._drawn
        if drawn is not None and drawn[0] is picture and drawn[1:] == (theme, ratio):
            return
        self._drawn = (picture, theme, ratio)
        if self._painter.theme is not theme:
            self._painter = MapPainter(theme)
        bounds, self._zoom = picture.bounds, _zoom_of(picture)
        across, down = (max(side * self._zoom, LEAST) + 2 * PADDING for side in (bounds.w, bounds.h))
        size = QSize(round(across), round(down))
        self.resize(size)
        self._pixmap = QPixmap(size * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(QColor(theme.canvas))
        painter = QPainter(self._pixmap)
        painter.translate(self._start(picture))
        painter.scale(self._zoom, self._zoom)
        painter.translate(-bounds.x, -bounds.y)
        self._painter.paint(painter, picture, QRectF(*bounds), self._zoom, detail=Detail.BLOCK)
        painter.end()
        self.update()

    def preparing(self, picture: MapPicture) -> Iterator[object]:
        """What makes ``show_for`` quick, part by part."""
        return self._painter.preparing(picture, _zoom_of(picture))

    def _start(self, picture: MapPicture) -> QPointF:
        """Where the map's top left corner lies."""
        bounds = picture.bounds
        return QPointF(
            (self.width() - bounds.w * self._zoom) / 2, (self.height() - bounds.h * self._zoom) / 2
        )

    def seen(self) -> QRectF:
        """What the canvas shows, in the minimap's pixels."""
        canvas = self._canvas
        port, bounds, start = canvas.viewport().size(), canvas.picture.bounds, self._start(canvas.picture)
        x, y = canvas.camera.to_map(0, 0)
        wide, high = port.width() / canvas.camera.zoom, port.height() / canvas.camera.zoom
        return QRectF(
            start.x() + (x - bounds.x) * self._zoom,
            start.y() + (y - bounds.y) * self._zoom,
            wide * self._zoom,
            high * self._zoom,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._canvas.session.theme
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(QColor(theme.line2), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRoundedRect(self.seen().intersected(inside), 3, 3)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._look(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look along with the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look(event)

    def _look(self, event: QMouseEvent) -> None:
        canvas, port = self._canvas, self._canvas.viewport().size()
        bounds, start = canvas.picture.bounds, self._start(canvas.picture)
        x = bounds.x + (event.position().x() - start.x()) / self._zoom
        y = bounds.y + (event.position().y() - start.y()) / self._zoom
        canvas.look(canvas.camera.centred(x, y, port.width(), port.height()))
        event.accept()
