"""Saved views on a real window: kept, shown again, put in order, undone; and the audience window that plays them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from analysis.cases import DATA
from builders import sample
from conftest import Shot
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scribe import Scribe

from prodlead_desktop.domain import interchange, nodes, views
from prodlead_desktop.domain.entities import SavedView
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.audience.window import AudienceWindow
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.views.box import ViewsBox
from prodlead_desktop.ui.views.naming import NamingBox

Show = Callable[[Strategy], MainWindow]
Key = Qt.Key
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def window(show: Show) -> MainWindow:
    return show(sample())


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def names(window: MainWindow) -> list[str]:
    return [view.name for view in session_of(window).strategy.ordered(SavedView)]


def save_seen(window: MainWindow) -> None:
    """As Ctrl+Alt+V and Enter do."""
    assert window.table.run("views.save")
    Scribe().press(Key.Key_Return)


def saved(window: MainWindow) -> None:
    """Two views: the habit branch in the capital lens with a fold, and the whole map."""
    session = session_of(window)
    session.set_root("o-habit")
    session.set_lens("capital")
    session.set_folded({"o-ttfi"})
    save_seen(window)
    session.set_root(None)
    session.set_lens("structure")
    session.set_folded(())
    save_seen(window)


def test_a_view_brings_back_branch_lens_folds_and_place(window: MainWindow, qtbot: QtBot) -> None:
    session, canvas = session_of(window), window.desk.canvas  # type: ignore[union-attr]
    before = len(names(window))
    saved(window)
    assert len(names(window)) == before + 2
    canvas.zoom_to(0.6)
    canvas.centre("o-midmarket")
    folds = [next(node for node in canvas.picture.order if canvas.picture.children.get(node))]
    session.set_folded(folds)
    save_seen(window)
    seen = canvas.view_state()
    session.set_folded(())
    session.set_lens("draft")
    canvas.fit()
    window.table.run("views.previous")
    window.table.run("views.next")
    qtbot.waitUntil(lambda: abs(canvas.view_state()["zoom"] - seen["zoom"]) < 1e-3)
    assert session.folded == frozenset(folds) and session.lens == "structure" and session.root is None
    assert all(abs(canvas.view_state()[axis] - seen[axis]) < 2 for axis in ("x", "y"))


def test_a_view_brings_back_what_was_looked_for(window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    session.narrowing.set_filter(Filter(states=("draft",), hides=True))
    save_seen(window)
    left = set(window.desk.canvas.picture.boxes)  # type: ignore[union-attr]
    session.narrowing.set_filter(Filter())
    window.table.run("views.previous")
    window.table.run("views.next")
    assert session.narrowing.filter == Filter(states=("draft",), hides=True)
    assert set(window.desk.canvas.picture.boxes) == left  # type: ignore[union-attr]
    window.table.run("view.present")
    audience = window.desk.audience  # type: ignore[union-attr]
    assert audience is not None and audience.slide.look.filter
    assert audience._picture is not None and set(audience._picture.boxes) == left
    audience.close()


def test_saving_asks_for_the_name_and_typing_goes_nowhere_else(window: MainWindow, shot: Shot) -> None:
    session, before, scribe = session_of(window), names(window), Scribe()
    window.desk.canvas.setFocus()  # type: ignore[union-attr]
    session.select("o-habit")
    strategy = session.strategy
    assert window.table.run("views.save")
    shot("save-view", window)
    scribe.type("Habit for the board")
    scribe.press(Key.Key_Escape)
    scribe.press(Key.Key_Escape)
    assert session.strategy == strategy and not window.findChildren(NamingBox, options=DIRECT)[0].isVisible()
    assert window.table.run("views.save")
    scribe.type("Habit for the board")
    scribe.press(Key.Key_Return)
    assert names(window) == [*before, "Habit for the board"]
    assert window.desk.canvas.hasFocus(), "the keyboard is back on the map"  # type: ignore[union-attr]
    session.undo()
    assert session.strategy == strategy, "one step"


def test_saving_is_undone_and_comes_back(window: MainWindow) -> None:
    session, before = session_of(window), names(window)
    saved(window)
    after = names(window)
    window.table.run("edit.undo")
    window.table.run("edit.undo")
    assert names(window) == before
    window.table.run("edit.redo")
    window.table.run("edit.redo")
    assert names(window) == after and session.document.undo_label == "Save view"


def test_the_box_renames_moves_updates_and_deletes_from_the_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = session_of(window)
    saved(window)
    before = names(window)
    window.table.run("views.all")
    box = window.findChildren(ViewsBox)[-1]
    box.list.setCurrentRow(len(before) - 1)
    box.name.editor.setFocus()
    box.name.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(box.name.editor, "Everything")
    QTest.keyClick(box.name.editor, Key.Key_Return)
    assert names(window)[-1] == "Everything"
    box.up.setFocus()
    QTest.keyClick(box.up, Key.Key_Space)
    assert names(window)[-2] == "Everything" and box.chosen is not None and box.chosen.name == "Everything"
    session.set_lens("draft")
    box.now.click()
    assert session.strategy.ordered(SavedView)[-2].lens == "draft"
    box.remove.click()
    assert "Everything" not in names(window)
    window.table.run("edit.undo")
    assert "Everything" in names(window)
    QTest.keyClick(box, Key.Key_Escape)
    assert window.body is not None and window.body.tools("map").isVisible()


def test_a_deleted_branch_does_not_hurt(window: MainWindow) -> None:
    session = session_of(window)
    saved(window)
    with session.edit("Delete") as edit:
        nodes.delete(edit, ["o-habit"])
    window.table.run("views.next")
    window.table.run("views.next")
    assert session.root is None


@pytest.fixture
def audience(window: MainWindow, qtbot: QtBot) -> AudienceWindow:
    saved(window)
    window.table.run("view.present")
    assert window.desk is not None and window.desk.audience is not None
    qtbot.waitExposed(window.desk.audience)
    return window.desk.audience


def test_slides_are_the_views_and_turn_by_keys(
    window: MainWindow, audience: AudienceWindow, shot: Callable[..., object]
) -> None:
    audience.resize(1920, 1080)
    assert [slide.title for slide in audience.slides] == names(window)
    audience.start_with(None)
    shot("audience-first", audience)
    for key, at in ((Key.Key_PageDown, 1), (Key.Key_Space, 2), (Key.Key_Backspace, 1), (Key.Key_PageUp, 0)):
        QTest.keyClick(audience, key)
        assert audience.at == min(at, len(audience.slides) - 1)
    QTest.keyClick(audience, Key.Key_PageUp)
    assert audience.at == 0
    QTest.keyClick(audience, Key.Key_End)
    assert audience.at == len(audience.slides) - 1
    QTest.keyClick(audience, Key.Key_Escape)
    assert window.desk is not None and window.desk.audience is None
    session_of(window).set_lens("draft")  # nobody listens any more


def test_slides_follow_the_document(window: MainWindow, audience: AudienceWindow, qtbot: QtBot) -> None:
    habit = next(slide for slide in audience.slides if slide.look.root == "o-habit")
    assert "€" in habit.amount and "Capital" in habit.caption
    session = session_of(window)
    session.set_scenario("sc-today")
    qtbot.waitUntil(lambda: "Today" in audience.slide.caption)
    while session.strategy.all(SavedView):
        with session.edit("Delete") as edit:
            views.remove(edit, next(iter(edit.all(SavedView))))
    qtbot.waitUntil(lambda: len(audience.slides) == 1)
    session.set_lens("confidence")
    qtbot.waitUntil(lambda: audience.slide.caption.startswith("Confidence"))


def test_other_keys_reach_the_scribe_and_closing_the_file_ends_it(
    window: MainWindow, audience: AudienceWindow, qtbot: QtBot
) -> None:
    canvas, session = window.desk.canvas, session_of(window)  # type: ignore[union-attr]
    canvas.setFocus()
    session.select("o-habit")
    session.set_root(None)
    QTest.keyClick(audience, Key.Key_X)
    assert canvas.editing == "o-habit"
    QTest.keyClick(QApplication.focusWidget() or canvas, Key.Key_Escape)
    window.close_anyway()
    assert window.desk is not None and window.desk.audience is None


def test_forecasts_come_with_a_lens_that_shows_them_and_follow_the_money(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, canvas = session_of(window), window.desk.canvas  # type: ignore[union-attr]
    assert not session.forecasts
    places = dict(canvas.picture.boxes)
    session.set_lens("confidence")
    qtbot.waitUntil(lambda: "o-ttfi" in session.forecasts, timeout=30_000)
    before = canvas.picture.cards["o-ttfi"].bar
    assert before is not None and before.forecast is not None
    assert canvas.picture.boxes == places, "nothing moves when the lens changes"
    session.set_scenario("sc-today")
    qtbot.waitUntil(lambda: canvas.picture.cards["o-ttfi"].bar != before, timeout=30_000)
    session.set_lens("structure")
    assert not session.forecasts


def test_numbers_that_contradict_each_other_are_told_and_the_file_opens(show: Show, qtbot: QtBot) -> None:
    """A threshold on the wrong side of the baseline would be reached before anything is done."""
    document = json.loads((DATA / "smallest.json").read_text(encoding="utf-8"))
    document["nodes"][0] |= {"threshold": 50, "threshold_share": 0.5}
    window = show(interchange.loads(json.dumps(document)))
    session = session_of(window)
    assert "ttfi" in window.desk.canvas.picture.cards  # type: ignore[union-attr]
    session.set_lens("confidence")

    def told() -> list[str]:
        return [row.sentence for row in window.body.bar.notices()]  # type: ignore[union-attr]

    qtbot.waitUntil(lambda: any("wrong side of its baseline 40" in one for one in told()), timeout=30_000)
    assert any("There is no forecast." in one and "Give a threshold below 40" in one for one in told())


def test_far_away_confidence_fills_by_evidence_and_a_narrow_window_shows_icons(window: MainWindow) -> None:
    session, canvas = session_of(window), window.desk.canvas  # type: ignore[union-attr]
    session.set_lens("confidence")
    blocks = {node: card.block for node, card in canvas.picture.cards.items()}
    assert blocks["o-habit"] == "hollow" and len(set(blocks.values())) >= 3
    window.resize(820, 600)
    tools = window.body.tools("map")  # type: ignore[union-attr]
    assert all(not button.text() and button.accessibleName() for button in tools.lenses._buttons.values())  # type: ignore[attr-defined]
    legend = canvas.aids.legend
    canvas.aids.place()
    assert "Outcome" not in legend.accessibleDescription() and "tested" in legend.accessibleDescription()


def test_another_direction_shows_the_whole_map_again(window: MainWindow) -> None:
    session, canvas = session_of(window), window.desk.canvas  # type: ignore[union-attr]
    session.select(list(canvas.picture.boxes)[-1])
    for row in ("layout.down", "edit.undo"):
        window.table.run(row)
        size = canvas.viewport().size()
        left, top = canvas.camera.to_map(0, 0)
        right, bottom = canvas.camera.to_map(size.width(), size.height())
        seen = canvas.picture.index.in_rect(left, top, right, bottom)
        assert next(iter(canvas.picture.boxes)) in seen, "the root is in sight"
