"""The columns of the bets table: how each cell is shown, typed, read and sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prodlead_desktop.analysis.stated import percentiles_of
from prodlead_desktop.domain import bets, effects, nodes, numerals, rows, tree, values
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPEC_OF, Node
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.initiatives import USUAL_LEVELS
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.money import Money
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.inspector import effect_words, wording
from prodlead_desktop.ui.style.fields import decimal_sign

Value = Any
ALIASES = {
    "success": ("chance", "probability", "success"),
    "start": ("start",),
    "delay": ("delay", "effect after"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``read`` turns text with a decimal sign into a value or raises BadInput, ``write`` puts it there."""

    name: str
    title: str
    width: int
    value: Callable[[Reader, Node], Value]
    shown: Callable[[Reader, Node], str]
    typed: Callable[[Reader, Node], str]
    read: Callable[[Reader, Node | None, str, str], Value]
    write: Callable[[Edit, str, Value], None]
    number: bool = False
    unit: str = ""
    aliases: tuple[str, ...] = ()
    doubt: Callable[[Reader, Node], str] = lambda reader, node: ""  # why a value that is taken looks wrong
    source: Callable[[Reader, Node], str] = lambda reader, node: (
        ""
    )  # what a value that is not stated follows from

    def sort_key(self, reader: Reader, node: Node) -> tuple[bool, Any]:
        """What is unknown comes last."""
        value = self.value(reader, node)
        if value is None or value == "":
            return True, ""
        return False, value.casefold() if isinstance(value, str) else value


def columns() -> tuple[Column, ...]:
    """Every column, left to right."""
    return (
        _title(), _outcome(), *(_level(slot) for slot in range(3)),
        *(_percentile(at, name) for at, name in enumerate(effects.PERCENTILES)),
        _field("evidence", "Evidence", 86), _field("success", "Works", 76, number=True, unit="%"),
        _reference("pool", "Pool", 94), _reference("team", "Team", 116), _reference("owner", "Owner", 124),
        _field("start", "Starts in", 80, number=True, unit="quarters"),
        _field("delay", "Effect in", 82, number=True, unit="quarters"),
    )  # fmt: skip


# -- single columns


def _title() -> Column:
    def read(reader: Reader, node: Node | None, text: str, decimal: str) -> str:
        words = rows.cleaned_for(Node, "title", text)
        if not words:
            raise BadInput("A bet needs a title.", "Delete the row on the map to get rid of it.")
        return str(words)

    return Column(
        "title", "Bet", 230, lambda reader, node: node.title, lambda reader, node: wording.node_words(node),
        lambda reader, node: node.title, read, nodes.rename, aliases=("initiative", "title", "name"),
    )  # fmt: skip


def _outcome() -> Column:
    def called(reader: Reader, node: Node) -> str:
        found = bets.served(reader, node.id).outcome
        return wording.node_words(found) if found is not None else ""

    def shown(reader: Reader, node: Node) -> str:
        more = bets.served(reader, node.id).more
        return f"{called(reader, node)} +{more}" if more else called(reader, node)

    def read(reader: Reader, node: Node | None, text: str, decimal: str) -> str | None:
        words = " ".join(text.split())
        if words in ("", wording.UNKNOWN):
            return None
        if node is not None and words == called(reader, node):
            found = bets.served(reader, node.id).outcome
            return found.id if found is not None else None
        outcomes = [other for other in tree.preorder(reader) if other.kind == "outcome"]
        return _named(outcomes, words, "outcome")

    return Column(
        "outcome", "Outcome served", 194, called, shown, called, read, bets.serve, aliases=("outcome", "serves"),
    )  # fmt: skip


def _level(slot: int) -> Column:
    def cost(reader: Reader, node: Node) -> int | None:
        level = bets.level_in(reader, node.id, slot)
        return level.cost if level is not None else None

    def shown(reader: Reader, node: Node) -> str:
        level, currency = bets.level_in(reader, node.id, slot), reader.header.currency
        return wording.money_short(level.cost, currency) if level is not None else ""

    def typed(reader: Reader, node: Node) -> str:
        return _plain_money(cost(reader, node), reader.header.currency)

    def read(reader: Reader, node: Node | None, text: str, decimal: str) -> int | None:
        words = text.strip()
        if words in ("", wording.UNKNOWN):
            return None
        amount = numerals.parse_money(words, reader.header.currency, decimal)
        if amount < 0:
            raise BadInput("A level cannot cost less than nothing.")
        return amount

    def write(edit: Edit, node_id: str, value: int | None) -> None:
        bets.set_level_cost(edit, node_id, slot, value)

    title = USUAL_LEVELS[slot]
    return Column(
        title.casefold(), title, 86, cost, shown, typed, read, write, number=True, unit="cost",
        aliases=(f"{title} cost",) + (("cost",) if slot == 1 else ()),
        doubt=lambda reader, node: bets.out_of_order(reader, node.id, slot),
    )  # fmt: skip


