"""The inspector keeps its room for the fields: long titles are short there, and the field with the keyboard is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import sample
from inspecting import Reader
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.fields import TITLE_LIMIT
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.main_window import MainWindow

LONG = (
    "The claim that every account can be read on one page by everybody who decides about it, & <b>now</b>; "
)
Show = Callable[[Strategy], MainWindow]


@pytest.fixture
def reader(show: Show) -> Reader:
    window = show(sample())
    window.resize(1280, 760)
    made = Reader(window)
    bet = next(node.id for node in made.strategy.all(Node).values() if node.title == "Guided first dashboard")
    made.open(bet, "bet")
    QApplication.processEvents()
    return made


def rename(reader: Reader, title: str) -> None:
    with reader.session.edit("Rename") as edit:
        nodes.rename(edit, str(reader.session.current), title)
    QApplication.processEvents()


def in_view(field: QWidget) -> bool:
    area: QWidget | None = field
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    seen = QRect(field.mapTo(area.viewport(), QPoint()), field.size()).adjusted(-8, -8, 8, 8)  # with its ring
    return area.viewport().rect().contains(seen)


@pytest.mark.parametrize("length", [432, TITLE_LIMIT])
def test_a_long_title_takes_three_lines_and_is_told_in_its_tool_tip(reader: Reader, length: int) -> None:
    short = reader.text("Title")
    assert not short.toolTip()
    title = (LONG * (length // len(LONG) + 1))[:length]
    rename(reader, title)
    field = reader.text("Title")
    assert field.height() <= 3 * field.fontMetrics().lineSpacing() + 24
    assert "&lt;b&gt;now&lt;/b&gt;" in field.toolTip() and len(field.toolTip()) < 3000
    unseen = field.grab().toImage()
    field.setFocus()
    assert field.grab().toImage() != unseen, "whole lines while it is typed"
    cursor = field.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    field.setTextCursor(cursor)
    assert field.verticalScrollBar().value() > 0, "its end can be reached"
    assert field.viewport().rect().contains(field.cursorRect().center())
    reader.panel.switch.setFocus()
    assert field.verticalScrollBar().value() == 0 and field.toPlainText() == title.strip()
    rename(reader, "Short")
    assert reader.text("Title").height() < 2 * field.fontMetrics().lineSpacing() + 24
    assert not reader.text("Title").toolTip()


@pytest.mark.parametrize("title", ["", LONG * 50])
def test_the_field_that_gets_the_keyboard_is_scrolled_to(reader: Reader, qtbot: QtBot, title: str) -> None:
    rename(reader, title or "Short")
    levels = reader.panel.page("bet").levels
    for _ in range(12):
        reader.press("Add level")
        cost = levels.rows[-1].cost
        assert cost.hasFocus()
        qtbot.waitUntil(lambda cost=cost: in_view(cost))
    levels.rows[0].name.setFocus()
    qtbot.waitUntil(lambda: in_view(levels.rows[0].name))
