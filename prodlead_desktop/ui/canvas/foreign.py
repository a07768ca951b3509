"""Cards that come to the map from elsewhere, and cards that leave it: the outline, another window, another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent

from prodlead_desktop.domain import branches
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.canvas import drag
from prodlead_desktop.ui.canvas.drag import Drop
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

CTRL = Qt.KeyboardModifier.ControlModifier


class Foreign(QObject):
    """Drag and drop in the sense of the system; within the map the hand carries cards itself."""

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self.drop: Drop | None = None
        canvas.setAcceptDrops(True)
        canvas.viewport().setAcceptDrops(True)
        canvas.viewport().installEventFilter(self)

    def send(self, ids: tuple[str, ...]) -> None:
        """Cards left the map while they were carried: what lies below the pointer decides what comes of them."""
        carried = QDrag(self._canvas)
        carried.setMimeData(carrying.mime_of(self._session, carrying.tops(self._session, ids)))
        carried.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
        self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag from elsewhere."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.take(event)
        elif isinstance(event, QDragMoveEvent):
            self.over(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.leave()
        else:
            return False
        return True

    def over(self, event: QDragMoveEvent) -> None:
        """Show where the cards would go."""
        if self._session.document.read_only is not None or not event.mimeData().hasFormat(carrying.BRANCH):
            event.ignore()
            return
        self.drop = self._place(event)
        event.setDropAction(
            Qt.DropAction.CopyAction if event.modifiers() & CTRL else Qt.DropAction.MoveAction
        )
        event.accept()
        self._canvas.viewport().update()

    def leave(self) -> None:
        """The cards are somewhere else now."""
        self.drop = None
        self._canvas.viewport().update()

    def take(self, event: QDropEvent) -> None:
        """Put the cards where they were dropped; on the ground they stand at the top level."""
        text = carrying.branch_in(event.mimeData())
        if text is None:
            event.ignore()
            return
        place = self._place(event)
        copy = bool(event.modifiers() & CTRL)
        self.leave()
        if place is not None:
            self._session.attempt(
                lambda: carrying.drop(self._session, text, place.parent, place.before, copy)
            )
        event.setDropAction(Qt.DropAction.CopyAction)  # the view they are from must not remove them
        event.accept()

    def _place(self, event: QDropEvent) -> Drop | None:
        session, canvas = self._session, self._canvas
        text = carrying.branch_in(event.mimeData())
        ours = branches.tops_of(text, session.document.id, session.strategy) if text else ()
        moved = () if event.modifiers() & CTRL else ours
        point = canvas.camera.to_map(event.position().x(), event.position().y())
        if canvas.picture.index.at(*point) is None:
            return Drop(session.root, None, session.root, None)
        return drag.drop_at(session, canvas.picture, moved, *point)
