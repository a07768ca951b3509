"""An initiative as a bet: levels with a replacement when one goes, effects in plain words, money by scenario."""

from __future__ import annotations

import pytest
from inspecting import Reader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from prodlead_desktop.domain import initiatives, nodes, scenarios
from prodlead_desktop.domain.entities import Allocation, Effect, Level
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.ui.inspector import effect_words
from prodlead_desktop.ui.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    made = Reader(window)
    made.open("i1", "bet")
    return made


def levels(reader: Reader, initiative: str = "i1") -> list[tuple[str, int | None, float | None]]:
    return [(row.name, row.cost, row.share) for row in initiatives.levels(reader.strategy, initiative)]


def test_a_level_is_added_named_priced_and_shared(reader: Reader) -> None:
    reader.open("i2", "bet")
    reader.press("Add level")
    assert levels(reader, "i2")[1] == ("Minimum", None, None)
    reader.replace("Cost of Minimum", "12k")
    reader.replace("Share of the effect at Minimum", "40")
    row = reader.panel.page("bet").levels.rows[1]
    row.name.setFocus()
    row.name.selectAll()
    QTest.keyClicks(row.name, "Trial")
    QTest.keyClick(row.name, Key.Key_Return)
    assert levels(reader, "i2")[1] == ("Trial", 1_200_000, 0.4)
    assert reader.on_disk().by(Level, "initiative", "i2")[1].cost == 1_200_000


def test_an_unused_level_goes_at_once_and_comes_back_with_undo(reader: Reader) -> None:
    reader.press("Remove the level Stretch")
    assert [name for name, *_ in levels(reader)] == ["Minimum", "Full"]
    reader.undo()
    assert [name for name, *_ in levels(reader)] == ["Minimum", "Full", "Stretch"]


def test_a_level_in_use_goes_only_with_a_replacement(reader: Reader) -> None:
    reader.press("Remove the level Full")
    question = reader.panel.page("bet").levels.question
    assert question.isVisible() and "1 scenario funds “Full”" in question.sentence.text()
    assert [name for name, *_ in levels(reader)] == ["Minimum", "Full", "Stretch"], "nothing went yet"
    assert [question.choices.itemText(n) for n in range(3)] == ["None, €0", "Minimum, €300", "Stretch, €800"]
    question.choices.setCurrentIndex(1)
    QTest.keyClick(question.do, Key.Key_Space)
    given = scenarios.allocation(reader.strategy, "s1", "i1")
    assert given is not None and given.level == "l1"
    assert [name for name, *_ in levels(reader)] == ["Minimum", "Stretch"]
    reader.undo()
    assert scenarios.allocation(reader.strategy, "s1", "i1").level == "l2"  # type: ignore[union-attr]


def test_a_level_in_use_may_be_replaced_by_nothing_or_kept(reader: Reader) -> None:
    question = reader.panel.page("bet").levels.question
    reader.press("Remove the level Full")
    QTest.keyClick(question.keep, Key.Key_Space)
    assert not question.isVisible() and len(levels(reader)) == 3
    reader.press("Remove the level Full")
    QTest.keyClick(question.do, Key.Key_Space)
    given = scenarios.allocation(reader.strategy, "s1", "i1")
    assert given is not None and given.level is None and given.lock
    assert len(levels(reader)) == 2


def test_a_bad_cost_stays_with_its_reason(reader: Reader) -> None:
    line = reader.replace("Cost of Full", "lots")
    row = reader.panel.page("bet").levels.rows[1]
    assert line.text() == "lots" and "not an amount of money" in row._problem.text()
    assert levels(reader)[1][1] == 60_000


def test_a_level_below_the_one_before_it_is_taken_and_said(reader: Reader) -> None:
    rows = reader.panel.page("bet").levels.rows
    assert not any(row._problem.isVisible() for row in rows)
    reader.replace("Cost of Full", "200")
    assert levels(reader)[1][1] == 20_000
    said = "Less than “Minimum” above it, €300."
    assert (rows[1]._problem.text(), rows[1]._problem.isVisible()) == (said, True)
    assert rows[1].cost.accessibleDescription() == said and not rows[2]._problem.isVisible()
    reader.replace("Cost of Full", "many")
    assert rows[1]._problem.text().splitlines()[-1] == said and rows[1].cost.property("refused")
    reader.replace("Cost of Minimum", "100")
    reader.replace("Cost of Full", "200")
    assert not rows[1]._problem.isVisible() and not rows[1].cost.accessibleDescription()


def test_an_effect_is_told_in_the_outcomes_unit(reader: Reader) -> None:
    block = reader.panel.page("bet").effects.blocks[0]
    assert block.words.text() == "16\u00a0min faster, between 8 and 24."
    for name, words in (("p90", "30"), ("p50", "20"), ("p10", "10")):
        line = block.lines[name]
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Key.Key_Return)
    assert block.words.text() == "20\u00a0min faster, between 10 and 30."
    assert reader.on_disk().get(Effect, "e1").p50 == 20.0


def test_percentiles_out_of_order_wait_until_they_fit(reader: Reader) -> None:
    block = reader.panel.page("bet").effects.blocks[0]
    for name, words in (("p10", "50"), ("p50", "60")):
        block.lines[name].setFocus()
        block.lines[name].selectAll()
        QTest.keyClicks(block.lines[name], words)
        QTest.keyClick(block.lines[name], Key.Key_Tab)
        assert "P10 ≤ P50 ≤ P90" in block._problem.text()
        assert block.lines[name].text() == words
    assert reader.strategy.get(Effect, "e1").p50 == 16.0
    block.lines["p90"].setFocus()
    block.lines["p90"].selectAll()
    QTest.keyClicks(block.lines["p90"], "70")
    QTest.keyClick(block.lines["p90"], Key.Key_Return)
    row = reader.strategy.get(Effect, "e1")
    assert (row.p10, row.p50, row.p90) == (50.0, 60.0, 70.0)
    assert block._problem.text() == ""


