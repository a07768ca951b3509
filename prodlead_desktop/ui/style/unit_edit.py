"""A field for one figure: the number large, its unit small behind it, "?" while nobody knows it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.palette import theme_of

BIG_SIZES = (22, 18, 16, 14)  # the largest in which the number fits
BIG_HEIGHT = 48
GAP = 5
UNIT_SHARE = 0.9  # a unit of which less than that fits is left out; the accessible name says it too


class UnitEdit(LineEdit):
    """A line edit that paints ``unit`` behind what it holds; ``big`` is for the figures of the threshold card."""

    def __init__(self, unit: str = "", big: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", "?", parent)
        self._unit, self._big = unit, big
        self.two_parts = False  # "Q3 2027": the last word small while nobody types
        if big:
            self.setFixedHeight(BIG_HEIGHT)
            self.textChanged.connect(self._fit)
            self._fit()

    @property
    def unit(self) -> str:
        """What is painted behind the number."""
        return self._unit

    def set_unit(self, unit: str) -> None:
        """Paint another unit."""
        if unit != self._unit:
            self._unit = unit
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_split():
            self._paint_split()
            return
        super().paintEvent(event)
        if not self._unit:
            return
        shown = self.text() or self.placeholderText()
        left = self._left() + paint.width_of(shown, self.font()) + GAP
        room = self.width() - WINDOW.field_padding + 2 - left
        face = font(14)
        if room >= UNIT_SHARE * paint.width_of(self._unit, face):
            rect = QRectF(left, self._drop(), room, self.height())
            colour = theme_of(self).text3
            paint.text(QPainter(self), rect, self._unit, face, colour)

    def _paint_split(self) -> None:
        painter, theme = QPainter(self), theme_of(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        first, _, last = self.text().rpartition(" ")
        left, height = self._left(), self.height()
        left += paint.text(
            painter, QRectF(left, 0, self.width() - left, height), first, self.font(), theme.text
        )
        rect = QRectF(left + GAP, self._drop(), self.width() - left - GAP - 4, height)
        paint.text(painter, rect, last, font(14), theme.text2)

    def _is_split(self) -> bool:
        return self.two_parts and not self.hasFocus() and " " in self.text()

    def _left(self) -> float:
        return float(self.textMargins().left() + 2)

    def _drop(self) -> float:
        """How far a small word is lowered so that it stands on the big number's line."""
        big, small = self.fontMetrics(), 14
        return max(0.0, (big.ascent() - big.descent()) / 2 - 0.36 * small)

    def _fit(self) -> None:
        if not self._big:
            return
        shown = self.text().rpartition(" ")[0] if self._is_split() else self.text()
        extra = paint.width_of(self.text().rpartition(" ")[2], font(14)) + GAP if self._is_split() else 0
        room = self.width() - 2 * WINDOW.field_padding - extra
        size = next(
            (s for s in BIG_SIZES if paint.width_of(shown or "?", font(s, 600)) <= room), BIG_SIZES[-1]
        )
        wanted = font(size, 600 if self.text() else 400)
        if wanted != self.font():
            self.setFont(wanted)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
