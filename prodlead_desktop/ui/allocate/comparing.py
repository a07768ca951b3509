"""What the rows of the table are held against: another scenario's money, and what that and the next step sort by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps

Amounts = Mapping[str, int | None]


def amounts_of(strategy: Strategy, other: Scenario | None, scenario: str) -> Amounts | None:
    """Minor units by initiative in the other scenario, 0 where it funds nothing; None without another one."""
    if other is None or other.id == scenario:
        return None
    return {
        key: 0 if cost is None and not capital.is_funded(strategy, other.id, key) else cost
        for key, cost in capital.costs(strategy, other.id).items()
    }


def ranks(
    strategy: Strategy, scenario: str, sort: str, steps: Steps | None, amounts: Amounts | None
) -> dict[str, float] | None:
    """What "gain" and "since" sort by; None for other orders, and for gains that nobody knows yet."""
    if sort == "gain" and steps is not None:
        return {key: gain for key in steps.steps if (gain := steps.gain(key)) is not None}
    if sort == "since":
        before = amounts or {}
        costs = capital.costs(strategy, scenario)
        return {key: float((cost or 0) - (before.get(key) or 0)) for key, cost in costs.items()}
    return None
