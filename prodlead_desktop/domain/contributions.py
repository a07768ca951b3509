"""Which outcome contributes to which: the tree's own lines and the links, as one graph (model.md §1, §2.3)."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from prodlead_desktop.domain import tree
from prodlead_desktop.domain.entities import Link, Node
from prodlead_desktop.domain.strategy import Reader


def contributors(reader: Reader) -> dict[str, list[str]]:
    """For every outcome the outcomes that contribute to it: those it is the nearest outcome above, then links."""
    graph: dict[str, list[str]] = {node.id: [] for node in tree.preorder(reader) if node.kind == "outcome"}
    for node_id in list(graph):
        above = tree.outcome_above(reader, node_id)
        if above:
            graph.setdefault(above.id, []).append(node_id)
    for link in reader.ordered(Link):
        graph.setdefault(link.target, []).append(link.source)
    return graph


def cycle_through(reader: Reader) -> list[str] | None:
    """Outcomes that contribute to themselves, in the order of the cycle; None when there are none."""
    try:
        TopologicalSorter(contributors(reader)).prepare()
    except CycleError as found:
        return [str(node_id) for node_id in found.args[1]]
    return None


def would_cycle(reader: Reader, source: str, target: str) -> bool:
    """Whether a link from ``source`` to ``target`` would make an outcome contribute to itself."""
    graph = contributors(reader)
    waiting, seen = [source], set[str]()
    while waiting:
        node_id = waiting.pop()
        if node_id == target:
            return True
        if node_id not in seen:
            seen.add(node_id)
            waiting += graph.get(node_id, [])
    return source == target or reader.find(Node, target) is None
