"""What the room could choose: budgets and what each initiative gets."""

from __future__ import annotations

from dataclasses import replace

from prodlead_desktop.domain import fields, initiatives, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    SPECS,
    Allocation,
    Level,
    Node,
    Scenario,
)
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput

COLOURS = 6
PLAN = "plan of record"


def create(edit: Edit, name: str, copy_of: str | None = None) -> str:
    """Add a scenario, empty or with everything another one has; its name is made unique. Returns its id."""
    new_name = unique_name(edit, name)
    taken = {scenario.colour for scenario in edit.all(Scenario).values()}
    colour = next(
        (index for index in range(COLOURS) if index not in taken), len(edit.all(Scenario)) % COLOURS
    )
    if copy_of is None:
        return rows.add(edit, Scenario, name=new_name, colour=colour)
    source = edit.get(Scenario, copy_of)
    scenario_id = rows.add(edit, Scenario, name=new_name, colour=colour)
    added = edit.get(Scenario, scenario_id)
    edit.put(
        replace(
            source, id=scenario_id, name=new_name, colour=colour, order=added.order, status="draft", frozen_at=None,
            frozen_total=None,
        )
    )  # fmt: skip
    for spec in SPECS:
        if any(field.owner and field.ref == "scenario" for field in fields.of(spec.cls)):
            for row in edit.by(spec.cls, "scenario", copy_of):
                edit.put(replace(row, id=new_id(spec.prefix), scenario=scenario_id))
    return scenario_id


def unique_name(reader: Reader, name: str) -> str:
    """``name``, with a number behind it when a scenario is called that already; BadInput when it is empty."""
    wanted = one_line(name)
    if not wanted:
        raise BadInput("A scenario needs a name.")
    taken = {scenario.name for scenario in reader.all(Scenario).values()}
    number = 2
    unique = wanted
    while unique in taken:
        unique, number = f"{wanted} {number}", number + 1
    return unique


def named(reader: Reader, id_or_name: str) -> Scenario:
    """The scenario with this id or this unique name; BadInput in words otherwise."""
    found = reader.find(Scenario, id_or_name)
    if found:
        return found
    same = [scenario for scenario in reader.ordered(Scenario) if scenario.name == id_or_name]
    if len(same) == 1:
        return same[0]
    names = ", ".join(f"“{scenario.name}”" for scenario in reader.ordered(Scenario)) or "none"
    problem = "Several scenarios are" if same else "No scenario is"
    raise BadInput(f"{problem} called “{id_or_name}”.", f"Scenarios here: {names}.")


def plan_of_record(reader: Reader) -> Scenario | None:
    """The scenario that was decided, else the first one, else None."""
    scenarios = reader.ordered(Scenario)
    return next((s for s in scenarios if s.status == PLAN), scenarios[0] if scenarios else None)


def allocation(reader: Reader, scenario: str, initiative: str) -> Allocation | None:
    """What an initiative gets in a scenario; no row means none."""
    return next(
        (row for row in reader.by(Allocation, "initiative", initiative) if row.scenario == scenario), None
    )


def set_level(edit: Edit, scenario: str, initiative: str, level: str | None) -> None:
    """Fund an initiative at a level; None funds nothing."""
    if level is not None and edit.get(Level, level).initiative != initiative:
        raise BadInput("That level belongs to another initiative.")
    _put(edit, scenario, initiative, level=level, amount=None)


def set_amount(edit: Edit, scenario: str, initiative: str, amount: int) -> None:
    """Fund an initiative with an amount in minor units.

    Funded by levels, the amount takes the level of that cost; BadInput names the two neighbours when there is none.
    """
    if amount < 0:
        raise BadInput("An allocation cannot be negative.")
    if initiatives.data_of(edit, initiative).funding == "curve":
        _put(edit, scenario, initiative, level=None, amount=amount)
        return
    if amount == 0:
        set_level(edit, scenario, initiative, None)
        return
    priced = [(level.cost, level) for level in initiatives.levels(edit, initiative) if level.cost is not None]
    match = next((level for cost, level in priced if cost == amount), None)
    if match is None:
        raise NoSuchLevel(edit, initiative, amount)
    set_level(edit, scenario, initiative, match.id)


class NoSuchLevel(BadInput):
    """An amount lies between two levels; ``below`` and ``above`` are their ids (None = nothing, or no such)."""

    def __init__(self, reader: Reader, initiative: str, amount: int) -> None:
        priced = sorted(
            (level.cost, level.name, level.id)
            for level in initiatives.levels(reader, initiative)
            if level.cost is not None
        )
        under = [row for row in priced if row[0] < amount]
        over = [row for row in priced if row[0] > amount]
        self.below = under[-1][2] if under else None
        self.above = over[0][2] if over else None
        names = [under[-1][1] if under else "None", over[0][1] if over else ""]
        around = " and ".join(f"“{name}”" for name in names if name)
        title = reader.get(Node, initiative).title
        super().__init__(
            f"“{title}” has no level at that amount.", f"Its neighbours are {around}." if priced else ""
        )


def set_lock(edit: Edit, scenario: str, initiative: str, lock: bool) -> None:
    """Lock or unlock what an initiative gets."""
    _put(edit, scenario, initiative, lock=lock)


def set_limits(edit: Edit, scenario: str, initiative: str, floor: int | None, ceiling: int | None) -> None:
    """Set the least and the most an initiative may get; BadInput when they cross."""
    if floor is not None and ceiling is not None and floor > ceiling:
        raise BadInput("The floor is above the ceiling.")
    _put(edit, scenario, initiative, floor=floor, ceiling=ceiling)


def set_budget(edit: Edit, scenario: str, budget: int | None) -> None:
    """Set the budget of a scenario in minor units; None is no limit."""
    if budget is not None and budget < 0:
        raise BadInput("A budget cannot be negative.")
    rows.set_value(edit, Scenario, scenario, "budget", budget)


def set_status(edit: Edit, scenario: str, status: str) -> None:
    """Set the status; making one the plan of record turns the former one into a frozen scenario."""
    if status == PLAN:
        for other in edit.ordered(Scenario):
            if other.status == PLAN and other.id != scenario:
                edit.put(replace(other, status="frozen"))
    rows.set_value(edit, Scenario, scenario, "status", status)


def _put(edit: Edit, scenario: str, initiative: str, **values: object) -> None:
    found = allocation(edit, scenario, initiative)
    if found is None:
        rows.add(edit, Allocation, scenario=scenario, initiative=initiative, **values)
    else:
        edit.put(replace(found, **values))  # type: ignore[arg-type]
