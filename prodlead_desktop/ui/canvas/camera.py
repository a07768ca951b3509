"""Which part of the map is on the screen, as a value; one map unit is one logical pixel at zoom 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from prodlead_desktop.layout.box import Box

LEAST, MOST = 0.005, 4.0
FIT_MOST = 1.0
FIT_MARGIN = 32.0  # logical pixels
CLEAR = 12.0  # logical pixels between a card and what lies over the map


@dataclass(frozen=True, slots=True)
class Camera:
    """``x, y`` is the map point in the viewport's top left corner."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_map(self, px: float, py: float) -> tuple[float, float]:
        """The map point under a viewport point."""
        return self.x + px / self.zoom, self.y + py / self.zoom

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """The viewport point of a map point."""
        return (x - self.x) * self.zoom, (y - self.y) * self.zoom

    def panned(self, dx: float, dy: float) -> Camera:
        """The map moved by so many logical pixels to the right and down."""
        return replace(self, x=self.x - dx / self.zoom, y=self.y - dy / self.zoom)

    def zoomed(self, factor: float, px: float, py: float) -> Camera:
        """Zoomed so that the map point under a viewport point stays where it is; within the limits."""
        zoom = min(max(self.zoom * factor, LEAST), MOST)
        x, y = self.to_map(px, py)
        return Camera(zoom, x - px / zoom, y - py / zoom)

    def centred(self, x: float, y: float, width: float, height: float) -> Camera:
        """A map point in the middle of a viewport of this size."""
        return replace(self, x=x - width / self.zoom / 2, y=y - height / self.zoom / 2)

    def showing(self, box: Box, width: float, height: float, margin: float = 24.0) -> Camera:
        """Moved as little as possible so that a box is in the viewport; its top left counts when it is too big."""

        def moved(start: float, extent: float, low: float, high: float) -> float:
            if high > start + extent:
                start = high - extent
            return low if low < start else start

        slack = margin / self.zoom
        return replace(
            self,
            x=moved(self.x, width / self.zoom, box.x - slack, box.right + slack),
            y=moved(self.y, height / self.zoom, box.y - slack, box.bottom + slack),
        )

    def covers(self, box: Box, over: Sequence[Box]) -> bool:
        """Whether one of the rectangles over the map, in viewport pixels, lies on a box."""
        return any(self.seen(box).shared(rect) for rect in over)

    def seen(self, box: Box) -> Box:
        """Where a box of the map lies in the viewport."""
        return Box(*self.to_screen(box.x, box.y), box.w * self.zoom, box.h * self.zoom)

    def clear_of(self, box: Box, over: Sequence[Box], width: float, height: float) -> Camera:
        """Moved as little as possible so that nothing over the map covers a box that is in the viewport.

        Where there is no such place, the one is taken where most of the box can be seen.
        """
        seen = self.seen(box)
        if seen.w > width or seen.h > height or not self.covers(box, over):
            return self
        wide = [0.0, *(way for rect in over for way in _ways(seen.x, seen.right, rect.x, rect.right))]
        high = [0.0, *(way for rect in over for way in _ways(seen.y, seen.bottom, rect.y, rect.bottom))]
        edge, port = min(CLEAR, (width - seen.w) / 2, (height - seen.h) / 2), Box(0, 0, width, height)

        def lost(move: tuple[float, float]) -> tuple[float, float]:
            dx, dy = move
            there = Box(seen.x + dx, seen.y + dy, seen.w, seen.h)
            roomy = Box(there.x - edge, there.y - edge, there.w + 2 * edge, there.h + 2 * edge)
            hidden = roomy.w * roomy.h - roomy.shared(port)
            return round(hidden + sum(there.shared(rect) for rect in over)), abs(dx) + abs(dy)

        return self.panned(*min(product(wide, high), key=lost))


def _ways(low: float, high: float, start: float, end: float) -> tuple[float, float]:
    """How far something goes back or on to be clear of what lies from ``start`` to ``end``."""
    return start - CLEAR - high, end + CLEAR - low


def fitting(bounds: Box, width: float, height: float) -> Camera:
    """The whole of ``bounds`` in a viewport of this size with a margin, never bigger than 100 %."""
    wide = max(width - 2 * FIT_MARGIN, 1.0) / max(bounds.w, 1.0)
    high = max(height - 2 * FIT_MARGIN, 1.0) / max(bounds.h, 1.0)
    camera = Camera(min(max(min(wide, high, FIT_MOST), LEAST), MOST))
    return camera.centred(bounds.x + bounds.w / 2, bounds.y + bounds.h / 2, width, height)
