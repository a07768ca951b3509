"""What came of an import, counted: for the preview, for the report afterwards and for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodlead_desktop.domain import numerals, tree
from prodlead_desktop.domain.entities import Link, Node
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.outline import Remark
from prodlead_desktop.domain.planting import Planted
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.importer import Imported


@dataclass(frozen=True, slots=True)
class Report:
    """What was read from a file, what of it is kept in another form, and what is left out."""

    file: str
    format: str
    nodes: int
    depth: int  # levels of the source
    kinds: tuple[tuple[str, int], ...]
    notes: int = 0
    tagged: int = 0
    folded: int = 0
    links: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """What could not be taken."""
        return tuple(str(remark) for remark in self.remarks if not remark.taken)

    @property
    def changed(self) -> tuple[str, ...]:
        """What is kept in another form."""
        return tuple(str(remark) for remark in self.remarks if remark.taken)

    def counted(self) -> str:
        """ "1 card", "1,603 cards"."""
        return _count(self.nodes, "card", "cards")

    def summary(self) -> str:
        """The counts in one line: "1,603 cards on 9 levels: 1 ambition, 1,602 outcomes; 84 notes, 12 folded"."""
        more = (
            (self.notes, "note", "notes"),
            (self.tagged, "card with tags", "cards with tags"),
            (self.links, "link", "links"),
            (self.folded, "folded", "folded"),
        )
        known = kinds()
        by_kind = ", ".join(
            _count(n, known[name].title.lower(), known[name].plural.lower()) for name, n in self.kinds
        )
        others = ", ".join(_count(n, one, many) for n, one, many in more if n)
        cards = f"{self.counted()} on {_count(self.depth, 'level', 'levels')}"
        return f"{cards}: {by_kind}{f'; {others}' if others else ''}"

    def losses(self) -> str:
        """What is left out and what is another thing now, line by line; empty when all is as it was."""
        parts = (("Left out:", self.left_out), ("Taken in another form:", self.changed))
        return "\n\n".join(
            "\n".join([head, *(f"– {line}" for line in lines)]) for head, lines in parts if lines
        )

    def losses_in_short(self) -> str:
        """ "3 kinds of details are left out and 2 are taken in another form"."""
        out, changed = len(self.left_out), len(self.changed)
        things = ("kind of detail is", "kinds of details are")
        said = [f"{_count(out, *things)} left out"] if out else []
        if changed:
            said.append(f"{_count(changed, *(('is', 'are') if out else things))} taken in another form")
        return " and ".join(said)

    def text(self) -> str:
        """Everything, to be read and copied."""
        losses = self.losses()
        return f"{self.file} ({self.format})\n{self.summary()}\n" + (f"\n{losses}\n" if losses else "")

    def as_json(self) -> dict[str, Any]:
        """The same for scripts."""
        return {
            "file": self.file,
            "format": self.format,
            "nodes": self.nodes,
            "depth": self.depth,
            "kinds": dict(self.kinds),
            "notes": self.notes,
            "tagged": self.tagged,
            "folded": self.folded,
            "links": self.links,
            "left_out": [_as_json(remark) for remark in self.remarks if not remark.taken],
            "changed": [_as_json(remark) for remark in self.remarks if remark.taken],
        }


def report(imported: Imported, strategy: Strategy, planted: Planted | None = None) -> Report:
    """Count what an import made: in ``strategy`` of the cards that were ``planted``, else of all."""
    nodes = strategy.all(Node)
    made = [nodes[node_id] for node_id in planted.ids] if planted else list(nodes.values())
    outline = imported.outline
    listed = [node.kind for node in made]
    return Report(
        imported.name,
        imported.importer.title,
        len(made),
        outline.depth if outline else tree.deepest(strategy),
        tuple((name, listed.count(name)) for name in kinds() if name in listed),
        sum(1 for node in made if node.note),
        sum(1 for node in made if node.tags),
        len(planted.folded) if planted else 0,
        planted.links if planted else len(strategy.all(Link)),
        merged((*(outline.remarks if outline else ()), *(planted.remarks if planted else ()))),
    )


def merged(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Losses first."""
    return tuple(sorted(remarks, key=lambda remark: remark.taken))


def _count(number: int, one: str, many: str) -> str:
    return f"{numerals.number(number)} {one if number == 1 else many}"


def _as_json(remark: Remark) -> dict[str, Any]:
    return {
        "count": remark.count,
        "what": remark.one if remark.count == 1 else remark.many,
        "first_line": remark.line or None,
    }
