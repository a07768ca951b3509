"""What is copied in a spreadsheet, a document or this program becomes cards, and says what it could not be."""

from __future__ import annotations

import datetime

import pytest
from builders import small
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain import invariants, outline, outline_table, outline_text, pasting, tree
from prodlead_desktop.domain.bullets import plain
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.outline import Item, Outline
from prodlead_desktop.domain.planting import plant, strategy_of
from prodlead_desktop.domain.strategy import empty
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput

EXCEL = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>a</td></tr></table></body></html>'
CALC = (
    '<html><head><meta name="generator" content="LibreOffice 7.4"/></head><body><table></table></body></html>'
)
SHEETS = "<google-sheets-html-origin><style></style><table></table></google-sheets-html-origin>"
BROWSER = "<ul><li>a<ul><li>b</li></ul></li></ul>"


def items(text: str, html: str = "", decimal: str = ".") -> tuple[Item, ...]:
    return pasting.read(text, html, decimal).items


def shape(text: str, html: str = "") -> list[tuple[int, str]]:
    return [(item.depth, item.title) for item in items(text, html)]


@pytest.mark.parametrize(
    ("html", "expected"), [(EXCEL, True), (CALC, True), (SHEETS, True), (BROWSER, False), ("", False)]
)
def test_spreadsheets_say_who_they_are(html: str, expected: bool) -> None:
    assert pasting.is_spreadsheet(html) is expected


def test_a_column_of_titles_is_a_list() -> None:
    assert shape("Größe\nŁódź office\n- 5 % churn\n", EXCEL) == [
        (0, "Größe"),
        (0, "Łódź office"),
        (0, "- 5 % churn"),
    ]
    assert shape('"two\nlines"\nx ""y""\n', CALC) == [(0, "two lines"), (0, 'x ""y""')]


def test_cells_that_step_to_the_right_are_a_tree() -> None:
    assert shape("Top\t\t\n\tFirst\t\n\t\tDeep\n\tSecond\t\n", SHEETS) == [
        (0, "Top"), (1, "First"), (2, "Deep"), (1, "Second"),
    ]  # fmt: skip


def test_the_head_says_what_the_columns_hold() -> None:
    text = (
        "Outcome\tMetric\tBaseline\tTarget\tBy\n"
        "Faster insight\tTime to first insight, min\t40\t3\tQ3 2027\nChurn\t\t8.5 %\t5 %\t\n"
    )
    edit = Edit(small())
    planted = pasting.paste(edit, text, "a", EXCEL)
    first, churn = (edit.get(Node, node_id) for node_id in planted.ids)
    assert (first.kind, first.title, first.parent) == ("outcome", "Faster insight", "a")
    assert (first.data.metric, first.data.baseline, first.data.target) == (
        "Time to first insight, min",
        40.0,
        3.0,
    )
    assert (first.data.deadline, first.data.deadline_precision) == (datetime.date(2027, 9, 30), "quarter")
    assert (churn.data.metric, churn.data.unit, churn.data.baseline) == (None, "%", 8.5)
    assert planted.remarks == () and invariants.check_all(edit.result()[0]) == []


@pytest.mark.parametrize(
    ("cells", "decimal", "expected"),
    [
        (("1,234", "5"), ".", 1234.0),
        (("1,234", "5"), ",", 1.234),
        (("1,234", "5.5"), ",", 1234.0),  # the other cell tells
        (("1.234", "5,5"), ".", 1234.0),
        (("1.234,5", "x"), ".", 1234.5),
        (("1 234.5", "1"), ".", 1234.5),
        (("−3", "1"), ".", -3.0),
        (("12 %", "1"), ".", 12.0),
    ],
)
def test_numbers_are_read_as_their_column_writes_them(
    cells: tuple[str, str], decimal: str, expected: float
) -> None:
    found = items(f"Title\tFrom\na\t{cells[0]}\nb\t{cells[1]}\n", EXCEL, decimal)
    assert dict(found[0].values)["baseline"] == expected


@pytest.mark.parametrize("cell", ["about 40", "nan", "1e999", "620k", "40-50", "∞", "1,2,3", "12 34"])
def test_what_is_no_number_is_kept_in_words(cell: str) -> None:
    found = pasting.read(f"Title\tFrom\tTo\na\t{cell}\t3\n", EXCEL)
    assert dict(found.items[0].values) == {"target": 3.0} and found.items[0].note == f"From: {cell}"
    assert [str(remark) for remark in found.remarks] == [
        "1 baseline could not be read and stands in the note (first in line 2)"
    ]


