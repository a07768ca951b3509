"""An effect in plain words: "16 min faster", whatever the direction of the metric."""

from __future__ import annotations

from collections.abc import Sequence

from prodlead_desktop.analysis.stated import mean_of, percentiles_of
from prodlead_desktop.domain import effects, numerals
from prodlead_desktop.domain.entities import Effect
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.ui.inspector import wording

SHAPES = {"percentiles": "P10, P50, P90", "pert": "PERT", "triangular": "Triangular"}
TIME_UNITS = frozenset(
    "ms s sec second seconds min mins minute minutes h hour hours d day days wk week weeks month months".split()
)


def improvement(data: OutcomeData, value: float) -> str:
    """What an improvement of ``value`` means for the metric, in its unit: faster, less, more or better.

    Positive is towards the target; without a baseline and a target nobody knows which way that is.
    """
    number = numerals.number(abs(value), 3)
    percent = (data.unit or "").startswith("%")  # an improvement of a percentage is told in points
    points = "point" if number == "1" else "points"
    amount = f"{number} {points}" if percent else wording.with_unit(number, data.unit)
    if value == 0:
        return "no effect"
    falling = is_falling(data)
    if falling is None:
        return f"{amount} {'better' if value > 0 else 'worse'}"
    down = falling == (value > 0)
    if (data.unit or "").casefold() in TIME_UNITS:
        return f"{amount} {'faster' if down else 'slower'}"
    return f"{amount} {'less' if down else 'more'}"


def is_falling(data: OutcomeData) -> bool | None:
    """Whether the metric is meant to fall; None when that is not known."""
    if data.baseline is None or data.target is None or data.baseline == data.target:
        return None
    return data.target < data.baseline


def in_words(data: OutcomeData, stated: Effect) -> str:
    """What an effect says, whichever way it is stated."""
    mean, (p10, _, p90) = mean_of(stated), percentiles_of(stated)
    if mean is not None and p10 is not None and p90 is not None:
        ends = f"{numerals.number(p10, 3)} to {numerals.number(p90, 3)}"
        sure = "as one fixed number" if p10 == p90 else f"{ends} in 8 of 10 cases"
        return f"{improvement(data, mean)}{'' if p10 == p90 else ' on average'}, {sure}."
    if effects.is_between(stated):
        named = {"the least": stated.low, "the most likely value": stated.mode, "the most": stated.high}
        missing = [words for words, value in named.items() if value is None]
        if len(missing) == 3:
            return "Nobody has said by how much."
        return f"Counts as nothing until {listed(missing)} {'is' if len(missing) == 1 else 'are'} known."
    low, high = stated.low, stated.high
    if (
        stated.p50 is not None
        and (stated.p10, stated.p90) == (None, None)
        and low is not None
        and high is not None
    ):
        ends = f"from {numerals.number(low, 3)} to {numerals.number(high, 3)}"
        return f"{improvement(data, stated.p50)} in the middle, {ends} at the ends."
    return effect(data, stated.p10, stated.p50, stated.p90)


def spread(stated: Effect) -> str:
    """What its percentiles follow from: "PERT, 2 to 14, most likely 5"; empty where they are stated themselves."""
    if not effects.is_between(stated):
        return ""
    low, mode, high = (
        wording.UNKNOWN if value is None else numerals.number(value, 3)
        for value in (stated.low, stated.mode, stated.high)
    )
    return f"{SHAPES[stated.shape]}, {low} to {high}, most likely {mode}"


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def effect(data: OutcomeData, p10: float | None, p50: float | None, p90: float | None) -> str:
    """An effect in a sentence's part: "16 min faster, between 10 and 22"; what is unknown is said."""
    middle = p50 if p50 is not None else p10 if p90 is None else p90 if p10 is None else None
    if p50 is None and p10 is None and p90 is None:
        return "Nobody has said by how much."
    ends = [numerals.number(value, 3) for value in (p10, p90) if value is not None]
    if middle is None:
        return f"Between {ends[0]} and {wording.with_unit(ends[1], data.unit)}; the middle is unknown."
    said = improvement(data, middle)
    if p50 is None:
        return (
            f"{said} at the {'pessimistic' if p10 is not None else 'optimistic'} end; the middle is unknown."
        )
    if len(ends) == 2 and p10 != p90:
        return f"{said}, between {ends[0]} and {ends[1]}."
    return f"{said}, as one fixed number."
