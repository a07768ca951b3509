"""How a saved view is painted as a row: its number on the wall, its name, and what it shows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

WORDS = Qt.ItemDataRole.UserRole + 1
ICON = Qt.ItemDataRole.UserRole + 2
ROW = 54


class ViewRows(QStyledItemDelegate):
    """Lens icon and name in bold, what it shows below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if option.widget is None:
            return
        theme, rect = theme_of(option.widget), QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, rect, 7, theme.accent_soft)
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint.box(painter, rect.adjusted(1, 1, -1, -1), 7, None, theme.accent, 2)
        number = QRectF(rect.left() + 8, rect.top(), 24, rect.height())
        paint.text(painter, number, str(index.row() + 1), font(13), theme.text3, paint.RIGHT)
        icons.draw(
            painter,
            str(index.data(ICON)),
            QRectF(rect.left() + 44, rect.center().y() - 9, 18, 18),
            theme.text2,
        )
        words = QRectF(rect.left() + 74, rect.top() + 6, rect.width() - 86, 22)
        paint.text(painter, words, str(index.data() or ""), font(14, 600), theme.text)
        paint.text(painter, words.translated(0, 21), str(index.data(WORDS)), font(12.5), theme.text2)
        painter.restore()
