"""One frame of the map: exact where it stands still, moved or scaled from the last one while it does not."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.map_view import same_lines
from prodlead_desktop.figures.paint_qt import MapPainter, States
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.ui.canvas.backing import Backing
from prodlead_desktop.ui.canvas.camera import Camera
from prodlead_desktop.ui.canvas.glide import Glide
from prodlead_desktop.ui.canvas.motion import Motion

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

HALO = 30.0  # map units that rings, shadows and badges may reach beyond a card
EXACT_AFTER_MS = 90
MOST_TOUCHED = 64  # cards painted one by one; more are painted with everything else


class Frame:
    """Paints a canvas' picture and knows which parts of the last frame still hold."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._backing = Backing()
        self.painter = MapPainter(canvas.session.theme)
        self._settled = QTimer(canvas)
        self._settled.setSingleShot(True)
        self._settled.setInterval(EXACT_AFTER_MS)
        self._settled.timeout.connect(canvas.viewport().update)
        self.glide = Glide(canvas, canvas.viewport().update)
        self.motion = Motion(canvas, canvas.viewport().update)

    def recolour(self) -> None:
        """Everything in the session's theme."""
        self.painter = MapPainter(self._canvas.session.theme)
        self._backing.forget()

    def forget(self) -> None:
        """Everything is painted anew."""
        self._backing.forget()

    def touch(self, node_id: str | None) -> None:
        """This card is painted anew, with its rings."""
        box = self._canvas.picture.boxes.get(node_id or "")
        if box:
            self._backing.touch(box, HALO)

    def touch_all(self, ids: Collection[str]) -> None:
        """These cards are painted anew: one by one, or with everything else when they are many."""
        if len(ids) > MOST_TOUCHED:
            self._backing.forget()
        else:
            for node_id in ids:
                self.touch(node_id)

    def follow(self, before: MapPicture, ids: frozenset[str], shift: tuple[float, float]) -> None:
        """Paint anew what an edit changed: the cards alone when they and all lines stay, else everything.

        ``shift``: how far the camera went along with the card that stands still on the screen.
        """
        picture = self._canvas.picture
        self.motion.start(before, picture, shift, self._canvas.camera, self._canvas.viewport().size())
        boxes, parents = picture.boxes, picture.parents
        moved = len(ids) > MOST_TOUCHED or any(before.boxes.get(node) != boxes.get(node) for node in ids)
        if moved or before.view != picture.view or not same_lines(before, picture):
            self._backing.forget()
            return
        for node in ids:
            parent = parents[node]
            family = [boxes[node], boxes[parent]] if parent is not None else [boxes[node]]
            self._backing.touch(bounds_of(family), HALO)

    def settle_later(self) -> None:
        """The zoom is changing: scaled frames will do until it rests."""
        self._settled.start()

    def draw(self, painter: QPainter) -> None:
        """Bring the viewport up to date."""
        port, camera = self._canvas.viewport(), self._canvas.camera
        coarse = self._settled.isActive() and self._backing.camera.zoom != camera.zoom
        ground = QColor(self._canvas.session.theme.canvas)
        seen = self.glide.at(camera, port.size())
        if self.motion.runs:
            self._paint_on(painter, seen, port.rect(), self.motion.picture(self._canvas.picture))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            return
        scaled = coarse or self.glide.runs
        if not (scaled and self._backing.draw_scaled(painter, seen, port.size(), ground)):
            self._backing.draw(painter, camera, port.size(), port.devicePixelRatioF(), self._paint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint(self, painter: QPainter, camera: Camera, rect: QRect) -> None:
        self._paint_on(painter, camera, rect, self._canvas.picture)

    def _paint_on(self, painter: QPainter, camera: Camera, rect: QRect, picture: MapPicture) -> None:
        """Ground and picture into a part of the viewport; leaves the painter as it was."""
        painter.save()
        painter.fillRect(rect, QColor(self._canvas.session.theme.canvas))
        left, top = camera.to_map(rect.left(), rect.top())
        seen = QRectF(left, top, rect.width() / camera.zoom, rect.height() / camera.zoom)
        painter.scale(camera.zoom, camera.zoom)
        painter.translate(-camera.x, -camera.y)
        self.painter.paint(painter, picture, seen, camera.zoom, self._states())
        painter.restore()

    def _states(self) -> States:
        session, edited = self._canvas.session, self._canvas.editing
        focused = self._canvas.hasFocus() or edited is not None
        emphasis = self._canvas.emphasis
        return States(
            selected=frozenset(session.selected),
            focus=session.current if focused else None,
            edited=edited,
            dimmed=emphasis.dimmed,
            hits=emphasis.found.ids,
            found=emphasis.found.words,
        )
