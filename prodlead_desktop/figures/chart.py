"""What a chart is: a finding, a table and a drawing of the same numbers; one file per chart lies in `charts`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.money import Money
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.registry import collect

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart's table; ``measure`` is "text", "money" (minor units), "change" (signed), "share"
    or "number"."""

    title: str
    measure: str = "text"


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers of a chart as rows of raw values; None is unknown."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    currency: str = "XXX"

    def text(self, row: int, column: int) -> str:
        """One cell as people read it."""
        value, measure = self.rows[row][column], self.columns[column].measure
        if value is None:
            return "?"
        if measure == "money":
            return numerals.money(round(float(value)), self.currency)
        if measure == "change":
            amount = round(float(value))
            return f"{'+' if amount > 0 else ''}{numerals.money(amount, self.currency)}"
        if measure == "share":
            return numerals.percent(float(value), 1)
        if measure == "number":
            return numerals.number(float(value))
        return str(value)

    def heading(self, column: int) -> str:
        """A column's title with its unit, as a spreadsheet needs it."""
        title, measure = self.columns[column].title, self.columns[column].measure
        unit = {"money": self.currency, "change": self.currency, "share": "%"}.get(measure, "")
        return f"{title} ({unit})" if unit and unit != "XXX" else title

    def plain(self, row: int, column: int) -> str:
        """One cell as a spreadsheet reads it: major units with a point, empty when unknown."""
        value, measure = self.rows[row][column], self.columns[column].measure
        if value is None:
            return ""
        if measure in ("money", "change"):
            return str(Money(round(float(value)), self.currency).major)
        if measure == "share":
            return f"{float(value) * 100:.6g}"
        if measure == "number":
            return f"{float(value):.12g}"
        return str(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chart says about a strategy: title, unit, one sentence, table, and what only the drawing needs.

    ``empty`` says what to do first when there is nothing to draw; the rest is then empty too.
    """

    finding: str
    unit: str = ""
    sentence: str = ""
    table: ChartTable = field(default_factory=ChartTable)
    empty: str | None = None
    payload: Any = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The room for a drawing in pixels at 96 dpi, with ``head`` and ``foot`` left free above and below it.

    ``type_scale`` enlarges the type.
    """

    width: float
    height: float
    type_scale: float = 1.0
    head: float = 0.0
    foot: float = 0.0

    @property
    def whole(self) -> float:
        """Height with head and foot."""
        return self.head + self.height + self.foot


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; ``least`` and ``most`` are how many scenarios it can show.

    A ``slow`` one computes for seconds: its ``read`` takes a third argument, ``step``, which hears the share done and
    raises Cancelled to stop. The window reads it beside itself.
    """

    name: str
    title: str
    order: float
    read: Callable[..., Reading]  # strategy, scenario ids; step when slow
    draw: Callable[[Reading, Theme, Frame], Figure]
    wanted_height: Callable[[Reading], int]
    least: int = 1
    most: int = 6
    wide: bool = False
    slow: bool = False

    def of(
        self,
        strategy: Strategy,
        scenarios: tuple[str, ...],
        step: Callable[[float | None], None] = lambda share: None,
    ) -> Reading:
        """``read`` for as many of these scenario ids as it takes; an empty reading in words when they are too few."""
        if not scenarios:
            return Reading(self.title, empty="Make a scenario first: what the room could choose.")
        if len(scenarios) < self.least:
            return Reading(self.title, empty="Show a second scenario to compare this one with.")
        shown = scenarios[: self.most]
        return self.read(strategy, shown, step) if self.slow else self.read(strategy, shown)


@cache
def charts() -> tuple[Chart, ...]:
    """Every chart in order."""
    return collect("prodlead_desktop.figures.charts", "CHART")


def chart_named(name: str) -> Chart:
    """The chart with this name; BadInput lists the names there are."""
    for chart in charts():
        if chart.name == name:
            return chart
    known = ", ".join(chart.name for chart in charts())
    raise BadInput(f"No chart is called “{name}”.", f"Charts: {known}.")
