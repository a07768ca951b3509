"""Paints one row of the outline and edits its title in place."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.carrying import clipboard_has_cards
from prodlead_desktop.ui.outline_model import OutlineModel
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.row_edit import Index, RowEditing, row_edit

ICON_LEFT, TEXT_LEFT, TEXT_RIGHT = 15, 35, 10
ICON = 14
TEXT_PX = 12.5
_WALKS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class OutlineDelegate(RowEditing):
    """Kind icon in the kind's colour, title, the current row marked at its left edge."""

    wanted = Signal(str)  # the action that follows after the title was typed

    def __init__(self, session: Session, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._model = session, model
        self.editor: QLineEdit | None = None  # while a title is typed
        self.fresh = False  # the card in the editor was just added
        self.steps_out = False  # it was left empty by Enter in rapid capture

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
        back = node.id in self._session.narrowing.dimmed
        icons.draw(painter, style.icon, place, theme.disabled if back else style.stroke)
        strong = selected or self._model.depth(node.id) <= 2
        colour = theme.text if node.title and not back else theme.text3
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        area = rect.adjusted(TEXT_LEFT, 0, -TEXT_RIGHT, 0)
        if isinstance(option.widget, QAbstractItemView):  # a deep tree is wider than its pane
            area.setRight(min(area.right(), option.widget.viewport().width() - TEXT_RIGHT))
        paint.text(painter, area, words, font(TEXT_PX, 600 if strong else 400), colour)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = row_edit(parent, "Title", TEXT_PX, 1)
        self.editor, self.steps_out = editor, False
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(TEXT_LEFT - 4, 1, -4, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab ends the title and adds a child, Ctrl+Enter a sibling, Shift+Enter goes on in the note, as on the map.

        Up and Down stay in the one line they have: the tree would take them and walk away with the title half typed.
        """
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(editor, QLineEdit)
        ):
            if event.key() in _WALKS:
                return True
            empty = not editor.text().strip()
            stays_empty = self.fresh and empty
            cards = (
                empty
                and not self._title()
                and event.matches(QKeySequence.StandardKey.Paste)
                and clipboard_has_cards()
            )
            then = "edit.paste" if cards else self._then(event)
            if then or event.key() == Qt.Key.Key_Backtab:
                self.steps_out = cards or (stays_empty and then == "map.sibling" and self._session.rapid)
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                if then and (cards or not stays_empty):
                    self.wanted.emit(then)
                return True
        return super().eventFilter(editor, event)

    def _title(self) -> str:
        """What the card in the editor is called so far."""
        node = self._session.strategy.find(Node, self._session.current)
        return node.title if node is not None else ""

    def _then(self, event: QKeyEvent) -> str:
        """What follows the key that ends a title; empty for other keys and for a plain Enter."""
        if event.key() == Qt.Key.Key_Tab:
            return "map.child"
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return ""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return "map.note"
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return "map.sibling" if control or (self._session.rapid and self.fresh) else ""


def ground(painter: QPainter, row: QRect, selected: bool, hovered: bool, widget: QWidget) -> None:
    """The ground of a whole row from edge to edge."""
    theme = theme_of(widget)
    if selected:
        painter.fillRect(row, QColor(theme.accent_soft))
        painter.fillRect(QRect(0, row.top(), 3, row.height()), QColor(theme.accent))
    elif hovered:
        painter.fillRect(row, QColor(theme.hover))
