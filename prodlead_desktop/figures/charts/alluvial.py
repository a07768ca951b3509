"""Where money goes from one scenario to the next: outcomes on both sides, ribbons between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prodlead_desktop.analysis import capital, comparison
from prodlead_desktop.analysis.capital import Place
from prodlead_desktop.analysis.comparison import CUT, LEFT, NEW, Flow
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import chart_words as words
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Column, Frame, Reading
from prodlead_desktop.figures.colour import mix
from prodlead_desktop.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

NODE, GAP, HEAD = 13, 10, 44
LABEL_AT = 0.28  # of the way across
RIMMED = 3.0  # pixels: of a thinner ribbon little but its light rim would be seen


@dataclass(frozen=True, slots=True)
class _Flows:
    scenarios: tuple[words.Shown, words.Shown]
    names: dict[Place, str]
    flows: tuple[Flow, ...]
    currency: str

    def side(self, end: int) -> dict[Place, int]:
        """What every place has on the left (0) or the right (1), in one order for both."""
        found = dict.fromkeys(self.names, 0)
        for flow in self.flows:
            found[(flow.source, flow.target)[end]] += flow.amount
        return {place: amount for place, amount in found.items() if amount}


def _read(strategy: Strategy, scenarios: tuple[str, ...]) -> Reading:
    before, after = words.shown(strategy, scenarios)
    found = comparison.flows(strategy, before.id, after.id)
    if not any({flow.source, flow.target} - {NEW, LEFT, CUT} for flow in found):
        return Reading(CHART.title, empty=words.nothing(strategy))
    order = (*capital.outcome_places(strategy), capital.BY_EFFECTS, capital.NOWHERE, LEFT, NEW, CUT)
    used = {place for flow in found for place in (flow.source, flow.target)}
    names = {place: words.place(strategy, place) for place in order if place in used}
    rank = {place: number for number, place in enumerate(names)}
    found = tuple(sorted(found, key=lambda flow: (rank[flow.source], rank[flow.target])))
    return Reading(
        finding=_finding(strategy, before.name, after.name, found),
        unit=f"Money by top outcome, {strategy.header.currency}. Colour: money that moves, shared in proportion",
        sentence=words.sentence(
            _loser(strategy, found, names, before.id, after.id), words.missing(strategy, scenarios)
        ),
        table=ChartTable(
            (Column(f"In {before.name}"), Column(f"In {after.name}"), Column("Money", "money")),
            tuple((names[flow.source], names[flow.target], flow.amount) for flow in found),
            strategy.header.currency,
        ),
        payload=_Flows((before, after), names, found, strategy.header.currency),
    )


def _finding(strategy: Strategy, before: str, after: str, found: Sequence[Flow]) -> str:
    moved = comparison.moved(found)
    if moved:
        return f"{words.money(strategy, moved)} changes places between {before} and {after}"
    placed = sum(
        flow.amount for flow in found if flow.target not in (LEFT, CUT) and flow.source in (LEFT, NEW)
    )
    freed = sum(
        flow.amount for flow in found if flow.source not in (LEFT, NEW) and flow.target in (LEFT, CUT)
    )
    if placed:
        return (
            f"{after} places {words.money(strategy, placed)} more than {before}; no outcome gives anything up"
        )
    if freed:
        return f"{after} places {words.money(strategy, freed)} less than {before}; no outcome gets more"
    return f"Every outcome gets the same in {before} and {after}"


def _loser(
    strategy: Strategy, found: Sequence[Flow], names: dict[Place, str], before: str, after: str
) -> str:
    """Who gives up most, and what now, still or no longer goes nowhere."""
    have, want = comparison.by_place(strategy, before), comparison.by_place(strategy, after)
    given = {place: have[place] - want.get(place, 0) for place in have if place != capital.NOWHERE}
    most = max(given, key=lambda place: given[place], default=None)
    first = ""
    if most is not None and given[most] > 0:
        first = f"{names[most]} gives up {words.money(strategy, given[most])}."
    was, lost = (side.get(capital.NOWHERE, 0) for side in (have, want))
    goes = "no longer goes" if not lost else "now goes" if lost > was else "still goes"
    return words.sentence(
        first, f"{words.money(strategy, lost or was)} {goes} nowhere." if lost or was else ""
    )


def _draw(reading: Reading, theme: Theme, frame: Frame) -> Figure:
    flows: _Flows = reading.payload
    with drawing.style(theme, frame):
        figure = drawing.blank(theme, frame)
        on = drawing.axes(figure, frame, 0, 0, 0, 0)
        on.set(xlim=(0, frame.width), ylim=(frame.height, 0))
        on.axis("off")
        room = _room(flows, frame)
        across = (room, frame.width - room)
        sides = (flows.side(0), flows.side(1))
        head, foot = HEAD * frame.type_scale, 14.0
        least = 36.0 * frame.type_scale  # two lines of text
        scale = _scale(sides, frame.height - head - foot, least)
        tops = [_tops(side, scale, head, least) for side in sides]
        _ribbons(on, flows, tops, scale, across, theme, frame)
        for end in (0, 1):
            _places(on, flows, end, tops[end], scale, across[end], theme, frame, room)
    return figure


def _room(flows: _Flows, frame: Frame) -> float:
    """Pixels for the names on either side: what the longest needs, at most a third of the width."""
    size = drawing.NORMAL * frame.type_scale
    longest = max(drawing.width_of(name, size, 600) for name in flows.names.values()) + NODE + 16
    return min(max(longest, 120.0 * frame.type_scale), 300.0 * frame.type_scale, frame.width * 0.33)


def _scale(sides: Sequence[dict[Place, int]], room: float, least: float) -> float:
    """The most pixels for a minor unit at which both sides fit ``room``."""
    low, high = 0.0, room / max(sum(side.values()) for side in sides)
    for _ in range(40):
        middle = (low + high) / 2
        needed = max(sum(max(least, amount * middle) + GAP for amount in side.values()) for side in sides)
        low, high = (middle, high) if needed <= room else (low, middle)
    return low


def _tops(side: dict[Place, int], scale: float, head: float, least: float) -> dict[Place, float]:
    """Where each place starts, from the top down; small ones take the height of their two lines of text."""
    at, found = head, {}
    for place, amount in side.items():
        high = amount * scale
        found[place] = at + max(0.0, (least - high) / 2)
        at += max(least, high) + GAP
    return found


def _ribbons(
    on: Axes, flows: _Flows, tops: list[dict[Place, float]], scale: float, across: tuple[float, float], theme: Theme,
    frame: Frame,
) -> None:  # fmt: skip
    from matplotlib.patches import PathPatch

    start, end = across[0] + NODE / 2, across[1] - NODE / 2
    offsets = [dict(side) for side in tops]
    rank = {place: number for number, place in enumerate(flows.names)}
    leaving: dict[Flow, float] = {}
    for flow in sorted(flows.flows, key=lambda flow: (rank[flow.source], rank[flow.target])):
        leaving[flow] = offsets[0][flow.source]
        offsets[0][flow.source] += flow.amount * scale
    for flow in sorted(flows.flows, key=lambda flow: (rank[flow.target], rank[flow.source])):
        high, y0, y1 = flow.amount * scale, leaving[flow], offsets[1][flow.target]
        offsets[1][flow.target] += high
        moves = flow.source != flow.target and not {flow.source, flow.target} <= {NEW, LEFT, CUT}
        nowhere = capital.NOWHERE in (flow.source, flow.target) and not moves
        colour = theme.more if moves else theme.warn.mark if nowhere else theme.line2
        fill = mix(colour, theme.surface, 0.55 if moves else 0.3)
        rim = theme.surface if high >= RIMMED else fill
        band = _band((start, y0), (end, y1), high)
        on.add_patch(PathPatch(band, facecolor=fill, edgecolor=rim, lw=0.5, zorder=3 if moves else 2))
        if moves and high > 13 * frame.type_scale:
            said = drawing.money(flow.amount, flows.currency)
            look: dict[str, Any] = {
                "fontsize": drawing.SMALL * frame.type_scale,
                "fontweight": 600,
                "color": theme.text,
            }
            at = start + (end - start) * LABEL_AT, _on_curve(y0, y1, LABEL_AT) + high / 2
            on.text(*at, said, ha="center", va="center", zorder=5, **look)


def _band(start: tuple[float, float], end: tuple[float, float], high: float) -> Path:
    """A ribbon from one place to another, by its upper corners."""
    from matplotlib.path import Path

    (x0, y0), (x1, y1) = start, end
    bend = (x1 - x0) * 0.5
    corners = [
        (x0, y0), (x0 + bend, y0), (x1 - bend, y1), (x1, y1), (x1, y1 + high),
        (x1 - bend, y1 + high), (x0 + bend, y0 + high), (x0, y0 + high), (x0, y0),
    ]  # fmt: skip
    return Path(corners, [1, 4, 4, 4, 2, 4, 4, 4, 79])


def _on_curve(y0: float, y1: float, share: float) -> float:
    """Height of the ribbon's upper edge at ``share`` of its way across (a cubic Bézier whose handles meet)."""
    low, high = 0.0, 1.0
    for _ in range(20):
        t = (low + high) / 2
        low, high = (t, high) if 1.5 * t * (1 - t) + t**3 < share else (low, t)
    t = (low + high) / 2
    return y0 + (y1 - y0) * (3 * t * t - 2 * t**3)


