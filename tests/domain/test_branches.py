"""Branches that travel: nothing that can come along is lost, nothing is tied to what is not there."""

from __future__ import annotations

import json

import pytest
from builders import many, sample, small

from prodlead_desktop.domain import branches, nodes, tree
from prodlead_desktop.domain.differences import differences
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    Allocation,
    Dependency,
    Effect,
    Header,
    Level,
    Link,
    Node,
    Pool,
    Reading,
    Team,
)
from prodlead_desktop.domain.invariants import check_all
from prodlead_desktop.domain.strategy import Strategy, empty, of_rows
from prodlead_desktop.errors import BadInput


def pasted(text: str, into: Strategy, under: str | None = None) -> tuple[Strategy, branches.Arrived]:
    edit = Edit(into)
    came = branches.paste(edit, text, under)
    strategy = edit.result()[0]
    assert check_all(strategy) == []
    return strategy, came


def shape(strategy: Strategy, top: str) -> list[tuple[object, ...]]:
    base = tree.depth(strategy, top)
    return [
        (
            tree.depth(strategy, node.id) - base,
            node.kind,
            node.title,
            node.note,
            node.tags,
            node.state,
            node.data,
        )
        for node in tree.preorder(strategy, top)
    ]


def test_a_pool_that_comes_along_gets_a_free_colour() -> None:
    text = branches.write(small(), ["i1"], "doc")
    (core,) = (pool for pool in small().ordered(Pool) if pool.name == "Core")
    other = (core.colour + 2) % 5
    for taken, colour in (
        ((other,), core.colour),
        ((core.colour,), (core.colour == 0) * 1),
        (range(5), core.colour),
    ):
        here = [Pool(f"x{one}", 1 + one, f"Mine {one}", one) for one in taken]
        strategy, _ = pasted(text, of_rows([Header("strategy", "Other", "EUR"), *here]))
        (came,) = (pool for pool in strategy.ordered(Pool) if pool.name == "Core")
        assert came.colour == colour


def test_a_branch_comes_with_its_numbers_into_another_strategy() -> None:
    source = small()
    text = branches.write(source, ["o1"], "doc")
    target = of_rows([Header("strategy", "Other", "EUR"), Pool("x", 1, "new", 3)])
    strategy, came = pasted(text, target)
    assert shape(strategy, came.ids[0]) == shape(source, "o1")
    assert came.count == 3 and came.left_out == ("1 tie to cards that are not here",), "i1 moves o2 as well"
    guide, connectors = tree.children(strategy, came.ids[0])
    assert [(row.name, row.cost, row.share) for row in strategy.by(Level, "initiative", guide.id)] == [
        ("Minimum", 30_000, 0.4), ("Full", 60_000, 1.0), ("Stretch", 80_000, 1.2),
    ]  # fmt: skip
    (effect,) = strategy.by(Effect, "initiative", guide.id)
    assert (effect.outcome, effect.p50) == (came.ids[0], 16.0)
    (needs,) = strategy.by(Dependency, "node", connectors.id)
    assert needs.other == guide.id
    assert len(strategy.by(Reading, "node", came.ids[0])) == 1
    assert strategy.get(Team, str(guide.team)).name == "Data"
    assert connectors.pool == "x", "the pool of that name, however it is written"
    assert strategy.get(Pool, str(guide.pool)).name == "Core"


def test_in_the_same_strategy_it_stays_tied_to_what_it_knew() -> None:
    source = small()
    edit = Edit(source)
    edit.put(Link("k", "o1", "o2", 0.5, 2.0, "Fresh numbers"))
    linked = edit.result()[0]
    strategy, came = pasted(branches.write(linked, ["o1"], "doc"), linked, "a")
    assert came.left_out == ()
    copy = came.ids[0]
    assert strategy.get(Node, copy).parent == "a"
    guide = tree.children(strategy, copy)[0]
    assert {row.outcome for row in strategy.by(Effect, "initiative", guide.id)} == {copy, "o2"}
    (link,) = strategy.by(Link, "source", copy)
    assert (link.target, link.contribution, link.rationale) == ("o2", 0.5, "Fresh numbers")
    assert strategy.by(Allocation, "initiative", guide.id) == (), "the budget is not spent twice"


def test_money_of_another_currency_stays_behind_and_is_told() -> None:
    text = branches.write(small(), ["i1"], "doc")
    strategy, came = pasted(text, of_rows([Header("strategy", "Other", "USD")]))
    assert came.left_out == ("4 amounts of money in EUR", "2 ties to cards that are not here")
    assert [level.cost for level in strategy.by(Level, "initiative", came.ids[0])] == [None, None, None]


def test_several_branches_keep_their_order_before_a_sibling() -> None:
    edit = Edit(small())
    came = branches.paste(edit, branches.write(small(), ["i2", "n1", "i3"], "doc"), "o1", before="i1")
    strategy = edit.result()[0]
    assert [node.title for node in tree.children(strategy, "o1")] == [
        "Connectors", "Remember", "Rebrand", "Guide", "Connectors",
    ]  # fmt: skip
    assert [strategy.get(Node, node).title for node in came.ids] == ["Connectors", "Remember", "Rebrand"]


def test_what_is_cut_comes_back_with_money_and_every_tie() -> None:
    for source, top, under in ((small(), "i1", "o2"), (sample(), None, None)):
        top = top or tree.children(source, tree.children(source, None)[0].id)[1].id
        edit = Edit(source)
        nodes.delete(edit, [top])
        without = edit.result()[0]
        gone = differences(source, without)
        back = Edit(without)
        came = branches.put_back(back, gone, [top], under)
        assert came is not None and came.ids == (top,)
        strategy = back.result()[0]
        assert check_all(strategy) == []
        moved = Edit(source)
        nodes.move(moved, [top], under)
        wanted = moved.result()[0]
        left = {(change.table, change.id) for change in differences(strategy, wanted)}
        assert left <= {("node", top)}, "only its order may be another"
        assert strategy.get(Node, top).parent == under
        assert branches.put_back(Edit(strategy), gone, [top], under) is None, "only once"


def test_what_is_not_a_branch_is_refused_in_words() -> None:
    good = json.loads(branches.write(small(), ["o1"], "doc"))
    bad = [
        "", "{}", "[]", "null", "{", json.dumps({**good, "format": "x"}), json.dumps({**good, "branch": 3}),
        json.dumps({**good, "ties": [1]}), json.dumps({**good, "outside": [["effect", [1, 2]]]}),
        json.dumps({**good, "outside": [["nothing", []]]}), json.dumps({**good, "branch": {"nodes": [{"kind": "x"}]}}),
    ]  # fmt: skip
    for text in bad:
        with pytest.raises(BadInput):
            branches.paste(Edit(empty()), text, None)


def test_five_hundred_cards_travel() -> None:
    source = many(500)
    top = max(tree.children(source, None), key=lambda node: sum(1 for _ in tree.preorder(source, node.id)))
    strategy, came = pasted(branches.write(source, [top.id], "doc"), empty())
    assert shape(strategy, came.ids[0]) == shape(source, top.id)
