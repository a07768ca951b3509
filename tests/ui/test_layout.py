"""Where the map grows and branches moved by hand, in a window: menu, keys and mouse, undo, arrows, the printed map."""

from __future__ import annotations

from collections.abc import Callable

from builders import sample, small
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.map_sheets import prepared
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session

Show = Callable[[Strategy], MainWindow]
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def canvas_of(window: MainWindow) -> MapCanvas:
    assert window.body is not None
    canvas = window.body.page("map")
    assert isinstance(canvas, MapCanvas)
    canvas.setFocus()
    return canvas


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def named(session: Session, title: str) -> str:
    return next(node.id for node in session.strategy.all(Node).values() if node.title.startswith(title))


def test_the_layout_is_chosen_in_the_menu_undone_and_printed(show: Show) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    before = canvas.picture.boxes
    for layout in ("down", "balanced"):
        assert window.table.run(f"layout.{layout}")
        assert window.table.actions[f"layout.{layout}"].isChecked()
        sheets = prepared(session.strategy, ExportOptions(lens="structure"))
        assert sheets.picture.boxes.keys() == canvas.picture.boxes.keys()
        assert sheets.picture.lefts == canvas.picture.lefts
        root = canvas.picture.order[0]
        printed, shown = sheets.picture.boxes, canvas.picture.boxes
        for child in canvas.picture.children[root]:
            assert (printed[child].x > printed[root].x) == (shown[child].x > shown[root].x)
            assert (printed[child].y > printed[root].bottom) == (shown[child].y > shown[root].bottom)
    assert canvas.picture.lefts
    session.undo()
    session.undo()
    assert canvas.picture.boxes == before


def test_arrows_follow_the_map_as_it_lies(show: Show) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    root = canvas.picture.order[0]
    first = tree.children(session.strategy, root)[0].id
    window.table.run("layout.down")
    session.select(root)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert session.current == first
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert session.current == tree.children(session.strategy, root)[1].id
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert session.current == root
    window.table.run("layout.balanced")
    left = next(node.id for node in tree.children(session.strategy, root) if node.id in canvas.picture.lefts)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert session.current == left
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert tree.is_within(session.strategy, str(session.current), left)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert session.current == root
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert session.current not in canvas.picture.lefts


def test_keys_push_a_branch_by_hand_in_one_undo_step_and_bring_it_back(show: Show) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    branch = named(session, "Retail, 200")
    session.select(branch)
    before = dict(canvas.picture.boxes)
    inside = [node.id for node in tree.preorder(session.strategy, branch)]
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right, ALT_SHIFT)
    after = canvas.picture.boxes
    assert {node for node in before if before[node] != after[node]} == set(inside)
    assert after[branch].x - before[branch].x == 30
    session.undo()
    assert canvas.picture.boxes == before, "one gesture is one step"
    session.redo()
    QTest.keyClick(canvas, Qt.Key.Key_Home, ALT_SHIFT)
    assert canvas.picture.boxes == before
    assert session.strategy.get(Node, branch).nudge_x is None


def test_dragging_with_alt_moves_the_branch_and_not_its_place_in_the_tree(show: Show) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    canvas.zoom_to(1.0)
    branch = named(session, "Insights leave")
    session.select(branch)
    canvas.centre(branch)
    box, parent = canvas.picture.boxes[branch], session.strategy.get(Node, branch).parent
    x, y = canvas.camera.to_screen(box.x + 100, box.middle)
    start, port = QPoint(round(x), round(y)), canvas.viewport()
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mousePress(port, Qt.MouseButton.LeftButton, alt, start)
    for step in (10, 40, 60):
        QTest.mouseMove(port, start + QPoint(step, 0))
        assert not canvas.grab().isNull()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, alt, start + QPoint(60, 0))
    node = session.strategy.get(Node, branch)
    assert session.document.undo_label == "Move by hand"
    assert node.parent == parent
    assert canvas.picture.boxes[branch].x - box.x == node.nudge_x
    assert 40 <= (node.nudge_x or 0) <= 60


def test_the_whole_map_goes_back_in_line(show: Show) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    before = dict(canvas.picture.boxes)
    for title in ("Retail, 200", "Guided first"):
        session.select(named(session, title))
        assert window.table.run("layout.nudge.right")
    assert canvas.picture.boxes != before
    assert window.table.run("layout.settle_all")
    assert canvas.picture.boxes == before
    assert not window.table.actions["layout.settle_all"].isEnabled()


def test_a_branch_changes_sides_from_the_menu(show: Show) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    assert not window.table.actions["layout.turn"].isEnabled()
    window.table.run("layout.balanced")
    branch = next(iter(canvas.picture.lefts))
    session.select(branch)
    assert window.table.run("layout.turn")
    assert branch not in canvas.picture.lefts


def test_ten_thousand_pasted_lines_are_read_beside_the_window_and_one_undo_step(
    show: Show, qtbot: QtBot
) -> None:
    window = show(sample())
    session, canvas = session_of(window), canvas_of(window)
    before, root = session.strategy, canvas.picture.order[0]
    lines = ["Everything", *("\t" * (1 + n % 4) + f"Line {n}" for n in range(9_999))]
    QGuiApplication.clipboard().setText("\n".join(lines))
    session.select(root)
    assert window.table.run("edit.paste")
    assert window.tasks.jobs and "lines" in window.tasks.jobs[-1].title, "the bottom bar says what goes on"
    shares: list[float | None] = []
    window.tasks.jobs[-1].progressed.connect(shares.append)
    qtbot.waitUntil(lambda: len(session.strategy.all(Node)) > 10_000, timeout=60_000)
    told = [share for share in shares if share is not None]
    assert len({*told}) > 5 and told == sorted(told), "the bar moves"
    session.turns.finish()
    assert window.body is not None
    assert window.body.outline.view.rows.count() == len(session.strategy.all(Node))
    assert session.document.undo_label == "Paste 10,000 cards"
    assert len(canvas.picture.boxes) == len(session.strategy.all(Node))
    session.undo()
    assert session.strategy == before


def test_what_is_pasted_beside_the_window_comes_also_when_somebody_went_on(show: Show, qtbot: QtBot) -> None:
    window = show(small())
    session = session_of(window)
    QGuiApplication.clipboard().setText("\n".join(f"Line {n}" for n in range(2_100)))
    session.select("o2")
    assert window.table.run("edit.paste")
    with session.edit("Meanwhile") as edit:
        nodes.add_child(edit, "o1")
        nodes.delete(edit, ["o2"])
    between = session.strategy
    qtbot.waitUntil(lambda: not window.tasks.jobs, timeout=60_000)
    assert len(session.strategy.all(Node)) == len(between.all(Node)) + 2_100
    session.undo()
    assert session.strategy == between
