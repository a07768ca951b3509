"""Keeps the last exact frame, so that panning paints only what came into view and zooming starts from a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.canvas.camera import Camera

Paint = Callable[[QPainter, Camera, QRect], None]  # paint the map into a viewport rectangle, ground included


class Backing:
    """A pixmap of the viewport and the camera it was painted with."""

    def __init__(self, see_through: bool = False) -> None:
        """With ``see_through`` what is not painted shows what lies below."""
        self._see_through = see_through
        self._pixmap = QPixmap()
        self._camera = Camera()
        self._stale = True
        self._dirty = QRegion()

    @property
    def camera(self) -> Camera:
        """The camera of the last exact frame."""
        return self._camera

    def forget(self) -> None:
        """Everything must be painted anew."""
        self._stale = True

    def touch(self, box: Box, margin: float) -> None:
        """Paint this part of the map (plus ``margin`` map units around it) anew."""
        x, y = self._camera.to_screen(box.x - margin, box.y - margin)
        zoom = self._camera.zoom
        rect = QRectF(x, y, (box.w + 2 * margin) * zoom, (box.h + 2 * margin) * zoom)
        self._dirty += rect.toAlignedRect().adjusted(-2, -2, 2, 2)

    def draw(self, painter: QPainter, camera: Camera, size: QSize, ratio: float, paint: Paint) -> None:
        """Bring the frame up to date with as little painting as possible and put it on the screen."""
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self._pixmap.size() != wanted or self._pixmap.devicePixelRatio() != ratio:
            self._pixmap = QPixmap(wanted)
            self._pixmap.setDevicePixelRatio(ratio)
            if self._see_through:
                self._pixmap.fill(Qt.GlobalColor.transparent)  # makes room for it
            self._stale = True
        whole = QRect(QPoint(0, 0), size)
        shift = self._shift(camera, ratio)
        if self._stale or shift is None:
            region = QRegion(whole)
        else:
            region = self._scrolled(shift, whole, ratio)
        self._camera, self._stale, self._dirty = camera, False, QRegion()
        if not region.isEmpty():
            self._paint(region, camera, paint)
        painter.drawPixmap(0, 0, self._pixmap)

    def draw_scaled(
        self, painter: QPainter, camera: Camera, size: QSize, ground: QColor, old: bool = False
    ) -> bool:
        """Put the last exact frame on the screen, scaled to where it belongs now; False when there is none.

        ``old``: one that must be painted anew will do.
        """
        if (self._stale and not old) or self._pixmap.isNull():
            return False
        painter.fillRect(QRect(QPoint(0, 0), size), ground)
        x, y = camera.to_screen(self._camera.x, self._camera.y)
        scale = camera.zoom / self._camera.zoom
        shown = self._pixmap.deviceIndependentSize()
        painter.drawPixmap(
            QRectF(x, y, shown.width() * scale, shown.height() * scale),
            self._pixmap,
            QRectF(self._pixmap.rect()),
        )
        return True

    def _shift(self, camera: Camera, ratio: float) -> QPoint | None:
        """How many device pixels the frame moved; None when it cannot be had by moving."""
        if camera.zoom != self._camera.zoom:
            return None
        dx = (self._camera.x - camera.x) * camera.zoom * ratio
        dy = (self._camera.y - camera.y) * camera.zoom * ratio
        if abs(dx - round(dx)) > 0.01 or abs(dy - round(dy)) > 0.01:
            return None
        return QPoint(round(dx), round(dy))

    def _scrolled(self, shift: QPoint, whole: QRect, ratio: float) -> QRegion:
        """Move the frame and return what must be painted, in viewport pixels."""
        region = QRegion(self._dirty)
        if not shift.isNull():
            exposed = QRegion()
            self._pixmap.scroll(shift.x(), shift.y(), self._pixmap.rect(), exposed)
            left, top = round(shift.x() / ratio), round(shift.y() / ratio)
            region.translate(left, top)
            region += QRegion(whole) - QRegion(whole.translated(left, top).adjusted(1, 1, -1, -1))
        return region.intersected(QRegion(whole))

    def _paint(self, region: QRegion, camera: Camera, paint: Paint) -> None:
        painter = QPainter(self._pixmap)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for rect in cast(Iterable[QRect], region):
                painter.save()
                painter.setClipRect(rect, Qt.ClipOperation.ReplaceClip)
                if self._see_through:
                    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
                    painter.fillRect(rect, Qt.GlobalColor.black)
                    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                paint(painter, camera, rect)
                painter.restore()
        finally:
            painter.end()
