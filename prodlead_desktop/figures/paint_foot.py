"""Paints the frame and the foot of a printed map; lengths are points."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from prodlead_desktop.figures.lens import Key
from prodlead_desktop.figures.paint_dashes import is_screen
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_keys import paint_key
from prodlead_desktop.figures.paint_palette import Ink, pen
from prodlead_desktop.figures.paint_shapes import silhouette
from prodlead_desktop.figures.paint_text import draw_text
from prodlead_desktop.figures.sheet_foot import NAMING, Foot
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.figures.theme import Theme

_DESIGNED = 1130.0  # inside width the sizes below are made for: A3 across
_LEAST_PT = 6.5
_PARTS = (0.364, 0.236, 0.40)  # legend, money, title block
_LEGEND, _HEAD, _TITLE, _CAPTION, _VALUE = 10.0, 9.6, 16.5, 8.2, 10.4
_ROW, _SWATCH = 14.6, (21.0, 11.0)
_LINE = 0.9

Swatch = Callable[[QPainter, float], None]


class FootPainter:
    """Draws a foot into a box; text is never smaller than 6.5 pt and never leaves its cell."""

    def __init__(self, theme: Theme, foot: Foot, box: QRectF) -> None:
        self._ink = Ink(theme)
        self._foot = foot
        self._box = box
        self._fit = TextFit(measure)
        self._stacked = box.width() < 620
        legend = self._cells()[0].width()
        self._k = min(1.0, max(0.66, legend / (_DESIGNED * _PARTS[0])))

    def paint(self, painter: QPainter) -> None:
        """Lines, legend, money and title block."""
        box = self._box
        self._ink.screen = is_screen(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._line())
        painter.drawLine(QLineF(box.left(), box.top(), box.right(), box.top()))
        legend, money, title = self._cells()
        painter.drawLine(QLineF(money.left(), money.top(), money.left(), money.bottom()))
        if self._stacked:
            painter.drawLine(QLineF(box.left(), title.top(), box.right(), title.top()))
        else:
            painter.drawLine(QLineF(title.left(), title.top(), title.left(), title.bottom()))
        self._legend(painter, legend)
        self._money(painter, money)
        self._title(painter, title)

    def _cells(self) -> tuple[QRectF, QRectF, QRectF]:
        box = self._box
        if self._stacked:
            half = box.height() / 2
            split = box.width() * 0.58
            return (
                QRectF(box.left(), box.top(), split, half),
                QRectF(box.left() + split, box.top(), box.width() - split, half),
                QRectF(box.left(), box.top() + half, box.width(), half),
            )
        widths = [box.width() * part for part in _PARTS]
        lefts = [box.left(), box.left() + widths[0], box.left() + widths[0] + widths[1]]
        first, second, third = (
            QRectF(left, box.top(), wide, box.height()) for left, wide in zip(lefts, widths, strict=True)
        )
        return first, second, third

    def _line(self) -> QPen:
        return pen(self._ink.theme.ink, _LINE)

    def _size(self, points: float) -> float:
        return max(_LEAST_PT, round(points * self._k * 10) / 10)

    def _text(
        self,
        painter: QPainter,
        text: str,
        x: float,
        middle: float,
        size: float,
        weight: int,
        colour: str,
        room: float,
    ) -> float:
        """One line around `middle`, cut to `room`; its width."""
        shown = self._fit.elided(text, size, weight, room)
        painter.setPen(pen(colour, 1.0))
        draw_text(painter, shown, x, middle - size, size, 2 * size, weight, self._ink.screen)
        return self._fit.width(shown, size, weight)

    def _legend(self, painter: QPainter, cell: QRectF) -> None:
        """Kinds in four columns, then pools, the lens' own keys and hatch in as many rows as they need."""
        k, foot = self._k, self._foot
        kinds = [(self._kind(role), word) for role, word in foot.kinds]
        extra = [(self._pool(number), word) for number, word in foot.pools]
        extra += [(self._key(key), key.word) for key in foot.keys]
        if foot.hatch:
            extra.append((self._hatch, "no money"))
        rows = [part[start : start + 4] for part in (kinds, extra) for start in range(0, len(part), 4)]
        pad, size = 14 * k, self._size(_LEGEND)
        step = min(_ROW * k * 1.25, (cell.height() - 8) / max(len(rows), 3))
        middle = cell.center().y() - step * (len(rows) - 1) / 2
        column = (cell.width() - pad) / 4
        for row in rows:
            for number, (swatch, word) in enumerate(row):
                left = cell.left() + pad + number * column
                self._entry(painter, left, middle, swatch, word, size, column)
            middle += step

    def _entry(
        self, painter: QPainter, x: float, middle: float, swatch: Swatch, word: str, size: float, room: float
    ) -> float:
        """A sample and its word; the width of both."""
        k = self._k
        painter.save()
        painter.translate(x, middle - _SWATCH[1] * k / 2)
        swatch(painter, k)
        painter.restore()
        text = x + (_SWATCH[0] + 7) * k
        wide = self._text(painter, word, text, middle, size, 400, self._ink.theme.text, room - (text - x) - 4)
        return text - x + wide

    def _kind(self, role: str) -> Swatch:
        def paint(painter: QPainter, k: float) -> None:
            small = 0.55  # silhouettes have corners made for cards
            style = self._ink.kind(role)
            painter.scale(k * small, k * small)
            painter.setPen(pen(style.stroke, 1.2 / small))
            painter.setBrush(self._ink.brush(style.card))
            painter.drawPath(silhouette(role, _SWATCH[0] / small, _SWATCH[1] / small))

        return paint

    def _pool(self, number: int) -> Swatch:
        def paint(painter: QPainter, k: float) -> None:
            look = self._ink.ribbon(number)
            wide, top, low = _SWATCH[0] * k, 1.5 * k, (_SWATCH[1] - 1.5) * k
            painter.fillRect(QRectF(0, top, wide, low - top), self._ink.brush(look.ribbon))
            painter.setPen(pen(look.colour, 0.8))
            painter.drawLines([QLineF(0, top, wide, top), QLineF(0, low, wide, low)])

        return paint

    def _key(self, key: Key) -> Swatch:
        return lambda painter, k: paint_key(painter, key, self._ink, _SWATCH[0] * k, _SWATCH[1] * k)

    def _hatch(self, painter: QPainter, k: float) -> None:
        box = QRectF(0, 1 * k, _SWATCH[0] * k, (_SWATCH[1] - 2) * k)
        path = QPainterPath()
        path.addRoundedRect(box, 3 * k, 3 * k)
        painter.save()
        painter.setClipPath(path)
        painter.setPen(pen(self._ink.theme.hatch, 1.6 * k))
        painter.drawLines(
            [
                QLineF(x * k, box.bottom() + 1, x * k + box.height() + 2, box.top() - 1)
                for x in range(-12, 24, 6)
            ]
        )
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(self._ink.theme.line2, 0.8))
        painter.drawPath(path)

    def _money(self, painter: QPainter, cell: QRectF) -> None:
        """Orphan money in words, and what a ribbon's height means."""
        k, foot, theme = self._k, self._foot, self._ink.theme
        pad, size = 13 * k, self._size(_HEAD)
        room, x = cell.width() - 1.6 * pad, cell.left() + pad
        lines = [(line, 600) for line in self._fit.lines(foot.head, size, 600, room, 2)]
        lines += [(line, 400) for line in self._fit.lines(foot.rows, size, 400, room, 2)]
        count = len(lines) + (foot.ribbon is not None)
        step = min(_ROW * k * 1.15, cell.height() / (count + 0.3))
        middle = cell.center().y() - step * (count - 1) / 2
        for text, weight in lines:
            colour = theme.text if weight == 600 else theme.text2
            self._text(painter, text, x, middle, size, weight, colour, room)
            middle += step
        if foot.ribbon is not None:
            x += self._text(painter, "Ribbon width is money: ", x, middle, size, 400, theme.text2, room)
            look = self._ink.ribbon(foot.ribbon.pool)
            wide, high = 24 * k, foot.ribbon.points
            painter.fillRect(QRectF(x + 3, middle - high / 2, wide, high), self._ink.brush(look.ribbon))
            text = f"= {foot.ribbon.text}"
            self._text(
                painter, text, x + wide + 8, middle, size, 400, theme.text2, cell.right() - x - wide - 8
            )

    def _title(self, painter: QPainter, cell: QRectF) -> None:
        """The name above, the facts below in cells as wide as their words."""
        k, foot, theme = self._k, self._foot, self._ink.theme
        split = cell.top() + cell.height() * 0.5
        painter.setPen(self._line())
        painter.drawLine(QLineF(cell.left(), split, cell.right(), split))
        middle, pad = (cell.top() + split) / 2, 10 * k
        side = 19 * k
        paint_mark(painter, QRectF(cell.left() + pad, middle - side / 2, side, side), theme)
        x = cell.left() + 2 * pad + side
        self._text(
            painter, foot.title, x, middle, self._size(_TITLE), 700, theme.text, cell.right() - x - pad
        )
        caption, value = self._size(_CAPTION), self._size(_VALUE)
        wanted = [
            max(self._fit.width(name, caption, 400), self._fit.width(text, value, 600)) + 2 * pad * 0.8
            for name, text in foot.cells
        ]
        spare = (cell.width() - sum(wanted)) / len(wanted)
        if spare < 0:
            wanted, spare = _evened(wanted, [name in NAMING for name, _ in foot.cells], cell.width()), 0.0
        x, half = cell.left(), (cell.bottom() - split) / 2
        for number, ((name, text), wide) in enumerate(zip(foot.cells, wanted, strict=True)):
            if number:
                painter.setPen(self._line())
                painter.drawLine(QLineF(x, split, x, cell.bottom()))
            room = wide + spare - 1.6 * pad
            left = x + 0.8 * pad
            self._text(painter, name, left, split + half * 0.58, caption, 400, theme.text2, room)
            self._text(painter, text, left, split + half * 1.34, value, 600, theme.text, room)
            x += wide + spare


