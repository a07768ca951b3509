"""The strategy as a whole, its nodes and the facts that hang on them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities.row import Entity
from prodlead_desktop.domain.kind import KindData


@dataclass(frozen=True, slots=True)
class Header(Entity):
    """The strategy as a whole; exactly one row."""

    name: str = fields.text("Name", "Untitled strategy", required=True)
    currency: str = fields.text("Currency", "XXX", required=True)
    plan_start: datetime.date | None = fields.date("Plan starts on")
    horizon: int = fields.integer("Horizon", 8, unit="quarters", low=1.0, high=80.0, required=True)
    fiscal_year_start: int | None = fields.integer("Fiscal year starts in month", low=1.0, high=12.0)
    discount_rate: float | None = fields.number("Discount rate a year", low=-0.5, high=1.0)
    purpose: str | None = fields.long_text("Purpose of the workshop")
    layout: str = fields.choice("Map grows", ("right", "down", "balanced"), "right", required=True)


@dataclass(frozen=True, slots=True)
class Node(Entity):
    """Anything on the map; a node without a parent stands at the top level."""

    parent: str | None = fields.ref("node", "Parent")
    order: int = fields.order()
    kind: str = fields.text("Kind", "note", required=True)
    title: str = fields.text("Title", "", required=True)
    note: str | None = fields.long_text("Note")
    tags: tuple[str, ...] = fields.words("Tags")
    state: str = fields.choice("State", ("draft", "agreed"), "draft", required=True)
    owner: str | None = fields.ref("person", "Owner")
    team: str | None = fields.ref("team", "Team")
    pool: str | None = fields.ref("pool", "Pool")
    segment: str | None = fields.ref("node", "Segment", ref_kinds=("market",))
    nudge_x: float | None = fields.number("Moved sideways", unit="map units")
    nudge_y: float | None = fields.number("Moved up or down", unit="map units")
    side: str | None = fields.choice("Side of a balanced map", ("right", "left"))
    data: KindData = fields.column(fields.FieldType.DATA, "Data", required=True)


@dataclass(frozen=True, slots=True)
class Reading(Entity):
    """What a metric really was on a day."""

    node: str = fields.owner("node", "Outcome", ref_kinds=("outcome", "ambition"))
    date: datetime.date | None = fields.date("Date", required=True)
    value: float | None = fields.number("Value", required=True)
    source: str | None = fields.text("Source")


@dataclass(frozen=True, slots=True)
class Level(Entity):
    """A funding level of an initiative; *none* is always there and has no row."""

    initiative: str = fields.owner("node", "Initiative", ref_kinds=("initiative",))
    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    cost: int | None = fields.money("Cost")
    share: float | None = fields.number("Share of the effect", low=0.0, high=10.0)
    start: float | None = fields.number("Starts in", unit="quarters from plan start", low=0.0)


@dataclass(frozen=True, slots=True)
class Tranche(Entity):
    """Money that is released only when something is true by a date."""

    initiative: str = fields.owner("node", "Initiative", ref_kinds=("initiative",))
    order: int = fields.order()
    amount: int | None = fields.money("Amount")
    condition: str | None = fields.long_text("Released if")
    date: datetime.date | None = fields.date("By")


@dataclass(frozen=True, slots=True)
class Dependency(Entity):
    """Requires, excludes, enhances, rests on an assumption, needs a capability."""

    node: str = fields.owner("node", "Node")
    kind: str | None = fields.choice(
        "Kind",
        ("requires", "requires full", "excludes", "enhances", "assumes", "needs"),
        required=True,
        key=True,
    )
    other: str = fields.ref("node", "Other", required=True, key=True)
    factor: float | None = fields.number("Factor on the effect", low=0.0)


@dataclass(frozen=True, slots=True)
class Link(Entity):
    """An additional contribution of one outcome to another, beside the tree's own line."""

    source: str = fields.ref("node", "From", required=True, key=True, ref_kinds=("outcome",))
    target: str = fields.ref("node", "To", required=True, key=True, ref_kinds=("outcome",))
    contribution: float | None = fields.number("Contribution k")
    lag: float | None = fields.number("Lag", unit="quarters", low=0.0)
    rationale: str | None = fields.long_text("Because")


SHAPES = ("percentiles", "pert", "triangular")


@dataclass(frozen=True, slots=True)
class Effect(Entity):
    """What an initiative does to an outcome at full funding, as improvement in the outcome's unit.

    By its shape stated as P10, P50 and P90, with bounds where there are any, or as least, most likely and most.
    """

    initiative: str = fields.ref("node", "Initiative", required=True, key=True, ref_kinds=("initiative",))
    outcome: str = fields.ref("node", "Outcome", required=True, key=True, ref_kinds=("outcome",))
    p10: float | None = fields.number("P10")
    p50: float | None = fields.number("P50")
    p90: float | None = fields.number("P90")
    low: float | None = fields.number("Lowest possible")
    mode: float | None = fields.number("Most likely")
    high: float | None = fields.number("Highest possible")
    shape: str = fields.choice("Shape", SHAPES, "percentiles", required=True, unsaid="percentiles")
    note: str | None = fields.long_text("How we know")


@dataclass(frozen=True, slots=True)
class Demand(Entity):
    """Capacity of a team that an initiative uses in one quarter."""

    initiative: str = fields.owner("node", "Initiative", ref_kinds=("initiative",))
    level: str | None = fields.ref("level", "At level", narrows=True)
    team: str = fields.ref("team", "Team", required=True)
    quarter: int | None = fields.integer("Quarter", low=0.0, required=True)
    amount: float | None = fields.number("People", low=0.0)