def test_two_units_in_a_row_are_not_mixed() -> None:
    found = items("Title\tFrom\tTo\na\t40 min\t3 h\n", EXCEL)[0]
    assert dict(found.values) == {"baseline": 40.0, "unit": "min"} and found.note == "To: 3 h"


def test_kinds_levels_and_columns_nobody_knows() -> None:
    text = (
        "Level\tTitle\tType\tBudget\tTags\n1\tWin\tambition\t\t\n"
        "2\tFaster\tOutcomes\t12\ta, b\n3\tGuide\tinitiative\t\t\n2\tOdd\tepic\t\t\n"
    )
    found = pasting.read(text, EXCEL)
    assert [(item.depth, item.title, item.kind) for item in found.items] == [
        (0, "Win", "ambition"), (1, "Faster", "outcome"), (2, "Guide", "initiative"), (1, "Odd", None),
    ]  # fmt: skip
    assert (
        found.items[1].tags == ("a", "b")
        and found.items[1].note == "Budget: 12"
        and found.items[3].note == "Type: epic"
    )
    assert len(found.remarks) == 2 and all(remark.taken for remark in found.remarks)


def test_a_column_of_initiatives_makes_initiatives_and_their_numbers_stay_as_words() -> None:
    strategy, planted = strategy_of(pasting.read("Initiative\tMetric\nGuide\tUsers\n"), "x")
    node = strategy.get(Node, planted.ids[0])
    assert (node.kind, node.note) == ("initiative", "Metric: Users")
    assert "lacks stands in the note" in str(planted.remarks[0])


def test_columns_without_a_head_become_notes() -> None:
    found = items("Faster\twith guides\nTrusted\t\n")
    assert [(item.title, item.note) for item in found] == [("Faster", "with guides"), ("Trusted", None)]


@pytest.mark.parametrize("text", ["\t\t\n", "Title\tTarget\n"])
def test_no_rows_are_said(text: str) -> None:
    with pytest.raises(BadInput, match=r"no text|only a row of headings"):
        outline_table.read(pasting.cells(text))


def test_stray_quotes_swallow_nothing() -> None:
    assert shape('"Fast\tx\nSlow\ty\n') == [(0, '"Fast'), (0, "Slow")]


@pytest.mark.parametrize(
    ("words", "title", "links"),
    [
        ("**Bold** and _soft_ `code`", "Bold and soft code", []),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4", []),
        ("[plan](https://x.org/a_(b)) <https://y.org>", "plan https://y.org", ["plan: https://x.org/a_(b)"]),
        ("![picture](a.png) ~~no~~ \\*star\\*", "picture no *star*", ["picture: a.png"]),
    ],
)
def test_markdown_inside_a_line(words: str, title: str, links: list[str]) -> None:
    assert plain(words) == (title, links)


TITLES = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30).map(one_line).filter(bool)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            TITLES
            | st.sampled_from(["- a", "# b", "1. c", "\\- d", "\\\\# e", "```", "---", "[x] f", "* [ ] g"]),
        ),
        min_size=1,
        max_size=15,
    )
)
def test_a_copied_tree_is_pasted_the_same(rows: list[tuple[int, str]]) -> None:
    depth, listed = -1, []
    for wanted, title in rows:
        depth = min(wanted, depth + 1)
        listed.append(Item(depth, title))
    edit = Edit(empty())
    planted = plant(edit, Outline(tuple(listed)), None)
    tops = [node.id for node in tree.children(edit, None)]
    text = outline.write(edit, tops)
    again = outline_text.read(text).items
    assert [(item.depth, item.title) for item in again] == [(item.depth, item.title) for item in listed]
    assert [item.note for item in again] == [None] * len(planted.ids)


@given(st.text(" \tab\"'\n,;1.%", max_size=60), st.sampled_from(["", EXCEL]))
def test_anything_pasted_is_whole_or_refused(text: str, html: str) -> None:
    edit = Edit(small())
    try:
        planted = pasting.paste(edit, text, "o1", html)
    except BadInput:
        return
    assert planted.ids and invariants.check_all(edit.result()[0]) == []
