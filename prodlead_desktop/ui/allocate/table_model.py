"""The rows of the Allocate table for Qt's views; a change of one allocation repaints one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.columns import NUMBERS, Column
from prodlead_desktop.ui.allocate.listing import Heading, Line, Row
from prodlead_desktop.ui.allocate.row_words import RowWords
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.style import paint

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


class AllocateModel(QAbstractTableModel):
    """Lines of ``listing`` as a flat table; headings are lines too, and cannot be selected."""

    arranged = Signal()  # other lines, or another order: spans have to follow

    def __init__(self, strategy: Strategy) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self.most = 0  # the largest amount on the scale, minor units
        self.words = RowWords(strategy)

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, top to bottom."""
        return self._lines

    def set_lines(self, strategy: Strategy, lines: list[Line]) -> None:
        """Show other lines; rows that only changed are repainted where they are."""
        self.words.strategy = strategy
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

    def show_steps(self, steps: Steps | None) -> None:
        """Show what a little more adds; None while nobody knows."""
        self.words.take_steps(steps)
        self._columns_changed(Column.CURVE, Column.NEXT)

    def compare_with(self, name: str, amounts: Mapping[str, int | None] | None) -> None:
        """Show the difference to another scenario's money; None compares with nothing."""
        self.words.other = None if amounts is None else (name, amounts)
        self._columns_changed(Column.SINCE, Column.SINCE)

    def leave_out(self, columns: tuple[Column, ...]) -> None:
        """There is no room for these columns: the first head says so, and every row's tip what they hold."""
        if columns != self.words.left_out:
            self.words.left_out = columns
            self._columns_changed(Column.NAME, Column.NAME)

    def _columns_changed(self, first: Column, last: Column) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, first, last)
        if self._lines:
            self.dataChanged.emit(self.index(0, first), self.index(len(self._lines) - 1, last))

    def show_row(self, at: int, row: Row) -> None:
        """Show one row otherwise while its slider is pulled, and the sum of its group with it."""
        self._lines = list(self._lines)
        self._lines[at] = row
        for first, last in (
            (Column.LEVEL, Column.MONEY),
            (Column.CURVE, Column.CURVE),
            (Column.SINCE, Column.SINCE),
        ):
            self.dataChanged.emit(self.index(at, first), self.index(at, last))
        above = next((n for n in range(at, -1, -1) if isinstance(self._lines[n], Heading)), None)
        heading = self._lines[above] if above is not None else None
        if above is not None and isinstance(heading, Heading):
            inside = 0
            for line in self._lines[above + 1 :]:
                if not isinstance(line, Row):
                    break
                inside += line.cost or 0
            self._lines[above] = replace(heading, placed=inside)
            self.dataChanged.emit(self.index(above, 0), self.index(above, 0))

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
        column = Column(index.column())
        if role in (Role.AccessibleTextRole, Role.ToolTipRole) and column == Column.NAME:
            words = self.words.spoken(line)
            return paint.plain_tip(words) if role == Role.ToolTipRole else words
        if role == Role.ToolTipRole and column in (Column.NEXT, Column.CURVE) and isinstance(line, Row):
            return paint.plain_tip(self.words.step_words(line))
        if role == Role.AccessibleTextRole:
            return f"{self.words.head(column)}: {self._words(line, column)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return self.words.head(Column(section))
        if role == Role.ToolTipRole:
            return paint.plain_tip(self.words.head_tip(Column(section)))
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _words(self, line: Line, column: Column) -> str:
        if isinstance(line, Heading):
            return f"{line.name}, {wording.count(line.count, 'initiative')}" if column == Column.NAME else ""
        return {
            Column.NAME: line.title or wording.UNTITLED,
            Column.LEVEL: line.level_name,
            Column.SCALE: "",
            Column.MONEY: self.words.money(line),
            Column.LOCK: "Locked" if line.locked else "Open",
            Column.CURVE: self.words.step_words(line),
            Column.NEXT: self.words.gain(line),
            Column.SINCE: self.words.since_words(line),
            Column.POOL: self.words.pool_name(line),
        }[column]


def _key(line: Line) -> str:
    return line.id if isinstance(line, Row) else f"group {line.key}"
