"""Line of sight: which way leads from a node to the objectives, along the tree, effects and cross-links."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain.entities import Effect, Link, Node
from prodlead_desktop.domain.strategy import Reader


@dataclass(frozen=True, slots=True)
class Sight:
    """The nodes on the way and the steps between them, each from what contributes to what it contributes to."""

    start: str
    ids: frozenset[str]
    steps: frozenset[tuple[str, str]]


def line_of_sight(reader: Reader, node_id: str) -> Sight:
    """The way from a node to the top: what it hangs below, what it moves, what that contributes to."""
    waiting, found, steps = [node_id], {node_id}, set[tuple[str, str]]()
    while waiting:
        here = waiting.pop()
        node = reader.get(Node, here)
        above = {effect.outcome for effect in reader.by(Effect, "initiative", here)}
        above |= {link.target for link in reader.by(Link, "source", here)}
        if node.parent is not None:
            above.add(node.parent)
        for other in above:
            steps.add((here, other))
            if other not in found:
                found.add(other)
                waiting.append(other)
    return Sight(node_id, frozenset(found), frozenset(steps))
