"""Rows that people call by name: no name twice, and one that is typed finds its row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from prodlead_desktop.domain.entities import Future, SavedView, Scenario
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput

Row = TypeVar("Row", Scenario, Future, SavedView)


def unique(name: str, taken: Iterable[Row], what: str) -> str:
    """``name`` on one line, with a number behind it when one of ``taken`` has it; BadInput when it is empty."""
    wanted = one_line(name)
    if not wanted:
        raise BadInput(f"A {what} needs a name.")
    names = {row.name for row in taken}
    number, found = 2, wanted
    while found in names:
        found, number = f"{wanted} {number}", number + 1
    return found


def find(reader: Reader, cls: type[Row], id_or_name: str, what: str) -> Row:
    """The row with this id or this name; BadInput with the names there are when it is none or not the only one."""
    found = reader.find(cls, id_or_name)
    if found is not None:
        return found
    every = reader.ordered(cls)
    same = [row for row in every if row.name == id_or_name]
    if len(same) == 1:
        return same[0]
    problem = f"Several {what}s are" if same else f"No {what} is"
    names = ", ".join(f"“{row.name}”" for row in every) or "none"
    raise BadInput(f"{problem} called “{id_or_name}”.", f"{what.capitalize()}s here: {names}.")
