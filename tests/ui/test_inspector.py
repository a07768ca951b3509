"""Forms bound to the document: what is typed gets on disk, what cannot be read stays with the reason."""

from __future__ import annotations

import datetime
import sys

import pytest
from builders import sample, small
from inspecting import Reader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes, numerals
from prodlead_desktop.domain.entities import Effect, Header, Node, Person, Reading, Right, RightScope
from prodlead_desktop.domain.strategy import of_rows
from prodlead_desktop.exchange import notations
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.inspector import Inspector
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session

Key = Qt.Key


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    return Reader(window)


def test_a_typed_baseline_is_on_disk(reader: Reader) -> None:
    reader.open("o1")
    reader.replace("From, min", "45")
    assert reader.data("o1").baseline == 45.0
    assert reader.on_disk().get(Node, "o1").data.baseline == 45.0  # type: ignore[attr-defined]
    assert reader.line("From, min").text() == "45"


def test_the_unit_may_be_typed_too_and_empty_is_unknown_not_zero(reader: Reader) -> None:
    reader.open("o1")
    reader.replace("From, min", "45 min")
    assert reader.data("o1").baseline == 45.0
    line = reader.replace("From, min", "")
    assert reader.data("o1").baseline is None
    assert (line.text(), line.placeholderText()) == ("", "?")


def test_a_bad_number_stays_with_its_reason_and_nothing_is_written(reader: Reader) -> None:
    reader.open("o1")
    line = reader.replace("From, min", "fast", Key.Key_Tab)
    assert line.text() == "fast"
    assert "not a number" in reader.message_at("From, min")
    assert reader.data("o1").baseline == 40.0
    assert QApplication.focusWidget() is not line, "the keyboard is not taken back"
    reader.replace("From, min", "38")
    assert reader.message_at("From, min") == ""
    assert reader.data("o1").baseline == 38.0


def test_escape_and_undo_leave_what_was_refused(reader: Reader) -> None:
    reader.open("o1")
    line = reader.replace("From, min", "fast")
    QTest.keyClick(line, Key.Key_Escape)
    assert (line.text(), reader.message_at("From, min")) == ("40", "")
    reader.replace("To, min", "soon")
    before = reader.session.document.undo_label
    reader.undo()
    assert reader.line("To, min").text() == "3"
    assert reader.session.document.undo_label == before, "nothing else was undone"


def test_undo_in_a_field_is_undo_of_the_document_and_shows_it(reader: Reader) -> None:
    reader.open("o1")
    line = reader.replace("From, min", "45")
    assert line.hasFocus()
    reader.undo()
    assert reader.data("o1").baseline == 40.0
    assert line.text() == "40"


def test_text_reaches_the_document_while_it_is_typed_and_one_undo_takes_it_back(
    reader: Reader, qtbot: QtBot
) -> None:
    reader.open("o1")
    box = reader.text("Because")
    before = reader.data("o1").because
    box.setFocus()
    box.selectAll()
    for part in ("Whoever waits", " longer than that", " does not come back"):
        QTest.keyClicks(box, part)
        typed = box.toPlainText()
        qtbot.waitUntil(lambda typed=typed: reader.data("o1").because == typed.rstrip())
    assert box.toPlainText() == "Whoever waits longer than that does not come back"
    reader.undo()
    assert reader.data("o1").because == before
    assert box.toPlainText() == before


def test_typing_without_a_rest_is_written_within_a_second(reader: Reader, qtbot: QtBot) -> None:
    reader.open("o1")
    line = reader.line("Metric")
    line.setFocus()
    line.selectAll()

    def typed_on() -> bool:
        QTest.keyClicks(line, "x")
        return str(reader.data("o1").metric).startswith("xx")

    qtbot.waitUntil(typed_on, timeout=10_000)
    assert line.hasFocus()


def test_a_change_elsewhere_is_shown_but_never_over_what_is_being_typed(reader: Reader) -> None:
    reader.open("o1")
    line = reader.replace("From, min", "4", end=None)
    with reader.session.edit("Elsewhere") as edit:
        nodes.set_value(edit, "o1", "baseline", 50.0)
        nodes.set_value(edit, "o1", "target", 5.0)
    assert line.text() == "4"
    assert reader.line("To, min").text() == "5"
    QTest.keyClick(line, Key.Key_Return)
    assert reader.data("o1").baseline == 4.0


def test_what_is_not_touched_is_not_read_again(reader: Reader) -> None:
    with reader.session.edit("Exact") as edit:
        nodes.set_value(edit, "o1", "baseline", 1 / 3)
    reader.open("o1")
    line = reader.line("From, min")
    line.setFocus()
    QTest.keyClick(line, Key.Key_Tab)
    assert reader.data("o1").baseline == 1 / 3


