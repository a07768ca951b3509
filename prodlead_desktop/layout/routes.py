"""The curve of a tree edge, so that canvas, hit testing and exports bend it alike."""

from typing import NamedTuple

from prodlead_desktop.layout.box import Box


class Curve(NamedTuple):
    """A cubic Bézier curve in map units: start, first handle, second handle, end, each as (x, y)."""

    start: tuple[float, float]
    leaving: tuple[float, float]
    arriving: tuple[float, float]
    end: tuple[float, float]


def tree_edge(parent: Box, child: Box) -> Curve:
    """From the middle of the parent's right edge to the middle of the child's left edge, handles at mid-gap."""
    x0, y0 = parent.x + parent.w, parent.y + parent.h / 2
    x1, y1 = child.x, child.y + child.h / 2
    half = (x0 + x1) / 2
    return Curve((x0, y0), (half, y0), (half, y1), (x1, y1))
