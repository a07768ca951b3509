"""The map beside the table, seen through capital: ribbons, hatched outcomes and loose bets follow the slider."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.map_picture import MapPicture, MapView
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.paint_qt import MapPainter, States, measure
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint

EDGE, CLOSEST = 14.0, 0.9


class MapBeside(QWidget):
    """The whole map fitted into its place; a press on a card selects it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._picture: MapPicture | None = None
        self._painter = MapPainter(session.theme)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(240)
        self.setAccessibleName("Map with the money on it")
        session.previewed.connect(self._on_preview)
        session.selection_changed.connect(self.update)

    @property
    def picture(self) -> MapPicture | None:
        """What is painted."""
        return self._picture

    def refresh(self) -> None:
        """Show the strategy as it is now."""
        session = self._session
        self._painter = MapPainter(session.theme)
        view = MapView(lens="capital", scenario=session.scenario, folded=session.folded)
        self._picture = map_picture.build(session.seen, view, measure, self._picture)
        self.update()

    def _on_preview(self, changes: ChangeSet | None) -> None:
        if self._picture is None or not self.isVisible():
            return
        if changes is None:
            self.refresh()
            return
        self._picture = map_picture.build(self._session.seen, self._picture.view, measure, self._picture)
        self.update()

    def _fitted(self) -> tuple[float, float, float]:
        """Zoom and where the map's corner stands, in pixels."""
        picture = self._picture
        if picture is None or not picture.boxes:
            return 1.0, 0.0, 0.0
        x, y, width, height = picture.bounds
        room = self.width() - 2 * EDGE, self.height() - 2 * EDGE
        zoom = min(room[0] / max(1.0, width), room[1] / max(1.0, height), CLOSEST)
        return (
            zoom,
            (self.width() - width * zoom) / 2 - x * zoom,
            (self.height() - height * zoom) / 2 - y * zoom,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._session.theme
        rect = QRectF(self.rect())
        paint.box(painter, rect, WINDOW.card_radius, theme.canvas, theme.line)
        picture = self._picture
        if picture is None or not picture.boxes:
            return
        zoom, left, top = self._fitted()
        painter.translate(left, top)
        painter.scale(zoom, zoom)
        seen = QRectF(-left / zoom, -top / zoom, self.width() / zoom, self.height() / zoom)
        self._painter.paint(painter, picture, seen, zoom, States(selected=self._session.selected))

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
        strategy, scenario = self._session.seen, self._session.scenario
        node = strategy.get(Node, node_id)
        money = capital.by_node(strategy, scenario).get(node_id) if scenario is not None else None
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
