"""Draws one line of text: from a cache of laid out lines on a screen, as real text in PDF and SVG."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QStaticText, QTransform

from prodlead_desktop.figures.paint_fonts import baseline, font

_BIG = 40.0


def draw_text(
    painter: QPainter, text: str, x: float, top: float, px: float, line: float, weight: int, screen: bool
) -> None:
    """`text` in the painter's pen, its left end at `x`, in the middle of a line `line` high that starts at `top`.

    With `screen` it is laid out once and kept, without it is text that a reader of a PDF can find. Qt's pixel sizes
    are whole numbers: any other size is drawn from a font of 40 pixels, scaled down.
    """
    if not text:
        return
    y = top + baseline(px, line, weight)
    before = None
    if px != int(px):
        before = painter.worldTransform()
        share = px / _BIG
        painter.setWorldTransform(QTransform(share, 0, 0, share, x, y) * before)
        x, y, px = 0.0, 0.0, _BIG
    painter.setFont(font(px, weight))
    if screen:
        laid, ascent = _laid(text, px, weight)
        painter.drawStaticText(QPointF(x, y - ascent), laid)
    else:
        painter.drawText(QPointF(x, y), text)
    if before is not None:
        painter.setWorldTransform(before)


@lru_cache(maxsize=8192)
def _laid(text: str, px: float, weight: int) -> tuple[QStaticText, float]:
    """A line laid out once, and how far its base line lies below its top."""
    laid = QStaticText(text)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.setPerformanceHint(QStaticText.PerformanceHint.ModerateCaching)
    laid.prepare(QTransform(), font(px, weight))
    return laid, baseline(px, laid.size().height(), weight)
