"""Everything a strategy is made of: frozen rows that refer to each other by id (model.md §1)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import KindData

HEADER_ID = "strategy"
ORDER_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Entity:
    """A row: what it is called everywhere is its id."""

    id: str


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


@dataclass(frozen=True, slots=True)
class Effect(Entity):
    """What an initiative does to an outcome at full funding, as improvement in the outcome's unit."""

    initiative: str = fields.ref("node", "Initiative", required=True, key=True, ref_kinds=("initiative",))
    outcome: str = fields.ref("node", "Outcome", required=True, key=True, ref_kinds=("outcome",))
    p10: float | None = fields.number("P10")
    p50: float | None = fields.number("P50")
    p90: float | None = fields.number("P90")
    low: float | None = fields.number("Lowest possible")
    high: float | None = fields.number("Highest possible")
    note: str | None = fields.long_text("How we know")


@dataclass(frozen=True, slots=True)
class Demand(Entity):
    """Capacity of a team that an initiative uses in one quarter."""

    initiative: str = fields.owner("node", "Initiative", ref_kinds=("initiative",))
    level: str | None = fields.ref("level", "At level")
    team: str = fields.ref("team", "Team", required=True)
    quarter: int | None = fields.integer("Quarter", low=0.0, required=True)
    amount: float | None = fields.number("People", low=0.0)


@dataclass(frozen=True, slots=True)
class Pool(Entity):
    """A named, coloured envelope of money."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    colour: int = fields.integer("Colour", 0, low=0.0, high=4.0, required=True)


@dataclass(frozen=True, slots=True)
class Team(Entity):
    """Who does the work, and how much of it they can do."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    function: str | None = fields.text("Function")
    capacity: tuple[float, ...] = fields.numbers("Capacity by quarter", unit="people", low=0.0)
    discovery: float | None = fields.share("Protected for discovery")


@dataclass(frozen=True, slots=True)
class Incentive(Entity):
    """What a team is measured on or paid for."""

    team: str = fields.owner("team", "Team")
    metric: str = fields.text("Metric", "", required=True)
    outcome: str | None = fields.ref("node", "Moves", ref_kinds=("outcome",))
    direction: str | None = fields.choice("Direction", ("up", "down"))
    weight: float | None = fields.share("Weight")
    kind: str | None = fields.choice("Kind", ("measured", "paid"))


@dataclass(frozen=True, slots=True)
class Person(Entity):
    """Somebody by role: owner, decider, participant."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    role: str | None = fields.text("Role")
    limit: int | None = fields.money("May commit")
    hours: float | None = fields.number("Leadership hours", unit="hours a quarter", low=0.0)
    weight: float | None = fields.number("Weight in rounds", low=0.0)


@dataclass(frozen=True, slots=True)
class Right(Entity):
    """Who decides what, up to which amount, and who is next."""

    order: int = fields.order()
    kind: str | None = fields.choice(
        "Decides", ("what-to-build", "trade-off", "budget", "stop", "hire", "price", "own"), required=True
    )
    decider: str | None = fields.ref("person", "Decider")
    limit: int | None = fields.money("Limit")
    escalates_to: str | None = fields.ref("person", "Escalates to")
    escalates_meeting: str | None = fields.ref("cadence", "Escalates to meeting")
    frequency: float | None = fields.number("Expected", unit="times a year", low=0.0)


@dataclass(frozen=True, slots=True)
class RightScope(Entity):
    """A node that a decision right covers."""

    right: str = fields.owner("right", "Right")
    node: str = fields.ref("node", "Node", required=True, key=True)


@dataclass(frozen=True, slots=True)
class RightPool(Entity):
    """A pool that a decision right covers."""

    right: str = fields.owner("right", "Right")
    pool: str = fields.ref("pool", "Pool", required=True, key=True)


@dataclass(frozen=True, slots=True)
class Consulted(Entity):
    """Somebody who is asked before a decision."""

    right: str = fields.owner("right", "Right")
    person: str = fields.ref("person", "Person", required=True, key=True)


@dataclass(frozen=True, slots=True)
class Cadence(Entity):
    """A meeting that comes round, and why it does."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    interval: int | None = fields.integer("Every", unit="days", low=1.0)
    duration: float | None = fields.number("Lasts", unit="hours", low=0.0)
    purpose: str | None = fields.choice("Purpose", ("surface data", "align", "course-correct", "reinforce"))
    decisions: tuple[str, ...] = fields.words("Decisions taken there")


@dataclass(frozen=True, slots=True)
class Attendee(Entity):
    """Somebody who sits in a meeting."""

    cadence: str = fields.owner("cadence", "Meeting")
    person: str = fields.ref("person", "Person", required=True, key=True)


@dataclass(frozen=True, slots=True)
class AgendaShare(Entity):
    """The share of a meeting that looks at one outcome."""

    cadence: str = fields.owner("cadence", "Meeting")
    node: str = fields.ref("node", "Outcome", required=True, key=True)
    share: float | None = fields.share("Share")


