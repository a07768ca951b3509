"""How each scenario splits its money over the pools, against the bands it has set itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Band, Pool
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading, Value
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 76
NO_POOL = "No pool"


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    colour: int | None
    amount: int
    band: tuple[float | None, float | None] | None  # in minor units

    @property
    def broken_by(self) -> float:
        """Minor units above the band, negative below it, 0 within."""
        low, high = self.band or (None, None)
        if low is not None and self.amount < low - 0.5:
            return self.amount - low
        return self.amount - high if high is not None and self.amount > high + 0.5 else 0.0


@dataclass(frozen=True, slots=True)
class _Bar:
    scenario: words.Shown
    parts: tuple[_Part, ...]
    budget: int | None
    placed: int

    @property
    def left(self) -> int:
        return max(0, (self.budget or 0) - self.placed)

    @property
    def end(self) -> float:
        """How far the bar, its budget and its brackets reach."""
        at, ends = 0.0, [float(self.placed), float(self.budget or 0)]
        for part in self.parts:
            ends += [at + limit for limit in part.band or () if limit is not None]
            at += part.amount
        return max(ends) or 1.0


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    bars = tuple(_bar(strategy, one) for one in words.shown(strategy, scenarios))
    if not any(bar.placed for bar in bars):
        return Reading(CHART.title, empty=words.nothing(strategy))
    names = [part.name for part in bars[0].parts]
    rows: list[tuple[Value, ...]] = [
        (name, *(bar.parts[number].amount for bar in bars)) for number, name in enumerate(names)
    ]
    rows.append(("Placed", *(bar.placed for bar in bars)))
    rows.append(("Budget", *(bar.budget for bar in bars)))
    rows.append(("Left", *(None if bar.budget is None else bar.budget - bar.placed for bar in bars)))
    return Reading(
        finding=_finding(strategy, bars),
        unit=f"Money by pool, {strategy.header.currency}. Hatched: not placed. Brackets: the scenario's own bands",
        sentence=words.sentence(_bands(strategy, bars), words.missing(strategy, scenarios)),
        table=ChartTable(
            (Column("Pool"), *(Column(bar.scenario.name, "money") for bar in bars)),
            tuple(rows),
            strategy.header.currency,
        ),
        payload=bars,
    )


def _bar(strategy: Strategy, scenario: words.Shown) -> _Bar:
    totals = capital.totals(strategy, scenario.id)
    bands = {band.pool: band for band in strategy.by(Band, "scenario", scenario.id)}
    parts = []
    for pool in (*strategy.ordered(Pool), None):
        band = bands.get(pool.id) if pool else None
        whole = totals.placed if band and band.of == "spend" else totals.budget
        limits = None
        if band and whole is not None and (band.low is not None or band.high is not None):
            low, high = (None if share is None else share * whole for share in (band.low, band.high))
            limits = (low, high)
        name, colour = (pool.name or NO_POOL, pool.colour) if pool else (NO_POOL, None)
        parts.append(_Part(name, colour, totals.by_pool.get(pool.id if pool else None, 0), limits))
    return _Bar(scenario, tuple(parts), totals.budget, totals.placed)


def _finding(strategy: Strategy, bars: tuple[_Bar, ...]) -> str:
    over = [bar for bar in bars if bar.budget is not None and bar.placed > bar.budget]
    if over:
        worst = max(over, key=lambda bar: bar.placed - (bar.budget or 0))
        return f"{worst.scenario.name} is {words.money(strategy, worst.placed - (worst.budget or 0))} over its budget"
    placed = [bar for bar in bars if bar.placed]
    first, last = placed[0], placed[-1]
    name, most = max(((part.name, part.amount) for part in first.parts), key=lambda part: part[1])
    share = numerals.percent(most / first.placed)
    if first is last:
        return f"{name} takes {share} of what {first.scenario.name} places"
    amount = next(part.amount for part in last.parts if part.name == name)
    other = numerals.percent(amount / last.placed)
    return f"{name} takes {share} of what {first.scenario.name} places and {other} in {last.scenario.name}"


def _bands(strategy: Strategy, bars: tuple[_Bar, ...]) -> str:
    """The broken bands in words, the worst first; at most two."""
    found = sorted(
        ((part.broken_by, part, bar) for bar in bars for part in bar.parts if part.broken_by),
        key=lambda row: -abs(row[0]),
    )
    if not found:
        return "Every band is kept." if any(part.band for bar in bars for part in bar.parts) else ""
    said = [
        f"{part.name} is {words.money(strategy, abs(much))} {'under' if much < 0 else 'over'} its band "
        f"in {bar.scenario.name}."
        for much, part, bar in found[:2]
    ]
    return words.sentence(*said, f"{len(found) - 2} more bands are broken." if len(found) > 2 else "")


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    bars: tuple[_Bar, ...] = reading.payload
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        room = min(180.0 * frame.type_scale, frame.width * 0.28)
        top = drawing.key(figure, theme, frame, _entries(bars, theme))
        on = drawing.axes(figure, frame, room + 14, top, 34, 30 * frame.type_scale)
        most = max(bar.end for bar in bars) * 1.02
        on.set_xlim(0, most)
        for row, bar in enumerate(bars):
            _draw_bar(
                on, bar, row, most / max(20.0, frame.width - room - 48), reading.table.currency, theme, frame
            )
        drawing.money_axis(on.xaxis, reading.table.currency, most)
        named = [(bar.scenario.name, bar.scenario.colour) for bar in bars]
        drawing.row_marks(on, range(len(bars)), named, room, theme, frame)
        drawing.finished_rows(on, len(bars))
    return figure


def _entries(bars: tuple[_Bar, ...], theme: Theme) -> list[drawing.Entry]:
    """The pools that get anything anywhere."""
    used = {part.name for bar in bars for part in bar.parts if part.amount}
    return [
        drawing.Entry(part.name, theme.line2 if part.colour is None else theme.pool(part.colour).colour)
        for part in bars[0].parts
        if part.name in used
    ]


def _draw_bar(
    on: Axes, bar: _Bar, row: int, per_pixel: float, currency: str, theme: Theme, frame: Frame
) -> None:
    size, at = drawing.SMALL * frame.type_scale, 0.0
    for number, part in enumerate(bar.parts):
        colour = theme.line2 if part.colour is None else theme.pool(part.colour).colour
        on.barh(row, part.amount, 0.42, left=at, color=colour, ec=theme.surface, lw=1)
        worth = drawing.money(part.amount, currency)
        look = theme.text if part.colour is None else theme.pool(part.colour).on_colour
        for text in (f"{part.name} {worth}", worth):  # the whole label, the money alone, or nothing
            if part.amount and drawing.width_of(text, size, 600) <= part.amount / per_pixel - 10:
                middle = (at + part.amount / 2, row)
                on.text(*middle, text, ha="center", va="center", color=look, fontsize=size, fontweight=600)
                break
        _bracket(on, part, at, row + 0.3 + 0.07 * number, theme)
        at += part.amount
    if bar.left:
        on.barh(row, bar.left, 0.42, left=at, color=theme.surface, ec=theme.line2, hatch="////", lw=1)
    said = f"{drawing.money(bar.placed, currency)} placed"
    if bar.budget is not None:
        on.plot([bar.budget] * 2, [row - 0.28, row + 0.28], color=theme.text, lw=2, clip_on=False)
        rest = bar.budget - bar.placed
        said += f" · {drawing.money(abs(rest), currency)} {'left' if rest >= 0 else 'over'}"
    on.text(
        0, row - 0.36, said, va="center", color=theme.text2, fontsize=size, transform=drawing.beside(on, 2)
    )


def _bracket(on: Axes, part: _Part, at: float, y: float, theme: Theme) -> None:
    """Below its segment, how long the band allows it to be: in its colour, red when it is broken."""
    if part.band is None:
        return
    low, high = part.band
    colour = (
        theme.err.mark
        if part.broken_by
        else theme.text3
        if part.colour is None
        else theme.pool(part.colour).colour
    )
    start, end = at + (low or 0.0), at + (high if high is not None else max(part.amount, low or 0))
    on.plot([start, end], [y, y], color=colour, lw=2, solid_capstyle="butt")
    for x, there in ((start, low is not None), (end, high is not None)):
        if there:
            on.plot([x, x], [y - 0.03, y + 0.03], color=colour, lw=2)


def _height(reading: Reading) -> int:
    return 74 + ROW * (len(reading.payload) if reading.payload else 3)


CHART = Chart("pools", "Money by pool", 20, _read, _draw, _height)
