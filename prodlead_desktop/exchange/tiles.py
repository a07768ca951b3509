"""A big page cut over small sheets of paper, to be printed anywhere and glued: what lies on which, and where to cut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.page import MOST_PAGES, PAPERS, POINTS_PER_MM, pieces
from prodlead_desktop.figures.paint_dashes import is_screen
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_palette import pen
from prodlead_desktop.figures.paint_text import draw_text
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.figures.theme import PAPER

TILE_PAPERS = ("A4", "A3")
EDGE_PT = 10 * POINTS_PER_MM  # what printers leave white; cut away or glued under
OVERLAP_PT = 10 * POINTS_PER_MM
_MARK_PT, _RING_PT, _TEXT_PT, _LINE = 6 * POINTS_PER_MM, 2 * POINTS_PER_MM, 7.0, 0.5


@dataclass(frozen=True)
class Tiles:
    """A page of ``width`` × ``height`` points on sheets of ``paper_width`` × ``paper_height``, row by row."""

    width: float
    height: float
    paper_width: float
    paper_height: float

    @property
    def room(self) -> tuple[float, float]:
        """What one sheet shows of the page."""
        return self.paper_width - 2 * EDGE_PT, self.paper_height - 2 * EDGE_PT

    @cached_property
    def columns(self) -> int:
        """How many sheets lie side by side."""
        return pieces(self.width, self.room[0], OVERLAP_PT)

    @cached_property
    def rows(self) -> int:
        """How many sheets lie one below the other."""
        return pieces(self.height, self.room[1], OVERLAP_PT)

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[int, int]:
        """Row and column of sheet ``number``, all from 1."""
        row, column = divmod(number - 1, self.columns)
        return row + 1, column + 1

    def part(self, number: int) -> QRectF:
        """What sheet ``number`` shows, in points of the page."""
        row, column = self.place(number)
        wide, high = self.room
        return QRectF((column - 1) * (wide - OVERLAP_PT), (row - 1) * (high - OVERLAP_PT), wide, high)


def tiles_on(paper: str, width: float, height: float) -> Tiles:
    """A page of so many points cut over A4 or A3, turned so that it needs fewer sheets. BadInput in words."""
    if paper not in TILE_PAPERS:
        raise BadInput(
            f"A page cannot be cut over “{paper}”.", f"Choose {' or '.join(TILE_PAPERS)} for the sheets."
        )
    short, long = (side * POINTS_PER_MM for side in PAPERS[paper])
    return fewest(width, height, short, long)


def fewest(width: float, height: float, short: float, long: float) -> Tiles:
    """The page on sheets of this paper, turned so that it needs fewer. BadInput when it needs too many."""
    upright, across = Tiles(width, height, short, long), Tiles(width, height, long, short)
    chosen = min((upright, across), key=lambda tiles: tiles.count)
    if chosen.count > MOST_PAGES:
        raise BadInput(
            f"The page would need {chosen.count:,} sheets.",
            "Choose a smaller page, bigger sheets or a branch.",
        )
    return chosen


def paint_marks(painter: QPainter, tiles: Tiles, number: int, title: str) -> None:
    """Crop marks, register marks and the sheet's place; the painter's unit is a point of the sheet."""
    part = tiles.part(number)
    row, column = tiles.place(number)
    sheet = QRectF(EDGE_PT, EDGE_PT, part.width(), part.height())
    painter.save()
    painter.setPen(pen(PAPER.text2, _LINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLines(_crop_marks(sheet))
    for at in _register_marks(tiles, row, column):
        _ring(painter, at - part.topLeft() + sheet.topLeft())
    painter.restore()
    words = f"Sheet {number} of {tiles.count} · row {row}, column {column} · {title}"
    shown = TextFit(measure).elided(words, _TEXT_PT, 500, sheet.width() - 2 * _MARK_PT)
    painter.setPen(pen(PAPER.text2, _LINE))
    top = sheet.bottom() + EDGE_PT / 2 - _TEXT_PT
    draw_text(painter, shown, sheet.left() + _MARK_PT, top, _TEXT_PT, 2 * _TEXT_PT, 500, is_screen(painter))


def _crop_marks(sheet: QRectF) -> list[QLineF]:
    """Two short lines outside each corner: where to cut."""
    gap, reach = 1.5 * POINTS_PER_MM, _MARK_PT
    lines = []
    for x, out in ((sheet.left(), -1), (sheet.right(), 1)):
        for y, down in ((sheet.top(), -1), (sheet.bottom(), 1)):
            lines.append(QLineF(x + out * gap, y, x + out * (gap + reach), y))
            lines.append(QLineF(x, y + down * gap, x, y + down * (gap + reach)))
    return lines


def _register_marks(tiles: Tiles, row: int, column: int) -> list[QPointF]:
    """The middles of the strips this sheet shares with its neighbours, at points of the page: they must coincide."""
    wide, high = tiles.room
    step_x, step_y = wide - OVERLAP_PT, high - OVERLAP_PT
    left, top = (column - 1) * step_x, (row - 1) * step_y
    found = []
    for border in (column - 1, column):
        if 0 < border < tiles.columns:
            x = border * step_x + OVERLAP_PT / 2
            found += [QPointF(x, top + high * share) for share in (0.25, 0.75)]
    for border in (row - 1, row):
        if 0 < border < tiles.rows:
            y = border * step_y + OVERLAP_PT / 2
            found += [QPointF(left + wide * share, y) for share in (0.25, 0.75)]
    return found


def _ring(painter: QPainter, at: QPointF) -> None:
    """A ring with a cross."""
    arm = 1.6 * _RING_PT
    painter.drawEllipse(at, _RING_PT, _RING_PT)
    painter.drawLines(
        [
            QLineF(at.x() - arm, at.y(), at.x() + arm, at.y()),
            QLineF(at.x(), at.y() - arm, at.x(), at.y() + arm),
        ]
    )
