"""The map by key events alone, on the real window: a tree of 60 nodes built, taken back and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scribe import Scribe
from shiboken6 import isValid

from prodlead_desktop.app import dress
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import empty
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import Memory, memory

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def settings(tmp_path: Path) -> Memory:
    return memory(tmp_path / "settings")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, settings: Memory) -> Iterator[MainWindow]:
    dress(qapp)
    program = Program(settings)
    made = program.show_document(Document.create(tmp_path / "keys.prodlead", empty()), None)
    made.resize(1600, 1000)
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    assert made.body is not None
    made.body.page("map").setFocus()
    yield made
    if isValid(made):
        made.close()


def canvas_of(window: MainWindow) -> MapCanvas:
    assert window.body is not None
    canvas = window.body.page("map")
    assert isinstance(canvas, MapCanvas)
    return canvas


def strategy_of(window: MainWindow) -> object:
    assert window.session is not None
    return window.session.strategy


def build_sixty(scribe: Scribe) -> None:
    """1 ambition, 4 outcomes, 11 sub-outcomes and 44 more below: four levels, 60 cards, no mouse."""
    scribe.type("Where we want to be")
    scribe.press(Key.Key_Return)
    for top in range(4):
        scribe.press(Key.Key_Tab)
        scribe.type(f"Outcome {top}")
        scribe.press(Key.Key_Return)
        branches = 3 if top else 2
        for branch in range(branches):
            scribe.press(Key.Key_Tab)
            scribe.type(f"Branch {top}.{branch}")
            scribe.press(Key.Key_Tab)  # commit and a child at once
            for leaf in range(4):
                scribe.type(f"Leaf {top}.{branch}.{leaf}")
                scribe.press(Key.Key_Return, CTRL if leaf < 3 else Qt.KeyboardModifier.NoModifier)
            scribe.press(Key.Key_Left)
            scribe.press(Key.Key_Left)
        scribe.press(Key.Key_Left)


def test_sixty_cards_in_four_levels_by_keys_all_undone_all_redone(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    scribe = Scribe()
    build_sixty(scribe)
    built = session.strategy
    titles = [node.title for node in tree.preorder(built)]
    assert len(titles) == 60
    assert len(set(titles)) == 60
    assert titles[:4] == ["Where we want to be", "Outcome 0", "Branch 0.0", "Leaf 0.0.0"]
    assert tree.deepest(built) == 4
    assert len(tree.children(built, tree.children(built, None)[0].id)) == 4
    steps = 0
    while session.document.undo_label is not None:
        scribe.press(Key.Key_Z, CTRL)
        steps += 1
        assert steps <= 60, "one undo takes back one card with its title"
    assert session.strategy == empty()
    assert canvas_of(window).picture.order == ()
    while session.document.redo_label is not None:
        scribe.press(Key.Key_Z, CTRL | SHIFT)
    assert session.strategy == built
    assert set(canvas_of(window).picture.order) == set(built.all(Node))
    assert session.document.flush()
    path = session.document.path
    window.close()
    again = Document.open(path)
    assert again.strategy == built
    assert again.undo_label is not None
    again.close()


def make(scribe: Scribe, *titles: str) -> None:
    """An ambition with children."""
    scribe.type("Top")
    scribe.press(Key.Key_Return)
    for title in titles:
        scribe.press(Key.Key_Tab)
        scribe.type(title)
        scribe.press(Key.Key_Return)
        scribe.press(Key.Key_Left)
    scribe.press(Key.Key_Right)


def below_top(window: MainWindow) -> list[str]:
    session = window.session
    assert session is not None
    (top,) = [node for node in tree.children(session.strategy, None) if node.title == "Top"]
    return [node.title for node in tree.children(session.strategy, top.id)]


def current(window: MainWindow) -> Node:
    session = window.session
    assert session is not None
    assert session.current is not None
    return session.strategy.get(Node, session.current)


def test_enter_and_shift_enter_add_beside(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One", "Two")
    assert current(window).title == "Two"
    scribe.press(Key.Key_Return)
    scribe.type("After")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_Up)
    scribe.press(Key.Key_Return, SHIFT)
    scribe.type("Before")
    scribe.press(Key.Key_Return)
    assert below_top(window) == ["One", "Before", "Two", "After"]


def test_shift_tab_puts_a_parent_above(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One")
    scribe.press(Key.Key_Backtab, SHIFT)
    scribe.type("Between")
    scribe.press(Key.Key_Return)
    assert below_top(window) == ["Between"]
    session = window.session
    assert session is not None
    assert [node.title for node in tree.children(session.strategy, current(window).id)] == ["One"]


def test_reorder_promote_and_demote(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One", "Two")
    scribe.press(Key.Key_Up, CTRL)
    assert below_top(window) == ["Two", "One"]
    scribe.press(Key.Key_Down, CTRL)
    assert below_top(window) == ["One", "Two"]
    scribe.press(Key.Key_Right, ALT)
    assert below_top(window) == ["One"]
    scribe.press(Key.Key_Left, ALT)
    assert below_top(window) == ["One", "Two"]
    for _ in range(3):
        scribe.press(Key.Key_Z, CTRL)
    assert below_top(window) == ["Two", "One"]


def test_fold_unfold_delete_and_kind(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One", "Two")
    scribe.press(Key.Key_Left)
    scribe.press(Key.Key_Space)
    assert len(canvas_of(window).picture.boxes) == 1
    scribe.press(Key.Key_2, CTRL)
    assert len(canvas_of(window).picture.boxes) == 3
    scribe.press(Key.Key_Right)
    for digit, kind in (
        (2, "opportunity"),
        (3, "initiative"),
        (4, "capability"),
        (5, "assumption"),
        (6, "market"),
    ):
        scribe.press(Qt.Key(Key.Key_0.value + digit), ALT)
        assert current(window).kind == kind
    scribe.press(Key.Key_Delete)
    assert len(below_top(window)) == 1
    scribe.press(Key.Key_Z, CTRL)
    assert len(below_top(window)) == 2


def test_f2_keeps_the_text_and_escape_drops_the_change(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One")
    scribe.press(Key.Key_F2)
    scribe.press(Key.Key_End)
    scribe.type(" more")
    scribe.press(Key.Key_Return)
    assert below_top(window) == ["One more"]
    scribe.press(Key.Key_F2)
    scribe.type("gone")
    scribe.press(Key.Key_Escape)
    assert below_top(window) == ["One more"]


def test_pasting_an_indented_list_makes_a_subtree_in_one_step(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One")
    QApplication.clipboard().setText("- First office\n  - Größe\n    - Łódź\n- Second")
    scribe.press(Key.Key_V, CTRL)
    session = window.session
    assert session is not None
    titles = [node.title for node in tree.preorder(session.strategy)]
    assert titles == ["Top", "One", "First office", "Größe", "Łódź", "Second"]
    scribe.press(Key.Key_Z, CTRL)
    assert [node.title for node in tree.preorder(session.strategy)] == ["Top", "One"]


def test_cards_pasted_into_an_empty_new_card_take_its_place(window: MainWindow) -> None:
    scribe, session, clipboard = Scribe(), window.session, QApplication.clipboard()
    assert session is not None

    def shape() -> list[tuple[int, str]]:
        return [
            (tree.depth(session.strategy, node.id), node.title) for node in tree.preorder(session.strategy)
        ]

    def one() -> None:
        top = tree.children(session.strategy, None)[0]
        session.select(tree.children(session.strategy, top.id)[0].id)

    clipboard.setText("Top\n  One\n  Two")
    scribe.press(Key.Key_Tab)
    scribe.press(Key.Key_V, CTRL)
    assert shape() == [(1, "Top"), (2, "One"), (2, "Two")]
    canvas_of(window).setFocus()
    one()
    clipboard.setText("Three\nFour")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_V, CTRL)
    assert shape()[3:] == [(2, "Three"), (2, "Four")]
    canvas_of(window).setFocus()
    one()
    clipboard.setText("one\nline")
    scribe.press(Key.Key_F2)
    scribe.press(Key.Key_A, CTRL)
    scribe.press(Key.Key_V, CTRL)
    scribe.press(Key.Key_Return)
    assert shape()[1] == (2, "one line"), "words for a title that there is"
    assert window.body is not None
    view = window.body.outline.view
    view.setFocus()
    clipboard.setText("Five\n  Six")
    scribe.press(Key.Key_Return)
    scribe.press(Key.Key_V, CTRL)
    assert shape()[5:] == [(2, "Five"), (3, "Six")]
    for _ in range(4):
        scribe.press(Key.Key_Z, CTRL)
    assert shape() == []
    with session.edit("As a new strategy begins") as edit:
        ambition = nodes.add_child(edit, None)
    canvas_of(window).begin_edit(ambition)
    scribe.press(Key.Key_V, CTRL)
    assert shape() == [(1, ""), (2, "Five"), (3, "Six")]


def test_ten_thousand_lines_are_pasted_in_one_step_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    scribe = Scribe()
    make(scribe, "One")
    lines = [f"{'  ' * (number % 4)}- Item {number}" for number in range(10_000)]
    QApplication.clipboard().setText("\n".join(lines))
    scribe.press(Key.Key_V, CTRL)
    session = window.session
    assert session is not None
    qtbot.waitUntil(
        lambda: len(session.strategy.all(Node)) == 10_002, timeout=60_000
    )  # read beside the window
    assert len(canvas_of(window).picture.order) == 10_002
    scribe.press(Key.Key_Z, CTRL)
    assert [node.title for node in tree.preorder(session.strategy)] == ["Top", "One"]
    assert len(canvas_of(window).picture.order) == 2


def test_f3_leads_to_the_first_number_of_the_card(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One")
    scribe.press(Key.Key_F3)
    scribe.type("Median time")
    scribe.press(Key.Key_Return)
    data = current(window).data
    assert isinstance(data, OutcomeData)
    assert data.metric == "Median time"


def test_the_outline_shows_the_same_tree_and_selection(window: MainWindow) -> None:
    scribe = Scribe()
    make(scribe, "One", "Two")
    assert window.body is not None
    view = window.body.outline.view
    model = view.model()
    top = model.index(0, 0)
    assert model.data(top) == "Top"
    assert [model.data(model.index(row, 0, top)) for row in range(model.rowCount(top))] == ["One", "Two"]
    assert model.data(view.currentIndex()) == "Two"
