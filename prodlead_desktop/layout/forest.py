"""From ids to boxes: lays out the visible part of an outline, so that callers need no index arithmetic."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.tidy import MAP_GAPS, Gaps, place


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where every visible card stands: a value that canvas, exports and search for the next card share."""

    boxes: dict[str, Box]  # by id, parents before their children, siblings from top to bottom
    bounds: Box
    order: tuple[str, ...]  # the ids in that order


def arrange(
    ids_children: Mapping[str | None, Sequence[str]],
    size_of: Callable[[str], tuple[float, float]],
    folded: Collection[str] = (),
    gaps: Gaps = MAP_GAPS,
    columns: bool = False,
) -> Arrangement:
    """Boxes of all cards in map units; children of None are the roots, children of `folded` ids are left out.

    `size_of(id)` is the width and height of a card, asked once for each visible card. The bounds of an empty
    forest are of size 0 at 0, 0. `columns` is explained at `tidy.place`.
    """
    hidden = frozenset(folded)
    ids = list(ids_children.get(None, ()))
    roots = range(len(ids))
    children_of = ids_children.get
    children: list[Sequence[int]] = []
    for node in ids:  # grows while it runs, so the children of one card are neighbours in it
        kids = None if node in hidden else children_of(node)
        if kids:
            start = len(ids)
            ids += kids
            children.append(list(range(start, len(ids))))
        else:
            children.append(())
    sizes = [size_of(node) for node in ids]
    widths = [width for width, _ in sizes]
    heights = [height for _, height in sizes]
    xs, ys = place(children, roots, widths, heights, gaps, columns)
    order = _preorder(children, roots)
    placed = list(map(Box._make, zip(xs, ys, widths, heights, strict=True)))
    boxes = {ids[v]: placed[v] for v in order}
    bounds = Box(0.0, 0.0, max(map(add, xs, widths), default=0.0), max(map(add, ys, heights), default=0.0))
    return Arrangement(boxes, bounds, tuple(boxes))


def bounds_of(boxes: Collection[Box]) -> Box:
    """The smallest box around all of them; nothing is bounded by a box of size 0 at 0, 0."""
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    left = min([box[0] for box in boxes])
    top = min([box[1] for box in boxes])
    right = max([box[0] + box[2] for box in boxes])
    bottom = max([box[1] + box[3] for box in boxes])
    return Box(left, top, right - left, bottom - top)


def _preorder(children: Sequence[Sequence[int]], roots: Sequence[int]) -> list[int]:
    order: list[int] = []
    waiting = list(reversed(roots))
    while waiting:
        v = waiting.pop()
        order.append(v)
        kids = children[v]
        if kids:
            waiting += reversed(kids)
    return order
