"""The tree of the outline: rows in step with the map, titles typed where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QMenu,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from prodlead_desktop.domain import tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.canvas.typing import typed
from prodlead_desktop.ui.outline_delegate import OutlineDelegate, ground
from prodlead_desktop.ui.outline_model import OutlineModel, is_placed_anew
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.turns import FRAME

Where = QAbstractItemView.DropIndicatorPosition
LEAST_TITLE = 110
ROOM_AFTER_MS = 250
CHEVRON_REACH = 10  # pixels right of the branch that still fold


@dataclass(frozen=True, slots=True)
class Fresh:
    """A card that was just added: it goes again with its edit group when it stays empty."""

    node: str
    group: str
    back_to: str | None  # where the keyboard goes on then


class OutlineView(QTreeView):
    """The tree itself: selection and folds are the session's, drag and drop moves branches."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = OutlineModel(session, self)
        self.delegate = OutlineDelegate(session, self.rows, self)
        self.menu: QMenu | None = None
        self._new: Fresh | None = None
        self._in_step = False
        self._shown_folds: frozenset[str] = frozenset()
        self._filtered = False  # rows are hidden
        self._room = _after(ROOM_AFTER_MS, self._make_room, self)
        self._scroll = _after(0, self._show_current, self)
        self._set_up()
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self._unfold_all()
        self._make_room()
        self._take_selection()
        for signal in (session.changed, session.view_changed):
            signal.connect(self._hold)
        session.selection_changed.connect(self._follow_selection)
        session.view_changed.connect(self._take_folds)
        session.view_changed.connect(self._take_filter)
        session.changed.connect(self._after_changes)
        self.selectionModel().selectionChanged.connect(self._give_selection)
        self.selectionModel().currentChanged.connect(lambda *_: self._give_selection())
        self.expanded.connect(lambda index: self._give_fold(index, False))
        self.collapsed.connect(lambda index: self._give_fold(index, True))
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.viewport().update())  # cut at the edge
        self.rows.rebuilt.connect(self._after_reset)
        self.rows.arrived.connect(self._after_arrival)
        self.rows.rowsInserted.connect(self._unfold_new)

    def _set_up(self) -> None:
        self.setAccessibleName("Outline")
        self.setProperty("own_focus", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setAutoScroll(False)
        self.setIndentation(12)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setStretchLastSection(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    # -- selection and folds, both ways

    def _give_selection(self, *_: object) -> None:
        if self._in_step or self.rows.moving:
            return
        chosen = [self.rows.node(index) for index in self.selectionModel().selectedIndexes()]
        current = self.rows.node(self.currentIndex())
        ids = [node_id for node_id in chosen if node_id is not None and node_id != current]
        if current is not None and current in chosen:
            ids.append(current)
        self._in_step = True
        self._session.select(*ids)
        self._in_step = False
        self._scroll_soon()

    def _follow_selection(self) -> None:
        """In a large document in a turn of its own, as Qt lays all rows out for it; not while the keyboard is here."""
        if self._session.turns.spread and not self.hasFocus():
            self._session.turns.later(self._take_selection)
        else:
            self._take_selection()

    def _take_selection(self) -> None:
        if self._in_step:
            return
        self._in_step = True
        wanted = self.rows.ranges(self._session.selected)
        model = self.selectionModel()
        model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        current = self.rows.index_of(self._session.current)
        model.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._in_step = False
        self._scroll_soon()

    def _scroll_soon(self) -> None:
        if self._session.turns.spread:
            self._session.turns.later(self._show_current)
        else:
            self._scroll.start()

    def _hold(self, *_: object) -> None:
        """In a large document rows are painted in a turn of their own, after the map's frame."""
        if self._session.turns.spread:
            self.viewport().setUpdatesEnabled(False)
            self._session.turns.later(self._let_go)

    def _let_go(self) -> object:
        self.viewport().setUpdatesEnabled(True)
        return FRAME

    def _show_current(self) -> None:
        """Scroll to the current row, in a deep tree sideways too; after the map's frame, since it lays rows out."""
        index = self.rows.index_of(self._session.current)
        if not index.isValid():
            return
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        bar, left = self.horizontalScrollBar(), self.visualRect(index).left()
        if left < 0 or left > self.viewport().width() - LEAST_TITLE:
            bar.setValue(bar.value() + left - 4 * self.indentation())

    def _make_room(self) -> None:
        """The deepest title keeps some room; a shallow tree needs no bar."""
        depth = tree.deepest(self._session.strategy)
        self.header().setMinimumSectionSize(depth * self.indentation() + LEAST_TITLE)

    def _give_fold(self, index: QModelIndex, folded: bool) -> None:
        node_id = self.rows.node(index)
        if self._in_step or node_id is None:
            return
        before = self._session.folded
        self._session.set_folded(before | {node_id} if folded else before - {node_id})

    def _take_folds(self) -> None:
        folded = self._session.folded
        self._in_step = True
        for node_id in folded ^ self._shown_folds:
            self.setExpanded(self.rows.index_of(node_id), node_id not in folded)
        self._shown_folds = folded
        self._in_step = False

    def _take_filter(self) -> None:
        """Hide the rows that the map hides; rows that only step back are painted so."""
        shown = self._session.narrowing.shown
        if shown is not None or self._filtered:
            for node_id in self.rows.ids():
                index = self.rows.index_of(node_id)
                self.setRowHidden(index.row(), index.parent(), shown is not None and node_id not in shown)
        self._filtered = shown is not None
        self.viewport().update()

    def _unfold_all(self) -> None:
        """Every row that has others below it, but the folded ones; Qt keeps an eye on each whenever rows go."""
        self._in_step = True
        self._shown_folds = self._session.folded
        self.scheduleDelayedItemsLayout()  # once, not row by row
        for node_id in self.rows.families():
            self.setExpanded(self.rows.index_of(node_id), node_id not in self._shown_folds)
        self._in_step = False

    def _unfold_new(self, parent: QModelIndex, first: int, last: int) -> None:
        """Rows that came show with all below them, unless a row is folded."""
        folded, above = self._session.folded, self.rows.node(parent)
        self._in_step = True
        if above is not None and above not in folded:
            self.setExpanded(parent, True)
        for row in range(first, last + 1):
            top = self.rows.index(row, 0, parent)
            if self.rows.hasChildren(top):
                self.expandRecursively(top)
                for node_id in folded.intersection(self.rows.below(top)):
                    self.setExpanded(self.rows.index_of(node_id), False)
        self._in_step = False

    def _after_reset(self) -> None:
        self._unfold_all()
        self._take_filter()
        self._take_selection()

    def _after_arrival(self) -> None:
        self._take_filter()
        self._take_selection()

    def _after_changes(self, changes: ChangeSet) -> None:
        if self._session.narrowing.filter:
            self._take_filter()
        if changes.ids("node"):
            self._room.start()
            if any(is_placed_anew(change) for change in changes if change.table == "node"):
                self._follow_selection()

    # -- typing a title

    def begin_edit(self, node_id: str, text: str | None = None, new: Fresh | None = None) -> None:
        """Open the editor in a row: at the end of the title, or with ``text`` in its place."""
        self._session.turns.finish(self.rows.catch_up)
        index = self.rows.index_of(node_id)
        if index.isValid():
            self._new = new
            only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, only)  # Ctrl of Ctrl+Enter may still be held
            self.delegate.fresh = new is not None
            self.edit(index)
            if self.delegate.editor is not None:
                self.delegate.editor.setText(self.delegate.editor.text() if text is None else text)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.delegate.editor, self.delegate.fresh = None, False
        new, self._new = self._new, None
        node = self._session.strategy.find(Node, new.node) if new else None
        if new and node is not None and not node.title:
            out = self.delegate.steps_out and node.parent is not None
            back_to = node.parent if out else new.back_to or node.parent
            self._session.attempt(lambda: self._session.document.withdraw(new.group))
            if back_to is not None:
                self._session.select(back_to)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_typing(self, text: str) -> None:
        """Type over the current title."""
        node_id = self.rows.node(self.currentIndex())

        def work() -> None:
            self._session.document.require_writable()
            if node_id is not None:
                self.begin_edit(node_id, text)

        self._session.attempt(work)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter starts typing, as on the map."""
        if typed(event):
            self._begin_typing(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composed text starts typing; Qt keeps the keyboard here until it is whole and passes it on."""
        if self.delegate.editor is None:
            if not (event.preeditString() or event.commitString()):
                return
            if not self._session.attempt(self._session.document.require_writable):
                return
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        super().inputMethodEvent(event)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    # -- painting and the mouse

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        rect = option.rect
        row = QRect(0, rect.top(), self.viewport().width(), rect.height())
        hovered = self.underMouse() and row.contains(self.viewport().mapFromGlobal(self.cursor().pos()))
        ground(painter, row, self.selectionModel().isSelected(index), hovered, self)
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        if not self.rows.hasChildren(index):
            return
        theme = theme_of(self)
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        icons.draw(painter, name, QRectF(rect.right() - 4, rect.center().y() - 6, 12, 12), theme.line2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        left = self.visualRect(index).left()
        if index.isValid() and event.position().x() < left + CHEVRON_REACH and self.rows.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        node_id = self.rows.node(index)
        if node_id is not None and event.position().x() >= self.visualRect(index).left() + CHEVRON_REACH:
            self.begin_edit(node_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is not None:
            self.menu.popup(event.globalPos())

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Scroll at the edges while something is dragged; else the rows are scrolled to by ``_show_current``."""
        self.setAutoScroll(True)
        super().startDrag(actions)
        self.setAutoScroll(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move what was dragged, or copy it when it is from elsewhere; the rows follow the ChangeSet, not the drag."""
        index = self.indexAt(event.position().toPoint())
        target = self.rows.node(index)
        where = self.dropIndicatorPosition()
        under: str | None = None
        row = -1
        if target is not None and where == Where.OnItem:
            under = target
        elif target is not None and where != Where.OnViewport:
            under = self.rows.node(index.parent())
            row = index.row() + (1 if where == Where.BelowItem else 0)
        copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

        def work() -> None:
            text = carrying.branch_in(event.mimeData())
            if text is not None:
                carrying.drop(self._session, text, under, self.rows.before(under, row), copy)

        self._session.attempt(work)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)


def _after(delay_ms: int, work: Callable[[], object], owner: QObject) -> QTimer:
    """A timer that does something once, some time after the last start."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(delay_ms)
    timer.timeout.connect(work)
    return timer
