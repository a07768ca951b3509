"""The map canvas on a real document: walking, typing, carrying, panning, zooming, following edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import many, small
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.figures import map_picture, paint_qt
from prodlead_desktop.figures.map_picture import MapView
from prodlead_desktop.figures.theme import DARK, LIGHT
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.session import Session


class Bench:
    """A canvas on a document of its own."""

    def __init__(self, qtbot: QtBot, path: Path, strategy: Strategy) -> None:
        self.document = Document.create(path, strategy)
        self.session = Session(self.document)
        self.canvas = MapCanvas(self.session)
        qtbot.addWidget(self.canvas)
        self.canvas.resize(1200, 800)
        self.canvas.show()
        qtbot.waitExposed(self.canvas)
        self.canvas.activateWindow()
        self.canvas.setFocus()
        self.canvas.grab()

    @property
    def field(self) -> QLineEdit:
        found = self.canvas.viewport().findChild(QLineEdit)
        assert isinstance(found, QLineEdit)
        return found

    def title(self, node_id: str) -> str:
        return self.session.strategy.get(Node, node_id).title

    def key(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.canvas, key)

    def middle(self, node_id: str) -> QPoint:
        box = self.canvas.picture.boxes[node_id]
        x, y = self.canvas.camera.to_screen(box.x + box.w / 2, box.middle)
        return QPoint(round(x), round(y))

    def carry(self, node_id: str, to: QPoint) -> None:
        port, start = self.canvas.viewport(), self.middle(node_id)
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(port, start + QPoint(30, 30))
        QTest.mouseMove(port, to)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=to)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "small.prodlead", small())
    yield made
    made.session.close()


def test_arrows_walk_the_tree_and_come_back_to_the_child_they_left(bench: Bench) -> None:
    bench.session.select("a")
    bench.key(Qt.Key.Key_Right)
    assert bench.session.current == "o1"
    bench.key(Qt.Key.Key_Down)
    assert bench.session.current == "o2"
    bench.key(Qt.Key.Key_Left)
    assert bench.session.current == "a"
    bench.key(Qt.Key.Key_Right)
    assert bench.session.current == "o2", "the child left last"
    bench.key(Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert bench.session.current == "n1", "down goes on in the next branch of the same depth"
    bench.key(Qt.Key.Key_Down)
    assert bench.session.current == "n1", "nothing further down at this depth"


def test_right_unfolds_a_folded_card(bench: Bench) -> None:
    bench.session.select("o1")
    bench.session.set_folded({"o1"})
    assert "i1" not in bench.canvas.picture.boxes
    bench.key(Qt.Key.Key_Right)
    assert "i1" in bench.canvas.picture.boxes
    assert bench.session.current == "o1"


def test_a_letter_replaces_the_title_and_enter_commits_one_undo_step(bench: Bench, qtbot: QtBot) -> None:
    bench.session.select("o1")
    bench.key(Qt.Key.Key_F)
    assert bench.canvas.editing == "o1"
    QTest.keyClicks(bench.field, "irst insight")
    qtbot.waitUntil(lambda: bench.title("o1") == "first insight")  # on its way to the disk while typing
    QTest.keyClicks(bench.field, " soon")
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.canvas.editing is None
    assert bench.title("o1") == "first insight soon"
    bench.session.undo()
    assert bench.title("o1") == "Faster insight", "one undo takes back the whole gesture"


def test_escape_drops_what_was_typed_even_when_it_had_reached_the_disk(bench: Bench, qtbot: QtBot) -> None:
    bench.session.select("o1")
    bench.key(Qt.Key.Key_X)
    qtbot.waitUntil(lambda: bench.title("o1") == "x")
    QTest.keyClick(bench.field, Qt.Key.Key_Escape)
    assert bench.title("o1") == "Faster insight"
    assert bench.document.undo_label is None
    assert bench.document.redo_label is None, "what was dropped does not come back by redo"


def test_tab_and_ctrl_enter_in_the_field_go_on_with_a_child_and_a_sibling(bench: Bench) -> None:
    bench.canvas.begin_edit("o2")
    QTest.keyClicks(bench.field, " today")
    QTest.keyClick(bench.field, Qt.Key.Key_Tab)
    child = bench.canvas.editing
    assert child is not None
    assert bench.session.strategy.get(Node, child).parent == "o2"
    QTest.keyClicks(bench.field, "Child")
    QTest.keyClick(bench.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sibling = bench.canvas.editing
    assert sibling not in (None, child)
    QTest.keyClicks(bench.field, "Next")
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert [node.title for node in tree.children(bench.session.strategy, "o2")] == [
        "Remember",
        "Child",
        "Next",
    ]
    assert bench.title("o2") == "Trusted numbers today"


def test_an_empty_new_card_leaves_no_trace(bench: Bench) -> None:
    before = bench.session.strategy
    bench.canvas.begin_edit("o2")
    QTest.keyClick(bench.field, Qt.Key.Key_Tab)
    assert len(bench.session.strategy.all(Node)) == len(before.all(Node)) + 1
    QTest.keyClick(bench.field, Qt.Key.Key_Escape)
    assert bench.session.strategy == before
    assert bench.document.undo_label is None
    assert bench.document.redo_label is None


def test_an_emptied_title_keeps_the_old_one(bench: Bench) -> None:
    bench.canvas.begin_edit("o2", "")
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.title("o2") == "Trusted numbers"


def test_looking_elsewhere_commits(bench: Bench, qtbot: QtBot) -> None:
    bench.canvas.begin_edit("o2")
    QTest.keyClicks(bench.field, " elsewhere")
    bench.canvas.setFocus()
    qtbot.waitUntil(lambda: bench.title("o2") == "Trusted numbers elsewhere")


def test_composed_text_starts_typing_and_arrives_whole(bench: Bench) -> None:
    bench.session.select("o1")
    QApplication.sendEvent(bench.canvas, QInputMethodEvent("に", []))
    assert bench.canvas.editing == "o1"
    commit = QInputMethodEvent("", [])
    commit.setCommitString("日本")
    QApplication.sendEvent(bench.field, commit)
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.title("o1") == "日本"


def test_typing_on_an_empty_map_makes_the_first_card(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "empty.prodlead", empty())
    bench.key(Qt.Key.Key_W)
    QTest.keyClicks(bench.field, "here to")
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    (node,) = bench.session.strategy.all(Node).values()
    assert (node.kind, node.title) == ("ambition", "where to")
    bench.session.close()


def test_dropping_on_a_card_hangs_the_carried_one_below_it_in_one_edit(bench: Bench) -> None:
    bench.carry("i1", bench.middle("o2"))
    assert bench.session.strategy.get(Node, "i1").parent == "o2"
    assert bench.document.undo_label == "Move card"
    bench.session.undo()
    assert bench.session.strategy.get(Node, "i1").parent == "o1"


def test_dropping_at_an_edge_reorders(bench: Bench) -> None:
    box = bench.canvas.picture.boxes["o1"]
    x, y = bench.canvas.camera.to_screen(box.x + 40, box.y + 3)
    bench.carry("o2", QPoint(round(x), round(y)))
    assert [node.id for node in tree.children(bench.session.strategy, "a")] == ["o2", "o1"]


def test_a_card_cannot_be_dropped_into_its_own_branch(bench: Bench) -> None:
    before = bench.session.strategy
    bench.carry("o1", bench.middle("i1"))
    assert bench.session.strategy is before


def test_escape_while_carrying_changes_nothing(bench: Bench) -> None:
    before, port = bench.session.strategy, bench.canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=bench.middle("i1"))
    QTest.mouseMove(port, bench.middle("i1") + QPoint(40, 40))
    QTest.mouseMove(port, bench.middle("o2"))
    assert not bench.canvas.grab().isNull()
    bench.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=bench.middle("o2"))
    assert bench.session.strategy is before


def test_click_selects_and_control_click_adds(bench: Bench) -> None:
    port = bench.canvas.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=bench.middle("o1"))
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, bench.middle("o2"))
    assert bench.session.selected == ("o1", "o2")
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(1190, 5))
    assert bench.session.selected == ()


def test_the_fold_pill_unfolds(bench: Bench) -> None:
    bench.session.set_folded({"o1"})
    box = bench.canvas.picture.boxes["o1"]
    assert bench.canvas.picture.cards["o1"].folded == 2
    x, y = bench.canvas.camera.to_screen(box.right, box.middle)
    QTest.mouseClick(bench.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert "i1" in bench.canvas.picture.boxes


def wheel(canvas: MapCanvas, at: QPointF, steps: int) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)


def test_the_wheel_zooms_around_the_pointer(bench: Bench) -> None:
    at = QPointF(300, 200)
    before, zoom = bench.canvas.camera.to_map(300, 200), bench.canvas.camera.zoom
    wheel(bench.canvas, at, -2)
    assert bench.canvas.camera.zoom == pytest.approx(zoom / 1.44)
    assert bench.canvas.camera.to_map(300, 200) == pytest.approx(before, abs=1.0)


def test_a_panned_frame_is_the_same_as_one_painted_anew(bench: Bench) -> None:
    bench.canvas.zoom_to(1.0)
    QTest.qWait(150)
    bench.canvas.grab()
    bench.canvas.look(bench.canvas.camera.panned(-137, 61))
    moved = bench.canvas.viewport().grab().toImage()
    bench.session.set_theme(DARK)
    bench.canvas.grab()
    bench.session.set_theme(LIGHT)
    fresh = bench.canvas.viewport().grab().toImage()
    different = sum(
        moved.pixel(x, y) != fresh.pixel(x, y)
        for x in range(0, moved.width(), 3)
        for y in range(0, moved.height(), 3)
    )
    assert different < 40, "seams of moved frames may differ in a few antialiased pixels only"


def test_a_rename_repaints_the_card_and_only_moves_what_must(bench: Bench) -> None:
    bench.session.select("o2")
    bench.canvas.zoom_to(1.0)
    QTest.qWait(150)
    before = bench.middle("o2")
    image = bench.canvas.viewport().grab().toImage()
    with bench.session.edit("Rename") as edit:
        nodes.rename(edit, "o2", "Renamed")
    assert bench.middle("o2") == before
    assert bench.canvas.viewport().grab().toImage() != image


def test_a_new_child_leaves_its_parent_where_it_is_on_the_screen(bench: Bench) -> None:
    bench.session.select("o1")
    before = bench.middle("o1")
    with bench.session.edit("Add") as edit:
        for number in range(3):
            nodes.add_child(edit, "o1", f"Bet {number}")
    after = bench.middle("o1")
    assert abs(after.x() - before.x()) <= 1
    assert abs(after.y() - before.y()) <= 1


def test_a_card_taken_elsewhere_does_not_take_the_map_along(bench: Bench, qtbot: QtBot) -> None:
    session, canvas = bench.session, bench.canvas
    session.select("i1")
    seen, carried = bench.middle("o2"), bench.middle("i1")
    with session.edit("Move") as edit:
        nodes.move(edit, ["i1"], "o2")
    assert (bench.middle("o2") - seen).manhattanLength() <= 1
    session.undo()
    session.redo()
    session.undo()
    assert (bench.middle("i1") - carried).manhattanLength() <= 2
    parent = bench.middle("o1")
    with session.edit("Move down") as edit:
        nodes.move(edit, ["i1"], "o1")
    assert (bench.middle("o1") - parent).manhattanLength() <= 1
    with session.edit("Add") as edit:
        for number in range(60):
            nodes.add_child(edit, "o2", f"Bet {number}")
    with session.edit("Move") as edit:
        nodes.move(edit, ["i1"], "o2")
    qtbot.waitUntil(lambda: canvas.viewport().rect().contains(bench.middle("i1")), timeout=1000)


def test_the_picture_is_the_one_a_fresh_build_gives_after_any_edit(bench: Bench) -> None:
    with bench.session.edit("Several") as edit:
        nodes.move(edit, ["i1"], "o2")
        nodes.set_kind(edit, "n1", "outcome")
        nodes.delete(edit, ["i3"])
    view = MapView(bench.session.folded, bench.session.lens, bench.session.scenario)
    fresh = map_picture.build(bench.session.strategy, view, paint_qt.measure)
    assert bench.canvas.picture.cards == fresh.cards
    assert bench.canvas.picture.boxes == fresh.boxes


def test_the_current_card_is_said_in_words(bench: Bench) -> None:
    bench.session.select("o1")
    assert "Outcome" in bench.canvas.accessibleDescription()
    assert "Faster insight" in bench.canvas.accessibleDescription()


def test_a_read_only_document_refuses_typing_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    Document.create(tmp_path / "map.prodlead", small()).close()
    document = Document.open(tmp_path / "map.prodlead", read_only=True)
    session = Session(document)
    canvas = MapCanvas(session)
    qtbot.addWidget(canvas)
    said: list[str] = []
    session.notice.connect(lambda notice: said.append(notice.sentence))
    session.select("o1")
    canvas.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    assert canvas.editing is None
    assert said
    session.close()


def test_the_part_that_was_seen_is_seen_again_in_a_window_of_another_size(bench: Bench, qtbot: QtBot) -> None:
    bench.canvas.zoom_to(0.8)
    bench.canvas.centre("i1")
    state = bench.canvas.view_state()
    again = MapCanvas(bench.session)
    qtbot.addWidget(again)
    again.restore_view(state)
    again.resize(700, 500)
    again.grab()
    assert again.camera.zoom == pytest.approx(0.8)
    assert again.camera.to_map(350, 250) == pytest.approx((state["x"], state["y"]), abs=2)
    again.restore_view({"zoom": "nan", "x": 1, "y": 2})
    assert again.camera.zoom == pytest.approx(0.8)


def test_five_thousand_cards_are_walked_zoomed_and_shown(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "many.prodlead", many(5000))
    for zoom in (0.1, 0.4, 0.7, 1.0):
        bench.canvas.zoom_to(zoom)
        target = QPixmap(1200, 800)
        bench.canvas.viewport().render(target)
    first = bench.canvas.picture.order[0]
    bench.session.select(first)
    for _ in range(5):
        bench.key(Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert bench.session.current != first
    box = bench.canvas.picture.boxes[str(bench.session.current)]
    x, y = bench.canvas.camera.to_screen(box.x, box.y)
    assert -1 <= x <= 1200
    assert -1 <= y <= 800
    bench.session.close()


def test_a_map_nobody_looked_at_keeps_the_place_that_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "seen.prodlead", small())
    bench.canvas.zoom_to(0.8)
    seen = bench.canvas.view_state()
    session = Session(bench.document)
    never = MapCanvas(session)
    qtbot.addWidget(never)
    assert never.view_state() == {}, "it has no size: there is no place to keep"
    never.restore_view(seen)
    session.select("i1")
    assert never.view_state() == seen
    never.resize(1200, 800)
    never.show()
    qtbot.waitExposed(never)
    never.grab()
    assert never.view_state()["zoom"] == pytest.approx(0.8)
    session.close()
