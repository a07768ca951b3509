"""What stands still on the screen while the map changes around it, and where to look first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from PySide6.QtCore import QSize

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.layout.forest import BALANCED
from prodlead_desktop.ui.canvas.camera import FIT_MARGIN, Camera


def anchor(before: MapPicture, after: MapPicture, wanted: Iterable[str | None]) -> str | None:
    """The card that must not move on the screen: the first of those wanted that stays, or the nearest above it.

    A card that was taken elsewhere does not take the map along. With none the root, when the map begins to grow
    another way.
    """
    for node in wanted:
        while node is not None:
            if node in before.boxes and node in after.boxes and not taken(before, after, node):
                return node
            node = after.parents.get(node) or before.parents.get(node)
    root = next(iter(after.boxes), None)
    return root if before.direction != after.direction and root in before.boxes else None


def taken(before: MapPicture, after: MapPicture, node: str) -> bool:
    """Whether a card that stays hangs under another one than before, or changed places beside it."""
    if node not in before.boxes or node not in after.boxes:
        return False
    parent = after.parents.get(node)
    if before.parents.get(node) != parent:
        return True
    if shift_of(before, after, node) == shift_of(before, after, parent if parent in before.boxes else None):
        return False
    return _beside(before, node, parent, after) != _beside(after, node, parent, before)


def _beside(picture: MapPicture, node: str, parent: str | None, other: MapPicture) -> list[str]:
    """The cards before this one under the same parent, of those in both pictures."""
    before = takewhile(lambda one: one != node, picture.children.get(parent, ()))
    return [one for one in before if one in other.boxes]


def shift_of(before: MapPicture, after: MapPicture, node: str | None) -> tuple[float, float]:
    """How far a card went."""
    if node is None:
        return 0.0, 0.0
    old, new = before.boxes[node], after.boxes[node]
    return new.x - old.x, new.y - old.y


def beside_root(picture: MapPicture, zoom: float, size: QSize) -> Camera:
    """The camera on the root and as much of what grows from it as there is room for."""
    root = next(iter(picture.boxes.values()))
    camera, wide, high = Camera(zoom), size.width(), size.height()
    across = root.x + root.w / 2
    if picture.down:
        return camera.centred(across, root.y, wide, 2 * FIT_MARGIN)
    if picture.direction == BALANCED:
        return camera.centred(across, root.middle, wide, high)
    bounds = picture.bounds
    y = _held(root.middle, bounds.y, bounds.h, high / zoom, FIT_MARGIN / zoom)
    if bounds.w * zoom + 2 * FIT_MARGIN <= wide:  # all of its columns have room
        return camera.centred(bounds.x + bounds.w / 2, y, wide, high)
    return camera.centred(0, y, 2 * FIT_MARGIN, high)


def _held(centre: float, start: float, extent: float, seen: float, margin: float) -> float:
    """The centre moved so that no more than a margin beside the map is seen, where the map is bigger than the view."""
    if seen >= extent + 2 * margin:
        return start + extent / 2
    return min(max(centre, start - margin + seen / 2), start + extent + margin - seen / 2)
