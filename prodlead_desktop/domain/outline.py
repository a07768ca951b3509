"""A tree on its way in or out: what pasted text and the files of other programs become before they are cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from prodlead_desktop.domain import numerals, tree
from prodlead_desktop.domain.bullets import escaped
from prodlead_desktop.domain.fields import TEXT_LIMIT, TITLE_LIMIT
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.domain.text import many_lines, one_line
from prodlead_desktop.errors import BadInput

NODE_LIMIT = 200_000
TAG_LIMIT = 200  # characters
MANY_LINES = 3  # from here on a label says something by its lines
UNTITLED = "Untitled"


class NoTitles(BadInput):
    """There is nothing of which cards could be made."""


@dataclass(frozen=True, slots=True)
class Item:
    """One node of an outline and how deep it stands, from 0; parents come before their children."""

    depth: int
    title: str
    note: str | None = None
    tags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()  # icons and colours in words
    folded: bool = False
    kind: str | None = None  # None: what its place suggests
    values: tuple[tuple[str, Any], ...] = ()  # fields of its kind
    line: int = 0  # of the source, from 1


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from one item to another beside the tree's own, by their places in the outline."""

    source: int
    target: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of the source that was not taken, or taken as something else, with its count."""

    count: int
    one: str
    many: str
    taken: bool = False
    line: int = 0  # where it was met first

    def __str__(self) -> str:
        where = f" (first in line {self.line})" if self.line else ""
        return f"{numerals.number(self.count)} {self.one if self.count == 1 else self.many}{where}"


class Tally:
    """Counts what cannot be taken as it is while a source is read."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, bool], list[int]] = {}

    def lost(self, one: str, many: str, line: int = 0, count: int = 1) -> None:
        """Count something that is left out."""
        self._count((one, many, False), line, count)

    def changed(self, one: str, many: str, line: int = 0, count: int = 1) -> None:
        """Count something that is kept in another form."""
        self._count((one, many, True), line, count)

    def remarks(self) -> tuple[Remark, ...]:
        """What was counted, losses first, in the order in which it was met."""
        found = [Remark(n, one, many, taken, at) for (one, many, taken), (n, at) in self._found.items()]
        return tuple(sorted(found, key=lambda remark: remark.taken))

    def _count(self, key: tuple[str, str, bool], line: int, count: int) -> None:
        entry = self._found.setdefault(key, [0, line])
        entry[0] += count


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole source as a forest of items."""

    items: tuple[Item, ...]
    arrows: tuple[Arrow, ...] = ()
    name: str = ""  # of the whole, when the source gives one
    remarks: tuple[Remark, ...] = ()

    @property
    def depth(self) -> int:
        """Levels from the top to the deepest item."""
        return max((item.depth for item in self.items), default=-1) + 1


@dataclass(slots=True)
class Growing:
    """One node while its source is being read."""

    depth: int
    title: str
    line: int = 0
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    folded: bool = False
    kind: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


class Gathering:
    """Collects the nodes of a source within the limits of the map; BadInput with the line when they are passed."""

    def __init__(self) -> None:
        self.nodes: list[Growing] = []
        self.arrows: list[Arrow] = []
        self.tally = Tally()
        self.name = ""

    def add(self, depth: int, title: str = "", line: int = 0) -> Growing:
        """A node more."""
        where = f"Line {line}: " if line else ""
        if depth >= tree.DEPTH_LIMIT:
            raise BadInput(f"{where}that is deeper than {tree.DEPTH_LIMIT} levels.", "A map has no more.")
        if len(self.nodes) >= NODE_LIMIT:
            raise BadInput(
                f"{where}there are more than {numerals.number(NODE_LIMIT)} nodes.", "Split the source first."
            )
        self.nodes.append(Growing(depth, title, line))
        return self.nodes[-1]

    def outline(self) -> Outline:
        """What was gathered, its texts made safe to store and cut where they are too long."""
        items = tuple(self._item(node) for node in self.nodes)
        return Outline(items, tuple(self.arrows), one_line(self.name)[:TITLE_LIMIT], self.tally.remarks())

    def _item(self, node: Growing) -> Item:
        title, notes = one_line(node.title), node.notes
        if len(title) > TITLE_LIMIT:
            self.tally.changed(
                f"label was longer than {numerals.number(TITLE_LIMIT)} characters; the whole is in its note",
                f"labels were longer than {numerals.number(TITLE_LIMIT)} characters; the whole is in their notes",
                node.line,
            )
            notes = [node.title, *notes]
            title = title[:TITLE_LIMIT].rstrip()
        elif len(node.title.strip().splitlines()) >= MANY_LINES:
            notes = [node.title, *notes]
            self.tally.changed(
                "label of several lines is one line now; its note has them",
                "labels of several lines are one line now; their notes have them",
                node.line,
            )
        return Item(
            node.depth, title, self._note(node, notes), words(node.tags), words(node.marks), node.folded,
            node.kind, tuple(node.values.items()), node.line,
        )  # fmt: skip

    def _note(self, node: Growing, notes: list[str]) -> str | None:
        note = many_lines("\n\n".join(part.strip("\r\n") for part in notes if part.strip()))
        if len(note) > TEXT_LIMIT:
            most = f"cut at {numerals.number(TEXT_LIMIT)} characters"
            self.tally.lost(f"note was {most}", f"notes were {most}", node.line)
            note = note[:TEXT_LIMIT].rstrip()
        return note or None


def words(raw: list[str]) -> tuple[str, ...]:
    """Tags: one line each, none twice, none empty."""
    tidy = (one_line(word)[:TAG_LIMIT].rstrip() for word in raw)
    return tuple(dict.fromkeys(word for word in tidy if word))


def write(reader: Reader, tops: list[str]) -> str:
    """The subtrees as text indented by tabs; ``outline_text.read`` gives them back."""
    out = []
    for top in tops:
        base = tree.depth(reader, top)
        out += [
            "\t" * (tree.depth(reader, node.id) - base) + (escaped(node.title) or UNTITLED)
            for node in tree.preorder(reader, top)
        ]
    return "\n".join(out) + "\n"
