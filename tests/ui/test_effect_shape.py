"""How an effect is stated, chosen in the inspector: the fields that belong to it, what goes, and where it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import small
from inspecting import Reader, spoken
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from prodlead_desktop.document import Document
from prodlead_desktop.domain import effects, nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect, Node
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.figures.lenses.confidence import dress
from prodlead_desktop.figures.map_picture import build
from prodlead_desktop.figures.map_view import MapView
from prodlead_desktop.ui.bets.table import BetsTable
from prodlead_desktop.ui.checkpoints.story import story
from prodlead_desktop.ui.inspector.effects import EffectBlock
from prodlead_desktop.ui.inspector.facts import facts_of
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.program import Program

Key = Qt.Key
PERT = {"low": 2.0, "mode": 5.0, "high": 14.0}


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    made = Reader(window)
    made.open("i1", "bet")
    return made


def block(reader: Reader, at: int = 0) -> EffectBlock:
    found = reader.panel.page("bet").effects.blocks[at]
    assert isinstance(found, EffectBlock)
    return found


def choose(reader: Reader, shape: str, at: int = 0) -> None:
    """Press a shape with the keyboard."""
    names = {"percentiles": "P10, P50, P90", "pert": "PERT", "triangular": "Triangular"}
    switch = block(reader, at).fields.switch
    button = next(one for one in switch.findChildren(QAbstractButton) if spoken(one) == names[shape])
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)


def type_in(reader: Reader, name: str, words: str) -> None:
    line = block(reader).lines[name]
    assert line.isVisible(), name
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Key.Key_Tab)


def stated_by(reader: Reader, *names: str) -> list[str]:
    return [block(reader).lines[name].text() for name in names]


def labels(reader: Reader) -> list[str]:
    return [line.accessibleName() for line in block(reader).lines.values() if line.isVisible()]


def stated(shape: str = "pert") -> Strategy:
    """The small strategy with the first effect in that shape."""
    edit = Edit(small())
    effects.set_shape(edit, "i1", "o1", shape)
    effects.state(edit, "i1", "o1", **PERT)
    return edit.result()[0]


def test_a_shape_asks_its_own_numbers_and_says_what_went(reader: Reader) -> None:
    told: list[Notice] = []
    reader.session.notice.connect(told.append)
    before = reader.strategy
    assert labels(reader) == [
        f"{name}, improvement in min" for name in ("P10, careful", "P50", "P90, hopeful")
    ]
    choose(reader, "pert")
    assert labels(reader) == [f"{name}, improvement in min" for name in ("Least", "Most likely", "Most")]
    sentence = "P10 8, P50 16 and P90 24 are taken away: the effect is now stated as a PERT distribution"
    assert told[-1].sentence.startswith(sentence) and told[-1].actions[0][0] == "Undo"
    assert block(reader).words.text() == "Nobody has said by how much."
    reader.undo()
    assert reader.strategy == before, "one step brings the shape and the numbers back"
    assert [block(reader).lines[name].text() for name in ("p10", "p50", "p90")] == ["8", "16", "24"]


def test_its_numbers_are_typed_kept_and_told(reader: Reader) -> None:
    choose(reader, "pert")
    type_in(reader, "low", "2")
    assert (
        block(reader).words.text() == "Counts as nothing until the most likely value and the most are known."
    )
    type_in(reader, "mode", "5")
    type_in(reader, "high", "14")
    words = block(reader).words.text().replace("\u00a0", " ")
    assert words == "6 min faster on average, 3.35 to 9.01 in 8 of 10 cases."
    told: list[Notice] = []
    reader.session.notice.connect(told.append)
    choose(reader, "triangular")
    words = block(reader).words.text().replace("\u00a0", " ")
    assert words == "7 min faster on average, 3.9 to 10.7 in 8 of 10 cases." and not told, "nothing went"
    row = reader.on_disk().get(Effect, "e1")
    assert (row.shape, row.low, row.mode, row.high) == ("triangular", 2.0, 5.0, 14.0)
    for _ in range(5):
        reader.undo()
    assert reader.strategy == small()


def test_back_to_percentiles_the_ends_stay_as_bounds(reader: Reader) -> None:
    with reader.session.edit("Change") as edit:
        effects.set_shape(edit, "i1", "o1", "pert")
        effects.state(edit, "i1", "o1", **PERT)
    told: list[Notice] = []
    reader.session.notice.connect(told.append)
    choose(reader, "percentiles")
    assert told[-1].sentence == (
        "The most likely 5 is taken away: the effect is now stated as P10, P50 and P90."
    )
    assert labels(reader)[3:] == [
        "Lowest possible, improvement in min",
        "Highest possible, improvement in min",
    ]
    type_in(reader, "p50", "5")
    words = block(reader).words.text().replace("\u00a0", " ")
    assert words == "5 min faster in the middle, from 2 to 14 at the ends."
    type_in(reader, "p10", "1")
    assert "between the lowest and the highest possible" in block(reader)._problem.text()
    type_in(reader, "low", "")
    assert block(reader)._problem.text() == "" and reader.strategy.get(Effect, "e1").p10 == 1.0
    type_in(reader, "high", "")
    assert block(reader).lines["high"].isVisible(), "a bound that was taken away can be typed again"


def test_each_shape_gets_its_numbers_back_while_the_card_is_seen(reader: Reader) -> None:
    def stored() -> tuple[object, ...]:
        row = reader.on_disk().get(Effect, "e1")
        return (row.shape, row.p10, row.p50, row.p90, row.low, row.mode, row.high)

    percentiles = ("percentiles", 8.0, 16.0, 24.0, None, None, None)
    choose(reader, "pert")
    assert stated_by(reader, *PERT) == ["", "", ""]
    choose(reader, "percentiles")
    assert stored() == percentiles and not block(reader).lines["low"].isVisible()
    choose(reader, "pert")
    for name, value in PERT.items():
        type_in(reader, name, f"{value:g}")
    choose(reader, "percentiles")
    assert stored() == percentiles, "the file holds the numbers of one shape"
    choose(reader, "triangular")
    choose(reader, "pert")
    assert stored() == ("pert", None, None, None, 2.0, 5.0, 14.0)
    assert stated_by(reader, *PERT) == ["2", "5", "14"]
    reader.open("i2", "bet")
    reader.open("i1", "bet")
    choose(reader, "percentiles")
    assert stated_by(reader, "p10", "p50", "p90", "low", "high") == ["", "", "", "2", "14"]
    choose(reader, "pert")
    assert stated_by(reader, *PERT) == ["2", "5", "14"]
    reader.undo()
    assert stored() == ("percentiles", None, None, None, 2.0, None, 14.0), "one step"


def test_what_was_refused_stays_and_so_does_the_shape(reader: Reader) -> None:
    type_in(reader, "p10", "50")
    choose(reader, "pert")
    assert block(reader).fields.shape == "percentiles" and block(reader).lines["p10"].text() == "50"
    assert "P10 ≤ P50 ≤ P90" in block(reader)._problem.text()
    QTest.keyClick(block(reader).lines["p10"], Key.Key_Escape)
    choose(reader, "pert")
    type_in(reader, "mode", "9")
    type_in(reader, "low", "20")
    assert "Least ≤ most likely ≤ most" in block(reader)._problem.text()
    type_in(reader, "mode", "25")
    row = reader.strategy.get(Effect, "e1")
    assert (row.low, row.mode) == (20.0, 25.0) and block(reader)._problem.text() == "", "together they fit"


def test_what_is_typed_is_taken_before_the_shape_changes(reader: Reader) -> None:
    choose(reader, "triangular")
    line = block(reader).lines["high"]
    line.setFocus()
    QTest.keyClicks(line, "14")
    choose(reader, "pert")
    row = reader.strategy.get(Effect, "e1")
    assert (row.shape, row.high) == ("pert", 14.0)


def test_a_shape_may_be_chosen_before_any_number(reader: Reader) -> None:
    reader.open("i2", "bet")
    choose(reader, "triangular")
    (row,) = reader.strategy.by(Effect, "initiative", "i2")
    assert (row.outcome, row.shape) == ("o1", "triangular")
    assert block(reader).effect_id == row.id
    reader.undo()
    assert not reader.strategy.by(Effect, "initiative", "i2")
    assert block(reader).fields.shape == "percentiles"


def test_a_restart_shows_the_shape(program: Program, tmp_path: Path) -> None:
    Document.create(tmp_path / "kept.prodlead", stated("triangular")).close()
    window = program.show_document(Document.open(tmp_path / "kept.prodlead"), None)
    reader = Reader(window)
    reader.open("i1", "bet")
    assert block(reader).fields.switch.current() == "triangular"
    assert [block(reader).lines[name].text() for name in PERT] == ["2", "5", "14"]


def test_the_table_of_bets_shows_its_own_percentiles_and_refuses_others(window: MainWindow) -> None:
    reader = Reader(window)
    with reader.session.edit("Change") as edit:
        effects.set_shape(edit, "i1", "o1", "pert")
        effects.state(edit, "i1", "o1", **PERT)
    window.table.run("map.table")
    assert window.body is not None
    table = window.body.page("bets")
    assert isinstance(table, BetsTable)
    at = {column.name: k for k, column in enumerate(table.rows.columns)}
    cells = [table.rows.index(0, at[name]) for name in ("p10", "p50", "p90")]
    assert [str(cell.data()).replace("\u00a0", " ") for cell in cells] == ["3.35 min", "5.77 min", "9.01 min"]
    assert "PERT, 2 to 14, most likely 5" in cells[0].data(Qt.ItemDataRole.ToolTipRole)
    assert "PERT, 2 to 14" in cells[0].data(Qt.ItemDataRole.AccessibleTextRole)
    before = reader.strategy
    table.selectRow(0)
    table.copy()
    assert "\t3.35\t5.77\t9.01\t" in QGuiApplication.clipboard().text()
    table.paste()
    assert reader.strategy == before and not table.rows.refused, "what was copied is what is there"
    table.rows.setData(cells[1], "6")
    assert reader.strategy == before and "is a PERT distribution" in str(
        cells[1].data(Qt.ItemDataRole.ToolTipRole)
    )
    table.setCurrentIndex(cells[0])
    table.clear()
    assert reader.strategy == before
    QGuiApplication.clipboard().setText("Bet\tP10\tP50\tP90\nGuide\t3.35\t5.77\t9.01\n")
    table.setCurrentIndex(table.rows.index(1, 0))
    table.paste()
    row = reader.strategy.by(Effect, "initiative", "i2")[0]
    assert (row.shape, row.p10, row.p50, row.p90) == ("percentiles", 3.35, 5.77, 9.01)


def test_copied_into_another_window_it_keeps_its_shape(
    window: MainWindow, program: Program, tmp_path: Path
) -> None:
    reader = Reader(window)
    with reader.session.edit("Change") as edit:
        effects.set_shape(edit, "i1", "o1", "pert")
        effects.state(edit, "i1", "o1", **PERT)
    other = program.show_document(Document.create(tmp_path / "other.prodlead", empty()), None)
    reader.session.select("o1")
    window.table.run("edit.copy")
    other.table.run("edit.paste")
    assert other.session is not None
    (row,) = other.session.strategy.all(Effect).values()
    assert (row.shape, row.low, row.mode, row.high) == ("pert", 2.0, 5.0, 14.0)


def test_the_map_tells_its_own_range_and_middle() -> None:
    strategy = stated()
    card = dress(strategy, strategy.get(Node, "i1"))
    assert card is not None and card.chip == "3.35…9.01 min"
    edit = Edit(strategy)
    nodes.move(edit, ["i1"], "o2")
    moved = edit.result()[0]
    shown = build(moved, MapView(), lambda text, px, weight: px * len(text) / 2)
    assert [link.text for link in shown.lines.cross_links] == ["+5.77 min"]


def test_its_words_in_what_changed_and_what_is_known() -> None:
    (subject,) = story(small(), stated())
    assert subject.lines == (
        "Effect on Faster insight: P10: 8 → none",
        "Effect on Faster insight: P50: 16 → none",
        "Effect on Faster insight: P90: 24 → none",
        "Effect on Faster insight: Lowest possible: none → 2",
        "Effect on Faster insight: Most likely: none → 5",
        "Effect on Faster insight: Highest possible: none → 14",
        "Effect on Faster insight: Shape: percentiles → PERT",
    )
    strategy = stated()
    known = [fact.words for fact in facts_of(strategy, strategy.get(Node, "o1")) if fact.title == "Effect"]
    assert known == ["initiative Guide · lowest possible 2 · most likely 5 · highest possible 14 · PERT"]
    plain = [fact.words for fact in facts_of(small(), small().get(Node, "o1")) if fact.title == "Effect"]
    assert not any("percentiles" in words for words in plain)
