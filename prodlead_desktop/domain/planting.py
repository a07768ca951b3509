"""Makes nodes of an outline: in one edit, below a card or at the top level, or as a strategy of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from prodlead_desktop.domain import fields, nodes, rows
from prodlead_desktop.domain.contributions import contributors
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, ORDER_STEP, Header, Link, Node
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.kind import KindData, kind
from prodlead_desktop.domain.outline import UNTITLED, Item, Outline, Remark, Tally
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.domain.text import one_line

MANY_ARROWS = 2_000  # beyond, a ring among them is not looked for one by one
STEP_EVERY = 2_000  # nodes between two words to whoever waits


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is left to choose: the kind of the cards (None: as their place suggests), and whether marks become tags."""

    kind: str | None = None
    marks: bool = True


@dataclass(frozen=True, slots=True)
class Planted:
    """The ids of the nodes that were made, in the order of the outline, and what of it became something else."""

    ids: tuple[str, ...]
    folded: tuple[str, ...] = ()
    links: int = 0
    remarks: tuple[Remark, ...] = ()


def plant(
    edit: Edit,
    outline: Outline,
    under: str | None,
    wishes: Wishes = Wishes(),
    step: Callable[[float], None] = lambda share: None,
) -> Planted:
    """Make a node of every item below a node, last among its children; links where two outcomes allow it."""
    planting = _Planting(edit, wishes)
    trail: list[str | None] = [under]
    for place, item in enumerate(outline.items):
        if place % STEP_EVERY == 0:
            step(place / len(outline.items))
        del trail[item.depth + 1 :]
        trail.append(planting.add(item, trail[-1]))
    ids = planting.ids
    links = planting.link(outline)
    folded = tuple(node_id for node_id, item in zip(ids, outline.items, strict=True) if item.folded)
    return Planted(tuple(ids), folded, links, planting.tally.remarks())


def strategy_of(
    outline: Outline,
    name: str,
    wishes: Wishes = Wishes(),
    step: Callable[[float], None] = lambda share: None,
) -> tuple[Strategy, Planted]:
    """A strategy of its own, called as the outline, else its only top item, else ``name``."""
    edit = Edit(empty())
    planted = plant(edit, outline, None, wishes, step)
    tops = [item.title for item in outline.items if item.depth == 0]
    called = outline.name or (tops[0] if len(tops) == 1 else "") or one_line(name)
    if called:
        rows.set_value(edit, Header, HEADER_ID, "name", called[:200])
    return edit.result()[0], planted


class _Planting:
    """Puts the nodes and remembers what became of what."""

    def __init__(self, edit: Edit, wishes: Wishes) -> None:
        self._edit, self._wishes = edit, wishes
        self._orders: dict[str | None, int] = {}
        self._kinds: dict[str, str] = {}
        self._bare = not edit.all(Node)
        self.ids: list[str] = []
        self.tally = Tally()

    def add(self, item: Item, parent: str | None) -> str:
        """A node of an item."""
        name = self._kind(item, parent)
        data, notes = self._data(kind(name).data, item)
        order = self._orders.get(parent)
        if order is None:
            order = self._edit.last_order(Node, "parent", parent)
        self._orders[parent] = order + ORDER_STEP
        if item.marks and not self._wishes.marks:
            self.tally.lost("icon or colour", "icons and colours", item.line, len(item.marks))
        tags = (*item.tags, *item.marks) if self._wishes.marks else item.tags
        note = "\n".join([*((item.note,) if item.note else ()), *notes]) or None
        node_id = new_id("n")
        words = tuple(dict.fromkeys(tags))
        self._edit.put(Node(node_id, parent, order + ORDER_STEP, name, item.title, note, words, data=data))
        self._kinds[node_id] = name
        self._bare = False
        self.ids.append(node_id)
        return node_id

    def _kind(self, item: Item, parent: str | None) -> str:
        wanted = item.kind or self._wishes.kind
        if wanted is not None:
            return wanted
        if parent is None:
            return nodes.FIRST_KIND if self._bare else "outcome"
        above = self._kinds.get(parent) or self._edit.get(Node, parent).kind
        return kind(above).usual_child

    def _data(self, cls: type[KindData], item: Item) -> tuple[KindData, list[str]]:
        """The values that the kind has, and the others as lines of a note."""
        if not item.values:
            return cls(), []
        known = {field.name: field for field in fields.of(cls)}
        kept = {name: rows.cleaned(known[name], value) for name, value in item.values if name in known}
        others = [
            f"{name.replace('_', ' ').capitalize()}: {value}"
            for name, value in item.values
            if name not in known
        ]
        if others:
            self.tally.changed(
                "value that this kind of card lacks stands in the note",
                "values that these kinds of cards lack stand in the notes",
                item.line, len(others),
            )  # fmt: skip
        return cls(**kept), others

    # -- arrows

    def link(self, outline: Outline) -> int:
        """Links for the arrows between outcomes that make no ring; the others become words. Returns how many."""
        wanted: dict[tuple[str, str], tuple[str, int]] = {}
        for arrow in outline.arrows:
            source, target = self.ids[arrow.source], self.ids[arrow.target]
            line = outline.items[arrow.source].line
            if source == target:
                self.tally.lost("arrow from a node to itself", "arrows from a node to itself", line)
            elif (
                (source, target) in wanted
                or self._kinds[source] != "outcome"
                or self._kinds[target] != "outcome"
            ):
                self._say(source, target, arrow.label, line)
            else:
                wanted[source, target] = (arrow.label, line)
        good = without_rings(contributors(self._edit), list(wanted)) if wanted else set()
        for (source, target), (label, line) in wanted.items():
            if (source, target) in good:
                rows.add(self._edit, Link, source=source, target=target, rationale=label or None)
            else:
                self._say(source, target, label, line)
        return len(good)

    def _say(self, source: str, target: str, label: str, line: int) -> None:
        """An arrow as a line of the note where it begins."""
        self.tally.changed(
            "arrow stands in the note: links join two outcomes once, and never in a ring",
            "arrows stand in the notes: links join two outcomes once, and never in a ring",
            line,
        )
        node = self._edit.get(Node, source)
        title = self._edit.get(Node, target).title or UNTITLED
        words = f"→ {title[:200]}{f' ({one_line(label)})' if label else ''}"
        note = f"{node.note}\n{words}" if node.note else words
        if len(note) <= fields.TEXT_LIMIT:
            self._edit.put(replace(node, note=note))


def without_rings(graph: dict[str, list[str]], wanted: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The (source, target) pairs that can be added, one after the other, without anything contributing to itself.

    ``graph`` lists for every outcome those that contribute to it.
    """
    whole = {target: list(sources) for target, sources in graph.items()}
    for source, target in wanted:
        whole.setdefault(target, []).append(source)
    try:
        TopologicalSorter(whole).prepare()
        return set(wanted)
    except CycleError:
        pass
    good: set[tuple[str, str]] = set()
    grown = {target: list(sources) for target, sources in graph.items()}
    for source, target in wanted[:MANY_ARROWS]:
        if not _reaches(grown, source, target):
            grown.setdefault(target, []).append(source)
            good.add((source, target))
    return good


def _reaches(graph: dict[str, list[str]], start: str, goal: str) -> bool:
    """Whether ``goal`` is among what contributes to ``start``, directly or not."""
    waiting, seen = [start], set[str]()
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += graph.get(here, [])
    return False