def _percentile(at: int, name: str) -> Column:
    """P10, P50 or P90; those of a PERT or triangular distribution follow from its numbers and cannot be typed."""

    def number(reader: Reader, node: Node) -> float | None:
        effect = bets.served(reader, node.id).effect
        return percentiles_of(effect)[at] if effect is not None else None

    def unit(reader: Reader, node: Node) -> str:
        outcome = bets.served(reader, node.id).outcome
        found = getattr(outcome.data, "unit", None) or "" if outcome is not None else ""
        return "pts" if found.startswith("%") else found

    def shown(reader: Reader, node: Node) -> str:
        value = number(reader, node)
        return wording.with_unit(numerals.number(value, 3), unit(reader, node)) if value is not None else ""

    def typed(reader: Reader, node: Node) -> str:
        value = number(reader, node)
        return wording.figure(value, decimal_sign(), "") if value is not None else ""

    def read(reader: Reader, node: Node | None, text: str, decimal: str) -> float | None:
        words = text.strip()
        if node is not None:
            words = wording.without_unit(words, unit(reader, node)).removesuffix("%").rstrip()
        value = None if words in ("", wording.UNKNOWN) else numerals.parse_number(words, decimal)
        effect = bets.served(reader, node.id).effect if node is not None else None
        if node is None or effect is None or not effects.is_between(effect):
            return value
        now = number(reader, node)
        if value != now:
            raise BadInput(
                f"This effect is {effects.WORDS[effect.shape]}.", "Its numbers are in the inspector."
            )
        return now

    def write(edit: Edit, node_id: str, value: float | None) -> None:
        bets.set_percentiles(edit, node_id, {name: value})

    def source(reader: Reader, node: Node) -> str:
        effect = bets.served(reader, node.id).effect
        return effect_words.spread(effect) if effect is not None else ""

    return Column(
        name, name.upper(), 84, number, shown, typed, read, write, number=True, unit="effect", source=source
    )  # fmt: skip


def _field(name: str, title: str, width: int, number: bool = False, unit: str = "") -> Column:
    field = wording.field_of(InitiativeData, name)

    def value(reader: Reader, node: Node) -> Value:
        return getattr(node.data, name, None)

    def shown(reader: Reader, node: Node) -> str:
        found = value(reader, node)
        if found is None:
            return ""
        return wording.value(reader, field, found) if not unit or unit == "%" else numerals.number(found, 2)

    def typed(reader: Reader, node: Node) -> str:
        found = value(reader, node)
        words = wording.typed(reader, field, found, decimal_sign())
        return f"{words} %" if words and field.type is FieldType.SHARE else words

    def read(reader: Reader, node: Node | None, text: str, decimal: str) -> Value:
        return _checked(
            field, _choice(field, text) if field.choices else _parsed(reader, field, text, unit, decimal)
        )

    def write(edit: Edit, node_id: str, found: Value) -> None:
        nodes.set_value(edit, node_id, name, found)

    return Column(
        name,
        title,
        width,
        value,
        shown,
        typed,
        read,
        write,
        number,
        unit,
        (field.title, *ALIASES.get(name, ())),
    )


def _reference(name: str, title: str, width: int) -> Column:
    field = wording.field_of(Node, name)
    cls = SPEC_OF[field.ref].cls

    def called(reader: Reader, node: Node) -> str:
        row = reader.find(cls, getattr(node, name))
        return wording.called(row) if row is not None else ""

    def read(reader: Reader, node: Node | None, text: str, decimal: str) -> str | None:
        words = " ".join(text.split())
        if words in ("", wording.UNKNOWN):
            return None
        return _named(list(reader.ordered(cls)), words, SPEC_OF[field.ref].title.lower())

    def write(edit: Edit, node_id: str, found: str | None) -> None:
        nodes.set_value(edit, node_id, name, found)

    return Column(name, title, width, called, called, called, read, write)


# -- reading


def _named(found: list[Any], words: str, what: str) -> str:
    """The id of the one thing of that name; BadInput, in words, when there is none or several."""
    same = [row for row in found if wording.called(row).casefold() == words.casefold()]
    if len(same) == 1:
        return str(same[0].id)
    if same:
        raise BadInput(f"{len(same)} {what}s are called “{words}”.", "Choose in the inspector.")
    raise BadInput(
        f"No {what} is called “{words[:60]}”.", "Check the spelling, or add it in the inspector first."
    )


def _choice(field: Field, text: str) -> str | None:
    words = text.strip().casefold()
    if words in ("", wording.UNKNOWN):
        return None
    found = next((choice for choice in field.choices if choice.casefold() == words), None)
    if found is None:
        raise BadInput(f"“{text.strip()[:40]}” is none of {', '.join(field.choices)}.")
    return found


def _parsed(reader: Reader, field: Field, text: str, unit: str, decimal: str) -> Value:
    bare = wording.without_unit(text.strip(), unit if unit != "%" else "")
    return wording.parsed(reader, field, bare, decimal)


def _checked(field: Field, value: Value) -> Value:
    cleaned = rows.cleaned(field, value)
    problem = values.problem_of(field, cleaned)
    if problem:
        raise BadInput(problem)
    return cleaned


def _plain_money(minor: int | None, currency: str) -> str:
    """An amount as spreadsheets read it: no currency sign and no groups."""
    if minor is None:
        return ""
    plain = f"{Money(minor, currency).major:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace(".", decimal_sign())
