"""The root statement: where the organisation wants to be."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData

PRECISIONS = ("day", "month", "quarter")


@dataclass(frozen=True, slots=True)
class AmbitionData(KindData):
    """The ambition's own number, shown on its card; it carries no weight in the value tree."""

    statement: str | None = fields.long_text("Statement")
    metric: str | None = fields.text("Metric")
    unit: str | None = fields.text("Unit")
    baseline: float | None = fields.number("From")
    target: float | None = fields.number("To")
    deadline: datetime.date | None = fields.date("By")
    deadline_precision: str | None = fields.choice("Deadline precision", PRECISIONS)


KIND = Kind(
    name="ambition",
    title="Ambition",
    plural="Ambitions",
    order=0,
    data=AmbitionData,
    icon="mountain",
    shape="ambition",
    usual_child="outcome",
    usual_parents=(),
    hint="Where do we want to be?",
)
