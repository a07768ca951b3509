"""Something the organisation must be able to do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData

STATUSES = ("in place", "building", "missing")


@dataclass(frozen=True, slots=True)
class CapabilityData(KindData):
    """Whether the capability is there, and since or from when."""

    statement: str | None = fields.long_text("What we can do")
    status: str | None = fields.choice("Status", STATUSES)
    people: float | None = fields.number("People", unit="people", low=0.0)
    available_from: datetime.date | None = fields.date("Available from")


KIND = Kind(
    name="capability",
    title="Capability",
    plural="Capabilities",
    order=4,
    data=CapabilityData,
    icon="layers",
    shape="capability",
    usual_child="initiative",
    usual_parents=("outcome", "ambition"),
    uses=("team",),
    digit=4,
    hint="What must we be able to do?",
)
