"""A card says what the strategy says: title, metric, progress, money, level, state; unknown is never zero."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from builders import strategies_
from hypothesis import given, settings

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.entities import HEADER_ID, Allocation, Header, Level, Node, Reading
from prodlead_desktop.domain.kind import kind, kinds, title_or_hint
from prodlead_desktop.figures import card_text
from prodlead_desktop.figures.card import (
    MEASURE_IT,
    SET_TARGET,
    Card,
    Chip,
    Forecast,
    Source,
    card_of,
    height_of,
)
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.text_fit import TextFit

HEADER = Header(HEADER_ID, "Plan", "EUR", datetime.date(2027, 1, 1))
Q3 = datetime.date(2027, 9, 30)
FIT = TextFit(lambda text, px, weight: len(text) * px * 0.55)


def node(name: str, title: str = "Reduce time to insight", state: str = "agreed", **values: Any) -> Node:
    own = {field: values.pop(field) for field in ("note", "pool") if field in values}
    return Node("n", None, 0, name, title, state=state, data=kind(name).data(**values), **own)


def card(of: Node, **more: Any) -> Card:
    return card_of(Source(of, HEADER, **more), FIT)


def claim(**values: Any) -> Node:
    facts = {"baseline": 40.0, "target": 3.0, "unit": "min", "deadline": Q3, "deadline_precision": "quarter"}
    return node("outcome", **(facts | values))


def reading(value: float) -> Reading:
    return Reading("r", "n", datetime.date(2027, 2, 1), value)


def test_metric_line_says_from_to_unit_and_deadline() -> None:
    assert card(claim()).metric == "40 → 3 min · Q3"
    assert card(claim(deadline=datetime.date(2028, 3, 31))).metric == "40 → 3 min · Q1 2028"
    assert card(claim(unit=None, deadline=None)).metric == "40 → 3"


def test_an_unknown_number_is_a_question_mark() -> None:
    assert card(claim(baseline=None)).metric == "? → 3 min · Q3"
    assert card(claim(target=None)).metric == "40 → ? min · Q3"
    assert card(node("outcome", metric="Median time")).metric == "Median time"
    assert card(node("outcome")).metric == ""


def test_a_long_metric_loses_its_deadline_before_anything_is_cut() -> None:
    assert card(claim(unit="minutes a chart")).metric == "40 → 3 minutes a chart"
    assert card(claim(unit="minutes of waiting for one dashboard")).metric.endswith("…")


def test_progress_is_the_way_from_baseline_to_target() -> None:
    half = card(claim(), reading=reading(21.5)).bar
    assert half is not None and half.filled == pytest.approx(0.5)
    assert card(claim()).bar is not None and card(claim()).bar.filled == 0  # type: ignore[union-attr]
    beyond = card(claim(), reading=reading(-40)).bar
    assert beyond is not None and beyond.filled == CARD.bar_ends_at
    worse = card(claim(), reading=reading(90)).bar
    assert worse is not None and worse.filled == 0


def test_what_a_bar_lacks_is_asked_for() -> None:
    assert (card(claim(baseline=None)).bar, card(claim(baseline=None)).prompt) == (None, MEASURE_IT)
    assert card(claim(target=None)).prompt == SET_TARGET
    assert card(node("ambition")).prompt == ""


def test_no_whisker_until_there_is_a_forecast() -> None:
    assert card(claim()).bar.forecast is None  # type: ignore[union-attr]
    told = Forecast(0.4, 0.7, 0.9)
    assert card(claim(), forecast=told).bar.forecast == told  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("money", "chip"),
    [
        (NodeMoney(154_000_000, False), Chip("€1.54\u00a0M", False)),
        (NodeMoney(0, False), Chip("€0", True)),
        (NodeMoney(0, True), Chip("€ ?", True)),
        (NodeMoney(62_000_000, True), Chip("€620\u00a0k + ?", False)),
        (None, None),
    ],
)
def test_money_chip(money: NodeMoney | None, chip: Chip | None) -> None:
    assert card(node("initiative"), money=money).chip == chip


LEVELS = tuple(Level(f"l{n}", "n", n, name, 100 * n) for n, name in enumerate(("Minimum", "Full", "Stretch")))


def given_level(place: int) -> Allocation:
    return Allocation("a", "s", "n", level=LEVELS[place].id)


@pytest.mark.parametrize(("place", "filled", "word"), [(0, 1, "minimum"), (1, 2, "full"), (2, 3, "stretch")])
def test_pips_and_level_word(place: int, filled: int, word: str) -> None:
    shown = card(node("initiative"), allocation=given_level(place), levels=LEVELS)
    assert (shown.pips, shown.level) == (filled, word)


def test_pips_of_what_gets_nothing_or_an_amount() -> None:
    assert (card(node("initiative")).pips, card(node("initiative")).level) == (0, "none")
    funded = node("initiative", full_cost=1000, funding="curve")
    part = card(funded, allocation=Allocation("a", "s", "n", amount=500))
    assert (part.pips, part.level) == (1, "50\u00a0% of full")
    assert card(funded, allocation=Allocation("a", "s", "n", amount=1000)).pips == 2
    assert card(funded, allocation=Allocation("a", "s", "n", amount=1500)).pips == 3
    assert card(claim()).pips is None


def test_many_levels_share_three_pips_and_keep_their_own_names() -> None:
    levels = tuple(Level(f"l{n}", "n", n, f"Team of {n + 1}", n) for n in range(9))
    shown = [
        card(node("initiative"), allocation=Allocation("a", "s", "n", level=lv.id), levels=levels)
        for lv in levels
    ]
    assert [one.pips for one in shown] == [1, 1, 1, 1, 2, 2, 2, 3, 3]
    assert shown[0].level == "Team of 1"


def test_badges_stand_in_one_order() -> None:
    bet = node("initiative", note="ask Ann")
    shown = card(bet, allocation=replace(given_level(0), lock=True), levels=LEVELS, marks=("warn", "err"))
    assert shown.badges == ("err", "warn", "lock", "note")
    assert card(node("note", note="text")).badges == ()


def test_words_of_the_other_kinds() -> None:
    assert card(node("capability", status="in place", people=6.0)).metric == "in place · 6 people"
    assert card(node("market", size=14000.0, size_unit="teams")).metric == "14,000 teams"
    test = node("assumption", test_by=datetime.date(2027, 2, 26), test_cost=20_000_00)
    assert card(test).metric == "test by Feb · €20\u00a0k"
    assert card(node("note", note="parked, day 1\nmore")).metric == "parked, day 1"
    assert card(node("opportunity", source="14 interviews")).metric == "14 interviews"


def test_draft_fold_and_title() -> None:
    shown = card(node("outcome", "x" * 200, state="draft"), folded=5)
    assert shown.draft and shown.folded == 5
    assert len(shown.lines) == 2 and shown.lines[-1].endswith("…") and shown.title == "x" * 200
    assert "5 folded" in shown.description and "draft" in shown.description
    whole = card(node("outcome", "x" * 200), whole_title=True)
    assert "".join(whole.lines) == "x" * 200 and whole.height > shown.height


def test_height_is_padding_title_metric_and_last_row() -> None:
    assert card(replace(claim(), title="Short")).height == 9 + 20 + 20 + 24 + 9
    assert card(node("initiative", "Short")).height == 9 + 20 + 24 + 9
    assert card(node("assumption", "Short")).height == 9 + 20 + 9
    assert card(node("capability", "Short")).height == 38
    assert card(node("capability", "Short"), spends=True).height == 62


def test_nothing_moves_with_the_lens() -> None:
    for name in kinds():
        of = node(name)
        bare = card(of)
        rich = card(of, money=NodeMoney(5, False), unfunded=True, forecast=Forecast(0, 0.5, 1))
        assert bare.height == rich.height


def test_compact_shows_the_value_only_where_there_is_room() -> None:
    tall = card(replace(claim(), title="Reduce"))
    assert tall.compact_lines == ("Reduce",) and tall.compact_value == "40 → 3 min"
    low = card(node("assumption", "One two three four five six", probability=0.7))
    assert low.compact_value == "" and len(low.compact_lines) * 23 <= low.height


@settings(max_examples=30)
@given(strategies_(sparse=True))
def test_heights_without_cards_are_the_cards_heights(strategy: Any) -> None:
    for row in strategy.all(Node).values():
        source = Source(row, strategy.header)
        assert height_of(source, FIT) == card_of(source, FIT).height
        assert card_text.says(row) == bool(card_text.words(row, strategy.header).metric)


@pytest.mark.parametrize("name", list(kinds()))
def test_a_card_without_a_title_says_what_its_kind_asks_and_is_as_high_as_with_a_short_one(name: str) -> None:
    empty, short = card(node(name, "")), card(node(name, "Grow"))
    assert empty.words == title_or_hint("", name) == kind(name).hint and empty.title == ""
    assert empty.lines[0] and empty.compact_lines[0] and empty.block_lines[0]
    if name != "ambition":
        assert empty.height == short.height
    else:
        assert " ".join(empty.lines) == "Where do we want to be?"
    assert "untitled" in empty.description
