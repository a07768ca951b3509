"""Cards that a new layout moves are seen on their way for a moment, when motion is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QSize, QVariantAnimation

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.map_tween import between
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.canvas.camera import Camera
from prodlead_desktop.ui.canvas.glide import moves

MOST = 400  # cards in view; more are a jump, and every frame stays within its time
AROUND = 0.25  # of the viewport on each side


class Motion(QObject):
    """Only what is painted lags behind: keys, clicks and the next edit meet the cards where they stand now."""

    def __init__(self, parent: QObject, repaint: Callable[[], object]) -> None:
        super().__init__(parent)
        self._after: MapPicture | None = None
        self._starts: dict[str, Box] = {}
        self._ids: set[str] = set()
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(WINDOW.layout_motion_ms)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(lambda _: repaint())
        self._animation.finished.connect(repaint)

    @property
    def runs(self) -> bool:
        """Whether cards are under way."""
        return self._animation.state() == QVariantAnimation.State.Running

    def stop(self) -> None:
        """Be there."""
        self._animation.stop()

    def start(
        self, before: MapPicture, after: MapPicture, shift: tuple[float, float], camera: Camera, size: QSize
    ) -> None:
        """Leave ``before``, moved by ``shift`` because the camera went along with a card, for ``after``.

        A motion under way goes on from where its cards are seen. Nothing moves when all cards in view stay.
        """
        seen = self.picture(before) if self.runs else None
        self.stop()
        if not moves() or before.boxes is after.boxes:
            return
        dx, dy = shift
        old = seen.boxes if seen is not None else {}
        ids = self._in_view(before, after, shift, camera, size)
        if len(ids) > MOST:
            return
        starts = {
            node: Box(box.x + dx, box.y + dy, box.w, box.h)
            for node in ids
            if (box := old.get(node) or before.boxes.get(node)) is not None
        }
        if all(_same(box, after.boxes[node]) for node, box in starts.items()):
            return
        parents = {parent for node in ids if (parent := after.parents[node]) is not None}
        for node in parents - ids:
            if node in before.boxes:
                box = before.boxes[node]
                starts[node] = Box(box.x + dx, box.y + dy, box.w, box.h)
        self._after, self._starts, self._ids = after, starts, ids | parents
        self._animation.start()

    def picture(self, picture: MapPicture) -> MapPicture:
        """What to paint now instead of ``picture``."""
        if not self.runs or self._after is not picture:
            return picture
        return between(self._starts, picture, self._ids, float(self._animation.currentValue()))

    def _in_view(
        self, before: MapPicture, after: MapPicture, shift: tuple[float, float], camera: Camera, size: QSize
    ) -> set[str]:
        """The cards of ``after`` that are in view or were."""
        wide, high = size.width(), size.height()
        left, top = camera.to_map(-wide * AROUND, -high * AROUND)
        right, bottom = camera.to_map(wide * (1 + AROUND), high * (1 + AROUND))
        now = after.index.in_rect(left, top, right, bottom)
        if len(now) > MOST:
            return set(now)
        dx, dy = shift
        then = before.index.in_rect(left - dx, top - dy, right - dx, bottom - dy)
        return {*now, *(node for node in then if node in after.boxes)}


def _same(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) < 0.01 and abs(one.y - other.y) < 0.01
