"""Initiatives as rows: which outcome each serves, its percentiles, its usual levels."""

from __future__ import annotations

import pytest
from builders import sample, small

from prodlead_desktop.domain import bets, initiatives, nodes, removal
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect, Level, Node
from prodlead_desktop.domain.invariants import check_all
from prodlead_desktop.errors import BadInput


def test_the_outcome_above_comes_first_then_any_effect_then_none() -> None:
    strategy = small()
    found = bets.served(strategy, "i1")
    assert found.outcome is not None and (found.outcome.id, found.more) == ("o1", 1)
    assert found.effect is not None and found.effect.p50 == 16.0
    without = bets.served(strategy, "i2")
    assert without.outcome is not None and without.outcome.id == "o1" and without.effect is None
    assert bets.served(strategy, "i3") == bets.Served(None, None, 0)
    assert [node.id for node in bets.bets(strategy)] == ["i1", "i2", "i3"]


def test_serving_another_outcome_takes_the_numbers_along() -> None:
    edit = Edit(small())
    edit.remove(edit.get(Effect, "e2"))
    bets.serve(edit, "i1", "o2")
    assert [(row.outcome, row.p50) for row in initiatives.effects(edit, "i1")] == [("o2", 16.0)]
    bets.serve(edit, "i3", "o2")
    assert edit.get(Node, "i3").parent == "o2", "an orphan moves below it on the map"
    bets.serve(edit, "i2", "o2")
    assert [row.outcome for row in initiatives.effects(edit, "i2")] == ["o2"]
    assert edit.get(Node, "i2").parent == "o1"
    bets.serve(edit, "i2", None)
    assert initiatives.effects(edit, "i2") == ()
    with pytest.raises(BadInput):
        bets.serve(edit, "i1", "n1")
    assert check_all(edit.result()[0]) == []


def test_an_outcome_it_moves_already_is_refused() -> None:
    with pytest.raises(BadInput, match="already"):
        bets.serve(Edit(small()), "i1", "o2")


def test_percentiles_keep_the_others_and_their_order() -> None:
    edit = Edit(small())
    bets.set_percentiles(edit, "i1", {"p90": 30.0})
    assert bets.served(edit, "i1").effect == Effect("e1", "i1", "o1", 8.0, 16.0, 30.0)
    with pytest.raises(BadInput, match="P10"):
        bets.set_percentiles(edit, "i1", {"p10": 20.0})
    bets.set_percentiles(edit, "i1", {"p10": 20.0, "p50": 25.0})
    bets.set_percentiles(edit, "i2", {"p50": 4.0})
    effect = bets.served(edit, "i2").effect
    assert effect is not None and (effect.outcome, effect.p10, effect.p50) == ("o1", None, 4.0)
    with pytest.raises(BadInput, match="outcome"):
        bets.set_percentiles(edit, "i3", {"p50": 4.0})
    bets.set_percentiles(edit, "i3", {"p50": None})


def test_usual_levels_by_name_others_by_place() -> None:
    edit = Edit(small())
    assert [getattr(bets.level_in(edit, "i1", slot), "id", None) for slot in range(3)] == ["l1", "l2", "l3"]
    assert [getattr(bets.level_in(edit, "i2", slot), "id", None) for slot in range(3)] == [None, "l4", None]
    bets.set_level_cost(edit, "i2", 0, 20_000)
    bets.set_level_cost(edit, "i2", 2, 90_000)
    assert [(level.name, level.cost) for level in initiatives.levels(edit, "i2")] == [
        ("Minimum", 20_000), ("Full", 50_000), ("Stretch", 90_000),
    ]  # fmt: skip
    for level in initiatives.levels(edit, "i3"):
        removal.remove(edit, level)
    bets.set_level_cost(edit, "i3", 1, None)
    assert initiatives.levels(edit, "i3") == ()
    for name, cost in (("Pilot", 100), ("All of it", 200)):
        initiatives.add_level(edit, "i3", name, cost)
    bets.set_level_cost(edit, "i3", 1, 250)
    assert [(level.name, level.cost) for level in initiatives.levels(edit, "i3")] == [
        ("Pilot", 100),
        ("All of it", 250),
    ]
    strategy = edit.result()[0]
    assert check_all(strategy) == []
    assert len(strategy.all(Level)) == 8


def test_every_bet_of_the_sample_is_a_row() -> None:
    strategy = sample()
    rows = bets.bets(strategy)
    assert len(rows) == sum(node.kind == "initiative" for node in strategy.all(Node).values()) > 10
    edit = Edit(strategy)
    for node in rows:
        bets.set_percentiles(edit, node.id, {})
        nodes.rename(edit, node.id, f"{node.title} again")
    assert check_all(edit.result()[0]) == []
