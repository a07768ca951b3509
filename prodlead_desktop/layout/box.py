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
