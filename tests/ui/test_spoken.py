"""The map as a screen reader meets it: every card with its name, value, place and state, the focus where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import many, sample, small
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from prodlead_desktop.domain import nodes, scenarios
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow

Show = Callable[[Strategy], MainWindow]
Text = QAccessible.Text


def canvas_of(window: MainWindow) -> MapCanvas:
    assert window.body is not None
    canvas = window.body.page("map")
    assert isinstance(canvas, MapCanvas)
    canvas.setFocus()
    canvas.grab()
    return canvas


def spoken(canvas: MapCanvas) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(canvas)


def card(canvas: MapCanvas, node: str) -> QAccessibleInterface:
    return spoken(canvas).child(canvas.picture.order.index(node))


def test_every_card_is_a_child_with_name_value_and_place(show: Show) -> None:
    canvas = canvas_of(show(sample()))
    tree = spoken(canvas)
    assert tree.role() == QAccessible.Role.Canvas
    assert tree.text(Text.Name) == "Map"
    assert tree.childCount() == len(canvas.picture.boxes)
    for index, node in enumerate(canvas.picture.order):
        child = tree.child(index)
        shown = canvas.picture.cards[node]
        assert shown.title in child.text(Text.Name)
        assert ("draft" if shown.draft else "agreed") in child.text(Text.Value)
        assert child.text(Text.Description).startswith("level ")
        assert child.role() == QAccessible.Role.TreeItem
        assert tree.indexOfChild(child) == index
    assert tree.child(-1) is None and tree.child(len(canvas.picture.boxes)) is None


def test_a_card_says_kind_title_metric_money_state_and_marks(show: Show) -> None:
    window = show(small())
    canvas = canvas_of(window)
    outcome = card(canvas, "o1")
    assert outcome.text(Text.Name) == "Outcome: Faster insight"
    assert outcome.text(Text.Value) == "40 → 3 min · Q3, €600, draft"
    assert outcome.text(Text.Description) == "level 2, 1 of 2, 2 below"
    bet = card(canvas, "i1")
    assert bet.text(Text.Value) == "full, €600, draft, locked"
    assert window.session is not None
    with window.session.edit("Fund") as edit:
        scenarios.set_lock(edit, "s1", "i1", False)
        scenarios.set_level(edit, "s1", "i1", "l1")
        nodes.set_value(edit, "i1", "state", "agreed")
    assert bet.text(Text.Value) == "minimum, €300, agreed", "said anew after every edit"
    window.session.set_folded({"o1"})
    assert outcome.text(Text.Description) == "level 2, 1 of 2, 2 folded away"
    assert outcome.state().collapsed and not outcome.state().expanded
    assert not bet.isValid()


def test_focus_and_selection_are_those_of_the_map(show: Show) -> None:
    window = show(small())
    canvas = canvas_of(window)
    QAccessible.setActive(True)
    assert window.session is not None
    window.session.select("a")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    focused = spoken(canvas).focusChild()
    assert focused.text(Text.Name) == "Outcome: Faster insight"
    assert focused.state().focused and focused.state().selected and focused.state().focusable
    assert not card(canvas, "a").state().selected
    window.session.select("a", "o2")
    assert card(canvas, "a").state().selected and not card(canvas, "a").state().focused
    canvas.clearFocus()
    assert spoken(canvas).focusChild() is None
    QAccessible.setActive(False)


def test_cards_are_where_they_are_seen(show: Show) -> None:
    canvas = canvas_of(show(small()))
    canvas.zoom_to(0.9)
    canvas.centre("o1")
    rect = card(canvas, "o1").rect()
    assert spoken(canvas).childAt(rect.center().x(), rect.center().y()).text(Text.Name).endswith("insight")
    box, camera = canvas.picture.boxes["o1"], canvas.camera
    x, y = camera.to_screen(box.x, box.y)
    corner = canvas.viewport().mapToGlobal(QPoint(round(x), round(y)))
    assert (rect.topLeft() - corner).manhattanLength() <= 2
    assert rect.width() == pytest.approx(box.w * 0.9, abs=2)
    assert not card(canvas, "o1").state().offscreen
    canvas.look(canvas.camera.panned(5000, 0))
    assert card(canvas, "o1").state().offscreen
    port = canvas.viewport()
    outside = QRect(port.mapToGlobal(QPoint(2, 2)), port.size()).topLeft()
    assert spoken(canvas).childAt(outside.x(), outside.y()) is None


def test_a_reader_walks_five_thousand_cards(show: Show) -> None:
    canvas = canvas_of(show(many(5000)))
    tree = spoken(canvas)
    assert tree.childCount() == 5000
    assert tree.child(4999).text(Text.Name)
    assert tree.indexOfChild(tree.child(2500)) == 2500
