"""A map that was edited step by step looks, pixel by pixel, like the same strategy opened anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from builders import many
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from prodlead_desktop.document import Document
from prodlead_desktop.domain import arranging, nodes, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Level
from prodlead_desktop.figures import paint_qt
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.session import Session

SIZE = (900, 600)
VERBS = ("rename", "long", "add", "delete", "up", "push", "demote", "fold", "undo", "fund", "state")
SEAM = 40  # of 255: long thin curves are rounded in another way where only a part of them is painted anew


@pytest.fixture
def still(qapp: QApplication) -> Iterator[None]:
    """No motion: a frame shows where cards stand, not how they get there."""
    paint_qt.register_fonts()
    had = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)
    yield
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, had)


def frame(canvas: MapCanvas) -> QImage:
    """What the map itself paints, without the legend above it."""
    target = QPixmap(*SIZE)
    canvas.viewport().render(target, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground)
    return target.toImage()


def farthest(one: QImage, other: QImage) -> int:
    """The greatest difference of any channel of any pixel."""
    ours, theirs = (np.asarray(picture.constBits(), dtype=np.int16) for picture in (one, other))
    return int(np.abs(ours - theirs).max())


def opened(session: Session) -> MapCanvas:
    canvas = MapCanvas(session)
    canvas.resize(*SIZE)
    canvas.show()
    frame(canvas)
    return canvas


def step(session: Session, canvas: MapCanvas, dice: random.Random) -> str:
    """One thing that people do, at a card that can be seen."""
    verb = dice.choice(VERBS)
    every = list(canvas.picture.boxes)
    node = dice.choice(every[1:])
    if verb == "fold":
        session.set_folded(session.folded ^ {node})
    elif verb == "undo":
        session.undo()
    else:
        with session.edit(verb) as edit:
            if verb in ("rename", "long"):
                nodes.rename(edit, node, "word " * (2 if verb == "rename" else dice.randint(8, 20)))
            elif verb == "add":
                nodes.add_child(edit, node, "new")
            elif verb == "delete":
                nodes.delete(edit, [node])
            elif verb == "up":
                nodes.reorder(edit, node, -1)
            elif verb == "push":
                arranging.nudge(edit, node, dice.uniform(-200, 200), dice.uniform(-90, 90))
            elif verb == "demote":
                nodes.demote(edit, node)
            elif verb == "fund":
                level = dice.choice(sorted(edit.all(Level).values(), key=lambda row: row.id))
                scenarios.set_level(edit, str(session.scenario), level.initiative, level.id)
            else:
                nodes.set_value(edit, node, "state", dice.choice(("draft", "agreed")))
    return verb


@pytest.mark.parametrize(
    ("lens", "layout", "spread"),
    [
        ("structure", "right", True),
        ("capital", "right", False),
        ("capital", "right", True),
        ("capital", "down", True),
        ("capital", "balanced", False),
    ],
)
def test_edited_and_opened_anew_are_the_same_picture(
    lens: str, layout: str, spread: bool, tmp_path: Path, still: None
) -> None:
    edit = Edit(many(150))
    arranging.set_layout(edit, layout)
    session = Session(Document.create(tmp_path / "map.prodlead", edit.result()[0]))
    session.set_lens(lens)
    canvas, dice = opened(session), random.Random(f"{lens} {layout}")
    session.turns.spread_from = 0 if spread else 1000
    for zoom in (0.0, 0.3, 1.0):
        canvas.fit()
        if zoom:
            canvas.zoom_to(zoom)
        canvas._frame._settled.stop()
        frame(canvas)
        for _ in range(8):
            verb = step(session, canvas, dice)
            if spread:
                frame(canvas)  # seen before everything is found
                session.turns.finish()
            shown = frame(canvas)
            anew = opened(session)
            anew.look(canvas.camera)
            anew._frame.forget()  # what a pan leaves of a frame may differ in a few antialiased pixels
            assert farthest(shown, frame(anew)) <= SEAM, (zoom, verb)
            anew.deleteLater()
    session.close()
