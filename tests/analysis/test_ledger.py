"""The money that is carried on from state to state is the money counted from the start."""

from __future__ import annotations

import random

from builders import crowd, small

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.domain import nodes, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Level, Node, Scenario
from prodlead_desktop.domain.strategy import Strategy


def given(edit: Edit, rng: random.Random) -> None:
    """One initiative gets another level, or nothing, in one of the scenarios."""
    initiative = rng.choice([node.id for node in edit.all(Node).values() if node.kind == "initiative"])
    levels = [None, *(level.id for level in edit.by(Level, "initiative", initiative))]
    scenarios.set_level(edit, rng.choice(list(edit.all(Scenario))), initiative, rng.choice(levels))


def same(one: Ledger, strategy: Strategy, scenario: str) -> None:
    assert one.totals == capital.totals(strategy, scenario)
    assert one.costs == capital.costs(strategy, scenario) and list(one.costs) == list(
        capital.costs(strategy, scenario)
    )
    assert one.orphans == capital.orphans(strategy, scenario)
    assert (
        sum(sum(filter(None, map(one.costs.get, ids))) for ids in one.members.values()) == one.totals.placed
    )


def test_what_is_carried_on_is_what_is_counted_anew() -> None:
    rng, strategy = random.Random(11), crowd(40, 2)
    ledgers = {scenario: Ledger(strategy, scenario) for scenario in strategy.all(Scenario)}
    money = {scenario: capital.by_node(strategy, scenario) for scenario in ledgers}
    for _ in range(60):
        edit = Edit(strategy)
        for _ in range(rng.randint(1, 3)):
            given(edit, rng)
        strategy, changes = edit.result()
        for scenario, ledger in ledgers.items():
            same(ledger, ledger.strategy, scenario)  # everything is known, and is to be carried on
            ledgers[scenario] = after = ledger.after(strategy, changes)
            same(after, strategy, scenario)
            rows = [row for change in changes for row in (change.before, change.after) if row]
            moved = {row.initiative for row in rows if row.scenario == scenario}
            money[scenario], _ = capital.by_node_after(money[scenario], strategy, scenario, moved)
            assert money[scenario] == capital.by_node(strategy, scenario)


def test_what_else_changes_is_counted_from_the_start() -> None:
    before = Ledger(small(), "s1")
    assert before.totals.placed and before.costs and before.members
    edit = Edit(before.strategy)
    nodes.set_value(edit, "i1", "full_cost", 1)
    strategy, changes = edit.result()
    after = before.after(strategy, changes)
    assert after.totals == capital.totals(strategy, "s1") and "costs" not in after.__dict__
