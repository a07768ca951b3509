"""When the line of sight is shown: the mouse rests on a card, or the command follows the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QMouseEvent

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.sight import line_of_sight
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

REST_MS = 600  # the mouse stays on a card that long
LEAVE_MS = 120


class SightWatch(QObject):
    """Listens to the map's mouse; typing, carrying and moving the map put it off."""

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._on = False
        self._under: str | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._show)
        canvas.viewport().installEventFilter(self)
        session.selection_changed.connect(self._follow)
        session.changed.connect(lambda _: self._show())

    @property
    def on(self) -> bool:
        """Whether the current card's way is shown all the time."""
        return self._on

    def toggle(self) -> None:
        """Show the current card's way from now on, or stop that."""
        self._on = not self._on
        self._under = None
        self._show()
        self._canvas.emphasis.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            free = not event.buttons() and self._canvas.editing is None
            self._point(self._node_at(event) if free else None)
        elif kind in (QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._point(None)
        return False

    def _node_at(self, event: QMouseEvent) -> str | None:
        x, y = event.position().x(), event.position().y()
        return self._canvas.picture.index.at(*self._canvas.camera.to_map(x, y))

    def _point(self, node_id: str | None) -> None:
        if node_id != self._under:
            self._under = node_id
            self._rest.start(REST_MS if node_id is not None else LEAVE_MS)

    def _follow(self) -> None:
        if self._on:
            self._show()

    def _show(self) -> None:
        strategy = self._session.strategy
        wanted = self._under or (self._session.current if self._on else None)
        known = wanted is not None and strategy.find(Node, wanted) is not None
        self._canvas.emphasis.show_sight(line_of_sight(strategy, str(wanted)) if known else None)