def _evened(wanted: list[float], naming: list[bool], room: float) -> list[float]:
    """Widths that fill ``room``: names give way, the longest first; money, page and scale stay whole."""
    names = sorted(wide for wide, named in zip(wanted, naming, strict=True) if named)
    left = room - (sum(wanted) - sum(names))
    if left <= room / 4:  # figures alone are too long
        return [wide * room / sum(wanted) for wide in wanted]
    most = 0.0
    for number, wide in enumerate(names):
        most = left / (len(names) - number)
        if wide > most:
            break
        left -= wide
    return [min(wide, most) if named else wide for wide, named in zip(wanted, naming, strict=True)]


def paint_frame(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The line around a page."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(theme.ink, _LINE))
    painter.drawRect(box)


def paint_mark(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The program's mark: three lines from one point, white on ink."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / 64, box.height() / 64)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink)
    painter.drawRoundedRect(QRectF(0, 0, 64, 64), 14, 14)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(theme.on_ink, 6.4, (), True))
    for end in (16.25, 32.0, 47.75):
        path = QPainterPath(QPointF(17.5, 32))
        path.cubicTo(34, 32, 34, end, 50.5, end)
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.on_ink)
    painter.drawEllipse(QPointF(17.5, 32), 7.2, 7.2)
    painter.restore()
