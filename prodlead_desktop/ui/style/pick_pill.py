"""A pill that is picked or not, for choosing several of many: kinds, people, tags."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Pressable
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

MOST_WIDE = 260


class PickPill(Pressable):
    """Words with how often they occur; a picked one has the accent's ground, line and a check mark."""

    def __init__(
        self, words: str, count: int, icon: str = "", kind: str = "", parent: QWidget | None = None
    ) -> None:
        """``kind`` colours the icon as on cards of that kind."""
        super().__init__(words, icon, parent)
        self._count, self._kind = f"{count:,}", kind
        self.setCheckable(True)
        self.setFont(font(13, 500))
        self.setProperty("radius", WINDOW.chip_height / 2)
        self.setAccessibleName(f"{words}, {count:,}")
        if self._wanted() > MOST_WIDE:
            self.setToolTip(paint.plain_tip(words))

    def sizeHint(self) -> QSize:
        return QSize(min(self._wanted(), MOST_WIDE), WINDOW.target)

    def _wanted(self) -> int:
        words = paint.width_of(self.text(), font(13, 600))
        return round(30 + words + 8 + paint.width_of(self._count, font(12)) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, on = QPainter(self), theme_of(self), self.isChecked()
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        ground = theme.accent_soft if on else self._ground(theme, theme.surface)
        paint.box(painter, rect, rect.height() / 2, ground, theme.accent if on else theme.line2)
        mark = QRectF(10, rect.center().y() - 7, 14, 14)
        if on:
            icons.draw(painter, "check", mark, theme.accent)
        elif self.icon_name:
            colour = theme.kinds[self._kind].stroke if self._kind else theme.text2
            icons.draw(painter, self.icon_name, mark, colour)
        else:
            icons.draw(painter, "circle", mark, theme.line2)
        wide = paint.width_of(self._count, font(12))
        words = QRectF(30, rect.top(), rect.width() - 30 - wide - 20, rect.height())
        paint.text(painter, words, self.text(), font(13, 600 if on else 500), theme.text)
        count = QRectF(rect.right() - wide - 12, rect.top(), wide + 2, rect.height())
        paint.text(painter, count, self._count, font(12), theme.text2 if on else theme.text3)
