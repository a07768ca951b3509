"""The outline is the same tree as the map, row by row, whatever the edit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import many
from conftest import Shot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.outline_view import OutlineView
from prodlead_desktop.ui.session import Session

NONE = Qt.KeyboardModifier.NoModifier


def rows_of(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[tuple[str, list]]:
    """The whole model as (title, rows below)."""
    parent = parent or QModelIndex()
    return [
        (
            model.index(row, 0, parent).data(Qt.ItemDataRole.EditRole),
            rows_of(model, model.index(row, 0, parent)),
        )
        for row in range(model.rowCount(parent))
    ]


def tree_of(strategy: Strategy, parent: str | None = None) -> list[tuple[str, list]]:
    return [(node.title, tree_of(strategy, node.id)) for node in tree.children(strategy, parent)]


def view_of(window: MainWindow) -> OutlineView:
    assert window.body is not None
    return window.body.outline.view


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


VERBS = (
    "child",
    "sibling",
    "parent",
    "delete",
    "promote",
    "demote",
    "reorder",
    "move",
    "duplicate",
    "rename",
    "undo",
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 50), st.integers(0, 50)), max_size=12))
def test_the_rows_are_the_tree_after_any_edits(window: MainWindow, steps: list[tuple[str, int, int]]) -> None:
    session = session_of(window)
    model = view_of(window).rows
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for verb, first, second in steps:
        every = [node.id for node in tree.preorder(session.strategy)]
        if not every or len(every) > 200:
            break
        one, other = every[first % len(every)], every[second % len(every)]
        if verb == "undo":
            session.undo()
        else:
            session.attempt(lambda verb=verb, one=one, other=other: _edit(session, verb, one, other))
        assert rows_of(model) == tree_of(session.strategy), verb
    del tester


def _edit(session: Session, verb: str, one: str, other: str) -> None:
    with session.edit(verb) as edit:
        if verb == "child":
            nodes.add_child(edit, one, "new child")
            nodes.add_child(edit, one, "second child")
        elif verb == "sibling":
            nodes.add_sibling(edit, one, title="new sibling")
        elif verb == "parent":
            nodes.add_parent(edit, one, "new parent")
        elif verb == "delete":
            nodes.delete(edit, [one])
        elif verb == "promote":
            nodes.promote(edit, one)
        elif verb == "demote":
            nodes.demote(edit, one)
        elif verb == "reorder":
            nodes.reorder(edit, one, 1)
        elif verb == "move":
            nodes.move(edit, [one], other)
        elif verb == "duplicate":
            nodes.duplicate(edit, one)
        else:
            nodes.rename(edit, one, f"renamed {other}")


def test_a_row_that_moves_out_of_a_branch_that_goes_survives(window: MainWindow) -> None:
    session, model = session_of(window), view_of(window).rows
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with session.edit("Dissolve") as edit:
        nodes.move(edit, ["i1"], None)
        nodes.move(edit, ["o2"], "i1")
        nodes.delete(edit, ["o1"])
    assert rows_of(model) == tree_of(session.strategy)
    session.undo()
    assert rows_of(model) == tree_of(session.strategy)
    del tester


def test_selection_goes_both_ways(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    session.select("i1", "o2")
    chosen = {view.rows.node(index) for index in view.selectionModel().selectedIndexes()}
    assert chosen == {"i1", "o2"} and view.rows.node(view.currentIndex()) == "o2"
    view.setCurrentIndex(view.rows.index_of("i2"))
    assert session.selected == ("i2",)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert session.current == "i1"
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert set(session.selected) == {"i1", "o1"} and session.current == "o1"


def test_the_row_the_keys_walk_to_is_seen(show: Callable[[Strategy], MainWindow]) -> None:
    window = show(many(200))
    view = view_of(window)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    QApplication.processEvents()
    last = view.visualRect(view.currentIndex())
    assert session_of(window).current is not None
    assert view.viewport().rect().contains(last.left(), last.center().y())


def test_folds_go_both_ways(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    session.set_folded({"o1"})
    assert not view.isExpanded(view.rows.index_of("o1"))
    view.setExpanded(view.rows.index_of("a"), False)
    assert session.folded == {"o1", "a"}
    session.reveal("i1")
    assert view.isExpanded(view.rows.index_of("o1")) and view.isExpanded(view.rows.index_of("a"))


def test_a_new_branch_under_a_leaf_shows(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    with session.edit("Add") as edit:
        added = nodes.add_child(edit, "i2", "below a leaf")
    assert view.isExpanded(view.rows.index_of("i2")) and view.rows.index_of(added).isValid()


def test_titles_are_typed_in_place(window: MainWindow, qtbot: QtBot) -> None:
    session, view = session_of(window), view_of(window)
    session.select("o2")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("  Typed   here ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.strategy.get(Node, "o2").title == "Typed here")
    assert session.document.undo_label == "Rename “Typed here”"
    assert view.hasFocus()


@pytest.mark.parametrize("held", [NONE, Qt.KeyboardModifier.ShiftModifier])
def test_arrows_stay_in_the_title_that_is_typed(
    window: MainWindow, held: Qt.KeyboardModifier, qtbot: QtBot
) -> None:
    session, view = session_of(window), view_of(window)
    before = session.strategy
    session.select("o2")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, " and")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(editor, key, held)
        assert (view.delegate.editor, session.current, session.selected) == (editor, "o2", ("o2",))
    QTest.keyClicks(editor, " figures")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    assert session.strategy == before, "not written before it is whole"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.strategy.get(Node, "o2").title == "Trusted numbers and figures")
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert session.current != "o2", "then they walk again"


def test_a_new_row_that_stays_empty_goes_again(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    before = session.strategy
    session.select("o2")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    editor = view.viewport().findChild(QLineEdit)
    assert editor is not None and len(session.strategy.all(Node)) == len(before.all(Node)) + 1
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert session.strategy == before and session.document.undo_label is None
    assert session.current == "o2"


def test_a_dropped_branch_moves_in_one_edit(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    assert view.rows.move(["i1"], "o2", 0)
    assert next(node.id for node in tree.children(session.strategy, "o2")) == "i1"
    assert rows_of(view.rows) == tree_of(session.strategy)
    assert session.document.undo_label == "Move card"
    session.undo()
    assert session.strategy.get(Node, "i1").parent == "o1"


def test_dropped_beside_the_rows_it_goes_to_the_top_level(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    session.select("i1")
    nowhere = QPointF(20, view.viewport().height() - 4)
    mime = view.rows.mimeData([view.rows.index_of("i1")])
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(nowhere, both, mime, Qt.MouseButton.LeftButton, NONE)
    view.dropEvent(event)
    assert session.strategy.get(Node, "i1").parent is None
    assert event.dropAction() != Qt.DropAction.MoveAction, "else Qt would remove the row a second time"
    assert rows_of(view.rows) == tree_of(session.strategy)


def test_a_branch_cannot_be_dropped_into_itself(window: MainWindow) -> None:
    session, view = session_of(window), view_of(window)
    before = session.strategy
    assert not view.rows.move(["a"], "o1", -1)
    assert session.strategy == before
    assert window.body is not None
    assert "below itself" in window.body.bar.notices()[-1].sentence


def test_five_thousand_rows(show: Callable[[Strategy], MainWindow]) -> None:
    window = show(many(5000))
    view, session = view_of(window), session_of(window)
    assert view.rows.count() == 5000
    deep = max(
        (node.id for node in session.strategy.all(Node).values()),
        key=lambda n: tree.depth(session.strategy, n),
    )
    session.reveal(deep)
    session.turns.finish()
    QApplication.processEvents()
    shown = view.visualRect(view.rows.index_of(deep))
    assert view.viewport().rect().intersects(shown) and shown.left() < view.viewport().width() - 80
    top = tree.children(session.strategy, None)[0].id
    with session.edit("Delete") as edit:
        nodes.delete(edit, [top])
    assert view.rows.count() == len(session.strategy.all(Node))
    session.undo()
    session.turns.finish()
    assert view.rows.count() == 5000


def test_titles_of_a_deep_tree_are_elided_at_the_edge_of_the_pane(
    show: Callable[[Strategy], MainWindow], shot: Shot
) -> None:
    window = show(many(2000))
    outline = view_of(window)
    port, bar = outline.viewport(), outline.horizontalScrollBar()
    assert bar.maximum() > 0, "deeper than the pane is wide"
    for value in (0, bar.maximum()):
        bar.setValue(value)
        QApplication.processEvents()
        image = shot(f"outline-deep-{value > 0}", port)
        ratio = image.devicePixelRatio()
        edge = [int((port.width() - at) * ratio) for at in range(2, 9)]
        for y in range(0, image.height(), 3):
            assert len({image.pixel(x, y) for x in edge}) == 1, "nothing is cut at the edge"
