"""Above the table: how far the scenario's own plan brings each outcome that it has a wish on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.flow import FlowLayout
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

if TYPE_CHECKING:
    from prodlead_desktop.analysis.wishes import WishState

HIGH, ICON, GAP, LONGEST = 24, 14, 8, 300
PALE = 0.55


class WishBar(QWidget):
    """The wishes side by side, in lines like words; nothing where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=20, line_gap=4)
        self.marks: list[WishMark] = []
        self.hide()

    def set_stale(self, stale: bool) -> None:
        """Show paler what is of the plan as it was: a slider is held, or the numbers are not worked out yet."""
        for mark in self.marks:
            mark.set_stale(stale)

    def show_wishes(self, states: Sequence[WishState]) -> None:
        """Show other wishes."""
        while len(self.marks) < len(states):
            made = WishMark(self)
            self.marks.append(made)
            self._flow.addWidget(made)
        for at, mark in enumerate(self.marks):
            mark.setVisible(at < len(states))
            if at < len(states):
                mark.show_state(states[at])
        self.set_stale(False)
        self.setVisible(bool(states))


class WishMark(QWidget):
    """A sign, the outcome, how far it comes of what is wished, and what is missing in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = self._said = self._lacks = ""
        self._kept = True
        self.stale = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def set_stale(self, stale: bool) -> None:
        """Show it paler, or as it is."""
        if stale != self.stale:
            self.stale = stale
            self.update()

    def show_state(self, state: WishState) -> None:
        """Show another wish."""
        self._name, self._kept = state.title or wording.UNTITLED, not state.missed
        digits = 0 if numerals.percent(state.reached) != numerals.percent(state.wished) or self._kept else 2
        reached, wished = (numerals.percent(share, digits) for share in (state.reached, state.wished))
        self._said = f"{reached} of the way, wish {wished}"
        self._lacks = "" if self._kept else f"{_points(state.missed)} short"
        self.setAccessibleName(f"{self._name}, {self._said}, {self._lacks or 'kept'}")
        self.setToolTip(paint.plain_tip(f"Wish on {self.accessibleName()}"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = ICON + GAP + min(self._width(self._name, 600), LONGEST) + GAP + self._width(self._said, 500)
        width += 12 + self._width(self._lacks, 600) if self._lacks else 0
        return QSize(round(width) + 4, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setOpacity(PALE if self.stale else 1.0)
        status = theme.ok if self._kept else theme.warn
        sign = QRectF(0, (HIGH - ICON) / 2, ICON, ICON)
        icons.draw(painter, "circle-check" if self._kept else "circle-alert", sign, status.text)
        left = float(ICON + GAP)
        name = min(self._width(self._name, 600) + 1, float(LONGEST))
        paint.text(painter, QRectF(left, 0, name, HIGH), self._name, font(13, 600), theme.text)
        left += name + GAP
        left += self._put(painter, left, self._said, 500, theme.text2)
        if self._lacks:
            self._put(painter, left + 12, self._lacks, 600, status.text)

    def _put(self, painter: QPainter, left: float, words: str, weight: int, colour: str) -> float:
        return paint.text(
            painter, QRectF(left, 0, self.width() - left, HIGH), words, font(13, weight), colour
        )

    def _width(self, words: str, weight: int) -> float:
        return paint.width_of(words, font(13, weight))


def _points(missed: float) -> str:
    """A difference of two shares of the way: "68 points"; as a percentage it would read as a part of the wish."""
    said = numerals.number(100.0 * missed, 0 if missed >= 0.01 else 2)
    return f"{said} point{'' if said == '1' else 's'}"
