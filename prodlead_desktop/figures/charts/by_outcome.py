"""How much money each top outcome gets in every scenario, with an honest hatched "Nowhere"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import capital, comparison
from prodlead_desktop.analysis.capital import Place
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BAR, GAP = 20, 16


@dataclass(frozen=True, slots=True)
class _Groups:
    scenarios: tuple[words.Shown, ...]
    places: tuple[tuple[str, bool, tuple[int, ...]], ...]  # name, whether nowhere, money


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    shown = words.shown(strategy, scenarios)
    columns = [comparison.by_place(strategy, scenario) for scenario in scenarios]
    if not any(sum(column.values()) for column in columns):
        return Reading(CHART.title, empty=words.NOTHING_PLACED)
    every: list[Place] = list(capital.outcome_places(strategy))
    if any(capital.BY_EFFECTS in column for column in columns):
        every.append(capital.BY_EFFECTS)
    every.append(capital.NOWHERE)
    places = tuple(
        (
            words.place(strategy, place),
            place == capital.NOWHERE,
            tuple(column.get(place, 0) for column in columns),
        )
        for place in every
    )
    return Reading(
        finding=_finding(strategy, shown, columns),
        unit=f"Money by top outcome, {strategy.header.currency}. Hatched: reaches no outcome",
        sentence=words.sentence(_unfunded(places, shown), words.missing(strategy, scenarios)),
        table=ChartTable(
            (Column("Outcome"), *(Column(one.name, "money") for one in shown)),
            tuple((name, *amounts) for name, _, amounts in places),
            strategy.header.currency,
        ),
        payload=_Groups(shown, places),
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


def _unfunded(places: tuple[tuple[str, bool, tuple[int, ...]], ...], shown: tuple[words.Shown, ...]) -> str:
    empty = [
        f"“{name}” in {words.listed([one.name for one, amount in zip(shown, amounts, strict=True) if not amount])}"
        for name, nowhere, amounts in places
        if not nowhere and not all(amounts)
    ]
    if not empty:
        return ""
    more = f" and {len(empty) - 2} more" if len(empty) > 2 else ""
    return f"No money: {'; '.join(empty[:2])}{more}."


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    groups: _Groups = reading.payload
    size = drawing.SMALL * frame.type_scale
    count = len(groups.scenarios)
    pitch = count * BAR + GAP
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        one = [(scenario.name, scenario.colour) for scenario in groups.scenarios]
        top = drawing.key(figure, theme, frame, drawing.scenario_entries(theme, one))
        room = min(260.0 * frame.type_scale, frame.width * 0.36)
        on = drawing.axes(figure, frame, room + 14, top, 84 * frame.type_scale, 30 * frame.type_scale)
        most = max(max(amounts) for _, _, amounts in groups.places)
        middle = [number * pitch + count * BAR / 2 for number in range(len(groups.places))]
        for column, scenario in enumerate(groups.scenarios):
            colour = theme.scenario(scenario.colour).colour
            at = [number * pitch + (column + 0.5) * BAR for number in range(len(groups.places))]
            bars = on.barh(at, [amounts[column] for _, _, amounts in groups.places], BAR * 0.78, color=colour)
            for patch, (_, nowhere, amounts) in zip(bars, groups.places, strict=True):
                if nowhere:
                    patch.set(facecolor=theme.surface, edgecolor=colour, hatch="////", linewidth=1.2)
                on.annotate(
                    drawing.money(amounts[column], reading.table.currency),
                    (amounts[column], patch.get_y() + BAR * 0.39),
                    (5, 0), textcoords="offset points", va="center", color=theme.text2, fontsize=size,
                )  # fmt: skip
        on.set_xlim(0, most or 1)
        drawing.money_axis(on.xaxis, reading.table.currency, most)
        drawing.row_labels(on, middle, [name for name, _, _ in groups.places], room - 8, theme, frame)
        on.set_ylim(len(groups.places) * pitch - GAP / 2, -GAP / 2)
    return figure


def _height(reading: Reading) -> int:
    if reading.payload is None:
        return 220
    return 84 + len(reading.payload.places) * (len(reading.payload.scenarios) * BAR + GAP)


CHART = Chart("outcomes", "Money by outcome", 50, _read, _draw, _height)
