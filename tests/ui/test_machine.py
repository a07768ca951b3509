"""Random lives of a document with its views: after every step the file, the memory, the outline's model and the map's
picture say the same; and one such life on the real window."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from builders import small
from document.disk import assert_same
from document.machine import StrategyMachine
from hypothesis import settings
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.app import dress
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, scenarios, tree
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.figures import map_picture, paint_qt
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.canvas.scene import MapScene
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.outline_model import OutlineModel
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.settings import memory


def outline_of(model: OutlineModel) -> list[tuple[int, str, str]]:
    """Depth, id and title of every row, as a view would read them."""
    found: list[tuple[int, str, str]] = []
    waiting = [(0, QModelIndex())]
    while waiting:
        depth, parent = waiting.pop()
        if parent.isValid():
            found.append((depth, str(model.node(parent)), str(model.data(parent, Qt.ItemDataRole.EditRole))))
        below = [(depth + 1, model.index(row, 0, parent)) for row in range(model.rowCount(parent))]
        waiting.extend(reversed(below))
    return found


def outline_expected(strategy: Strategy) -> list[tuple[int, str, str]]:
    """The same from the strategy."""
    return [(tree.depth(strategy, node.id), node.id, node.title) for node in tree.preorder(strategy)]


def assert_picture(picture: MapPicture, strategy: Strategy) -> None:
    """A picture kept up to date is the one a fresh build gives."""
    fresh = map_picture.build(strategy, picture.view, paint_qt.measure)
    assert picture.cards == fresh.cards
    assert picture.boxes == fresh.boxes
    assert picture.edges == fresh.edges
    assert picture.ribbons == fresh.ribbons
    assert list(picture.order) == [node.id for node in tree.preorder(strategy)]


class WatchedMachine(StrategyMachine):
    """A life that an outline and a map in the capital lens look at."""

    session: Session | None = None

    def first(self) -> Strategy | None:
        return small()

    def opened(self) -> None:
        self.session = Session(self.doc)
        self.session.set_lens("capital")
        self.model = OutlineModel(self.session)
        self.scene = MapScene(self.session)

    def closing(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None

    def look(self) -> None:
        if self.session is not None:
            assert outline_of(self.model) == outline_expected(self.doc.strategy)
            assert_picture(self.scene.picture, self.doc.strategy)


@pytest.mark.usefixtures("qapp")
class TestWatchedLives(WatchedMachine.TestCase):  # type: ignore[name-defined, misc]
    """30 lives of 30 steps."""

    settings = settings(settings.get_profile("ci"), max_examples=30, stateful_step_count=30)


def random_step(rng: random.Random, session: Session) -> None:
    """Something a user could do; what is refused is refused in words."""
    strategy = session.strategy
    ids = [node.id for node in tree.preorder(strategy)]
    pick = rng.choice(ids) if ids else None
    what = rng.choice(
        ("child", "child", "sibling", "rename", "move", "delete", "kind", "undo", "redo", "fund", "fold")
    )
    if what == "undo":
        session.undo()
    elif what == "redo":
        session.redo()
    elif what == "fold" and pick:
        session.set_folded(session.folded ^ {pick})
    elif pick is None or what == "child":
        with session.edit("Add") as edit:
            nodes.add_child(edit, pick, f"Card {rng.randrange(1000)} Größe")
    else:
        change_one(rng, session, what, pick, ids)


def change_one(rng: random.Random, session: Session, what: str, pick: str, ids: list[str]) -> None:
    """An edit of one card."""
    with session.edit(what) as edit:
        if what == "sibling":
            nodes.add_sibling(edit, pick, title="Łódź")
        elif what == "rename":
            nodes.rename(edit, pick, f"first office {rng.randrange(1000)}")
        elif what == "move":
            nodes.move(edit, [pick], rng.choice([*ids, None]))
        elif what == "delete" and len(ids) > 8:
            nodes.delete(edit, [pick])
        elif what == "kind":
            nodes.set_kind(edit, pick, rng.choice(("outcome", "initiative", "note", "market")))
        elif what == "fund" and edit.get(Node, pick).kind == "initiative":
            scenarios.set_lock(edit, next(iter(edit.all(Scenario))), pick, rng.random() < 0.5)


def window_on(program: Program, document: Document) -> MainWindow:
    window = program.show_document(document, None)
    window.resize(1400, 900)
    return window


def test_one_life_on_the_real_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    rng, path = random.Random(2027), tmp_path / "life.prodlead"
    program = Program(memory(tmp_path / "settings"))
    window = window_on(program, Document.create(path, small()))
    for step in range(120):
        session = window.session
        assert session is not None
        assert window.body is not None
        before = session.strategy
        try:
            random_step(rng, session)
        except ProdleadError:
            assert session.strategy is before
        qapp.processEvents()
        if step % 40 == 39:
            strategy = session.strategy
            assert window.close()
            window = window_on(program, Document.open(path))
            assert window.session is not None
            assert window.session.strategy == strategy
            continue
        canvas = window.body.page("map")
        assert isinstance(canvas, MapCanvas)
        assert session.document.flush()
        assert_same(path, session.strategy)
        model = window.body.outline.view.model()
        assert isinstance(model, OutlineModel)
        assert outline_of(model) == outline_expected(session.strategy)
        picture = canvas.picture
        fresh = map_picture.build(session.strategy, picture.view, paint_qt.measure)
        assert (picture.cards, picture.boxes) == (fresh.cards, fresh.boxes)
        if step % 10 == 0:
            assert not window.grab().isNull()
    assert window.close()
