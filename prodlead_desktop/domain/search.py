"""Finding nodes by words, and filters over the map: by kind, state, owner, team, tag and what is wrong with them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

from prodlead_desktop.domain import clarity, tree
from prodlead_desktop.domain.entities import Effect, Level, Node
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Reader

NOBODY = ""  # as an owner or a team: those that have none


def _is_vague(reader: Reader, node: Node) -> bool:
    return (
        isinstance(node.data, OutcomeData) and clarity.of_outcome(node.data).light is not clarity.Light.CLEAR
    )


def _is_orphan(reader: Reader, node: Node) -> bool:
    """An initiative that reaches no outcome."""
    if not isinstance(node.data, InitiativeData) or reader.by(Effect, "initiative", node.id):
        return False
    return tree.outcome_above(reader, node.id) is None


def _is_unpriced(reader: Reader, node: Node) -> bool:
    if not isinstance(node.data, InitiativeData):
        return False
    levels = reader.by(Level, "initiative", node.id)
    return node.data.full_cost is None and not (levels and all(level.cost is not None for level in levels))


def _is_unmoved(reader: Reader, node: Node) -> bool:
    """An initiative of which nobody has said what it moves."""
    return isinstance(node.data, InitiativeData) and not reader.by(Effect, "initiative", node.id)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing or wrong, as far as a filter can look for it."""

    title: str
    holds: Callable[[Reader, Node], bool]


FINDINGS: dict[str, Finding] = {
    "vague": Finding("Vague outcome", _is_vague),
    "orphan": Finding("Reaches no outcome", _is_orphan),
    "unmoved": Finding("No effect stated", _is_unmoved),
    "unpriced": Finding("Cost unknown", _is_unpriced),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: any of the values of each facet that has some, in all of these facets."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    hides: bool = False  # what does not match is hidden, not dimmed

    def __bool__(self) -> bool:
        return any(values for _, values in self.facets())

    def facets(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Name and values of every facet."""
        for field in fields(self):
            if field.name != "hides":
                yield field.name, getattr(self, field.name)

    def matches(self, reader: Reader, node: Node) -> bool:
        """Whether a node is looked for; without facets every one is."""
        return (
            (not self.kinds or node.kind in self.kinds)
            and (not self.states or node.state in self.states)
            and (not self.owners or (node.owner or NOBODY) in self.owners)
            and (not self.teams or (node.team or NOBODY) in self.teams)
            and (not self.tags or not set(self.tags).isdisjoint(node.tags))
            and (not self.findings or any(FINDINGS[name].holds(reader, node) for name in self.findings))
        )

    @property
    def text(self) -> str:
        """The filter in one line, as saved views keep it; empty when nothing is looked for."""
        if not self:
            return ""
        values: dict[str, object] = {name: list(found) for name, found in self.facets() if found}
        return json.dumps({**values, "hides": self.hides}, ensure_ascii=False)


def filter_of(text: str | None) -> Filter:
    """The filter that ``Filter.text`` wrote; anything else, also of a newer version, looks for nothing."""
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return Filter()
    if not isinstance(read, dict):
        return Filter()
    known = {field.name for field in fields(Filter)} - {"hides"}
    values = {
        name: tuple(str(value) for value in found)
        for name, found in read.items()
        if name in known and isinstance(found, list)
    }
    values["findings"] = tuple(name for name in values.get("findings", ()) if name in FINDINGS)
    return Filter(**values, hides=bool(read.get("hides", False)))


def narrowed(reader: Reader, wanted: Filter) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The nodes a filter leaves on a map (None: all), and those it puts into the background."""
    if not wanted:
        return None, frozenset()
    nodes = reader.all(Node)
    matching = frozenset(node.id for node in nodes.values() if wanted.matches(reader, node))
    only = with_ancestors(reader, matching) if wanted.hides else None
    return only, frozenset(nodes) - matching


def with_ancestors(reader: Reader, ids: Iterable[str]) -> frozenset[str]:
    """These nodes and all that lie above them."""
    found: set[str] = set()
    nodes = reader.all(Node)
    for node_id in ids:
        here: str | None = node_id
        while here is not None and here not in found:
            found.add(here)
            here = nodes[here].parent
    return frozenset(found)


def folded(text: str) -> str:
    """Text as it is compared: without case and accents."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Words:
    """Searches titles, metrics, notes and tags; what a node says is prepared once for as long as it stays the same."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[Node, str]] = {}

    def find(self, reader: Reader, words: str) -> list[str]:
        """The nodes that say ``words`` anywhere, in map order; none for no words."""
        sought = folded(" ".join(words.split()))
        if not sought:
            return []
        return [node.id for node in tree.preorder(reader) if sought in self._of(node)]

    def _of(self, node: Node) -> str:
        found = self._said.get(node.id)
        if found is None or found[0] is not node:
            parts = [node.title, getattr(node.data, "metric", None) or "", node.note or "", *node.tags]
            found = self._said[node.id] = node, folded("\n".join(parts))
        return found[1]
