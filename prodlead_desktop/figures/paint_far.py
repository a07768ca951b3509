"""Paints a map so far away that a card is a speck: a few calls with thousands of rectangles and lines each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.figures.lines import Edge, Ribbon
from prodlead_desktop.figures.map_view import MapPicture
from prodlead_desktop.figures.paint_palette import Ink

FAR = 0.10  # below this zoom silhouettes cannot be told from rectangles
_LINES_FROM = 0.025  # below this zoom a gap between columns is two pixels wide

Look = tuple[str, bool, bool]  # role, hollow, dimmed


class Far:
    """The rectangles and lines of one picture, kept for as many frames as the picture lives."""

    def __init__(self, picture: MapPicture) -> None:
        self.picture = picture
        self._roles = {name: kind.shape for name, kind in kinds().items()}

    def paint(
        self,
        painter: QPainter,
        ids: list[str],
        area: QRectF,
        zoom: float,
        ink: Ink,
        dimmed: Ink,
        faint: Collection[str],
    ) -> None:
        """The cards `ids` and the lines in `area`; `faint` ones in the dimmed ink."""
        if zoom >= _LINES_FROM:
            everything = 2 * len(ids) > len(self.picture.boxes)
            for colour, lines in (self._all_lines if everything else self._some_lines(area)).items():
                painter.setPen(
                    ink.pen(ink.theme.line2 if colour is None else ink.ribbon(colour).colour, 0.8 / zoom)
                )
                painter.drawLines(lines)
        if faint or 2 * len(ids) <= len(self.picture.boxes):
            batches = self._batches(ids, faint)
        else:
            batches = self._all_cards
        for (role, hollow, dim), boxes in batches.items():
            used = dimmed if dim else ink
            style = used.kind(role)
            painter.setPen(used.pen(style.stroke, 0.8 / zoom) if hollow else Qt.PenStyle.NoPen)
            painter.setBrush(used.brush(ink.theme.surface if hollow else style.stroke))
            painter.drawRects(boxes)

    @cached_property
    def _all_cards(self) -> dict[Look, list[QRectF]]:
        return self._batches(self.picture.boxes, ())

    def _batches(self, ids: Iterable[str], faint: Collection[str]) -> dict[Look, list[QRectF]]:
        boxes, sources, roles = self.picture.boxes, self.picture.sources, self._roles
        found: dict[Look, list[QRectF]] = {}
        for node in ids:
            source = sources[node]
            look = (roles[source.node.kind], source.unfunded or source.node.state == "draft", node in faint)
            rect = QRectF(*boxes[node])
            batch = found.get(look)
            if batch is None:
                found[look] = [rect]
            else:
                batch.append(rect)
        return found

    @cached_property
    def _all_lines(self) -> dict[int | None, list[QLineF]]:
        return _straight(self.picture.lines.edges, self.picture.lines.ribbons)

    def _some_lines(self, area: QRectF) -> dict[int | None, list[QLineF]]:
        return _straight(*self.picture.fans.in_rect(area.left(), area.top(), area.right(), area.bottom()))


def _straight(edges: Iterable[Edge], ribbons: Iterable[Ribbon]) -> dict[int | None, list[QLineF]]:
    """Straight lines by pool; None: the tree's own lines."""
    found: dict[int | None, list[QLineF]] = {None: [QLineF(e.x1, e.y1, e.x2, e.y2) for e in edges]}
    for ribbon in ribbons:
        half = ribbon.width / 2
        across, over = (half, 0.0) if ribbon.down else (0.0, half)
        line = QLineF(ribbon.x1 + across, ribbon.y1 + over, ribbon.x2 + across, ribbon.y2 + over)
        found.setdefault(ribbon.pool, []).append(line)
    return found
