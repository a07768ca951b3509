"""Where the words of cross-links stand: on their way, beside cards and beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from prodlead_desktop.figures.measures import CARD, TypeRole
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.gutters import Points
from prodlead_desktop.layout.tree_boxes import Finder

TEXT = TypeRole(CARD.metric.size, 16, 600)
ROOM = 84.0  # u: a gutter is 96 wide
PADDING, ABOVE = 9.0, 3.0
CLEAR = 4.0  # u from a card and from another pill
MOST_LINES = 4
_PLACES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.42, 0.58, 0.28, 0.72, 0.12, 0.88)  # along a stretch, the best first
_ASIDE, _HOLD = 6.0, 6.0  # steps off the way, and how far into the pill the way has to come


class Pill(NamedTuple):
    """A link's words in lines, and the box they stand in."""

    lines: tuple[str, ...]
    box: Box


def pills(words: list[str], routes: tuple[Points, ...], cards: Finder, fit: TextFit) -> tuple[Pill, ...]:
    """A pill for each link, over no card and no other pill where there is such a place.

    Words too long for a gutter stand in one line where there is room, else in several; off the middle of the way
    rather than on a card.
    """
    found: list[Pill] = []
    for text, points in zip(words, routes, strict=True):
        shapes = _shapes(text, fit)
        tries = ((shape, box) for shape in shapes for box in _spots(points, shape[1:]))
        chosen = next(((shape, box) for shape, box in tries if _is_free(box, cards, found)), None)
        if chosen is None:
            chosen = shapes[-1], next(_spots(points, shapes[-1][1:]))
        found.append(Pill(chosen[0][0], chosen[1]))
    return tuple(found)


Shape = tuple[tuple[str, ...], float, float]  # lines, width, height


def _shapes(text: str, fit: TextFit) -> list[Shape]:
    """The whole text in one line, and in as many as a gutter asks for."""
    broken = fit.lines(text, TEXT.size, TEXT.weight, ROOM - 2 * PADDING, MOST_LINES)
    return [_shape(lines, fit) for lines in dict.fromkeys(((text,), broken))]


def _shape(lines: tuple[str, ...], fit: TextFit) -> Shape:
    width = max(fit.width(line, TEXT.size, TEXT.weight) for line in lines) + 2 * PADDING
    return lines, width, len(lines) * TEXT.line + 2 * ABOVE


def _spots(points: Points, size: tuple[float, float]) -> Iterator[Box]:
    """Places on a way for a pill of this size, the longest stretch first; on each the middle before what is aside."""
    wide, high = size
    stretches = sorted(
        pairwise(points), key=lambda ends: -abs(ends[1][0] - ends[0][0]) - abs(ends[1][1] - ends[0][1])
    )
    for (x1, y1), (x2, y2) in stretches:
        level = abs(x2 - x1) >= abs(y2 - y1)
        steps = int(max(0.0, (high if level else wide) / 2 - _HOLD) / _ASIDE)
        for off in (0.0, *(sign * step * _ASIDE for step in range(1, steps + 1) for sign in (1, -1))):
            across, down = (0.0, off) if level else (off, 0.0)
            for share in _PLACES:
                x, y = x1 + (x2 - x1) * share + across, y1 + (y2 - y1) * share + down
                yield Box(x - wide / 2, y - high / 2, wide, high)


def _is_free(box: Box, cards: Finder, others: list[Pill]) -> bool:
    left, top, right, bottom = box.x - CLEAR, box.y - CLEAR, box.right + CLEAR, box.bottom + CLEAR
    if cards.in_rect(left, top, right, bottom):
        return False
    return all(
        left >= other.right or other.x >= right or top >= other.bottom or other.y >= bottom
        for _, other in others
    )
