"""The list below a field that offers names: a raised panel of its own, a little below the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.palette import theme_of

GAP = 4  # between the field and its list
ROW, MOST_WIDE = 28, 340
EDGE = 3  # half of what the completer leaves for a frame


class OfferedRows(QStyledItemDelegate):
    """Rows high enough to press."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW)


class OfferedList(QListView):
    """Rows of names in a frame; it is a window, so that no box cuts it off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(EDGE, EDGE, EDGE, EDGE)
        self.setFont(role_font("field"))
        self.setIconSize(QSize(WINDOW.icon_small, WINDOW.icon_small))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            theme, painter = theme_of(self), QPainter(self)
            painter.fillRect(self.rect(), QColor(theme.surface))
            paint.box(painter, QRectF(self.rect()), 0, theme.surface, theme.line2)
            painter.end()
            return True
        return super().event(event)
