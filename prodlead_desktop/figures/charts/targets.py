"""Where outcomes could stand at their deadlines under every scenario, and how likely their targets are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import tree
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing, intervals, risk_words
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading, Value
from prodlead_desktop.figures.intervals import Interval, Panel
from prodlead_desktop.figures.risk_words import Risks, Step
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from prodlead_desktop.analysis.problem import Outcome
    from prodlead_desktop.analysis.simulate import OutcomeRisk

ACROSS = 4  # panels side by side where there is room
ROW, LEAST_ROW, HEAD, FOOT = 32.0, 21.0, 64.0, 36.0
LEAST, CHANCE, NAMES = 80.0, 88.0, 150.0  # widths in pixels: of a panel, of its chances, of scenario names
NO_TARGETS = "Give an outcome a baseline and a target: then the chance of reaching it can be drawn."


@dataclass(frozen=True, slots=True)
class _Panels:
    scenarios: tuple[words.Shown, ...]
    panels: tuple[Panel, ...]


def _read(strategy: Strategy, scenarios: tuple[str, ...], step: Step) -> Reading:
    shown = words.shown(strategy, scenarios)
    risks = risk_words.simulated(strategy, scenarios, step, money_per_point=1.0)  # no money is shown
    if isinstance(risks, str):
        return Reading(CHART.title, empty=risks)
    wanted = _wanted(strategy, risks)
    if not wanted:
        return Reading(CHART.title, empty=NO_TARGETS)
    panels = tuple(_panel(risks, o, shown) for o in wanted)
    return Reading(
        finding=_finding(risks, wanted, shown),
        unit="Forecast at the deadline: bar P10 to P90, mark P50, dashed the target. Right is better",
        sentence=words.sentence(_together(risks, shown), risk_words.how(risks)),
        table=_table(risks, wanted, shown),
        payload=_Panels(shown, panels),
    )


def _wanted(strategy: Strategy, risks: Risks) -> list[int]:
    """Outcomes with baseline and target: at the top, or carrying value; thresholds while there is room."""
    problem = risks[0].problem
    place = {row.id: o for o, row in enumerate(problem.outcomes)}
    on_map = [place[node.id] for node in tree.preorder(strategy) if node.id in place]
    top = {place[where.node] for where in capital.outcome_places(strategy) if where.node in place}
    aimed = [o for o in on_map if problem.outcomes[o].needed]
    first = [o for o in aimed if o in top or problem.outcomes[o].mode != "none"]
    others = [o for o in aimed if o not in first and problem.outcomes[o].threshold is not None]
    return sorted(
        {*first, *others[: max(ACROSS - len(first), 0)]}, key=lambda o: (o not in top, on_map.index(o))
    )


def _panel(risks: Risks, o: int, shown: tuple[words.Shown, ...]) -> Panel:
    from prodlead_desktop.analysis.simulate.words import chance_briefly

    outcome = risks[0].problem.outcomes[o]
    found = [one.world.outcomes[o] for one in risks]
    best = max((row.target.value for row in found if row.target), default=0.0)
    rows: list[Interval | None] = []
    for scenario, row in zip(shown, found, strict=True):
        if row.level is None or row.target is None:
            rows.append(None)
            continue
        ends = (row.level.p10.value, row.level.p50.value, row.level.p90.value)
        strong = row.target.value >= 0.005 and row.target.value == best
        rows.append(Interval(scenario.colour, *ends, chance_briefly(row.target), strong))
    unit = " · ".join(
        part for part in (outcome.unit, "less is better" if outcome.direction < 0 else "") if part
    )
    return Panel(
        outcome.title or words.UNTITLED, unit, tuple(rows), outcome.target, outcome.direction < 0, "chance"
    )


def _finding(risks: Risks, wanted: list[int], shown: tuple[words.Shown, ...]) -> str:
    from prodlead_desktop.analysis.simulate.words import chance

    chances = [
        (target.value, -o, -number, target)
        for number, one in enumerate(risks)
        for o in wanted
        if (target := one.world.outcomes[o].target) is not None
    ]
    value, o, number, target = max(chances, key=lambda row: row[:3])
    outcome = risks[0].problem.outcomes[-o].title or words.UNTITLED
    name = shown[-number].name
    if value < 0.005:
        return "No scenario reaches a target" if len(shown) > 1 else f"{name} reaches no target"
    said = chance(target)
    if value < 0.5:
        return f"No target is likely: at best {said}, “{outcome}” with {name}"
    return f"“{outcome}”: {said} with {name}"


def _together(risks: Risks, shown: tuple[words.Shown, ...]) -> str:
    from prodlead_desktop.analysis.simulate.words import chance_briefly

    every = [one.world.all_targets for one in risks]
    if any(row is None for row in every):
        return ""
    said = [chance_briefly(row) for row in every if row is not None]
    if len(set(said)) == 1:
        return f"All targets together: {said[0]}."
    return f"All targets together: {', '.join(f'{one.name} {word}' for one, word in zip(shown, said, strict=True))}."


def _table(risks: Risks, wanted: list[int], shown: tuple[words.Shown, ...]) -> ChartTable:
    rows = []
    for o in wanted:
        outcome = risks[0].problem.outcomes[o]
        for scenario, one in zip(shown, risks, strict=True):
            rows.append(
                (outcome.title or words.UNTITLED, scenario.name, *_numbers(outcome, one.world.outcomes[o]))
            )
    heads = ("P10", "P50", "P90", "Target")
    chances = ("Chance of the target", "at least", "at most")
    return ChartTable(
        (
            Column("Outcome"), Column("Scenario"), *(Column(head, "number") for head in heads), Column("Unit"),
            *(Column(head, "share") for head in chances),
        ),
        tuple(rows),
    )  # fmt: skip


def _numbers(outcome: Outcome, row: OutcomeRisk) -> tuple[Value, ...]:
    from prodlead_desktop.analysis.simulate.words import rounded

    levels: tuple[Value, ...] = (None, None, None)
    if row.level is not None:
        levels = tuple(rounded(part) for part in (row.level.p10, row.level.p50, row.level.p90))
    chances: tuple[Value, ...] = (None, None, None)
    if row.target is not None:
        chances = (row.target.value, row.target.low, row.target.high)
    return (*levels, outcome.target, outcome.unit, *chances)


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    found: _Panels = reading.payload
    scale, count = frame.type_scale, len(found.scenarios)
    with drawing.style(theme, frame, "x"):
        figure = drawing.blank(theme, frame)
        left = min(NAMES * scale, frame.width * 0.22)
        across = max(
            1, min(ACROSS, int((frame.width - left) / ((LEAST + CHANCE) * scale)), len(found.panels))
        )
        wanted = math.ceil(len(found.panels) / across)
        lines = max(1, min(int((frame.height + 2) / ((HEAD + FOOT + LEAST_ROW * count) * scale)), wanted))
        room = frame.height - (20 * scale if lines < wanted else 0)  # for "and … more"
        whole = min(room / lines, (HEAD + FOOT + ROW * count) * scale)
        shown = found.panels[: across * lines]
        pitch = (frame.width - left) / across
        for number, panel in enumerate(shown):
            line, place = divmod(number, across)
            x, top = left + place * pitch, line * whole
            right = frame.width - x - pitch + CHANCE * scale
            bottom = frame.height - top - whole + FOOT * scale
            on = drawing.axes(figure, frame, x + intervals.SIDE, top + HEAD * scale, right, bottom)
            intervals.draw(on, panel, theme, frame)
            intervals.column(on, panel, theme, frame, CHANCE * scale)
            intervals.head(on, panel, theme, frame, pitch - 2 * intervals.SIDE)
            if not place:
                named = [(scenario.name, scenario.colour) for scenario in found.scenarios]
                intervals.names(on, named, left - 4, theme, frame)
        drawing.say_more(figure, frame, theme, left, len(found.panels) - len(shown), "outcomes")
    return figure


def _height(reading: Reading) -> int:
    if not reading.payload:
        return 240
    found: _Panels = reading.payload
    lines = min(math.ceil(len(found.panels) / ACROSS), 3)
    return round(lines * (HEAD + FOOT + ROW * len(found.scenarios)))


CHART = Chart("targets", "Chances of the targets", 52, _read, _draw, _height, wide=True, slow=True)
