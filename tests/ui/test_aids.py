"""Minimap, frames of pages and the tray of orphan capital, in a window: shown, followed, remembered."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import many, sample, small
from conftest import Shot
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from scribe import Scribe

from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.domain import arranging, nodes, scenarios, tree
from prodlead_desktop.domain.entities import Effect, Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.map_sheets import prepared
from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.canvas.aids import MARGIN
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.canvas.page_frames import frames, label_place
from prodlead_desktop.ui.links.box import LinkBox
from prodlead_desktop.ui.main_window import MainWindow

Show = Callable[[Strategy], MainWindow]
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def canvas_of(window: MainWindow) -> MapCanvas:
    assert window.body is not None
    canvas = window.body.page("map")
    assert isinstance(canvas, MapCanvas)
    canvas.setFocus()
    canvas.grab()
    return canvas


def test_the_minimap_comes_by_its_key_frames_what_is_seen_and_moves_the_map(show: Show) -> None:
    window = show(sample())
    canvas = canvas_of(window)
    minimap = canvas.aids.minimap
    assert not minimap.isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_M, CTRL_SHIFT)
    assert minimap.isVisible() and window.table.actions["view.minimap"].isChecked()
    canvas.zoom_to(1.0)
    before = minimap.seen()
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=QPoint(minimap.width() - 12, 12))
    after = minimap.seen()
    assert after.center().x() == pytest.approx(minimap.width() - 12, abs=2)
    assert after.center().y() == pytest.approx(12, abs=2)
    assert (before.center() - after.center()).manhattanLength() > 5
    QTest.mousePress(minimap, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(minimap, QPoint(30, 40))
    assert not minimap.grab().isNull()
    QTest.mouseRelease(minimap, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    QTest.keyClick(canvas, Qt.Key.Key_M, CTRL_SHIFT)
    assert not minimap.isVisible()


def test_the_capital_lens_holds_orphan_capital_in_a_tray_clear_of_cards_and_legend(
    show: Show, qtbot: QtBot
) -> None:
    window = show(sample())
    canvas = canvas_of(window)
    session, tray, legend = window.session, canvas.aids.tray, canvas.aids.legend
    assert session is not None and window.body is not None
    assert not tray.isVisible()
    session.set_lens("capital")
    canvas.aids.place()
    assert tray.isVisible() and "€290\u00a0k" in tray.words and "Website rebrand €150\u00a0k" in tray.words
    place = tray.geometry()
    assert not place.intersects(legend.geometry()) and canvas.viewport().rect().contains(place)
    under = [
        canvas.camera.to_map(x, y)
        for x in (place.left(), place.right())
        for y in (place.top(), place.bottom())
    ]
    assert not canvas.picture.index.in_rect(*under[0], *under[3])
    root, zoom = next(iter(canvas.picture.boxes.values())), canvas.camera.zoom
    canvas.look(replace(canvas.camera, x=root.x - place.x() / zoom, y=root.y - place.y() / zoom))
    x, y = canvas.camera.to_map(place.x(), place.y())
    right, bottom = canvas.camera.to_map(place.right(), place.bottom())
    assert canvas.picture.index.in_rect(x, y, right, bottom), "cards came to lie under it"
    qtbot.waitUntil(lambda: tray.geometry() != place, timeout=5000)
    assert not tray.geometry().intersects(legend.geometry())
    tray.links[1].click()
    assert session.strategy.get(Node, str(session.current)).title == "Old report upkeep"
    QTest.keyClick(canvas, Qt.Key.Key_F6)
    assert tray.isAncestorOf(QApplication.focusWidget()), "F6 goes from the map to what lies on it"
    with session.edit("Take the money away") as edit:
        for node, _ in Ledger(session.strategy, str(session.scenario)).orphans:
            scenarios.set_lock(edit, str(session.scenario), node.id, False)
            scenarios.set_limits(edit, str(session.scenario), node.id, None, None)
            scenarios.set_level(edit, str(session.scenario), node.id, None)
    canvas.aids.place()
    assert not tray.isVisible()
    session.undo()
    canvas.aids.place()
    assert tray.isVisible()


@pytest.mark.parametrize("size", [(1600, 1000), (1920, 1080), (1366, 768)])
def test_a_map_that_can_be_read_whole_is_seen_whole_and_clear_of_the_legend(
    show: Show, size: tuple[int, int]
) -> None:
    window = show(sample())
    window.resize(*size)
    canvas = canvas_of(window)
    canvas.fit(readable=size[0] > 1366)  # on the smallest window its titles cannot
    port, legend = canvas.viewport(), canvas.aids.legend.geometry()
    for box in map(canvas.camera.seen, canvas.picture.boxes.values()):
        assert box.x >= 0 and box.right <= port.width() and box.y >= 0 and box.bottom <= port.height()
        assert not legend.intersects(QRectF(*box).toRect())


def test_an_orphan_is_connected_to_the_outcome_that_is_typed(show: Show) -> None:
    window = show(sample())
    canvas = canvas_of(window)
    session = window.session
    assert session is not None
    session.set_lens("capital")
    canvas.aids.place()
    canvas.aids.tray.connect_it.click()
    assert any(box.isVisible() for box in window.findChildren(LinkBox))
    assert session.strategy.get(Node, str(session.current)).title == "Website rebrand"
    scribe = Scribe()
    scribe.type("Customers trust the numbers")
    scribe.press(Qt.Key.Key_Return)
    assert len(session.strategy.by(Effect, "initiative", str(session.current))) == 1
    canvas.aids.place()
    assert "Website rebrand" not in canvas.aids.tray.words and "€140\u00a0k" in canvas.aids.tray.words


def test_what_lies_over_the_map_steps_aside_for_the_banner_and_the_find_bar(show: Show, shot: Shot) -> None:
    window = show(sample())
    canvas = canvas_of(window)
    session, aids = window.session, canvas.aids
    assert session is not None
    session.set_lens("capital")
    aids.place()
    tray, port = aids.tray, canvas.viewport()
    for corner in (QPoint(MARGIN, MARGIN), QPoint(port.width() - tray.width() - MARGIN, MARGIN)):
        tray.move(corner)
        assert window.table.run("map.sight") and window.table.run("map.find")
        aids.toggle_minimap()
        parts = [part for part in port.findChildren(QWidget, options=DIRECT) if part.isVisible()]
        assert {tray, aids.banner, aids.minimap, aids.legend} <= set(parts)
        for one, other in itertools.combinations(parts, 2):
            assert not one.geometry().intersects(other.geometry()), (one, other)
        shot("over-map", window)
        window.table.run("map.sight")
        aids.toggle_minimap()


def test_the_words_of_a_page_frame_are_not_under_the_minimap(show: Show, shot: Shot) -> None:
    canvas = canvas_of(show(sample()))
    aids = canvas.aids
    aids.set_paper("A4")
    aids.toggle_minimap()
    (page,) = aids.pages
    zoom = canvas.camera.zoom
    canvas.look(replace(canvas.camera, x=page.page.x - 10 / zoom, y=page.page.y - 10 / zoom))
    room = QRectF(18, 18, page.page.w * zoom - 8, page.page.h * zoom)
    assert QRectF(aids.minimap.geometry()).intersects(label_place(page.words, room, ()))
    place = label_place(page.words, room, aids.over())
    assert not any(QRectF(*box).intersects(place) for box in aids.over())
    assert place.right() <= room.right()
    bare = canvas.viewport().grab(place.toRect()).toImage()
    aids.toggle_minimap()
    assert canvas.viewport().grab(place.toRect()).toImage() != bare, "they stood there"
    narrow = label_place(page.words, QRectF(18, 18, 200, 900), [Box(10, 10, 190, 140)])
    assert narrow.topLeft() == QPointF(18, 158)
    shot("page-words", canvas)


def test_the_minimap_shows_the_map_as_it_is_now(show: Show) -> None:
    window = show(many(300))
    canvas = canvas_of(window)
    canvas.aids.toggle_minimap()
    tall = canvas.aids.minimap.size()
    assert window.session is not None
    with window.session.edit("Layout") as edit:
        arranging.set_layout(edit, "down")
    canvas.aids.place()
    wide = canvas.aids.minimap.size()
    assert tall.height() > tall.width() and wide.width() > wide.height()
    assert wide.width() <= 192 and tall.height() <= 144


@pytest.mark.parametrize("paper", ["A4", "A3", "A0"])
def test_page_frames_have_the_paper_and_hold_the_map_as_the_printed_page_does(paper: str) -> None:
    sheets = prepared(sample(), ExportOptions(page=paper, lens="structure"))
    (frame,) = frames(paper, sheets.picture.bounds)
    page, bounds = frame.page, sheets.picture.bounds
    assert page.w / page.h == pytest.approx(sheets.sheet.width / sheets.sheet.height, rel=0.01)
    assert page.w == pytest.approx(sheets.sheet.width / sheets.sheet.scale, rel=0.02)
    assert frame.inside.x <= bounds.x and bounds.right <= frame.inside.right
    assert frame.inside.y <= bounds.y and bounds.bottom <= frame.foot.y
    assert frame.words.startswith(f"{paper} · ")
    assert frame.readable == ("too small" not in frame.words)
    assert frame.readable == (sheets.sheet.text_pt >= 6.5)


def test_page_frames_are_chosen_in_the_menu_shown_whole_and_remembered(show: Show) -> None:
    window = show(sample())
    canvas = canvas_of(window)
    row = window.table.rows["view.pages"]
    assert row.choices is not None
    context = window.table._context()
    choices = {choice.title: choice for choice in row.choices(context)}
    assert list(choices) == ["None", "A4", "A3", "A2", "A1", "A0"]
    plain = canvas.viewport().grab().toImage()
    choices["A2"].run()
    page = canvas.aids.pages[0].page
    x, y = canvas.camera.to_screen(page.x, page.y)
    right, bottom = canvas.camera.to_screen(page.right, page.bottom)
    assert x >= 0 and y >= 0 and right <= canvas.viewport().width() and bottom <= canvas.viewport().height()
    assert canvas.viewport().grab().toImage() != plain
    assert window.session is not None and window.session.kept["page_frames"] == "A2"
    choices["None"].run()
    assert canvas.aids.pages == ()


def inked(canvas: MapCanvas) -> bool:
    """Whether anything is painted in the middle of the map."""
    image = canvas.viewport().grab().toImage()
    middle = canvas.viewport().rect().center()
    found = {
        image.pixel(middle.x() + x, middle.y() + y) for x in range(-200, 200, 2) for y in range(-12, 12, 2)
    }
    return len(found) > 1


def test_a_map_out_of_sight_says_the_key_that_brings_it_back(show: Show, qtbot: QtBot, shot: Shot) -> None:
    window = show(sample())
    canvas = canvas_of(window)
    hint = canvas.aids.out_of_sight
    qtbot.wait(600)
    assert not hint.said
    canvas.look(canvas.camera.panned(9000, 0))
    assert not hint.said and not inked(canvas), "not while it is on the move"
    qtbot.waitUntil(lambda: hint.said)
    assert inked(canvas)
    shot("out_of_sight", window)
    QTest.keyClick(canvas, Qt.Key.Key_0, CTRL_SHIFT)
    assert hint.key == "Ctrl Shift 0" and not hint.said, "at once"
    qtbot.wait(600)
    assert not hint.said


def test_an_edit_that_leaves_nothing_in_sight_says_it_too(show: Show, qtbot: QtBot) -> None:
    window = show(small())
    canvas, session = canvas_of(window), window.session
    assert session is not None
    hint = canvas.aids.out_of_sight
    with session.edit("Move") as edit:
        arranging.nudge(edit, "n1", 0.0, 40_000.0)
    session.select("n1")
    canvas.centre("n1")
    qtbot.wait(600)
    assert not hint.said
    session.select()
    with session.edit("Delete") as edit:
        nodes.delete(edit, ["n1"])
    qtbot.waitUntil(lambda: hint.said)
    session.undo()
    qtbot.waitUntil(lambda: not hint.said)
    with session.edit("Delete all") as edit:
        nodes.delete(edit, [node.id for node in tree.children(session.strategy, None)])
    qtbot.wait(600)
    assert not canvas.picture.boxes and not hint.said, "an empty map has its own words"
