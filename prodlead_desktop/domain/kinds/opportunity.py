"""An unmet need or opening that initiatives could take."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData


@dataclass(frozen=True, slots=True)
class OpportunityData(KindData):
    """What was seen, and where."""

    statement: str | None = fields.long_text("What we saw")
    source: str | None = fields.text("Where we saw it")


KIND = Kind(
    name="opportunity",
    title="Opportunity",
    plural="Opportunities",
    order=3,
    data=OpportunityData,
    icon="lightbulb",
    shape="opportunity",
    usual_child="initiative",
    usual_parents=("outcome", "market"),
    digit=2,
    hint="Which opening could we take?",
)
