"""The money of one scenario, kept from state to state: a slider that moves one allocation counts that one anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import NOWHERE, Place, Totals
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Allocation, Node
from prodlead_desktop.domain.strategy import Strategy

Members = Mapping[Place, tuple[str, ...]]


class Ledger:
    """What ``capital`` says of a scenario, each part worked out when first asked for. Amounts are minor units."""

    def __init__(self, strategy: Strategy, scenario: str) -> None:
        self.strategy, self.scenario = strategy, scenario

    @cached_property
    def totals(self) -> Totals:
        """What is placed, per pool too, against the budget."""
        return capital.totals(self.strategy, self.scenario)

    @cached_property
    def costs(self) -> Mapping[str, int | None]:
        """``capital.cost`` of every initiative by id, in map order."""
        return capital.costs(self.strategy, self.scenario)

    @cached_property
    def members(self) -> Members:
        """The initiatives whose money arrives at each place: every top outcome, then effects, then nowhere."""
        found: dict[Place, list[str]] = {place: [] for place in capital.outcome_places(self.strategy)}
        for initiative, place in capital.places(self.strategy).items():
            found.setdefault(place, []).append(initiative)
        return {place: tuple(ids) for place, ids in found.items()}

    @cached_property
    def orphans(self) -> list[tuple[Node, int]]:
        """``capital.orphans``: initiatives whose money reaches no outcome, with the money, most first."""
        if not {"members", "costs"} <= self.__dict__.keys():
            return capital.orphans(self.strategy, self.scenario)
        found = [
            (self.strategy.get(Node, node), amount)
            for node in self.members.get(NOWHERE, ())
            if (amount := self.costs[node])
        ]
        return sorted(found, key=lambda row: (-row[1], row[0].id))

    def after(self, strategy: Strategy, changes: ChangeSet) -> Ledger:
        """The ledger of the state that ``changes`` lead to; what it knows is carried on where they allow it."""
        made, known = Ledger(strategy, self.scenario), self.__dict__
        if not changes.tables() <= {"allocation"}:
            return made
        moved = [_within(self.scenario, change.before, change.after) for change in changes]
        if "members" in known:
            made.__dict__["members"] = self.members
        if "costs" in known:
            ids = {row.initiative for pair in moved for row in pair if row is not None}
            again = {node: capital.cost(strategy, self.scenario, node) for node in ids}
            made.__dict__["costs"] = {**self.costs, **again}
        if "totals" in known:
            made.__dict__["totals"] = _moved(self.totals, strategy, moved)
        return made


Pair = tuple[Allocation | None, Allocation | None]


def _within(scenario: str, *rows: object) -> Pair:
    """A row before and after a change, as far as it belongs to a scenario."""
    before, after = [
        row if isinstance(row, Allocation) and row.scenario == scenario else None for row in rows
    ]
    return before, after


def _moved(totals: Totals, strategy: Strategy, moved: list[Pair]) -> Totals:
    """Totals without the rows before and with those after."""
    placed, unknown, by_pool = totals.placed, totals.unknown, dict(totals.by_pool)
    for pair in moved:
        for row, sign in zip(pair, (-1, 1), strict=True):
            if row is None:
                continue
            amount = capital.cost_of(strategy, row)
            if amount is None:
                unknown += sign * (row.level is not None)
                continue
            placed += sign * amount
            pool = strategy.get(Node, row.initiative).pool
            by_pool[pool] = by_pool.get(pool, 0) + sign * amount
    here = {pool: amount for pool, amount in by_pool.items() if amount}
    return replace(totals, placed=placed, unknown=unknown, by_pool=here)
