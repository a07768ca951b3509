"""Walking the map: parents, ancestors, subtrees and the outcome above; nothing here recurses."""

from __future__ import annotations

from collections.abc import Iterator

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Reader, place_of

DEPTH_LIMIT = 500


def children(reader: Reader, parent: str | None) -> tuple[Node, ...]:
    """The children of a node in order; None gives the top level."""
    return reader.by(Node, "parent", parent)


def preorder(reader: Reader, top: str | None = None) -> Iterator[Node]:
    """Every node, parents first, in map order; from ``top`` (included) or from the whole forest."""
    first = reader.find(Node, top)
    stack = [first] if first else list(reversed(children(reader, None)))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(reader, node.id)))


def ancestors(reader: Reader, node_id: str) -> Iterator[Node]:
    """The nodes above, nearest first; stops after as many steps as there are nodes, so a cycle ends too."""
    seen: set[str] = set()
    node = reader.find(Node, node_id)
    while node and node.parent is not None and node.parent not in seen:
        seen.add(node.parent)
        node = reader.find(Node, node.parent)
        if node:
            yield node


def depth(reader: Reader, node_id: str) -> int:
    """1 at the top level."""
    return 1 + sum(1 for _ in ancestors(reader, node_id))


def deepest(reader: Reader) -> int:
    """The greatest depth on the map, 0 when it is empty."""
    below: dict[str | None, list[str]] = {}
    for node in reader.all(Node).values():
        below.setdefault(node.parent, []).append(node.id)
    level, count = below.get(None, []), 0
    while level:
        count += 1
        level = [child for node_id in level for child in below.get(node_id, ())]
    return count


def place(reader: Reader, node_id: str) -> tuple[tuple[int, str], ...]:
    """Where a node stands on the map, to sort by: its rank among its siblings, after those of the nodes above."""
    above = [place_of(node) for node in ancestors(reader, node_id)]
    return (*reversed(above), place_of(reader.get(Node, node_id)))


def outcome_above(reader: Reader, node_id: str) -> Node | None:
    """The nearest outcome above a node: what it serves by default."""
    return next((node for node in ancestors(reader, node_id) if node.kind == "outcome"), None)


def is_within(reader: Reader, node_id: str, top: str) -> bool:
    """Whether a node is ``top`` or below it."""
    return node_id == top or any(node.id == top for node in ancestors(reader, node_id))
