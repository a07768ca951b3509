"""Cross-links: what contributes to what beside the tree's own lines."""

from __future__ import annotations

from prodlead_desktop.domain import contributions, rows, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect, Link, Node
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.errors import BadInput


def links_of(reader: Reader, node_id: str) -> tuple[Link, ...]:
    """The links that leave an outcome and those that arrive at it, leaving ones first."""
    return (*reader.by(Link, "source", node_id), *reader.by(Link, "target", node_id))


def may_link(reader: Reader, source: str) -> str | None:
    """Why nothing can be linked from a node, in words; None when something can."""
    node = reader.find(Node, source)
    if node is None or node.kind not in ("outcome", "initiative"):
        return "Only outcomes and initiatives contribute to an outcome."
    return None


def connect(edit: Edit, source: str, target: str) -> str:
    """Let an outcome contribute to another one, or an initiative move it; returns the id of the link or effect.

    What is there already is returned as it is. BadInput, in words, when it cannot be.
    """
    problem = may_link(edit, source)
    if problem:
        raise BadInput(problem, "Choose an outcome or an initiative first.")
    node, goal = edit.get(Node, source), edit.get(Node, target)
    if goal.kind != "outcome":
        raise BadInput(f"“{goal.title}” is no outcome.", "Links lead to outcomes.")
    if node.kind == "initiative":
        had = next((row for row in edit.by(Effect, "initiative", source) if row.outcome == target), None)
        return had.id if had else rows.add(edit, Effect, initiative=source, outcome=target)
    link = next((row for row in edit.by(Link, "source", source) if row.target == target), None)
    if link is not None:
        return link.id
    if source == target:
        raise BadInput("An outcome cannot contribute to itself.", "Choose another one.")
    above = tree.outcome_above(edit, source)
    if above is not None and above.id == target:
        raise BadInput(
            f"“{node.title}” contributes to “{goal.title}” already: it hangs below it.",
            "Its contribution k is in the inspector, under Details.",
        )
    if contributions.would_cycle(edit, source, target):
        raise BadInput(f"“{goal.title}” contributes to “{node.title}”: the two would go round in a circle.")
    return rows.add(edit, Link, source=source, target=target)