def test_what_is_typed_for_one_card_is_not_written_to_the_next(reader: Reader) -> None:
    reader.open("o1")
    reader.replace("From, min", "44", end=None)
    reader.session.select("o2")
    assert reader.data("o1").baseline == 44.0
    assert reader.data("o2").baseline is None
    assert reader.line("From").text() == ""


def test_a_deadline_is_as_precise_as_it_was_typed(reader: Reader) -> None:
    reader.open("o1")
    reader.replace("By", "Nov 2027")
    data = reader.data("o1")
    assert (data.deadline, data.deadline_precision) == (datetime.date(2027, 11, 30), "month")
    assert reader.line("By").text() == "Nov 2027"
    reader.replace("By", "some day")
    assert "not a date" in reader.message_at("By")


def test_the_title_is_typed_in_the_head_and_the_state_is_one_press(reader: Reader, qtbot: QtBot) -> None:
    reader.open("o1")
    box = reader.text("Title")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "First insight")
    QTest.keyClick(box, Key.Key_Return)
    assert reader.node("o1").title == "First insight"
    assert "\n" not in box.toPlainText()
    reader.press("State: Draft")
    assert reader.node("o1").state == "agreed"
    reader.press("State: Agreed")
    assert reader.node("o1").state == "draft"


def test_the_light_says_what_is_missing(reader: Reader) -> None:
    reader.open("o1")
    light = reader.panel.page("threshold").light
    assert (
        "Direction only" in light.words
        and "cause in 6 words" in light.words
        and "where it starts to work" in light.words
    )
    reader.replace("Starts to work at, min", "3")
    box = reader.text("Because")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "Three minutes is where the habit begins")
    QTest.keyClick(box, Key.Key_Tab)
    assert light.words.startswith("Clear: this claim can fail")


def test_now_adds_a_reading_dated_today_and_corrects_it(reader: Reader) -> None:
    reader.open("o1")
    assert reader.line("Now, min").text() == "31"
    reader.replace("Now, min", "28")
    reader.replace("Now, min", "27")
    found = {row.date: row.value for row in reader.strategy.by(Reading, "node", "o1")}
    assert found == {datetime.date(2026, 11, 1): 31.0, datetime.date.today(): 27.0}


def test_the_threshold_page_says_what_money_arrives(reader: Reader) -> None:
    reader.open("o1")
    page = reader.panel.page("threshold")
    assert page.money.text() == "€600 arrives from 1 initiative in Plan."
    reader.session.set_scenario("s2")
    assert page.money.text() == "€300 arrives from 1 initiative in Other."


def test_an_owner_is_added_while_choosing(reader: Reader) -> None:
    reader.open("o1")
    owner = reader.line("Owner")
    owner.setFocus()
    QTest.keyClicks(owner, "Head of Onboarding")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    person = reader.strategy.find(Person, reader.node("o1").owner)
    assert person is not None and person.name == "Head of Onboarding"
    assert owner.text() == "Head of Onboarding"
    owner.setFocus()
    owner.selectAll()
    QTest.keyClick(owner, Key.Key_Delete)
    QTest.keyClick(owner, Key.Key_Return)
    assert reader.node("o1").owner is None
    assert reader.strategy.find(Person, person.id) is not None


def test_a_part_of_a_name_is_refused_in_words(reader: Reader) -> None:
    reader.open("i1", "bet")
    reader.replace("Team", "dat")
    assert "No team is called “dat”" in reader.message_at("Team")
    assert reader.node("i1").team == "t1"
    reader.replace("Team", "data")
    assert reader.message_at("Team") == ""
    assert reader.line("Team").text() == "Data"


def test_a_choice_is_made_and_taken_back(reader: Reader) -> None:
    reader.open("i1", "bet")
    switch = reader.panel.page("bet").form.editors["evidence"].switch
    assert switch.value is None
    for expected in ("data", None):
        QTest.keyClick(switch._buttons["data"], Key.Key_Space)
        assert reader.data("i1").evidence == expected
        assert switch.value == expected


def test_tags_are_added_with_enter_and_removed_with_backspace(reader: Reader) -> None:
    reader.open("o1", "notes")
    field = reader.line("Tags: add one")
    field.setFocus()
    QTest.keyClicks(field, "habit, first week")
    QTest.keyClick(field, Key.Key_Return)
    assert reader.node("o1").tags == ("habit", "first week")
    QTest.keyClick(field, Key.Key_Backspace)
    assert reader.node("o1").tags == ("habit",)
    reader.press("Remove habit")
    assert reader.node("o1").tags == ()


