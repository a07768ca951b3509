"""The numbers of an effect: which ones its shape is stated by, and that they are in order (model.md §3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from prodlead_desktop.domain import fields, initiatives, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput

PERCENTILES = ("p10", "p50", "p90")
BETWEEN = ("low", "mode", "high")
WORDS = {
    "percentiles": "P10, P50 and P90",
    "pert": "a PERT distribution",
    "triangular": "a triangular distribution",
}
NAMES = {"p10": "P10", "p50": "P50", "p90": "P90", "mode": "the most likely"}
_LADDER = ("low", "p10", "p50", "mode", "p90", "high")  # from the pessimistic end, whichever are stated


def is_between(effect: Effect) -> bool:
    """Whether it is stated as least, most likely and most, and not by percentiles."""
    return effect.shape != "percentiles"


def numbers_of(effect: Effect) -> dict[str, float | None]:
    """The numbers it is stated by, stated or not: three of a distribution, or percentiles and their bounds."""
    names = BETWEEN if is_between(effect) else (*PERCENTILES, "low", "high")
    return {name: getattr(effect, name) for name in names}


def strangers(effect: Effect, shape: str | None = None) -> tuple[str, ...]:
    """The stated numbers that do not belong to a shape, by default its own: percentiles, or the most likely."""
    foreign = ("mode",) if (shape or effect.shape) == "percentiles" else PERCENTILES
    return tuple(name for name in foreign if getattr(effect, name) is not None)


def out_of_order(effect: Effect) -> str:
    """Why its numbers cannot all be true, in words; empty when they rise.

    Percentiles lie within the bounds and touch them only where nothing is uncertain.
    """
    known = [value for name in _LADDER if (value := getattr(effect, name)) is not None]
    rises = known == sorted(known)
    if is_between(effect):
        return "" if rises else "Least ≤ most likely ≤ most: the pessimistic end comes first."
    stated = [value for name in PERCENTILES if (value := getattr(effect, name)) is not None]
    if stated != sorted(stated):
        return "P10 ≤ P50 ≤ P90: the pessimistic end comes first."
    touches = len(set(stated)) > 1 and (effect.low == stated[0] or effect.high == stated[-1])
    return "" if rises and not touches else "P10 and P90 lie between the lowest and the highest possible."


def on(reader: Reader, initiative: str, outcome: str) -> Effect | None:
    """The effect of an initiative on an outcome, if it is stated."""
    return next((row for row in initiatives.effects(reader, initiative) if row.outcome == outcome), None)


def state(edit: Edit, initiative: str, outcome: str, **numbers: float | None) -> str:
    """Say some of the numbers of an effect at full funding, in the outcome's unit; the others stay. Returns the id.

    BadInput when they are out of order, or belong to another shape than the effect has.
    """
    found = on(edit, initiative, outcome)
    changed = _with(found or Effect("", initiative, outcome), numbers)
    if strangers(changed):
        raise BadInput(
            f"This effect is stated as {WORDS[changed.shape]}.",
            "Its numbers and its shape are in the inspector.",
        )
    problem = out_of_order(changed)
    if problem:
        raise BadInput(problem, "Improvement counts towards the target.")
    return _put(edit, found, changed)


def set_shape(edit: Edit, initiative: str, outcome: str, shape: str) -> str:
    """State an effect in another way; numbers that answer another question go. Returns the id.

    Least and most stay as bounds of percentiles, and the other way round; no number becomes another.
    """
    found = on(edit, initiative, outcome)
    effect = found or Effect("", initiative, outcome)
    gone = _with(effect, dict.fromkeys(strangers(effect, shape)))
    return _put(edit, found, replace(gone, shape=shape))


def _with(effect: Effect, numbers: Mapping[str, float | None]) -> Effect:
    cleaned: dict[str, Any] = {name: rows.cleaned_for(Effect, name, value) for name, value in numbers.items()}
    return replace(effect, **cleaned)


def _put(edit: Edit, found: Effect | None, changed: Effect) -> str:
    if found is None:
        initiatives.data_of(edit, changed.initiative)
        values = {field.name: getattr(changed, field.name) for field in fields.of(Effect)}
        return rows.add(edit, Effect, **values)
    edit.put(changed)
    return changed.id
