"""Watches the Qt binding for the reference leak that makes PySide6 6.12 abort on Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPainter, QPixmap

CALLS = 500


def test_calls_that_return_nothing_keep_their_reference_to_none(qapp: object) -> None:
    """From Python 3.12 on None is immortal, so the count cannot move."""
    thing = QObject()
    pixmap = QPixmap(4, 4)
    painter = QPainter(pixmap)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("a")
        painter.setOpacity(1.0)
        painter.setPen(QColor("black"))
    after = sys.getrefcount(None)
    painter.end()
    assert after > before - CALLS // 2