@dataclass(frozen=True, slots=True)
class Scenario(Entity):
    """What the room could choose: a budget with its rules."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    status: str = fields.choice("Status", ("draft", "frozen", "plan of record"), "draft", required=True)
    colour: int = fields.integer("Colour", 0, low=0.0, high=5.0, required=True)
    note: str | None = fields.long_text("Note")
    budget: int | None = fields.money("Budget")
    quarters: tuple[int, ...] = fields.moneys("Budget by quarter")
    carry_over: float | None = fields.share("May be carried over")
    at_most: int | None = fields.integer("New starts at most", low=0.0)
    frozen_at: str | None = fields.text("Checkpoint it was frozen at")
    frozen_total: int | None = fields.money("Placed when it was frozen")


@dataclass(frozen=True, slots=True)
class Band(Entity):
    """Least and most that a pool may get in a scenario."""

    scenario: str = fields.owner("scenario", "Scenario")
    pool: str = fields.ref("pool", "Pool", required=True, key=True)
    low: float | None = fields.share("At least")
    high: float | None = fields.share("At most")
    of: str | None = fields.choice("Of", ("budget", "spend"))


@dataclass(frozen=True, slots=True)
class Allocation(Entity):
    """What an initiative gets in a scenario: a level or an amount; neither means none."""

    scenario: str = fields.owner("scenario", "Scenario")
    initiative: str = fields.ref("node", "Initiative", required=True, key=True, ref_kinds=("initiative",))
    level: str | None = fields.ref("level", "Level")
    amount: int | None = fields.money("Amount")
    floor: int | None = fields.money("At least")
    ceiling: int | None = fields.money("At most")
    lock: bool = fields.flag("Locked")
    start: float | None = fields.number("Starts in", unit="quarters from plan start", low=0.0)


@dataclass(frozen=True, slots=True)
class Future(Entity):
    """What could happen: a state of the world."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    probability: float | None = fields.share("Probability")
    note: str | None = fields.long_text("What happens")


@dataclass(frozen=True, slots=True)
class Shift(Entity):
    """What a future changes: a factor or a new value, for one node or for all."""

    future: str = fields.owner("future", "Future")
    what: str | None = fields.choice("Changes", ("effects", "costs", "baseline", "assumption"), required=True)
    node: str | None = fields.ref("node", "Of")
    outcome: str | None = fields.ref("node", "On", ref_kinds=("outcome",))
    factor: float | None = fields.number("Times")
    value: float | None = fields.number("Becomes")
    holds: bool | None = fields.column(fields.FieldType.FLAG, "Holds")


@dataclass(frozen=True, slots=True)
class Decision(Entity):
    """One decision with what was refused and why."""

    order: int = fields.order()
    sentence: str = fields.text("Decision", "", required=True)
    date: datetime.date | None = fields.date("Date")
    decider: str | None = fields.ref("person", "Decided by")
    scenario: str | None = fields.ref("scenario", "Scenario")
    alternatives: str | None = fields.long_text("Alternatives refused")
    reasons: str | None = fields.long_text("Reasons")
    dissent: str | None = fields.long_text("Dissent")


@dataclass(frozen=True, slots=True)
class Action(Entity):
    """Who does what by when after the workshop."""

    order: int = fields.order()
    title: str = fields.text("Action", "", required=True)
    person: str | None = fields.ref("person", "Who")
    due: datetime.date | None = fields.date("By")
    decision: str | None = fields.ref("decision", "From decision")
    node: str | None = fields.ref("node", "About")
    done: bool = fields.flag("Done")


@dataclass(frozen=True, slots=True)
class ParkedRemark(Entity):
    """A remark kept for later."""

    order: int = fields.order()
    text: str = fields.text("Remark", "", required=True)
    person: str | None = fields.ref("person", "From")
    node: str | None = fields.ref("node", "About")
    done: bool = fields.flag("Dealt with")


@dataclass(frozen=True, slots=True)
class AgendaItem(Entity):
    """One time box: screen, timer, checkpoint."""

    order: int = fields.order()
    title: str = fields.text("Title", "", required=True)
    day: int | None = fields.integer("Day", low=1.0)
    minutes: float | None = fields.number("Lasts", unit="minutes", low=0.0)
    starts_at: str | None = fields.text("Starts at")
    screen: str | None = fields.text("Screen")
    checkpoint: bool = fields.flag("Make a checkpoint at its end")
    advice: str | None = fields.long_text("Advice")


@dataclass(frozen=True, slots=True)
class Round(Entity):
    """A blind round: what was asked."""

    order: int = fields.order()
    title: str = fields.text("Question", "", required=True)
    kind: str | None = fields.choice("Kind", ("points", "percentiles", "dots", "unease"), required=True)
    scenario: str | None = fields.ref("scenario", "Scenario")
    cap: float | None = fields.number("At most per bet", unit="points", low=0.0)
    status: str | None = fields.choice("Status", ("open", "revealed"))


