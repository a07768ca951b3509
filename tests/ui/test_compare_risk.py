"""Charts that take seconds: computed beside the window, marked while out of date, stopped and asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from builders import sample
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodlead_desktop.analysis.simulate.scenarios import TURN
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.chart import chart_named
from prodlead_desktop.ui.compare.card import ChartCard
from prodlead_desktop.ui.compare.computing import ANEW, FIRST, NOT_YET, OLD
from prodlead_desktop.ui.compare.page import ComparePage
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session

Show = Callable[[Strategy], MainWindow]
SLOW = ("value", "targets")


def opened(window: MainWindow) -> ComparePage:
    assert window.body is not None
    window.body.show_workspace("compare")
    page = window.body.page("compare")
    assert isinstance(page, ComparePage)
    return page


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def drop(session: Session) -> None:
    node = next(node for node in session.strategy.ordered(Node) if node.title == "Metric catalogue")
    with session.edit("Drop it") as edit:
        scenarios.set_level(edit, scenarios.named(edit, "Balanced").id, node.id, None)


def up_to_date(page: ComparePage, session: Session) -> bool:
    shown = tuple(scenario.id for scenario in session.strategy.ordered(Scenario))
    if any(page.cards[name].reading.empty or not page.cards[name].state.isHidden() for name in SLOW):
        return False
    return all(
        page.cards[name].state.isHidden()
        and page.cards[name].reading.finding == chart_named(name).of(session.strategy, shown).finding
        for name in SLOW
    )


@pytest.fixture
def held() -> Iterator[Callable[[], None]]:
    """Nothing is simulated until it is called, as if the strategy were a big one."""
    TURN.acquire()
    yield TURN.release
    if TURN.locked():
        TURN.release()


def test_they_follow_an_edit_and_its_undo(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    page, session = opened(window), session_of(window)
    qtbot.waitUntil(lambda: up_to_date(page, session), timeout=30_000)
    before = {name: page.cards[name].reading for name in SLOW}
    qtbot.waitUntil(lambda: page.cards["value"].picture.image is not None, timeout=20_000)
    drop(session)
    qtbot.waitUntil(lambda: all(page.cards[name].state.text() == ANEW for name in SLOW))
    assert page.cards["value"].reading is before["value"]  # what is old is still shown, and marked
    qtbot.waitUntil(lambda: up_to_date(page, session), timeout=30_000)
    assert page.cards["value"].reading.table != before["value"].table
    session.undo()
    qtbot.waitUntil(
        lambda: page.cards["value"].reading.table == before["value"].table and up_to_date(page, session),
        timeout=30_000,
    )


def test_what_is_stopped_says_so_and_is_asked_for_by_key_or_mouse(
    held: Callable[[], None], show: Show, qtbot: QtBot
) -> None:
    window = show(sample())
    page, session = opened(window), session_of(window)
    cards: list[ChartCard] = [page.cards[name] for name in SLOW]
    assert all(card.empty.text() == FIRST for card in cards)
    qtbot.waitUntil(
        lambda: [job.title for job in window.tasks.jobs] == ["Simulating scenarios"], timeout=10_000
    )
    window.tasks.jobs[-1].cancel()
    held()
    qtbot.waitUntil(lambda: all(card.empty.text() == NOT_YET for card in cards), timeout=10_000)
    assert all(card.again.text() == "Compute" for card in cards)
    assert not window.tasks.jobs
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_R)
    qtbot.waitUntil(lambda: cards[0].reading.empty is None, timeout=30_000)
    assert cards[1].empty.text() == NOT_YET  # one was asked for, the other was not
    qtbot.mouseClick(cards[1].again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: up_to_date(page, session), timeout=30_000)
    TURN.acquire()
    drop(session)
    qtbot.waitUntil(lambda: bool(window.tasks.jobs), timeout=10_000)
    window.tasks.jobs[-1].cancel()
    held()
    qtbot.waitUntil(lambda: [card.state.text() for card in cards] == [OLD, OLD], timeout=10_000)
    assert all(card.reading.empty is None for card in cards)
    session.undo()  # another strategy is another question
    qtbot.waitUntil(lambda: up_to_date(page, session), timeout=30_000)


def test_the_newest_question_wins(held: Callable[[], None], show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    page, session = opened(window), session_of(window)
    qtbot.waitUntil(lambda: bool(window.tasks.jobs), timeout=10_000)
    first = window.tasks.jobs[-1]
    drop(session)
    qtbot.waitUntil(lambda: bool(window.tasks.jobs) and window.tasks.jobs[-1] is not first, timeout=10_000)
    held()
    qtbot.waitUntil(lambda: up_to_date(page, session), timeout=30_000)


def test_a_window_that_closes_stops_them(held: Callable[[], None], show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    opened(window)
    qtbot.waitUntil(lambda: bool(window.tasks.jobs), timeout=10_000)
    window.tasks.jobs[-1].cancel()
    held()
    window.close()
    qtbot.waitUntil(lambda: not window.tasks.jobs, timeout=10_000)
