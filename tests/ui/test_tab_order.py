"""Tab in the inspector: through every page in the order it is seen, rows made later included, and never out of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from inspecting import Reader, spoken
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from prodlead_desktop.ui.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    return Reader(window)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def walk(reader: Reader, key: Key = Key.Key_Tab) -> list[QWidget]:
    """Everything Tab comes to from where the keyboard is until it is there again."""
    found = [focus()]
    for _ in range(200):
        QTest.keyClick(focus(), key)
        assert reader.inspector.isAncestorOf(focus()), f"{found[-1]} leads out"
        if focus() is found[0]:
            return found
        assert focus() not in found, f"{focus()} comes twice"
        found.append(focus())
    raise AssertionError("Tab never comes round")


def place(reader: Reader, widget: QWidget) -> QPoint:
    """Where the middle of a widget is when its page is not scrolled."""
    areas = [area for area in reader.inspector.findChildren(QScrollArea) if area.isAncestorOf(widget)]
    scrolled = sum(area.verticalScrollBar().value() for area in areas)
    return widget.mapTo(reader.inspector, widget.rect().center()) + QPoint(0, scrolled)


def test_a_new_bet_is_walked_as_it_is_seen_and_escape_gives_the_map_the_keyboard(reader: Reader) -> None:
    desk = reader.window.desk
    assert desk is not None
    reader.open("i2", "bet")
    desk.canvas.setFocus()
    QTest.keyClick(desk.canvas, Key.Key_F3)
    assert spoken(focus()) == "Name of level 1 of 1"
    reader.press("Add level")
    names = [spoken(widget) for widget in walk(reader)]
    assert names[:4] == [
        "Cost of Minimum", "Share of the effect at Minimum, %", "Remove the level Minimum", "Add level"
    ]  # fmt: skip
    after = names[4:9]
    assert after[:2] == ["Outcome it moves", "P10, P50, P90"], "then how it is stated"
    assert [name.split(",")[0] for name in after[-3:]] == ["P10", "P50", "P90"], names
    assert names.index("Guess") == 9 < names.index("Look at it on") < names.index("Title"), names
    assert names[-1] == "Name of level 2 of 2", names
    QTest.keyClick(focus(), Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(focus(), Key.Key_Escape)
    assert desk.canvas.hasFocus()


@pytest.mark.parametrize("node_id", ["a", "o1", "i1", "i2"])
def test_every_page_is_walked_down_and_back_up(reader: Reader, node_id: str) -> None:
    reader.open(node_id)
    for page in reader.panel._specs:
        reader.panel.open_page(page)
        reader.panel.head.title.setFocus()
        down = walk(reader)
        for one, other in pairwise(down):
            here, there = place(reader, one), place(reader, other)
            same_line = abs(here.y() - there.y()) < max(one.height(), other.height()) / 2
            first = other is min(down, key=lambda widget: place(reader, widget).y())
            assert first or (here.x() < there.x() if same_line else here.y() < there.y()), (
                page, spoken(one), spoken(other)
            )  # fmt: skip
        assert walk(reader, Key.Key_Backtab) == [down[0], *reversed(down[1:])]
