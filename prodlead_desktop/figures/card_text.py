"""The lines of words on a card, one function per kind of data, so that map, outline and exports say the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Allocation, Header, Level, Node
from prodlead_desktop.domain.initiatives import USUAL_LEVELS
from prodlead_desktop.domain.kinds.ambition import AmbitionData
from prodlead_desktop.domain.kinds.assumption import AssumptionData
from prodlead_desktop.domain.kinds.capability import CapabilityData
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.kinds.market import MarketData
from prodlead_desktop.domain.kinds.note import NoteData
from prodlead_desktop.domain.kinds.opportunity import OpportunityData
from prodlead_desktop.domain.kinds.outcome import OutcomeData

UNKNOWN = "?"
NONE = "none"
PIPS = 3
_DOT = " · "
_USUAL = {name: name.lower() for name in (*USUAL_LEVELS, "None")}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands below a title: the metric line, the same when space is short, the one value of a compact card."""

    metric: str = ""
    short: str = ""
    value: str = ""


def words(node: Node, header: Header) -> Words:
    """The metric line of a node in the words of its kind; empty when there is nothing to say."""
    return _WORDS[type(node.data)](node, header)


def says(node: Node) -> bool:
    """Whether `words(node, …)` has a metric line: what a card's height needs to know of it."""
    return _SAYS[type(node.data)](node)


def step(levels: tuple[Level, ...], given: Allocation | None, data: Any) -> tuple[int, str]:
    """How many of three pips are filled and the word beside them, for what an initiative gets."""
    if given is None or (given.level is None and not given.amount):
        return 0, NONE
    if given.level is not None:
        place = next((i for i, level in enumerate(levels, 1) if level.id == given.level), 0)
        name = levels[place - 1].name if place else ""
        filled = place if len(levels) <= PIPS else max(1, round(place * PIPS / len(levels)))
        return filled, _USUAL.get(name, name)
    full = data.full_cost if isinstance(data, InitiativeData) else None
    if not full:
        return 1, "funded"
    share = (given.amount or 0) / full
    return (1 if share < 1 else 2 if share <= 1 else PIPS), f"{numerals.percent(share)} of full"


def money_text(placed: int, unknown: bool, currency: str) -> str:
    """A money chip: "€1.54 M", "€0", "€ ?"; a sum with unknown parts says so."""
    if unknown and not placed:
        return f"{numerals.money_short(0, currency).rstrip('0').rstrip()} {UNKNOWN}".strip()
    shown = numerals.money_short(placed, currency)
    return f"{shown} + {UNKNOWN}" if unknown else shown


def _claim(node: Node, header: Header) -> Words:
    data: Any = node.data
    when = _when(data.deadline, data.deadline_precision, header.plan_start)
    if data.baseline is None and data.target is None:
        name = data.metric or ""
        return Words(_DOT.join(filter(None, (name, when))), name or when, name)
    value = f"{_number(data.baseline)} → {_number(data.target)}"
    full = f"{value} {data.unit}" if data.unit else value
    return Words(_DOT.join(filter(None, (full, when))), full, full)


def _market(node: Node, header: Header) -> Words:
    data: Any = node.data
    if data.size is None:
        return Words()
    return _same(f"{numerals.number(data.size)} {data.size_unit or ''}".rstrip())


def _opportunity(node: Node, header: Header) -> Words:
    data: Any = node.data
    return _same(data.source or "")


def _capability(node: Node, header: Header) -> Words:
    data: Any = node.data
    people = ""
    if data.people is not None:
        people = f"{numerals.number(data.people)} {'person' if data.people == 1 else 'people'}"
    return Words(_DOT.join(filter(None, (data.status, people))), data.status or people, data.status or people)


def _assumption(node: Node, header: Header) -> Words:
    data: Any = node.data
    if data.status in ("holds", "broken"):
        return _same(data.status)
    by = f"test by {_when(data.test_by, 'month', header.plan_start)}" if data.test_by else ""
    costs = numerals.money_short(data.test_cost, header.currency) if data.test_cost is not None else ""
    likely = f"{numerals.percent(data.probability)} likely" if data.probability is not None else ""
    parts = [part for part in (by, costs) if part] or [part for part in (likely,) if part]
    return Words(_DOT.join(parts), parts[0] if parts else "", parts[0] if parts else "")


def _initiative(node: Node, header: Header) -> Words:
    return Words()


def _note(node: Node, header: Header) -> Words:
    return _same((node.note or "").split("\n", 1)[0].strip())


def _same(line: str) -> Words:
    return Words(line, line, line)


def _number(value: float | None) -> str:
    return UNKNOWN if value is None else numerals.number(value)


def _when(date: datetime.date | None, precision: str | None, plan_start: datetime.date | None) -> str:
    """A deadline, with its year unless it falls into the year the plan starts in."""
    if date is None:
        return ""
    return numerals.deadline(date, precision, with_year=plan_start is None or date.year != plan_start.year)


def _claims(node: Node) -> bool:
    data: Any = node.data
    known = data.baseline is not None or data.target is not None or data.deadline is not None
    return known or bool(data.metric)


def _tests(node: Node) -> bool:
    data: Any = node.data
    facts = (data.test_by, data.test_cost, data.probability)
    return data.status in ("holds", "broken") or facts != (None, None, None)


def _remarks(node: Node) -> bool:
    return bool((node.note or "").split("\n", 1)[0].strip())


_WORDS: dict[type[Any], Callable[[Node, Header], Words]] = {
    AmbitionData: _claim,
    MarketData: _market,
    OutcomeData: _claim,
    OpportunityData: _opportunity,
    CapabilityData: _capability,
    InitiativeData: _initiative,
    AssumptionData: _assumption,
    NoteData: _note,
}
_SAYS: dict[type[Any], Callable[[Node], bool]] = {
    AmbitionData: _claims,
    MarketData: lambda node: node.data.size is not None,  # type: ignore[attr-defined]
    OutcomeData: _claims,
    OpportunityData: lambda node: bool(node.data.source),  # type: ignore[attr-defined]
    CapabilityData: lambda node: bool(node.data.status) or node.data.people is not None,  # type: ignore[attr-defined]
    InitiativeData: lambda node: False,
    AssumptionData: _tests,
    NoteData: _remarks,
}