def _places(
    on: Axes, flows: _Flows, end: int, tops: dict[Place, float], scale: float, x: float, theme: Theme, frame: Frame,
    room: float,
) -> None:  # fmt: skip
    from matplotlib.patches import Rectangle

    size = drawing.NORMAL * frame.type_scale
    align, text_x = ("right", x - NODE) if end == 0 else ("left", x + NODE)
    mine, other = flows.side(end), flows.side(1 - end)
    placed = sum(amount for place, amount in mine.items() if place not in (NEW, LEFT, CUT))
    name = flows.scenarios[end].name
    worth = drawing.money(placed, flows.currency)
    apart = frame.width - 2 * room - drawing.width_of(worth, size * 1.08, 600) - 30  # both heads side by side
    said = f"{drawing.elided(name, max(60.0, min(room - 80, apart)), size * 1.08, 600)}  {worth}"
    centred = "center" if room > 200 else align
    on.text(x, 16 * frame.type_scale, said, ha=centred, va="center", fontsize=size * 1.08, fontweight=600)
    for place, amount in mine.items():
        top, high = tops[place], max(1.0, amount * scale)
        hollow = place in (NEW, LEFT, CUT)
        on.add_patch(
            Rectangle(
                (x - NODE / 2, top), NODE, high, zorder=4, lw=1.4,
                facecolor=theme.surface if hollow or place == capital.NOWHERE else theme.ink, edgecolor=theme.ink,
                hatch="////" if place == capital.NOWHERE else None,
            )
        )  # fmt: skip
        middle, line = top + high / 2, 17.0 * frame.type_scale
        manner: dict[str, Any] = {"ha": align, "va": "center", "fontsize": size}
        most = 2 if high >= 3 * line else 1
        called = drawing.wrapped(flows.names[place], room - NODE - 14, size, 600, most)
        first = middle - line * len(called) / 2
        for number, part in enumerate(called):
            on.text(text_x, first + number * line, part, fontweight=600, **manner)
        change = amount - other.get(place, 0) if end and not hollow else 0
        extra = f"   {'+' if change > 0 else ''}{drawing.money(change, flows.currency)}" if change else ""
        worth = drawing.money(amount, flows.currency) + extra
        on.text(text_x, first + len(called) * line, worth, color=theme.text2, **manner)


def _height(reading: Reading) -> int:
    if reading.payload is None:
        return 300
    return 90 + 60 * max(4, *(len(reading.payload.side(end)) for end in (0, 1)))


CHART = Chart("moves", "Where money moves", 10, _read, _draw, _height, least=2, most=2)
