"""Rows by scenarios, a bar and its amount in every cell: nothing hides behind anything, nothing needs a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Frame
from prodlead_desktop.figures.chart_words import Shown
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW, HEAD, FOOT = 26, 36, 12
NAMES = 250.0  # the most that names of rows take, in pixels
GAP = 16.0  # between two scenarios
LABEL = 58.0  # an amount beside its bar
LEAST_BAR = 56.0  # a shorter one has its amount above it


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row: amounts in minor units by scenario, None unknown; ``hatched`` when they arrive nowhere."""

    name: str
    amounts: tuple[int | None, ...]
    hatched: bool = False


def height(rows: int, row: int = ROW) -> int:
    """Pixels that so many rows want."""
    return HEAD + FOOT + row * max(rows, 3)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where cells stand: one axis in minor units for all columns, ``pitch`` from one column to the next."""

    pitch: float
    unit: float  # minor units a pixel
    above: bool  # amounts stand above their bars


def draw(
    scenarios: Sequence[Shown],
    rows: Sequence[MatrixRow],
    currency: str,
    theme: Theme,
    frame: Frame,
    what: str,
) -> Figure:
    """The drawing of ``rows``, as many as the frame has room for; ``what`` they are, in the plural."""
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        scale = frame.type_scale
        head, foot = HEAD * scale, FOOT * scale
        count = drawing.shown_rows(len(rows), frame.height - head - foot, 22 * scale)
        foot += 14 * scale if count < len(rows) else 0
        left = min(NAMES * scale, frame.width * 0.32)
        on = drawing.axes(figure, frame, left, head, 0, foot)
        grid = _grid(rows, len(scenarios), frame.width - left, scale)
        on.set_xlim(0, grid.pitch * len(scenarios))
        on.set_xticks([])
        on.spines["bottom"].set_visible(False)
        for column, scenario in enumerate(scenarios):
            _head(on, grid, column, scenario, theme, frame)
            _bars(on, grid, column, scenario, rows[:count], theme)
            _amounts(on, grid, column, rows[:count], currency, theme, scale)
        drawing.row_labels(on, range(count), [row.name for row in rows[:count]], left - 14, theme, frame)
        drawing.finished_rows(on, count)
        drawing.say_more(figure, frame, theme, left, len(rows) - count, what)
    return figure


def _grid(rows: Sequence[MatrixRow], columns: int, room: float, scale: float) -> _Grid:
    most = max((amount or 0 for row in rows for amount in row.amounts), default=0) or 1
    cell = room / columns
    bar = cell - GAP - LABEL * scale
    above = bar < LEAST_BAR
    unit = most / max(20.0, cell - GAP if above else bar)
    return _Grid(cell * unit, unit, above)


def _head(on: Axes, grid: _Grid, column: int, scenario: Shown, theme: Theme, frame: Frame) -> None:
    look, size = theme.scenario(scenario.colour), drawing.NORMAL * frame.type_scale
    room = grid.pitch / grid.unit - GAP / 2 - 18 * frame.type_scale
    above, x = on.get_xaxis_transform(), column * grid.pitch
    on.plot(
        [x], [1], look.marker.chart, color=look.colour, ms=drawing.MARKER * frame.type_scale, clip_on=False,
        transform=drawing.beside(on, 6 * frame.type_scale, above, 18 * frame.type_scale),
    )  # fmt: skip
    on.text(
        x, 1, drawing.elided(scenario.name, room, size, 600), ha="left", va="center", fontsize=size, fontweight=600,
        transform=drawing.beside(on, 18 * frame.type_scale, above, 18 * frame.type_scale), color=theme.text,
    )  # fmt: skip
    on.axvline(x, color=theme.line2, lw=1, zorder=3)


def _bars(
    on: Axes, grid: _Grid, column: int, scenario: Shown, rows: Sequence[MatrixRow], theme: Theme
) -> None:
    colour = theme.scenario(scenario.colour).colour
    known = [(at, row.amounts[column] or 0, row.hatched) for at, row in enumerate(rows)]
    down, high = (0.24, 0.26) if grid.above else (0.0, 0.54)
    bars = on.barh(
        [at + down for at, _, _ in known], [amount for _, amount, _ in known], high, left=column * grid.pitch,
        color=colour,
    )  # fmt: skip
    for bar, (_, amount, hatched) in zip(bars, known, strict=True):
        if hatched and amount:
            bar.set(facecolor=theme.surface, edgecolor=colour, hatch="//////", linewidth=1.2)


def _amounts(
    on: Axes, grid: _Grid, column: int, rows: Sequence[MatrixRow], currency: str, theme: Theme, scale: float
) -> None:
    put, size = drawing.beside(on, 5), drawing.SMALL * scale
    for at, row in enumerate(rows):
        amount = row.amounts[column]
        words = "?" if amount is None else drawing.money(amount, currency)
        on.text(
            column * grid.pitch + (0 if grid.above else amount or 0), at - (0.18 if grid.above else 0), words,
            transform=put, ha="left", va="center", fontsize=size, color=theme.text if amount else theme.text3,
        )  # fmt: skip
