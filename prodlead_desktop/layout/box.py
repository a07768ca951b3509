"""The rectangle every layout module speaks in, so that none of them needs a drawing library."""

from typing import NamedTuple


class Box(NamedTuple):
    """An upright rectangle in map units; `x`, `y` is its top left corner and y grows downwards."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The y halfway down."""
        return self.y + self.h / 2

    def shared(self, other: "Box") -> float:
        """The area that two boxes have in common."""
        wide = min(self.right, other.right) - max(self.x, other.x)
        high = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(wide, 0.0) * max(high, 0.0)
