"""The picture shows every visible card and line once, and after an edit it is the picture one would build anew."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from builders import many, sample, small, strategies_
from figures.tidemark import Tidemark, tidemark
from hypothesis import given, settings
from hypothesis import strategies as st

from prodlead_desktop.domain import arranging, initiatives, links, nodes, rows, scenarios
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    Allocation,
    Effect,
    Header,
    Link,
    Node,
    Pool,
    Reading,
    Scenario,
)
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.card import Forecast
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.figures.lines import DASHED, DOTTED, SOLID
from prodlead_desktop.figures.map_picture import MapPicture, MapView, build
from prodlead_desktop.figures.measures import CARD


def measure(text: str, px: float, weight: int) -> float:
    """Good enough for a layout."""
    return len(text) * px * 0.55


def picture(strategy: Strategy, **view: object) -> MapPicture:
    return build(strategy, MapView(**view), measure)  # type: ignore[arg-type]


def updated(before: MapPicture, *edit: Any, **view: Any) -> tuple[MapPicture, frozenset[str]]:
    after = map_picture.updated(before, *edit, **view)
    return after, map_picture.touched(before, after)


@pytest.fixture(scope="module")
def offsite() -> Tidemark:
    return tidemark()


def test_every_node_stands_once_in_preorder_and_none_overlap(offsite: Tidemark) -> None:
    shown = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    assert set(shown.order) == set(offsite.strategy.all(Node)) and len(shown.order) == 26
    for node, parent in shown.parents.items():
        if parent is not None:
            assert shown.order.index(parent) < shown.order.index(node)
            assert shown.boxes[parent].right + CARD.column_gap == pytest.approx(shown.boxes[node].x)
    boxes = list(shown.boxes.values())
    for number, a in enumerate(boxes):
        assert a.w == CARD.width
        for b in boxes[number + 1 :]:
            assert a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


def test_edges_are_dotted_to_assumptions_and_dashed_without_money(offsite: Tidemark) -> None:
    plain = {edge.child: edge.style for edge in picture(offsite.strategy).edges}
    assert plain[offsite.ids["3 minutes forms the habit"]] == DOTTED
    assert plain[offsite.ids["Self-serve billing"]] == SOLID
    money = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    styles = {edge.child: edge.style for edge in money.edges}
    assert styles[offsite.ids["3 minutes forms the habit"]] == DOTTED
    assert styles[offsite.ids["Self-serve billing"]] == DASHED
    assert styles[offsite.ids["On-call for data jobs"]] == DASHED
    assert offsite.ids["Metric catalogue"] not in styles


def test_each_child_has_one_edge_or_ribbons(offsite: Tidemark) -> None:
    money = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    drawn = {edge.child for edge in money.edges} | {ribbon.child for ribbon in money.ribbons}
    assert drawn == {node for node, parent in money.parents.items() if parent is not None}
    assert not {edge.child for edge in money.edges} & {ribbon.child for ribbon in money.ribbons}


def test_ribbons_are_as_wide_as_their_money_and_stack_without_gaps(offsite: Tidemark) -> None:
    shown = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    million = 100_000_000
    top = shown.boxes[shown.order[0]]
    assert shown.lines.per_million == pytest.approx(min(28.0, 0.8 * top.h * million / 335_000_000))
    for ribbon in shown.ribbons:
        pool = next(p for p in offsite.strategy.all(Pool).values() if p.colour == ribbon.pool)
        amount = shown.money[ribbon.child].by_pool[pool.id]
        assert ribbon.width == pytest.approx(max(2.0, shown.lines.per_million * amount / million))
    mine = [ribbon for ribbon in shown.ribbons if ribbon.parent == shown.order[0]]
    assert [ribbon.pool for ribbon in mine] == [0, 1, 0, 1, 2]
    for above, below in itertools.pairwise(mine):
        assert above.y1 + above.width == pytest.approx(below.y1)
    assert (mine[0].y1 + mine[-1].y1 + mine[-1].width) / 2 == pytest.approx(top.middle)


def test_no_ribbons_are_higher_than_their_card() -> None:
    strategy = many(300)
    shown = picture(strategy, lens="capital", scenario="sc1")
    scale = shown.lines.per_million / 100_000_000
    for node, box in shown.boxes.items():
        assert shown.money[node].placed * scale <= 0.8 * box.h + 1e-6


def test_only_outcomes_without_money_are_hatched(offsite: Tidemark) -> None:
    shown = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    assert [card.title for card in shown.cards.values() if card.unfunded] == ["Admins can prove value"]
    assert not any(
        card.unfunded for card in picture(offsite.strategy, scenario=offsite.scenario).cards.values()
    )
    assert not any(card.unfunded for card in picture(offsite.strategy, lens="capital").cards.values())


def test_unpriced_is_unknown_and_not_hatched(offsite: Tidemark) -> None:
    edit = Edit(offsite.strategy)
    nodes.add(edit, "initiative", "Nobody priced it", offsite.ids["Admins can prove value"])
    shown = picture(edit.result()[0], lens="capital", scenario=offsite.scenario)
    card = shown.cards[offsite.ids["Admins can prove value"]]
    assert not card.unfunded and card.chip is not None and card.chip.text == "€ ?" and card.chip.dashed


def test_chips_by_lens(offsite: Tidemark) -> None:
    plain = picture(offsite.strategy, scenario=offsite.scenario)
    assert {card.kind for card in plain.cards.values() if card.chip} == {"initiative"}
    money = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    assert money.cards[money.order[0]].chip.text == "€3.35\u00a0M"  # type: ignore[union-attr]
    assert {card.kind for card in money.cards.values() if not card.chip} == {"assumption", "capability"}


def test_folding_hides_what_is_below_and_counts_it(offsite: Tidemark) -> None:
    fold = offsite.ids["Customers trust the numbers"]
    shown = picture(offsite.strategy, folded=frozenset({fold}), lens="capital", scenario=offsite.scenario)
    assert shown.cards[fold].folded == 6 and len(shown.boxes) == 20
    assert shown.cards[fold].chip.text == "€1.13\u00a0M"  # type: ignore[union-attr]


def test_a_branch_stands_alone(offsite: Tidemark) -> None:
    shown = picture(offsite.strategy, root=offsite.ids["Mid-market accounts grow"])
    assert shown.order[0] == offsite.ids["Mid-market accounts grow"] and len(shown.order) == 8
    assert shown.parents[shown.order[0]] is None


def test_a_branch_or_scenario_that_is_gone_is_left_out(offsite: Tidemark) -> None:
    shown = picture(offsite.strategy, root="gone", scenario="gone", lens="from the future")
    assert len(shown.order) == 26 and not shown.money and shown.view.root is None
    assert {edge.style for edge in shown.edges} == {SOLID, DOTTED}


def test_nothing_moves_when_the_lens_changes(offsite: Tidemark) -> None:
    places = {
        lens: picture(offsite.strategy, lens=lens, scenario=scenario).boxes
        for lens in lenses()
        for scenario in (None, offsite.scenario)
    }
    assert len({tuple(boxes.items()) for boxes in places.values()}) == 1


def test_lone_roots_stand_below_the_root_before_them_on_paper_only(offsite: Tidemark) -> None:
    screen = picture(offsite.strategy)
    assert screen.boxes[offsite.ids["Website rebrand"]].y > max(
        box.y for node, box in screen.boxes.items() if screen.parents[node] is not None
    )
    shown = picture(offsite.strategy, on_paper=True)
    ambition, rebrand = shown.boxes[shown.order[0]], shown.boxes[offsite.ids["Website rebrand"]]
    assert rebrand.x == ambition.x and ambition.bottom < rebrand.y < ambition.bottom + 60
    assert shown.bounds.bottom > shown.boxes[offsite.ids["Old report upkeep"]].bottom


def test_nudges_move_a_card_with_its_branch(offsite: Tidemark) -> None:
    edit = Edit(offsite.strategy)
    nodes.set_value(edit, offsite.ids["Seats grow without a call"], "nudge_x", 30.0)
    nodes.set_value(edit, offsite.ids["Usage-based plan"], "nudge_y", -7.0)
    before, after = picture(offsite.strategy), picture(edit.result()[0])
    for title, dx, dy in (
        ("Seats grow without a call", 30, 0),
        ("Usage-based plan", 30, -7),
        ("Value report", 0, 0),
    ):
        a, b = before.boxes[offsite.ids[title]], after.boxes[offsite.ids[title]]
        assert (b.x - a.x, b.y - a.y) == (dx, dy)


def test_cross_links_say_how_much() -> None:
    shown = picture(small())
    assert [(link.source, link.target, link.text) for link in shown.cross_links] == [("i1", "o2", "+2")]
    edit = Edit(small())
    rows.add(edit, Link, source="o1", target="o2", contribution=0.4)
    assert "× 0.4" in {link.text for link in picture(edit.result()[0]).cross_links}
    assert picture(small(), folded=frozenset({"o1"})).cross_links == ()


def test_an_empty_strategy_has_an_empty_picture() -> None:
    shown = picture(empty(), lens="capital")
    assert (shown.order, shown.edges, shown.ribbons, len(shown.cards)) == ((), (), (), 0)


def test_fans_find_every_line_in_view(offsite: Tidemark) -> None:
    shown = picture(many(200), lens="capital", scenario="sc1")
    rng = random.Random(5)
    for _ in range(40):
        x, y = rng.uniform(0, shown.bounds.w), rng.uniform(0, shown.bounds.h)
        w, h = rng.uniform(10, 900), rng.uniform(10, 900)
        edges, ribbons = shown.fans.in_rect(x, y, x + w, y + h)
        for edge in shown.edges:
            inside = (
                edge.x1 < x + w
                and edge.x2 > x
                and min(edge.y1, edge.y2) < y + h
                and max(edge.y1, edge.y2) > y
            )
            assert not inside or edge in edges
        for line in shown.ribbons:
            low = max(line.y1, line.y2) + line.width
            inside = line.x1 < x + w and line.x2 > x and min(line.y1, line.y2) < y + h and low > y
            assert not inside or line in ribbons


# ------------------------------------------------------------------ after an edit


def test_a_rename_makes_one_card_and_moves_nothing(offsite: Tidemark) -> None:
    before = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    cards, lines = dict(before.cards), before.lines
    edit = Edit(offsite.strategy)
    nodes.rename(edit, offsite.ids["Value report"], "Value letter")
    after, dirty = updated(before, *edit.result())
    assert dirty == {offsite.ids["Value report"]}
    assert after.boxes is before.boxes and after.lines is lines
    assert after.cards[offsite.ids["Value report"]].title == "Value letter"
    assert all(after.cards[node] is card for node, card in cards.items() if node not in dirty)


def test_lines_show_what_was_agreed_and_how_sure_we_became(offsite: Tidemark) -> None:
    """No card changes its size by it, so that only the lens knows that its lines do."""
    report, edit = offsite.ids["Value report"], Edit(offsite.strategy)
    nodes.set_value(edit, report, "state", "agreed")
    nodes.set_value(edit, offsite.strategy.get(Node, report).parent, "state", "agreed")
    nodes.set_value(edit, report, "evidence", "tested")
    result = edit.result()
    for lens in ("draft", "confidence"):
        before = picture(offsite.strategy, lens=lens)
        old = next(edge.style for edge in before.edges if edge.child == report)
        after, _ = updated(before, *result)
        new = next(edge.style for edge in after.edges if edge.child == report)
        assert after.boxes is before.boxes and old != new, lens
        same(after, build(result[0], before.view, measure))


def test_money_reaches_every_card_above(offsite: Tidemark) -> None:
    before = picture(offsite.strategy, lens="capital", scenario=offsite.scenario)
    edit = Edit(offsite.strategy)
    billing = offsite.ids["Self-serve billing"]
    scenarios.set_level(edit, offsite.scenario, billing, initiatives.levels(edit, billing)[1].id)
    after, dirty = updated(before, *edit.result())
    above = ["Self-serve billing", "Seats grow without a call", "Mid-market accounts grow"]
    assert dirty == {offsite.ids[title] for title in above} | {after.order[0]}
    assert after.cards[after.order[0]].chip.text == "€3.48\u00a0M"  # type: ignore[union-attr]


def test_another_view_keeps_the_cards_that_stay_the_same(offsite: Tidemark) -> None:
    before = picture(offsite.strategy, scenario=offsite.scenario)
    note = offsite.ids["3 minutes forms the habit"]
    card = before.cards[note]
    after, dirty = updated(before, offsite.strategy, view=replace(before.view, lens="capital"))
    assert after.view.lens == "capital" and after.cards[note] is card and note not in dirty
    assert after.order[0] in dirty


OPERATIONS: dict[str, Callable[[Edit, random.Random, list[str]], object]] = {
    "rename": lambda e, r, ids: nodes.rename(e, r.choice(ids), "word " * r.randint(0, 12)),
    "child": lambda e, r, ids: nodes.add_child(e, r.choice([None, *ids]), "new"),
    "sibling": lambda e, r, ids: nodes.add_sibling(e, r.choice(ids)),
    "parent": lambda e, r, ids: nodes.add_parent(e, r.choice(ids)),
    "kind": lambda e, r, ids: nodes.set_kind(e, r.choice(ids), r.choice(list(kinds()))),
    "move": lambda e, r, ids: nodes.move(e, r.sample(ids, min(2, len(ids))), r.choice([None, *ids])),
    "reorder": lambda e, r, ids: nodes.reorder(e, r.choice(ids), r.choice((-1, 1))),
    "delete": lambda e, r, ids: nodes.delete(e, [r.choice(ids)]),
    "duplicate": lambda e, r, ids: nodes.duplicate(e, r.choice(ids)),
    "state": lambda e, r, ids: nodes.set_value(e, r.choice(ids), "state", r.choice(("draft", "agreed"))),
    "note": lambda e, r, ids: nodes.set_value(e, r.choice(ids), "note", r.choice((None, "remark"))),
    "nudge": lambda e, r, ids: nodes.set_value(e, r.choice(ids), "nudge_y", r.choice((None, 40.0))),
    "push": lambda e, r, ids: arranging.nudge(e, r.choice(ids), r.uniform(-300, 300), r.uniform(-90, 90)),
    "settle": lambda e, r, ids: arranging.settle(e, [r.choice(ids)]),
    "layout": lambda e, r, ids: arranging.set_layout(e, r.choice(arranging.LAYOUTS)),
    "side": lambda e, r, ids: nodes.set_value(e, r.choice(ids), "side", r.choice((None, "left", "right"))),
    "pool": lambda e, r, ids: _on(e, r, "initiative", "pool", r.choice([None, *e.all(Pool)])),
    "cost": lambda e, r, ids: _on(e, r, "initiative", "full_cost", r.randrange(10**8)),
    "target": lambda e, r, ids: _on(e, r, "outcome", "target", r.choice((None, 5.0))),
    "unit": lambda e, r, ids: _on(e, r, "outcome", "unit", r.choice((None, "days"))),
    "level": lambda e, r, ids: _fund(e, r),
    "lock": lambda e, r, ids: [
        scenarios.set_lock(e, row.scenario, row.initiative, True) for row in _some(e, r)
    ],
    "reading": lambda e, r, ids: _read(e, r),
    "link": lambda e, r, ids: _effect(e, r),
    "currency": lambda e, r, ids: rows.set_value(e, Header, HEADER_ID, "currency", r.choice(("EUR", "JPY"))),
    "scenario": lambda e, r, ids: scenarios.create(e, "Copy", copy_of=r.choice(sorted(e.all(Scenario)))),
    "colour": lambda e, r, ids: rows.set_value(
        e, Pool, r.choice(sorted(e.all(Pool))), "colour", r.randrange(5)
    ),
}


def _of(edit: Edit, kind: str) -> list[str]:
    return [node.id for node in edit.ordered(Node) if node.kind == kind]


def _on(edit: Edit, rng: random.Random, kind: str, field: str, value: object) -> None:
    for node in _of(edit, kind)[:1]:
        nodes.set_value(edit, node, field, value)


def _some(edit: Edit, rng: random.Random) -> list[Allocation]:
    found = sorted(edit.all(Allocation).values(), key=lambda row: row.id)
    return rng.sample(found, min(2, len(found)))


def _fund(edit: Edit, rng: random.Random) -> None:
    bet = rng.choice(_of(edit, "initiative"))
    levels = [None, *(level.id for level in initiatives.levels(edit, bet))]
    scenarios.set_level(edit, rng.choice(sorted(edit.all(Scenario))), bet, rng.choice(levels))


def _read(edit: Edit, rng: random.Random) -> None:
    day = datetime.date(2027, 1, rng.randint(1, 28))
    rows.add(edit, Reading, node=rng.choice(_of(edit, "outcome")), date=day, value=rng.random() * 50)


def _effect(edit: Edit, rng: random.Random) -> None:
    bet, outcome = rng.choice(_of(edit, "initiative")), rng.choice(_of(edit, "outcome"))
    if not any(row.outcome == outcome for row in edit.by(Effect, "initiative", bet)):
        rows.add(edit, Effect, initiative=bet, outcome=outcome, p50=2.0)


def same(found: MapPicture, wanted: MapPicture) -> None:
    assert list(found.boxes) == list(wanted.boxes)
    assert found.boxes == wanted.boxes and found.bounds == wanted.bounds
    assert found.lefts == wanted.lefts and found.moved == wanted.moved
    assert found.parents == wanted.parents and found.children == wanted.children
    assert {n: (m.placed, m.unknown, dict(m.by_pool)) for n, m in found.money.items()} == {
        n: (m.placed, m.unknown, dict(m.by_pool)) for n, m in wanted.money.items()
    }
    assert dict(found.cards) == dict(wanted.cards)
    assert found.lines == wanted.lines
    assert found.view == wanted.view


def shaken(before: Strategy, words: list[str], rng: random.Random) -> tuple[Strategy, ChangeSet] | None:
    edit = Edit(before)
    try:
        for word in words:
            OPERATIONS[word](edit, rng, sorted(edit.all(Node)))
    except (ProdleadError, IndexError):
        return None
    return edit.result()


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(sorted(OPERATIONS)), min_size=1, max_size=3), min_size=1, max_size=6),
    st.sampled_from(sorted(lenses())),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_after_any_edits_it_is_the_picture_built_anew(
    edits: list[list[str]], lens: str, branch: bool, seed: int
) -> None:
    rng = random.Random(seed)
    strategy = sample() if rng.random() < 0.5 else small()
    ids = sorted(strategy.all(Node))
    fold = frozenset(rng.sample(ids, rng.randint(0, 3)))
    root = rng.choice(ids) if branch else None
    view = MapView(fold, lens, rng.choice([None, *sorted(strategy.all(Scenario))]), root)
    shown = build(strategy, view, measure)
    list(shown.cards.values())
    for words in edits:
        result = shaken(strategy, words, rng)
        if result is None:
            continue
        for after, changes in ((result), (strategy, result[1].inverted()), result):
            before = dict(shown.cards), dict(shown.boxes)
            shown, dirty = updated(shown, after, changes)
            same(shown, build(after, shown.view, measure))
            gone = before[0].keys() ^ shown.cards.keys()
            changed = {n for n, card in shown.cards.items() if before[0].get(n) != card}
            moved = {n for n, box in shown.boxes.items() if before[1].get(n) != box}
            assert dirty >= gone | changed | moved
        strategy = result[0]


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.sampled_from(sorted(lenses())), st.sampled_from(arranging.LAYOUTS))
def test_after_any_folding_and_editing_it_is_the_picture_built_anew(
    seed: int, lens: str, layout: str
) -> None:
    dice = random.Random(seed)
    edit = Edit(many(60, seed=seed % 5))
    arranging.set_layout(edit, layout)
    strategy = edit.result()[0]
    shown = picture(strategy, lens=lens, scenario="sc1")
    for _ in range(8):
        if len(strategy.all(Node)) < 3:
            break
        before = dict(shown.cards), dict(shown.boxes)
        if dice.random() < 0.6:
            ids = dice.sample(sorted(strategy.all(Node)), dice.randint(1, 3))
            view = replace(shown.view, folded=shown.view.folded ^ frozenset(ids))
            shown, dirty = updated(shown, strategy, view=view)
        else:
            edit = Edit(strategy)
            OPERATIONS[dice.choice(("child", "parent", "reorder", "delete", "kind"))](
                edit, dice, list(shown.boxes) or sorted(strategy.all(Node))
            )
            strategy, changes = edit.result()
            shown, dirty = updated(shown, strategy, changes)
        same(shown, build(strategy, shown.view, measure))
        assert dirty >= before[0].keys() ^ shown.cards.keys()
        assert dirty >= {n for n, box in shown.boxes.items() if before[1].get(n) != box}


@settings(max_examples=25)
@given(strategies_(), st.sampled_from(sorted(lenses())))
def test_any_strategy_at_all_has_a_picture(strategy: Strategy, lens: str) -> None:
    for scenario in [None, *sorted(strategy.all(Scenario))]:
        shown = picture(strategy, lens=lens, scenario=scenario)
        assert set(shown.cards) == set(strategy.all(Node))
        assert all(card.description for card in shown.cards.values())
        assert len(shown.edges) + len({r.child for r in shown.ribbons}) == sum(
            p is not None for p in shown.parents.values()
        )


def test_other_forecasts_change_their_cards_and_nothing_else() -> None:
    shown = picture(sample(), lens="capital", scenario=next(iter(sample().all(Scenario))))
    strategy, outcomes = shown.strategy, _of(Edit(shown.strategy), "outcome")
    list(shown.cards.values())
    assert shown.lines and shown.index
    told = {node: Forecast(0.2, 0.5, 0.9) for node in outcomes[:3]}
    for forecasts in (
        told,
        {**told, outcomes[0]: Forecast(0.1, 0.2, 0.3)},
        {outcomes[1]: told[outcomes[1]]},
        {},
    ):
        before, view = shown, replace(shown.view, forecasts=MappingProxyType(forecasts))
        shown, dirty = updated(before, strategy, view=view)
        same(shown, build(strategy, view, measure))
        changed = {node for node in shown.boxes if shown.cards[node] != before.cards[node]}
        assert changed and changed <= dirty <= set(outcomes)
        assert shown.boxes is before.boxes and shown.index is before.index and shown.lines is before.lines


def crossed(strategy: Strategy, count: int) -> Strategy:
    """With so many contributions across the tree, some with long words."""
    rng, edit = random.Random(3), Edit(strategy)
    ends = [node.id for node in strategy.all(Node).values() if node.kind in ("outcome", "initiative")]
    for _ in range(count):
        source, target = rng.sample(ends, 2)
        try:
            made = links.connect(edit, source, target)
        except ProdleadError:
            continue
        if edit.find(Effect, made) is not None:
            rows.set_value(edit, Effect, made, "p50", rng.choice([1.2, 3.0, 140.5]))
    return edit.result()[0]


@pytest.mark.parametrize("lens", list(lenses()))
def test_the_words_of_cross_links_stand_whole_and_beside_cards_and_each_other(lens: str) -> None:
    for strategy in (sample(), crossed(sample(), 20), crossed(many(200), 150)):
        scenario = next(iter(strategy.all(Scenario)))
        for on_paper in (False, True):
            shown = picture(strategy, lens=lens, scenario=scenario, on_paper=on_paper)
            assert len(shown.pills) == len(shown.cross_links) and (lens == "capital" or shown.pills)
            for link, pill in zip(shown.cross_links, shown.pills, strict=True):
                assert "".join(pill.lines).replace(" ", "") == link.text.replace(" ", "")
                box = pill.box
                assert not shown.index.in_rect(box.x - 3, box.y - 3, box.right + 3, box.bottom + 3)
            assert not any(one.box.shared(other.box) for one, other in itertools.combinations(shown.pills, 2))
