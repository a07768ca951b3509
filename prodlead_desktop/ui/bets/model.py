"""The bets for Qt's views: rows in map order or sorted, cells from the strategy, and what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from prodlead_desktop.domain import bets, fields, nodes, numerals, tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.bets.columns import Column, columns
from prodlead_desktop.ui.bets.filling import Filled, Refused, fill
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint

Place = tuple[str, str]  # an initiative and a column
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
NEW = "Type a title to add a bet"
LATER = "What is still red when the window closes goes into the note of its card."
TOUCHED = frozenset("node level effect pool team person header".split())


class BetsModel(QAbstractTableModel):
    """One row per initiative and a last one for the next."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.columns: tuple[Column, ...] = columns()
        self._named = {column.name: column for column in self.columns}
        self.ids: list[str] = []
        self.refused: dict[Place, Refused] = {}
        self._cause: dict[Place, tuple[int | None, str]] = {}  # its step, and what the cell really said then
        self.sorted_by: tuple[str, bool] | None = None  # column and whether it falls
        self.ids = self._wanted()
        session.changed.connect(self._follow)
        session.view_changed.connect(self._arrange)
        session.leaving.connect(self._put_away)

    # -- rows

    def node_at(self, row: int) -> Node | None:
        """The initiative in a row; None in the last one."""
        node_id = self.ids[row] if 0 <= row < len(self.ids) else None
        return self._session.strategy.find(Node, node_id)

    def row_of(self, node_id: str | None) -> int:
        """Where an initiative stands; -1 when it does not."""
        return self.ids.index(node_id) if node_id in self.ids else -1

    def sort_by(self, column: int) -> None:
        """Sort by a column, then the other way round, then in map order again."""
        name = self.columns[column].name
        if self.sorted_by is None or self.sorted_by[0] != name:
            self.sorted_by = (name, False)
        else:
            self.sorted_by = None if self.sorted_by[1] else (name, True)
        self._arrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _wanted(self) -> list[str]:
        """The bets of the branch that is shown and that a filter leaves, in order."""
        session, strategy = self._session, self._session.strategy
        narrowing = session.narrowing
        found = bets.bets(strategy)
        if session.root is not None:
            found = [node for node in found if tree.is_within(strategy, node.id, session.root)]
        if narrowing.filter:
            found = [node for node in found if narrowing.in_front(node.id)]
        if self.sorted_by is not None:
            column = next(column for column in self.columns if column.name == self.sorted_by[0])
            keyed = [(column.sort_key(strategy, node), node) for node in found]
            keyed.sort(key=lambda item: item[0], reverse=self.sorted_by[1])
            keyed.sort(key=lambda item: item[0][0])  # what is unknown stays last
            found = [node for _, node in keyed]
        return [node.id for node in found]

    def _arrange(self) -> None:
        wanted = self._wanted()
        if wanted != self.ids:
            self._become(wanted)

    def _follow(self, changes: ChangeSet) -> None:
        if not changes.tables() & TOUCHED:
            return
        self._let_go(self._outdated())
        wanted = self._wanted()
        if self.sorted_by is not None:  # typing does not move rows away from under the hands
            there = set(wanted)
            kept = [node_id for node_id in self.ids if node_id in there]
            wanted = kept + [node_id for node_id in wanted if node_id not in set(kept)]
        self._become(wanted)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids), len(self.columns) - 1))

    def _outdated(self) -> list[Place]:
        """Where a refused text is not of today any more: its step was undone, or the cell says something new."""
        history = self._session.document.history
        steps = {step for step, _ in self._cause.values() if step is not None}
        undone = {step for step in steps if not history.is_done(step)}
        return [
            place
            for place, (step, said) in self._cause.items()
            if step in undone or self._typed(place) != said
        ]

    def _typed(self, place: Place) -> str | None:
        """What a cell says in the strategy; None when its row is gone."""
        node = self._session.strategy.find(Node, place[0])
        return self._named[place[1]].typed(self._session.strategy, node) if node is not None else None

    def _let_go(self, places: Iterable[Place]) -> bool:
        """Give up refused texts; says whether there were any."""
        gone = [place for place in places if self.refused.pop(place, None) is not None]
        for place in gone:
            del self._cause[place]
        return bool(gone)

    def _become(self, wanted: list[str]) -> None:
        """Other rows; new ones are put between, so that an open editor stays, anything else is a reset."""
        there = set(self.ids)
        if [node_id for node_id in wanted if node_id in there] != self.ids:
            self.beginResetModel()
            self.ids = wanted
            self.endResetModel()
            return
        for row, node_id in enumerate(wanted):
            if node_id not in there:
                self.beginInsertRows(NOWHERE, row, row)
                self.ids.insert(row, node_id)
                self.endInsertRows()

    # -- Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids) + 1

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        read_only = self._session.document.read_only is not None
        new = index.row() == len(self.ids) and index.column() > 0
        return flags if read_only or new else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        node, column = self.node_at(index.row()), self.columns[index.column()]
        if node is None:
            new = index.column() == 0 and role in (Role.DisplayRole, Role.AccessibleTextRole)
            return NEW if new and self._session.document.read_only is None else None
        refused = self.refused.get((node.id, column.name))
        if role in (Role.DisplayRole, Role.EditRole) and refused is not None:
            return refused.text
        reader = self._session.strategy
        if role == Role.DisplayRole:
            return column.shown(reader, node)
        if role == Role.EditRole:
            return column.typed(reader, node)
        doubt = refused.reason if refused is not None else column.doubt(reader, node)
        if role == Role.ToolTipRole:
            if refused is not None:
                return paint.plain_tip(f"{doubt} {LATER}")
            return paint.plain_tip(doubt or column.source(reader, node) or column.shown(reader, node))
        if role == Role.AccessibleTextRole:
            words = refused.text if refused is not None else column.shown(reader, node) or "unknown"
            more = doubt or column.source(reader, node)
            return f"{column.title}: {words}{', ' + more if more else ''}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role in (Role.DisplayRole, Role.AccessibleTextRole):
            column = self.columns[section]
            return (
                f"{column.title}, {column.unit}" if column.unit and role != Role.DisplayRole else column.title
            )
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """One cell as one edit; what is refused stays in the cell with the reason."""
        node, column, text = self.node_at(index.row()), self.columns[index.column()], str(value)
        if role != Role.EditRole or (node is None and not text.strip()):
            return False
        fresh = node is not None and (node.id, column.name) not in self.refused
        if fresh and node is not None and text == column.typed(self._session.strategy, node):
            return True
        label = f"Change {column.title}" if node is not None else "Add initiative"
        filled = self.put([node.id if node else None], [{column.name: text}], label)
        if node is not None:
            self._warn(node, column)
        return filled is not None and not filled.refused

    def _warn(self, node: Node, column: Column) -> None:
        """Say why what was typed looks wrong, until it does not."""

        def doubt() -> str:
            now = self._session.strategy.find(Node, node.id)
            return column.doubt(self._session.strategy, now) if now is not None else ""

        if doubt():
            words = f"“{node.title}”: {doubt()}"
            self._session.notice.emit(
                Notice(words, "warn", key=f"bets {node.id}", holds=lambda: bool(doubt()))
            )

    def put(self, targets: list[str | None], block: list[dict[str, str]], label: str) -> Filled | None:
        """A block of texts as one edit; None when the document may not be edited."""
        filled: Filled | None = None
        before = self._session.strategy

        def work() -> None:
            nonlocal filled
            with self._session.edit(label) as edit:
                filled = fill(edit, targets, block, self.columns, self._session.root)

        if not self._session.attempt(work) or filled is None:
            return None
        self._let_go(
            (target, name) for target, texts in zip(targets, block, strict=True) if target for name in texts
        )
        self.refused |= filled.refused
        step = self._session.document.last_step if self._session.strategy is not before else None
        self._cause |= {place: (step, self._typed(place) or "") for place in filled.refused}
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids), len(self.columns) - 1))
        return filled

    def give_up(self, index: Index) -> Callable[[], None] | None:
        """Take a refused text out of its cell; returns what puts it back. None when there is none."""
        node = self.node_at(index.row())
        place = (node.id if node else "", self.columns[index.column()].name)
        refused, cause = self.refused.get(place), self._cause.get(place)
        if refused is None or cause is None:
            return None
        self._let_go([place])
        self._show_refused()

        def put_back() -> None:
            if self._typed(place) == cause[1] and place not in self.refused:
                self.refused[place], self._cause[place] = refused, cause
                self._show_refused()

        return put_back

    def _show_refused(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids), len(self.columns) - 1))
        self._session.settled.emit()

    def _put_away(self) -> None:
        """The window closes: what is still refused goes into the notes of its cards, as where cells become cards."""
        lines: dict[str, list[str]] = {}
        for column in self.columns:
            for node_id, name in self.refused:
                text = self.refused[node_id, name].text.strip()
                if name == column.name and text and self._session.strategy.find(Node, node_id):
                    lines.setdefault(node_id, []).append(f"{column.title}: {text}")
        if lines and self._session.attempt(lambda: self._note(lines)):
            self._let_go(list(self.refused))
            self._show_refused()

    def _note(self, lines: dict[str, list[str]]) -> None:
        count = numerals.number(sum(map(len, lines.values())))
        with self._session.edit(f"Keep {count} refused cells in notes") as edit:
            for node_id, said in lines.items():
                had = edit.get(Node, node_id).note
                whole = "\n".join([*([had] if had else []), *said])
                nodes.set_value(edit, node_id, "note", whole[: fields.TEXT_LIMIT])
