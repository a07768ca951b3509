"""The tree of the strategy as an item model that follows every ChangeSet row by row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kind, title_or_hint
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
MOST_STEPS = 200  # beyond, one reset is quicker than row by row
ID_ROLE = int(Qt.ItemDataRole.UserRole)


class Row(QStandardItem):
    """One row: where it is, Qt knows; what it says is in the strategy."""

    def __init__(self, node: str) -> None:
        super().__init__(0, 1)
        self.node = node


class OutlineModel(QStandardItemModel):
    """Rows are the nodes of the map; they hold their places alone, the words come from the strategy.

    A tree view asks for every open row whenever rows come or go. It asks Qt's own items, not Python, so that this
    costs a hundredth of a second with thousands of rows.
    """

    rebuilt = Signal()  # every row is another one
    arrived = Signal()  # rows that came late are there

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(0, 1, parent)
        self._session = session
        self.moving = False  # rows are taken out only to be put in elsewhere
        self._items: dict[str, Row] = {}
        self._children: dict[str | None, list[str]] = {}
        self._parent: dict[str, str | None] = {}
        self._late: ChangeSet | None = None  # so many rows that they come in a turn of their own
        self._load()
        session.changed.connect(self._follow)

    # -- the Qt interface

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        node_id = self.node(index)
        node = self._session.strategy.find(Node, node_id)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_or_hint(node.title, node.kind)
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
        item = self.itemFromIndex(index) if index.isValid() else None
        return item.node if isinstance(item, Row) else None

    def index_of(self, node_id: str | None) -> QModelIndex:
        """The index of a node; invalid for None and for nodes that are not shown."""
        item = self._items.get(node_id) if node_id is not None else None
        return item.index() if item is not None else QModelIndex()

    def ranges(self, ids: Iterable[str]) -> QItemSelection:
        """The rows of these nodes, neighbours together: a view is slow with thousands of single ones."""
        rows: dict[str | None, list[int]] = {}
        for node_id in ids:
            if node_id in self._parent:
                rows.setdefault(self._parent[node_id], []).append(self._items[node_id].row())
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

    def below(self, index: Index) -> list[str]:
        """A row and all below it, by their nodes."""
        found = [node_id for node_id in (self.node(index),) if node_id is not None]
        for node_id in found:  # grows while it runs
            found += self._children.get(node_id, ())
        return found

    def ids(self) -> list[str]:
        """Every node that has a row."""
        return list(self._parent)

    def families(self) -> list[str]:
        """Every node that has rows below it, parents first."""
        return [node_id for node_id in self._children if node_id is not None]

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

    # -- following the strategy

    def _load(self) -> None:
        self._children, self._parent, self._items = {}, {}, {}
        nodes_of = self._session.strategy.all(Node)
        self._put_in(None, 0, [node.id for node in tree.children(self._session.strategy, None)], nodes_of)

    def _reset(self) -> None:
        root = self.invisibleRootItem()
        self.moving = True
        while root.rowCount():
            _drop(root.takeRow(0))
        self.moving = False
        self._load()
        self.rebuilt.emit()

    def _follow(self, changes: ChangeSet) -> None:
        turns = self._session.turns
        if turns.holds(self.catch_up):
            self._late = None  # the rows are to be read anew
        elif turns.spread and sum(change.before is None for change in changes) > MOST_STEPS:
            self._late = changes
            turns.later(self.catch_up)
        else:
            self._take(changes)

    def catch_up(self) -> None:
        """Bring in what was left for a turn of its own."""
        late, self._late = self._late, None
        if late is None:
            self._reset()
        else:
            self._take(late)
            self.arrived.emit()

    def _take(self, changes: ChangeSet) -> None:
        ours = [change for change in changes if change.table == "node"]
        placed = [change for change in ours if is_placed_anew(change)]
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
        there = [change.id for change in placed if change.after is not None]
        new = {node_id for node_id in there if node_id not in self._parent}
        parent_of = {node_id: self._session.strategy.get(Node, node_id).parent for node_id in there}
        tops = [node_id for node_id in there if node_id in new and parent_of[node_id] not in new]
        late = [
            node_id for node_id in there if node_id not in new and self._parent[node_id] != parent_of[node_id]
        ]
        gone = {change.id for change in placed if change.after is None}
        cut = [node_id for node_id in gone if self._parent.get(node_id) not in gone]
        if len(tops) + len(late) + len(cut) > MOST_STEPS:
            return False
        for node_id in tops:
            if parent_of[node_id] is not None and parent_of[node_id] not in self._parent:
                return False
            self._put_in(parent_of[node_id], self._row_for(node_id, parent_of[node_id]), [node_id], new)
        while late:
            waiting = [node_id for node_id in late if not self._place(node_id, parent_of[node_id])]
            if len(waiting) == len(late):
                return False
            late = waiting
        for node_id in gone:
            if node_id in self._parent and self._parent[node_id] not in gone:
                self._take_out(node_id)
        sides = (side for change in placed for side in (change.before, change.after))
        parents = {side.parent for side in sides if isinstance(side, Node)}
        return all(
            self._put_in_order(parent) for parent in parents if parent is None or parent in self._parent
        )

    def _put_in(self, under: str | None, row: int, node_ids: list[str], new: Collection[str]) -> None:
        """Insert nodes with those below them that are `new` too, as whole branches: views hear of it once."""
        strategy, tops = self._session.strategy, node_ids
        families = [(under, node_ids)]
        for _, siblings in families:  # grows while it runs
            for node_id in siblings:
                self._items[node_id] = Row(node_id)
                below = [node.id for node in tree.children(strategy, node_id) if node.id in new]
                if below:
                    families.append((node_id, below))
        for parent, siblings in families[1:]:
            self._items[str(parent)].appendRows([self._items[node_id] for node_id in siblings])
            self._children[parent] = siblings.copy()
            self._parent.update(dict.fromkeys(siblings, parent))
        self._children.setdefault(under, [])[row:row] = tops
        self._parent.update(dict.fromkeys(tops, under))
        self._item(under).insertRows(row, [self._items[node_id] for node_id in tops])

    def _item(self, node_id: str | None) -> QStandardItem:
        return self._items[node_id] if node_id is not None else self.invisibleRootItem()

    def _place(self, node_id: str, under: str | None) -> bool:
        """Move one node to where the strategy has it; False when its new parent is not there yet."""
        if under is not None and (under not in self._parent or self._is_within(under, node_id)):
            return False
        self._move(node_id, under, self._row_for(node_id, under))
        return True

    def _row_for(self, node_id: str, under: str | None) -> int:
        """The row after the nearest sibling before it that is already shown."""
        place = {child: row for row, child in enumerate(self._children.get(under, ()))}
        row = 0
        for sibling in tree.children(self._session.strategy, under):
            if sibling.id == node_id:
                break
            row = max(row, place.get(sibling.id, -1) + 1)
        return row

    def _move(self, node_id: str, under: str | None, row: int) -> None:
        """Take a row out and put it in as the `row`-th of those that are there then."""
        self.moving = True
        taken = self._unlink(node_id)
        self._children.setdefault(under, []).insert(row, node_id)
        self._parent[node_id] = under
        self._item(under).insertRows(row, taken)
        self.moving = False

    def _put_in_order(self, parent: str | None) -> bool:
        """Bring the rows below a node into the strategy's order with as few moves as possible."""
        wanted = [node.id for node in tree.children(self._session.strategy, parent)]
        shown = self._children.get(parent, [])
        if wanted == shown:
            return True
        place = {node_id: row for row, node_id in enumerate(wanted)}
        staying = _longest_rising([place[node_id] for node_id in shown if node_id in place])
        if len(wanted) != len(shown) or len(wanted) - len(staying) > MOST_STEPS:
            return False
        for row, node_id in enumerate(wanted):
            if row not in staying:
                rest = [other for other in shown if other != node_id]
                self._move(node_id, parent, rest.index(wanted[row - 1]) + 1 if row else 0)
        return True

    def _take_out(self, node_id: str) -> None:
        taken = self._unlink(node_id)
        doomed = [node_id]
        for last in doomed:  # grows while it runs
            doomed += self._children.pop(last, ())
            del self._parent[last], self._items[last]
        _drop(taken)

    def _unlink(self, node_id: str) -> list[QStandardItem]:
        above = self._parent[node_id]
        siblings = self._children[above]
        row = siblings.index(node_id)
        del siblings[row]
        if not siblings:
            del self._children[above]
        return self._item(above).takeRow(row)

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


def _drop(taken: list[QStandardItem]) -> None:
    """Free rows that were taken out, with all below them: nobody else does."""
    for item in taken:
        shiboken6.delete(item)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of a longest subsequence that rises: what may stay where it is when the rest is sorted in."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
