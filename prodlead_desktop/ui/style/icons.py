"""Lucide icons in any colour and size, drawn sharp at every scale, so that icons follow the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from prodlead_desktop import resources
from prodlead_desktop.figures import paint_icons
from prodlead_desktop.figures.theme import Theme


def draw(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Paint an icon into a square of logical pixels."""
    dpr = painter.device().devicePixelRatio() if painter.device() else 1.0
    place = QPointF(rect.left(), rect.top())
    painter.drawPixmap(place, paint_icons.icon_pixmap(name, rect.width(), colour, dpr))


def image(name: str, px: float, colour: str, dpr: float = 1.0) -> QImage:
    """An icon as a picture of ``px`` logical pixels."""
    return paint_icons.icon_pixmap(name, px, colour, dpr).toImage()


class _Engine(QIconEngine):
    """Paints one Lucide icon in the colour of a theme's role, disabled in the theme's disabled colour."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        left, top = rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2
        draw(painter, self._name, QRectF(left, top, side, side), self._of(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return paint_icons.icon_pixmap(self._name, min(size.width(), size.height()), self._of(mode), 1.0)

    def _of(self, mode: QIcon.Mode) -> str:
        return self._disabled if mode == QIcon.Mode.Disabled else self._colour


def icon(name: str, theme: Theme, role: str = "text2") -> QIcon:
    """A QIcon of a Lucide name in a theme's colour role (text, text2, accent, on_ink…)."""
    return QIcon(_Engine(name, getattr(theme, role), theme.disabled))


def app_icon() -> QIcon:
    """The program's own icon for windows and the task bar."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addFile(str(resources.path("icons", "app", f"prodlead-{size}.png")), QSize(size, size))
    return made


def draw_mark(painter: QPainter, rect: QRectF, ground: str, line: str) -> None:
    """The program's mark in the theme's ink; the icon file itself is for windows and the task bar."""
    dpr = painter.device().devicePixelRatio() if painter.device() else 1.0
    painter.drawImage(QPointF(rect.left(), rect.top()), _mark(rect.width(), ground, line, dpr))


@lru_cache(maxsize=16)
def _mark(px: float, ground: str, line: str, dpr: float) -> QImage:
    size = max(1, round(px * dpr))
    made = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    drawing = resources.path("icons", "app", "prodlead.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(drawing.replace("#191F2E", ground).replace("#FFFFFF", line).encode())
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    made.setDevicePixelRatio(size / px)
    return made
