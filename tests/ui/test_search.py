"""Find and filter on the real window: what is marked, what steps back, what is hidden, and the way out."""

from __future__ import annotations

from collections.abc import Callable

from builders import many
from conftest import Shot
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scribe import Scribe

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.search.bars import Bars, bars_of
from prodlead_desktop.ui.session import Session

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Show = Callable[[Strategy], MainWindow]


def parts(window: MainWindow) -> tuple[Session, MapCanvas, Bars]:
    canvas = window.context().canvas
    assert window.session is not None and isinstance(canvas, MapCanvas)
    canvas.setFocus()
    return window.session, canvas, bars_of(canvas)


def test_find_marks_counts_and_goes_round(window: MainWindow, shot: Shot) -> None:
    session, canvas, bars = parts(window)
    session.set_folded({"o1"})
    with session.edit("Tag") as edit:
        nodes.set_value(edit, "i2", "tags", ("connect first",))
    scribe = Scribe()
    scribe.press(Key.Key_F, CTRL)
    scribe.type("first")
    assert bars.find.found == ["a", "i2"]
    assert session.current == "a" and bars.find.count.text() == "1 of 2"
    assert canvas.emphasis.found.ids == {"a", "i2"} and canvas.emphasis.found.words == "first"
    scribe.press(Key.Key_Return)
    assert session.current == "i2" and "i2" in canvas.picture.boxes, "the folded branch opens"
    assert bars.find.count.text() == "2 of 2"
    scribe.press(Key.Key_Return)
    assert session.current == "a"
    scribe.press(Key.Key_Return, SHIFT)
    assert session.current == "i2"
    shot("find", window)
    scribe.press(Key.Key_Escape)
    assert canvas.hasFocus() and bars.find.isHidden()
    assert not canvas.emphasis.found.ids and session.current == "i2"


def test_nothing_found_is_said_and_edits_are_followed(window: MainWindow) -> None:
    session, _, bars = parts(window)
    scribe = Scribe()
    scribe.press(Key.Key_F, CTRL)
    scribe.type("zebra")
    assert bars.find.count.text() == "Nothing found" and bars.find.line.property("refused")
    with session.edit("Rename") as edit:
        nodes.rename(edit, "i3", "A zebra crossing")
    assert bars.find.found == ["i3"] and bars.find.count.text() == "1 found"


def test_find_shows_the_card_beside_its_own_bar(show: Show) -> None:
    window = show(many(300))
    session, canvas, bars = parts(window)
    canvas.zoom_to(1.0)
    Scribe().press(Key.Key_F, CTRL)
    bars.find.line.setText("insight")
    for _ in bars.find.found[:40]:
        bars.find.go(1)
        box = canvas.picture.boxes[str(session.current)]
        x, y = canvas.camera.to_screen(box.x, box.y)
        bar = bars.find.geometry()
        beside = x + box.w * canvas.camera.zoom <= bar.left() or y >= bar.bottom()
        assert beside and -1 <= y <= canvas.viewport().height()


def test_find_brings_what_is_selected_already_into_sight(show: Show) -> None:
    window = show(many(300))
    session, canvas, bars = parts(window)
    canvas.zoom_to(1.0)
    found = canvas.picture.order[-1]
    with session.edit("Rename") as edit:
        nodes.rename(edit, found, "A zebra crossing")
    session.select(found)

    def in_sight() -> bool:
        seen = canvas.camera.seen(canvas.picture.boxes[found])
        port = canvas.viewport()
        return seen.x >= 0 and seen.right <= port.width() and seen.y >= 0 and seen.bottom <= port.height()

    scribe = Scribe()
    for act in (lambda: scribe.press(Key.Key_F, CTRL), lambda: scribe.press(Key.Key_Return)):
        canvas.look(canvas.camera.panned(0, 5000))
        assert not in_sight()
        act()
        scribe.type("zebra" if not bars.find.found else "")
        assert bars.find.found == [found] and bars.find.count.text() == "1 of 1" and in_sight()


def test_a_filter_dims_and_says_so_and_is_taken_back(window: MainWindow, shot: Shot) -> None:
    session, canvas, bars = parts(window)
    scribe = Scribe()
    scribe.press(Key.Key_F, CTRL | SHIFT)
    pill = bars.filter.pills["kinds", "initiative"]
    while QApplication.focusWidget() is not pill:
        scribe.press(Key.Key_Tab)
    scribe.press(Key.Key_Space)
    assert session.narrowing.filter == Filter(kinds=("initiative",))
    assert canvas.emphasis.dimmed == set(session.strategy.all(Node)) - {"i1", "i2", "i3"}
    assert bars.filter.count.text() == "3 of 7 cards match"
    shot("filter", window)
    scribe.press(Key.Key_Escape)
    assert bars.banner.isVisible() and "Initiatives: 3 of 7" in bars.banner.filter.text()
    bars.banner.clear.click()
    assert bars.banner.isHidden() and not canvas.emphasis.dimmed


