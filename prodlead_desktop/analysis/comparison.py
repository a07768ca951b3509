"""Scenarios side by side: what each gives to whom, what changes between two, and where freed money goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import Place
from prodlead_desktop.analysis.timing import by_quarter as shares_by_quarter
from prodlead_desktop.domain import initiatives, tree
from prodlead_desktop.domain.entities import Allocation, Level, Node, Scenario
from prodlead_desktop.domain.strategy import Strategy

LATER = 40  # quarters from plan start; money due then or later is one sum
NEW, LEFT, CUT = Place("new"), Place("left"), Place("cut")


@dataclass(frozen=True, slots=True)
class Line:
    """What one initiative gets in each of several scenarios, in minor units; None where nobody has said."""

    node: Node
    amounts: tuple[int | None, ...]


def by_initiative(strategy: Strategy, scenarios: Sequence[str]) -> tuple[Line, ...]:
    """Every initiative in map order with what it gets in each scenario."""
    columns = [_amounts(strategy, scenario) for scenario in scenarios]
    return tuple(
        Line(node, tuple(column[node.id] for column in columns))
        for node in tree.preorder(strategy)
        if node.kind == "initiative"
    )


def _amounts(strategy: Strategy, scenario: str) -> dict[str, int | None]:
    """``capital.costs``, but an initiative that gets nothing gets 0 even when nobody has priced it."""
    return {
        initiative: 0 if amount is None and not capital.is_funded(strategy, scenario, initiative) else amount
        for initiative, amount in capital.costs(strategy, scenario).items()
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """How one initiative differs from one scenario to another: money in minor units and what it is funded at."""

    node: Node
    before: int | None
    after: int | None
    change: str  # "added", "dropped", "more", "less", "moved" (level without money), "unknown"
    words: str  # "Full → Stretch"

    @property
    def by(self) -> int | None:
        """The difference in minor units; None when one side is unknown."""
        return None if self.before is None or self.after is None else self.after - self.before


def differences(strategy: Strategy, before: str, after: str) -> tuple[Difference, ...]:
    """Every initiative that is not given the same in both, biggest difference first, unknown ones last."""
    found = [
        difference
        for line in by_initiative(strategy, (before, after))
        if (difference := _difference(strategy, line, before, after)) is not None
    ]
    return tuple(sorted(found, key=lambda row: (row.by is None, -abs(row.by or 0), row.node.id)))


def _difference(strategy: Strategy, line: Line, before: str, after: str) -> Difference | None:
    given = [_at(strategy, scenario, line.node.id) for scenario in (before, after)]
    low, high = line.amounts
    if given[0] == given[1] and low == high:
        return None
    if given[0] == "none":
        change = "added"
    elif given[1] == "none":
        change = "dropped"
    elif low is None or high is None:
        change = "unknown"
    else:
        change = "more" if high > low else "less" if high < low else "moved"
    words = " → ".join(given) if given[0] != given[1] else ""
    return Difference(line.node, low, high, change, words)


def _at(strategy: Strategy, scenario: str, initiative: str) -> str:
    """The level's name, "amount", or "none"."""
    if not capital.is_funded(strategy, scenario, initiative):
        return "none"
    level = capital.level_of(strategy, scenario, initiative)
    return (level.name or "a level") if level else "amount"


def by_place(strategy: Strategy, scenario: str) -> Mapping[Place, int]:
    """Known money by where it arrives: every top outcome in map order, then effects only, then nowhere (always)."""
    found = dict.fromkeys(capital.outcome_places(strategy), 0)
    nowhere, effects = 0, 0
    places = capital.places(strategy)
    for initiative, amount in capital.costs(strategy, scenario).items():
        place = places[initiative]
        if place == capital.NOWHERE:
            nowhere += amount or 0
        elif place == capital.BY_EFFECTS:
            effects += amount or 0
        else:
            found[place] += amount or 0
    if effects:
        found[capital.BY_EFFECTS] = effects
    found[capital.NOWHERE] = nowhere
    return found


@dataclass(frozen=True, slots=True)
class Flow:
    """Money in minor units that was in one place and is in another; both the same when it stays."""

    source: Place
    target: Place
    amount: int


