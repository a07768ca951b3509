"""Where the words of cross-links stand: on their way, beside cards and beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from prodlead_desktop.figures.measures import CARD, TypeRole
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.gutters import Points
from prodlead_desktop.layout.spatial import Index

TEXT = TypeRole(CARD.metric.size, CARD.metric.line, 600)
ROOM = 90.0  # u: a gutter is 96 wide
HIGH, PADDING = 22.0, 9.0
_PLACES = (0.5, 0.35, 0.65, 0.2, 0.8)  # along a stretch, the best first


class Pill(NamedTuple):
    """A link's words, cut to what a gutter holds, and the box they stand in."""

    text: str
    box: Box


def pills(words: list[str], routes: tuple[Points, ...], cards: Index, fit: TextFit) -> tuple[Pill, ...]:
    """A pill for each link, over no card and no other pill where there is such a place."""
    found: list[Pill] = []
    for text, points in zip(words, routes, strict=True):
        shown = fit.elided(text, TEXT.size, TEXT.weight, ROOM - 2 * PADDING)
        width = fit.width(shown, TEXT.size, TEXT.weight) + 2 * PADDING
        boxes = [Box(x - width / 2, y - HIGH / 2, width, HIGH) for x, y in _spots(points)]
        free = (box for box in boxes if _is_free(box, cards, found))
        found.append(Pill(shown, next(free, boxes[0])))
    return tuple(found)


def _spots(points: Points) -> Iterator[tuple[float, float]]:
    """Places on a way, the longest stretch first."""
    stretches = sorted(
        pairwise(points), key=lambda ends: -abs(ends[1][0] - ends[0][0]) - abs(ends[1][1] - ends[0][1])
    )
    for (x1, y1), (x2, y2) in stretches:
        for share in _PLACES:
            yield x1 + (x2 - x1) * share, y1 + (y2 - y1) * share


def _is_free(box: Box, cards: Index, others: list[Pill]) -> bool:
    if cards.in_rect(box.x, box.y, box.right, box.bottom):
        return False
    return all(
        box.x >= other.right or other.x >= box.right or box.y >= other.bottom or other.y >= box.bottom
        for _, other in others
    )
