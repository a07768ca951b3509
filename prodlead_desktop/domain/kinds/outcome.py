"""A measurable claim: from, to, by when, because; the only kind that counts in the value tree."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData
from prodlead_desktop.domain.kinds.ambition import PRECISIONS

VALUE_MODES = ("weight", "money", "none")
OVERLAPS = ("headroom", "sum", "max")


@dataclass(frozen=True, slots=True)
class OutcomeData(KindData):
    """The threshold card and the outcome's place in the value tree (model.md §2)."""

    statement: str | None = fields.long_text("Statement")
    metric: str | None = fields.text("Metric")
    unit: str | None = fields.text("Unit")
    baseline: float | None = fields.number("From", help="What the metric reads today.")
    baseline_date: datetime.date | None = fields.date("Measured on")
    baseline_source: str | None = fields.text("Source of the baseline")
    target: float | None = fields.number("To", help="What it must read for the claim to hold.")
    limit: float | None = fields.number("Natural limit", help="The best value the metric can ever take.")
    deadline: datetime.date | None = fields.date("By")
    deadline_precision: str | None = fields.choice("Deadline precision", PRECISIONS)
    because: str | None = fields.long_text("Because", help="The cause, not the wish.")
    wrong_if: str | None = fields.long_text("Wrong if", help="What would show that the claim is false.")
    threshold: float | None = fields.number("Starts to work at")
    threshold_share: float | None = fields.share(
        "Share lost below the threshold",
        help="If we got almost there but not past the threshold, what share of the benefit would we lose?",
    )
    contribution: float | None = fields.number(
        "Contribution k", help="Improvement of the outcome above per unit of improvement here."
    )
    lag: float | None = fields.number("Lag", unit="quarters", low=0.0)
    formula: str | None = fields.text("Formula")
    swing: float | None = fields.number(
        "Swing", unit="points", low=0.0, help="Against the biggest swing = 100."
    )
    over_delivery: float | None = fields.number("Credit for over-delivery κ", low=0.0)
    value_mode: str | None = fields.choice("Value as", VALUE_MODES)
    money_per_unit: int | None = fields.money("Money per unit and quarter")
    overlap: str | None = fields.choice("Overlap", OVERLAPS)
    review_days: int | None = fields.integer("Review wanted every", unit="days", low=1.0)


KIND = Kind(
    name="outcome",
    title="Outcome",
    plural="Outcomes",
    order=2,
    data=OutcomeData,
    icon="target",
    shape="outcome",
    usual_child="outcome",
    usual_parents=("ambition", "outcome", "market", "opportunity"),
    uses=("team", "segment"),
    digit=1,
    hint="What will be measurably different?",
)
