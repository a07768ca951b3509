"""The rows of the Allocate table for Qt's views; a change of one allocation repaints one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.listing import NO_POOL, Heading, Line, Row
from prodlead_desktop.ui.inspector import wording

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    LEVEL = 1
    SCALE = 2
    MONEY = 3
    LOCK = 4
    POOL = 5


HEADS = {
    Column.NAME: "Initiative",
    Column.LEVEL: "Level",
    Column.SCALE: "Floor, ceiling, money",
    Column.MONEY: "Money",
    Column.LOCK: "Lock",
    Column.POOL: "Pool",
}


class AllocateModel(QAbstractTableModel):
    """Lines of ``listing`` as a flat table; headings are lines too, and cannot be selected."""

    arranged = Signal()  # other lines, or another order: spans have to follow

    def __init__(self, strategy: Strategy) -> None:
        super().__init__()
        self._strategy = strategy
        self._lines: list[Line] = []
        self.most = 0  # the largest amount on the scale, minor units

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, top to bottom."""
        return self._lines

    def set_lines(self, strategy: Strategy, lines: list[Line]) -> None:
        """Show other lines; rows that only changed are repainted where they are."""
        self._strategy = strategy
        before, most = self._lines, self.most
        self.most = max(
            (line.reach for line in lines if isinstance(line, Row)),
            default=0,
        )
        if [_key(line) for line in before] != [_key(line) for line in lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            self.arranged.emit()
            return
        self._lines = lines
        for at, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new or self.most != most:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))

    def show_row(self, at: int, row: Row) -> None:
        """Show one row otherwise while its slider is pulled, and the sum of its group with it."""
        self._lines = list(self._lines)
        self._lines[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))
        above = next((n for n in range(at, -1, -1) if isinstance(self._lines[n], Heading)), None)
        heading = self._lines[above] if above is not None else None
        if above is not None and isinstance(heading, Heading):
            inside = 0
            for line in self._lines[above + 1 :]:
                if not isinstance(line, Row):
                    break
                inside += line.cost or 0
            self._lines[above] = replace(heading, placed=inside)
            self.dataChanged.emit(self.index(above, 0), self.index(above, len(Column) - 1))

    def line(self, row: int) -> Line | None:
        """The line at a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, initiative: str | None) -> int:
        """Where an initiative stands; -1 when it does not."""
        for at, line in enumerate(self._lines):
            if isinstance(line, Row) and line.id == initiative:
                return at
        return -1

    # -- Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.line(index.row()), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == Role.DisplayRole:
            return self._words(line, Column(index.column()))
        if role in (Role.AccessibleTextRole, Role.ToolTipRole) and index.column() == Column.NAME:
            return self.spoken(line)
        if role == Role.AccessibleTextRole:
            return f"{HEADS[Column(index.column())]}: {self._words(line, Column(index.column()))}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return HEADS[Column(section)]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.MONEY else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    # -- words

    def pool_name(self, row: Row) -> str:
        """The name of a row's pool."""
        pool = self._strategy.find(Pool, row.pool)
        return pool.name if pool else NO_POOL

    def money(self, row: Row) -> str:
        """A row's money in short; "€ ?" when nobody has said it."""
        return wording.money_short(row.cost, self._strategy.header.currency)

    def sum_of(self, heading: Heading) -> str:
        """A heading's money in short, with what is unknown."""
        words = wording.money_short(heading.placed, self._strategy.header.currency)
        return f"{words} + ?" if heading.unknown else words

    def spoken(self, line: Line) -> str:
        """A line in words, for screen readers and tips."""
        if isinstance(line, Heading):
            return f"{line.name}, {wording.count(line.count, 'initiative')}, {self.sum_of(line)}"
        parts = [line.title or wording.UNTITLED, line.level_name, self.money(line), self.pool_name(line)]
        currency = self._strategy.header.currency
        parts += [f"at least {wording.money_short(line.floor, currency)}"] if line.floor is not None else []
        parts += (
            [f"at most {wording.money_short(line.ceiling, currency)}"] if line.ceiling is not None else []
        )
        parts += ["locked"] if line.locked else []
        parts += ["reaches no outcome"] if line.orphan else []
        return ", ".join(parts)

    def _words(self, line: Line, column: Column) -> str:
        if isinstance(line, Heading):
            return f"{line.name}, {wording.count(line.count, 'initiative')}" if column == Column.NAME else ""
        return {
            Column.NAME: line.title or wording.UNTITLED,
            Column.LEVEL: line.level_name,
            Column.SCALE: "",
            Column.MONEY: self.money(line),
            Column.LOCK: "Locked" if line.locked else "Open",
            Column.POOL: self.pool_name(line),
        }[column]


def _key(line: Line) -> str:
    return line.id if isinstance(line, Row) else f"group {line.key}"
