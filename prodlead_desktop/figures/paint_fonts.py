"""Prodlead Sans for Qt: registered once, without ligatures, with widths that grow evenly with the size."""

from __future__ import annotations

import os
import sys
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from prodlead_desktop import resources
from prodlead_desktop.figures.theme import FONT_FAMILY, FONT_FILES

_APPLICATION: list[QCoreApplication] = []  # Qt ends with the last reference to its application
_PLAIN = ("liga", "clig", "dlig", "calt")
_WEIGHTS = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}


def ensure_gui() -> None:
    """A Qt application that can paint and measure, made when there is none; it never needs a display."""
    if QCoreApplication.instance() is None:
        if sys.platform not in ("win32", "darwin") and not os.environ.get("QT_QPA_PLATFORM"):
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _APPLICATION.append(QGuiApplication([sys.argv[0] or "prodlead"]))
    register_fonts()


@cache
def register_fonts() -> None:
    """Make Prodlead Sans known to Qt; needs an application. RuntimeError when Qt refuses a file of ours."""
    for file in FONT_FILES.values():
        if QFontDatabase.addApplicationFont(str(resources.path("fonts", file))) < 0:
            raise RuntimeError(f"Qt could not read the font {file}")


@lru_cache(maxsize=256)
def font(px: float, weight: int) -> QFont:
    """Prodlead Sans of `px` pixels (rounded to whole ones) and weight 400–700. Do not change what you get."""
    made = QFont(FONT_FAMILY)
    made.setPixelSize(max(1, round(px)))
    made.setWeight(_WEIGHTS[weight])
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    for feature in _PLAIN:
        made.setFeature(QFont.Tag(feature), 0)
    return made


@lru_cache(maxsize=64)
def _metrics(px: float, weight: int) -> QFontMetricsF:
    return QFontMetricsF(font(px, weight))


def measure(text: str, px: float, weight: int) -> float:
    """Width of `text` in pixels at size `px`; exactly linear in `px`."""
    return _width(text, weight) * px


@lru_cache(maxsize=50_000)
def _width(text: str, weight: int) -> float:
    """Width at one pixel: shaping costs, and the same words come again and again."""
    return _metrics(100, weight).horizontalAdvance(text) / 100


@lru_cache(maxsize=64)
def baseline(px: float, line: float, weight: int) -> float:
    """How far below the top of a line `line` high its base line lies, so that the letters stand in the middle."""
    metrics = _metrics(100, weight)
    ascent, descent = metrics.ascent() * px / 100, metrics.descent() * px / 100
    return (line - ascent - descent) / 2 + ascent
