"""When the money of each scenario is due, quarter by quarter, against its quarter budgets."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import comparison
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading, Value
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class _Columns:
    scenarios: tuple[words.Shown, ...]
    quarters: tuple[str, ...]
    due: tuple[tuple[float, ...], ...]  # by scenario, as long as quarters
    budgets: tuple[tuple[int, ...], ...]


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    shown = words.shown(strategy, scenarios)
    found = [comparison.by_quarter(strategy, scenario) for scenario in scenarios]
    budgets = tuple(one.budgets[: comparison.LATER] for one in found)
    count = max(
        (max(len(one.due), len(budget)) for one, budget in zip(found, budgets, strict=True)), default=0
    )
    if not any(sum(one.due) for one in found):
        return Reading(CHART.title, empty=words.NOTHING_PLACED)
    if count < 2:
        return Reading(
            CHART.title,
            empty="All money is due at once. Give initiatives a cost by quarter or a later start.",
        )
    names = tuple(_named(strategy.header.plan_start, number) for number in range(count))
    due = tuple(one.due + (0.0,) * (count - len(one.due)) for one in found)
    columns = _Columns(shown, names, due, budgets)
    head = [Column("Quarter")]
    rows: list[list[Value]] = [[name] for name in names]
    for one, spent, budget in zip(shown, due, columns.budgets, strict=True):
        head.append(Column(one.name, "money"))
        for row, amount in zip(rows, spent, strict=True):
            row.append(amount)
        if budget:
            head.append(Column(f"{one.name}, budget", "money"))
            for number, row in enumerate(rows):
                row.append(budget[number] if number < len(budget) else None)
    return Reading(
        finding=_finding(strategy, columns),
        unit=f"Money due by quarter, {strategy.header.currency}. A bar above the columns is that quarter's budget",
        sentence=words.missing(strategy, scenarios),
        table=ChartTable(tuple(head), tuple(tuple(row) for row in rows), strategy.header.currency),
        payload=columns,
    )


def _named(start: datetime.date | None, number: int) -> str:
    """ "Q1 2027", or "quarter 1" when the plan has no date."""
    if number == comparison.LATER:
        return "later"
    if start is None:
        return f"quarter {number + 1}"
    ahead = (start.month - 1) // 3 + number
    return f"Q{ahead % 4 + 1} {start.year + ahead // 4}"


def _finding(strategy: Strategy, columns: _Columns) -> str:
    over = [
        (amount - budget[number], one.name, columns.quarters[number])
        for one, spent, budget in zip(columns.scenarios, columns.due, columns.budgets, strict=True)
        for number, amount in enumerate(spent[: len(budget)])
        if amount > budget[number] + 0.5
    ]
    if over:
        much, name, quarter = max(over)
        return f"{name} is {words.money(strategy, much)} over the budget of {quarter}"
    one, spent = columns.scenarios[0], columns.due[0]
    busiest = max(
        zip(columns.scenarios, columns.due, strict=True), key=lambda row: max(row[1]), default=(one, spent)
    )
    amount = max(busiest[1])
    quarter = columns.quarters[busiest[1].index(amount)]
    return f"{busiest[0].name} spends most in {quarter}: {words.money(strategy, amount)}"


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    columns: _Columns = reading.payload
    count = len(columns.scenarios)
    with drawing.style(theme, frame, "y"):
        figure = drawing.blank(theme, frame)
        named = [(scenario.name, scenario.colour) for scenario in columns.scenarios]
        top = drawing.key(figure, theme, frame, drawing.scenario_entries(theme, named))
        on = drawing.axes(figure, frame, 74 * frame.type_scale, top, 14, 30 * frame.type_scale)
        wide = 0.8 / count
        most = 0.0
        for number, (one, spent, budget) in enumerate(
            zip(columns.scenarios, columns.due, columns.budgets, strict=True)
        ):
            middles = [quarter - 0.4 + wide * (number + 0.5) for quarter in range(len(spent))]
            colour = theme.scenario(one.colour).colour
            on.bar(middles, spent, wide * 0.86, color=colour)
            reach = range(min(len(budget), len(middles)))
            on.hlines(
                [budget[quarter] for quarter in reach],
                [middles[quarter] - wide / 2 for quarter in reach],
                [middles[quarter] + wide / 2 for quarter in reach],
                colors=theme.text,
                lw=2,
            )
            most = max(most, *spent, *budget)
        on.set_ylim(0, most * 1.05 or 1)
        on.set_xlim(-0.5, len(columns.quarters) - 0.5)
        drawing.money_axis(on.yaxis, reading.table.currency, most)
        room = (frame.width - 90) / len(columns.quarters) - 6
        widest = max(drawing.width_of(name, drawing.SMALL * frame.type_scale) for name in columns.quarters)
        every = max(1, -(-int(widest) // max(1, int(room))))
        on.set_xticks(range(0, len(columns.quarters), every), columns.quarters[::every])
    return figure


def _height(_: Reading) -> int:
    return 300


CHART = Chart("quarters", "Money by quarter", 60, _read, _draw, _height)
