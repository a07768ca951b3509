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
        cards = f"{_count(self.nodes, 'card', 'cards')} on {_count(self.depth, 'level', 'levels')}"
        return f"{cards}: {by_kind}{f'; {others}' if others else ''}"

    def text(self) -> str:
        """Everything, to be read and copied."""
        lines = [f"{self.file} ({self.format})", self.summary()]
        if self.left_out:
            lines += ["", "Left out:", *(f"- {line}" for line in self.left_out)]
        if self.changed:
            lines += ["", "Taken in another form:", *(f"- {line}" for line in self.changed)]
        return "\n".join(lines) + "\n"

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
