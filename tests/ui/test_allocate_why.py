"""The answer explains itself beside the Allocate table: asked, stopped, told in words, and said to be of yesterday."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from analysis.cases import effect, initiative, outcome
from cli.asked import ask, written
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.analysis import findings
from prodlead_desktop.domain import interchange, scenarios
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.allocate.reasoning import GROUPS
from prodlead_desktop.ui.main_window import MainWindow

Show = Callable[[Strategy], MainWindow]
Key = Qt.Key


def document(*goals: dict[str, Any], **scenario: Any) -> dict[str, Any]:
    """Three bets for 100 each, money for two, one of them held by a floor."""
    floor = [{"initiative": "a", "floor": 100}]
    return {
        "strategy": {"currency": "EUR"},
        "nodes": [
            *(goals or (outcome("o", 0, 100, swing=1, overlap="sum"),)),
            *(initiative(x, 100) for x in "abc"),
        ],
        "effects": [
            *(effect(x, "o", size) for x, size in zip("abc", (10, 20, 30), strict=True)),
            effect("a", "o2"),
        ]
        if any(goal["id"] == "o2" for goal in goals)
        else [effect(x, "o", size) for x, size in zip("abc", (10, 20, 30), strict=True)],
        "scenarios": [{"id": "s", "name": "Plan", "budget": 200, "allocations": floor} | scenario],
    }


def explained(window: MainWindow, qtbot: QtBot) -> AllocatePage:
    """After the action has been run and has ended."""
    window.table.run("allocate.explain")
    assert window.body is not None
    page: Any = window.body.page("allocate")
    qtbot.waitUntil(lambda: window.tasks.jobs == [], timeout=60_000)
    QApplication.processEvents()
    assert isinstance(page, AllocatePage) and page.why.isVisible()
    return page


def shown(page: AllocatePage) -> dict[str, tuple[str, ...]]:
    return {card.title: card.sentences for card in page.why.groups if card.isVisible()}


def test_it_says_what_the_command_line_says(
    show: Show, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goals = (
        outcome("o", 0, 100, swing=1, overlap="sum"),
        outcome("o2", 0, 10, parent="o", contribution=1, swing=2),
    )
    made = document(*goals)
    said = ask(capsys, "explain", written(tmp_path, made), "--scenario", "s", "--json").data
    page = explained(show(interchange.loads(json.dumps(made))), qtbot)
    assert page.why.verdict.text() == f"The best plan is worth {said['value']:.2f} points."
    assert page.why.state.text() == "Under the rules of “Plan”." and not page.why.button.isVisible()
    groups = shown(page)
    assert sorted(
        sentence for title, rows in groups.items() if title in GROUPS for sentence in rows
    ) == sorted(row["sentence"] for row in said["findings"])
    assert groups["Left out"] == tuple(row["sentence"] for row in said["unknowns"]) != ()
    assert set(groups["What holds it up"]) >= {
        row["sentence"] for row in said["findings"] if row["kind"] == "rule"
    }
    told = {row["sentence"] for row in said["findings"]}
    assert set(groups.get("Assumed", ())) == {row["sentence"] for row in said["assumed"]} - told


def test_after_an_edit_it_says_so_and_can_be_asked_again(show: Show, qtbot: QtBot) -> None:
    window = show(interchange.loads(json.dumps(document())))
    page = explained(window, qtbot)
    assert "40 points" in page.why.verdict.text() and window.session is not None
    with window.session.edit("Change budget") as edit:
        scenarios.set_budget(edit, "s", 30_000)
    assert page.why.state.text().endswith("The strategy has changed since.")
    assert page.why.button.isVisible() and page.why.button.text() == "Explain again"
    page.why.button.setFocus()
    QTest.keyClick(page.why.button, Key.Key_Space)
    qtbot.waitUntil(lambda: window.tasks.jobs == [], timeout=60_000)
    QApplication.processEvents()
    assert "60 points" in page.why.verdict.text() and "Held up" not in str(shown(page))


def test_tab_goes_through_the_groups_and_names_them(show: Show, qtbot: QtBot) -> None:
    page = explained(show(interchange.loads(json.dumps(document()))), qtbot)
    first, second = page.why.groups[:2]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Key.Key_Tab)
    assert QApplication.focusWidget() is second
    assert second.accessibleName() == second.title and second.accessibleDescription()


def test_rules_that_clash_are_said(show: Show, qtbot: QtBot) -> None:
    floors = [{"initiative": name, "floor": 100} for name in "abc"]
    page = explained(show(interchange.loads(json.dumps(document(allocations=floors)))), qtbot)
    assert page.why.verdict.text() == "No plan keeps every rule."
    assert shown(page)["What clashes"][0] == "These 3 floors sum to 150\xa0% of the budget: relax one."


def test_numbers_that_cannot_be_are_a_sentence(show: Show, qtbot: QtBot) -> None:
    goals = (outcome("o", 0, 100, swing=1), outcome("o2", 0, 10, money_per_unit=3))
    page = explained(show(interchange.loads(json.dumps(document(*goals)))), qtbot)
    assert "Some objectives count in points and others in money" in page.why.state.text()
    assert page.why.groups == [] and page.why.button.isEnabled()


def test_futures_without_chances_are_told_by_the_worst(show: Show, qtbot: QtBot) -> None:
    half = {"what": "effects", "factor": 0.5}
    futures = [{"id": "f", "name": "As now"}, {"id": "g", "name": "Half", "shifts": [half]}]
    page = explained(show(interchange.loads(json.dumps(document() | {"futures": futures}))), qtbot)
    assert "20 points" in page.why.verdict.text()
    assert any("worst" in sentence for sentence in shown(page)["Assumed"])


def test_it_can_be_stopped_and_asked_again(show: Show, qtbot: QtBot) -> None:
    window = show(interchange.loads(json.dumps(document())))
    window.table.run("allocate.explain")
    assert window.body is not None
    page: Any = window.body.page("allocate")
    assert not page.why.button.isEnabled() and "cross" in page.why.state.text()
    window.tasks.jobs[0].cancel()
    qtbot.waitUntil(lambda: window.tasks.jobs == [], timeout=60_000)
    QApplication.processEvents()
    assert page.why.button.isEnabled() and page.why.reasons is None
    assert "Finds the best plan under the rules of “Plan”" in page.why.state.text()


def test_every_kind_of_finding_has_its_place() -> None:
    text = Path(findings.__file__).read_text(encoding="utf-8")
    kinds = set(re.findall(r'Finding\(\s*"([a-z ]+)"', text))
    assert len(kinds) > 10 and kinds == {kind for group in GROUPS.values() for kind in group}
