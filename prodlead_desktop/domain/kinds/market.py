"""A market or segment the strategy attacks."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData


@dataclass(frozen=True, slots=True)
class MarketData(KindData):
    """Who is in the market and how many."""

    statement: str | None = fields.long_text("Who is in it")
    size: float | None = fields.number("Size", low=0.0)
    size_unit: str | None = fields.text("Unit of size")


KIND = Kind(
    name="market",
    title="Market",
    plural="Markets",
    order=1,
    data=MarketData,
    icon="globe",
    shape="market",
    usual_child="initiative",
    usual_parents=("ambition", "outcome"),
    digit=6,
    hint="Whom do we serve?",
)
