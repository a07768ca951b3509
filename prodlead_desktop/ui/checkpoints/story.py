"""What changed between two strategies as a room would tell it: subject by subject, each value then and now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.changes import Change
from prodlead_desktop.domain.differences import differences
from prodlead_desktop.domain.entities import (
    SPEC_OF,
    Allocation,
    Answer,
    Effect,
    Entity,
    Level,
    Link,
    Node,
    owner_field,
)
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.kind import kind as kind_of
from prodlead_desktop.domain.strategy import Reader, Strategy
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.facts import DOT, described

ARROW = " → "
LONGEST = 160
NOTHING = "none"
_NAMING: dict[type[Entity], tuple[str, ...]] = {Effect: ("initiative", "outcome"), Link: ("source", "target")}


@dataclass(frozen=True, slots=True)
class Subject:
    """One card, scenario or other thing with what happened to it; ``sign`` is "+", "−" or "" when it was there."""

    title: str
    what: str  # "Initiative", "Scenario", …
    sign: str
    lines: tuple[str, ...]
    kind: str = ""  # of a card, for its icon


def story(then: Strategy, now: Strategy) -> tuple[Subject, ...]:
    """What happened between two states, cards first, then scenarios and the rest; empty when they are the same."""
    by_subject: dict[tuple[str, str], list[Change]] = {}
    for change in differences(then, now):
        row = change.after or change.before
        if row is not None and not isinstance(
            row, Answer
        ):  # what somebody answered blind is nobody's business
            by_subject.setdefault(_subject_of(now if change.after else then, row), []).append(change)
    told = [_told(then, now, key, changes) for key, changes in by_subject.items()]
    first = {"node": 0, "scenario": 1, "header": 2}
    order = sorted(range(len(told)), key=lambda at: first.get(list(by_subject)[at][0], 3))
    return tuple(told[at] for at in order)


def _subject_of(reader: Reader, row: Entity) -> tuple[str, str]:
    """The thing a row is part of: (table, id) of the row it belongs to in the end, or its own."""
    cls = type(row)
    if isinstance(row, Effect):
        return "node", row.initiative
    if isinstance(row, Link):
        return "node", row.source
    owner = owner_field(cls)
    if owner is not None:
        above = reader.find(SPEC_OF[owner.ref].cls, getattr(row, owner.name))
        if above is not None:
            return _subject_of(reader, above)
    return next(table for table, spec in SPEC_OF.items() if spec.cls is cls), row.id


def _told(then: Strategy, now: Strategy, key: tuple[str, str], changes: list[Change]) -> Subject:
    table, row_id = key
    spec = SPEC_OF[table]
    before, after = then.find(spec.cls, row_id), now.find(spec.cls, row_id)
    row = after or before
    sign = "+" if before is None else "−" if after is None else ""
    what, kind = spec.title, ""
    if isinstance(row, Node):
        what, kind = kind_of(row.kind).title, row.kind
    title = wording.called(row) if row is not None else what
    if title == wording.UNTITLED and row is not None and not isinstance(row, Node):
        title = DOT.join(described(now if after else then, row)[:3]) or what
    lines: list[str] = []
    if not sign:
        for change in changes:
            lines += _lines(then, now, change, own=(change.table, change.id) == key)
    return Subject(title, what, sign, tuple(dict.fromkeys(lines)), kind)


def _lines(then: Strategy, now: Strategy, change: Change, own: bool) -> list[str]:
    """One line a value for the thing itself, one line a row for what hangs on it."""
    if change.before is not None and change.after is not None:
        values = _values(then, now, change.before, change.after)
        if own:
            return values
        name = _name(now, change.after)
        if isinstance(change.after, Allocation):
            return [f"{name}: {value}" for value in values]
        return [f"{SPEC_OF[change.table].title} {name}: {value}" for value in values]
    row, reader, sign = (
        (change.after, now, "added") if change.after is not None else (change.before, then, "removed")
    )
    if row is None:
        return []
    name = _name(reader, row)
    if isinstance(row, Allocation):
        given = _given(reader, row)
        return [f"{name}: {NOTHING + ARROW + given if change.after is not None else given + ARROW + NOTHING}"]
    facts = DOT.join(_facts(reader, row))
    return [short(f"{SPEC_OF[change.table].title} {name} {sign}" + (f": {facts}" if facts else ""))]


def _facts(reader: Reader, row: Entity) -> list[str]:
    """The known values of a row, without those that its line names already."""
    said = {wording.called(row), *_NAMING.get(type(row), ())}
    owner = owner_field(type(row))
    found = []
    for field in fields.of(type(row)):
        value = getattr(row, field.name)
        empty = value in (field.unsaid, None, ()) or value == "" or value is False
        if empty or field.order or field is owner or field.name in said or value in said:
            continue
        if field.ref and wording.value(reader, field, value) == _name(reader, row):
            continue
        found.append(f"{field.title} {wording.value(reader, field, value)}")
    return found


def _name(reader: Reader, row: Entity) -> str:
    """What a row that hangs on something is called: a level by its name, an allocation by its initiative."""
    if isinstance(row, Allocation):
        return wording.name_of(reader, "node", row.initiative)
    if isinstance(row, Effect):
        return f"on {wording.name_of(reader, 'node', row.outcome)}"
    if isinstance(row, Link):
        return f"to {wording.name_of(reader, 'node', row.target)}"
    if isinstance(row, Level):
        return f"“{row.name}”"
    named = wording.called(row)
    if named != wording.UNTITLED:
        return f"“{named}”"
    reference = next(
        (f for f in fields.of(type(row)) if f.ref and not f.owner and getattr(row, f.name)), None
    )
    return wording.name_of(reader, reference.ref, getattr(row, reference.name)) if reference else ""


def _given(reader: Reader, row: Allocation) -> str:
    """What an allocation gives, in a word."""
    if row.level is not None:
        return wording.name_of(reader, "level", row.level)
    if row.amount is not None:
        return wording.money_short(row.amount, reader.header.currency)
    return NOTHING


def _values(then: Strategy, now: Strategy, before: Any, after: Any) -> list[str]:
    if isinstance(before, Allocation) and (before.level, before.amount) != (after.level, after.amount):
        money = [f"{_given(then, before)}{ARROW}{_given(now, after)}"]
    else:
        money = []
    found = []
    for field in fields.of(type(before)):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new or (money and field.name in ("level", "amount")):
            continue
        if field.type is FieldType.DATA:
            if type(old) is type(new):
                found += _values(then, now, old, new)
        elif field.order:
            found.append("moved among its neighbours")
        else:
            found.append(_value(then, now, field, old, new))
    return money + [short(words) for words in found]


def _value(then: Strategy, now: Strategy, field: Field, old: Any, new: Any) -> str:
    if field.name == "kind" and isinstance(old, str) and isinstance(new, str):
        return f"Kind {kind_of(old).title.lower()}{ARROW}{kind_of(new).title.lower()}"
    before, after = (
        NOTHING if value in (None, "", ()) else wording.value(reader, field, value)
        for reader, value in ((then, old), (now, new))
    )
    return f"{field.title}: {before}{ARROW}{after}"


def short(words: str) -> str:
    """One line that ends in … when it would be too long to read."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def in_words(subjects: tuple[Subject, ...]) -> str:
    """How much changed: "2 added, 1 removed, 5 changed"."""
    counts = [
        (sum(subject.sign == "+" for subject in subjects), "added"),
        (sum(subject.sign == "−" for subject in subjects), "removed"),
        (sum(not subject.sign for subject in subjects), "changed"),
    ]
    return ", ".join(f"{number} {word}" for number, word in counts if number) or "nothing changed"
