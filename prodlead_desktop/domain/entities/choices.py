"""What the room could choose and what could happen."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities.row import Entity

FARTHEST = 10.0  # times the way to the target; more is a percentage typed as a share


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
    frozen_at: str | None = fields.text("Kept as")
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
class Wish(Entity):
    """How far a scenario wishes to bring an outcome, as a share of the way from baseline to target (model.md §4.2)."""

    scenario: str = fields.owner("scenario", "Scenario")
    outcome: str = fields.ref("node", "Outcome", required=True, key=True, ref_kinds=("outcome",))
    attainment: float | None = fields.share("Attainment", high=FARTHEST, required=True)


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
    node: str | None = fields.ref("node", "Of", narrows=True)
    outcome: str | None = fields.ref("node", "On", narrows=True, ref_kinds=("outcome",))
    factor: float | None = fields.number("Times")
    value: float | None = fields.number("Becomes")
    holds: bool | None = fields.column(fields.FieldType.FLAG, "Holds")
