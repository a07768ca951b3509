"""Several cards at once, and the strategy as a whole when none is selected."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from builders import small
from inspecting import Reader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from prodlead_desktop.domain import currency, nodes
from prodlead_desktop.domain.entities import Level, Node, Pool, Scenario, Team
from prodlead_desktop.ui.inspector.bulk import BulkPanel
from prodlead_desktop.ui.inspector.strategy_panel import StrategyPanel
from prodlead_desktop.ui.main_window import MainWindow

Key = Qt.Key
BY_TAB = Qt.FocusPolicy.TabFocus


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    return Reader(window)


def type_into(line: Any, words: str, end: Qt.Key | None = Key.Key_Return) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClicks(line, words)
    if end is not None:
        QTest.keyClick(line, end)


# -- several cards


def test_several_cards_show_what_they_share(reader: Reader) -> None:
    reader.session.select("o1", "i1", "i2")
    panel = reader.panel
    assert isinstance(panel, BulkPanel)
    assert (panel.count.text(), panel.mix.text()) == ("3 cards", "1 outcome, 2 initiatives")
    assert panel.kind.value is None
    assert panel.state.value == "draft"
    assert panel.refs["pool"].text() == "" and panel.refs["pool"].placeholderText() == "Different"


def test_one_edit_sets_the_team_of_all_and_one_undo_takes_it_back(reader: Reader) -> None:
    reader.session.select("o1", "i2", "n1")
    type_into(reader.panel.refs["team"], "Data")
    assert [reader.node(n).team for n in ("o1", "i2", "n1")] == ["t1", "t1", None], "a note has no team"
    assert reader.session.document.undo_label == "Change team of 3 cards"
    reader.undo()
    assert [reader.node(n).team for n in ("o1", "i2")] == [None, None]


def test_state_and_tags_of_all(reader: Reader) -> None:
    with reader.session.edit("Tag") as edit:
        nodes.set_value(edit, "o1", "tags", ("old", "habit"))
        nodes.set_value(edit, "o2", "tags", ("habit",))
    reader.session.select("o1", "o2")
    panel = reader.panel
    reader.press("Agreed")
    assert {reader.node(n).state for n in ("o1", "o2")} == {"agreed"}
    assert panel.tags.words == ("habit",)
    QTest.keyClicks(panel.tags.input, "first")
    QTest.keyClick(panel.tags.input, Key.Key_Return)
    assert reader.node("o1").tags == ("old", "habit", "first")
    assert reader.node("o2").tags == ("habit", "first")
    reader.press("Remove habit")
    assert reader.node("o1").tags == ("old", "first")


def test_the_kind_of_all_changes_and_what_was_dropped_is_counted_with_undo(reader: Reader) -> None:
    told: list[Any] = []
    reader.session.notice.connect(told.append)
    reader.session.select("i1", "i2")
    combo = reader.panel.kind.editor
    place = combo.findData("opportunity")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert {reader.node(n).kind for n in ("i1", "i2")} == {"opportunity"}
    assert "dropped" in told[-1].sentence and told[-1].actions[0][0] == "Undo"
    told[-1].actions[0][1]()
    assert {reader.node(n).kind for n in ("i1", "i2")} == {"initiative"}
    assert reader.strategy.find(Level, "l2") is not None


def test_a_new_team_for_all_is_added_in_the_same_edit(reader: Reader) -> None:
    reader.session.select("o1", "i2")
    reader.panel.refs["team"].added.emit("Growth")
    team = reader.node("o1").team
    assert team == reader.node("i2").team
    assert reader.strategy.get(Team, str(team)).name == "Growth"
    reader.undo()
    assert len(reader.strategy.all(Team)) == 1


# -- the strategy


def test_the_header_is_typed(reader: Reader) -> None:
    reader.session.select()
    assert isinstance(reader.panel, StrategyPanel)
    reader.replace("Name", "Tidemark")
    reader.replace("Plan starts", "Q2 2028")
    reader.replace("Horizon, quarters", "12")
    header = reader.on_disk().header
    assert (header.name, header.plan_start, header.horizon) == ("Tidemark", datetime.date(2028, 4, 1), 12)
    assert reader.line("Plan starts").text() == "Apr 2028"
    reader.replace("Horizon, quarters", "900")
    assert "must be from 1 to 80" in reader.message_at("Horizon, quarters")
    assert reader.strategy.header.horizon == 12


def test_a_pool_is_added_renamed_and_removed_and_says_what_that_clears(reader: Reader) -> None:
    reader.session.select()
    pools = reader.panel.lists["pool"]
    type_into(pools.new, "Later")
    assert [(p.name, p.colour) for p in reader.strategy.ordered(Pool)] == [
        ("Core", 0),
        ("New", 1),
        ("Later", 2),
    ]
    assert pools.new.hasFocus() and pools.new.text() == ""
    type_into(pools.rows[2].name, "Much later")
    assert reader.strategy.ordered(Pool)[2].name == "Much later"
    type_into(pools.rows[2].name, "")
    assert "name is needed" in pools.rows[2]._problem.text()
    assert reader.strategy.ordered(Pool)[2].name == "Much later"
    reader.press("Remove Core")
    assert pools.question.isVisible()
    assert pools.question.sentence.text() == "Remove “Core”? It is cleared from 1 card."
    assert reader.node("i1").pool == "p1"
    QTest.keyClick(pools.question.do, Key.Key_Space)
    assert reader.node("i1").pool is None
    reader.undo()
    assert reader.node("i1").pool == "p1"


def test_what_nothing_hangs_on_goes_at_once_with_a_toast(reader: Reader) -> None:
    told: list[Any] = []
    reader.session.notice.connect(told.append)
    reader.session.select()
    people = reader.panel.lists["person"]
    type_into(people.new, "CEO")
    reader.press("Remove CEO")
    assert not people.rows and told[-1].sentence == "Removed “CEO”." and told[-1].toast
    told[-1].actions[0][1]()
    assert len(people.rows) == 1


def test_the_currency_asks_for_a_rate_before_amounts_are_converted(reader: Reader) -> None:
    reader.session.select()
    field = reader.panel.currency
    reader.replace("Currency", "usd")
    assert field.asking.isVisible()
    assert reader.strategy.header.currency == "EUR", "not before the rate is known"
    type_into(field.rate, "1.5")
    assert not field.asking.isVisible()
    assert reader.strategy.header.currency == "USD"
    assert reader.strategy.get(Level, "l2").cost == 90_000
    assert reader.strategy.get(Scenario, "s1").budget == 150_000
    reader.undo()
    assert reader.strategy.header.currency == "EUR"
    reader.session.select()
    assert field.line.text() == "EUR"
    reader.replace("Currency", "euro")
    assert "not a currency code" in field.field.message


def test_no_currency_is_said_in_words(reader: Reader) -> None:
    with reader.session.edit("Change") as edit:
        currency.set_currency(edit, "XXX")
    reader.session.select()
    field = reader.panel.currency
    assert (field.line.text(), field.line.placeholderText()) == ("", "No currency")
    reader.replace("Currency", "usd")
    assert field.rate_field._label.text() == (
        "1 without currency is how many USD? With 1 the numbers stay as they are."
    )
    assert "the amounts are without currency" in field.field.message
    type_into(field.rate, "1")
    assert (reader.strategy.header.currency, field.line.text()) == ("USD", "USD")


def test_every_field_of_the_strategy_has_a_name(reader: Reader) -> None:
    reader.session.select()
    fields = [w for w in reader.panel.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & BY_TAB]
    assert fields
    nameless = [w for w in fields if not w.accessibleName() and not getattr(w, "text", lambda: "")()]
    assert not nameless


def test_deleting_all_selected_shows_the_strategy(reader: Reader) -> None:
    reader.session.select("o1", "o2")
    with reader.session.edit("Delete") as edit:
        nodes.delete(edit, ["o1", "o2"])
    assert isinstance(reader.panel, StrategyPanel)
    assert set(reader.strategy.all(Node)) < set(small().all(Node))
