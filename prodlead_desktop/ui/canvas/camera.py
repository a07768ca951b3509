"""Which part of the map is on the screen, as a value; one map unit is one logical pixel at zoom 1."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodlead_desktop.layout.box import Box

LEAST, MOST = 0.005, 4.0
FIT_MOST = 1.0
FIT_MARGIN = 32.0  # logical pixels


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


def fitting(bounds: Box, width: float, height: float) -> Camera:
    """The whole of ``bounds`` in a viewport of this size with a margin, never bigger than 100 %."""
    wide = max(width - 2 * FIT_MARGIN, 1.0) / max(bounds.w, 1.0)
    high = max(height - 2 * FIT_MARGIN, 1.0) / max(bounds.h, 1.0)
    camera = Camera(min(max(min(wide, high, FIT_MOST), LEAST), MOST))
    return camera.centred(bounds.x + bounds.w / 2, bounds.y + bounds.h / 2, width, height)
