"""Paints one row of the outline and edits its title in place."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.fields import TITLE_LIMIT
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.outline_model import OutlineModel
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

Index = QModelIndex | QPersistentModelIndex
ICON_LEFT, TEXT_LEFT, TEXT_RIGHT = 15, 35, 10
ICON = 14
TEXT_PX = 12.5


class OutlineDelegate(QStyledItemDelegate):
    """Kind icon in the kind's colour, title, the current row marked at its left edge."""

    keyed = Signal(str)  # "child" or "sibling": what to add after the title was typed

    def __init__(self, session: Session, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._model = session, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, WINDOW.outline_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node = self._session.strategy.find(Node, self._model.node(index))
        if node is None or option.widget is None:
            return
        theme = theme_of(option.widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        rect = QRectF(option.rect)
        style = theme.kinds.get(node.kind) or theme.kinds["note"]
        place = QRectF(rect.left() + ICON_LEFT, rect.center().y() - ICON / 2, ICON, ICON)
        icons.draw(painter, style.icon, place, style.stroke)
        strong = selected or self._model.depth(node.id) <= 2
        colour = theme.text if node.title else theme.text3
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        area = rect.adjusted(TEXT_LEFT, 0, -TEXT_RIGHT, 0)
        paint.text(painter, area, words, font(TEXT_PX, 600 if strong else 400), colour)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(TITLE_LIMIT)
        editor.setFont(font(TEXT_PX))
        editor.setAccessibleName("Title")
        editor.setTextMargins(1, 0, 1, 0)
        editor.setProperty("in_row", True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(TEXT_LEFT - 4, 1, -4, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab ends the title and adds a child, Ctrl+Enter a sibling, as on the map."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(editor, QLineEdit)
        ):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            then = "child" if event.key() == Qt.Key.Key_Tab else "sibling" if enter and control else ""
            if then or event.key() == Qt.Key.Key_Backtab:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                if then:
                    self.keyed.emit(then)
                return True
        return super().eventFilter(editor, event)


def ground(painter: QPainter, row: QRect, selected: bool, hovered: bool, widget: QWidget) -> None:
    """The ground of a whole row from edge to edge."""
    theme = theme_of(widget)
    if selected:
        painter.fillRect(row, QColor(theme.accent_soft))
        painter.fillRect(QRect(0, row.top(), 3, row.height()), QColor(theme.accent))
    elif hovered:
        painter.fillRect(row, QColor(theme.hover))
