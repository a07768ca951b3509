"""Maps, outlines, lists and tables of other programs: every node comes in, and what cannot is said."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from builders import small

from prodlead_desktop.domain import invariants, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Link, Node
from prodlead_desktop.domain.outline import Item, Outline
from prodlead_desktop.domain.planting import Planted, Wishes, plant, strategy_of
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.import_report import report
from prodlead_desktop.exchange.importer import Imported, Reading, Source, importer_for, importers, read
from prodlead_desktop.exchange.marks import colour, icon

DATA = Path(__file__).parent.parent / "data" / "import"
USUAL = Wishes()
FILES = sorted(path for path in DATA.iterdir() if path.is_file())


def outline_of(path: Path) -> Outline:
    found = read(path).outline
    assert found is not None
    return found


def outline_from(content: bytes | str, name: str) -> Outline:
    source = Source(name, content.encode() if isinstance(content, str) else content)
    found = importer_for(source).read(source, Reading())
    assert isinstance(found, Outline)
    return found


def shape(outline: Outline) -> list[tuple[int, str]]:
    return [(item.depth, item.title) for item in outline.items]


def remarks(outline: Outline) -> set[str]:
    return {str(remark).split(" (first")[0] for remark in outline.remarks}


def named(outline: Outline, title: str) -> Item:
    return next(item for item in outline.items if item.title == title)


def made(path: Path, wishes: Wishes = USUAL) -> tuple[Imported, Strategy, Planted]:
    imported = read(path)
    assert imported.outline is not None
    return (imported, *strategy_of(imported.outline, path.stem, wishes))


# ---------------------------------------------------------------- maps


def test_every_node_of_a_freeplane_map_comes_in_at_its_place() -> None:
    assert shape(outline_of(DATA / "rollout.mm")) == [
        (0, "Roll-out 2027"),
        (1, "First markets"), (2, "Denmark"), (2, "Sweden"),
        (1, "Partners and resellers"), (2, "=node.parent.text"), (2, "see there"), (2, "Denmark"), (2, "E = m c²"),
        (2, "Secret"),
    ]  # fmt: skip


def test_notes_are_plain_text_with_their_links() -> None:
    outline = outline_of(DATA / "rollout.mm")
    assert named(outline, "First markets").note == (
        "Two at a time\n\n"
        "Start where partners are < 3 h away.\n- Denmark\n- Sweden (https://example.org/se)\n\n"
        "Picture: map.png"
    )
    assert named(outline, "Denmark").note == (
        "https://example.org/dk\nOwner: Ann\nscript1: new File('/tmp/x').delete()"
    )
    assert named(outline, "see there").note == "→ Sweden"
    assert named(outline, "E = m c²").note == "E = mc^2"


def test_tags_icons_colours_and_folds_come_in() -> None:
    outline = outline_of(DATA / "rollout.mm")
    first = named(outline, "First markets")
    assert first.tags == ("2027", "EU") and first.marks == ("yellow", "priority 1", "ok") and first.folded
    assert named(outline, "Partners and resellers").marks == ("blue text",)
    _, strategy, planted = made(DATA / "rollout.mm")
    assert [strategy.get(Node, node_id).title for node_id in planted.folded] == ["First markets"]
    assert strategy.get(Node, planted.ids[1]).tags == ("2027", "EU", "yellow", "priority 1", "ok")
    _, plain, again = made(DATA / "rollout.mm", Wishes(marks=False))
    assert plain.get(Node, again.ids[1]).tags == ("2027", "EU")
    assert "4 icons and colours" in {str(remark).split(" (")[0] for remark in again.remarks}


def test_what_a_map_has_and_we_lack_is_counted_with_its_line() -> None:
    outline = outline_of(DATA / "rollout.mm")
    assert remarks(outline) == {
        "1 node with its own font or line", "1 picture; its address stands in the note", "1 reminder",
        "1 cloud around a branch", "1 encrypted branch", "1 arrow that leads nowhere", "1 formula is only text now",
        "1 script or formula is only text now", "1 link to a file is text in the note",
        "1 link that runs something is only text now", "1 LaTeX formula is only text now",
        "1 link to a node is text in the note", "1 clone has the title alone",
    }  # fmt: skip
    lines = (DATA / "rollout.mm").read_text(encoding="utf-8").splitlines()
    where = {remark.one: remark.line for remark in outline.remarks}
    assert (
        "REMINDUSERAT" in lines[where["reminder"] - 1]
        and "script1" in lines[where["script or formula is only text now"] - 1]
    )


def test_arrows_become_links_where_they_can_and_words_where_not() -> None:
    _, strategy, planted = made(DATA / "rollout.mm")
    link = next(iter(strategy.all(Link).values()))
    nodes = strategy.all(Node)
    assert (nodes[link.source].title, nodes[link.target].title, link.rationale) == (
        "Denmark", "Partners and resellers", "opens the door",
    )  # fmt: skip
    assert planted.links == len(strategy.all(Link)) == 2
    assert invariants.check_all(strategy) == []


def test_an_arrow_that_would_close_a_ring_is_words() -> None:
    ring = "".join(
        f'<node TEXT="{a}" ID="{a}"><arrowlink DESTINATION="{b}" MIDDLE_LABEL="why"/>'
        f'<arrowlink DESTINATION="{a}"/></node>'
        for a, b in ("ab", "bc", "ca")
    )
    outline = outline_from(f'<map><node TEXT="top">{ring}</node></map>', "ring.mm")
    strategy, planted = strategy_of(outline, "ring")
    assert planted.links == 2 and invariants.check_all(strategy) == []
    assert [str(remark) for remark in planted.remarks] == [
        "3 arrows from a node to itself (first in line 1)",
        "1 arrow stands in the note: links join two outcomes once, and never in a ring (first in line 1)",
    ]
    assert strategy.get(Node, planted.ids[3]).note == "→ a (why)"
    _, as_notes = strategy_of(outline, "ring", Wishes(kind="note"))
    assert as_notes.links == 0 and len(as_notes.remarks) == 2


def test_an_old_freemind_map_comes_in_too() -> None:
    outline = outline_of(DATA / "old.mm")
    assert shape(outline) == [(0, "Größe"), (1, "Two lines & more"), (2, "東京 🚀"), (1, "")]
    assert outline.items[1].note == "An old note on two lines" and outline.items[1].folded
    assert remarks(outline) == set()


# ---------------------------------------------------------------- outlines, lists, tables


def test_every_line_of_an_outline_comes_in() -> None:
    outline = outline_of(DATA / "rollout.opml")
    assert outline.name == "Roll-out 2027"
    assert shape(outline) == [
        (0, "First markets"), (1, "Dänemark"), (1, "Sweden"), (2, "Malmö"),
        (0, "Partners and resellers where A < B"), (1, "Feeds"), (0, "1 < 2 and 3 > 2"),
    ]  # fmt: skip
    assert named(outline, "Dänemark").note == "Two at a time\nat most\n\nhttps://example.org/dk"
    assert named(outline, "First markets").tags == ("2027/EU", "launch")
    assert named(outline, "Sweden").tags == ("done",)
    assert named(outline, "Feeds").note == "http://example.org/feed.xml\nowner: Ann"
    assert [item.title for item in outline.items if item.folded] == ["Sweden"]
    assert remarks(outline) == {
        "1 attribute “created”", "1 attribute “type”", "1 link that runs something is only text now",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("expanded", "folded"),
    [("", []), ("1,2", ["c", "d"]), ("0,1", ["c", "d"]), ("1", ["b", "c", "d"]), ("9", ["a", "b", "c", "d"])],
)
def test_what_was_folded_in_an_outline_stays_folded(expanded: str, folded: list[str]) -> None:
    body = (
        '<outline text="a"><outline text="b"><outline text="x"/></outline>'
        '<outline text="c"><outline text="d"><outline text="y"/></outline></outline></outline>'
    )
    head = f"<head><expansionState>{expanded}</expansionState></head>"
    outline = outline_from(f"<opml>{head}<body>{body}</body></opml>", "x.opml")
    assert [item.title for item in outline.items if item.folded] == folded


def test_headings_and_lists_of_markdown_are_nodes_and_the_rest_is_notes() -> None:
    outline = outline_of(DATA / "rollout.md")
    assert outline.name == "Roll-out plan"
    assert shape(outline) == [
        (0, "Roll-out 2027"), (1, "First markets"), (2, "Denmark, see the plan"), (3, "Contract signed"),
        (3, "Team of 5 * 2 * 3 people"), (2, "Sweden"), (1, "Partners"), (2, "Resellers <!-- not for us -->"),
        (2, "# of partners"),
    ]  # fmt: skip
    assert outline.items[0].note == (
        "We go **country by country**, never all at once.\n\n```\n# not a heading\n- not a node\n```"
    )
    assert named(outline, "Denmark, see the plan").note == "the plan: https://example.org/dk"
    assert named(outline, "Contract signed").tags == ("done",)
    assert named(outline, "Team of 5 * 2 * 3 people").note == "Still open."


def test_a_table_fills_the_threshold_card() -> None:
    _, strategy, planted = made(DATA / "outcomes.csv")
    first, second, third = (strategy.get(Node, node_id) for node_id in planted.ids)
    assert {first.kind, second.kind, third.kind} == {"outcome"}
    data = first.data
    assert (data.metric, data.unit, data.baseline, data.target) == ("Time to first insight", "min", 40.0, 3.0)
    assert (data.deadline, data.deadline_precision) == (datetime.date(2027, 9, 30), "quarter")
    assert first.tags == ("growth", "core") and first.note == "first\nsecond\n\nBudget line: A-1"
    assert second.data.baseline == 1250.5, "the semicolons say that the comma is the decimal sign"
    assert second.note == "By: soon\n\n=1+1", "the apostrophe that guards a formula goes"
    assert (third.data.baseline, third.data.target, third.data.unit) == (8.5, 5.0, "%")
    assert remarks(read(DATA / "outcomes.csv").outline or Outline(())) == {
        "1 deadline could not be read and stands in the note",
        "2 cells of columns without a meaning here stand in the notes",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_counts_of_the_report_are_those_of_the_strategy(path: Path) -> None:
    imported, strategy, planted = made(path)
    said = report(imported, strategy, planted)
    assert invariants.check_all(strategy) == []
    assert said.nodes == len(strategy.all(Node)) == sum(count for _, count in said.kinds)
    assert said.depth == tree.deepest(strategy)
    assert said.notes == sum(1 for node in strategy.all(Node).values() if node.note)
    assert said.links == len(strategy.all(Link))
    assert json.loads(json.dumps(said.as_json()))["nodes"] == said.nodes
    assert f"{said.nodes} cards" in said.text()


def test_it_comes_below_a_card_and_leaves_what_was_there() -> None:
    edit = Edit(small())
    planted = plant(edit, outline_of(DATA / "rollout.mm"), "o2")
    strategy, changes = edit.result()
    assert [node.id for node in tree.children(strategy, "o2")][-1] == planted.ids[0]
    assert all(change.before is None for change in changes.changes)
    assert strategy.get(Node, planted.ids[0]).kind == "outcome", "a map has one ambition"
    assert invariants.check_all(strategy) == []


def test_the_kind_of_the_cards_can_be_chosen() -> None:
    _, strategy, _ = made(DATA / "old.mm", Wishes(kind="opportunity"))
    assert {node.kind for node in strategy.all(Node).values()} == {"opportunity"}


def test_endings_are_named_once() -> None:
    endings = [ending for importer in importers() for ending in importer.endings]
    assert len(endings) == len(set(endings)) and {".mm", ".opml", ".txt", ".md", ".csv", ".json"} <= set(
        endings
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [("button_ok", "ok"), ("full-3", "priority 3"), ("priority_2", "priority 2"), ("emoji-1F680", "🚀"),
     ("flag-blue", "flag blue"), ("people/nurse.svg", "nurse"), ("", ""), ("emoji-D800", "emoji D800")],
)  # fmt: skip
def test_icons_have_words(name: str, words: str) -> None:
    assert icon(name) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("#ff0000", "red"),
        ("#ffcc00", "yellow"),
        ("#00ff99", "green"),
        ("#338800ff", "green"),
        ("#0033ff", "blue"),
        ("#996633", "brown"),
        ("#cc66ff", "purple"),
        ("#000000", ""),
        ("#ffffff", ""),
        ("#cccccc", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_colours_have_words(code: str, words: str) -> None:
    assert colour(code) == words


def test_characters_that_html_names_are_read_as_freemind_writes_them() -> None:
    rich = '<richcontent TYPE="NOTE"><html><body><p>a&nbsp;b &mdash; c &amp;nbsp; d</p></body></html></richcontent>'
    outline = outline_from(f'<map>\n<node TEXT="x &lt; y&eacute;">{rich}<!-- &nope; --></node></map>', "x.mm")
    assert (outline.items[0].title, outline.items[0].note) == ("x < yé", "a\u00a0b — c &nbsp; d")


def test_a_label_that_is_a_list_keeps_its_lines_in_the_note() -> None:
    outline = outline_from(
        '<map><node TEXT="One&#10;Two&#10;Three"><node TEXT="a&#10;b"/></node></map>', "x.mm"
    )
    assert [(item.title, item.note) for item in outline.items] == [
        ("One Two Three", "One\nTwo\nThree"),
        ("a b", None),
    ]
    assert remarks(outline) == {"1 label of several lines is one line now; its note has them"}
