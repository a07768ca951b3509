"""What contributes to what, and where the money goes: sums up the tree, and what reaches no outcome."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import many, sample, small, strategies_
from hypothesis import given, settings

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import contributions, nodes, scenarios, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPECS, Allocation, Entity, Level, Link, Node, Scenario
from prodlead_desktop.domain.strategy import Strategy, of_rows

# -- contributions


def test_an_outcome_contributes_to_the_nearest_outcome_above_and_along_links() -> None:
    edit = Edit(small())
    between = nodes.add(edit, "opportunity", "x", "o1")
    low = nodes.add(edit, "outcome", "low", between)
    edit.put(Link("k1", "o2", "o1"))
    assert contributions.contributors(edit) == {"o1": [low, "o2"], "o2": [], low: []}
    assert contributions.cycle_through(edit) is None


def test_a_link_that_would_close_a_circle_is_foreseen() -> None:
    edit = Edit(small())
    low = nodes.add(edit, "outcome", "low", "o1")
    edit.put(Link("k1", "o1", "o2"))
    assert contributions.would_cycle(edit, "o2", "o1")
    assert contributions.would_cycle(edit, "o2", low)
    assert contributions.would_cycle(edit, "o1", "o1")
    assert not contributions.would_cycle(edit, low, "o2")
    assert contributions.would_cycle(edit, "o1", "nowhere")


def test_a_circle_is_named_in_its_order() -> None:
    strategy = small()
    assert contributions.cycle_through(
        of_rows([*_rows(strategy), Link("k1", "o1", "o2"), Link("k2", "o2", "o1")])
    ) in (
        ["o1", "o2", "o1"],
        ["o2", "o1", "o2"],
    )


def test_links_to_what_is_no_outcome_do_not_break_the_walk() -> None:
    strategy = of_rows([*_rows(small()), Link("k1", "o1", "i1"), Link("k2", "gone", "nowhere")])
    assert contributions.cycle_through(strategy) is None


def _rows(strategy: Strategy) -> list[Entity]:
    return [row for spec in SPECS for row in strategy.all(spec.cls).values()]


# -- money


def test_totals_by_pool_and_what_is_left() -> None:
    totals = capital.totals(small(), "s1")
    assert (totals.placed, totals.budget, totals.left, totals.unknown) == (75_000, 100_000, 25_000, 0)
    assert totals.by_pool == {"p1": 60_000, None: 15_000}
    assert capital.totals(small(), "s2").left is None


def test_a_level_without_a_cost_is_unknown_and_not_nothing() -> None:
    edit = Edit(small())
    edit.put(replace(edit.get(Level, "l2"), cost=None))
    strategy = edit.result()[0]
    assert capital.cost(strategy, "s1", "i1") is None
    assert capital.level_of(strategy, "s1", "i1") == strategy.get(Level, "l2")
    assert capital.level_of(strategy, "s1", "i2") is None
    totals = capital.totals(strategy, "s1")
    assert (totals.placed, totals.unknown) == (15_000, 1)
    money = capital.by_node(strategy, "s1")
    assert money["o1"].unknown and money["a"].unknown and not money["i3"].unknown
    assert money["o2"] == capital.NodeMoney(0, False)


def test_an_initiative_nobody_priced_is_unknown_and_an_unfunded_priced_one_gets_nothing() -> None:
    edit = Edit(small())
    bare = nodes.add(edit, "initiative", "bare", "o2")
    assert capital.cost(edit, "s1", bare) is None
    assert capital.cost(edit, "s1", "i2") == 0
    nodes.set_value(edit, bare, "full_cost", 5)
    assert capital.cost(edit, "s1", bare) == 0
    assert not capital.is_funded(edit, "s1", bare) and capital.is_funded(edit, "s1", "i1")


def test_an_amount_counts_as_it_stands() -> None:
    edit = Edit(small())
    nodes.set_value(edit, "i2", "funding", "curve")
    scenarios.set_amount(edit, "s1", "i2", 777)
    strategy = edit.result()[0]
    assert capital.by_node(strategy, "s1")["o1"].placed == 60_777
    assert capital.totals(strategy, "s1").by_pool == {"p1": 60_000, "p2": 777, None: 15_000}


def test_money_that_reaches_no_outcome_is_found_most_first() -> None:
    edit = Edit(small())
    nodes.move(edit, ["i2"], None)
    scenarios.set_level(edit, "s1", "i2", "l4")
    found = capital.orphans(edit.result()[0], "s1")
    assert [(node.id, amount) for node, amount in found] == [("i2", 50_000), ("i3", 15_000)]
    edit.put(replace(small().get(Node, "i1"), parent=None))
    assert [node.id for node, _ in capital.orphans(edit.result()[0], "s1")] == ["i2", "i3"], (
        "i1 states effects"
    )


@pytest.mark.parametrize("scenario", ["sc1", "sc2", "sc3"])
def test_nothing_is_lost_on_the_way_up(scenario: str) -> None:
    strategy = many(1500)
    money = capital.by_node(strategy, scenario)
    tops = tree.children(strategy, None)
    totals = capital.totals(strategy, scenario)
    assert sum(money[node.id].placed for node in tops) == totals.placed > 0
    assert all(sum(part.by_pool.values()) == part.placed for part in money.values())
    by_hand = sum(
        strategy.get(Level, row.level).cost or 0
        for row in strategy.by(Allocation, "scenario", scenario)
        if row.level
    )
    assert by_hand == totals.placed


@settings(max_examples=30)
@given(strategies_())
def test_sums_hold_for_any_strategy(strategy: Strategy) -> None:
    for scenario in strategy.all(Scenario):
        money = capital.by_node(strategy, scenario)
        totals = capital.totals(strategy, scenario)
        assert set(money) == set(strategy.all(Node))
        assert sum(money[node.id].placed for node in tree.children(strategy, None)) == totals.placed
        assert sum(totals.by_pool.values()) == totals.placed
        assert capital.costs(strategy, scenario) == {
            node.id: capital.cost(strategy, scenario, node.id)
            for node in strategy.all(Node).values()
            if node.kind == "initiative"
        }


# -- the tree


def test_walking_up_and_down() -> None:
    strategy = sample()
    assert [n.id for n in tree.ancestors(strategy, "as-habit")] == ["o-ttfi", "o-habit", "ambition"]
    assert tree.depth(strategy, "ambition") == 1 and tree.depth(strategy, "as-habit") == 4
    assert [n.id for n in tree.preorder(strategy, "p-screenshots")] == ["p-screenshots", "i-links"]
    assert len(list(tree.preorder(strategy))) == len(strategy.all(Node))
    assert tree.is_within(strategy, "i-links", "o-habit") and not tree.is_within(
        strategy, "o-habit", "i-links"
    )
    above = tree.outcome_above(strategy, "i-kit")
    assert above and above.id == "o-midmarket"
    assert tree.deepest(of_rows(())) == 0


def test_a_circle_of_parents_ends_every_walk() -> None:
    strategy = small()
    node = replace(strategy.get(Node, "a"), parent="i1")
    broken = of_rows([row for row in _rows(strategy) if row is not strategy.get(Node, "a")] + [node])
    assert len(list(tree.ancestors(broken, "i1"))) == 3
    assert tree.depth(broken, "i1") == 4


# -- the sample says what the pictures of it say


def test_the_sample_adds_up() -> None:
    strategy = sample()
    plan = scenarios.plan_of_record(strategy)
    assert plan and plan.name == "Balanced"
    totals = capital.totals(strategy, plan.id)
    euros = {key: value // 100 for key, value in totals.by_pool.items()}
    assert (totals.placed, totals.budget, totals.left) == (364_000_000, 400_000_000, 36_000_000)
    assert euros == {"core": 2_810_000, "adjacent": 650_000, "new": 180_000}
    money = {node_id: part.placed // 100_000 for node_id, part in capital.by_node(strategy, plan.id).items()}
    assert [money[i] for i in ("ambition", "o-habit", "o-trust", "o-midmarket")] == [3350, 1780, 1130, 440]
    assert [money[i] for i in ("o-ttfi", "p-screenshots", "o-metric", "o-fresh")] == [1540, 240, 680, 450]
    assert [money[i] for i in ("m-retail", "o-seats", "o-admins")] == [180, 260, 0]
    orphans = [(node.title, amount // 100_000) for node, amount in capital.orphans(strategy, plan.id)]
    assert orphans == [("Website rebrand", 150), ("Old report upkeep", 140)]


def test_the_sample_keeps_to_its_budgets() -> None:
    strategy = sample()
    placed = {}
    for scenario in strategy.ordered(Scenario):
        totals = capital.totals(strategy, scenario.id)
        assert totals.left is not None and totals.left >= 0 and totals.unknown == 0
        placed[scenario.name] = (totals.placed // 100_000, (totals.budget or 0) // 100_000)
    assert placed == {
        "Today": (3600, 3600), "Balanced": (3640, 4000), "Habit first": (3950, 4000), "−20 %": (3190, 3200),
        "The room": (3770, 4000),
    }  # fmt: skip
    frozen = next(s for s in strategy.ordered(Scenario) if s.status == "frozen")
    assert frozen.frozen_total == capital.totals(strategy, frozen.id).placed


def test_the_sample_has_something_of_everything() -> None:
    strategy = sample()
    assert [spec.table for spec in SPECS if not strategy.all(spec.cls)] == []
    assert 30 <= len(strategy.all(Node)) <= 40
    words = " ".join(node.title for node in strategy.all(Node).values())
    assert all(word in words for word in ("first", "office", "Größe", "Łódź"))
