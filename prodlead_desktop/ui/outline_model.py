"""The tree of the strategy as an item model that follows every ChangeSet row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
MOST_STEPS = 200  # beyond, one reset is quicker than row by row
ROOT_FLAGS = Qt.ItemFlag.ItemIsDropEnabled
ROW_FLAGS = (
    ROOT_FLAGS
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
)
ID_ROLE = int(Qt.ItemDataRole.UserRole)


class OutlineModel(QAbstractItemModel):
    """Rows are the nodes of the map; what it holds is only where each row is, the words come from the strategy."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._children: dict[str | None, list[str]] = {}
        self._parent: dict[str, str | None] = {}
        self._rows: dict[str | None, dict[str, int]] = {}
        self._load()
        session.changed.connect(self._follow)

    # -- the Qt interface

    # A tree view asks for every open row whenever rows come or go, so these four are as short as can be.

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        below = self._children.get(self._ids[parent.internalId()] if parent.isValid() else None)
        if below is None or column or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[below[row]])

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return (self._ids[parent.internalId()] if parent.isValid() else None) in self._children

    def parent(self, index: Index) -> QModelIndex:
        node_id = self.node(index)
        return self.index_of(self._parent.get(node_id)) if node_id is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children.get(self._ids[parent.internalId()] if parent.isValid() else None, ()))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        node_id = self.node(index)
        node = self._session.strategy.find(Node, node_id)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title or kind(node.kind).hint or kind(node.kind).title
        if role == Qt.ItemDataRole.EditRole:
            return node.title
        if role == ID_ROLE:
            return node_id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{kind(node.kind).title}: {node.title}"
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        node_id = self.node(index)
        title = one_line(str(value))
        node = self._session.strategy.find(Node, node_id)
        if node is None or role != Qt.ItemDataRole.EditRole or not title:
            return False
        return title == node.title or self._session.attempt(lambda: self.rename(node.id, title))

    def rename(self, node_id: str, title: str, group: str | None = None) -> None:
        """One edit that gives a node another title."""
        with self._session.edit(f"Rename “{title[:40]}”", group) as edit:
            nodes.rename(edit, node_id, title)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return ROW_FLAGS if index.isValid() else ROOT_FLAGS

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [carrying.BRANCH]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [node_id for node_id in map(self.node, indexes) if node_id is not None]
        return carrying.mime_of(self._session, carrying.tops(self._session, ids))

    # -- ids and places

    def node(self, index: Index) -> str | None:
        """The node id of an index; None for the invisible root."""
        return self._ids[index.internalId()] if index.isValid() else None

    def index_of(self, node_id: str | None) -> QModelIndex:
        """The index of a node; invalid for None and for nodes that are not shown."""
        if node_id is None or node_id not in self._parent:
            return QModelIndex()
        return self.createIndex(self._row(node_id), 0, self._numbers[node_id])

    def ranges(self, ids: Iterable[str]) -> QItemSelection:
        """The rows of these nodes, neighbours together: a view is slow with thousands of single ones."""
        rows: dict[str | None, list[int]] = {}
        for node_id in ids:
            if node_id in self._parent:
                rows.setdefault(self._parent[node_id], []).append(self._row(node_id))
        found = QItemSelection()
        for parent, places in rows.items():
            above = self.index_of(parent)
            places.sort()
            start = last = places[0]
            for place in (*places[1:], None):
                if place is None or place != last + 1:
                    found.append(QItemSelectionRange(self.index(start, 0, above), self.index(last, 0, above)))
                    start = place or 0
                last = place or 0
        return found

    def depth(self, node_id: str) -> int:
        """1 at the top level."""
        count, above = 1, self._parent.get(node_id)
        while above is not None:
            count, above = count + 1, self._parent.get(above)
        return count

    def ids(self) -> list[str]:
        """Every node that has a row."""
        return list(self._parent)

    def count(self) -> int:
        """How many nodes there are."""
        return len(self._parent)

    def before(self, under: str | None, row: int) -> str | None:
        """The child of a node that stands in a row; None behind the last one."""
        below = self._children.get(under, [])
        return below[row] if 0 <= row < len(below) else None

    def move(self, ids: Sequence[str], under: str | None, row: int) -> bool:
        """One edit that puts nodes under another node before its ``row``-th child (-1 = last)."""
        before = self.before(under, row)

        def work() -> None:
            words = "Move card" if len(ids) == 1 else f"Move {len(ids)} cards"
            with self._session.edit(words) as edit:
                nodes.move(edit, ids, under, before)

        return self._session.attempt(work)

    def _number(self, node_id: str) -> None:
        """Give a node the number that its indexes carry; it keeps it for as long as the model lives."""
        if node_id not in self._numbers:
            self._numbers[node_id] = len(self._ids)
            self._ids.append(node_id)

    def _row(self, node_id: str) -> int:
        above = self._parent[node_id]
        rows = self._rows.get(above)
        if rows is None:
            rows = self._rows[above] = {child: row for row, child in enumerate(self._children[above])}
        return rows[node_id]

    # -- following the strategy

    def _load(self) -> None:
        self._children, self._parent, self._rows = {}, {}, {}
        for node in tree.preorder(self._session.strategy):
            self._children.setdefault(node.parent, []).append(node.id)
            self._parent[node.id] = node.parent
            self._number(node.id)

    def _reset(self) -> None:
        self.beginResetModel()
        self._load()
        self.endResetModel()

    def _follow(self, changes: ChangeSet) -> None:
        ours = [change for change in changes if change.table == "node"]
        placed = [change for change in ours if is_placed_anew(change)]
        if len(placed) > MOST_STEPS:
            self._reset()
            return
        if placed and not self._step_through(placed):
            self._reset()
            return
        if len(ours) > MOST_STEPS:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))  # repaints every row
            return
        for change in ours:
            if change.before is not None and change.after is not None:
                index = self.index_of(change.id)
                self.dataChanged.emit(index, index)

    def _step_through(self, placed: list[Change]) -> bool:
        """Insert, move and remove until the rows are those of the strategy; False when that needs a reset."""
        strategy = self._session.strategy
        waiting = [change.id for change in placed if change.after is not None]
        while waiting:
            late = [node_id for node_id in waiting if not self._place(node_id)]
            if len(late) == len(waiting):
                return False
            waiting = late
        gone = {change.id for change in placed if change.after is None}
        for node_id in gone:
            if node_id in self._parent and self._parent[node_id] not in gone:
                self._take_out(node_id)
        parents = {
            getattr(side, "parent", None)
            for change in placed
            for side in (change.before, change.after)
            if side
        }
        for parent in parents:
            if parent is None or parent in self._parent:
                self._put_in_order(parent, [node.id for node in tree.children(strategy, parent)])
        return True

    def _place(self, node_id: str) -> bool:
        """Insert or move one node to where the strategy has it; False when its new parent is not there yet."""
        under = self._session.strategy.get(Node, node_id).parent
        if under is not None and (under not in self._parent or self._is_within(under, node_id)):
            return False
        if node_id not in self._parent:
            row = self._row_for(node_id, under)
            self.beginInsertRows(self.index_of(under), row, row)
            self._link(node_id, under, row)
            self.endInsertRows()
        elif self._parent[node_id] != under:
            self._move(node_id, under, self._row_for(node_id, under))
        return True

    def _row_for(self, node_id: str, under: str | None) -> int:
        """The row after the nearest sibling before it that is already shown."""
        shown = self._children.get(under, [])
        place = {child: row for row, child in enumerate(shown)}
        row = 0
        for sibling in tree.children(self._session.strategy, under):
            if sibling.id == node_id:
                break
            row = max(row, place.get(sibling.id, -1) + 1)
        return row

    def _move(self, node_id: str, under: str | None, row: int) -> None:
        above, here = self._parent[node_id], self._row(node_id)
        target = row + 1 if above == under and row > here else row
        if not self.beginMoveRows(self.index_of(above), here, here, self.index_of(under), target):
            return
        self._unlink(node_id)
        self._link(node_id, under, row)
        self.endMoveRows()

    def _put_in_order(self, parent: str | None, wanted: Iterable[str]) -> None:
        for row, node_id in enumerate(wanted):
            if self._children[parent][row] != node_id:
                self._move(node_id, parent, row)

    def _take_out(self, node_id: str) -> None:
        row = self._row(node_id)
        self.beginRemoveRows(self.index_of(self._parent[node_id]), row, row)
        self._unlink(node_id)
        doomed = [node_id]
        while doomed:
            last = doomed.pop()
            doomed.extend(self._children.pop(last, ()))
            self._rows.pop(last, None)
            self._parent.pop(last, None)
        self.endRemoveRows()

    def _link(self, node_id: str, under: str | None, row: int) -> None:
        self._number(node_id)
        self._children.setdefault(under, []).insert(row, node_id)
        self._parent[node_id] = under
        self._rows.pop(under, None)

    def _unlink(self, node_id: str) -> None:
        above = self._parent[node_id]
        self._children[above].remove(node_id)
        self._rows.pop(above, None)
        if not self._children[above]:
            del self._children[above]

    def _is_within(self, node_id: str | None, top: str) -> bool:
        while node_id is not None:
            if node_id == top:
                return True
            node_id = self._parent.get(node_id)
        return False


def is_placed_anew(change: Change) -> bool:
    """Whether a change of a node added, removed or moved it."""
    before, after = change.before, change.after
    if not isinstance(before, Node) or not isinstance(after, Node):
        return True
    return (before.parent, before.order) != (after.parent, after.order)
