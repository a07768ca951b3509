"""The beginning of what an import would make, as a small tree of cards."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

Index = QModelIndex | QPersistentModelIndex
KIND = Qt.ItemDataRole.UserRole + 1
HAS_NOTE = Qt.ItemDataRole.UserRole + 2
MOST = 300  # rows; more would not be read
ICON, TEXT = 14, 13.0


class ImportPreview(QTreeView):
    """The first cards of an import with their kinds."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Rows(self))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setAccessibleName("The first cards")
        self.viewport().setAutoFillBackground(False)

    def show_cards(self, strategy: Strategy, ids: tuple[str, ...]) -> None:
        """Show the first of these nodes, each below its parent."""
        self._rows.clear()
        made: dict[str, QStandardItem] = {}
        for node_id in ids[:MOST]:
            node = strategy.get(Node, node_id)
            item = made[node_id] = QStandardItem(node.title or "Untitled")
            item.setData(node.kind, KIND)
            item.setData(bool(node.note), HAS_NOTE)
            noted = ", with a note" if node.note else ""
            item.setData(f"{kind(node.kind).title}: {item.text()}{noted}", Qt.ItemDataRole.AccessibleTextRole)
            above = made.get(node.parent or "")
            (above if above is not None else self._rows.invisibleRootItem()).appendRow(item)
        if len(ids) > MOST:
            self._rows.appendRow(QStandardItem(f"and {numerals.number(len(ids) - MOST)} more"))
        self.expandAll()
        if ids:
            self.setCurrentIndex(self._rows.index(0, 0))

    def titles(self) -> list[str]:
        """What is shown at the top level."""
        return [self._rows.item(row).text() for row in range(self._rows.rowCount())]


class _Rows(QStyledItemDelegate):
    """Kind icon in the kind's colour, title, a mark for a note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, WINDOW.outline_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        widget: QWidget | None = option.widget
        if widget is None:
            return
        theme, rect, name = theme_of(widget), QRectF(option.rect), index.data(KIND)
        painter.save()
        left = rect.left() + 2
        if name:
            style = theme.kinds.get(name) or theme.kinds["note"]
            icons.draw(
                painter, style.icon, QRectF(left, rect.center().y() - ICON / 2, ICON, ICON), style.stroke
            )
            left += ICON + 7
        words = str(index.data() or "")
        room = rect.right() - left - 8
        if index.data(HAS_NOTE):
            room -= ICON + 6
            taken = min(room, paint.width_of(words, font(TEXT)) + 8)
            place = QRectF(left + taken, rect.center().y() - 6, 12, 12)
            icons.draw(painter, "sticky-note", place, theme.text3)
        area = QRectF(left, rect.top(), room, rect.height())
        paint.text(painter, area, words, font(TEXT), theme.text if name else theme.text2)
        painter.restore()
