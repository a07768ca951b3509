"""Where an arrow key leads from a card: up the tree, into it, and along its siblings, as the map lies."""

from __future__ import annotations

from prodlead_desktop.figures.map_picture import MapPicture

OUT, INTO, BEFORE, AFTER = "out", "into", "before", "after"
_RIGHTWARD = {"left": OUT, "right": INTO, "up": BEFORE, "down": AFTER}
_LEFTWARD = {**_RIGHTWARD, "left": INTO, "right": OUT}
_DOWNWARD = {"up": OUT, "down": INTO, "left": BEFORE, "right": AFTER}


def way(picture: MapPicture, node_id: str, direction: str) -> str:
    """What "left", "right", "up" or "down" means from a card: out of the branch, into it, to a sibling."""
    if picture.down:
        return _DOWNWARD[direction]
    if direction == "left" and _has_left(picture, node_id):
        return INTO
    return (_LEFTWARD if node_id in picture.lefts else _RIGHTWARD)[direction]


class Walker:
    """Finds the next card for an arrow and remembers which child was left last."""

    def __init__(self) -> None:
        self._last_child: dict[tuple[str | None, bool], str] = {}

    def visited(self, picture: MapPicture, node_id: str) -> None:
        """Remember a card as the one to come back to from its parent."""
        if node_id in picture.parents:
            self._last_child[picture.parents[node_id], node_id in picture.lefts] = node_id

    def next(self, picture: MapPicture, node_id: str | None, direction: str) -> str | None:
        """The card to the "left", "right", "up" or "down"; None when there is none that way."""
        if node_id is None or node_id not in picture.boxes:
            return next(iter(picture.boxes), None)
        step = way(picture, node_id, direction)
        if step == OUT:
            return picture.parents[node_id]
        if step == INTO:
            left = node_id in picture.lefts or (direction == "left" and not picture.down)
            below = [child for child in picture.children.get(node_id, ()) if (child in picture.lefts) == left]
            last = self._last_child.get((node_id, left))
            return last if last in below else next(iter(below), None)
        return _along(picture, node_id, 1 if step == AFTER else -1)


def _has_left(picture: MapPicture, node_id: str) -> bool:
    """Whether a card in the middle of a balanced map has branches on its left."""
    lefts = picture.lefts
    return node_id not in lefts and any(child in lefts for child in picture.children.get(node_id, ()))


def _along(picture: MapPicture, node_id: str, step: int) -> str | None:
    """The neighbour among siblings of one side, else the nearest card of the same depth in the next branch there."""
    left = node_id in picture.lefts
    siblings = [
        other for other in picture.children[picture.parents[node_id]] if (other in picture.lefts) == left
    ]
    place = siblings.index(node_id) + step
    if 0 <= place < len(siblings):
        return siblings[place]
    wanted = _depth(picture, node_id)
    order = picture.order
    here = order.index(node_id)
    others = order[here + 1 :] if step > 0 else reversed(order[:here])
    return next(
        (other for other in others if (other in picture.lefts) == left and _depth(picture, other) == wanted),
        None,
    )


def _depth(picture: MapPicture, node_id: str) -> int:
    depth = 0
    above = picture.parents[node_id]
    while above is not None:
        depth, above = depth + 1, picture.parents[above]
    return depth
