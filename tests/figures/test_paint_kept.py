"""Cards that are copied from what was painted before look as if painted anew, and no more are kept than have room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import many, sample
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from prodlead_desktop.domain import arranging, nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures import paint_kept
from prodlead_desktop.figures.map_picture import MapPicture, MapView, build, updated
from prodlead_desktop.figures.paint_kept import KeptCards
from prodlead_desktop.figures.paint_qt import NOTHING, MapPainter, States, ensure_gui, measure
from prodlead_desktop.figures.theme import DARK, LIGHT

SIZE = (900, 600)


@pytest.fixture(autouse=True)
def fonts() -> None:
    ensure_gui()


def picture(strategy: Strategy) -> MapPicture:
    return build(strategy, MapView(lens="capital"), measure)


def corner(shown: MapPicture) -> tuple[int, int]:
    """Where the part begins that is looked at: some cards stand there."""
    box = list(shown.boxes.values())[4]
    return round(box.x) - 40, round(box.y) - 120


def frame(
    painter: MapPainter, shown: MapPicture, zoom: float, ratio: float = 1.0, states: States = NOTHING
) -> np.ndarray:
    """A part of a map, on whole pixels, so that both ways put cards at the same place."""
    image = QImage(round(SIZE[0] * ratio), round(SIZE[1] * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(painter.theme.canvas)
    target = QPainter(image)
    target.scale(zoom, zoom)
    x, y = corner(shown)
    target.translate(-x, -y)
    seen = QRectF(x, y, SIZE[0] / zoom, SIZE[1] / zoom)
    painter.paint(target, shown, seen, zoom, states)
    target.end()
    return np.array(image.constBits(), dtype=np.int16)


def whole(strategy: Strategy) -> MapPicture:
    """The picture with every card on whole map units."""
    shown = picture(strategy)
    boxes = {
        node: box._replace(x=float(round(box.x)), y=float(round(box.y))) for node, box in shown.boxes.items()
    }
    return replace(shown, boxes=boxes)


def in_sight(shown: MapPicture) -> list[str]:
    x, y = corner(shown)
    return shown.index.in_rect(x, y, x + SIZE[0] - 250, y + SIZE[1] - 100)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("layout", ["right", "balanced"])
def test_copies_look_like_cards_painted_anew(theme: object, ratio: float, layout: str) -> None:
    edit = Edit(sample())
    arranging.set_layout(edit, layout)
    shown = whole(edit.result()[0])
    first, second, *rest = in_sight(shown)
    states = States(selected=(first,), dimmed=rest[:2], hits=[second], found="e")
    anew, keeps = MapPainter(theme), MapPainter(theme, keeps=True)  # type: ignore[arg-type]
    for state in (NOTHING, states, NOTHING):
        for _ in range(2):  # painted, then copied
            assert (
                np.abs(frame(anew, shown, 1.0, ratio, state) - frame(keeps, shown, 1.0, ratio, state)).max()
                <= 24
            )


def test_a_window_on_another_screen_gets_copies_of_its_own() -> None:
    shown, keeps = whole(sample()), MapPainter(LIGHT, keeps=True)
    frame(keeps, shown, 2.0, 1.0)
    assert np.abs(frame(keeps, shown, 1.0, 2.0) - frame(MapPainter(LIGHT), shown, 1.0, 2.0)).max() <= 24


def test_another_title_is_painted() -> None:
    strategy = sample()
    shown = whole(strategy)
    keeps, node = MapPainter(LIGHT, keeps=True), in_sight(shown)[0]
    before = frame(keeps, shown, 1.0)
    edit = Edit(strategy)
    nodes.rename(edit, node, "Quite another title")
    after, changes = edit.result()
    other = updated(shown, after, changes)
    assert (frame(keeps, other, 1.0) != before).any()


def test_no_more_is_kept_than_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paint_kept, "MOST_PIXELS", 200_000)
    shown, kept, made = whole(many(200)), KeptCards(), []
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    target = QPainter(image)
    for node in [*shown.boxes, *list(shown.boxes)[-2:]]:
        kept.draw(target, node, shown.cards[node], shown.boxes[node], 0, lambda on: made.append(on))
    target.end()
    assert len(made) == len(shown.boxes), "the last ones were kept"
    assert 0 < kept._pixels <= 200_000