def test_without_an_effect_the_outcome_above_is_offered_and_the_first_number_stores_it(
    reader: Reader,
) -> None:
    reader.open("i2", "bet")
    block = reader.panel.page("bet").effects.blocks[0]
    assert block.effect_id is None and block.outcome.text() == "Faster insight"
    assert not reader.strategy.by(Effect, "initiative", "i2")
    line = block.lines["p50"]
    line.setFocus()
    QTest.keyClicks(line, "5")
    QTest.keyClick(line, Key.Key_Return)
    (row,) = reader.strategy.by(Effect, "initiative", "i2")
    assert (row.outcome, row.p10, row.p50) == ("o1", None, 5.0)
    assert reader.panel.page("bet").effects.blocks[0] is block, "the block goes on being typed in"
    reader.undo()
    assert not reader.strategy.by(Effect, "initiative", "i2")


def test_an_effect_moves_to_another_outcome_and_goes(reader: Reader) -> None:
    reader.open("i2", "bet")
    effects = reader.panel.page("bet").effects
    block = effects.blocks[0]
    block.outcome.setFocus()
    block.outcome.selectAll()
    QTest.keyClicks(block.outcome, "Trusted numbers")
    QTest.keyClick(block.outcome, Key.Key_Return)
    (row,) = reader.strategy.by(Effect, "initiative", "i2")
    assert row.outcome == "o2"
    QTest.keyClick(effects.blocks[0].remove, Key.Key_Space)
    assert not reader.strategy.by(Effect, "initiative", "i2")


def test_the_same_outcome_twice_is_refused_in_words(reader: Reader) -> None:
    told: list[object] = []
    reader.session.notice.connect(told.append)
    effects = reader.panel.page("bet").effects
    QTest.keyClick(effects.add, Key.Key_Space)
    block = effects.blocks[-1]
    QTest.keyClicks(block.outcome, "Faster insight")
    QTest.keyClick(block.outcome, Key.Key_Return)
    assert len(reader.strategy.by(Effect, "initiative", "i1")) == 2
    assert "already moves “Faster insight”" in str(told)


@pytest.mark.parametrize(
    ("baseline", "target", "unit", "value", "words"),
    [
        (40.0, 3.0, "min", 16.0, "16 min faster"),
        (40.0, 3.0, "min", -2.0, "2 min slower"),
        (31.0, 45.0, "% week-4", 4.0, "4 points more"),
        (18.0, 5.0, "disputes / 100", 1.0, "1 disputes / 100 less"),
        (None, None, "min", 16.0, "16 min better"),
        (1.0, 2.0, None, 0.0, "no effect"),
    ],
)
def test_words_of_an_improvement(
    baseline: float | None, target: float | None, unit: str | None, value: float, words: str
) -> None:
    data = OutcomeData(unit=unit, baseline=baseline, target=target)
    assert effect_words.improvement(data, value).replace("\u00a0", " ") == words


def test_the_money_page_shows_every_scenario_and_changes_the_active_one(reader: Reader) -> None:
    reader.panel.open_page("money")
    page = reader.panel.page("money")
    assert [row.words for row in page.rows if row.isVisible()] == [
        "Plan: Full, €600, locked, the active scenario",
        "Other: Minimum, €300",
    ]
    page.rows[1].click()
    assert reader.session.scenario == "s2"
    assert page.level.value == "l1"
    page.level.editor.setCurrentIndex(3)
    page.level.editor.activated.emit(3)
    assert scenarios.allocation(reader.strategy, "s2", "i1").level == "l3"  # type: ignore[union-attr]


def test_a_locked_amount_is_refused_in_words_with_the_way_out(reader: Reader) -> None:
    told: list[object] = []
    reader.session.notice.connect(told.append)
    reader.panel.open_page("money")
    page = reader.panel.page("money")
    page.level.editor.setCurrentIndex(0)
    page.level.editor.activated.emit(0)
    assert scenarios.allocation(reader.strategy, "s1", "i1").level == "l2"  # type: ignore[union-attr]
    assert page.level.value == "l2"
    notice = told[-1]
    assert "is locked" in notice.sentence  # type: ignore[attr-defined]
    notice.actions[0][1]()  # type: ignore[attr-defined]
    assert not scenarios.allocation(reader.strategy, "s1", "i1").lock  # type: ignore[union-attr]


def test_the_money_of_an_outcome_is_told_by_initiative(reader: Reader) -> None:
    with reader.session.edit("Fund") as edit:
        scenarios.set_level(edit, "s1", "i2", "l4")
    reader.open("o1", "money")
    page = reader.panel.page("money")
    assert page.total.text() == "€1.1\u00a0k"
    assert [(row.name, row.amount) for row in page.bars.rows] == [("Guide", "€600"), ("Connectors", "€500")]
    assert page.bars.rows[0].share == pytest.approx(600 / 1100)
    page.bars._bars[1].click()
    assert reader.session.current == "i2"


def test_all_buttons_of_the_bet_page_have_names(reader: Reader) -> None:
    buttons = [b for b in reader.panel.findChildren(QAbstractButton) if b.isVisible()]
    assert buttons and all(button.accessibleName() or button.text() for button in buttons)


def test_a_removed_initiative_takes_its_form_away(reader: Reader) -> None:
    line = reader.replace("Cost of Full", "9", end=None)
    with reader.session.edit("Delete") as edit:
        nodes.delete(edit, ["i1"])
    assert reader.session.current is None
    assert not reader.strategy.all(Allocation).get("al1")
    assert not line.isVisible()
