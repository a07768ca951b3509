"""What one scenario gives more and less than another, initiative by initiative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodlead_desktop.analysis import comparison
from prodlead_desktop.analysis.comparison import Difference
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = 30


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    if not words.initiatives(strategy):
        return Reading(CHART.title, empty=words.NO_INITIATIVES)
    before, after = words.shown(strategy, scenarios)
    found = comparison.differences(strategy, before.id, after.id)
    table = ChartTable(
        (
            Column("Initiative"), Column(before.name, "money"), Column(after.name, "money"),
            Column("Difference", "change"), Column("Change"),
        ),
        tuple((row.node.title or words.UNTITLED, row.before, row.after, row.by, _said(row)) for row in found),
        strategy.header.currency,
    )  # fmt: skip
    if not found:
        return Reading(
            f"{before.name} and {after.name} give every initiative the same",
            table=table,
            empty=f"Change what {after.name} gives in Allocate, or choose two other scenarios.",
        )
    more = sum(row.by for row in found if row.by is not None and row.by > 0)
    less = -sum(row.by for row in found if row.by is not None and row.by < 0)
    kinds = (("added", "added"), ("dropped", "dropped"), ("more", "get more"), ("less", "get less"))
    counts = [(sum(row.change == change for row in found), word) for change, word in kinds]
    said = [f"{number} {word}" for number, word in counts if number]
    return Reading(
        finding=_finding(strategy, before.name, after.name, more, less, len(found)),
        unit=f"Difference by initiative, {strategy.header.currency}. Right of the line: {after.name} gives more",
        sentence=words.sentence(
            f"{words.listed(said)}." if said else "",
            words.missing(strategy, scenarios),
        ),
        table=table,
        payload=found,
    )  # fmt: skip


def _finding(strategy: Strategy, before: str, after: str, more: int, less: int, count: int) -> str:
    if more and less:
        return f"{after} gives {words.money(strategy, more)} more and {words.money(strategy, less)} less than {before}"
    if more or less:
        return (
            f"{after} gives {words.money(strategy, more or less)} {'more' if more else 'less'} than {before}"
        )
    counted = words.counted(count, "initiative differs", "initiatives differ")
    return f"{counted} between {before} and {after}, not in known money"


def _said(row: Difference) -> str:
    """The change in a word and the levels."""
    word = {"added": "added", "dropped": "dropped", "more": "more", "less": "less", "moved": "same money"}
    return words.sentence(word.get(row.change, "cost unknown") + (":" if row.words else ""), row.words)


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    every: tuple[Difference, ...] = reading.payload
    scale, currency = frame.type_scale, reading.table.currency
    size = drawing.SMALL * scale
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        foot = 30 * scale
        count = drawing.shown_rows(len(every), frame.height - foot - 6, 18 * scale)
        foot += 18 * scale if count < len(every) else 0
        found = every[:count]
        sides = [(row.by or 0) < 0 for row in found]  # whether the bar goes left
        room = min(230.0 * scale, frame.width * 0.34)
        inner = max(80.0, frame.width - room - 28)
        labels = _labels(found, currency, inner, size)
        on = drawing.axes(figure, frame, room + 14, 6, 14, foot)
        lowest, highest = min((row.by or 0) for row in found), max((row.by or 0) for row in found)
        lowest, highest = min(lowest, 0), max(highest, 0)
        margins = [_margin(labels, sides, left, inner, size) for left in (True, False)]
        unit = max(1, highest - lowest) / max(40.0, inner - sum(margins))
        on.set_xlim(lowest - margins[0] * unit, highest + margins[1] * unit)
        on.barh(
            range(count), [row.by or 0 for row in found], 0.5,
            color=[theme.less if left else theme.more for left in sides],
        )  # fmt: skip
        on.axvline(0, color=theme.text, lw=1)
        put = (drawing.beside(on, 5), drawing.beside(on, -5))
        for number, (row, text, left) in enumerate(zip(found, labels, sides, strict=True)):
            on.text(
                row.by or 0, number, drawing.elided(text, margins[not left] - 6, size), transform=put[left],
                ha="right" if left else "left", va="center", color=theme.text2, fontsize=size,
            )  # fmt: skip
        drawing.money_axis(on.xaxis, currency, highest - lowest)
        drawing.row_labels(on, range(count), [row.node.title for row in found], room - 8, theme, frame)
        drawing.finished_rows(on, count)
        drawing.say_more(figure, frame, theme, room + 14, len(every) - count, "that differ less")
    return figure


def _labels(found: tuple[Difference, ...], currency: str, inner: float, size: float) -> list[str]:
    """Amount and levels at each bar; the amounts alone where the levels would leave no room for the bars."""
    amounts = ["?" if row.by is None else _signed(row.by, currency) for row in found]
    full = [f"{amount}  {row.words}".rstrip() for amount, row in zip(amounts, found, strict=True)]
    return full if max(drawing.width_of(text, size) for text in full) <= inner * 0.36 else amounts


def _margin(labels: list[str], sides: list[bool], left: bool, inner: float, size: float) -> float:
    """Pixels that the labels on one side need, at most 42 % of the whole."""
    wide = [drawing.width_of(text, size) + 14 for text, at in zip(labels, sides, strict=True) if at == left]
    return min(max(wide, default=8.0), inner * 0.42)


def _signed(minor: int, currency: str) -> str:
    return f"{'+' if minor > 0 else ''}{drawing.money(minor, currency)}"


def _height(reading: Reading) -> int:
    return 50 + ROW * max(4, len(reading.payload) if reading.payload else 4)


CHART = Chart("differences", "Differences between two", 30, _read, _draw, _height, least=2, most=2)
