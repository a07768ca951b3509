"""An effect in plain words: "16 min faster", whatever the direction of the metric."""

from __future__ import annotations

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.ui.inspector import wording

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
