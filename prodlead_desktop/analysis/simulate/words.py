"""Simulated numbers as a room may read them: no digit that the draws do not carry, chances in 100 (model.md §5)."""

from __future__ import annotations

import math

from prodlead_desktop.analysis.simulate.statistics import Chance, Estimate
from prodlead_desktop.domain.numerals import NBSP, number, percent
from prodlead_desktop.domain.numerals import money as amount

_FIGURES = 4  # of a number that nothing makes uncertain
_NEARLY_NONE, _COARSE, _VERY_COARSE = 0.005, 0.025, 0.05


def unit_of(row: Estimate) -> float:
    """The place of the last digit worth showing: the power of ten at or above the standard error."""
    if row.se is None:  # nobody can tell; one figure is enough
        return _power(abs(row.value))
    if row.se <= 1e-12 * abs(row.value):
        return min(_power(abs(row.value)) / 10.0 ** (_FIGURES - 1), 1.0)
    return 10.0 ** math.ceil(math.log10(row.se) - 1e-9)


def _power(size: float) -> float:
    return 10.0 ** math.floor(math.log10(size)) if size > 0.0 else 1.0


def rounded(row: Estimate, unit: float = 0.0) -> float:
    """The number with no digit that the draws do not carry, for tables."""
    unit = max(unit_of(row), unit, 1e-9)
    return (
        round(row.value, max(round(-math.log10(unit)), 0)) if unit < 1.0 else round(row.value / unit) * unit
    )


def estimate(row: Estimate, unit: float = 0.0) -> str:
    """The number down to its standard error, or to a coarser ``unit``: 53.04 ± 0.035 is 53, 53,211 ± 350 is 53,000."""
    unit = max(unit_of(row), unit, 1e-9)
    places = max(round(-math.log10(unit)), 0)
    return number(round(row.value / unit) * unit if unit >= 1.0 else row.value, places)


def money(row: Estimate, currency: str) -> str:
    """An amount in minor units down to its standard error."""
    unit = max(unit_of(row), 1.0)
    return amount(round(round(row.value / unit) * unit), currency)


def chance(row: Chance) -> str:
    """“about 5 in 100”; “< 0.4 %” when it never happened; coarser where the interval is wide."""
    if row.value <= 0.0:
        return f"<{NBSP}{_upwards(row.high)}" if row.high > 0.0 else "never"
    if row.value >= 1.0:
        return f">{NBSP}{percent(1.0 - _ceiling(1.0 - row.low), 4)}" if row.low < 1.0 else "always"
    if row.value < _NEARLY_NONE:
        return "fewer than 1 in 100"
    if row.value > 1.0 - _NEARLY_NONE:
        return "more than 99 in 100"
    half = (row.high - row.low) / 2.0
    step = 10 if half > _VERY_COARSE else 5 if half > _COARSE else 1
    return f"about {min(max(round(100 * row.value / step) * step, 1), 99)} in 100"


def chance_briefly(row: Chance) -> str:
    """ "5 in 100", "<1 in 100": for a narrow column."""
    if row.value < _NEARLY_NONE:
        return "never" if row.high <= 0.0 else "<1 in 100"
    if row.value > 1.0 - _NEARLY_NONE:
        return "always" if row.low >= 1.0 else ">99 in 100"
    return chance(row).removeprefix("about ")


def _ceiling(share: float) -> float:
    """A share rounded up to one figure."""
    unit = _power(share)
    return math.ceil(share / unit - 1e-9) * unit


def _upwards(share: float) -> str:
    return percent(_ceiling(share), 4)