@pytest.mark.parametrize("node_id", ["a", "o1", "i1", "n1"])
def test_every_kind_has_its_pages_and_every_page_opens(reader: Reader, node_id: str) -> None:
    reader.open(node_id)
    assert {"details", "notes"} <= set(reader.panel._specs)
    for page in reader.panel._specs:
        reader.panel.open_page(page)
        assert reader.panel.page_name == page
        unnamed = [
            w for w in reader.panel.findChildren(QLineEdit) if w.isVisible() and not w.accessibleName()
        ]
        assert not unnamed


def test_every_field_of_every_kind_has_an_editor_or_is_a_fact(reader: Reader) -> None:
    from prodlead_desktop.domain import fields
    from prodlead_desktop.domain.kind import kinds
    from prodlead_desktop.ui.inspector.node_panel import NodePanel

    for kind in kinds().values():
        panel = NodePanel(reader.session, kind)
        edited = {name for page in panel._specs for name in panel.page(page).form.editors}
        wanted = {f.name for f in fields.of(kind.data) if not f.name.endswith("_precision")}
        assert wanted | {"owner", "note", "tags", *kind.uses} <= edited, kind.name
        panel.deleteLater()


def test_a_card_that_becomes_another_kind_shows_that_kinds_form(reader: Reader) -> None:
    reader.open("o1")
    reader.replace("From, min", "44", end=None)
    with reader.session.edit("Kind") as edit:
        nodes.set_kind(edit, "o1", "opportunity")
    assert reader.panel.findChild(QWidget, "details") is not None
    assert reader.node("o1").kind == "opportunity"
    reader.undo()
    assert reader.data("o1").baseline == 40.0


def test_facts_without_a_form_are_lines_of_words() -> None:
    from prodlead_desktop.ui.inspector.facts import facts_of

    strategy = small()
    rows = [row for cls in (Header, Node, Effect, Reading) for row in strategy.all(cls).values()]
    right = Right("ri1", 1, "budget", limit=50_000)
    told = of_rows([*rows, right, RightScope("rs1", "ri1", "o1")])
    facts = {(fact.title, fact.words) for fact in facts_of(told, told.get(Node, "o1"))}
    assert ("Decision right", "budget · limit €500") in facts
    assert ("Effect", "initiative Guide · P10 8 · P50 16 · P90 24") in facts
    assert any(title == "Reading" and "1 Nov 2026" in words for title, words in facts)


def test_blind_answers_stay_blind() -> None:
    from prodlead_desktop.ui.inspector.facts import facts_of

    strategy = sample()
    titles = {fact.title for node in strategy.all(Node).values() for fact in facts_of(strategy, node)}
    assert "Decision right" in titles and "Answer" not in titles


def test_a_read_only_document_shows_and_takes_nothing(
    program: object, qtbot: QtBot, tmp_path: object
) -> None:
    path = f"{tmp_path}/shown.prodlead"
    Document.create(path, small()).close()
    session = Session(Document.open(path, read_only=True))
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    session.select("o1")
    line = next(w for w in inspector.findChildren(QLineEdit) if w.accessibleName() == "From, min")
    QTest.keyClicks(line, "9")
    QTest.keyClick(line, Key.Key_Return)
    assert line.isReadOnly() and line.text() == "40"
    assert session.strategy.get(Node, "o1").data.baseline == 40.0  # type: ignore[attr-defined]
    assert not inspector.panel.head.state.isEnabled()
    session.close()


@pytest.mark.parametrize("node_id", ["a", "o1", "o2", "i1", "i2", "n1", ""])
def test_no_page_is_wider_than_the_inspector(reader: Reader, node_id: str) -> None:
    if node_id:
        reader.open(node_id)
    pages = list(getattr(reader.panel, "_specs", {})) or [""]
    for page in pages:
        if page:
            reader.panel.open_page(page)
        for area in reader.panel.findChildren(QScrollArea):
            if area.isVisible():
                assert area.widget().minimumSizeHint().width() <= WINDOW.inspector - 12, page


def test_a_new_card_has_an_empty_title_that_says_what_to_type(reader: Reader) -> None:
    with reader.session.edit("Add") as edit:
        added = nodes.add(edit, "outcome", parent="a")
    reader.open(added)
    box = reader.panel.head.title
    assert box.toPlainText() == "" and box.hint == "What will be measurably different?"
    box.setFocus()
    QTest.keyClicks(box, "Calm")
    QTest.keyClick(box, Key.Key_Return)
    assert reader.node(added).title == "Calm"


