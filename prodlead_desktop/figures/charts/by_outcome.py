"""How much money each top outcome gets in every scenario, with an honest hatched "Nowhere"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import capital, comparison
from prodlead_desktop.analysis.capital import Place
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import bar_matrix
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures.bar_matrix import MatrixRow
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = 30


@dataclass(frozen=True, slots=True)
class _Groups:
    scenarios: tuple[words.Shown, ...]
    rows: tuple[MatrixRow, ...]


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    shown = words.shown(strategy, scenarios)
    columns = [comparison.by_place(strategy, scenario) for scenario in scenarios]
    if not any(sum(column.values()) for column in columns):
        return Reading(CHART.title, empty=words.nothing(strategy))
    every: list[Place] = list(capital.outcome_places(strategy))
    if any(capital.BY_EFFECTS in column for column in columns):
        every.append(capital.BY_EFFECTS)
    every.append(capital.NOWHERE)
    rows = tuple(
        MatrixRow(
            words.place(strategy, place),
            tuple(column.get(place, 0) for column in columns),
            place == capital.NOWHERE,
        )
        for place in every
    )
    return Reading(
        finding=_finding(strategy, shown, columns),
        unit=f"Money by top outcome, {strategy.header.currency}. Hatched: reaches no outcome",
        sentence=words.sentence(_unfunded(rows, shown), words.missing(strategy, scenarios)),
        table=ChartTable(
            (Column("Outcome"), *(Column(one.name, "money") for one in shown)),
            tuple((row.name, *row.amounts) for row in rows),
            strategy.header.currency,
        ),
        payload=_Groups(shown, rows),
    )


def _finding(
    strategy: Strategy, shown: tuple[words.Shown, ...], columns: Sequence[Mapping[Place, int]]
) -> str:
    lost = [column.get(capital.NOWHERE, 0) for column in columns]
    worst = max(range(len(lost)), key=lambda at: lost[at])
    if lost[worst]:
        return f"{words.money(strategy, lost[worst])} of {shown[worst].name} reaches no outcome"
    return (
        "All the money reaches an outcome"
        if len(shown) == 1
        else "In every scenario all the money reaches an outcome"
    )


def _unfunded(rows: tuple[MatrixRow, ...], shown: tuple[words.Shown, ...]) -> str:
    empty = []
    for row in rows:
        without = [one.name for one, amount in zip(shown, row.amounts, strict=True) if not amount]
        if without and not row.hatched:
            empty.append(f"“{row.name}” in {words.listed(without)}")
    if not empty:
        return ""
    more = f" and {len(empty) - 2} more" if len(empty) > 2 else ""
    return f"No money: {'; '.join(empty[:2])}{more}."


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    groups: _Groups = reading.payload
    return bar_matrix.draw(groups.scenarios, groups.rows, reading.table.currency, theme, frame, "outcomes")


def _height(reading: Reading) -> int:
    return bar_matrix.height(len(reading.payload.rows) if reading.payload else 4, ROW)


CHART = Chart("outcomes", "Money by outcome", 55, _read, _draw, _height, wide=True)
