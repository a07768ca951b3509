"""Cross-links by name, and the line of sight from a card to the objectives, on the real window."""

from __future__ import annotations

import pytest
from conftest import Shot
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot
from scribe import Scribe

from prodlead_desktop.domain import links, nodes, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect, Link, Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.search.bars import Bars, bars_of
from prodlead_desktop.ui.session import Session

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def parts(window: MainWindow) -> tuple[Session, MapCanvas, Bars]:
    canvas = window.context().canvas
    assert window.session is not None and isinstance(canvas, MapCanvas)
    canvas.setFocus()
    return window.session, canvas, bars_of(canvas)


def test_an_outcome_is_linked_by_name_with_k_lag_and_reason(
    window: MainWindow, shot: Shot, qtbot: QtBot
) -> None:
    session, canvas, bars = parts(window)
    before = session.strategy
    session.select("o1")
    scribe = Scribe()
    scribe.press(Key.Key_L, CTRL)
    scribe.type("trusted numbers")
    scribe.press(Key.Key_Return)
    (link,) = session.strategy.all(Link).values()
    assert (link.source, link.target) == ("o1", "o2")
    assert session.document.undo_label == "Link to “Trusted numbers”"
    assert [(row.source, row.target) for row in canvas.picture.cross_links if row.source == "o1"] == [
        ("o1", "o2")
    ]
    for words in ("0.5", "2", "Fast answers are believed"):
        scribe.type(words)
        scribe.press(Key.Key_Tab)
    shot("links", window)
    scribe.press(Key.Key_Escape)
    (link,) = session.strategy.all(Link).values()
    assert (link.contribution, link.lag, link.rationale) == (0.5, 2.0, "Fast answers are believed")
    assert canvas.hasFocus()
    session.select("o2")
    scribe.press(Key.Key_L, CTRL)
    (block,) = bars.links.blocks
    assert "1 min better" in block.meaning.text() and "0.5" in block.meaning.text()
    block.remove.click()
    assert not session.strategy.all(Link) and not bars.links.blocks
    while session.strategy != before:
        session.undo()


def test_an_initiative_gets_an_effect_whose_numbers_are_asked_for(window: MainWindow) -> None:
    session, _, bars = parts(window)
    session.select("i2")
    scribe = Scribe()
    scribe.press(Key.Key_L, CTRL)
    scribe.type("Trusted numbers")
    scribe.press(Key.Key_Return)
    assert [row.outcome for row in session.strategy.by(Effect, "initiative", "i2")] == ["o2"]
    assert bars.links.isHidden()
    assert window.body is not None and window.body.inspector.isAncestorOf(scribe.focused())


def test_the_box_is_as_high_as_the_links_of_each_card(window: MainWindow, qtbot: QtBot) -> None:
    session, _, bars = parts(window)
    with session.edit("Link") as edit:
        link = links.connect(edit, "o2", "o1")
        rows.set_value(
            edit, Link, link, "rationale", "What is trusted is opened before the meeting, every day. " * 2
        )
        nodes.rename(edit, "o1", "Teams see what their data says within three minutes of connecting it")
    scribe = Scribe()

    def nothing_scrolls() -> bool:
        return all(not area.verticalScrollBar().isVisible() for area in bars.links.findChildren(QScrollArea))

    for card in ("i1", "o1", "i1", "o1"):
        session.select(card)
        scribe.press(Key.Key_L, CTRL)
        if card == "o1":
            (block,) = bars.links.blocks
            qtbot.waitUntil(nothing_scrolls)
            meaning = block.meaning
            assert meaning.height() >= meaning.heightForWidth(meaning.width())
            assert meaning.mapTo(bars.links, meaning.rect().bottomLeft()).y() < bars.links.height()
        bars.links.dismiss()


def test_what_cannot_be_linked_is_said_where_it_was_typed(window: MainWindow) -> None:
    session, _, bars = parts(window)
    with session.edit("Below") as edit:
        below = nodes.add(edit, "outcome", "Below", "o1")
    session.select(below)
    scribe = Scribe()
    scribe.press(Key.Key_L, CTRL)
    scribe.type("Faster insight")
    scribe.press(Key.Key_Return)
    assert "hangs below it" in bars.links.field.message
    bars.links.dismiss()
    session.select("o1")
    scribe.press(Key.Key_L, CTRL)
    scribe.type("Below")
    scribe.press(Key.Key_Return)
    assert "circle" in bars.links.field.message
    bars.links.dismiss()
    assert not session.strategy.all(Link)
    session.select("n1")
    assert not window.table.run("map.link")
    assert window.body is not None
    assert "Only outcomes and initiatives" in window.body.bar.notices()[-1].sentence


