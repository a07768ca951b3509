"""What can receive capital."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.kind import Kind, KindData

FUNDINGS = ("levels", "curve")
CURVES = ("linear", "exponential", "hill", "step")
EVIDENCE = ("guess", "expert", "data", "tested")


@dataclass(frozen=True, slots=True)
class InitiativeData(KindData):
    """Costs, shape of the response, timing and chance (model.md §3); levels and effects are rows of their own."""

    statement: str | None = fields.long_text("What we would do")
    funding: str | None = fields.choice("Funded by", FUNDINGS, help="Unset means by levels.")
    full_cost: int | None = fields.money("Full cost")
    cost_p10: int | None = fields.money("Cost, P10")
    cost_p90: int | None = fields.money("Cost, P90")
    cost_profile: tuple[float, ...] = fields.numbers(
        "Cost by quarter",
        unit="share",
        help="Shares of the cost, counted from the initiative's own start.",
        low=0.0,
    )
    curve: str | None = fields.choice("Response curve", CURVES)
    half_share: float | None = fields.share("With half the money we keep")
    unlimited_times: float | None = fields.number("With unlimited money, times the planned effect", low=0.0)
    double_times: float | None = fields.number("With double the money, times the planned effect", low=0.0)
    least_share: float | None = fields.share("Below this share of the money we get nothing")
    start: float | None = fields.number("Starts in", unit="quarters from plan start", low=0.0)
    delay: float | None = fields.number("Effect starts after", unit="quarters", low=0.0)
    delay_p10: float | None = fields.number("Delay, P10", unit="quarters", low=0.0)
    delay_p90: float | None = fields.number("Delay, P90", unit="quarters", low=0.0)
    ramp: float | None = fields.number("Ramps up over", unit="quarters", low=0.0)
    half_life: float | None = fields.number("Effect halves every", unit="quarters", low=0.0)
    success: float | None = fields.share("Chance it works")
    mandatory: bool = fields.flag("Keep the lights on")
    evidence: str | None = fields.choice("How do we know?", EVIDENCE)
    stop_if: str | None = fields.long_text("Stop it if")
    stop_date: datetime.date | None = fields.date("Look at it on")


KIND = Kind(
    name="initiative",
    title="Initiative",
    plural="Initiatives",
    order=5,
    data=InitiativeData,
    icon="rocket",
    shape="initiative",
    usual_child="assumption",
    usual_parents=("outcome", "opportunity", "market", "capability"),
    uses=("team", "pool"),
    digit=3,
    hint="What could we do about it?",
)
