"""Paints one slide for the back of the room: the sentence to remember, the map, a strip with money and legend."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.measures import AUDIENCE_TYPE, TypeRole
from prodlead_desktop.figures.paint_qt import MapPainter, States, font, measure
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.audience.slides import Slide
from prodlead_desktop.ui.canvas.legend import SWATCH, Entry

HEIGHT = 1080.0  # what the sizes below are made for
MARGIN, TOP, STRIP, AIR = 64.0, 40.0, 150.0, 28.0
MOST_ZOOM = 2.0
LEGEND = 1.5  # swatches bigger than in the window
GAP = 36.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A slide with its picture, legend and "2 of 5", and what its filter puts into the background."""

    slide: Slide
    picture: MapPicture
    legend: tuple[Entry, ...]
    page: str
    dimmed: frozenset[str] = frozenset()


class Stage:
    """One slide in one theme, into any rectangle; everything scales with its height."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._map = MapPainter(theme)
        self._fit = TextFit(measure)

    def paint(self, painter: QPainter, size: QRectF, shown: Shown) -> None:
        """Everything of a slide."""
        k = size.height() / HEIGHT
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(size, QColor(self.theme.canvas))
        painter.save()
        painter.scale(k, k)
        wide = size.width() / k
        below = self._words(painter, shown.slide, wide)
        area = QRectF(MARGIN, below + AIR, wide - 2 * MARGIN, HEIGHT - STRIP - below - 2 * AIR)
        self._strip(painter, shown, QRectF(0, HEIGHT - STRIP, wide, STRIP))
        self._picture(painter, shown, area)
        painter.restore()

    def _words(self, painter: QPainter, slide: Slide, wide: float) -> float:
        """The sentence and what stands below it; where they end."""
        role, small = AUDIENCE_TYPE.title, AUDIENCE_TYPE.panel_title
        room = wide - 2 * MARGIN
        y = TOP
        for line in self._fit.lines(slide.title, role.size, role.weight, room, 2):
            self._line(painter, line, MARGIN, y, role, self.theme.text, room)
            y += role.line
        if slide.below:
            for line in self._fit.lines(slide.below, small.size, small.weight, room, 2):
                self._line(painter, line, MARGIN, y, small, self.theme.text2, room)
                y += small.line
        return y

    def _picture(self, painter: QPainter, shown: Shown, area: QRectF) -> None:
        """The whole branch where its words can be read, else the part around the view's centre."""
        picture, look = shown.picture, shown.slide.look
        if not picture.boxes:
            return
        bounds = picture.bounds
        whole = min(area.width() / max(bounds.w, 1.0), area.height() / max(bounds.h, 1.0), MOST_ZOOM)
        zoom, x, y = whole, bounds.x + bounds.w / 2, bounds.y + bounds.h / 2
        if look.zoom is not None and look.x is not None and look.y is not None and look.zoom > whole:
            zoom = min(look.zoom, MOST_ZOOM)
            x, y = (
                _within(look.x, bounds.x, bounds.w, area.width() / zoom),
                _within(look.y, bounds.y, bounds.h, area.height() / zoom),
            )
        painter.save()
        painter.setClipRect(area.adjusted(-MARGIN, -AIR, MARGIN, AIR))
        painter.translate(area.center())
        painter.scale(zoom, zoom)
        painter.translate(-x, -y)
        seen = QRectF(0, 0, (area.width() + 2 * MARGIN) / zoom, (area.height() + 2 * AIR) / zoom)
        seen.moveCenter(QPointF(x, y))
        self._map.paint(painter, picture, seen, zoom, States(dimmed=shown.dimmed))
        painter.restore()

    def _strip(self, painter: QPainter, shown: Shown, box: QRectF) -> None:
        theme, slide, page = self.theme, shown.slide, shown.page
        painter.fillRect(box, QColor(theme.surface))
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1.5), QColor(theme.line))
        body, number = AUDIENCE_TYPE.body, TypeRole(36, 44, 700)
        x, top = MARGIN, box.top() + 30
        left = self._line(painter, slide.caption, x, top, body, theme.text2, box.width() * 0.3)
        wide = self._line(painter, slide.amount, x, top + 42, number, theme.text, box.width() * 0.3)
        said = TypeRole(28, 44, 400)
        wide += (
            self._line(painter, slide.said, x + wide + 12, top + 42, said, theme.text2, box.width() * 0.3)
            + 12
        )
        right = box.right() - MARGIN
        if page:
            taken = self._fit.width(page, body.size, body.weight)
            self._line(
                painter, page, right - taken, box.center().y() - body.line / 2, body, theme.text2, taken + 2
            )
            right -= taken + GAP
        self._legend(
            painter, shown.legend, QRectF(x + max(left, wide) + 2 * GAP, box.top(), 0, box.height()), right
        )

    def _legend(self, painter: QPainter, legend: tuple[Entry, ...], box: QRectF, right: float) -> None:
        """As many entries as there is room for, in at most three rows."""
        role = TypeRole(22, 30, 400)
        x, row, rows = box.left(), 0, 3
        top = box.top() + (box.height() - rows * 38) / 2
        for entry in legend:
            need = SWATCH * LEGEND + 12 + self._fit.width(entry.word, role.size, role.weight)
            if x + need > right:
                x, row = box.left(), row + 1
                if row >= rows:
                    return
            painter.save()
            painter.translate(x, top + row * 38 + 7)
            painter.scale(LEGEND, LEGEND)
            entry.paint(painter, self.theme)
            painter.restore()
            self._line(
                painter, entry.word, x + SWATCH * LEGEND + 12, top + row * 38 + 4, role, self.theme.text, need
            )
            x += need + GAP

    def _line(
        self, painter: QPainter, text: str, x: float, top: float, role: TypeRole, colour: str, room: float
    ) -> float:
        """One line, cut with … where it is too long; its width."""
        shown = self._fit.elided(text, role.size, role.weight, room)
        painter.setPen(QColor(colour))
        painter.setFont(font(role.size, role.weight))
        area = QRectF(x, top, room + 20, role.line)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return self._fit.width(shown, role.size, role.weight)


def _within(centre: float, start: float, extent: float, seen: float) -> float:
    """The centre moved so that no more than needed lies beside the map."""
    if seen >= extent:
        return start + extent / 2
    return min(max(centre, start + seen / 2), start + extent - seen / 2)
