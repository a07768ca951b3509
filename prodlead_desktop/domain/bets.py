"""Initiatives as rows of a table: the outcome each one serves, its effect there, and its usual funding levels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodlead_desktop.domain import effects, initiatives, nodes, numerals, rows, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect, Level, Node
from prodlead_desktop.domain.initiatives import USUAL_LEVELS
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput


@dataclass(frozen=True, slots=True)
class Served:
    """The outcome an initiative serves first, the effect on it if it is stated, and how many more it moves."""

    outcome: Node | None
    effect: Effect | None
    more: int


def bets(reader: Reader) -> list[Node]:
    """Every initiative, in map order."""
    return [node for node in tree.preorder(reader) if node.kind == "initiative"]


def served(reader: Reader, initiative: str) -> Served:
    """The effect on the outcome above on the map, else the first effect, else the outcome above without one."""
    above = tree.outcome_above(reader, initiative)
    stated = initiatives.effects(reader, initiative)
    first = next((row for row in stated if above is not None and row.outcome == above.id), None)
    first = first or next(iter(stated), None)
    outcome = reader.get(Node, first.outcome) if first is not None else above
    return Served(outcome, first, max(0, len(stated) - 1))


def serve(edit: Edit, initiative: str, outcome: str | None) -> None:
    """Let an initiative serve another outcome first: its first effect moves there with its numbers.

    None takes the effect away. Without an effect, and with no outcome above it, the card moves below the outcome.
    """
    now = served(edit, initiative)
    if outcome is None:
        if now.effect is not None:
            edit.remove(now.effect)
        return
    goal = edit.get(Node, outcome)
    if goal.kind != "outcome":
        raise BadInput(f"“{goal.title}” is no outcome.", "Choose an outcome.")
    if now.outcome is not None and now.outcome.id == outcome:
        return
    if any(row.outcome == outcome for row in initiatives.effects(edit, initiative)):
        raise BadInput(f"It moves “{goal.title}” already.", "Its effects are in the inspector.")
    if now.effect is not None:
        edit.put(replace(now.effect, outcome=outcome))
    elif now.outcome is None and edit.get(Node, initiative).parent is None:
        nodes.move(edit, [initiative], outcome)
    else:
        rows.add(edit, Effect, initiative=initiative, outcome=outcome)


def set_percentiles(edit: Edit, initiative: str, values: dict[str, float | None]) -> None:
    """State some of P10, P50 and P90 of the effect on the outcome served; the others stay.

    BadInput, in words, without an outcome, when they would be out of order, and when it is stated in another way.
    """
    now = served(edit, initiative)
    if now.outcome is None:
        if any(value is not None for value in values.values()):
            raise BadInput("It serves no outcome yet.", "Fill in the outcome first.")
        return
    had = {name: getattr(now.effect, name) if now.effect else None for name in values}
    if values != had:
        effects.state(edit, initiative, now.outcome.id, **values)


def level_in(reader: Reader, initiative: str, slot: int) -> Level | None:
    """The level of a usual name (0 minimum, 1 full, 2 stretch); by position when none has a usual name."""
    levels = initiatives.levels(reader, initiative)
    names = [level.name.casefold() for level in levels]
    usual = [name.casefold() for name in USUAL_LEVELS]
    if any(name in usual for name in names):
        wanted = usual[slot]
        return levels[names.index(wanted)] if wanted in names else None
    places = {0: 1, 1: 0, 2: 2} if len(levels) == 1 else {0: 0, 1: 1, 2: 2}
    return levels[places[slot]] if places[slot] < len(levels) else None


def out_of_order(reader: Reader, initiative: str, slot: int) -> str:
    """Why the cost of a usual level does not go with that of another, in words; empty when they rise."""
    here = level_in(reader, initiative, slot)
    for other in range(3):
        there = level_in(reader, initiative, other)
        if other == slot or here is None or there is None or here.cost is None or there.cost is None:
            continue
        low, high = (here, there) if slot < other else (there, here)
        if low.cost is not None and high.cost is not None and low.cost > high.cost:
            dear, cheap = (
                numerals.money_short(level.cost or 0, reader.header.currency) for level in (low, high)
            )
            return f"{low.name} costs {dear}, more than {high.name} at {cheap}."
    return ""


def set_level_cost(edit: Edit, initiative: str, slot: int, cost: int | None) -> None:
    """Say what a usual level costs; it is added, in its place, when it is not there. None makes the cost unknown."""
    level = level_in(edit, initiative, slot)
    if level is not None:
        if level.cost != cost:
            edit.put(replace(level, cost=cost))
        return
    if cost is None:
        return
    added = edit.get(Level, initiatives.add_level(edit, initiative, USUAL_LEVELS[slot], cost))
    later = [level_in(edit, initiative, other) for other in range(slot + 1, 3)]
    after = next((level for level in later if level is not None), None)
    if after is not None:
        here = [level for level in initiatives.levels(edit, initiative) if level.id != added.id]
        here.insert(next(n for n, level in enumerate(here) if level.id == after.id), added)
        for level, order in zip(here, sorted(level.order for level in here), strict=True):
            if level.order != order:
                edit.put(replace(level, order=order))