def test_what_is_typed_when_the_window_closes_is_on_disk(reader: Reader) -> None:
    reader.open("o1")
    reader.replace("From, min", "45", end=None)
    path = reader.session.document.path
    reader.window.close()
    again = Document.open(path, read_only=True)
    assert again.strategy.get(Node, "o1").data.baseline == 45.0  # type: ignore[attr-defined]
    again.close()


def test_a_command_by_key_finds_written_what_was_typed(reader: Reader) -> None:
    reader.open("o1")
    line = reader.replace("From, min", "45", end=None)
    QTest.keyClick(line, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert reader.data("o1").baseline == 45.0
    reader.window.body.show_workspace("map")  # type: ignore[union-attr]
    line = reader.replace("From, min", "50", end=None)
    reader.undo()
    assert reader.data("o1").baseline == 45.0, "what was just typed is taken back, not what came before"


def test_copying_while_typing_leaves_the_selection(reader: Reader) -> None:
    reader.open("o1")
    line = reader.replace("From, min", "45 min", end=None)
    line.selectAll()
    QTest.keyPress(line, Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert (line.text(), line.selectedText()) == ("45 min", "45 min")
    assert QApplication.clipboard().text() == "45 min"


def test_escape_after_enter_changes_nothing_and_goes_back_to_the_map(reader: Reader) -> None:
    desk = reader.window.desk
    assert desk is not None
    reader.open("o1")
    desk.canvas.setFocus()
    QTest.keyClick(desk.canvas, Key.Key_F3)
    assert reader.inspector.isAncestorOf(QApplication.focusWidget())
    line = reader.replace("Metric", "abc")
    assert reader.data("o1").metric == "abc"
    QTest.keyClick(line, Key.Key_Escape)
    assert (line.text(), reader.data("o1").metric) == ("abc", "abc")
    assert desk.canvas.hasFocus()


@pytest.mark.parametrize("name", ["From, min", "Metric"])
def test_escape_takes_back_what_is_typed_before_it_leaves(reader: Reader, name: str) -> None:
    body = reader.window.body
    assert body is not None
    reader.open("o1")
    body.outline.view.setFocus()
    line = reader.line(name)
    was = line.text()
    reader.replace(name, "12", None)
    QTest.keyClick(line, Key.Key_Escape)
    assert line.text() == was and line.hasFocus()
    QTest.keyClick(line, Key.Key_Escape)
    assert body.outline.view.hasFocus()


def test_escape_in_a_note_takes_back_then_leaves(reader: Reader) -> None:
    desk = reader.window.desk
    assert desk is not None
    reader.open("o1", "notes")
    desk.canvas.setFocus()
    box = reader.text("Note")
    box.setFocus()
    was = box.toPlainText()
    QTest.keyClicks(box, "more")
    QTest.keyClick(box, Key.Key_Escape)
    assert box.toPlainText() == was and box.hasFocus()
    QTest.keyClick(box, Key.Key_Escape)
    assert desk.canvas.hasFocus()


@pytest.mark.skipif(sys.platform == "darwin", reason="the option key types signs")
def test_a_map_key_types_nothing_into_a_field(reader: Reader) -> None:
    reader.open("o1")
    for name in ("From, min", "Metric"):
        line = reader.line(name)
        line.setFocus()
        was = line.text()
        QApplication.sendEvent(
            line, QKeyEvent(QEvent.Type.KeyPress, Key.Key_3, Qt.KeyboardModifier.AltModifier, "3")
        )
        assert line.text() == was
        graph = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, Key.Key_At, graph, "@"))
        assert "@" in line.text(), "AltGr types signs"
        QTest.keyClick(line, Key.Key_Escape)


@pytest.mark.parametrize("numbers", ["1,234.5", "1.234,5", "1 234,5", "1’234.5"])
def test_a_field_shows_a_number_as_its_card_does(reader: Reader, numbers: str) -> None:
    before = numerals.notation()
    try:
        numerals.write_as(notations.notation_of(numbers, "en"))
        reader.open("o1")
        line = reader.replace("From, min", "1900")
        assert line.text() == numerals.number(1900)
        other = reader.line("To, min")
        other.selectAll()
        other.insert(numerals.number(1234567.5))
        QTest.keyClick(other, Key.Key_Return)
        assert reader.data("o1").target == 1234567.5
        assert reader.line("To, min").text() == numerals.number(1234567.5)
        header = reader.strategy.header
        shown = wording.amount(30_000_000, header.currency, numerals.notation().decimal)
        assert shown == numerals.money(30_000_000, header.currency)
    finally:
        numerals.write_as(before)
