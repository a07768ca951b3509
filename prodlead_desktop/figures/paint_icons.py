"""Lucide icons as Qt paths, and as pixmaps where a widget wants one."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QTransform

from prodlead_desktop.figures import svg_icon


@lru_cache(maxsize=512)
def icon_path(name: str) -> QPainterPath:
    """Icon `name` in a box of 24 × 24, to be stroked 2 wide."""
    path = QPainterPath()
    for verb, points in svg_icon.steps(name):
        if verb == "M":
            path.moveTo(*points)
        elif verb == "L":
            path.lineTo(*points)
        elif verb == "C":
            path.cubicTo(*points)
        else:
            path.closeSubpath()
    return path


@lru_cache(maxsize=64)
def icon_pen(colour: str) -> QPen:
    """The pen icons are stroked with in their box of 24."""
    pen = QPen(QColor(colour), svg_icon.STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def draw_icon(painter: QPainter, name: str, x: float, y: float, size: float, colour: str) -> None:
    """Stroke icon `name` with its box's corner at x, y. Leaves pen and brush changed."""
    scale = size / svg_icon.BOX
    painter.translate(x, y)
    painter.scale(scale, scale)
    painter.setPen(icon_pen(colour))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon_path(name))
    painter.scale(1 / scale, 1 / scale)
    painter.translate(-x, -y)


def stamp_icon(
    painter: QPainter, name: str, x: float, y: float, size: float, colour: str, screen: bool
) -> None:
    """`draw_icon` from a cache of pixels, on whole ones; a path as ever where `screen` is False."""
    world = painter.worldTransform()
    if not screen or world.isRotating():
        draw_icon(painter, name, x, y, size, colour)
        return
    dpr = painter.device().devicePixelRatioF()
    image = _stamp(name, round(size * world.m11() * dpr, 1), colour)
    image.setDevicePixelRatio(dpr)
    corner = world.map(QPointF(x, y))
    painter.setWorldTransform(QTransform())
    x, y = (
        floor(at * dpr + 0.501) / dpr for at in (corner.x(), corner.y())
    )  # the same wherever the map is moved
    painter.drawImage(QPointF(x, y), image)
    painter.setWorldTransform(world)


@lru_cache(maxsize=1024)
def _stamp(name: str, px: float, colour: str) -> QImage:
    """Icon `name` in device pixels."""
    side = max(1, ceil(px))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_icon(painter, name, 0, 0, px, colour)
    painter.end()
    return image


@lru_cache(maxsize=1024)
def icon_pixmap(name: str, px: float, colour: str, dpr: float) -> QPixmap:
    """Icon `name`, `px` logical pixels wide, for a screen of `dpr` device pixels each."""
    pixmap = QPixmap(round(px * dpr), round(px * dpr))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(dpr, dpr)
    draw_icon(painter, name, 0, 0, px, colour)
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap
