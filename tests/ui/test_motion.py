"""Cards glide to their new places for a moment; nothing waits for them, and whoever wants no motion gets none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import many, small
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import arranging, nodes
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import map_picture, paint_qt
from prodlead_desktop.figures.map_picture import MapView
from prodlead_desktop.figures.map_tween import between
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.canvas.motion import Motion
from prodlead_desktop.ui.session import Session

GENERAL = Qt.UIEffect.UI_General


@pytest.fixture
def motion_wanted(qapp: QApplication) -> Iterator[None]:
    before = QApplication.isEffectEnabled(GENERAL)
    QApplication.setEffectEnabled(GENERAL, True)
    yield
    QApplication.setEffectEnabled(GENERAL, before)


def shown(qtbot: QtBot, path: Path, strategy: Strategy) -> tuple[MapCanvas, Session]:
    session = Session(Document.create(path / "map.prodlead", strategy))
    canvas = MapCanvas(session)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 800)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.setFocus()
    canvas.grab()
    return canvas, session


def motion_of(canvas: MapCanvas) -> Motion:
    return canvas.findChild(Motion)  # type: ignore[return-value]


def test_a_new_card_lets_its_neighbours_glide_and_the_current_one_stands_still(
    qtbot: QtBot, tmp_path: Path, motion_wanted: None
) -> None:
    canvas, session = shown(qtbot, tmp_path, small())
    motion = motion_of(canvas)
    session.select("o1")
    before = canvas.picture.boxes
    with session.edit("Add") as edit:
        for _ in range(4):
            nodes.add_child(edit, "o1", "New")
    assert motion.runs
    seen, after = motion.picture(canvas.picture).boxes, canvas.picture.boxes
    assert seen["o1"] == after["o1"], "what people look at does not move"
    assert seen["o2"] != after["o2"]
    gone = after["o1"].y - before["o1"].y
    assert seen["o2"].y == pytest.approx(before["o2"].y + gone, abs=20), "it starts where it stood"
    image = canvas.viewport().grab().toImage()
    qtbot.waitUntil(lambda: not motion.runs, timeout=1000)
    assert motion.picture(canvas.picture) is canvas.picture
    assert canvas.viewport().grab().toImage() != image
    session.close()


def test_motion_lasts_no_longer_than_an_instant() -> None:
    assert WINDOW.layout_motion_ms <= 150


def test_the_next_key_works_while_cards_glide_and_they_go_on_from_where_they_are(
    qtbot: QtBot, tmp_path: Path, motion_wanted: None
) -> None:
    canvas, session = shown(qtbot, tmp_path, small())
    session.select("a")
    for layout in ("down", "balanced"):
        with session.edit("Layout") as edit:
            arranging.set_layout(edit, layout)
        assert motion_of(canvas).runs
        canvas.viewport().grab()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert session.current == "o1"
    QTest.keyClick(canvas, Qt.Key.Key_X)
    assert canvas.editing == "o1"
    qtbot.waitUntil(lambda: not motion_of(canvas).runs, timeout=1000)
    session.close()


def test_no_motion_when_it_is_not_wanted_or_nothing_moves_or_too_much_does(
    qtbot: QtBot, tmp_path: Path, motion_wanted: None
) -> None:
    canvas, session = shown(qtbot, tmp_path, small())
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o2", "Trusted sums")
    assert not motion_of(canvas).runs
    QApplication.setEffectEnabled(GENERAL, False)
    with session.edit("Layout") as edit:
        arranging.set_layout(edit, "down")
    assert not motion_of(canvas).runs
    session.close()
    QApplication.setEffectEnabled(GENERAL, True)
    (tmp_path / "many").mkdir()
    canvas, session = shown(qtbot, tmp_path / "many", many(2000))
    canvas.zoom_to(0.05)
    with session.edit("Add") as edit:
        nodes.add_child(edit, canvas.picture.order[0])
    assert not motion_of(canvas).runs
    session.close()


def test_between_two_pictures_lines_stay_on_their_cards() -> None:
    paint_qt.ensure_gui()
    view = MapView(lens="structure", scenario="s1")
    before = map_picture.build(small(), view, paint_qt.measure)
    starts = {node: box._replace(y=box.y + 100) for node, box in before.boxes.items() if node != "a"}
    ids = set(before.boxes) - {"n1"}
    middle = between(starts, before, ids, 0.5)
    assert set(middle.boxes) == ids
    assert middle.boxes["o1"].y == before.boxes["o1"].y + 50 and middle.boxes["a"] == before.boxes["a"]
    for edge in middle.edges:
        assert edge.y1 == middle.boxes[edge.parent].middle and edge.y2 == middle.boxes[edge.child].middle
    assert between(starts, before, set(before.boxes), 1.0).boxes == before.boxes
