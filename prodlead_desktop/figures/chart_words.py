"""The words charts share: names of scenarios and places, money, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prodlead_desktop.analysis import comparison
from prodlead_desktop.analysis.capital import Place
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy

UNTITLED = "Untitled"
NO_INITIATIVES = "Draw an initiative on the map and give it a cost: then there is something to compare."
NOTHING_PLACED = "Nothing is placed yet. Give an initiative some money in Allocate."
_PLACES = {
    "effects": "By effects only",
    "nowhere": "Nowhere",
    "new": "New money",
    "left": "Not placed",
    "cut": "Taken away",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario as a chart shows it."""

    id: str
    name: str
    colour: int


def shown(strategy: Strategy, scenarios: Sequence[str]) -> tuple[Shown, ...]:
    """The scenarios with these ids, in this order."""
    rows = [strategy.get(Scenario, scenario) for scenario in scenarios]
    return tuple(Shown(row.id, row.name or UNTITLED, row.colour) for row in rows)


def money(strategy: Strategy, minor: float) -> str:
    """Money in short, as titles and labels say it."""
    return numerals.money_short(round(minor), strategy.header.currency)


def place(strategy: Strategy, where: Place) -> str:
    """What a place is called."""
    if where.kind == "outcome" and where.node is not None:
        return strategy.get(Node, where.node).title or UNTITLED
    return _PLACES[where.kind]


def initiatives(strategy: Strategy) -> bool:
    """Whether there is any initiative."""
    return any(node.kind == "initiative" for node in strategy.all(Node).values())


def nothing(strategy: Strategy) -> str:
    """What to do first where no money is placed."""
    return NOTHING_PLACED if initiatives(strategy) else NO_INITIATIVES


def missing(strategy: Strategy, scenarios: Sequence[str]) -> str:
    """Says how many funded initiatives have no cost, scenario by scenario; empty when every cost is known."""
    parts = [
        f"{count} in {one.name}"
        for one in shown(strategy, scenarios)
        if (count := comparison.unknown(strategy, one.id))
    ]
    return f"Funded initiatives without a cost, not in the sums: {listed(parts)}." if parts else ""


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else list(parts))


def sentence(*parts: str) -> str:
    """The parts that say something, one after the other."""
    return " ".join(part for part in parts if part)


def counted(number: int, one: str, many: str) -> str:
    """ "1 initiative", "3 initiatives"."""
    return f"{number} {one if number == 1 else many}"
