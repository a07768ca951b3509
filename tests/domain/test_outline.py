"""Indented text becomes the subtree it shows, however it was indented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from builders import sample, small
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain import invariants, outline, outline_text, pasting, planting, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.fields import TITLE_LIMIT
from prodlead_desktop.domain.strategy import empty
from prodlead_desktop.errors import BadInput


def shape(text: str) -> list[tuple[int, str]]:
    return [(item.depth, item.title) for item in outline_text.read(text).items]


TREE = [(0, "Top"), (1, "First"), (2, "Deep"), (1, "Second")]


@pytest.mark.parametrize(
    "text",
    [
        "Top\n\tFirst\n\t\tDeep\n\tSecond",
        "Top\n  First\n    Deep\n  Second\n",
        "Top\r\n    First\r\n        Deep\r\n    Second\r\n",
        "Top\r First\r  Deep\r Second",
        "- Top\n  - First\n    - Deep\n  - Second",
        "* Top\n\n    * First\n\n          * Deep\n\n    * Second",
        "• Top\n\t◦ First\n\t\t▪ Deep\n\t◦ Second",
        "1. Top\n   1) First\n      2. Deep\n   10. Second",
        "- [ ] Top\n  - [x] First\n    - [X] Deep\n  - [ ] Second",
        "# Top\n## First\n### Deep\n## Second",
        "# Top\n## First\n- Deep\n## Second",
        "   Top\n      First\n         Deep\n      Second",
        "\u00a0Top\n\u00a0\u00a0First\n\u00a0\u00a0\u00a0Deep\n\u00a0\u00a0Second",
        "Top\n\tFirst\n\t        Deep\n    Second",
        "Top\n                First\n                 Deep\n                Second",
        "Top\n  First\n     Deep\n Second",
    ],
)
def test_every_way_people_indent(text: str) -> None:
    assert shape(text) == TREE


def test_a_column_of_a_spreadsheet_is_a_flat_list() -> None:
    assert shape("Größe\n\nŁódź office\n1.5 M for 2027\n-5 % churn\n2027 plan\n") == [
        (0, "Größe"), (0, "Łódź office"), (0, "1.5 M for 2027"), (0, "-5 % churn"), (0, "2027 plan"),
    ]  # fmt: skip


def test_titles_are_clean_single_lines() -> None:
    assert shape("a\u2028b\x07\tc \n\x00") == [(0, "a b c"), (0, "\ufffd")]
    long = outline_text.read("x" * (TITLE_LIMIT + 5))
    assert len(long.items[0].title) == TITLE_LIMIT
    assert long.items[0].note == "x" * (TITLE_LIMIT + 5), "what is cut off is not lost"
    assert "longer than 10,000 characters" in str(long.remarks[0])


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\r\n"])
def test_nothing_to_paste_is_said(text: str) -> None:
    with pytest.raises(BadInput, match="no text to take"):
        outline_text.read(text)


def test_too_deep_is_said_before_anything_is_made() -> None:
    deep = "\n".join(" " * number + "x" for number in range(tree.DEPTH_LIMIT + 1))
    with pytest.raises(BadInput, match=r"Line 501.*deeper than 500"):
        outline_text.read(deep)


@given(st.text("ab \t\n-#*1.\u00a0", max_size=80))
def test_any_text_makes_a_tree_without_jumps(text: str) -> None:
    try:
        depths = [item.depth for item in outline_text.read(text).items]
    except BadInput:
        return
    assert depths[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(depths))
    edit = Edit(small())
    assert len(pasting.paste(edit, text, "o1").ids) >= 1
    assert len(planting.plant(edit, outline_text.read(text), "o1").ids) == len(depths)
    assert invariants.check_all(edit.result()[0]) == []


def test_paste_hangs_usual_kinds_below_and_keeps_what_was_there() -> None:
    edit = Edit(small())
    made = pasting.paste(edit, "Onboard\n\tGuide\n\t\tIt works\nRetain", "a").ids
    found = [edit.get(Node, node_id) for node_id in made]
    assert [(n.kind, n.title) for n in found] == [
        ("outcome", "Onboard"), ("outcome", "Guide"), ("outcome", "It works"), ("outcome", "Retain"),
    ]  # fmt: skip
    assert [n.title for n in tree.children(edit, "a")] == [
        "Faster insight",
        "Trusted numbers",
        "Onboard",
        "Retain",
    ]
    below = pasting.paste(edit, "We assume\n\tA bet", "i1").ids
    assert [edit.get(Node, i).kind for i in below] == ["assumption", "initiative"]
    assert all(node.state == "draft" for node in found)


def test_paste_on_an_empty_map_makes_an_ambition_first() -> None:
    edit = Edit(empty())
    made = pasting.paste(edit, "Be first\n  Faster\nAnother", None).ids
    assert [edit.get(Node, i).kind for i in made] == ["ambition", "outcome", "outcome"]
    assert [edit.get(Node, i).parent for i in made] == [None, made[0], None]


def test_what_is_copied_can_be_pasted() -> None:
    strategy = sample()
    text = outline.write(strategy, ["o-habit"])
    assert text.startswith(
        "New teams build a weekly habit\n\tReduce time-to-first-insight\n\t\tGuided first dashboard\n"
    )
    edit = Edit(small())
    top = pasting.paste(edit, text, "o2").ids[0]
    assert outline.write(edit, [top]) == text


def test_a_thousand_lines_are_one_paste() -> None:
    edit = Edit(small())
    made = pasting.paste(edit, "\n".join(f"{'  ' * (n % 5)}line {n}" for n in range(5000)), "o2").ids
    assert len(made) == len(set(made)) == 5000
    assert invariants.check_all(edit.result()[0]) == []