def test_the_card_that_is_worked_on_can_be_read_under_a_filter(window: MainWindow) -> None:
    session, canvas, _ = parts(window)
    session.narrowing.set_filter(Filter(kinds=("note",), hides=True))

    def darkest(node_id: str) -> int:
        box, image = canvas.camera.seen(canvas.picture.boxes[node_id]), canvas.viewport().grab().toImage()
        xs, ys = (
            range(round(start) + 20, round(end) - 20)
            for start, end in ((box.x, box.right), (box.y, box.bottom))
        )
        return min(image.pixelColor(x, y).lightness() for x in xs for y in ys)

    session.select("n1")
    faint = darkest("o2")
    session.select("o2")
    assert darkest("o2") < faint - 60
    session.select("n1")
    assert darkest("o2") == faint


def test_a_filter_that_hides_keeps_what_lies_above(window: MainWindow) -> None:
    session, canvas, _ = parts(window)
    assert window.body is not None
    view = window.body.outline.view
    session.narrowing.set_filter(Filter(kinds=("note",), hides=True))
    assert set(canvas.picture.boxes) == {"a", "o2", "n1"}
    assert canvas.emphasis.dimmed >= {"a", "o2"} and "n1" not in canvas.emphasis.dimmed
    hidden = {node for node in ("i1", "o1", "i3", "n1", "o2") if view.isRowHidden(*_place(view, node))}
    assert hidden == {"i1", "o1", "i3"}
    session.reveal("i1")
    assert "i1" in canvas.picture.boxes, "what is gone to is shown"
    session.narrowing.set_filter(Filter())
    assert set(canvas.picture.boxes) == set(session.strategy.all(Node))
    assert not any(view.isRowHidden(*_place(view, node)) for node in session.strategy.all(Node))


def _place(view: object, node: str) -> tuple[int, object]:
    index = view.rows.index_of(node)  # type: ignore[attr-defined]
    return index.row(), index.parent()


def test_nothing_that_is_worked_on_vanishes_under_a_filter(window: MainWindow) -> None:
    session, canvas, _ = parts(window)
    session.narrowing.set_filter(Filter(states=("draft",), hides=True))
    session.select("i1")
    window.table.run("map.agreed")
    assert session.strategy.get(Node, "i1").state == "agreed" and "i1" in canvas.picture.boxes
    session.narrowing.set_filter(Filter(kinds=("initiative",), hides=True))
    session.select("a")
    scribe = Scribe()
    scribe.press(Key.Key_Tab)
    scribe.type("A new outcome")
    scribe.press(Key.Key_Return)
    assert session.current in canvas.picture.boxes
    assert session.strategy.get(Node, str(session.current)).title == "A new outcome"
    session.undo()
    assert set(canvas.picture.boxes) == {"a", "o1", "i1", "i2", "i3"}


def test_every_edit_under_a_filter_gives_the_picture_of_a_fresh_build(window: MainWindow) -> None:
    from prodlead_desktop.figures import map_picture

    session, canvas, _ = parts(window)
    session.narrowing.set_filter(Filter(kinds=("initiative",), hides=True))
    with session.edit("Several") as edit:
        nodes.move(edit, ["i1"], "o2")
        nodes.delete(edit, ["i2"])
        nodes.add(edit, "initiative", "New", "n1")
    fresh = map_picture.build(session.strategy, canvas.picture.view, canvas.picture.fit.measure)
    assert canvas.picture.boxes == fresh.boxes and "n1" in fresh.boxes
    assert canvas.picture.view.only == session.narrowing.shown


def test_five_thousand_cards_are_found_and_filtered(show: Show) -> None:
    window = show(many(5000))
    session, canvas, bars = parts(window)
    Scribe().press(Key.Key_F, CTRL)
    bars.find.line.setText("seats")
    assert len(bars.find.found) > 100
    assert all("seats" in session.strategy.get(Node, found).title.casefold() for found in bars.find.found)
    bars.find.close_bar()
    session.narrowing.set_filter(Filter(kinds=("initiative",), findings=("orphan",), hides=True))
    only = session.narrowing.shown
    assert only is not None and set(canvas.picture.boxes) == only and len(only) < 2500
    QTest.keyClick(canvas, Key.Key_Home, CTRL)
    assert canvas.picture.boxes
