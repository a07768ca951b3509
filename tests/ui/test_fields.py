"""Fields read what people type, and refuse in words without losing it."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.ui.style.chooser import Chooser, Option
from prodlead_desktop.ui.style.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    MoneyField,
    NumberField,
    ShareField,
    TextField,
    ValueField,
)
from prodlead_desktop.ui.style.inputs import LineEdit


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    return made


def put(page: QWidget, field: QWidget) -> QWidget:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(field)
    return field


def typed(field: ValueField, words: str) -> list[object]:
    """Type over the text and press Enter; what the field told."""
    told: list[object] = []
    field.changed.connect(told.append)
    line = field.editor
    assert isinstance(line, LineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)
    return told


def text_of(field: ValueField) -> str:
    assert isinstance(field.editor, LineEdit)
    return field.editor.text()


@pytest.mark.parametrize(
    ("make", "words", "value", "shown"),
    [
        (lambda: NumberField("From"), "1,234.5", 1234.5, "1,234.5"),
        (lambda: NumberField("From"), " -3 ", -3.0, "−3"),
        (lambda: MoneyField("Cost", "EUR"), "620k", 62_000_000, "€620,000"),
        (lambda: MoneyField("Cost", "EUR"), "1.2 M", 120_000_000, "€1,200,000"),
        (lambda: ShareField("Chance"), "60", 0.6, "60\u00a0%"),
        (lambda: DateField("By"), "q3 2027", (datetime.date(2027, 9, 30), "quarter"), "Q3 2027"),
        (lambda: DateField("By"), "Sep 2027", (datetime.date(2027, 9, 30), "month"), "Sep 2027"),
        (lambda: TextField("Metric"), "  two   words ", "two words", "two words"),
    ],
)
def test_what_people_type_is_read_and_shown_in_full(
    page: QWidget, make: object, words: str, value: object, shown: str
) -> None:
    field = make()  # type: ignore[operator]
    put(page, field)
    assert typed(field, words) == [value]
    assert field.value == value and text_of(field) == shown and field.message == ""


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (NumberField, "forty"),
        (lambda label: MoneyField(label, "EUR"), "a lot"),
        (DateField, "soon"),
        (ShareField, "140"),
    ],
)
def test_what_cannot_be_read_stays_with_the_reason_below(page: QWidget, field: object, words: str) -> None:
    made = field("Value")  # type: ignore[operator]
    put(page, made)
    assert typed(made, words) == []
    assert text_of(made) == words and made.message.endswith(".") and made.value is None
    assert made.editor.property("refused") and made.editor.accessibleDescription() == made.message
    QTest.keyClick(made.editor, Qt.Key.Key_Escape)
    assert text_of(made) == "" and made.message == ""


def test_empty_is_unknown_not_zero(page: QWidget) -> None:
    field = NumberField("From", 40.0)
    put(page, field)
    assert typed(field, "") == [None]
    assert field.value is None


def test_the_same_value_again_tells_nobody(page: QWidget) -> None:
    field = MoneyField("Cost", "EUR", 62_000_000)
    put(page, field)
    assert typed(field, "620 k") == []
    assert text_of(field) == "€620,000"


def test_long_text_is_told_when_the_field_is_left(page: QWidget) -> None:
    field, other = LongTextField("Because"), TextField("Metric")
    put(page, field)
    put(page, other)
    told: list[object] = []
    field.changed.connect(told.append)
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "because")
    assert told == []
    other.editor.setFocus()
    assert told == ["because"] and field.value == "because"


def test_a_choice_is_told_when_the_user_chooses(page: QWidget) -> None:
    field = ChoiceField("Pool", [("core", "Core"), ("new", "New")], placeholder="Choose a pool")
    put(page, field)
    told: list[object] = []
    field.changed.connect(told.append)
    assert field.value is None
    field.set_value("core")
    assert told == [] and field.value == "core"
    field.editor.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_Down)
    assert field.value == "new"


def test_labels_stand_above_and_name_the_field(page: QWidget) -> None:
    field = TextField("Metric")
    put(page, field)
    assert field.editor.accessibleName() == "Metric"
    assert field.findChildren(QWidget)[0].geometry().bottom() <= field.editor.geometry().bottom()


def test_a_field_that_is_too_narrow_shows_the_beginning(qtbot: QtBot) -> None:
    line = LineEdit()
    qtbot.addWidget(line)
    line.resize(60, 32)
    line.show()
    line.setText("percent of week-4 accounts")
    assert line.cursorPosition() == 0
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_End)
    assert line.cursorPosition() > 0
    line.clearFocus()
    assert line.cursorPosition() == 0


def test_a_text_that_is_cut_ends_in_dots_and_its_tip_tells_all_of_it(qtbot: QtBot, page: QWidget) -> None:
    line, other = LineEdit(), LineEdit()
    put(page, line)
    put(page, other)
    line.setFixedWidth(110)
    line.setText("iiiiiiiiiiiiiiiiiiiiiiiiii % of week-4 accounts")
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)

    def ink(columns: range) -> int:
        picture = line.grab().toImage()
        rows = range(picture.height() // 4, picture.height() // 2)  # where there is i, but no dot of …
        return sum(picture.pixelColor(x, y).lightness() < 128 for x in columns for y in rows)

    assert line.is_cut() and ink(range(8, 60)) > 0 and ink(range(88, 106)) == 0
    where = line.rect().center()
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, where, line.mapToGlobal(where)))
    assert "% of week-4 accounts" in QToolTip.text()
    QToolTip.hideText()
    line.setText("short")
    assert not line.is_cut()


@pytest.mark.parametrize(
    ("can_add", "words", "keys", "chosen"),
    [
        (False, "crew", (), "1"),
        (False, "plat", (), "2"),
        (False, "platform crew", (), "1"),
        (False, "nobody", (), None),
        (True, "plat", (), "2"),
        (True, "form", (), None),
        (True, "form", (Qt.Key.Key_Down,), "1"),
        (True, "form", (Qt.Key.Key_Up,), "form"),
        (False, "twin", (), None),
        (False, "twin", (Qt.Key.Key_Down,), "3"),
    ],
)
def test_enter_takes_what_the_list_highlights_and_never_a_part_of_a_name_where_a_new_one_may_be_meant(
    page: QWidget, can_add: bool, words: str, keys: tuple[Qt.Key, ...], chosen: str | None
) -> None:
    titles = ("Platform crew", "Plat", "Twin", "twin")
    options = [Option(str(number), title) for number, title in enumerate(titles, 1)]
    chooser, told, refused = Chooser(lambda: options, "team", can_add=can_add), [], []
    put(page, chooser)
    chooser.chosen.connect(told.append)
    chooser.added.connect(told.append)
    chooser.refused.connect(refused.append)
    chooser.setFocus()
    QTest.keyClicks(chooser, words)
    popup = chooser._list.popup()
    assert popup is not None
    for key in keys:
        QTest.keyClick(popup, key)
    QTest.keyClick(popup if popup.isVisible() else chooser, Qt.Key.Key_Return)
    assert told == ([chosen] if chosen is not None else [])
    assert bool(refused) == (chosen is None)
    assert not popup.isVisible()
