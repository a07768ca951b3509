"""One frame of the map: exact where it stands still, moved or scaled from the last one while it does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter

from prodlead_desktop.figures.map_picture import MapPicture, touched
from prodlead_desktop.figures.map_view import same_lines
from prodlead_desktop.figures.paint_qt import MapPainter, States
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.ui.canvas.backing import Backing
from prodlead_desktop.ui.canvas.camera import Camera
from prodlead_desktop.ui.canvas.glide import Glide
from prodlead_desktop.ui.canvas.motion import Motion
from prodlead_desktop.ui.turns import FRAME

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

FOUND = object()
HALO = 30.0  # map units that rings, shadows and badges may reach beyond a card
RING = 4.0  # and rings alone, which leaves its neighbours whole
EXACT_AFTER_MS = 90
MOST_GONE, MOST_NEW = 400, 4  # cards in the first frame after an edit
MOST_TOUCHED = 64  # cards painted one by one; more are painted with everything else


@dataclass(frozen=True, slots=True)
class Behind:
    """The picture that the last frame shows still, and how far the camera has gone along with a card since then."""

    picture: MapPicture
    shift: tuple[float, float]
    gone: tuple[str, ...] = ()  # cards since then, as many as the first frame after an edit takes
    new: tuple[str, ...] = ()

    def followed(self, picture: MapPicture, shift: tuple[float, float]) -> Behind:
        """After one more edit, for which the camera went by ``shift``."""
        new, gone = picture.outline.others(self.picture.outline)
        first = (
            new if len(new) <= MOST_NEW else islice((node for node in picture.order if node in new), MOST_NEW)
        )
        way = (self.shift[0] + shift[0], self.shift[1] + shift[1])
        return Behind(self.picture, way, tuple(islice(gone, MOST_GONE)), tuple(first))


class Frame(QObject):
    """Paints a canvas' picture and knows which parts of the last frame still hold.

    In a large map an edit that moves cards is seen at the card itself first; what else moved is painted when its
    places and lines have been found, in turns of the event loop of their own.
    """

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._behind: Behind | None = None
        self._finding: Iterator[object] = iter(())
        self._backing = Backing()
        self.painter = MapPainter(canvas.session.theme, keeps=True)
        self._settled = QTimer(canvas)
        self._settled.setSingleShot(True)
        self._settled.setInterval(EXACT_AFTER_MS)
        self._settled.timeout.connect(canvas.viewport().update)
        self.glide = Glide(canvas, canvas.viewport().update)
        self.motion = Motion(canvas, canvas.viewport().update)

    def recolour(self) -> None:
        """Everything in the session's theme."""
        self.painter = MapPainter(self._canvas.session.theme, keeps=True)
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

    def follow(self, before: MapPicture, shift: tuple[float, float]) -> None:
        """Paint anew what an edit changed: the cards alone when they and all lines stay, else everything.

        ``shift``: how far the camera went along with the card that stands still on the screen.
        """
        picture, turns = self._canvas.picture, self._canvas.session.turns
        moves = before.boxes is not picture.boxes and before.direction == picture.direction
        if turns.spread and moves and before.view.lens == picture.view.lens:
            self._behind = (self._behind or Behind(before, (0.0, 0.0))).followed(picture, shift)
            self._finding = self.painter.preparing(picture, self._canvas.camera.zoom)
            turns.later(self._find, first=True)
            return
        self.motion.start(before, picture, shift, self._canvas.camera, self._canvas.viewport().size())
        ids, boxes, parents = touched(before, picture), picture.boxes, picture.parents
        moved = len(ids) > MOST_TOUCHED or any(before.boxes.get(node) != boxes.get(node) for node in ids)
        other = replace(before.view, forecasts=picture.view.forecasts) != picture.view
        if moved or other or not same_lines(before, picture):
            self._backing.forget()
            return
        for node in ids:
            parent = parents[node]
            family = [boxes[node], boxes[parent]] if parent is not None else [boxes[node]]
            self._backing.touch(bounds_of(family), HALO)

    def _find(self) -> object:
        """The next part of what the new frame needs; with the last one it can be painted."""
        if next(self._finding, FOUND) is FOUND:
            self._catch_up()
            return FRAME
        self._canvas.session.turns.later(self._find, first=True)
        return None

    def _catch_up(self) -> None:
        """Everything is where the picture has it, at once or on its way there."""
        behind, self._behind = self._behind, None
        canvas = self._canvas
        if behind is not None:
            size = canvas.viewport().size()
            self.motion.start(behind.picture, canvas.picture, behind.shift, canvas.camera, size)
        self._backing.forget()
        canvas.viewport().update()

    def settle_later(self) -> None:
        """The zoom is changing: scaled frames will do until it rests."""
        self._settled.start()

    def draw(self, painter: QPainter) -> None:
        """Bring the viewport up to date."""
        port, camera = self._canvas.viewport(), self._canvas.camera
        coarse = self._settled.isActive() and self._backing.camera.zoom != camera.zoom
        ground = QColor(self._canvas.session.theme.canvas)
        if self._behind is not None and self._draw_behind(painter, self._behind, ground):
            return
        seen = self.glide.at(camera, port.size())
        if self.motion.runs:
            self._paint_on(painter, seen, port.rect(), self.motion.picture(self._canvas.picture))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            return
        scaled = coarse or self.glide.runs
        if not (scaled and self._backing.draw_scaled(painter, seen, port.size(), ground)):
            self._backing.draw(painter, camera, port.size(), port.devicePixelRatioF(), self._paint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_behind(self, painter: QPainter, behind: Behind, ground: QColor) -> bool:
        """The last frame without the cards that are gone, and the current card where it stands now."""
        canvas, (dx, dy) = self._canvas, behind.shift
        camera, picture, session = canvas.camera, canvas.picture, canvas.session
        before = Camera(camera.zoom, camera.x - dx, camera.y - dy)
        if not self._backing.draw_scaled(painter, before, canvas.viewport().size(), ground, old=True):
            return False
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.scale(camera.zoom, camera.zoom)
        painter.translate(-before.x, -before.y)
        had, has = behind.picture.boxes, picture.boxes
        for node in behind.gone:
            painter.fillRect(QRectF(*had[node]).adjusted(-RING, -RING, RING, RING), ground)
        painter.translate(-dx, -dy)
        for shown in (node for node in (*behind.new, session.current) if node and node in has):
            self.painter.paint_card(painter, picture, shown, camera.zoom, self._states())
        painter.restore()
        return True

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
            dimmed=emphasis.faint,
            hits=emphasis.found.ids,
            found=emphasis.found.words,
        )
