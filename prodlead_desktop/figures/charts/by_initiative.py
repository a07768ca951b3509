"""What each initiative gets in every scenario: one row an initiative, one column a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import comparison
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import bar_matrix
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures.bar_matrix import MatrixRow
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    found: _Rows = reading.payload
    rows = [MatrixRow(line.node.title, line.amounts) for line in found.lines]
    return bar_matrix.draw(found.scenarios, rows, reading.table.currency, theme, frame, "initiatives")


def _height(reading: Reading) -> int:
    return bar_matrix.height(len(reading.payload.lines) if reading.payload else 4)


CHART = Chart("initiatives", "Money by initiative", 60, _read, _draw, _height, wide=True)
