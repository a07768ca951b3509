"""The clarity light: whether an outcome is a claim that can fail, and what it still lacks to be one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prodlead_desktop.domain.kinds.outcome import OutcomeData

CAUSE_WORDS = 6  # fewer words than that do not name a mechanism


class Light(Enum):
    """The three states of the light, from nothing to a claim."""

    NOISE = "noise"
    DIRECTION = "direction"
    CLEAR = "clear"


SENTENCES = {
    Light.NOISE: "Noise so far",
    Light.DIRECTION: "Direction only",
    Light.CLEAR: "Clear: this claim can fail",
}


@dataclass(frozen=True, slots=True)
class Clarity:
    """The light with what is missing, in the order in which it is asked for."""

    light: Light
    missing: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the light says."""
        return SENTENCES[self.light]

    @property
    def reason(self) -> str:
        """Why it says so: what is there, or what is missing, as one sentence."""
        if not self.missing:
            return "Number, date, cause and where it starts to work."
        return f"Missing: {_and(self.missing)}."


def of_outcome(data: OutcomeData) -> Clarity:
    """The light of an outcome: *clear* when nothing is missing, *noise* as long as it holds no number at all.

    Wanted are today's number, a different target, the unit, a deadline, a cause of at least six words and the
    threshold at which it starts to work.
    """
    missing = tuple(words for words, holds in _wanted(data) if not holds)
    if not missing:
        return Clarity(Light.CLEAR, ())
    has_number = data.baseline is not None or data.target is not None
    return Clarity(Light.DIRECTION if has_number else Light.NOISE, missing)


def _wanted(data: OutcomeData) -> tuple[tuple[str, bool], ...]:
    same = data.target is not None and data.target == data.baseline
    return (
        ("the metric", bool(data.metric)),
        ("today’s number", data.baseline is not None),
        ("a target that differs from today" if same else "the target", data.target is not None and not same),
        ("the unit", bool(data.unit)),
        ("a date", data.deadline is not None),
        (f"a cause in {CAUSE_WORDS} words or more", len((data.because or "").split()) >= CAUSE_WORDS),
        ("where it starts to work", data.threshold is not None),
    )


def _and(parts: tuple[str, ...]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
