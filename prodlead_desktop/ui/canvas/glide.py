"""The map on its way from one place to another: a moment of the last frame moved, when motion is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QSize, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.canvas.camera import Camera

MOST = 4.0  # times bigger or smaller; a longer way is a jump


def moves() -> bool:
    """Whether anything may move; the preference, or the system, is kept in Qt's own switch."""
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


class Glide(QObject):
    """Only what is painted lags behind: the canvas itself is where it goes at once, for keys and clicks."""

    def __init__(self, parent: QObject, repaint: Callable[[], object]) -> None:
        super().__init__(parent)
        self._from, self._share = Camera(), 1.0
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(WINDOW.motion_ms)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(lambda _: repaint())
        self._animation.finished.connect(repaint)

    def start(self, before: Camera, after: Camera, size: QSize) -> None:
        """Leave ``before`` for ``after``; nothing happens without motion or when they have nothing in common."""
        if not moves() or not _near(before, after, size):
            return
        self._from = self.at(before, size) if self.runs else before
        self._animation.stop()
        self._animation.start()

    @property
    def runs(self) -> bool:
        """Whether it is under way."""
        return self._animation.state() == QVariantAnimation.State.Running

    def at(self, after: Camera, size: QSize) -> Camera:
        """Where to paint now."""
        if not self.runs:
            return after
        share = float(self._animation.currentValue())
        zoom = self._from.zoom * (after.zoom / self._from.zoom) ** share
        old, new = (camera.to_map(size.width() / 2, size.height() / 2) for camera in (self._from, after))
        x, y = (start + (end - start) * share for start, end in zip(old, new, strict=True))
        return Camera(zoom).centred(x, y, size.width(), size.height())


def _near(before: Camera, after: Camera, size: QSize) -> bool:
    """Whether most of what was seen is still to be seen."""
    if not 1 / MOST <= after.zoom / before.zoom <= MOST:
        return False
    x, y = before.to_screen(*after.to_map(size.width() / 2, size.height() / 2))
    return abs(x - size.width() / 2) < size.width() and abs(y - size.height() / 2) < size.height()
