"""What happens in the room and what is kept of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities.row import Entity


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
