"""What the mouse is doing on the map: selecting, panning, carrying cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from prodlead_desktop.ui.canvas import drag, overlay
from prodlead_desktop.ui.canvas.drag import Drop
from prodlead_desktop.ui.canvas.rubber import Rubber
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

MORE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
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
        self._nudging = False
        self.drop: Drop | None = None
        self.rubber: Rubber | None = None

    @property
    def busy(self) -> bool:
        """Whether cards are being carried, the map is being moved or a band is pulled."""
        return self._carrying or self._panning or self.rubber is not None

    @property
    def carried(self) -> tuple[str, ...]:
        """The cards in the hand."""
        return self._session.selected if self._carrying else ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The cards that move with the hand: with Alt whole branches, which stay where they hang."""
        return drag.branches(self._canvas.picture, self.carried) if self._nudging else self.carried

    @property
    def offset(self) -> tuple[float, float]:
        """How far the hand is from where it took the cards, in map units."""
        if self._pressed is None:
            return 0.0, 0.0
        moved = self._last - self._pressed
        return moved.x() / self._canvas.camera.zoom, moved.y() / self._canvas.camera.zoom

    def node_at(self, point: QPointF) -> str | None:
        """The card under a viewport point."""
        return self._canvas.picture.index.at(*self._canvas.camera.to_map(point.x(), point.y()))

    def press(self, event: QMouseEvent) -> None:
        """Select what is pressed; a press on the ground or with the middle button begins to pan."""
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)  # what is being typed is written
        self._pressed = self._last = event.position()
        node_id = self.node_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and self._press_fold(event.position()):
            self._pressed = None
        elif node_id is None and event.button() == Qt.MouseButton.LeftButton and event.modifiers() & MORE:
            self.rubber = Rubber(self._canvas, event.position())
        elif event.button() in PAN_BUTTONS or (
            node_id is None and event.button() == Qt.MouseButton.LeftButton
        ):
            self._panning = True
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif node_id is not None:
            self._choose(node_id, event)
            self._grabbed = node_id if event.button() == Qt.MouseButton.LeftButton else None
            self._nudging = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

    def move(self, event: QMouseEvent) -> None:
        """Pan, or carry cards once the hand has moved far enough."""
        if self._pressed is None:
            return
        step = event.position() - self._last
        self._last = event.position()
        if self.rubber is not None:
            self.rubber.pull(event.position())
            return
        if self._panning:
            self._canvas.look(self._canvas.camera.panned(step.x(), step.y()))
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._grabbed and (self._carrying or far) and self._session.document.read_only is None:
            self._carrying = True
            if not self._canvas.viewport().rect().contains(event.position().toPoint()):
                self._send()
                return
            x, y = self._canvas.camera.to_map(event.position().x(), event.position().y())
            self.drop = (
                None
                if self._nudging
                else drag.drop_at(self._session, self._canvas.picture, self.carried, x, y)
            )
            self._canvas.viewport().update()

    def release(self, event: QMouseEvent) -> None:
        """Put the cards down or take what the band caught; a click on the ground selects nothing."""
        if self.rubber is not None:
            before, caught = self._session.selected, self.rubber.caught()
            self._session.select(*(found for found in caught if found not in before), *before)
        elif self._carrying and self._nudging:
            tops, offset = self.carried, self.offset
            self._session.attempt(lambda: drag.nudge(self._session, self._canvas.picture, tops, offset))
        elif self._carrying and self.drop is not None:
            dragged, drop = self.carried, self.drop
            self._session.attempt(lambda: drag.carry_out(self._session, dragged, drop))
        elif self._is_click(event):
            self._session.select()
        self.drop_everything()

    def _is_click(self, event: QMouseEvent) -> bool:
        if not self._panning or self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        return (event.position() - self._pressed).manhattanLength() < QApplication.startDragDistance()

    def turn(self, event: QWheelEvent) -> None:
        """A wheel zooms; two fingers on a touchpad pan (with Ctrl they zoom); Shift goes sideways."""
        fingers, canvas = event.pixelDelta(), self._canvas
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not control:
            steps = event.angleDelta().y() or event.angleDelta().x()
            canvas.look(canvas.camera.panned(steps / 2, 0))
        elif not fingers.isNull() and not control:
            canvas.look(canvas.camera.panned(fingers.x(), fingers.y()))
        else:
            turns = event.angleDelta().y() / 120 if fingers.isNull() else fingers.y() / 60
            canvas.zoom_by(1.2**turns, event.position())
        event.accept()

    def drop_everything(self) -> None:
        """Let go without doing anything."""
        self._pressed, self._grabbed, self._panning, self._carrying, self.drop = (
            None,
            None,
            False,
            False,
            None,
        )
        self._nudging = False
        self.rubber = None
        self._canvas.viewport().unsetCursor()
        self._canvas.viewport().update()

    def _send(self) -> None:
        """The cards leave the map."""
        ids = self.carried
        self.drop_everything()
        self._canvas.foreign.send(ids)

    def _choose(self, node_id: str, event: QMouseEvent) -> None:
        """Ctrl adds or takes away one card, Shift adds all from the current one to it."""
        selected, current = self._session.selected, self._session.current
        rest = tuple(other for other in selected if other != node_id)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and current is not None:
            between = self._between(current, node_id)
            kept = tuple(other for other in selected if other not in between)
            self._session.select(*kept, *between)
        elif event.modifiers() & MORE:
            self._session.select(*(rest if node_id in selected else (*rest, node_id)))
        elif node_id not in selected:
            self._session.select(node_id)
        else:
            self._session.select(*rest, node_id)

    def _between(self, one: str, other: str) -> tuple[str, ...]:
        """The cards from one to another in map order, the other one last."""
        order = self._canvas.picture.order
        if one not in order:
            return (other,)
        ends = sorted((order.index(one), order.index(other)))
        found = order[ends[0] : ends[1] + 1]
        return found if found[-1] == other else tuple(reversed(found))

    def _press_fold(self, point: QPointF) -> bool:
        node_id = overlay.fold_at(self._canvas.picture, self._canvas.camera, point)
        if node_id is None:
            return False
        folded = self._session.folded
        self._session.set_folded(folded ^ {node_id})
        return True
