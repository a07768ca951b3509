"""Paints a map so far away that a card is a speck: a few calls with thousands of rectangles and lines each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import starmap

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.figures.card import Source
from prodlead_desktop.figures.lines import Edge, Ribbon
from prodlead_desktop.figures.map_view import MapPicture, changed, same_lines
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.layout.tree_boxes import whole

FAR = 0.10  # below this zoom silhouettes cannot be told from rectangles
LINES_FROM = 0.025  # below this zoom a gap between columns is two pixels wide

Look = tuple[str, bool]  # role, hollow
Batch = tuple[str, bool, bool]  # and dimmed


class Far:
    """The rectangles and lines of one picture, kept for as many frames as the picture lives."""

    def __init__(self, picture: MapPicture, before: Far | None = None) -> None:
        """``before`` lends what looks the same: an edit that moves nothing costs no new rectangles."""
        self.picture = picture
        self._roles = {name: kind.shape for name, kind in kinds().items()}
        if before is None:
            return
        if "_all_cards" in before.__dict__:
            self._follow(before)
        if same_lines(before.picture, picture):
            self._take(before, "_all_lines")

    def _follow(self, before: Far) -> None:
        """Take over the rectangles of the picture before, which is not painted any more, and bring them up to date."""
        then, now = before.picture, self.picture
        others = changed(then.sources, now.sources) if then.sources is not now.sources else []
        looks = before._looks
        new_looks = {node: self._look_of(now.sources[node]) for node in others}
        same = then.order == now.order and all(looks.get(node) == look for node, look in new_looks.items())
        looks.update(new_looks)
        self._looks, self._rects = looks, before._rects
        if same and then.boxes is now.boxes:
            self._take(before, "_all_cards")
            return
        rects, had = before._rects, whole(then.boxes).get
        for node in now.outline.others(then.outline)[1]:
            rects.pop(node, None)
        for node, box in whole(now.boxes).items():
            if had(node) != box:
                if node in rects:
                    rects[node].setRect(*box)
                else:
                    rects[node] = QRectF(*box)
        if same:
            self._take(before, "_all_cards")

    def preparing(self, zoom: float) -> Iterator[object]:
        """Makes, part by part, what a frame of everything is painted from."""
        yield self._all_cards
        if zoom >= LINES_FROM:
            yield self._all_lines

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
        if zoom >= LINES_FROM:
            everything = 2 * len(ids) > len(self.picture.boxes)
            for colour, lines in (self._all_lines if everything else self._some_lines(area)).items():
                painter.setPen(
                    ink.pen(ink.theme.line2 if colour is None else ink.ribbon(colour).colour, 0.8 / zoom)
                )
                painter.drawLines(lines)
        some = faint or 2 * len(ids) <= len(self.picture.boxes)
        for (role, hollow, dim), boxes in (self._batches(ids, faint) if some else self._all_cards).items():
            used = dimmed if dim else ink
            style = used.kind(role)
            painter.setPen(used.pen(style.stroke, 0.8 / zoom) if hollow else Qt.PenStyle.NoPen)
            painter.setBrush(used.brush(ink.theme.surface if hollow else style.stroke))
            painter.drawRects(boxes)

    @cached_property
    def _looks(self) -> dict[str, Look]:
        return {node: self._look_of(source) for node, source in self.picture.sources.items()}

    @cached_property
    def _rects(self) -> dict[str, QRectF]:
        boxes = self.picture.boxes
        return dict(zip(boxes, starmap(QRectF, boxes.values()), strict=True))

    @cached_property
    def _all_cards(self) -> dict[Batch, list[QRectF]]:
        return self._batches(self.picture.boxes, ())

    def _look_of(self, source: Source) -> Look:
        row = source.node
        return self._roles[row.kind], source.unfunded or row.state == "draft"

    def _batches(self, ids: Iterable[str], faint: Collection[str]) -> dict[Batch, list[QRectF]]:
        """The rectangles of cards by what they look like, always in the same order."""
        looks, rects = self._looks, self._rects
        found: dict[Look, list[QRectF]] = {}
        back: dict[Look, list[QRectF]] = {}
        for node in ids:
            (back if node in faint else found).setdefault(looks[node], []).append(rects[node])
        both = [(*look, dim) for dim, some in ((True, back), (False, found)) for look in sorted(some)]
        return {batch: (back if batch[2] else found)[batch[:2]] for batch in both}

    @cached_property
    def _all_lines(self) -> dict[int | None, list[QLineF]]:
        return _straight(self.picture.lines.edges, self.picture.lines.ribbons)

    def _some_lines(self, area: QRectF) -> dict[int | None, list[QLineF]]:
        return _straight(*self.picture.fans.in_rect(area.left(), area.top(), area.right(), area.bottom()))


def _straight(edges: Iterable[Edge], ribbons: Iterable[Ribbon]) -> dict[int | None, list[QLineF]]:
    """Straight lines by pool, always in the same order; None, the first: the tree's own lines."""
    found: dict[int, list[QLineF]] = {}
    for ribbon in ribbons:
        half = ribbon.width / 2
        across, over = (half, 0.0) if ribbon.down else (0.0, half)
        line = QLineF(ribbon.x1 + across, ribbon.y1 + over, ribbon.x2 + across, ribbon.y2 + over)
        found.setdefault(ribbon.pool, []).append(line)
    own = [QLineF(e.x1, e.y1, e.x2, e.y2) for e in edges]
    return {None: own, **{pool: found[pool] for pool in sorted(found)}}
