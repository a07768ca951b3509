"""Python's garbage is collected in the window's thread alone, and between two events.

The collector runs in whatever thread allocates. A widget of a closed window that goes with its cycle in another thread
leaves its timers behind in Qt's list, and the program ends at the next tick.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500
COLLECT_AFTER = (20_000, 20, 100)  # Python's own 700 walks all of a big map in the middle of an edit


class Collector(QObject):
    """Collects a generation when as much has come since the last time."""

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(LOOK_MS)

    def _look(self) -> None:
        for generation, (came, limit) in enumerate(zip(gc.get_count(), COLLECT_AFTER, strict=True)):
            if came > limit:
                gc.collect(generation)


def collect_here(application: QObject) -> None:
    """From now on garbage is collected in the thread of ``application``, as long as that has events."""
    if application.findChild(Collector) is None:
        Collector(application)
