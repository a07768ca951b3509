"""Pools, teams and people; who decides what, and which meetings look at it."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities.row import Entity


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
