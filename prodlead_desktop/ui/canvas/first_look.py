"""Where the map is looked at when it is first shown, and again where it was looked at before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.ui.canvas.camera import LEAST, MOST, Camera
from prodlead_desktop.ui.canvas.standing import beside_root

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

# From here on the titles of blocks are as big as those of the smallest compact cards.
READABLE = CARD.compact_from * CARD.compact_title.size / CARD.block_title.size
NARROW = 50  # px; no viewport that anybody looks at


class FirstLook:
    """Waits until the viewport has its size."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._taken = False
        self._wanted: tuple[float, float, float] | None = None

    def state(self) -> dict[str, Any]:
        """Zoom and the map point in the middle, as plain values; until the map was seen, what is wanted of it."""
        if not self._taken:
            return dict(zip(("zoom", "x", "y"), self._wanted or (), strict=False))
        size, camera = self._canvas.viewport().size(), self._canvas.camera
        x, y = camera.to_map(size.width() / 2, size.height() / 2)
        return {"zoom": camera.zoom, "x": x, "y": y}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Look where ``state`` said, once the viewport has its size; without sound numbers the whole map is shown."""
        try:
            zoom, x, y = (float(state[name]) for name in ("zoom", "x", "y"))
        except (KeyError, TypeError, ValueError):
            return
        if LEAST <= zoom <= MOST and all(map(math.isfinite, (x, y))):
            self._taken, self._wanted = False, (zoom, x, y)
            self._canvas.viewport().update()

    def take(self) -> None:
        """Look, if that is still to be done: the whole map where its titles can be read, else as much as can."""
        canvas, size = self._canvas, self._canvas.viewport().size()
        if self._taken or size.width() <= NARROW:
            return
        self._taken = True
        canvas.aids.place()
        if self._wanted is None:
            canvas.fit(readable=True)
            return
        zoom, x, y = self._wanted
        self._wanted = None
        canvas.look(Camera(zoom).centred(x, y, size.width(), size.height()))

    def look_closer(self) -> None:
        """At the part around the root, where the whole is too small to be read."""
        canvas = self._canvas
        if canvas.picture.boxes and canvas.camera.zoom < READABLE:
            canvas.look(beside_root(canvas.picture, CARD.compact_from, canvas.viewport().size()))
