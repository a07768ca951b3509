"""Above the table: how far the scenario's own plan brings each outcome that it has a wish on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.ui.allocate.mark_line import LINE, MarkLine
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

if TYPE_CHECKING:
    from prodlead_desktop.analysis.wishes import WishState

HIGH, ICON, GAP, LONGEST, LEAST = LINE, 14, 8, 300, 72.0
PALE = 0.55


class WishBar(MarkLine["WishMark"]):
    """The wishes side by side; nothing where there are none."""

    def __init__(self) -> None:
        super().__init__(WishMark)

    def set_stale(self, stale: bool) -> None:
        """Show paler what is of the plan as it was: a slider is held, or the numbers are not worked out yet."""
        for mark in self.marks:
            mark.set_stale(stale)

    def show_wishes(self, states: Sequence[WishState]) -> None:
        """Show other wishes."""
        for mark, state in zip(self.use(len(states)), states, strict=True):
            mark.show_state(state)
        self.set_stale(False)
        self.arrange()


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

    @property
    def urgent(self) -> bool:
        """Whether it is missed."""
        return not self._kept

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
        return QSize(round(min(self._width(self._name, 600), LONGEST) + self._beside(self._said)) + 4, HIGH)

    def _beside(self, said: str) -> float:
        """What all but the name takes."""
        lacks = 12 + self._width(self._lacks, 600) if self._lacks else 0
        return ICON + GAP + GAP + self._width(said, 500) + lacks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setOpacity(PALE if self.stale else 1.0)
        status = theme.ok if self._kept else theme.warn
        sign = QRectF(0, (HIGH - ICON) / 2, ICON, ICON)
        icons.draw(painter, "circle-check" if self._kept else "circle-alert", sign, status.text)
        left = float(ICON + GAP)
        # the name gives way first, then how far it comes: what is missing stays
        said = self._said if self.width() - self._beside(self._said) >= LEAST or self._kept else ""
        room = max(self.width() - self._beside(said), LEAST / 3)
        name = min(self._width(self._name, 600) + 1, float(LONGEST), room)
        paint.text(painter, QRectF(left, 0, name, HIGH), self._name, font(13, 600), theme.text)
        left += name + GAP
        left += self._put(painter, left, said, 500, theme.text2) + 12 if said else 0
        if self._lacks:
            self._put(painter, left, self._lacks, 600, status.text)

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