def test_enter_takes_what_the_list_highlights(window: MainWindow, shot: Shot) -> None:
    session, _, bars = parts(window)
    with session.edit("More") as edit:
        for title in ("Trusted sums", "Trusted"):
            nodes.add(edit, "outcome", title, "a")
    scribe = Scribe()
    for typed, keys, wanted in (
        ("trusted nu", (), "Trusted numbers"),
        ("trusted", (), "Trusted"),
        ("trusted", (Key.Key_Down, Key.Key_Down), None),
    ):
        before = set(session.strategy.all(Link))
        session.select("o1")
        scribe.press(Key.Key_L, CTRL)
        scribe.type(typed)
        popup = bars.links.target._list.popup()
        assert popup is not None and popup.isVisible()
        for key in keys:
            QTest.keyClick(popup, key)
        shown = str(popup.currentIndex().data())
        QTest.keyClick(popup, Key.Key_Return)
        (made,) = set(session.strategy.all(Link)) - before
        target = session.strategy.get(Node, session.strategy.get(Link, made).target).title
        assert target == shown and wanted in (None, shown)
        session.undo()
        bars.links.dismiss()
    scribe.press(Key.Key_L, CTRL)
    scribe.type("nothing of that name, whatever is on this map, now or later, here or there")
    scribe.press(Key.Key_Return)
    assert "No outcome is called" in bars.links.field.message
    field = bars.links.target
    assert field.height() >= field.sizeHint().height()
    message = bars.links.field._message
    assert message.height() >= message.heightForWidth(message.width())
    shot("link-refused", window)


def test_a_link_is_made_only_once_and_never_to_itself(window: MainWindow) -> None:
    edit = Edit(parts(window)[0].strategy)
    link = links.connect(edit, "o1", "o2")
    assert links.connect(edit, "o1", "o2") == link
    for source, target in (("o1", "o1"), ("o2", "o1"), ("o1", "i1"), ("a", "o1")):
        with pytest.raises(BadInput):
            links.connect(edit, source, target)


def middle(canvas: MapCanvas, node_id: str) -> QPoint:
    box = canvas.picture.boxes[node_id]
    x, y = canvas.camera.to_screen(box.x + box.w / 2, box.middle)
    return QPoint(round(x), round(y))


def test_a_resting_mouse_shows_the_way_and_dims_the_rest(
    window: MainWindow, qtbot: QtBot, shot: Shot
) -> None:
    session, canvas, _ = parts(window)
    session.select("a")
    port = canvas.viewport()
    QTest.mouseMove(port, middle(canvas, "i1"))
    qtbot.waitUntil(lambda: canvas.emphasis.sight is not None)
    assert canvas.emphasis.sight is not None
    assert canvas.emphasis.sight.ids == {"i1", "o1", "o2", "a"}
    assert canvas.emphasis.dimmed == {"i2", "i3", "n1"}
    shot("sight", window)
    QTest.mouseMove(port, QPoint(2, 2))
    qtbot.waitUntil(lambda: canvas.emphasis.sight is None)
    assert not canvas.emphasis.dimmed


def test_the_line_of_sight_does_not_cross_out_the_words_of_links(window: MainWindow) -> None:
    session, canvas, _ = parts(window)
    with session.edit("Link") as edit:
        made = links.connect(edit, "o1", "o2")
        rows.set_value(edit, Link, made, "contribution", 0.125)
    session.select("o1")
    canvas.zoom_to(1.0)
    place = next(
        at for at, link in enumerate(canvas.picture.cross_links) if (link.source, link.target) == ("o1", "o2")
    )
    box = canvas.picture.pills[place].box
    left, top = canvas.camera.to_screen(box.x, box.y)
    inner = QRectF(left + 4, top + 4, box.w - 8, box.h - 8).toRect()
    assert canvas.viewport().rect().contains(inner)
    before = canvas.viewport().grab(inner).toImage()
    assert window.table.run("map.sight")
    assert canvas.emphasis.sight is not None and ("o1", "o2") in canvas.emphasis.sight.steps
    assert canvas.viewport().grab(inner).toImage() == before


def test_the_command_follows_the_keyboard_and_says_so(window: MainWindow) -> None:
    session, canvas, bars = parts(window)
    session.select("n1")
    scribe = Scribe()
    scribe.press(Key.Key_L, CTRL | SHIFT)
    assert canvas.emphasis.dimmed == set(session.strategy.all(Node)) - {"n1", "o2", "a"}
    assert "Remember" in bars.banner.sight.text() and bars.banner.isVisible()
    scribe.press(Key.Key_Left)
    assert canvas.emphasis.sight is not None and canvas.emphasis.sight.start == "o2"
    with session.edit("Delete") as edit:
        nodes.delete(edit, ["o2"])
    assert canvas.emphasis.sight is None
    bars.banner.stop.click()
    session.select("o1")
    assert canvas.emphasis.sight is None and bars.banner.isHidden()
