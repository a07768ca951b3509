"""What the room could choose: budgets and what each initiative gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from prodlead_desktop.domain import fields, initiatives, names, numerals, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    SPECS,
    Allocation,
    Band,
    Level,
    Node,
    Scenario,
    Wish,
)
from prodlead_desktop.domain.entities.choices import FARTHEST
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput

COLOURS = 6
PLAN, FROZEN = "plan of record", "frozen"


def create(edit: Edit, name: str, copy_of: str | None = None) -> str:
    """Add a scenario, empty or with everything another one has; its name is made unique. Returns its id."""
    new_name = names.unique(name, edit.all(Scenario).values(), "scenario")
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


def named(reader: Reader, id_or_name: str) -> Scenario:
    """The scenario with this id or this unique name; BadInput in words otherwise."""
    return names.find(reader, Scenario, id_or_name, "scenario")


def rename(edit: Edit, scenario: str, name: str) -> None:
    """Give a scenario another name, made unique; BadInput when it is empty."""
    others = [row for row in edit.all(Scenario).values() if row.id != scenario]
    rows.set_value(edit, Scenario, scenario, "name", names.unique(name, others, "scenario"))


def plan_of_record(reader: Reader) -> Scenario | None:
    """The scenario that was decided, else the first one, else None."""
    scenarios = reader.ordered(Scenario)
    return next((s for s in scenarios if s.status == PLAN), scenarios[0] if scenarios else None)


def allocation(reader: Reader, scenario: str, initiative: str) -> Allocation | None:
    """What an initiative gets in a scenario; no row means none."""
    return next(
        (row for row in reader.by(Allocation, "initiative", initiative) if row.scenario == scenario), None
    )


def require_open(reader: Reader, scenario: str) -> Scenario:
    """The scenario; BadInput with the way out when it is frozen, for then its own fields stay as they are."""
    found = reader.get(Scenario, scenario)
    if found.status == FROZEN:
        raise BadInput(f"“{found.name}” is frozen: what it decided stays.", "Duplicate it, or thaw it.")
    return found


def set_level(edit: Edit, scenario: str, initiative: str, level: str | None) -> None:
    """Fund an initiative at a level; None funds nothing."""
    if level is not None and edit.get(Level, level).initiative != initiative:
        raise BadInput("That level belongs to another initiative.")
    _require_within(edit, scenario, initiative, 0 if level is None else edit.get(Level, level).cost)
    _put(edit, scenario, initiative, level=level, amount=None)


def set_amount(edit: Edit, scenario: str, initiative: str, amount: int) -> None:
    """Fund an initiative with an amount in minor units.

    Funded by levels, the amount takes the level of that cost; BadInput names the two neighbours when there is none.
    """
    if amount < 0:
        raise BadInput("An allocation cannot be negative.")
    if initiatives.data_of(edit, initiative).funding == "curve":
        _require_within(edit, scenario, initiative, amount)
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
    """No level costs that: ``below`` and ``above`` are the ids of its neighbours (None = nothing, or no such)."""

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
        if priced:
            super().__init__(f"“{title}” has no level at that amount.", f"Its neighbours are {around}.")
        elif initiatives.levels(reader, initiative):
            super().__init__(f"No level of “{title}” has a cost yet.", "Give it one in the inspector.")
        else:
            super().__init__(f"“{title}” has no levels yet.", "Add one in the inspector.")


def _require_within(edit: Edit, scenario: str, initiative: str, amount: int | None) -> None:
    """BadInput when an amount in minor units lies outside floor and ceiling; an unknown one is let through."""
    given = allocation(edit, scenario, initiative)
    if given is None or amount is None:
        return
    title, currency = edit.get(Node, initiative).title, edit.header.currency
    if given.floor is not None and amount < given.floor:
        floor = numerals.money_short(given.floor, currency)
        raise BadInput(f"“{title}” has a floor of {floor} in this scenario.", "Lower the floor first.")
    if given.ceiling is not None and amount > given.ceiling:
        ceiling = numerals.money_short(given.ceiling, currency)
        raise BadInput(f"“{title}” has a ceiling of {ceiling} in this scenario.", "Raise the ceiling first.")


def set_lock(edit: Edit, scenario: str, initiative: str, lock: bool) -> None:
    """Lock or unlock what an initiative gets."""
    _put(edit, scenario, initiative, lock=lock)


def set_limits(edit: Edit, scenario: str, initiative: str, floor: int | None, ceiling: int | None) -> None:
    """Set the least and the most an initiative may get; BadInput when they cross or one is negative."""
    if any(limit is not None and limit < 0 for limit in (floor, ceiling)):
        raise BadInput("A floor or ceiling cannot be negative.")
    if floor is not None and ceiling is not None and floor > ceiling:
        raise BadInput("The floor is above the ceiling.")
    _put(edit, scenario, initiative, floor=floor, ceiling=ceiling)


def set_budget(edit: Edit, scenario: str, budget: int | None) -> None:
    """Set the budget of a scenario in minor units; None is no limit."""
    require_open(edit, scenario)
    if budget is not None and budget < 0:
        raise BadInput("A budget cannot be negative.")
    rows.set_value(edit, Scenario, scenario, "budget", budget)


def set_quarters(edit: Edit, scenario: str, quarters: tuple[int, ...]) -> None:
    """Set the budget of each quarter from plan start in minor units; empty sets none. BadInput when one is negative."""
    require_open(edit, scenario)
    if any(amount < 0 for amount in quarters):
        raise BadInput("The budget of a quarter cannot be negative.")
    rows.set_value(edit, Scenario, scenario, "quarters", quarters if any(quarters) else ())


def set_rule(edit: Edit, scenario: str, field: str, value: object) -> None:
    """Set "carry_over" (a share), "at_most" (new starts) or "note"; BadInput when it cannot be one."""
    require_open(edit, scenario)
    if field not in ("carry_over", "at_most", "note"):
        raise ValueError(field)
    if field == "at_most" and isinstance(value, int) and value < 0:
        raise BadInput("The number of new starts cannot be negative.")
    rows.set_value(edit, Scenario, scenario, field, value)


def set_band(
    edit: Edit, scenario: str, pool: str, low: float | None, high: float | None, of: str | None = None
) -> None:
    """Set the least and the most share (0..1) a pool may get, of "budget" (None) or "spend"; both None remove the band.

    BadInput when they cross or lie outside 0..1.
    """
    require_open(edit, scenario)
    if any(end is not None and not 0.0 <= end <= 1.0 for end in (low, high)):
        raise BadInput("A share lies between 0 % and 100 %.")
    if low is not None and high is not None and low > high:
        raise BadInput("The least share is above the most.", "Change the other one first.")
    found = next((band for band in edit.by(Band, "scenario", scenario) if band.pool == pool), None)
    if low is None and high is None:
        if found is not None:
            edit.remove(found)
    elif found is None:
        rows.add(edit, Band, scenario=scenario, pool=pool, low=low, high=high, of=of)
    else:
        edit.put(replace(found, low=low, high=high, of=of))


def set_wish(edit: Edit, scenario: str, outcome: str, attainment: float | None) -> None:
    """Wish that an outcome comes so far, as a share of its way from baseline to target; None takes the wish back.

    BadInput for what is no outcome, for less than nothing and for more than ``FARTHEST``.
    """
    require_open(edit, scenario)
    node = edit.get(Node, outcome)
    if node.kind != "outcome":
        raise BadInput(f"“{node.title}” is not an outcome: it has no way from a baseline to a target.")
    if attainment is not None:
        check_wish(attainment)
    found = next((wish for wish in edit.by(Wish, "scenario", scenario) if wish.outcome == outcome), None)
    if attainment is None:
        if found is not None:
            edit.remove(found)
    elif found is None:
        rows.add(edit, Wish, scenario=scenario, outcome=outcome, attainment=attainment)
    else:
        edit.put(replace(found, attainment=attainment))


def check_wish(attainment: float) -> None:
    """BadInput for a share of the way that cannot be wished."""
    if not 0.0 <= attainment <= FARTHEST:
        most = numerals.percent(FARTHEST)
        raise BadInput(f"A wish lies between 0 % and {most} of the way.", "100 % is the target.")


def with_budget(edit: Edit, scenario: str, percent: int) -> str:
    """A copy with a budget ``percent`` more (negative: less), quarters alike, named after it; returns its id.

    BadInput when the scenario has no budget or nothing would be left of it.
    """
    source = edit.get(Scenario, scenario)
    if source.budget is None:
        raise BadInput(f"“{source.name}” has no budget to change.", "Give it one, or duplicate it as it is.")
    if percent <= -100:
        raise BadInput("Nothing would be left of the budget.")
    sign = "−" if percent < 0 else "+"
    made = create(edit, f"{source.name} {sign}{abs(percent)} %", copy_of=scenario)
    share = 100 + percent
    edit.put(
        replace(
            edit.get(Scenario, made),
            budget=(source.budget * share + 50) // 100,
            quarters=tuple((amount * share + 50) // 100 for amount in source.quarters),
        )
    )
    return made


def freeze(edit: Edit, scenario: str, checkpoint: str, placed: int) -> None:
    """Keep what a scenario decided: its own fields are locked from now on, ``placed`` minor units are what it was.

    ``checkpoint`` names the state it was frozen at. BadInput when it is the plan of record: that one is worked with.
    """
    found = require_open(edit, scenario)
    if found.status == PLAN:
        raise BadInput(
            f"“{found.name}” is the plan of record.", "Promote another scenario first, or duplicate it."
        )
    edit.put(replace(found, status=FROZEN, frozen_at=checkpoint, frozen_total=placed))


def thaw(edit: Edit, scenario: str) -> None:
    """Make a frozen scenario a draft again; BadInput when it is not frozen."""
    found = edit.get(Scenario, scenario)
    if found.status != FROZEN:
        raise BadInput(f"“{found.name}” is not frozen.")
    edit.put(replace(found, status="draft", frozen_at=None, frozen_total=None))


def promote(edit: Edit, scenario: str, until: str, placed: Mapping[str, int]) -> str | None:
    """Make a scenario the plan of record; the former one keeps its name and is frozen. Returns the former one's id.

    ``until`` says in words how long the former one was the plan; ``placed`` is what each scenario places today.
    """
    former = next((one for one in edit.ordered(Scenario) if one.status == PLAN and one.id != scenario), None)
    if former is not None:
        total = placed.get(former.id)
        edit.put(replace(former, status=FROZEN, frozen_at=until, frozen_total=total))
    edit.put(replace(edit.get(Scenario, scenario), status=PLAN, frozen_at=None, frozen_total=None))
    return former.id if former else None


def _put(edit: Edit, scenario: str, initiative: str, **values: object) -> None:
    require_open(edit, scenario)
    found = allocation(edit, scenario, initiative)
    if found is None:
        rows.add(edit, Allocation, scenario=scenario, initiative=initiative, **values)
    else:
        edit.put(replace(found, **values))  # type: ignore[arg-type]
