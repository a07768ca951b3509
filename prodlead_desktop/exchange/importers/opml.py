"""OPML outlines: every outline element with its text, notes, links, categories, ticks and what was open."""

from __future__ import annotations

import re

from prodlead_desktop.domain.outline import Gathering, Growing, Outline
from prodlead_desktop.domain.outline_text import DONE
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import html_text, links, marks
from prodlead_desktop.exchange.importer import Importer, Reading, Source
from prodlead_desktop.exchange.xml_events import parse

_NOTES = ("_note", "note", "description")
_LINKS = ("url", "htmlurl", "xmlurl", "link", "href")
_TICKS = ("_status", "_complete", "complete", "checked", "_checked")
_TRUE = ("checked", "true", "yes", "1", "done", "completed")
_COLOURS = ("_color", "color", "_colour", "colour", "bgcolor")
_SILENT = ("text", "title", "_text", "isbreakpoint", "iscomment", "version", "language", "id", "_id")


class _Body:
    """Follows an outline element by element."""

    def __init__(self) -> None:
        self.gathering = Gathering()
        self._tally = self.gathering.tally
        self._path: list[str] = []
        self._depth = 0
        self._words: list[str] = []
        self._expanded: list[int] | None = None

    # -- from the parser

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        self._path.append(tag.lower())
        self._words.clear()
        if tag.lower() == "outline" and "body" in self._path:
            self._node(attributes, line)
            self._depth += 1
        elif "body" in self._path and tag.lower() != "body":
            self._tally.lost(f"element <{tag}>", f"elements <{tag}>", line)

    def close(self, tag: str) -> None:
        """An element ends."""
        tag = self._path.pop()
        if tag == "outline" and "body" in self._path:
            self._depth -= 1
        elif self._path[-1:] == ["head"]:
            self._head(tag, "".join(self._words).strip())

    def text(self, words: str) -> None:
        """Characters between elements."""
        if self._path[1:2] == ["head"]:
            self._words.append(words)

    # -- inside

    def _head(self, tag: str, words: str) -> None:
        if tag == "title":
            self.gathering.name = words
        elif tag == "expansionstate":
            numbers = [int(part) for part in re.findall(r"\d{1,7}", words)]
            self._expanded = numbers or None  # empty is what programs write that never fold

    def _node(self, found: dict[str, str], line: int) -> None:
        known = {name.lower(): value for name, value in found.items() if value.strip()}
        title = known.get("text") or known.get("title") or known.get("_text") or ""
        node = self.gathering.add(self._depth, self._plain(title, node=None, line=line), line)
        if "text" in known and known.get("title", title) != title:
            node.notes.append(known["title"])
        for name in _NOTES:
            if name in known:
                node.notes.append(self._plain(known[name], node, line))
        lines = [links.said(self._tally, known[name], line) for name in _LINKS if name in known]
        node.tags += [part.strip(" /") for part in known.get("category", "").split(",")]
        if any(known.get(name, "").lower() in _TRUE for name in _TICKS):
            node.tags.append(DONE)
        node.marks += [word for word in (marks.colour(known.get(name, "")) for name in _COLOURS) if word]
        lines += self._others(found, line)
        node.notes.append("\n".join(dict.fromkeys(lines)))

    def _plain(self, words: str, node: Growing | None, line: int) -> str:
        if not html_text.has_tags(words):
            return words
        text, images = html_text.plain(words)
        for _ in images:
            self._tally.lost("picture", "pictures", line)
        return text

    def _others(self, found: dict[str, str], line: int) -> list[str]:
        known = (*_NOTES, *_LINKS, *_TICKS, *_COLOURS, *_SILENT, "category")
        said = []
        for name, value in found.items():
            low = name.lower()
            if low in ("created", "modified", "type", "expanded", "_expanded"):
                self._tally.lost(f"attribute “{low}”", f"attributes “{low}”", line)
            elif low not in known and value.strip():
                said.append(f"{name.strip('_')}: {value}")
        return said

    def outline(self) -> Outline:
        """The whole outline."""
        if self._expanded is not None:
            _fold(self.gathering.nodes, self._expanded)
        return self.gathering.outline()


def _fold(nodes: list[Growing], expanded: list[int]) -> None:
    """Fold what has children and is not named: numbers count the lines that are seen, from the top down.

    Most programs count from 1, OmniOutliner from 0.
    """
    first = 0 if 0 in expanded else 1
    named, seen = set(expanded), first
    hidden_below: int | None = None
    for place, node in enumerate(nodes):
        if hidden_below is not None and node.depth > hidden_below:
            has_children = place + 1 < len(nodes) and nodes[place + 1].depth > node.depth
            node.folded = has_children
            continue
        hidden_below = None
        has_children = place + 1 < len(nodes) and nodes[place + 1].depth > node.depth
        if has_children and seen not in named:
            node.folded = True
            hidden_below = node.depth
        seen += 1


def read(source: Source, reading: Reading) -> Outline:
    """Read an outline; BadInput with the line when it is none."""
    if source.root is not None and source.root.lower() != "opml":
        raise BadInput(
            f"“{source.name}” is XML that begins with <{source.root}>: no outline.",
            "Rename it, or choose another.",
        )
    found = _Body()
    parse(source.content, source.name, found, reading.step)
    if not found.gathering.nodes:
        raise BadInput(f"“{source.name}” is an outline without a single line.")
    return found.outline()


IMPORTER = Importer(
    "opml", "OPML outline", (".opml",), read, lambda source: (source.root or "").lower() == "opml", order=20
)
