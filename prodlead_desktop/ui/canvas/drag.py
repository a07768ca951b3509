"""Dragging cards to another place in the tree: what would happen is shown, one edit is made at the end."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain import arranging, nodes, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.session import Session

MOST_SHOWN = 200
EDGE = 0.28  # of the card's height: nearer to the edge means beside, else under


@dataclass(frozen=True, slots=True)
class Drop:
    """Where the dragged cards would go: under ``parent`` before a sibling (None = last)."""

    parent: str | None
    before: str | None
    over: str | None  # the card that lights up
    line: tuple[float, float, float, float] | None  # the insertion line from a map point to another


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
    down = picture.down  # siblings stand beside each other
    share = (x - box.x) / max(box.w, 1.0) if down else (y - box.y) / max(box.h, 1.0)
    parent = strategy.get(Node, target).parent
    if EDGE <= share <= 1.0 - EDGE:
        return Drop(target, None, target, None)
    siblings = [node.id for node in tree.children(strategy, parent)]
    place = siblings.index(target) + (share > 0.5)
    before = siblings[place] if place < len(siblings) else None
    return Drop(parent, before, None, _line(box, share < EDGE, down))


def _line(box: Box, first: bool, down: bool) -> tuple[float, float, float, float]:
    """The insertion line before or after a card."""
    if down:
        at = box.x - 5.0 if first else box.right + 5.0
        return at, box.y, at, box.bottom
    level = box.y - 5.0 if first else box.bottom + 5.0
    return box.x, level, box.right, level


def carry_out(session: Session, dragged: tuple[str, ...], drop: Drop) -> None:
    """Move the cards as shown, in one edit."""
    count = len(dragged)
    label = "Move card" if count == 1 else f"Move {count} cards"
    with session.edit(label) as edit:
        nodes.move(edit, dragged, drop.parent, drop.before)


def branches(picture: MapPicture, tops: tuple[str, ...]) -> tuple[str, ...]:
    """The cards of these branches, as many as a hand can show."""
    found = [node for node in tops if node in picture.boxes]
    for node in found:  # grows while it runs
        if len(found) > MOST_SHOWN:
            break
        found += [child for child in picture.children.get(node, ()) if child not in tops]
    return tuple(found)


def nudge(session: Session, picture: MapPicture, tops: tuple[str, ...], offset: tuple[float, float]) -> None:
    """Move the branches by hand from where they stand, in one edit; one inside another goes with it."""
    outer = [
        node
        for node in tops
        if node in picture.boxes
        and not any(above.id in tops for above in tree.ancestors(session.strategy, node))
    ]
    with session.edit("Move by hand") as edit:
        for node in outer:
            x, y = picture.moved.get(node, (0.0, 0.0))
            arranging.nudge(edit, node, round(x + offset[0], 1), round(y + offset[1], 1))