@dataclass(frozen=True, slots=True)
class Answer(Entity):
    """What one participant answered about one thing."""

    round: str = fields.owner("round", "Round")
    person: str | None = fields.ref("person", "Participant")
    node: str | None = fields.ref("node", "About")
    value: float | None = fields.number("Value")
    p10: float | None = fields.number("P10")
    p50: float | None = fields.number("P50")
    p90: float | None = fields.number("P90")


@dataclass(frozen=True, slots=True)
class SavedView(Entity):
    """A way of looking at the map that can be played and printed."""

    order: int = fields.order()
    name: str = fields.text("Name", "", required=True)
    root: str | None = fields.ref("node", "Branch")
    lens: str | None = fields.text("Lens")
    filter: str | None = fields.text("Filter")
    zoom: float | None = fields.number("Zoom", low=0.01, high=10.0)
    x: float | None = fields.number("Centre, sideways", unit="map units")
    y: float | None = fields.number("Centre, down", unit="map units")


@dataclass(frozen=True, slots=True)
class ViewFold(Entity):
    """A node that is folded in a saved view."""

    view: str = fields.owner("view", "View")
    node: str = fields.ref("node", "Node", required=True, key=True)


@dataclass(frozen=True, slots=True)
class Spec:
    """How an entity is called in the database, in files and in words."""

    table: str
    cls: type[Any]
    prefix: str
    plural: str  # JSON key; within its owner when it has one
    title: str
    bare: str = ""  # JSON writes only this field's value, a list of ids


SPECS: tuple[Spec, ...] = (
    Spec("header", Header, "strategy", "strategy", "Strategy"),
    Spec("pool", Pool, "pool", "pools", "Pool"),
    Spec("team", Team, "team", "teams", "Team"),
    Spec("person", Person, "person", "people", "Person"),
    Spec("node", Node, "n", "nodes", "Node"),
    Spec("reading", Reading, "read", "readings", "Reading"),
    Spec("level", Level, "lvl", "levels", "Funding level"),
    Spec("tranche", Tranche, "tr", "tranches", "Tranche"),
    Spec("dependency", Dependency, "dep", "dependencies", "Dependency"),
    Spec("demand", Demand, "dem", "demands", "Demand"),
    Spec("link", Link, "link", "links", "Link"),
    Spec("effect", Effect, "eff", "effects", "Effect"),
    Spec("incentive", Incentive, "inc", "incentives", "Incentive"),
    Spec("cadence", Cadence, "cad", "cadences", "Meeting"),
    Spec("attendee", Attendee, "att", "attendees", "Attendee", bare="person"),
    Spec("agenda_share", AgendaShare, "ags", "agenda_shares", "Agenda share"),
    Spec("right", Right, "right", "rights", "Decision right"),
    Spec("right_scope", RightScope, "rsc", "nodes", "Scope", bare="node"),
    Spec("right_pool", RightPool, "rpl", "pools", "Scope", bare="pool"),
    Spec("consulted", Consulted, "con", "consulted", "Consulted", bare="person"),
    Spec("scenario", Scenario, "sc", "scenarios", "Scenario"),
    Spec("band", Band, "band", "bands", "Pool band"),
    Spec("allocation", Allocation, "al", "allocations", "Allocation"),
    Spec("future", Future, "fut", "futures", "Future"),
    Spec("shift", Shift, "sh", "shifts", "Shift"),
    Spec("decision", Decision, "dec", "decisions", "Decision"),
    Spec("action", Action, "act", "actions", "Action"),
    Spec("remark", ParkedRemark, "rem", "remarks", "Parked remark"),
    Spec("agenda_item", AgendaItem, "ag", "agenda", "Agenda item"),
    Spec("round", Round, "rd", "rounds", "Round"),
    Spec("answer", Answer, "ans", "answers", "Answer"),
    Spec("view", SavedView, "view", "views", "Saved view"),
    Spec("view_fold", ViewFold, "vf", "folded", "Folded node", bare="node"),
)

SPEC_OF: dict[str, Spec] = {spec.table: spec for spec in SPECS}
TABLE_OF: dict[type[Any], str] = {spec.cls: spec.table for spec in SPECS}


def owner_field(cls: type[Any]) -> fields.Field | None:
    """The field that says which row owns this one, if any."""
    return next((field for field in fields.of(cls) if field.owner), None)


def key_fields(cls: type[Any]) -> tuple[fields.Field, ...]:
    """The fields that together (with the owner) may occur only once; empty when rows may repeat."""
    keys = tuple(field for field in fields.of(cls) if field.key)
    owner = owner_field(cls)
    return (owner, *keys) if keys and owner else keys


def is_ordered(cls: type[Any]) -> bool:
    """Whether rows have a position among their siblings."""
    return any(field.order for field in fields.of(cls))
