"""Everything a strategy is made of: frozen rows that refer to each other by id (model.md §1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities.choices import Allocation, Band, Future, Scenario, Shift, Wish
from prodlead_desktop.domain.entities.map import (
    Demand,
    Dependency,
    Effect,
    Header,
    Level,
    Link,
    Node,
    Reading,
    Tranche,
)
from prodlead_desktop.domain.entities.organisation import (
    AgendaShare,
    Attendee,
    Cadence,
    Consulted,
    Incentive,
    Person,
    Pool,
    Right,
    RightPool,
    RightScope,
    Team,
)
from prodlead_desktop.domain.entities.row import HEADER_ID, ORDER_STEP, Entity
from prodlead_desktop.domain.entities.workshop import (
    Action,
    AgendaItem,
    Answer,
    Decision,
    ParkedRemark,
    Round,
    SavedView,
    ViewFold,
)

__all__ = [
    "HEADER_ID", "ORDER_STEP", "SPECS", "SPEC_OF", "TABLE_OF", "Action", "AgendaItem", "AgendaShare",
    "Allocation", "Answer", "Attendee", "Band", "Cadence", "Consulted", "Decision", "Demand", "Dependency",
    "Effect", "Entity", "Future", "Header", "Incentive", "Level", "Link", "Node", "ParkedRemark", "Person",
    "Pool", "Reading", "Right", "RightPool", "RightScope", "Round", "SavedView", "Scenario", "Shift",
    "Spec", "Team", "Tranche", "ViewFold", "Wish", "is_ordered", "key_fields", "owner_field",
]  # fmt: skip


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
    Spec("wish", Wish, "wish", "wishes", "Target wish"),
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


@cache
def _keys(table: str) -> tuple[fields.Field, ...]:
    cls = SPEC_OF[table].cls
    keys = tuple(field for field in fields.of(cls) if field.key)
    owner = owner_field(cls)
    return (owner, *keys) if keys and owner else keys


def key_fields(cls: type[Any]) -> tuple[fields.Field, ...]:
    """The fields that together (with the owner) may occur only once; empty when rows may repeat."""
    return _keys(TABLE_OF[cls])


def is_ordered(cls: type[Any]) -> bool:
    """Whether rows have a position among their siblings."""
    return any(field.order for field in fields.of(cls))
