"""Files that could do harm, are broken or are something else: refused in words with the line, or read whole."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prodlead_desktop.domain import invariants
from prodlead_desktop.domain.outline import Outline
from prodlead_desktop.domain.planting import strategy_of
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.importer import Reading, Source, importer_for, read

DATA = Path(__file__).parent.parent / "data" / "import"
FILES = sorted(path for path in DATA.iterdir() if path.is_file())


def outline_from(content: bytes | str, name: str) -> Outline:
    source = Source(name, content.encode() if isinstance(content, str) else content)
    found = importer_for(source).read(source, Reading())
    assert isinstance(found, Outline)
    return found


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
    "an entity of nobody": (
        "a.mm",
        '<map>\n<node TEXT="a&mine;b"/></map>',
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
    "blank lines": ("a.txt", b" \n\t\n", "“a.txt” holds no text, only blanks."),
    "a row of blanks": ("a.csv", b" , ,\n,,\n", "“a.csv” holds no titles"),
    "a row of headings": ("a.csv", b"title,metric\n", "“a.csv” holds only a row of headings"),
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
