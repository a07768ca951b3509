"""Freeplane and FreeMind maps: every node with its text, notes, links, attributes, icons, colours and arrows."""

from __future__ import annotations

from dataclasses import dataclass, field

from prodlead_desktop.domain.outline import Arrow, Gathering, Growing, Outline
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import html_text, links, marks
from prodlead_desktop.exchange.html_text import HtmlText
from prodlead_desktop.exchange.importer import Importer, Reading, Source
from prodlead_desktop.exchange.xml_events import parse

_LOOKS = ("font", "edge")
_SILENT = (
    "linktarget",
    "attribute_layout",
    "attribute_registry",
)  # what an arrow or the table beside a node says again
_SUMMARIES = ("FirstGroupNode", "SummaryNode")
_LOOK_HOOKS = ("MapStyle", "AutomaticEdgeColor", "FreeNode", "AlwaysUnfoldedNode", "NodeConditionalStyles")
_IMAGES, _LATEX = ("ExternalObject",), ("latex", "Latex")


@dataclass(slots=True)
class _Open:
    """A node whose end has not come yet."""

    node: Growing
    place: int
    lines: list[str] = field(default_factory=list)  # attributes and links, below the note
    looks: bool = False


class _Map:
    """Follows a map element by element."""

    def __init__(self) -> None:
        self.gathering = Gathering()
        self._tally = self.gathering.tally
        self._open: list[_Open] = []
        self._skipped = 0  # elements open inside one that is left out
        self._rich: HtmlText | None = None
        self._rich_depth, self._rich_type = 0, ""
        self._line = 0
        self._places: dict[str, int] = {}
        self._arrows: list[tuple[int, str, str, int]] = []
        self._jumps: list[tuple[int, str, int]] = []
        self._clones: list[tuple[int, str]] = []

    # -- from the parser

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        self._line = line
        if self._skipped:
            self._skipped += 1
        elif self._rich is not None:
            self._rich_depth += 1
            self._rich.open(tag, attributes)
        elif tag == "node":
            self._node(attributes)
        elif tag != "map":
            if self._open:
                self._inside(tag, attributes, self._open[-1])
            if self._rich is None:
                self._skipped = 1

    def close(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif self._rich is not None:
            if self._rich_depth:
                self._rich_depth -= 1
                self._rich.close(tag)
            else:
                self._rich_ends(self._rich)
        elif tag == "node":
            ended = self._open.pop()
            ended.node.notes.append("\n".join(ended.lines))

    def text(self, words: str) -> None:
        """Characters between elements."""
        if self._rich is not None and not self._skipped:
            self._rich.text(words)

    # -- nodes

    def _node(self, found: dict[str, str]) -> None:
        place = len(self.gathering.nodes)
        node = self.gathering.add(len(self._open), self._title(found), self._line)
        opened = _Open(node, place)
        self._open.append(opened)
        node.folded = found.get("FOLDED", "").lower() == "true"
        node.tags += found.get("TAGS", "").split("\n")
        ground, colour = marks.colour(found.get("BACKGROUND_COLOR", "")), marks.colour(found.get("COLOR", ""))
        node.marks += ([ground] if ground else []) + ([f"{colour} text"] if colour else [])
        if "ID" in found:
            self._places.setdefault(found["ID"], place)
        if "ENCRYPTED_CONTENT" in found:
            self._tally.lost("encrypted branch", "encrypted branches", self._line)
        original = found.get("TREE_ID") or found.get("CONTENT_ID")
        if original and "TEXT" not in found:
            self._clones.append((place, original))
        self._link(opened, found.get("LINK", ""))

    def _title(self, found: dict[str, str]) -> str:
        title = found.get("TEXT") or found.get("LOCALIZED_TEXT", "").replace("_", " ")
        if title.lstrip()[:5].lower() == "<html":
            title, images = html_text.plain(title)
            self._images(images)
        elif title.startswith("=") and len(title) > 1:
            self._tally.changed("formula is only text now", "formulas are only text now", self._line)
        return title

    def _link(self, opened: _Open, target: str) -> None:
        if target.startswith("#"):
            self._jumps.append((opened.place, target[1:], self._line))
        elif target.strip():
            opened.lines.append(links.said(self._tally, target, self._line))

    # -- what stands inside a node

    def _inside(self, tag: str, found: dict[str, str], opened: _Open) -> None:
        if tag == "richcontent":
            self._rich, self._rich_depth, self._rich_type = HtmlText(), 0, found.get("TYPE", "").upper()
        elif tag == "hook":
            self._hook(found, opened)
        elif tag == "icon":
            node = opened.node
            word = marks.icon(found.get("BUILTIN", ""))
            node.marks += [word] if word else []
        elif tag == "attribute":
            self._attribute(found.get("NAME", ""), found.get("VALUE", ""), opened)
        elif tag == "arrowlink":
            label = found.get("MIDDLE_LABEL") or found.get("SOURCE_LABEL") or found.get("TARGET_LABEL") or ""
            self._arrows.append((opened.place, found.get("DESTINATION", ""), label, self._line))
        elif tag in _LOOKS:
            if not opened.looks:
                opened.looks = True
                self._tally.lost(
                    "node with its own font or line", "nodes with their own font or line", self._line
                )
        elif tag == "cloud":
            self._tally.lost("cloud around a branch", "clouds around branches", self._line)
        elif tag not in _SILENT:
            self._tally.lost(f"element <{tag}>", f"elements <{tag}>", self._line)

    def _attribute(self, name: str, value: str, opened: _Open) -> None:
        if name.lower().startswith("script") or value.startswith("="):
            self._tally.changed(
                "script or formula is only text now", "scripts and formulas are only text now", self._line
            )
        if name or value:
            opened.lines.append(f"{name}: {value}" if value else name)

    def _hook(self, found: dict[str, str], opened: _Open) -> None:
        name = found.get("NAME", "")
        short = name.rsplit("/", 1)[-1].removesuffix(".properties").removesuffix(".xml")
        if short == "NodeNote":
            self._rich, self._rich_depth, self._rich_type = HtmlText(), 0, "NOTE"
        elif name in _IMAGES:
            self._images([found.get("URI", "")])
        elif any(word in name for word in _LATEX):
            self._tally.changed(
                "LaTeX formula is only text now", "LaTeX formulas are only text now", self._line
            )
            opened.lines.append(found.get("EQUATION", ""))
        elif name in _SUMMARIES:
            self._tally.lost("end of a summary bracket", "ends of summary brackets", self._line)
        elif "Reminder" in name:
            self._tally.lost("reminder", "reminders", self._line)
        elif name not in _LOOK_HOOKS:
            self._tally.lost(f"extra “{short[:60]}”", f"extras “{short[:60]}”", self._line)

    def _rich_ends(self, rich: HtmlText) -> None:
        self._rich = None
        opened, words = self._open[-1], rich.result()
        self._images(rich.images)
        if self._rich_type == "NODE":
            opened.node.title = words or opened.node.title or _file_name(rich.images)
        elif words:
            opened.node.notes.append(words)

    def _images(self, addresses: list[str]) -> None:
        for address in addresses:
            self._tally.lost(
                "picture; its address stands in the note",
                "pictures; their addresses stand in the notes",
                self._line,
            )
            if self._open:
                shown = (
                    address if len(address) <= 300 or not address.startswith("data:") else "in the map itself"
                )
                self._open[-1].lines.append(f"Picture: {shown}")

    # -- when all nodes are known

    def outline(self) -> Outline:
        """The whole map."""
        nodes = self.gathering.nodes
        for place, original in self._clones:
            found = self._places.get(original)
            nodes[place].title = nodes[found].title if found is not None else ""
            self._tally.changed("clone has the title alone", "clones have the title alone", nodes[place].line)
        for place, target, line in self._jumps:
            self._jump(place, target, line)
        for place, destination, label, line in self._arrows:
            found = self._places.get(destination)
            if found is None:
                self._tally.lost("arrow that leads nowhere", "arrows that lead nowhere", line)
            else:
                self.gathering.arrows.append(Arrow(place, found, label))
        return self.gathering.outline()

    def _jump(self, place: int, target: str, line: int) -> None:
        nodes, found = self.gathering.nodes, self._places.get(target)
        if found is None:
            self._tally.lost("link to a node that is not there", "links to nodes that are not there", line)
        else:
            self._tally.changed(
                "link to a node is text in the note", "links to nodes are text in the notes", line
            )
            nodes[place].notes.append(f"→ {nodes[found].title[:200]}")


def _file_name(images: list[str]) -> str:
    """What a node that is only a picture is called."""
    address = images[0] if images else ""
    return "" if address.startswith("data:") else address.rsplit("/", 1)[-1]


def read(source: Source, reading: Reading) -> Outline:
    """Read a map; BadInput with the line when it is none."""
    if source.root is not None and source.root != "map":
        raise BadInput(
            f"“{source.name}” is XML that begins with <{source.root}>: no mind map.",
            "Rename it, or choose another.",
        )
    found = _Map()
    parse(source.content, source.name, found, reading.step)
    if not found.gathering.nodes:
        raise BadInput(f"“{source.name}” is a map without a single node.")
    return found.outline()


IMPORTER = Importer(
    "mm", "Freeplane or FreeMind map", (".mm",), read, lambda source: source.root == "map", order=10
)
