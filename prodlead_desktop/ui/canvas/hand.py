"""What the mouse is doing on the map: selecting, panning, carrying cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from prodlead_desktop.ui.canvas import drag, overlay
from prodlead_desktop.ui.canvas.drag import Drop
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

PAN_BUTTONS = Qt.MouseButton.MiddleButton


class Hand:
    """One press-move-release at a time."""

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        self._session = session
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._panning = False
        self._grabbed: str | None = None
        self._carrying = False
        self.drop: Drop | None = None

    @property
    def busy(self) -> bool:
        """Whether cards are being carried or the map is being moved."""
        return self._carrying or self._panning

    @property
    def carried(self) -> tuple[str, ...]:
        """The cards in the hand."""
        return self._session.selected if self._carrying else ()

    @property
    def offset(self) -> tuple[float, float]:
        """How far the hand is from where it took the cards, in map units."""
        if self._pressed is None:
            return 0.0, 0.0
        moved = self._last - self._pressed
        return moved.x() / self._canvas.camera.zoom, moved.y() / self._canvas.camera.zoom

    def press(self, event: QMouseEvent) -> None:
        """Select what is pressed; a press on the ground or with the middle button begins to pan."""
        self._canvas.end_edit()
        self._pressed = self._last = event.position()
        node_id = self._canvas.node_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and self._press_fold(event.position()):
            self._pressed = None
        elif event.button() in PAN_BUTTONS or (
            node_id is None and event.button() == Qt.MouseButton.LeftButton
        ):
            self._panning = True
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif node_id is not None:
            self._choose(node_id, event)
            self._grabbed = node_id if event.button() == Qt.MouseButton.LeftButton else None

    def move(self, event: QMouseEvent) -> None:
        """Pan, or carry cards once the hand has moved far enough."""
        if self._pressed is None:
            return
        step = event.position() - self._last
        self._last = event.position()
        if self._panning:
            self._canvas.look(self._canvas.camera.panned(step.x(), step.y()))
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._grabbed and (self._carrying or far) and self._session.document.read_only is None:
            self._carrying = True
            x, y = self._canvas.camera.to_map(event.position().x(), event.position().y())
            self.drop = drag.drop_at(self._session, self._canvas.picture, self.carried, x, y)
            self._canvas.viewport().update()

    def release(self, event: QMouseEvent) -> None:
        """Put the cards down; a click on the ground selects nothing."""
        if self._carrying and self.drop is not None:
            dragged, drop = self.carried, self.drop
            self._session.attempt(lambda: drag.carry_out(self._session, dragged, drop))
        elif self._is_click(event):
            self._session.select()
        self.drop_everything()

    def _is_click(self, event: QMouseEvent) -> bool:
        if not self._panning or self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        return (event.position() - self._pressed).manhattanLength() < QApplication.startDragDistance()

    def drop_everything(self) -> None:
        """Let go without doing anything."""
        self._pressed, self._grabbed, self._panning, self._carrying, self.drop = (
            None,
            None,
            False,
            False,
            None,
        )
        self._canvas.viewport().unsetCursor()
        self._canvas.viewport().update()

    def _choose(self, node_id: str, event: QMouseEvent) -> None:
        selected = self._session.selected
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            rest = tuple(other for other in selected if other != node_id)
            self._session.select(*(rest if node_id in selected else (*rest, node_id)))
        elif node_id not in selected:
            self._session.select(node_id)
        else:
            self._session.select(*(other for other in selected if other != node_id), node_id)

    def _press_fold(self, point: QPointF) -> bool:
        node_id = overlay.fold_at(self._canvas.picture, self._canvas.camera, point)
        if node_id is None:
            return False
        folded = self._session.folded
        self._session.set_folded(folded ^ {node_id})
        return True
