"""The slider of a row: where an amount stands on the track, what a pull to a place means, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from prodlead_desktop.domain import initiatives, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.allocate.listing import Row
from prodlead_desktop.ui.style import paint

LEFT, RIGHT = 16.0, 24.0
TRACK, HANDLE, SQUARE = 6.0, 8.0, 12.0
STEPS = 20  # a row funded by amount moves in twentieths of its full cost


@dataclass(frozen=True, slots=True)
class Track:
    """The track of a cell: ``most`` minor units are as long as it is."""

    cell: QRectF
    most: int

    @property
    def start(self) -> float:
        """Where nothing stands."""
        return self.cell.left() + LEFT

    @property
    def length(self) -> float:
        """Pixels for ``most``."""
        return max(1.0, self.cell.width() - LEFT - RIGHT)

    def x(self, amount: int) -> float:
        """Where an amount stands."""
        return self.start + self.length * amount / self.most if self.most else self.start

    def amount(self, x: float) -> int:
        """The amount at a place, never negative."""
        return max(0, round((x - self.start) / self.length * self.most))


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a slider can rest: an amount, and the level that costs it (None: nothing, or funded by amount)."""

    amount: int
    level: str | None = None


def stops(strategy: Strategy, row: Row) -> tuple[Stop, ...]:
    """The places of a row funded by levels within its floor and ceiling, least first; empty when funded by amount."""
    if not row.by_levels:
        return ()
    found = [Stop(0)] + [
        Stop(level.cost, level.id) for level in initiatives.levels(strategy, row.id) if level.cost is not None
    ]
    low, high = row.floor or 0, row.ceiling
    inside = [stop for stop in found if stop.amount >= low and (high is None or stop.amount <= high)]
    return tuple(sorted(inside, key=lambda stop: stop.amount))


def pulled(row: Row, places: tuple[Stop, ...], amount: int) -> Stop | None:
    """Where a pull to ``amount`` rests: the nearest stop; by amount the nearest step, nothing or the least below it."""
    if row.by_levels:
        return min(places, key=lambda stop: abs(stop.amount - amount), default=None)
    high = row.reach if row.ceiling is None else min(row.reach, row.ceiling)
    low = row.floor or 0
    step = max(1, (row.full or high) // STEPS)
    nice = min(max(round(amount / step) * step, low), high)
    if 0 < nice < row.least:
        nice = row.least if amount * 2 >= row.least or low > 0 else 0
    return Stop(nice)


def rest_at(edit: Edit, scenario: str, row: Row, stop: Stop) -> None:
    """Give a row what it rests at; BadInput as the verbs say."""
    if row.by_levels:
        scenarios.set_level(edit, scenario, row.id, stop.level)
    else:
        scenarios.set_amount(edit, scenario, row.id, stop.amount)


def paint_slider(
    painter: QPainter, theme: Theme, track: Track, row: Row, colour: str, closed: bool, held: bool
) -> None:
    """Track, levels as ticks below it, floor and ceiling as corners above it, and the handle."""
    middle = track.cell.center().y()
    end = track.x(row.reach)
    groove = QRectF(track.start, middle - TRACK / 2, max(4.0, end - track.start), TRACK)
    paint.box(painter, groove, TRACK / 2, theme.line)
    if row.least:
        none = QRectF(track.start, groove.top(), track.x(row.least) - track.start, TRACK)
        painter.fillRect(none, paint.hatch(theme))
    at = track.x(row.cost or 0)
    if row.cost:
        paint.box(
            painter, QRectF(track.start, groove.top(), max(TRACK, at - track.start), TRACK), TRACK / 2, colour
        )
    for mark in row.marks:
        painter.fillRect(QRectF(track.x(mark) - 1, middle + 9, 2, 5), QColor(theme.line2))
    for limit, inward in ((row.floor, 1), (row.ceiling, -1)):
        if limit is not None:
            x, top = track.x(limit), middle - 14
            painter.fillRect(QRectF(x - 1, top, 2, 8), QColor(theme.text))
            painter.fillRect(QRectF(min(x, x + 6 * inward), top, 6, 2), QColor(theme.text))
    _handle(painter, theme, QPointF(at, middle), row, closed, held)


def _handle(painter: QPainter, theme: Theme, at: QPointF, row: Row, closed: bool, held: bool) -> None:
    if row.cost is None:
        paint.text(painter, QRectF(at.x() - 6, at.y() - 10, 40, 20), "?", painter.font(), theme.text2)
        return
    if row.locked:
        square = QRectF(at.x() - SQUARE / 2, at.y() - SQUARE / 2, SQUARE, SQUARE)
        paint.box(painter, square, 2, theme.ink)
        return
    if held:
        glow = QRectF(at.x() - HANDLE - 4, at.y() - HANDLE - 4, 2 * HANDLE + 8, 2 * HANDLE + 8)
        paint.box(painter, glow, HANDLE + 4, theme.accent_soft)
    knob = QRectF(at.x() - HANDLE, at.y() - HANDLE, 2 * HANDLE, 2 * HANDLE)
    line = theme.line2 if closed else theme.accent if held else theme.ink
    paint.box(painter, knob, HANDLE, theme.surface, line, 2.25)
