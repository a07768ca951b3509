"""What lies over the map never hides the card with the keyboard, nor what else lies there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import sample
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.canvas.camera import Camera
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.search.bars import bars_of

Show = Callable[[Strategy], MainWindow]
Key = Qt.Key


@pytest.fixture
def canvas(show: Show) -> MapCanvas:
    """The sample's map in a small window at 100 %, under the lens with the biggest legend and the tray."""
    window = show(sample())
    window.resize(1280, 760)
    QApplication.processEvents()
    assert window.body is not None and window.session is not None
    canvas = window.body.page("map")
    assert isinstance(canvas, MapCanvas)
    canvas.setFocus()
    canvas.grab()
    window.session.set_lens("capital")
    canvas.aids.place()
    canvas.zoom_to(1.0)
    return canvas


def node(canvas: MapCanvas, title: str) -> str:
    return next(node.id for node in canvas.session.strategy.all(Node).values() if node.title == title)


def covered(canvas: MapCanvas, node_id: str) -> list[str]:
    """The names of what lies on a card."""
    seen = canvas.camera.seen(canvas.picture.boxes[node_id])
    card = QRect(round(seen.x), round(seen.y), round(seen.w), round(seen.h))
    assert canvas.viewport().rect().contains(card), "in sight"
    parts: tuple[QWidget | None, ...] = (
        canvas.aids.legend, canvas.aids.tray, canvas.aids.minimap, canvas.aids.banner,
    )  # fmt: skip
    return [
        part.accessibleName()
        for part in parts
        if part is not None and part.isVisible() and part.geometry().intersects(card)
    ]


def test_a_card_that_is_typed_lies_beside_the_legend(canvas: MapCanvas) -> None:
    canvas.session.select(node(canvas, "Customers trust the numbers"))
    canvas.centre(str(canvas.session.current))
    QTest.keyClick(canvas, Key.Key_Tab)
    assert canvas.editing is not None and not covered(canvas, canvas.editing)
    QTest.keyClicks(QApplication.focusWidget(), "A claim that holds")
    canvas.aids.place()
    assert not covered(canvas, canvas.editing)


def test_every_card_that_is_walked_to_or_centred_can_be_seen(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.aids.toggle_minimap()
    for node_id in canvas.picture.boxes:
        canvas.session.select(node_id)
        assert not covered(canvas, node_id), canvas.picture.cards[node_id].title
        canvas.aids.place()
        assert not covered(canvas, node_id), "the tray went elsewhere"
    for node_id in reversed(canvas.picture.order):
        canvas.session.select(node_id)
        canvas.centre(node_id)
        assert not covered(canvas, node_id)
    canvas.fit()
    assert not covered(canvas, str(canvas.session.current))


def test_the_map_moves_no_further_than_the_legend_asks_for(canvas: MapCanvas) -> None:
    legend = canvas.aids.legend.geometry()
    node_id = node(canvas, "Not in 2027: a mobile app")
    box = canvas.picture.boxes[node_id]
    canvas.look(Camera(1.0, box.x - legend.left() - 40, box.y - legend.top() + box.h - 30))
    before = canvas.camera
    canvas.session.select(node_id)
    assert canvas.camera.x == before.x and canvas.camera.y - before.y == pytest.approx(42, abs=2)
    there = canvas.camera
    canvas.show_node(node_id)
    assert canvas.camera == there


def test_a_toast_that_comes_does_not_hide_the_current_card(canvas: MapCanvas) -> None:
    window = canvas.window()
    assert isinstance(window, MainWindow)
    node_id = node(canvas, "Customers trust the numbers")
    canvas.session.select(node_id)
    box, port = canvas.picture.boxes[node_id], canvas.viewport()
    middle = port.mapFromGlobal(window.mapToGlobal(window.rect().center()))
    canvas.look(Camera(1.0, box.x + box.w / 2 - middle.x(), box.bottom - port.height() + 20))
    before = canvas.camera
    window.tell(Notice("Deleted three cards of the second branch.", toast=True))
    assert window.toast.isVisible() and canvas.camera != before
    seen = canvas.camera.seen(box)
    top = port.mapFromGlobal(window.toast.mapToGlobal(window.toast.rect().topLeft())).y()
    assert seen.y >= 0 and seen.bottom <= top + 40, "above the toast, but for its shadow"


def test_the_minimap_stands_below_what_says_how_the_map_is_narrowed(canvas: MapCanvas) -> None:
    banner, minimap = bars_of(canvas).banner, canvas.aids.minimap
    canvas.aids.toggle_minimap()
    alone = minimap.geometry()
    canvas.session.select(node(canvas, "Customers trust the numbers"))
    window = canvas.window()
    assert isinstance(window, MainWindow)
    for begin, end in (
        (lambda: canvas.session.narrowing.set_filter(Filter(kinds=("initiative",))),
         lambda: canvas.session.narrowing.set_filter(Filter())),
        (lambda: window.table.run("map.sight"), lambda: window.table.run("map.sight")),
        (lambda: window.table.run("map.focus"), lambda: window.table.run("map.back")),
    ):  # fmt: skip
        begin()
        canvas.aids.place()
        assert not covered(canvas, str(canvas.session.current)), "what comes does not hide the current card"
        assert banner.isVisible() and not banner.geometry().intersects(minimap.geometry())
        assert not minimap.geometry().intersects(canvas.aids.tray.geometry()) or canvas.aids.tray.isHidden()
        end()
        canvas.aids.place()
        assert banner.isHidden() and minimap.y() == alone.y()


@pytest.mark.parametrize("port", [(900.0, 600.0), (420.0, 260.0), (160.0, 90.0)])
def test_a_camera_finds_the_nearest_place_or_the_one_that_shows_most(port: tuple[float, float]) -> None:
    wide, high = port
    over = [Box(16, high - 70, min(300, wide), 60), Box(16, high - 200, 200, 110)]
    camera, card = Camera(), Box(30, high - 90, 100, 40)
    there = camera.clear_of(card, over, wide, high)
    assert there.zoom == camera.zoom
    if high > 200:
        assert not there.covers(card, over)
    assert camera.clear_of(Box(400, 0, 50, 50), over, wide, high) == camera
    assert camera.clear_of(Box(0, 0, wide + 1, 50), over, wide, high) == camera
