"""What an effect says before anything is computed with it, whichever way it is stated (model.md §3.3).

Maps and tables ask for every effect; numpy is loaded only where one is not stated by its percentiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodlead_desktop.domain import effects
from prodlead_desktop.domain.entities import Effect

if TYPE_CHECKING:
    from prodlead_desktop.analysis.distributions import Distribution

Percentiles = tuple[float | None, float | None, float | None]


def percentiles_of(effect: Effect) -> Percentiles:
    """As they are stated; a PERT or triangular distribution has its own, and none before all three numbers fit.

    Its own to three digits, as much as anybody reads out of least, most likely and most.
    """
    if not effects.is_between(effect):
        return effect.p10, effect.p50, effect.p90
    spread = spread_of(effect)
    if spread is None:
        return None, None, None
    from prodlead_desktop.analysis.distributions import percentiles

    p10, p50, p90 = (_three_digits(value) for value in percentiles(spread))
    return p10, p50, p90


def spread_of(effect: Effect) -> Distribution | None:
    """A PERT or triangular distribution; None before its numbers fit, and for percentiles, which need the outcome."""
    low, mode, high = effect.low, effect.mode, effect.high
    if low is None or mode is None or high is None or not effects.is_between(effect):
        return None
    from prodlead_desktop.analysis.distributions import between

    return None if effects.out_of_order(effect) else between(effect.shape, low, mode, high)


def mean_of(effect: Effect) -> float | None:
    """The mean of a PERT or triangular distribution, to three digits; None where there is none yet."""
    spread = spread_of(effect)
    return None if spread is None else _three_digits(spread.mean())


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")
