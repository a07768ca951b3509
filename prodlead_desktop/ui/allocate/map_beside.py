"""The map beside the table, seen through capital: ribbons, hatched outcomes and loose bets follow the slider."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.map_picture import MapPicture, MapView
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.paint_far import FAR
from prodlead_desktop.figures.paint_qt import MapPainter, States, measure
from prodlead_desktop.ui.canvas.backing import Backing
from prodlead_desktop.ui.canvas.camera import Camera
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint

EDGE, CLOSEST = 14.0, 0.9
HALO = 30.0  # map units that rings, shadows and badges may reach beyond a card
READABLE = 0.36  # with titles; a map that is smaller as a whole is moved up and down instead


class MapBeside(QWidget):
    """The map in its place, whole or readable and following the chosen row; a press on a card selects it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._picture: MapPicture | None = None
        self._still: MapPicture | None = None  # of the strategy, without what a slider that is held does
        self._ahead: frozenset[str] = frozenset()  # the cards that such a slider has changed
        self._painter = MapPainter(session.theme)
        self._cards = Backing(see_through=True)
        self._scroll = 0.0  # pixels above the upper edge, when the whole map would be too small to read
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(240)
        self.setAccessibleName("Map with the money on it")
        session.previewed.connect(self._on_preview)
        session.selection_changed.connect(self._follow)

    @property
    def picture(self) -> MapPicture | None:
        """What is painted."""
        return self._picture

    def refresh(self) -> None:
        """Show the strategy as it is now."""
        session = self._session
        self._painter = MapPainter(session.theme)
        view = MapView(lens="capital", scenario=session.scenario, folded=session.folded)
        self._still = self._picture = map_picture.build(session.strategy, view, measure, self._still)
        self._ahead = frozenset()
        self._cards.forget()
        self._follow_slider()

    def _on_preview(self, changes: ChangeSet | None) -> None:
        if self._still is None or not self.isVisible():
            return
        if self._still.strategy is not self._session.strategy:
            self.refresh()
        else:
            self._follow_slider()

    def _follow_slider(self) -> None:
        """Show what is seen; of the cards only those are painted anew that a slider changes or has changed."""
        before, session = self._picture, self._session
        if self._still is None or before is None:
            return
        if session.ahead:
            self._picture = map_picture.updated(self._still, session.seen, session.ahead)
            ahead = map_picture.touched(self._still, self._picture)
        else:
            self._picture, ahead = self._still, frozenset()
        for node in ahead | self._ahead:
            self._cards.touch(self._picture.boxes[node], HALO)
        if self._picture.boxes is not before.boxes:
            self._cards.forget()
        self._ahead = ahead
        self.update()

    def _fitted(self) -> tuple[float, float, float]:
        """Zoom and where the map's corner stands, in pixels: whole, or readable and moved up and down."""
        picture = self._picture
        if picture is None or not picture.boxes:
            return 1.0, 0.0, 0.0
        x, y, width, _ = picture.bounds
        zoom = self._zoom(picture)
        left = (self.width() - width * zoom) / 2 - x * zoom
        spare = self._beyond(picture, zoom)
        top = EDGE - min(self._scroll, spare) if spare > 0 else EDGE - spare / 2
        return zoom, left, top - y * zoom

    def _zoom(self, picture: MapPicture) -> float:
        _, _, width, height = picture.bounds
        across = (self.width() - 2 * EDGE) / max(1.0, width)
        whole = min(across, (self.height() - 2 * EDGE) / max(1.0, height), CLOSEST)
        return max(whole, min(across, READABLE))

    def _beyond(self, picture: MapPicture, zoom: float) -> float:
        """How many pixels of the map have no room up and down; negative when all of it has."""
        return picture.bounds[3] * zoom + 2 * EDGE - self.height()

    def _move_to(self, scroll: float) -> None:
        picture = self._picture
        if picture is not None:
            spare = max(0.0, self._beyond(picture, self._zoom(picture)))
            self._scroll = min(max(scroll, 0.0), spare)
            self.update()

    def _follow(self) -> None:
        """Keep the selected card in sight."""
        self._cards.forget()
        picture, node = self._picture, self._session.current
        box = picture.boxes.get(node) if picture is not None and node is not None else None
        if picture is not None and box is not None:
            zoom, middle = self._zoom(picture), box.middle - picture.bounds[1]
            at = EDGE + middle * zoom - self._scroll
            if not 60 <= at <= self.height() - 60:
                self._move_to(EDGE + middle * zoom - self.height() / 2)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._move_to(self._scroll - event.angleDelta().y() / 2)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._session.theme
        rect = QRectF(self.rect())
        painter.fillRect(self.rect(), QColor(theme.canvas))
        picture = self._picture
        if picture is None or not picture.boxes:
            paint.corners(painter, rect, WINDOW.card_radius, theme.canvas, theme.line)
            return
        zoom, left, top = self._fitted()
        camera = Camera(zoom, -left / zoom, -top / zoom)
        if zoom < FAR:
            self._paint_part(painter, camera, self.rect(), self._painter.paint)
        else:
            self._paint_part(painter, camera, self.rect(), self._painter.paint_lines)
            self._cards.draw(painter, camera, self.size(), self.devicePixelRatioF(), self._paint_cards)
        self._paint_place(painter, picture, zoom)
        paint.corners(painter, rect, WINDOW.card_radius, theme.canvas, theme.line)

    def _paint_part(
        self, painter: QPainter, camera: Camera, rect: QRect, paint_on: Callable[..., None]
    ) -> None:
        """A part of the map, of what is in a rectangle of the widget; leaves the painter as it was."""
        left, top = camera.to_map(rect.left(), rect.top())
        seen = QRectF(left, top, rect.width() / camera.zoom, rect.height() / camera.zoom)
        painter.save()
        painter.scale(camera.zoom, camera.zoom)
        painter.translate(-camera.x, -camera.y)
        paint_on(painter, self._picture, seen, camera.zoom)
        painter.restore()

    def _paint_cards(self, painter: QPainter, camera: Camera, rect: QRect) -> None:
        states = States(selected=self._session.selected)
        self._paint_part(painter, camera, rect, partial(self._painter.paint_cards, states=states))

    def _paint_place(self, painter: QPainter, picture: MapPicture, zoom: float) -> None:
        """At the right edge, which part of the map is seen."""
        spare = self._beyond(picture, zoom)
        if spare > 0:
            whole, track = spare + self.height(), self.height() - 12.0
            top = 6 + track * min(self._scroll, spare) / whole
            thumb = QRectF(self.width() - 8, top, 4, track * self.height() / whole)
            paint.box(painter, thumb, 2, self._session.theme.line2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._at(event.position())
        if hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self._session.select(hit)

    def event(self, event: QEvent) -> bool:
        """Where titles are too small to be painted, they are told under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(hit) if hit is not None else "", self)
            return True
        return super().event(event)

    def _told(self, node_id: str) -> str:
        """A card's title and the money that reaches it."""
        strategy, picture = self._session.seen, self._picture
        node = strategy.get(Node, node_id)
        money = picture.money.get(node_id) if picture is not None else None
        title = node.title or wording.UNTITLED
        if money is None:
            return paint.plain_tip(title)
        return paint.plain_tip(f"{title}\n{wording.money_short(money.placed, strategy.header.currency)}")

    def _at(self, place: QPointF) -> str | None:
        """The card at a place in the widget."""
        picture = self._picture
        if picture is None:
            return None
        zoom, left, top = self._fitted()
        x, y = (place.x() - left) / zoom, (place.y() - top) / zoom
        hit = [node for node in picture.index.in_rect(x, y, x, y) if _holds(picture, node, x, y)]
        return hit[-1] if hit else None


def _holds(picture: MapPicture, node: str, x: float, y: float) -> bool:
    box = picture.boxes[node]
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h
