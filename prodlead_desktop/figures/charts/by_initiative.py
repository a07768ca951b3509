"""What each initiative gets in every scenario: one row an initiative, one mark a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import comparison
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = 26


@dataclass(frozen=True, slots=True)
class _Rows:
    scenarios: tuple[words.Shown, ...]
    lines: tuple[comparison.Line, ...]  # funded somewhere, most money first


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    if not words.initiatives(strategy):
        return Reading(CHART.title, empty=words.NO_INITIATIVES)
    every = comparison.by_initiative(strategy, scenarios)
    ranked = sorted(every, key=lambda line: -max(amount or 0 for amount in line.amounts))
    lines = tuple(line for line in ranked if any(amount != 0 for amount in line.amounts))
    shown = words.shown(strategy, scenarios)
    table = ChartTable(
        (Column("Initiative"), *(Column(one.name, "money") for one in shown)),
        tuple((line.node.title or words.UNTITLED, *line.amounts) for line in ranked),
        strategy.header.currency,
    )
    if not lines:
        return Reading(CHART.title, table=table, empty=words.NOTHING_PLACED)
    always = [line for line in every if all(amount != 0 for amount in line.amounts)]
    never = len(every) - len(lines)
    same = all(len(set(line.amounts)) == 1 for line in lines)
    return Reading(
        finding=_finding(strategy, shown, lines, always, same),
        unit=f"Money by initiative, {strategy.header.currency}. Most money first",
        sentence=words.sentence(
            f"{words.counted(never, 'initiative gets', 'initiatives get')} nothing in any of them."
            if never
            else "",
            words.missing(strategy, scenarios),
        ),
        table=table,
        payload=_Rows(shown, lines),
    )


def _finding(
    strategy: Strategy,
    shown: tuple[words.Shown, ...],
    lines: tuple[comparison.Line, ...],
    always: list[comparison.Line],
    same: bool,
) -> str:
    if len(shown) == 1:
        known = [line for line in lines if line.amounts[0] is not None]
        if not known:
            return f"{shown[0].name} funds {words.counted(len(lines), 'initiative', 'initiatives')}; no cost is known"
        most = max(known, key=lambda line: line.amounts[0] or 0)
        return f"{most.node.title or words.UNTITLED} gets most: {words.money(strategy, most.amounts[0] or 0)}"
    if same:
        return f"All {len(shown)} scenarios give every initiative the same"
    if not always:
        return f"No initiative is funded in all {len(shown)} scenarios"
    return (
        f"{len(always)} of {words.counted(len(lines), 'initiative', 'initiatives')} funded in every scenario"
    )


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    rows: _Rows = reading.payload
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        one = [(scenario.name, scenario.colour) for scenario in rows.scenarios]
        top = drawing.key(figure, theme, frame, drawing.scenario_entries(theme, one))
        room = min(260.0 * frame.type_scale, frame.width * 0.36)
        on = drawing.axes(figure, frame, room + 14, top, 28, 30 * frame.type_scale)
        places = range(len(rows.lines))
        count = len(rows.scenarios)
        apart = min(0.17, 0.6 / count)  # so that equal amounts do not hide one another
        known = [[amount for amount in line.amounts if amount is not None] for line in rows.lines]
        spans = [(min(row), max(row)) if row else (0, 0) for row in known]
        on.hlines(
            list(places), [low for low, _ in spans], [high for _, high in spans], colors=theme.line2, lw=2
        )
        for column, scenario in enumerate(rows.scenarios):
            look = theme.scenario(scenario.colour)
            given = [
                (row, amount)
                for row, line in enumerate(rows.lines)
                if (amount := line.amounts[column]) is not None
            ]
            on.plot(
                [amount for _, amount in given], [row + apart * (column - (count - 1) / 2) for row, _ in given],
                look.marker.chart, color=look.colour, ms=drawing.MARKER * frame.type_scale, mec=theme.surface, mew=1,
                clip_on=False, label=scenario.name, zorder=4,
            )  # fmt: skip
        for row, line in enumerate(rows.lines):
            if None in line.amounts:
                on.annotate(
                    "cost unknown",
                    (spans[row][1], row),
                    (10, 0),
                    textcoords="offset points",
                    va="center",
                    color=theme.text2,
                )
        most = max(high for _, high in spans)
        on.set_xlim(0, most * 1.02 or 1)
        drawing.money_axis(on.xaxis, reading.table.currency, most)
        drawing.row_labels(on, places, [line.node.title for line in rows.lines], room - 8, theme, frame)
        drawing.finished_rows(on, len(rows.lines))
    return figure


def _height(reading: Reading) -> int:
    return 84 + ROW * (len(reading.payload.lines) if reading.payload else 4)


CHART = Chart("initiatives", "Money by initiative", 10, _read, _draw, _height)
