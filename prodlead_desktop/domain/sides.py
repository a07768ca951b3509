"""Which side of its root a branch of a balanced map stands on: said once, so that no later edit moves it across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Reader

BALANCED = "balanced"


def left_branches(reader: Reader, children: Mapping[str | None, Sequence[str]]) -> frozenset[str]:
    """The branches left of the roots; `children` are the visible ids by parent, those of None the roots.

    A branch of which nothing was said stands with the sibling before it, the first one on the right.
    """
    nodes = reader.all(Node)
    found = []
    for root in children.get(None, ()):
        left = False
        for node in children.get(root, ()):
            side = nodes[node].side
            left = side == "left" if side is not None else left
            if left:
                found.append(node)
    return frozenset(found)


def stands_left(reader: Reader, node_id: str) -> bool:
    """Whether a branch right below a root stands on its left."""
    node = reader.get(Node, node_id)
    left = False
    for sibling in reader.by(Node, "parent", node.parent):
        left = sibling.side == "left" if sibling.side is not None else left
        if sibling.id == node_id:
            break
    return left


def is_branch(reader: Reader, parent: str | None) -> bool:
    """Whether children of `parent` have a side: it is a root of a map that grows both ways."""
    if parent is None or reader.header.layout != BALANCED:
        return False
    node = reader.find(Node, parent)
    return node is not None and node.parent is None


def say(edit: Edit, *parents: str | None) -> None:
    """Write down the side of every branch of these parents, so that none follows a sibling that moves or goes."""
    for parent in dict.fromkeys(parents):
        if not is_branch(edit, parent):
            continue
        branches = edit.by(Node, "parent", parent)
        lefts = left_branches(edit, {None: (str(parent),), str(parent): [node.id for node in branches]})
        for node in branches:
            if node.side is None:
                edit.put(replace(node, side="left" if node.id in lefts else "right"))


def lighter(reader: Reader, root: str) -> str:
    """The side with fewer branches, on which the next one goes; right when they are even."""
    branches = reader.by(Node, "parent", root)
    lefts = len(left_branches(reader, {None: (root,), root: [node.id for node in branches]}))
    return "left" if lefts < len(branches) - lefts else "right"
