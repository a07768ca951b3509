"""What an initiative costs at which level, and what it moves."""

from __future__ import annotations

from dataclasses import replace

from prodlead_desktop.domain import removal, rows, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Allocation, Demand, Effect, Level, Node
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput

USUAL_LEVELS = ("Minimum", "Full", "Stretch")


def data_of(reader: Reader, initiative: str) -> InitiativeData:
    """The initiative's own data; BadInput when the node is not an initiative."""
    node = reader.get(Node, initiative)
    if not isinstance(node.data, InitiativeData):
        raise BadInput(f"“{node.title}” is not an initiative.")
    return node.data


def levels(reader: Reader, initiative: str) -> tuple[Level, ...]:
    """The funding levels of an initiative, least money first as the room ordered them; *none* has no row."""
    return reader.by(Level, "initiative", initiative)


def add_level(
    edit: Edit, initiative: str, name: str = "", cost: int | None = None, share: float | None = None
) -> str:
    """Add a funding level at the end; without a name it gets the next usual one."""
    data_of(edit, initiative)
    have = {level.name for level in levels(edit, initiative)}
    usual = next((word for word in USUAL_LEVELS if word not in have), f"Level {len(have) + 1}")
    return rows.add(edit, Level, initiative=initiative, name=name or usual, cost=cost, share=share)


def users_of_level(reader: Reader, level_id: str) -> tuple[Allocation, ...]:
    """The allocations that fund this level, over all scenarios."""
    return reader.by(Allocation, "level", level_id)


def remove_level(edit: Edit, level_id: str, replacement: str | None = None) -> None:
    """Remove a level; scenarios that fund it take ``replacement``.

    BadInput when the level is in use and no replacement is given: money must not vanish silently.
    """
    level = edit.get(Level, level_id)
    used = users_of_level(edit, level_id)
    if used and replacement is None:
        raise BadInput(
            f"{len(used)} scenario{'s' if len(used) > 1 else ''} fund “{level.name}”.",
            "Choose the level they take instead.",
        )
    if replacement == level_id:
        raise BadInput("A level cannot replace itself.", "Choose another one.")
    for allocation in used:
        edit.put(replace(allocation, level=replacement))
    for demand in edit.by(Demand, "level", level_id):
        removal.remove(edit, demand)
    removal.remove(edit, level)


def default_outcome(reader: Reader, initiative: str) -> Node | None:
    """The outcome an initiative serves unless said otherwise: the nearest one above it on the map."""
    return tree.outcome_above(reader, initiative)


def effects(reader: Reader, initiative: str) -> tuple[Effect, ...]:
    """What an initiative moves."""
    return reader.by(Effect, "initiative", initiative)
