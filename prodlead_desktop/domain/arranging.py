"""What people do to the map as a drawing: where it grows, branches moved by hand, the sides of a balanced map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prodlead_desktop.domain import sides, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput

LAYOUTS = ("right", "down", "balanced")
FARTHEST = 100_000.0  # map units


def set_layout(edit: Edit, layout: str) -> None:
    """Let the map grow to the right, down or to both sides; roots without sides get them balanced."""
    if layout not in LAYOUTS:
        raise BadInput(f"There is no layout “{layout}”.", f"Choose one of {', '.join(LAYOUTS)}.")
    edit.put(replace(edit.header, layout=layout))
    if layout == sides.BALANCED:
        for root in tree.children(edit, None):
            if all(node.side is None for node in tree.children(edit, root.id)):
                balance(edit, root.id)


def balance(edit: Edit, root: str) -> None:
    """Split the branches of a root in their order so that about as many cards stand left as right."""
    branches = tree.children(edit, root)
    weights = [1 + sum(1 for _ in tree.preorder(edit, node.id)) for node in branches]
    whole, before = sum(weights), 0
    for number, (node, weight) in enumerate(zip(branches, weights, strict=True)):
        right = not number or abs(2 * (before + weight) - whole) <= abs(2 * before - whole)
        edit.put(replace(node, side="right" if right else "left"))
        before = before + weight if right else whole + before


def turn(edit: Edit, node_ids: Sequence[str]) -> None:
    """Put the branches that these cards are in on the other side of their root.

    BadInput when the map does not grow both ways or only roots are named.
    """
    if edit.header.layout != sides.BALANCED:
        raise BadInput("The map grows one way only.", "Choose Map ▸ Layout ▸ To both sides first.")
    branches = {_branch_of(edit, node_id) for node_id in node_ids} - {None}
    if not branches:
        raise BadInput("The root stands in the middle.", "Choose one of its branches.")
    for node_id in branches:
        node = edit.get(Node, str(node_id))
        sides.say(edit, node.parent)
        now = edit.get(Node, node.id)
        edit.put(replace(now, side="right" if now.side == "left" else "left"))


def nudge(edit: Edit, node_id: str, x: float, y: float) -> None:
    """Move a card by hand with its branch: so many map units from where the layout has it."""
    node = edit.get(Node, node_id)
    edit.put(replace(node, nudge_x=_within(x) or None, nudge_y=_within(y) or None))


def settle(edit: Edit, tops: Sequence[str] | None = None) -> int:
    """Put cards back where the layout has them, in these branches or everywhere; returns how many had been moved."""
    rows = edit.all(Node).values() if tops is None else [n for top in tops for n in tree.preorder(edit, top)]
    moved = {node.id: node for node in rows if node.nudge_x is not None or node.nudge_y is not None}
    for node in moved.values():
        edit.put(replace(node, nudge_x=None, nudge_y=None))
    return len(moved)


def _branch_of(edit: Edit, node_id: str) -> str | None:
    """The branch right below a root that a card is in; None for a root."""
    trail = [node_id, *(node.id for node in tree.ancestors(edit, node_id))]
    return trail[-2] if len(trail) > 1 else None


def _within(shift: float) -> float:
    return min(max(shift, -FARTHEST), FARTHEST)
