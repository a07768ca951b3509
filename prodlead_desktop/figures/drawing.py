"""What every chart draws with: a figure in our type and colours, room in pixels, labels that fit, money on an axis."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from prodlead_desktop import resources
from prodlead_desktop.domain import numerals
from prodlead_desktop.figures.chart import Frame
from prodlead_desktop.figures.chart_style import chart_rc
from prodlead_desktop.figures.theme import FONT_FAMILY, FONT_FILES, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 96
SMALL, NORMAL = 10.0, 10.5  # points
MARKER = 8.0
_EM = 100.0
_TURN = threading.RLock()
OTHER_SCRIPTS = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Hiragino Sans",
    "PingFang SC", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Segoe UI", "Arial Unicode MS", "DejaVu Sans",
)  # fmt: skip


@cache
def _families() -> list[str]:
    """Our type, made known to matplotlib, and what this machine has for the scripts it lacks.

    A sign that none of them has is drawn as a box; matplotlib need not say so on the command line.
    """
    from matplotlib import font_manager

    for file in FONT_FILES.values():
        font_manager.fontManager.addfont(str(resources.path("fonts", file)))
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # that a weight has no file
    here = {entry.name for entry in font_manager.fontManager.ttflist}
    warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
    return [FONT_FAMILY, *(name for name in OTHER_SCRIPTS if name in here)]


def ready() -> None:
    """Bring in all that a first drawing needs, so that it comes at once; may run in any thread."""
    with _TURN:
        from matplotlib import offsetbox, patches, path, transforms  # noqa: F401
        from matplotlib.backends import backend_agg  # noqa: F401
        from matplotlib.figure import Figure  # noqa: F401

        _families()


@contextmanager
def style(theme: Theme, frame: Frame, grid: str = "x") -> Iterator[None]:
    """matplotlib's settings for one drawing; one drawing at a time, because the settings are the process's."""
    import matplotlib

    made: Any = chart_rc(theme, grid=grid)
    scaled: Any = {
        name: value * frame.type_scale
        for name, value in made.items()
        if name.endswith("size") and isinstance(value, int | float)
    }
    with (
        _TURN,
        matplotlib.rc_context({**made, **scaled, "hatch.color": theme.line2, "font.family": _families()}),
    ):
        yield


def blank(theme: Theme, frame: Frame) -> Figure:
    """A figure of the frame's size, head and foot included, on the theme's surface."""
    from matplotlib.figure import Figure

    return Figure(figsize=(frame.width / DPI, frame.whole / DPI), dpi=DPI, facecolor=theme.surface)


def pixels(figure: Figure, theme: Theme, frame: Frame, scale: float) -> tuple[int, int, bytes]:
    """Width, height and RGBA bytes of a drawn figure at ``scale`` pixels for one at 96 dpi."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with style(theme, frame):
        figure.set_dpi(DPI * scale)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        width, height = canvas.get_width_height(physical=True)
        return width, height, bytes(canvas.buffer_rgba())


def axes(figure: Figure, frame: Frame, left: float, top: float, right: float, bottom: float) -> Axes:
    """Axes with these margins in pixels between head and foot; at least 20 px remain."""
    across, up = max(20.0, frame.width - left - right), max(20.0, frame.height - top - bottom)
    lowest = frame.foot + bottom
    return figure.add_axes((left / frame.width, lowest / frame.whole, across / frame.width, up / frame.whole))


@cache
def _face(weight: int) -> Any:
    from matplotlib.ft2font import FT2Font

    face = FT2Font(str(resources.path("fonts", FONT_FILES[weight])))
    face.set_size(_EM, 72)
    return face


