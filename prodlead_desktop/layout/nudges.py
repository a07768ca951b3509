"""Branches that people moved by hand: each goes where it was put, or as near to it as no other card stands."""

from collections.abc import Collection, Mapping, Sequence

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.moved_boxes import MovedBoxes
from prodlead_desktop.layout.spatial import Index
from prodlead_desktop.layout.tree_boxes import LazyBoxes, TidyBoxes

Shift = tuple[float, float]
Ground = LazyBoxes | Index  # finds what stands in the way

SHARES = (1.0, 0.75, 0.5, 0.25)  # of the way a branch goes when the whole way has no room
FARTHEST_SLIDE = 600.0  # map units: further off is not where somebody put it
MOST_PUSHES = 60
_MOST_STEPS = 40
_NEAR = 1e-6


def nudged(
    boxes: Mapping[str, Box],
    children: Mapping[str | None, Sequence[str]],
    shifts: Mapping[str, Shift],
    margin: float,
    turned: bool = False,
) -> tuple[Mapping[str, Box], dict[str, Shift]]:
    """The boxes with every branch in `shifts` moved, and how far each went; all other cards stay where they were.

    No two boxes come closer than `margin` (both across and down) unless they were. A branch that has no room where
    it was put slides along its siblings (up or down; sideways when `turned`) to the nearest free place, else it
    goes only a part of the way, else it stays. `boxes` are in preorder; outer branches move first.
    """
    went: dict[str, Shift] = {}
    index = MovedBoxes(boxes) if isinstance(boxes, TidyBoxes) else Index(boxes, turned)
    for top in list(filter(shifts.__contains__, boxes)):
        start = {node: index[node] for node in _branch(children, top, boxes)}
        dx, dy = shifts[top]
        went[top] = 0.0, 0.0
        for share in SHARES:
            shift = _settled(index, start, (dx * share, dy * share), margin, turned)
            if shift is not None:
                index.update(_moved(start, shift))
                went[top] = shift
                break
    return index if isinstance(index, MovedBoxes) else {node: index[node] for node in boxes}, went


def step(
    boxes: Mapping[str, Box],
    children: Mapping[str | None, Sequence[str]],
    top: str,
    way: Shift,
    margin: float,
    turned: bool = False,
) -> Shift | None:
    """How far a branch goes from where it stands when it is pushed one step that `way`, over whatever is in it.

    None when there is no free place within reach.
    """
    index = boxes if isinstance(boxes, LazyBoxes) else Index(boxes, turned)
    start = {node: boxes[node] for node in _branch(children, top, boxes)}
    dx, dy = way
    for times in range(1, MOST_PUSHES + 1):
        shift = _settled(index, start, (dx * times, dy * times), margin, turned)
        if shift is not None and shift[0] * dx + shift[1] * dy > _NEAR:
            return shift
    return None


def _branch(children: Mapping[str | None, Sequence[str]], top: str, known: Collection[str]) -> list[str]:
    found = [top]
    for node in found:  # grows while it runs
        found += [child for child in children.get(node, ()) if child in known]
    return found


def _moved(start: Mapping[str, Box], shift: Shift) -> dict[str, Box]:
    dx, dy = shift
    return {node: Box(x + dx, y + dy, w, h) for node, (x, y, w, h) in start.items()}


def _settled(
    index: Ground, start: Mapping[str, Box], shift: Shift, margin: float, turned: bool
) -> Shift | None:
    """The shift to the free place nearest to the one wanted; None when there is none near it."""
    moved = _moved(start, shift)
    near = _near(index, moved, margin, turned)
    if not _push(near, moved, margin, turned, 1.0, 0.0):
        return shift
    ways = [slide for sign in (1.0, -1.0) if (slide := _slide(near, moved, margin, turned, sign)) is not None]
    if not ways:
        return None
    slide = min(ways, key=abs)
    return (shift[0] + slide, shift[1]) if turned else (shift[0], shift[1] + slide)


def _near(index: Ground, moved: Mapping[str, Box], margin: float, turned: bool) -> Index:
    """All others that the boxes may meet as far as they slide, found once instead of box by box."""
    across, down = (FARTHEST_SLIDE, 0.0) if turned else (0.0, FARTHEST_SLIDE)
    rows = moved.values()
    x0, y0 = min([box.x for box in rows]) - margin - across, min([box.y for box in rows]) - margin - down
    x1, y1 = (
        max([box.right for box in rows]) + margin + across,
        max([box.bottom for box in rows]) + margin + down,
    )
    return Index({node: index[node] for node in index.in_rect(x0, y0, x1, y1) if node not in moved}, turned)


def _slide(index: Index, moved: Mapping[str, Box], margin: float, turned: bool, sign: float) -> float | None:
    """How far the boxes must slide one way until they are clear of all others; None when that is too far."""
    slide = 0.0
    for _ in range(_MOST_STEPS):
        push = _push(index, moved, margin, turned, sign, slide)
        if not push:
            return slide
        slide += sign * push
        if abs(slide) > FARTHEST_SLIDE:
            return None
    return None


def _push(
    index: Index, moved: Mapping[str, Box], margin: float, turned: bool, sign: float, slide: float
) -> float:
    """How much further the boxes must go to leave everything they meet now; 0 when they are clear."""
    most = 0.0
    across, down = (slide, 0.0) if turned else (0.0, slide)
    for x, y, w, h in moved.values():
        x0, y0 = x + across - margin + _NEAR, y + down - margin + _NEAR
        x1, y1 = x + across + w + margin - _NEAR, y + down + h + margin - _NEAR
        for other in index.in_rect(x0, y0, x1, y1):
            left, top, wide, high = index[other]
            if turned:
                push = left + wide - x0 if sign > 0 else x1 - left
            else:
                push = top + high - y0 if sign > 0 else y1 - top
            if push > most:
                most = push
    return most + _NEAR if most else 0.0
