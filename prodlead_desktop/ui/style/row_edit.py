"""Text typed in a row of an outline or a table, where it stands."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

from prodlead_desktop.domain.fields import TITLE_LIMIT
from prodlead_desktop.ui.style.fonts import font

Index = QModelIndex | QPersistentModelIndex


def row_edit(parent: QWidget, name: str, px: float, indent: int) -> QLineEdit:
    """A line without a frame; ``indent``: from its edge to the text, in pixels."""
    editor = QLineEdit(parent)
    editor.setMaxLength(TITLE_LIMIT)
    editor.setFont(font(px))
    editor.setAccessibleName(name)
    editor.setTextMargins(indent, 0, indent, 0)
    editor.setProperty("in_row", True)
    return editor


class RowEditing(QStyledItemDelegate):
    """Hands a text to its editor, chosen whole, and back to the model."""

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
