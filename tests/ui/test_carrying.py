"""Cards that are copied, cut, dragged and selected many at a time, on real windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import many
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scribe import Scribe

from prodlead_desktop.document import Document
from prodlead_desktop.domain import tree
from prodlead_desktop.domain.entities import Allocation, Effect, Level, Node
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session

Key, Button = Qt.Key, Qt.MouseButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BOTH = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
Show = Callable[[Strategy], MainWindow]


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def canvas_of(window: MainWindow) -> MapCanvas:
    canvas = window.context().canvas
    assert isinstance(canvas, MapCanvas)
    return canvas


@pytest.fixture
def other(program: Program, window: MainWindow, tmp_path: Path) -> MainWindow:
    """A second window of the same program, on an empty strategy."""
    return program.show_document(Document.create(tmp_path / "other.prodlead", empty()), None)


def test_copied_in_one_window_pasted_in_another(window: MainWindow, other: MainWindow) -> None:
    session_of(window).select("o1")
    window.table.run("edit.copy")
    assert QGuiApplication.clipboard().text() == "Faster insight\n\tGuide\n\tConnectors\n"
    other.table.run("edit.paste")
    there = session_of(other)
    titles = [node.title for node in tree.preorder(there.strategy)]
    assert titles == ["Faster insight", "Guide", "Connectors"]
    guide = next(node for node in there.strategy.all(Node).values() if node.title == "Guide")
    assert len(there.strategy.by(Level, "initiative", guide.id)) == 3
    assert len(there.strategy.by(Effect, "initiative", guide.id)) == 1
    assert other.body is not None
    assert "1 tie to cards that are not here" in other.body.bar.notices()[-1].sentence
    assert there.document.undo_label == "Paste 3 cards"
    there.undo()
    assert not there.strategy.all(Node)


def test_cut_and_pasted_a_card_keeps_its_money(window: MainWindow) -> None:
    session, scribe = session_of(window), Scribe()
    before = session.strategy
    canvas_of(window).setFocus()
    session.select("i1")
    scribe.press(Key.Key_X, CTRL)
    assert session.strategy.find(Node, "i1") is None and session.current == "i2"
    session.select("o2")
    scribe.press(Key.Key_V, CTRL)
    assert session.strategy.get(Node, "i1").parent == "o2" and session.current == "i1"
    assert session.strategy.all(Allocation) == before.all(Allocation)
    assert session.strategy.all(Effect) == before.all(Effect)
    scribe.press(Key.Key_V, CTRL)
    assert [node.title for node in tree.children(session.strategy, "i1")] == ["Guide"], "the second is a copy"
    for _ in range(3):
        session.undo()
    assert session.strategy == before


def test_a_broken_branch_on_the_clipboard_is_refused_in_words(window: MainWindow) -> None:
    before = session_of(window).strategy
    for data in (b"\xff\xfe", b"{}"):
        mime = QMimeData()
        mime.setData(carrying.BRANCH, data)
        QGuiApplication.clipboard().setMimeData(mime)
        assert not window.table.run("edit.paste")
        assert window.body is not None
        assert "not a branch" in window.body.bar.notices()[-1].sentence
    assert session_of(window).strategy is before


def drag(canvas: MapCanvas, mime: QMimeData, to: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    """What the system tells the map while something from elsewhere is dragged over it and dropped."""
    port = canvas.viewport()
    QApplication.sendEvent(port, QDragEnterEvent(to, BOTH, mime, Button.LeftButton, held))
    assert not canvas.grab().isNull()
    QApplication.sendEvent(port, QDropEvent(QPointF(to), BOTH, mime, Button.LeftButton, held))


def middle(canvas: MapCanvas, node_id: str) -> QPoint:
    box = canvas.picture.boxes[node_id]
    x, y = canvas.camera.to_screen(box.x + box.w / 2, box.middle)
    return QPoint(round(x), round(y))


def test_from_the_outline_onto_the_map(window: MainWindow) -> None:
    session, canvas = session_of(window), canvas_of(window)
    assert window.body is not None
    rows = window.body.outline.view.rows
    mime = rows.mimeData([rows.index_of("i1")])
    drag(canvas, mime, middle(canvas, "o2"))
    assert session.strategy.get(Node, "i1").parent == "o2"
    assert session.document.undo_label == "Move card"
    drag(canvas, mime, middle(canvas, "a"), CTRL)
    assert session.strategy.get(Node, "i1").parent == "o2", "with Ctrl a copy"
    assert tree.children(session.strategy, "a")[-1].title == "Guide"
    drag(canvas, mime, QPoint(3, canvas.viewport().height() - 3))
    assert session.strategy.get(Node, "i1").parent is None, "on the ground: the top level"
    before = session.strategy
    drag(canvas, rows.mimeData([rows.index_of("a")]), middle(canvas, "o1"))
    assert session.strategy is before, "not below itself"


def test_from_the_map_into_the_outline(window: MainWindow) -> None:
    session = session_of(window)
    assert window.body is not None
    view = window.body.outline.view
    mime = carrying.mime_of(session, ["i2"])
    place = QPointF(view.visualRect(view.rows.index_of("o2")).center())
    moving = QDragEnterEvent(place.toPoint(), BOTH, mime, Button.LeftButton, NONE)
    view.dragEnterEvent(moving)
    view.dragMoveEvent(moving)
    view.dropEvent(QDropEvent(place, BOTH, mime, Button.LeftButton, NONE))
    assert session.strategy.get(Node, "i2").parent == "o2"


def test_from_one_window_into_another(window: MainWindow, other: MainWindow) -> None:
    drag(canvas_of(other), carrying.mime_of(session_of(window), ["o2"]), QPoint(200, 200))
    assert [node.title for node in tree.preorder(session_of(other).strategy)] == [
        "Trusted numbers",
        "Remember",
    ]
    assert session_of(window).strategy.find(Node, "o2") is not None


def test_a_band_selects_what_it_touches(window: MainWindow) -> None:
    session, canvas = session_of(window), canvas_of(window)
    session.select("a")
    port, camera = canvas.viewport(), canvas.camera
    boxes = [canvas.picture.boxes[node] for node in ("i1", "i2")]
    x, y = camera.to_screen(boxes[0].x, min(box.y for box in boxes))
    right, bottom = camera.to_screen(boxes[0].right, max(box.bottom for box in boxes))
    QTest.mousePress(port, Button.LeftButton, SHIFT, QPoint(round(x) - 8, round(y) - 8))
    QTest.mouseMove(port, QPoint(round(right) - 20, round(bottom) - 4))
    assert not canvas.grab().isNull()
    QTest.mouseRelease(port, Button.LeftButton, SHIFT, QPoint(round(right) - 20, round(bottom) - 4))
    assert set(session.selected) == {"a", "i1", "i2"} and session.current == "a"
    assert canvas.camera == camera, "what people look at stays where it is"


def test_shift_click_selects_up_to_a_card(window: MainWindow) -> None:
    session, canvas = session_of(window), canvas_of(window)
    QTest.mouseClick(canvas.viewport(), Button.LeftButton, NONE, middle(canvas, "i1"))
    QTest.mouseClick(canvas.viewport(), Button.LeftButton, SHIFT, middle(canvas, "o2"))
    assert session.selected == ("i1", "i2", "o2")


def test_everything_is_selected_and_changed_in_one_step(show: Show) -> None:
    window = show(many(5000))
    session, scribe = session_of(window), Scribe()
    canvas_of(window).setFocus()
    before = session.strategy
    session.select("n00000")
    scribe.press(Key.Key_A, CTRL)
    assert len(session.selected) == 5000 and session.current == "n00000"
    window.table.run("map.agreed")
    assert {node.state for node in session.strategy.all(Node).values()} == {"agreed"}
    session.undo()
    assert session.strategy == before
