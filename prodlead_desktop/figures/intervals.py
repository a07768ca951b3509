"""Intervals by scenario: a bar from P10 to P90, a mark at P50, a dashed target; right is always better (look.md §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.domain import numerals
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Frame
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THICK = 9.0  # points, of a bar
RIM = 1.5
SIDE = 10.0  # pixels of air right and left of what is drawn


@dataclass(frozen=True, slots=True)
class Interval:
    """One scenario's P10, P50 and P90 in the panel's unit (unordered for a falling metric), and a word at the right."""

    colour: int
    p10: float
    p50: float
    p90: float
    said: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Intervals of one quantity; ``falling``: less is better, so that the axis runs to the left."""

    title: str
    unit: str
    intervals: tuple[Interval | None, ...]  # by scenario; None is unknown
    target: float | None = None
    falling: bool = False
    column: str = ""  # what the words at the right are


def draw(on: Axes, panel: Panel, theme: Theme, frame: Frame) -> None:
    """Bars, marks and target into axes of their own; rows from the top down."""
    known = [row for row in panel.intervals if row is not None]
    ends = [value for row in known for value in (row.p10, row.p50, row.p90)]
    if panel.target is not None:
        ends.append(panel.target)
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    on.set_xlim(*((high + air, low - air) if panel.falling else (low - air, high + air)))
    for row, interval in enumerate(panel.intervals):
        if interval is not None:
            _bar(on, row, interval, theme, frame)
    drawing.finished_rows(on, len(panel.intervals))
    _ticks(on, panel, theme, frame)


def _bar(on: Axes, row: int, interval: Interval, theme: Theme, frame: Frame) -> None:
    look, scale = theme.scenario(interval.colour), frame.type_scale
    on.plot(
        [interval.p10, interval.p90], [row, row], color=theme.interval(look.colour), lw=THICK * scale,
        solid_capstyle="butt", zorder=2,
    )  # fmt: skip
    on.plot(
        [interval.p50], [row], look.marker.chart, color=look.colour, ms=drawing.MARKER * scale * 1.2, zorder=4,
        markeredgecolor=theme.surface, markeredgewidth=RIM * scale,
    )  # fmt: skip


def _ticks(on: Axes, panel: Panel, theme: Theme, frame: Frame) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    size = drawing.SMALL * frame.type_scale
    on.set_yticks([])
    on.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 2.5, 5, 10]))
    on.xaxis.set_major_formatter(FuncFormatter(lambda value, _: numerals.number(float(value), 6)))
    if panel.target is None:
        return
    on.axvline(panel.target, color=theme.text, lw=1.5, ls=(0, (4, 3)), zorder=3)
    words = f"target {numerals.number(panel.target, 4)}"
    low, high = sorted(on.get_xlim())
    pixel = (high - low) / max(1.0, on.get_window_extent().width)
    half = drawing.width_of(words, size, 600) * pixel / 2
    at = min(max(panel.target, low + half), high - half) if 2 * half < high - low else panel.target

    def apart(tick: float) -> bool:
        own = drawing.width_of(numerals.number(tick, 6), size) * pixel / 2
        return low <= tick <= high and abs(tick - at) > half + own + 6 * pixel

    on.set_xticks([float(tick) for tick in on.get_xticks() if apart(float(tick))])
    on.text(
        at, 0, words, transform=drawing.beside(on, 0, on.get_xaxis_transform(), -7 * frame.type_scale), ha="center",
        va="top", fontsize=size, fontweight=600, color=theme.text,
    )  # fmt: skip


def head(on: Axes, panel: Panel, theme: Theme, frame: Frame, room: float) -> None:
    """Title and unit above a panel."""
    scale = frame.type_scale
    for text, up, size, weight, colour in (
        (panel.title, 36.0, drawing.NORMAL, 600, theme.text),
        (panel.unit, 18.0, drawing.SMALL, 400, theme.text2),
    ):
        if text:
            on.text(
                0, 1, drawing.elided(text, room, size * scale, weight), ha="left", va="bottom", fontsize=size * scale,
                fontweight=weight, color=colour, transform=drawing.beside(on, 0, on.transAxes, up * scale),
            )  # fmt: skip


def column(on: Axes, panel: Panel, theme: Theme, frame: Frame, room: float) -> None:
    """The words at the right of a panel, with their heading above."""
    size, beside = drawing.SMALL * frame.type_scale, drawing.beside(on, SIDE, on.get_yaxis_transform())
    for row, interval in enumerate(panel.intervals):
        said = "?" if interval is None else interval.said
        strong = interval is not None and interval.strong
        on.text(
            1, row, drawing.elided(said, room - SIDE, size, 600), transform=beside, ha="left", va="center",
            fontsize=size, fontweight=600 if strong else 400, color=theme.text if strong else theme.text2,
        )  # fmt: skip
    on.text(
        1, 1, drawing.elided(panel.column, room - SIDE, size), ha="left", va="bottom", fontsize=size, color=theme.text2,
        transform=drawing.beside(on, SIDE, on.transAxes, 2 * frame.type_scale),
    )  # fmt: skip


def names(on: Axes, scenarios: Sequence[tuple[str, int]], room: float, theme: Theme, frame: Frame) -> None:
    """Scenario names left of a panel."""
    drawing.row_marks(on, range(len(scenarios)), scenarios, room, theme, frame)
