"""Checkpoints: listed, compared with now in words, made again as one edit, opened as a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import sample, small
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from prodlead_desktop import samples
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Answer, Node, Scenario, Shift
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.checkpoints.box import CheckpointsBox
from prodlead_desktop.ui.checkpoints.story import in_words, story
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program

Show = Callable[[Strategy], MainWindow]


def open_box(window: MainWindow, qtbot: QtBot) -> CheckpointsBox:
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    box = window.findChildren(CheckpointsBox)[-1]
    if box.chosen() is not None:
        qtbot.waitUntil(lambda: box.copy.isEnabled())
    return box


def marked(window: MainWindow) -> Document:
    """A checkpoint of the small strategy, then three edits."""
    session = window.session
    assert session is not None
    session.document.checkpoint("before lunch")
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Faster")
    with session.edit("Delete") as edit:
        nodes.delete(edit, ["i1"])
    with session.edit("Add") as edit:
        nodes.add(edit, "outcome", "New one")
    return session.document


def test_the_list_compares_with_now_and_restores_as_one_edit(window: MainWindow, qtbot: QtBot) -> None:
    document = marked(window)
    later = document.strategy
    box = open_box(window, qtbot)
    info = box.chosen()
    assert info is not None and info.name == "before lunch"
    told = {subject.title: subject for subject in box.subjects()}
    assert told["Faster"].lines == (f"Title: {small().get(Node, 'o1').title} → Faster",)
    assert told["New one"].sign == "+"
    assert told[small().get(Node, "i1").title].sign == "−"
    assert QApplication.focusWidget() is box.list
    QTest.mouseClick(box.restore, Qt.MouseButton.LeftButton)
    assert box.isHidden()
    assert document.strategy == small()
    assert document.undo_label == "Restore “before lunch”"
    assert window.toast.notice is not None and "before lunch" in window.toast.notice.sentence
    window.table.run("edit.undo")
    assert document.strategy == later
    window.table.run("edit.redo")
    assert document.strategy == small()


def test_a_restored_state_is_on_disk_and_can_still_be_undone_tomorrow(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    document = marked(window)
    later = document.strategy
    open_box(window, qtbot).make_it_so()
    assert document.flush()
    window.close_anyway()
    again = Document.open(document.path)
    assert again.strategy == small()
    again.undo()
    assert again.strategy == later
    again.close()


def test_nothing_changed_says_so_and_offers_nothing_to_restore(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    window.session.document.checkpoint("now")
    box = open_box(window, qtbot)
    assert box.subjects() == () and not box.restore.isEnabled() and box.copy.isEnabled()


def test_without_a_checkpoint_the_box_teaches(window: MainWindow, qtbot: QtBot) -> None:
    box = open_box(window, qtbot)
    assert box.empty.isVisible() and not box.list.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_a_checkpoint_opens_as_a_copy(
    window: MainWindow, program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(window)
    box = open_box(window, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "lunch"), ""))
    QTest.mouseClick(box.copy, Qt.MouseButton.LeftButton)
    other = program.window_of(tmp_path / "lunch.prodlead")
    assert other is not None and other.session is not None
    assert other.session.strategy == small()


def test_the_story_tells_money_in_the_words_of_the_room() -> None:
    then = samples.load()
    edit = Edit(then)
    plan = scenarios.named(edit, "Balanced")
    funded = next(node for node in edit.ordered(Node) if node.title == "Metric catalogue")
    scenarios.set_level(edit, plan.id, funded.id, None)
    scenarios.set_budget(edit, plan.id, 500_000_000)
    now, _ = edit.result()
    (subject,) = story(then, now)
    assert (subject.title, subject.what, subject.sign) == ("Balanced", "Scenario", "")
    assert subject.lines == ("Budget: €4,000,000 → €5,000,000", "Metric catalogue: Full → none")
    assert in_words((subject,)) == "1 changed" and story(now, now) == ()


def test_what_somebody_answered_blind_is_told_to_nobody() -> None:
    then = samples.load()
    edit = Edit(then)
    for answer in list(edit.all(Answer).values()):
        edit.remove(answer)
    now, changes = edit.result()
    assert changes and story(then, now) == ()


def test_a_future_that_shifts_one_bet_does_not_shift_all_when_the_bet_goes() -> None:
    edit = Edit(samples.load())
    alone = next(shift for shift in edit.all(Shift).values() if shift.node is not None)
    assert alone.node is not None
    nodes.delete(edit, [alone.node])
    assert edit.find(Shift, alone.id) is None
    everything = sum(shift.node is None for shift in samples.load().all(Shift).values())
    assert sum(shift.node is None for shift in edit.all(Shift).values()) == everything


def test_every_difference_of_the_sample_and_nothing_is_told_without_failing(show: Show) -> None:
    told = story(small(), sample())
    assert told and all(subject.title for subject in told)
    assert any(subject.what == "Scenario" for subject in told) and sample().all(Scenario)
