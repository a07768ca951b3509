"""Maps, outlines, lists and tables of other programs: every node comes in, and what cannot is said."""

from __future__ import annotations

import datetime
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from builders import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prodlead_desktop.domain import invariants, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Link, Node
from prodlead_desktop.domain.outline import Item, Outline
from prodlead_desktop.domain.planting import Planted, Wishes, plant, strategy_of
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
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


# ---------------------------------------------------------------- what is refused


def doctype(name: str, inner: str) -> str:
    return f'<?xml version="1.0"?>\n<!DOCTYPE map [\n{inner}\n]>\n<map><node TEXT="{name}"/></map>'


LAUGHS = "\n".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: dict[str, tuple[str, bytes | str, str]] = {
    "a billion laughs": (
        "a.mm",
        doctype("&l9;", f'<!ENTITY l0 "ha">\n{LAUGHS}'),
        r"Line 2 of “a.mm” has a document type",
    ),
    "a quadratic bomb": ("a.mm", doctype("&a;" * 1000, f'<!ENTITY a "{"x" * 50_000}">'), "document type"),
    "an external entity": (
        "a.mm",
        doctype("&x;", '<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "document type",
    ),
    "a parameter entity": (
        "a.opml",
        doctype("", '<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;'),
        "document type|begins with <map>",
    ),
    "a bare document type": (
        "a.opml",
        '<!DOCTYPE opml>\n<opml><body><outline text="x"/></body></opml>',
        "Line 1 .*document type",
    ),
    "a hundred thousand levels": (
        "a.mm",
        "<map>" + '<node TEXT="x">\n' * 100_000,
        r"Line 501: that is deeper than 500 levels",
    ),
    "a hundred thousand elements": (
        "a.mm",
        '<map><node TEXT="x"><richcontent TYPE="NOTE">' + "<b>" * 100_000,
        "nested deeper",
    ),
    "half a map": (
        "a.mm",
        (DATA / "rollout.mm").read_bytes()[:2000],
        r"“a.mm” ends in the middle, in line \d+",
    ),
    "half an outline": ("a.opml", (DATA / "rollout.opml").read_bytes()[:700], "ends in the middle, in line"),
    "a crossed end": (
        "a.mm",
        '<map>\n<node TEXT="a">\n</map>',
        "Line 3 of “a.mm” .*ends that did not begin there",
    ),
    "a bare ampersand": (
        "a.opml",
        '<opml><body>\n<outline text="A & B"/></body></opml>',
        "Line 2 .*an & stands alone",
    ),
    "a bare bracket": (
        "a.opml",
        '<opml><body>\n<outline text="A < B"/></body></opml>',
        "Line 2 .*a < stands inside",
    ),
    "an entity of HTML": (
        "a.mm",
        '<map>\n<node TEXT="a&nbsp;b"/></map>',
        "Line 2 .*entity is used that is not defined",
    ),
    "a control character": (
        "a.mm",
        b'<map>\n<node TEXT="a\x01b"/></map>',
        r"Line 2 .*control character \(number 1\)",
    ),
    "a forbidden reference": ("a.mm", '<map>\n<node TEXT="a&#0;b"/></map>', "Line 2 .*character is named"),
    "another encoding than it says": (
        "a.mm",
        '<map>\n<node TEXT="Größe"/></map>'.encode("latin-1"),
        "Line 2 .*UTF-8",
    ),
    "an encoding nobody knows": (
        "a.mm",
        '<?xml version="1.0" encoding="klingon"?><map/>',
        "Line 1 .*encoding",
    ),
    "something after the end": ("a.mm", '<map><node TEXT="a"/></map>\n<map/>', "Line 2 .*after the end"),
    "another XML": ("a.mm", '<svg xmlns="http://www.w3.org/2000/svg"/>', "begins with <svg>"),
    "a page of the web": ("a.opml", "<!DOCTYPE html><html><body/></html>", "begins with <html>"),
    "text named a map": ("a.mm", "// a class of Objective-C++\n", "Line 1 of “a.mm” is not sound XML"),
    "a map without nodes": ("a.mm", "<map/>", "without a single node"),
    "an outline without lines": ("a.opml", "<opml><body/></opml>", "without a single line"),
    "a picture": ("a.mm", b"\x89PNG\r\n\x1a\n" + bytes(80), "it is a picture"),
    "a zip": ("a.opml", b"PK\x03\x04" + bytes(80), "zip archive, such as XMind"),
    "a strategy": ("a.txt", b"SQLite format 3\0" + bytes(80), "it is a database"),
    "a program": ("a.md", b"\x7fELF" + bytes(80), "it is a program"),
    "nothing": ("a.mm", b"", "it is empty"),
    "blank lines": ("a.txt", b" \n\t\n", "no text to take"),
    "binary text": ("a.txt", b"one\ntwo\x00\x01\x02", "Line 2 of “a.txt” is not text"),
    "half UTF-16": ("a.txt", "Größe".encode("utf-16")[:-1], "not whole UTF-16"),
    "deep text": (
        "a.txt",
        "\n".join("\t" * n + "x" for n in range(501)),
        "Line 501: that is deeper than 500 levels",
    ),
    "a head without rows": ("a.csv", "Title,Metric\n", "only a row of headings"),
    "an ending nobody knows": ("a.docx", b"hello", "cannot import “.docx”"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_do_harm_or_is_broken_is_refused_in_words(name: str, tmp_path: Path) -> None:
    file, content, words = REFUSED[name]
    path = tmp_path / file
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadInput, match=words):
        read(path)


def test_too_many_nodes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prodlead_desktop.domain.outline.NODE_LIMIT", 3)
    with pytest.raises(BadInput, match="Line 4: there are more than 3 nodes"):
        outline_from("a\nb\nc\nd\n", "x.txt")


@pytest.mark.parametrize(
    ("name", "content", "format_", "encoding"),
    [
        ("a.txt", "Größe\n\tŁódź".encode("utf-16"), "text", ""),
        ("a.txt", "Größe\n\tŁódź".encode("utf-16-le"), "text", "UTF-16"),
        ("a.txt", "Größe\n\tŁódź".encode("utf-8-sig"), "text", ""),
        ("a.txt", "Größe\n\tx".encode("cp1252"), "text", "Windows-1252"),
        ("a.mm", '<map><node TEXT="Größe"><node TEXT="x"/></node></map>'.encode("utf-16"), "mm", ""),
        ("a.mm", "\ufeff<map><node TEXT='Größe'><node TEXT='x'/></node></map>".encode(), "mm", ""),
        (
            "a.mm",
            b'<?xml version="1.0" encoding="windows-1252"?>\n<map><node TEXT="Gr\xf6\xdfe"><node/></node></map>',
            "mm",
            "",
        ),
        ("a.txt", "<map><node TEXT='Größe'><node TEXT='x'/></node></map>".encode(), "mm", "named “.txt”"),
        (
            "a.mm",
            "<opml><body><outline text='Größe'><outline text='x'/></outline></body></opml>".encode(),
            "opml",
            "named “.mm”",
        ),
    ],
)
def test_content_decides_and_every_encoding_is_read(
    name: str, content: bytes, format_: str, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    imported = read(path)
    assert imported.importer.name == format_ and imported.outline is not None
    assert [item.depth for item in imported.outline.items] == [0, 1]
    assert imported.outline.items[0].title == "Größe"
    said = " ".join(str(remark) for remark in imported.outline.remarks)
    assert encoding in said and bool(said) == bool(encoding)


def test_endings_are_named_once() -> None:
    endings = [ending for importer in importers() for ending in importer.endings]
    assert len(endings) == len(set(endings)) and {".mm", ".opml", ".txt", ".md", ".csv", ".json"} <= set(
        endings
    )


# ---------------------------------------------------------------- anything at all


def counted(content: bytes) -> tuple[int, int] | None:
    """Nodes and depth as the standard library reads them."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    top = root if root.tag == "map" else root.find("body")
    tag = "node" if root.tag == "map" else "outline"
    waiting = [(child, 1) for child in (top if top is not None else ()) if child.tag == tag]
    count = depth = 0
    while waiting:
        element, level = waiting.pop()
        count, depth = count + 1, max(depth, level)
        waiting += [(child, level + 1) for child in element if child.tag == tag]
    return count, depth


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_refused_or_read_whole(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from(
                [b"", b"\0", b"<", b"&", b">", b'"', b"\xff", b"</node>", b"\n\t", b"]]>", b"&#xD800;"]
            )
        )
        content[at : at + data.draw(st.integers(0, 40))] = piece
        content = content or bytearray(b" ")
    source = Source(path.name, bytes(content))
    try:
        outline = importer_for(source).read(source, Reading())
    except BadInput as error:
        assert error.sentence.endswith(".") and len(error.sentence) < 400
        return
    assert isinstance(outline, Outline)
    if path.suffix in (".mm", ".opml"):
        assert counted(source.content) == (len(outline.items), outline.depth)
    strategy, planted = strategy_of(outline, path.stem)
    assert len(planted.ids) == len(outline.items) and invariants.check_all(strategy) == []


EVIL = [
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "javascript:alert(1)", "<img src=file:///etc/passwd>",
    "\u202egnp.exe", "a\u0000b", "🏳️‍🌈", "-- ", "'; DROP TABLE node; --", "{{7*7}}", "\\latex x^2", "&amp;", "]]>",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(EVIL) | st.text(max_size=30)), min_size=1, max_size=12
    )
)
def test_words_stay_words_through_every_format(rows: list[tuple[int, str]]) -> None:
    depth, tops = -1, []
    for wanted, words in rows:
        depth = min(wanted, depth + 1)
        tops.append(
            (
                depth,
                "".join(c for c in words if c == "\t" or (c >= " " and not "\ud800" <= c <= "\udfff"))
                .replace("\ufffe", "")
                .replace("\uffff", ""),
            )
        )
    for root, tag, attribute, name in (
        ("map", "node", "TEXT", "x.mm"),
        ("opml", "outline", "text", "x.opml"),
    ):
        top = ElementTree.Element(root)
        path = [ElementTree.SubElement(top, "body") if root == "opml" else top]
        for depth, words in tops:
            del path[depth + 1 :]
            path.append(ElementTree.SubElement(path[-1], tag, {attribute: words}))
        outline = outline_from(ElementTree.tostring(top, encoding="utf-8"), name)
        assert [item.depth for item in outline.items] == [depth for depth, _ in tops]
        strategy, _ = strategy_of(outline, "x")
        assert invariants.check_all(strategy) == []


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
