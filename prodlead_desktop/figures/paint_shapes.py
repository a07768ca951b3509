"""Silhouettes of the kinds as paths, made once per size; Qt's side of `theme.KIND_LOOKS`."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from prodlead_desktop.figures.theme import KIND_LOOKS

TURNED = "-turned"
_INITIATIVE_RADIUS = 6.0
_SQUARE_RADIUS = 1.0


@lru_cache(maxsize=4096)
def silhouette(role: str, width: float, height: float, out: float = 0.0) -> QPainterPath:
    """The outline of a card of `width` × `height` u with its corner at 0, 0; `out` u further out on every side.

    Of a role that points somewhere, "-turned" points the other way.
    """
    if role.endswith(TURNED):
        return QTransform(-1, 0, 0, 1, width, 0).map(
            silhouette(role.removesuffix(TURNED), width, height, out)
        )
    shape = KIND_LOOKS[role].shape
    return _SHAPES[shape.name](-out, -out, width + 2 * out, height + 2 * out, shape.size, shape.other, out)


@lru_cache(maxsize=1024)
def fold_corner(width: float) -> QPainterPath:
    """The folded corner of a sheet."""
    size = KIND_LOOKS["note"].shape.size
    return _polygon([(width - size, 0), (width - size, size), (width, size)])


def _polygon(points: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _rounded(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    path = QPainterPath()
    radius = min(size + out, h / 2)
    path.addRoundedRect(QRectF(x, y, w, h), radius, radius)
    return path


def _cut(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    c = size + out * 0.586  # the cut stays parallel at the same distance: 2 − √2
    return _polygon(
        [(x + c, y), (x + w - c, y), (x + w, y + c), (x + w, y + h - c), (x + w - c, y + h), (x + c, y + h),
         (x, y + h - c), (x, y + c)]
    )  # fmt: skip


def _leaf(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    return _corners(x, y, w, h, (size + out, other + out, size + out, other + out))


def _doubled(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    return _corners(x, y, w, h, (_SQUARE_RADIUS + out,) * 4)


def _arrow(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    r = _INITIATIVE_RADIUS + out
    path = QPainterPath(QPointF(x + size, y))
    path.lineTo(x + w - r, y)
    path.arcTo(x + w - 2 * r, y, 2 * r, 2 * r, 90, -90)
    path.lineTo(x + w, y + h - r)
    path.arcTo(x + w - 2 * r, y + h - 2 * r, 2 * r, 2 * r, 0, -90)
    path.lineTo(x + size, y + h)
    path.lineTo(x, y + h / 2)
    path.closeSubpath()
    return path


def _hexagon(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    return _polygon(
        [
            (x + size, y),
            (x + w - size, y),
            (x + w, y + h / 2),
            (x + w - size, y + h),
            (x + size, y + h),
            (x, y + h / 2),
        ]
    )


def _sheet(x: float, y: float, w: float, h: float, size: float, other: float, out: float) -> QPainterPath:
    c = size + out * 0.586
    return _polygon([(x, y), (x + w - c, y), (x + w, y + c), (x + w, y + h), (x, y + h)])


def _corners(x: float, y: float, w: float, h: float, radii: tuple[float, ...]) -> QPainterPath:
    """A rectangle with its own radius at each corner, from the top left clockwise."""
    a, b, c, d = (min(radius, h / 2) for radius in radii)
    path = QPainterPath(QPointF(x + a, y))
    path.lineTo(x + w - b, y)
    path.arcTo(x + w - 2 * b, y, 2 * b, 2 * b, 90, -90)
    path.lineTo(x + w, y + h - c)
    path.arcTo(x + w - 2 * c, y + h - 2 * c, 2 * c, 2 * c, 0, -90)
    path.lineTo(x + d, y + h)
    path.arcTo(x, y + h - 2 * d, 2 * d, 2 * d, 270, -90)
    path.lineTo(x, y + a)
    path.arcTo(x, y, 2 * a, 2 * a, 180, -90)
    path.closeSubpath()
    return path


_SHAPES = {
    "filled": _rounded,
    "cut": _cut,
    "rounded": _rounded,
    "leaf": _leaf,
    "doubled": _doubled,
    "arrow": _arrow,
    "hexagon": _hexagon,
    "sheet": _sheet,
}
