"""A *because* that could be false, and the test that would show it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData
from prodlead_desktop.domain.kinds.initiative import EVIDENCE

STATUSES = ("open", "testing", "holds", "broken")


@dataclass(frozen=True, slots=True)
class AssumptionData(KindData):
    """How likely it is and what a test costs."""

    statement: str | None = fields.long_text("We assume that")
    probability: float | None = fields.share("How likely")
    evidence: str | None = fields.choice("How do we know?", EVIDENCE)
    status: str | None = fields.choice("Status", STATUSES)
    test: str | None = fields.text("Test")
    test_cost: int | None = fields.money("Test costs")
    test_weeks: float | None = fields.number("Test takes", unit="weeks", low=0.0)
    test_by: datetime.date | None = fields.date("Test by")
    sensitivity: float | None = fields.share("Says yes when true")
    specificity: float | None = fields.share("Says no when false")


KIND = Kind(
    name="assumption",
    title="Assumption",
    plural="Assumptions",
    order=6,
    data=AssumptionData,
    icon="flask-conical",
    shape="assumption",
    usual_child="initiative",
    usual_parents=("outcome", "initiative"),
    digit=5,
    hint="What must be true?",
)
