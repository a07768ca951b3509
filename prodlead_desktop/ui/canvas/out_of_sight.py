"""Whether the map was moved so far that no card can be seen; then a quiet word says how to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

REST_MS = 400  # nobody who is on the way to another part of the map needs a hint


class OutOfSight(QObject):
    """Says so once the map has rested, and takes it back as soon as a card is seen."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._said = False
        self.key = ""  # that shows the whole map
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)

    @property
    def said(self) -> bool:
        """Whether the hint is shown."""
        return self._said

    def look_later(self) -> None:
        """Another part of the map is seen, or the map is another one."""
        if self._said:
            self._look()
        self._rest.start()

    def _look(self) -> None:
        canvas = self._canvas
        size, camera = canvas.viewport().size(), canvas.camera
        right, bottom = camera.to_map(size.width(), size.height())
        cards = bool(canvas.picture.boxes)
        lost = cards and not canvas.picture.in_rect(camera.x, camera.y, right, bottom)
        if lost != self._said:
            self._said = lost
            canvas.viewport().update()
