"""Walking the map: parents, ancestors, subtrees and the outcome above; nothing here recurses."""

from __future__ import annotations

from collections.abc import Iterator

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Reader

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
    level, count = list(children(reader, None)), 0
    while level:
        count += 1
        level = [child for node in level for child in children(reader, node.id)]
    return count


def outcome_above(reader: Reader, node_id: str) -> Node | None:
    """The nearest outcome above a node: what it serves by default."""
    return next((node for node in ancestors(reader, node_id) if node.kind == "outcome"), None)


def is_within(reader: Reader, node_id: str, top: str) -> bool:
    """Whether a node is ``top`` or below it."""
    return node_id == top or any(node.id == top for node in ancestors(reader, node_id))
