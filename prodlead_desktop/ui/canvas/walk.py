"""Where an arrow key leads from a card: up the tree, into it, and along a column."""

from __future__ import annotations

from prodlead_desktop.figures.map_picture import MapPicture


class Walker:
    """Finds the next card for an arrow and remembers which child was left last."""

    def __init__(self) -> None:
        self._last_child: dict[str | None, str] = {}

    def visited(self, picture: MapPicture, node_id: str) -> None:
        """Remember a card as the one to come back to from its parent."""
        if node_id in picture.parents:
            self._last_child[picture.parents[node_id]] = node_id

    def next(self, picture: MapPicture, node_id: str | None, direction: str) -> str | None:
        """The card to the "left", "right", "up" or "down"; None when there is none that way."""
        if node_id is None or node_id not in picture.boxes:
            return next(iter(picture.boxes), None)
        if direction == "left":
            return picture.parents[node_id]
        if direction == "right":
            below = picture.children.get(node_id, ())
            last = self._last_child.get(node_id)
            return last if last in below else next(iter(below), None)
        return _along_column(picture, node_id, 1 if direction == "down" else -1)


def _along_column(picture: MapPicture, node_id: str, step: int) -> str | None:
    """The neighbour among siblings, else the nearest card of the same depth in the next branch that has one."""
    siblings = picture.children[picture.parents[node_id]]
    place = siblings.index(node_id) + step
    if 0 <= place < len(siblings):
        return siblings[place]
    wanted = _depth(picture, node_id)
    order = picture.order
    here = order.index(node_id)
    others = order[here + 1 :] if step > 0 else reversed(order[:here])
    return next((other for other in others if _depth(picture, other) == wanted), None)


def _depth(picture: MapPicture, node_id: str) -> int:
    depth = 0
    above = picture.parents[node_id]
    while above is not None:
        depth, above = depth + 1, picture.parents[above]
    return depth
