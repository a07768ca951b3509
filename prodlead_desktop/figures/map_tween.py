"""A picture between two others: the cards in view on their way from where they stood to where they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from prodlead_desktop.figures.lines import Edge, Fan, Fans, Lines, Ribbon, spans
from prodlead_desktop.figures.map_view import MapPicture
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.spatial import Index

Shifts = dict[str, tuple[float, float]]


def between(starts: Mapping[str, Box], after: MapPicture, ids: Collection[str], share: float) -> MapPicture:
    """The cards `ids` of `after`, `share` (0–1) of the way there; what has no start is where it will be.

    Lines go with the cards at their ends; cross-links of cards that move are left out until these have arrived.
    """
    boxes: dict[str, Box] = {}
    shifts: Shifts = {}
    left = 1.0 - share
    for node in after.boxes:
        if node not in ids:
            continue
        x, y, w, h = after.boxes[node]
        start = starts.get(node)
        dx, dy = ((start.x - x) * left, (start.y - y) * left) if start is not None else (0.0, 0.0)
        shifts[node] = dx, dy
        boxes[node] = Box(x + dx, y + dy, w, h)
    lines = after.lines
    still = {node for node, shift in shifts.items() if shift == (0.0, 0.0)}
    kept = [
        place for place, link in enumerate(lines.cross_links) if link.source in still and link.target in still
    ]
    fans: dict[str, Fan] = {}
    children: dict[str | None, list[str]] = {}
    for parent in shifts:
        kids = [child for child in after.children.get(parent, ()) if child in shifts]
        if kids:
            children[parent] = kids
            fans[parent] = _moved(lines.fan(parent), shifts)
    links = tuple(lines.cross_links[place] for place in kept)
    moved = Lines(fans.__getitem__, fans, links, lines.per_million)
    picture = replace(after, boxes=boxes)
    picture.__dict__.update(
        lines=moved,
        fans=Fans(moved, Index(spans(boxes, children, children.keys(), boxes), after.down)),
        index=Index(boxes, after.down),
        routes=tuple(after.routes[place] for place in kept),
        pills=tuple(after.pills[place] for place in kept),
    )
    return picture


def _moved(fan: Fan, shifts: Shifts) -> Fan:
    """The lines of a family whose cards are all under way; those to other cards are left out."""
    edges, ribbons = fan
    return (
        [_edge(edge, shifts) for edge in edges if edge.child in shifts],
        [_ribbon(line, shifts) for line in ribbons if line.child in shifts],
    )


def _edge(edge: Edge, shifts: Shifts) -> Edge:
    (x1, y1), (x2, y2) = shifts[edge.parent], shifts[edge.child]
    return edge._replace(x1=edge.x1 + x1, y1=edge.y1 + y1, x2=edge.x2 + x2, y2=edge.y2 + y2)


def _ribbon(line: Ribbon, shifts: Shifts) -> Ribbon:
    (x1, y1), (x2, y2) = shifts[line.parent], shifts[line.child]
    return line._replace(x1=line.x1 + x1, y1=line.y1 + y1, x2=line.x2 + x2, y2=line.y2 + y2)