def flows(strategy: Strategy, before: str, after: str) -> tuple[Flow, ...]:
    """How the money of one scenario becomes that of another; Σ of a place's flows is what it has on that side.

    Money has no name, so only what each place gives up and gets is a fact: what a place keeps stays, and what
    is given up is shared among the places that get more in proportion to how much more they get (rounded by
    largest remainder, so that every sum is exact). A bigger budget brings *new* money, a smaller one *cuts*;
    money that is new and not placed, or was not placed and is cut, is matched first.
    """
    have, want = (_with_rest(strategy, scenario) for scenario in (before, after))
    grown = sum(want.values()) - sum(have.values())
    if grown > 0:
        have[NEW] = grown
    elif grown < 0:
        want[CUT] = -grown
    every = list(dict.fromkeys((*have, *want)))
    kept = {place: min(have.get(place, 0), want.get(place, 0)) for place in every}
    gives = {place: have.get(place, 0) - kept[place] for place in every}
    gets = {place: want.get(place, 0) - kept[place] for place in every}
    found = [Flow(place, place, amount) for place, amount in kept.items() if amount]
    for source, target in ((NEW, LEFT), (LEFT, CUT)):  # nobody had it and nobody gets it: that goes first
        amount = min(gives.get(source, 0), gets.get(target, 0))
        if amount:
            found.append(Flow(source, target, amount))
            gives[source] -= amount
            gets[target] -= amount
    for source in every:
        for target, amount in shared(gives[source], gets).items():
            if amount:
                found.append(Flow(source, target, amount))
                gets[target] -= amount
    return tuple(found)


def shared(amount: int, among: Mapping[Place, int]) -> dict[Place, int]:
    """``amount`` (≤ Σ of ``among``) in proportion to ``among``: whole units by largest remainder."""
    whole = sum(among.values())
    if not amount or not whole:
        return {}
    parts = {place: amount * weight // whole for place, weight in among.items()}
    rest = amount - sum(parts.values())
    by_remainder = sorted(among, key=lambda place: -(amount * among[place] % whole))
    for place in by_remainder[:rest]:
        parts[place] += 1
    return parts


def _with_rest(strategy: Strategy, scenario: str) -> dict[Place, int]:
    """``by_place`` and what of the budget is not placed."""
    found = dict(by_place(strategy, scenario))
    left = capital.totals(strategy, scenario).left
    if left is not None and left > 0:
        found[LEFT] = left
    return found


def moved(found: Sequence[Flow]) -> int:
    """Minor units that leave one outcome (or nowhere) for another; budget growth, cuts and rests are not counted."""
    return sum(
        flow.amount
        for flow in found
        if flow.source != flow.target and not {flow.source, flow.target} & {NEW, LEFT, CUT}
    )


@dataclass(frozen=True, slots=True)
class Quarters:
    """Known money by quarter from plan start in minor units, and the quarter budgets (empty when none are set).

    The entry with the number ``LATER`` holds all that is due then or later.
    """

    due: tuple[float, ...]
    budgets: tuple[int, ...]


def by_quarter(strategy: Strategy, scenario: str) -> Quarters:
    """When the money of a scenario is due: each initiative's cost profile from its own start (model.md §3.4)."""
    due: list[float] = []
    given = {row.initiative: row for row in strategy.by(Allocation, "scenario", scenario)}
    for initiative, amount in capital.costs(strategy, scenario).items():
        if not amount:
            continue
        data = initiatives.data_of(strategy, initiative)
        row = given.get(initiative)
        level = strategy.find(Level, row.level) if row else None
        stated = (row.start if row else None, level.start if level else None, data.start)
        begins = next((start for start in stated if start is not None), 0.0)
        total = sum(data.cost_profile)
        profile = tuple(share / total for share in data.cost_profile) if total > 0 else (1.0,)
        for exact, share in enumerate(shares_by_quarter(profile, min(begins, float(LATER)))):
            quarter = min(exact, LATER)
            due += [0.0] * (quarter + 1 - len(due))
            due[quarter] += amount * share
    return Quarters(tuple(due), strategy.get(Scenario, scenario).quarters)


def unknown(strategy: Strategy, scenario: str) -> int:
    """How many funded initiatives have no cost yet."""
    return capital.totals(strategy, scenario).unknown
