"""Dragging cards to another place in the tree: what would happen is shown, one edit is made at the end."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.ui.session import Session

EDGE = 0.28  # of the card's height: nearer to the edge means beside, else under


@dataclass(frozen=True, slots=True)
class Drop:
    """Where the dragged cards would go: under ``parent`` before a sibling (None = last)."""

    parent: str | None
    before: str | None
    over: str | None  # the card that lights up
    line: tuple[float, float, float] | None  # x, y, width of the insertion line


def drop_at(
    session: Session, picture: MapPicture, dragged: tuple[str, ...], x: float, y: float
) -> Drop | None:
    """What dropping at a map point would do; None when it would do nothing."""
    target = picture.index.at(x, y)
    if target is None:
        return None
    strategy = session.strategy
    if any(tree.is_within(strategy, target, top) for top in dragged):
        return None
    box = picture.boxes[target]
    share = (y - box.y) / max(box.h, 1.0)
    parent = strategy.get(Node, target).parent
    if EDGE <= share <= 1.0 - EDGE:
        return Drop(target, None, target, None)
    siblings = [node.id for node in tree.children(strategy, parent)]
    place = siblings.index(target) + (share > 0.5)
    before = siblings[place] if place < len(siblings) else None
    level = box.y - 5.0 if share < EDGE else box.bottom + 5.0
    return Drop(parent, before, None, (box.x, level, box.w))


def carry_out(session: Session, dragged: tuple[str, ...], drop: Drop) -> None:
    """Move the cards as shown, in one edit."""
    count = len(dragged)
    label = "Move card" if count == 1 else f"Move {count} cards"
    with session.edit(label) as edit:
        nodes.move(edit, dragged, drop.parent, drop.before)