@cache
def _advance(sign: str, weight: int) -> float:
    """How far one sign goes, in parts of the type size; a sign our type lacks counts as square."""
    from matplotlib.ft2font import LoadFlags

    with _TURN:  # a face remembers the last sign it was given
        face = _face(weight)
        if not face.get_char_index(ord(sign)):
            return 1.0
        return float(face.load_char(ord(sign), LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _EM


def width_of(text: str, points: float, weight: int = 400) -> float:
    """Width of one line in pixels at 96 dpi, without kerning: never less than it takes."""
    return sum(_advance(sign, weight) for sign in text) * points * DPI / 72


def elided(text: str, room: float, points: float, weight: int = 400) -> str:
    """One line that fits ``room`` pixels, ending in … when cut."""
    line = " ".join(text.split()) or "Untitled"
    if width_of(line, points, weight) <= room:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(line[:middle].rstrip() + "…", points, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + "…"


def money(minor: float, currency: str) -> str:
    """Money in short, as labels say it."""
    return numerals.money_short(round(minor), currency)


def money_axis(axis: Any, currency: str, most: float) -> None:
    """Ticks in the words of the room, at most six of them."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: money(value, currency)))
    if most <= 0:
        axis.set_ticks([0])


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a key: what it looks like and its name."""

    name: str
    colour: str
    marker: str = "s"


def scenario_entries(theme: Theme, scenarios: Sequence[tuple[str, int]]) -> list[Entry]:
    """The key of scenarios given as name and colour number."""
    looks = [(name, theme.scenario(colour)) for name, colour in scenarios]
    return [Entry(name, look.colour, look.marker.chart) for name, look in looks]


def key(figure: Figure, theme: Theme, frame: Frame, entries: Sequence[Entry]) -> float:
    """Mark and name of each entry in lines along the top; returns the height taken in pixels."""
    from matplotlib.lines import Line2D

    size = NORMAL * frame.type_scale
    line_height, left = 24.0 * frame.type_scale, 14.0
    x, y = left, 12.0 * frame.type_scale
    for entry in entries:
        shown = elided(entry.name, max(60.0, frame.width - left - 40), size, 600)
        wide = 22 + width_of(shown, size, 600) + 22
        if x > left and x + wide > frame.width:
            x, y = left, y + line_height
        height = 1 - (frame.head + y) / frame.whole
        figure.add_artist(
            Line2D(
                [(x + 6) / frame.width], [height], marker=entry.marker, color=entry.colour, linestyle="none",
                markersize=MARKER * frame.type_scale, transform=figure.transFigure,
            )
        )  # fmt: skip
        figure.text(
            (x + 18) / frame.width, height, shown, ha="left", va="center", fontsize=size, fontweight=600,
            color=theme.text,
        )  # fmt: skip
        x += wide
    return y + line_height


def wrapped(text: str, room: float, points: float, weight: int = 400, most: int = 3) -> list[str]:
    """The text in lines that fit ``room`` pixels, at most ``most`` of them, the last ending in … when cut."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        count = 1
        while count < len(rest) and width_of(" ".join(rest[: count + 1]), points, weight) <= room:
            count += 1
        lines.append(elided(" ".join(rest[:count]), room, points, weight))
        rest = rest[count:]
    return [*lines, elided(" ".join(rest), room, points, weight)] if rest else lines


def row_labels(
    on: Axes, places: Sequence[float], names: Sequence[str], room: float, theme: Theme, frame: Frame
) -> None:
    """Names of rows left of the y axis, cut to ``room`` pixels; plain text, for a tick costs ten times as much."""
    size = SMALL * frame.type_scale
    on.set_yticks([])
    put = beside(on, -6, on.get_yaxis_transform())
    for place, name in zip(places, names, strict=True):
        on.text(
            0, place, elided(name, room, size), transform=put, ha="right", va="center", fontsize=size,
            color=theme.text,
        )  # fmt: skip


def beside(on: Axes, right: float, start: Any = None, up: float = 0.0) -> Any:
    """The axes' data coordinates (or ``start``) moved by so many pixels at 96 dpi: for labels at the data."""
    from matplotlib.transforms import offset_copy

    inches = {"x": right / DPI, "y": up / DPI, "units": "inches"}
    return offset_copy(on.transData if start is None else start, on.figure, **inches)  # type: ignore[arg-type]


def row_marks(
    on: Axes, places: Sequence[float], scenarios: Sequence[tuple[str, int]], room: float, theme: Theme, frame: Frame
) -> None:  # fmt: skip
    """Names of scenarios left of the y axis, each with its mark in its colour, cut to ``room`` pixels."""
    size = NORMAL * frame.type_scale
    on.set_yticks([])
    axis = on.get_yaxis_transform()
    for place, (name, colour) in zip(places, scenarios, strict=True):
        look, shown = theme.scenario(colour), elided(name, room - 24 * frame.type_scale, size, 600)
        on.text(
            0, place, shown, transform=beside(on, -8, axis), ha="right", va="center", fontsize=size, fontweight=600,
            color=theme.text,
        )  # fmt: skip
        at = -8 - width_of(shown, size, 600) - 13 * frame.type_scale
        on.plot(
            [0], [place], look.marker.chart, color=look.colour, ms=MARKER * frame.type_scale, clip_on=False,
            transform=beside(on, at, axis),
        )  # fmt: skip


def shown_rows(count: int, room: float, least: float) -> int:
    """How many of ``count`` rows of at least ``least`` pixels fit ``room``; one row is left for "and … more"."""
    fit = max(1, int(room / least))
    return count if count <= fit else max(1, fit - 1)


def say_more(figure: Figure, frame: Frame, theme: Theme, left: float, hidden: int, what: str) -> None:
    """At the foot of the drawing, how many rows had no room in it."""
    if hidden > 0:
        figure.text(
            left / frame.width, (frame.foot + 10 * frame.type_scale) / frame.whole,
            f"and {hidden} more {what}: all are in the table", ha="left", va="center",
            fontsize=SMALL * frame.type_scale, color=theme.text2,
        )  # fmt: skip


def finished_rows(on: Axes, count: float) -> None:
    """Rows from the top down with half a row of air at both ends, without a line beside them."""
    on.set_ylim(max(count, 1.0) - 0.5, -0.5)
    on.spines["left"].set_visible(False)
