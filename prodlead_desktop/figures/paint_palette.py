"""A theme as Qt pens, brushes and colours, made once, in full strength and dimmed."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from prodlead_desktop.figures.card import Card
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.theme import KindStyle, Pool, Theme, mix


class Ink:
    """The colours of one theme; `dimmed` mixes every one of them into the canvas, so nothing is transparent."""

    def __init__(self, theme: Theme, dimmed: bool = False) -> None:
        self.theme = theme
        self.screen = True  # pixels are made; otherwise dashes, icons and text are real ones
        self._dimmed = dimmed

    def colour(self, value: str) -> str:
        """A theme colour as this ink shows it."""
        return self.theme.dimmed(value) if self._dimmed else value

    def pen(self, value: str, width: float, dash: tuple[float, ...] = (), round_ends: bool = False) -> QPen:
        """A pen of `width` u; dash lengths are in u too."""
        return pen(self.colour(value), width, dash, round_ends)

    def brush(self, value: str) -> QBrush:
        """A plain brush."""
        return brush(self.colour(value))

    def kind(self, role: str) -> KindStyle:
        """The look of a kind."""
        return self.theme.kinds[role]

    def look(self, card: Card) -> KindStyle:
        """The look of a card: a draft has no fill, so on a filled kind its words need another colour."""
        theme, style = self.theme, self.theme.kinds[card.role]
        if card.ground:
            return replace(style, card=theme.ground(card.ground), text=theme.text, text2=theme.text2)
        if not card.draft or style.card != style.stroke:
            return style
        return replace(style, card=theme.canvas, text=theme.text, text2=theme.text2)

    def trough(self, style: KindStyle) -> str:
        """Ground of a progress bar on a card: a divider's colour, on a filled card a tint of its text."""
        return mix(style.text, style.card, 0.35) if style.card == style.stroke else self.theme.line

    def ribbon(self, number: int) -> Pool:
        """The look of a pool's ribbon; money without a pool is neutral."""
        if number < 0:
            theme = self.theme
            return Pool(theme.line2, mix(theme.line2, theme.canvas, 0.55), theme.surface)
        return self.theme.pool(number)


@lru_cache(maxsize=4096)
def pen(colour: str, width: float, dash: tuple[float, ...] = (), round_ends: bool = False) -> QPen:
    """A pen; do not change what you get. Dash lengths are in the unit of `width`."""
    made = QPen(QColor(colour), width)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin if round_ends else Qt.PenJoinStyle.MiterJoin)
    made.setCapStyle(Qt.PenCapStyle.RoundCap if round_ends else Qt.PenCapStyle.FlatCap)
    if dash:
        made.setDashPattern([length / width for length in dash])
    return made


@lru_cache(maxsize=1024)
def brush(colour: str) -> QBrush:
    """A plain brush; do not change what you get."""
    return QBrush(QColor(colour))


RING = CARD.selected_gap  # from the card's edge to the middle of its ring
