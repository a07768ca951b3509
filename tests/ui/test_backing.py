"""A frame that was moved is the frame that would be painted anew, on screens of any density."""

from __future__ import annotations

import pytest
from builders import sample
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from prodlead_desktop.figures import map_picture, paint_qt
from prodlead_desktop.figures.map_picture import MapView
from prodlead_desktop.figures.paint_qt import MapPainter
from prodlead_desktop.figures.theme import LIGHT
from prodlead_desktop.ui.canvas.backing import Backing
from prodlead_desktop.ui.canvas.camera import Camera

SIZE = QSize(900, 600)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_moved_and_painted_anew_are_the_same_at_every_density(ratio: float, qapp: object) -> None:
    picture = map_picture.build(sample(), MapView(lens="structure"), paint_qt.measure)
    cards = MapPainter(LIGHT)

    def paint(painter: QPainter, camera: Camera, rect: QRect) -> None:
        painter.fillRect(rect, QColor(LIGHT.canvas))
        left, top = camera.to_map(rect.left(), rect.top())
        painter.scale(camera.zoom, camera.zoom)
        painter.translate(-camera.x, -camera.y)
        seen = QRectF(left, top, rect.width() / camera.zoom, rect.height() / camera.zoom)
        cards.paint(painter, picture, seen, camera.zoom)

    def frame(backing: Backing, camera: Camera) -> QImage:
        target = QPixmap(round(SIZE.width() * ratio), round(SIZE.height() * ratio))
        target.setDevicePixelRatio(ratio)
        painter = QPainter(target)
        backing.draw(painter, camera, SIZE, ratio, paint)
        painter.end()
        return target.toImage()

    start = Camera(1.0, 40 / ratio, 300 / ratio)
    moved = Backing()
    frame(moved, start)
    camera = start
    for dx, dy in ((-137, 61), (33, -7), (5, 90)):
        camera = camera.panned(dx / ratio, dy / ratio)
        last = frame(moved, camera)
    fresh = frame(Backing(), camera)
    assert last.width() == round(900 * ratio)
    places = [(x, y) for x in range(0, last.width(), 2) for y in range(0, last.height(), 2)]
    different = sum(last.pixel(x, y) != fresh.pixel(x, y) for x, y in places)
    assert different < len(places) / 1000, "seams may differ in a few antialiased pixels only"
