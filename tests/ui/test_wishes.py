"""Target wishes in a real window: typed in the box of rules, told above the table, explained beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import small
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import futures, rows, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, Wish
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.arrangement import Arrangement
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.scenarios.rules import RulesBox
from prodlead_desktop.ui.session import Session

Key = Qt.Key
Show = Callable[[Strategy], MainWindow]


def wished(session: Session, scenario: str = "s1") -> dict[str, float | None]:
    return {row.outcome: row.attainment for row in session.strategy.by(Wish, "scenario", scenario)}


def rules(window: MainWindow) -> RulesBox:
    window.table.run("allocate.rules")
    return window.findChildren(RulesBox)[-1]


def with_ends() -> Strategy:
    """The small strategy, with a way for both outcomes: o1 falls from 40 to 3 min, o2 rises from 10 to 20."""
    edit = Edit(small())
    rows.set_value(edit, Node, "o2", "baseline", 10.0)
    rows.set_value(edit, Node, "o2", "target", 20.0)
    return edit.result()[0]


def page_of(window: MainWindow) -> AllocatePage:
    assert window.body is not None
    window.body.show_workspace("allocate")
    page = window.body.page("allocate")
    assert isinstance(page, AllocatePage)
    return page


@pytest.fixture
def window(show: Show) -> MainWindow:
    made = show(with_ends())
    assert made.session is not None
    made.session.set_scenario("s1")
    return made


def test_a_wish_is_added_changed_and_taken_back_by_keyboard(window: MainWindow) -> None:
    assert window.session is not None
    session, box = window.session, rules(window)
    box.wishes.new.setFocus()
    QTest.keyClicks(box.wishes.new, "Faster insight")
    QTest.keyClick(box.wishes.new, Key.Key_Return)
    assert wished(session) == {"o1": 1.0}, "the target, to begin with"
    row = box.wishes.rows["o1"]
    line = row.share.editor
    assert (
        isinstance(line, QLineEdit)
        and QApplication.focusWidget() is line
        and line.selectedText() == line.text()
    )
    QTest.keyClicks(line, "80")
    QTest.keyClick(line, Key.Key_Return)
    assert wished(session) == {"o1": 0.8} and line.text().replace("\u00a0", " ") == "80 %"
    assert row.note.text().replace("\u00a0", " ") == "10.4 min, on the way from 40 to 3 min."
    assert [option.id for option in box.wishes._offers()] == ["o2"], "one wish on an outcome"
    line.selectAll()
    QTest.keyClicks(line, "110")
    QTest.keyClick(line, Key.Key_Return)
    assert wished(session) == {"o1": pytest.approx(1.1)}
    line.selectAll()
    QTest.keyClicks(line, "2000")
    QTest.keyClick(line, Key.Key_Return)
    assert "between 0 % and 1,000" in row.share.message and wished(session) == {"o1": pytest.approx(1.1)}
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClick(line, Key.Key_Return)
    assert wished(session) == {} and not box.wishes.rows and box.isVisible()
    assert QApplication.focusWidget() is box.wishes.new, "the keyboard stays in the box"
    for expected in ({"o1": pytest.approx(1.1)}, {"o1": 0.8}, {"o1": 1.0}, {}):
        session.undo()
        assert wished(session) == expected and set(box.wishes.rows) == set(expected)


def test_the_mouse_takes_a_wish_away_and_an_unknown_outcome_is_told(window: MainWindow) -> None:
    assert window.session is not None
    session = window.session
    with session.edit("Wishes") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.5)
        scenarios.set_wish(edit, "s1", "o2", 0.5)
        scenarios.set_wish(edit, "s2", "o2", 0.1)
        rows.set_value(edit, Node, "o2", "target", None)
    box = rules(window)
    assert list(box.wishes.rows) == ["o1", "o2"]
    assert box.wishes.rows["o2"].note.text() == "Left out as long as its target is unknown."
    QTest.mouseClick(box.wishes.rows["o1"].remove, Qt.MouseButton.LeftButton)
    assert wished(session) == {"o2": 0.5} and wished(session, "s2") == {"o2": 0.1}
    QTest.keyClicks(box.wishes.new, "Nothing of that name")
    QTest.keyClick(box.wishes.new, Key.Key_Return)
    assert wished(session) == {"o2": 0.5}
    with session.edit("Ends") as edit:
        rows.set_value(edit, Node, "o2", "target", 10.0)
    assert "its target is its baseline" in box.wishes.rows["o2"].note.text()


def test_tab_goes_through_the_wishes_in_their_order(window: MainWindow) -> None:
    box = rules(window)
    for name in ("Trusted numbers", "Faster insight"):
        box.wishes.new.setFocus()
        QTest.keyClicks(box.wishes.new, name)
        QTest.keyClick(box.wishes.new, Key.Key_Return)
    first, second = box.wishes.rows["o1"], box.wishes.rows["o2"]
    box.wishes.rows["o1"].share.editor.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [first.remove, second.share.editor, second.remove, box.wishes.new]


def test_wishes_of_a_frozen_scenario_are_shown_not_edited(window: MainWindow) -> None:
    assert window.session is not None
    session = window.session
    with session.edit("Wish") as edit:
        scenarios.set_wish(edit, "s2", "o1", 0.5)
        scenarios.freeze(edit, "s2", "Day 1", 0)
    session.set_scenario("s2")
    box = rules(window)
    row = box.wishes.rows["o1"]
    assert not row.share.editor.isEnabled() and not row.remove.isEnabled() and not box.wishes.new.isEnabled()


def told(page: AllocatePage) -> list[str]:
    return [mark.words.replace("\u00a0", " ") for mark in page.head.wishes.marks if mark.isVisible()]


def test_what_the_plan_makes_of_wishes_stands_above_the_table(window: MainWindow, qtbot: QtBot) -> None:
    """i1 in full brings o1 by 16.1 of 37 minutes on the mean of 8, 16 and 24, and o2 by 2 of 10."""
    assert window.session is not None
    session, page = window.session, page_of(window)
    assert not page.head.wishes.isVisible()
    with session.edit("Wishes") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.9)
        scenarios.set_wish(edit, "s1", "o2", 0.2)
    qtbot.waitUntil(lambda: len(told(page)) == 2)
    first, second = told(page)
    assert first.startswith("Faster insight, ") and "wish 90 %" in first and first.endswith(" points short")
    assert second == "Trusted numbers, 20 % of the way, wish 20 %, kept"
    with session.edit("Lower") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.1)
    qtbot.waitUntil(lambda: all(words.endswith("kept") for words in told(page)))
    session.set_scenario("s2")
    assert told(page) == [], "those of another scenario are not shown for this one's"
    session.set_scenario("s1")
    qtbot.waitUntil(lambda: len(told(page)) == 2)
    for _ in range(2):
        session.undo()
    qtbot.waitUntil(lambda: told(page) == [])
    assert not page.head.wishes.isVisible()


def test_while_a_slider_is_held_the_numbers_of_before_are_paler(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    session, page = window.session, page_of(window)
    with session.edit("Wish") as edit:
        scenarios.set_wish(edit, "s1", "o2", 0.2)
    qtbot.waitUntil(lambda: len(told(page)) == 1)
    (mark,) = page.head.wishes.marks
    assert not mark.stale
    session.preview(lambda edit: scenarios.set_level(edit, "s1", "i1", None))
    assert mark.stale and "kept" in mark.words
    session.preview(None)
    assert not mark.stale
    with session.edit("Nothing for it") as edit:
        scenarios.set_level(edit, "s1", "i1", None)
    assert mark.stale, "until it is worked out"
    qtbot.waitUntil(lambda: not mark.stale)
    assert mark.words.replace("\u00a0", " ") == "Trusted numbers, 0 % of the way, wish 20 %, 20 points short"


def test_where_futures_have_no_probabilities_the_worst_counts(show: Show, qtbot: QtBot) -> None:
    edit = Edit(with_ends())
    scenarios.set_wish(edit, "s1", "o2", 0.2)
    futures.create(edit, "As now")
    bad = futures.create(edit, "Bad")
    shift = futures.add_shift(edit, bad, "effects")
    futures.set_shift(edit, shift, "factor", 0.5)
    window = show(edit.result()[0])
    assert window.session is not None
    window.session.set_scenario("s1")
    page = page_of(window)
    qtbot.waitUntil(lambda: told(page) == ["Trusted numbers, 10 % of the way, wish 20 %, 10 points short"])


def test_the_panel_says_what_becomes_of_wishes(show: Show, qtbot: QtBot) -> None:
    edit = Edit(with_ends())
    scenarios.set_wish(edit, "s1", "o2", 0.9)
    window = show(edit.result()[0])
    assert window.session is not None
    window.session.set_scenario("s1")
    page = page_of(window)
    page.explain()
    qtbot.waitUntil(lambda: page.why.reasons is not None, timeout=20_000)
    assert page.why.reasons is not None
    groups = dict(page.why.reasons.groups)
    assert "misses your wish" in page.why.verdict.text()
    sentences = [words.replace("\u00a0", " ") for words in groups["What becomes of your wishes"]]
    assert sentences[0].startswith("Your wish to bring “Trusted numbers” 90 % of the way is missed")


def test_deleting_an_outcome_says_that_its_wishes_go_along(window: MainWindow) -> None:
    assert window.session is not None
    session = window.session
    with session.edit("Wishes") as edit:
        for scenario in ("s1", "s2"):
            scenarios.set_wish(edit, scenario, "o2", 0.5)
    for row_id, verb in (("edit.delete", "Deleted"), ("edit.cut", "Cut")):
        session.select("o2")
        window.table.run(row_id)
        words = window.toast.accessibleName()
        assert words.startswith(verb) and " and 2 target wishes." in words
        session.undo()
        assert wished(session) == {"o2": 0.5}


def test_on_a_low_page_the_head_gives_way_to_the_rows(window: MainWindow, qtbot: QtBot) -> None:
    """1366 × 780 at 150 %, the reasons beside the table: what is not as wished comes first, the rest is a tip."""
    assert window.session is not None
    session, page = window.session, page_of(window)
    with session.edit("Wishes") as edit:
        for outcome, share in (("o1", 0.1), ("o2", 0.9)):
            scenarios.set_wish(edit, "s1", outcome, share)
        rows.set_value(edit, Node, "o2", "title", "Trusted numbers wherever anybody looks at them")
    qtbot.waitUntil(lambda: len(told(page)) == 2)
    assert page.head.bar.isVisible() and not page.head.wishes.more.isVisible()
    Arrangement.of(session).set("side", "why")
    window.resize(911, 520)
    qtbot.waitUntil(lambda: len(told(page)) == 1)
    table, wishes = page.table, page.head.wishes
    qtbot.waitUntil(
        lambda: table.viewport().height() >= table.height_of(5) - table.horizontalHeader().height() - 4
    )
    assert told(page)[0].startswith("Trusted numbers") and told(page)[0].endswith(" points short")
    assert wishes.more.text() == "+1" and "Faster insight" in wishes.more.toolTip()
    for mark in (*wishes.marks, wishes.more):
        assert mark.isHidden() or wishes.rect().contains(mark.geometry()), "cut with …, not at the edge"
    assert (
        page.head.left.isVisible() and page.head.rect().contains(wishes.geometry()) and wishes.height() >= 24
    )
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: len(told(page)) == 2)
    assert page.head.bar.isVisible() and not wishes.more.isVisible()
