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
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STRIP = 74


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
        return Reading(CHART.title, empty=words.nothing(strategy))
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
        unit=f"Money due by quarter, {strategy.header.currency}. Line: that quarter's budget, red when it is broken",
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
    scale = frame.type_scale
    with drawing.style(theme, frame, "y"):
        figure = drawing.blank(theme, frame)
        left, count = min(150.0 * scale, frame.width * 0.26), len(columns.scenarios)
        on = drawing.axes(figure, frame, left, 4, 6, 28 * scale)
        most = max(max((*spent, *budget)) for spent, budget in zip(columns.due, columns.budgets, strict=True))
        strip = (most or 1) * 1.45  # one scenario's height: its columns and the amounts above them
        on.set_xlim(-0.5, len(columns.quarters) - 0.5)
        on.set_ylim(0, strip * count)
        room = (frame.width - left - 6) / len(columns.quarters)
        for number in range(count):
            ground = strip * (count - 1 - number)
            _draw_strip(on, columns, number, ground, room, reading.table.currency, theme, frame)
            on.axhline(ground, color=theme.line2, lw=1, zorder=3)
        places = [strip * (count - 0.68 - number) for number in range(count)]
        named = [(scenario.name, scenario.colour) for scenario in columns.scenarios]
        drawing.row_marks(on, places, named, left - 8, theme, frame)
        on.spines["left"].set_visible(False)
        widest = max(drawing.width_of(name, drawing.SMALL * scale) for name in columns.quarters)
        every = max(1, -(-int(widest + 6) // max(1, int(room))))
        on.set_xticks(range(0, len(columns.quarters), every), columns.quarters[::every])
    return figure


def _draw_strip(
    on: Axes, columns: _Columns, number: int, ground: float, room: float, currency: str, theme: Theme, frame: Frame
) -> None:  # fmt: skip
    spent, budget = columns.due[number], columns.budgets[number]
    colour, size = theme.scenario(columns.scenarios[number].colour).colour, drawing.SMALL * frame.type_scale
    on.bar(range(len(spent)), spent, 0.62, bottom=ground, color=colour)
    reach = range(len(budget))
    over = [spent[quarter] > budget[quarter] + 0.5 for quarter in reach]
    on.hlines(
        [ground + amount for amount in budget], [quarter - 0.42 for quarter in reach],
        [quarter + 0.42 for quarter in reach], colors=[theme.err.mark if much else theme.text for much in over], lw=2,
        zorder=4,
    )  # fmt: skip
    put = drawing.beside(on, 0, up=4)
    for quarter, amount in enumerate(spent):
        words = drawing.money(amount, currency)
        if amount and drawing.width_of(words, size) <= room - 2:
            top = max(amount, budget[quarter] if quarter < len(budget) else 0)
            red = quarter < len(budget) and over[quarter]
            on.text(
                quarter, ground + top, words, transform=put, ha="center", va="bottom", fontsize=size, zorder=5,
                color=theme.err.text if red else theme.text2, fontweight=600 if red else 400,
            )  # fmt: skip


def _height(reading: Reading) -> int:
    return 40 + STRIP * (len(reading.payload.scenarios) if reading.payload else 3)


CHART = Chart("quarters", "Money by quarter", 50, _read, _draw, _height)
