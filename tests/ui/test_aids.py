"""The minimap and the frames of pages, in a window: toggled, followed, remembered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import many, sample
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from prodlead_desktop.domain import arranging
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.map_sheets import prepared
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.canvas.page_frames import frames
from prodlead_desktop.ui.main_window import MainWindow

Show = Callable[[Strategy], MainWindow]
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
