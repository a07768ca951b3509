"""What could happen: futures with what each of them changes, refused in words when it cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prodlead_desktop.domain import names, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Future, Node, Shift
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput

MAY_BE_ROUNDED = 0.02  # so much may be missing of probabilities that add up to 1
WHATS = {
    "costs": "Costs",
    "effects": "Effects",
    "baseline": "Baseline",
    "assumption": "Assumption",
}
_KINDS = {"costs": "initiative", "effects": "initiative", "baseline": "outcome", "assumption": "assumption"}


def create(edit: Edit, name: str = "Future") -> str:
    """Add a future that changes nothing yet; its name is made unique. Returns its id; BadInput when it is empty."""
    return rows.add(edit, Future, name=names.unique(name, edit.all(Future).values(), "future"))


def named(reader: Reader, id_or_name: str) -> Future:
    """The future with this id or this unique name; BadInput in words otherwise."""
    return names.find(reader, Future, id_or_name, "future")


def rename(edit: Edit, future: str, name: str) -> None:
    """Give a future another name, made unique; BadInput when it is empty."""
    others = [row for row in edit.all(Future).values() if row.id != future]
    rows.set_value(edit, Future, future, "name", names.unique(name, others, "future"))


def set_probability(edit: Edit, future: str, probability: float | None) -> None:
    """Set how likely a future is (0..1); None is unknown, which is no shame. BadInput outside 0..1."""
    if probability is not None and not 0.0 <= probability <= 1.0:
        raise BadInput("A probability lies between 0 % and 100 %.")
    rows.set_value(edit, Future, future, "probability", probability)


def total_probability(reader: Reader) -> tuple[float, int]:
    """The sum of the known probabilities, and how many futures have none."""
    known = [future.probability for future in reader.ordered(Future)]
    return sum(value for value in known if value is not None), sum(value is None for value in known)


def move(edit: Edit, future: str, step: int) -> None:
    """Move a future ``step`` places down (negative: up) in the list; it stops at both ends."""
    order = [one.id for one in edit.ordered(Future)]
    here = order.index(future)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    places = sorted(one.order for one in edit.ordered(Future))
    for place, one in zip(places, order, strict=True):
        row = edit.get(Future, one)
        if row.order != place:
            edit.put(replace(row, order=place))


def candidates(reader: Reader, what: str) -> tuple[Node, ...]:
    """The nodes a change of this kind can be about, in the order of their titles."""
    kind = _KINDS[what]
    found = [node for node in reader.all(Node).values() if node.kind == kind]
    return tuple(sorted(found, key=lambda node: (node.title.casefold(), node.id)))


def add_shift(edit: Edit, future: str, what: str) -> str:
    """Add what a future changes, at a start that means something; BadInput when there is nothing to change.

    Costs and effects: of all initiatives, times 1. A baseline or an assumption: of the first outcome or assumption.
    """
    if what not in WHATS:
        raise ValueError(what)
    if what in ("costs", "effects"):
        return rows.add(edit, Shift, future=future, what=what, factor=1.0)
    found = candidates(edit, what)
    if not found:
        raise BadInput(f"There is no {_KINDS[what]} on the map yet.", "Draw one first.")
    if what == "baseline":
        first = found[0]
        start = getattr(first.data, "baseline", None)
        return rows.add(edit, Shift, future=future, what=what, node=first.id, value=start)
    return rows.add(edit, Shift, future=future, what=what, node=found[0].id, holds=False)


def set_shift(edit: Edit, shift: str, field: str, value: Any) -> None:
    """Set "node", "outcome", "factor", "value" or "holds" of a change; BadInput when the factor is negative."""
    if field not in ("node", "outcome", "factor", "value", "holds"):
        raise ValueError(field)
    if field == "factor" and value is not None and value < 0:
        raise BadInput(
            "A factor cannot be negative.", "0 takes all away, 1 changes nothing, 1.2 is 20 % more."
        )
    rows.set_value(edit, Shift, shift, field, value)


def in_words(reader: Reader, shift: Shift) -> str:
    """What a change says: "Costs of all initiatives × 1.2"."""
    node, outcome = reader.find(Node, shift.node), reader.find(Node, shift.outcome)
    of = f"“{node.title}”" if node else "all initiatives"
    if shift.what == "baseline":
        value = "?" if shift.value is None else f"{shift.value:g}"
        return f"Baseline of {of if node else '?'} is {value}"
    if shift.what == "assumption":
        return f"{of if node else '?'} {'holds' if shift.holds else 'does not hold'}"
    on = f" on “{outcome.title}”" if outcome else ""
    factor = "?" if shift.factor is None else f"{shift.factor:g}"
    return f"{WHATS.get(shift.what or '', '?')} of {of}{on} × {factor}"
