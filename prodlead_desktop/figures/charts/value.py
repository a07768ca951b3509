"""What every scenario is worth, with its range and its worst fifth, and whether the draws can tell them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing, intervals, risk_words
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading, Value
from prodlead_desktop.figures.intervals import Interval, Panel
from prodlead_desktop.figures.risk_words import Risks, Step
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from prodlead_desktop.analysis.simulate import Estimate

ROW, HEAD, FOOT = 34.0, 22.0, 34.0
NAMES, SAID = 170.0, 90.0
NO_VALUE = "Say which outcome the room would move first (its swing), or what a unit of it is worth."


@dataclass(frozen=True, slots=True)
class _Values:
    scenarios: tuple[words.Shown, ...]
    panel: Panel
    worst: tuple[float, ...]  # mean of the worst fifth, by scenario
    money: bool


def _read(strategy: Strategy, scenarios: tuple[str, ...], step: Step) -> Reading:
    shown = words.shown(strategy, scenarios)
    risks = risk_words.simulated(strategy, scenarios, step)
    if isinstance(risks, str):
        return Reading(CHART.title, empty=risks)
    if not risks[0].problem.objectives:
        return Reading(CHART.title, empty=NO_VALUE)
    money = risks[0].problem.in_money
    unit = f"money, {strategy.header.currency}" if money else "points, 100 = every target reached"
    rows = tuple(_interval(risks, number, scenario.colour) for number, scenario in enumerate(shown))
    worst = tuple(
        one.world.value.cvar.value if one.world.value.cvar else one.world.value.p10.value for one in risks
    )
    values = _Values(shown, Panel("", "", rows, column="mean"), worst, money)
    return Reading(
        finding=_finding(risks, shown),
        unit=f"Value in {unit}. Bar P10 to P90, mark P50, small bar the mean of the worst fifth",
        sentence=words.sentence(_against(risks, shown), risk_words.how(risks)),
        table=_table(risks, shown, money, strategy.header.currency),
        payload=values,
    )


def _interval(risks: Risks, number: int, colour: int) -> Interval:
    value = risks[number].world.value
    best = value.mean.value == max(one.world.value.mean.value for one in risks)
    return Interval(
        colour, value.p10.value, value.p50.value, value.p90.value, _shortly(risks, value.mean), best
    )


def _shortly(risks: Risks, row: Estimate) -> str:
    """A mean for a narrow column: without its unit, money in short."""
    from prodlead_desktop.analysis.simulate import words as carried

    problem = risks[0].problem
    return (
        drawing.money(carried.rounded(row), problem.currency) if problem.in_money else carried.estimate(row)
    )


def _said(risks: Risks, row: Estimate) -> str:
    """A value, or a difference, to the digit that the draws carry, with its unit."""
    from prodlead_desktop.analysis.simulate import words as carried

    problem = risks[0].problem
    if problem.in_money:
        return carried.money(row, problem.currency)
    said = carried.estimate(row)
    return f"{said} {'point' if said == '1' else 'points'}"


def _finding(risks: Risks, shown: tuple[words.Shown, ...]) -> str:
    order = sorted(range(len(risks)), key=lambda k: -risks[k].world.value.mean.value)
    best = order[0]
    value = risks[best].world.value
    name = shown[best].name
    if len(order) == 1:
        return f"{name} brings {_said(risks, value.mean)} on average"
    more = risks[best].more_than(risks[order[1]])
    if more.low <= 0.0:
        return f"{name} and {shown[order[1]].name} are worth the same, as far as the draws can tell"
    then = shown[order[1]].name
    return (
        f"{name} is worth most: {_said(risks, value.mean)} on average, {_said(risks, more)} more than {then}"
    )


def _against(risks: Risks, shown: tuple[words.Shown, ...]) -> str:
    """Who has the best bad case, when that is not who is worth most on average."""
    mean = max(range(len(risks)), key=lambda k: risks[k].world.value.mean.value)
    worst = [one.world.value.cvar or one.world.value.p10 for one in risks]
    safest = max(range(len(risks)), key=lambda k: worst[k].value)
    if len(risks) == 1:
        return f"In the worst fifth of cases {_said(risks, worst[0])} on average."
    if safest == mean:
        return f"{shown[safest].name} also has the best bad case: {_said(risks, worst[safest])} in the worst fifth."
    return (
        f"{shown[safest].name} has the best bad case: {_said(risks, worst[safest])} in the worst fifth, "
        f"against {_said(risks, worst[mean])} of {shown[mean].name}."
    )


def _table(risks: Risks, shown: tuple[words.Shown, ...], money: bool, currency: str) -> ChartTable:
    from prodlead_desktop.analysis.simulate.words import rounded

    measure = "money" if money else "number"
    rows: list[tuple[Value, ...]] = []
    for scenario, one in zip(shown, risks, strict=True):
        v = one.world.value
        parts = [rounded(row) if row else None for row in (v.mean, v.p10, v.p50, v.p90, v.cvar)]
        chance = one.world.all_targets
        rows.append((scenario.name, *parts, v.mean.se, chance.value if chance else None))
    heads = ("Mean", "P10", "P50", "P90", "Worst fifth", "Standard error of the mean")
    return ChartTable(
        (
            Column("Scenario"),
            *(Column(head, measure) for head in heads),
            Column("Chance of all targets", "share"),
        ),
        tuple(rows),
        currency,
    )


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    found: _Values = reading.payload
    scale = frame.type_scale
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        left = min(NAMES * scale, frame.width * 0.26)
        on = drawing.axes(figure, frame, left + intervals.SIDE, HEAD * scale, SAID * scale, FOOT * scale)
        intervals.draw(on, found.panel, theme, frame)
        intervals.column(on, found.panel, theme, frame, SAID * scale)
        if found.money:
            low, high = on.get_xlim()
            drawing.money_axis(on.xaxis, reading.table.currency, high - low)
        for row, (scenario, worst) in enumerate(zip(found.scenarios, found.worst, strict=True)):
            on.plot(
                [worst], [row], "|", color=theme.scenario(scenario.colour).colour, ms=16 * scale, mew=2.2 * scale,
                zorder=5,
            )  # fmt: skip
        named = [(scenario.name, scenario.colour) for scenario in found.scenarios]
        intervals.names(on, named, left - 4, theme, frame)
    return figure


def _height(reading: Reading) -> int:
    rows = len(reading.payload.scenarios) if reading.payload else 3
    return round(HEAD + FOOT + ROW * max(rows, 2))


CHART = Chart("value", "Value and its range", 15, _read, _draw, _height, slow=True)
