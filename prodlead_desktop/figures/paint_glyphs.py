"""Which characters no font at hand can draw, so that an export says so instead of printing boxes."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QRawFont, QTextLayout

from prodlead_desktop.figures.paint_fonts import font

_BEYOND = 0x10000


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text`, each once and in order, that would be drawn as boxes."""
    return [char for char in sorted(set(text)) if not _drawable(char)]


def unsearchable(text: str) -> list[str]:
    """The characters that Qt's PDF text cannot name: those beyond the first 65,536."""
    return [char for char in sorted(set(text)) if ord(char) >= _BEYOND]


@cache
def _ours() -> QRawFont:
    return QRawFont.fromFont(font(16, 400))


@cache
def _drawable(char: str) -> bool:
    """Whether our font or one that Qt falls back to has a glyph."""
    if char.isspace() or _ours().supportsCharacter(ord(char)):
        return True
    layout = QTextLayout(char, font(16, 400))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(0 not in run.glyphIndexes() for run in layout.glyphRuns())
