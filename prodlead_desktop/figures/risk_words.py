"""What the charts of risk share: the simulation of scenarios, refusals in words, and how the numbers came about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prodlead_desktop.domain.numerals import number
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    from prodlead_desktop.analysis.simulate.scenarios import ScenarioRisk

Step = Callable[[float | None], None]
Risks = tuple["ScenarioRisk", ...]


def simulated(
    strategy: Strategy, scenarios: tuple[str, ...], step: Step, money_per_point: float | None = None
) -> Risks | str:
    """The simulation of scenarios, or in words why there is none."""
    from prodlead_desktop.analysis.simulate.scenarios import (
        of_scenarios,
    )  # numbers are not needed by the first frame

    try:
        return of_scenarios(strategy, scenarios, step, money_per_point=money_per_point)
    except BadInput as error:
        return str(error)


def how(risks: Risks) -> str:
    """Draws, futures and what is left out."""
    from prodlead_desktop.analysis.simulate.run import DRAWS

    first = risks[0]
    over = ""
    if first.as_now:
        over = ", as things are now: the futures have no probabilities"
    elif len(first.problem.futures) > 1:
        over = f", over {len(first.problem.futures)} futures by probability"
    left_out = max(len(one.problem.unknowns) for one in risks)
    unknown = f" {left_out} things nobody has said are left out." if left_out > 1 else ""
    if left_out == 1:
        unknown = " One thing nobody has said is left out."
    return f"{number(DRAWS)} draws, the same luck for every scenario{over}.{unknown}"
