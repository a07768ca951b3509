"""Cards as they were painted last at one zoom, so that a frame in which they only stand elsewhere costs a copy each."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from prodlead_desktop.figures.card import Card
from prodlead_desktop.layout.box import Box

REACH = 26.0  # u that badges and shadows stick out of a card
MOST_PIXELS = 6_000_000  # of all that are kept, 24 MB
LARGE = 600_000  # a card of more pixels is painted anew every time

Paint = Callable[[QPainter], None]  # one card, its corner at 0, 0


class Copy(NamedTuple):
    """A card's pixels, and what they were made for."""

    card: Card
    scale: tuple[float, float]  # zoom, and pixels of the screen for each of the window's
    look: object
    pixmap: QPixmap
    reach: int  # device pixels from the pixmap's corner to the card's


class KeptCards:
    """Belongs to one theme and one screen; cards stand on whole device pixels."""

    def __init__(self) -> None:
        self._copies: dict[str, Copy] = {}
        self._pixels = 0

    def draw(self, painter: QPainter, node: str, card: Card, box: Box, look: object, paint: Paint) -> None:
        """Put a card where its box is; ``look`` is what else its pixels depend on. The painter may scale and move."""
        world = painter.worldTransform()
        ratio, zoom = painter.device().devicePixelRatioF(), world.m11()
        scale, known = (zoom, ratio), self._copies.get(node)
        if known is None or known.card is not card or known.scale != scale or known.look != look:
            known = self._made(node, card, box, look, zoom, ratio, paint)
        x, y = round((world.dx() + box.x * zoom) * ratio), round((world.dy() + box.y * zoom) * ratio)
        painter.setWorldTransform(QTransform())
        painter.drawPixmap(QPointF((x - known.reach) / ratio, (y - known.reach) / ratio), known.pixmap)
        painter.setWorldTransform(world)

    def _made(
        self, node: str, card: Card, box: Box, look: object, zoom: float, ratio: float, paint: Paint
    ) -> Copy:
        scale = zoom * ratio
        reach = ceil(REACH * scale)
        pixmap = QPixmap(ceil(box.w * scale) + 2 * reach, ceil(box.h * scale) + 2 * reach)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.translate(reach / ratio, reach / ratio)
        painter.scale(zoom, zoom)
        paint(painter)
        painter.end()
        made = Copy(card, (zoom, ratio), look, pixmap, reach)
        self._keep(node, made)
        return made

    def _keep(self, node: str, made: Copy) -> None:
        had = self._copies.pop(node, None)
        if had is not None:
            self._pixels -= _size(had.pixmap)
        if _size(made.pixmap) > LARGE:
            return
        self._copies[node] = made
        self._pixels += _size(made.pixmap)
        while self._pixels > MOST_PIXELS:
            self._pixels -= _size(self._copies.pop(next(iter(self._copies))).pixmap)


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height()
