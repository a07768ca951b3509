"""Paints a map so far away that a card is a speck: a few calls with thousands of rectangles and lines each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import starmap

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.figures.card import Source
from prodlead_desktop.figures.lines import Edge, Ribbon
from prodlead_desktop.figures.map_view import MapPicture, changed, same_lines
from prodlead_desktop.figures.paint_palette import Ink

FAR = 0.10  # below this zoom silhouettes cannot be told from rectangles
_LINES_FROM = 0.025  # below this zoom a gap between columns is two pixels wide

Look = tuple[str, bool, bool]  # role, hollow, dimmed


class Far:
    """The rectangles and lines of one picture, kept for as many frames as the picture lives."""

    def __init__(self, picture: MapPicture, before: Far | None = None) -> None:
        """``before`` lends what looks the same: an edit that moves nothing costs no new rectangles."""
        self.picture = picture
        self._roles = {name: kind.shape for name, kind in kinds().items()}
        if before is None or before.picture.outline is not picture.outline:
            return
        if _looks_same(before.picture, picture):
            self._take(before, "_groups")
            if before.picture.boxes is picture.boxes:
                self._take(before, "_all_cards")
            elif "_all_cards" in before.__dict__:
                self.__dict__["_all_cards"] = self._moved(before)
        if same_lines(before.picture, picture):
            self._take(before, "_all_lines")

    def _take(self, before: Far, name: str) -> None:
        if name in before.__dict__:
            self.__dict__[name] = before.__dict__[name]

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
            batches = self._rects(self._grouped(ids, faint))
        else:
            batches = self._all_cards
        for (role, hollow, dim), boxes in batches.items():
            used = dimmed if dim else ink
            style = used.kind(role)
            painter.setPen(used.pen(style.stroke, 0.8 / zoom) if hollow else Qt.PenStyle.NoPen)
            painter.setBrush(used.brush(ink.theme.surface if hollow else style.stroke))
            painter.drawRects(boxes)

    @cached_property
    def _groups(self) -> dict[Look, list[str]]:
        return self._grouped(self.picture.boxes, ())

    @cached_property
    def _all_cards(self) -> dict[Look, list[QRectF]]:
        return self._rects(self._groups)

    def _moved(self, before: Far) -> dict[Look, list[QRectF]]:
        """The rectangles of the picture before, which is not painted any more, where the cards stand now."""
        then, now = before.picture.boxes, self.picture.boxes
        for look, ids in self._groups.items():
            places = zip(map(then.__getitem__, ids), map(now.__getitem__, ids), strict=True)
            for rect, (old, new) in zip(before._all_cards[look], places, strict=True):
                if old is not new:
                    rect.setRect(*new)
        return before._all_cards

    def _rects(self, groups: dict[Look, list[str]]) -> dict[Look, list[QRectF]]:
        """Every edit of a big map waits for this."""
        box_of = self.picture.boxes.__getitem__
        return {look: list(starmap(QRectF, map(box_of, ids))) for look, ids in groups.items()}

    def _grouped(self, ids: Iterable[str], faint: Collection[str]) -> dict[Look, list[str]]:
        """The cards by what they look like."""
        sources, roles = self.picture.sources, self._roles
        found: dict[Look, list[str]] = {}
        for node in ids:
            kind, hollow = _look(sources[node])
            found.setdefault((roles[kind], hollow, node in faint), []).append(node)
        return found

    @cached_property
    def _all_lines(self) -> dict[int | None, list[QLineF]]:
        return _straight(self.picture.lines.edges, self.picture.lines.ribbons)

    def _some_lines(self, area: QRectF) -> dict[int | None, list[QLineF]]:
        return _straight(*self.picture.fans.in_rect(area.left(), area.top(), area.right(), area.bottom()))


def _look(source: Source) -> tuple[str, bool]:
    """What a card far away is drawn by: its kind, and whether it is hollow."""
    row = source.node
    return row.kind, source.unfunded or row.state == "draft"


def _looks_same(before: MapPicture, after: MapPicture) -> bool:
    """Whether every card looks as it did; of those that are made from the same this is known."""
    had, now = before.sources, after.sources
    return all(_look(had[node]) == _look(now[node]) for node in changed(had, now))


def _straight(edges: Iterable[Edge], ribbons: Iterable[Ribbon]) -> dict[int | None, list[QLineF]]:
    """Straight lines by pool; None: the tree's own lines."""
    found: dict[int | None, list[QLineF]] = {None: [QLineF(e.x1, e.y1, e.x2, e.y2) for e in edges]}
    for ribbon in ribbons:
        half = ribbon.width / 2
        across, over = (half, 0.0) if ribbon.down else (0.0, half)
        line = QLineF(ribbon.x1 + across, ribbon.y1 + over, ribbon.x2 + across, ribbon.y2 + over)
        found.setdefault(ribbon.pool, []).append(line)
    return found
