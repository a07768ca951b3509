"""The rows of the Allocate table for Qt's views; a change of one allocation repaints one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.columns import NUMBERS, SORTED_BY, Column
from prodlead_desktop.ui.allocate.listing import NO_POOL, Heading, Line, Row
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.style import paint

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


HEADS = {
    Column.NAME: "Initiative",
    Column.LEVEL: "Level",
    Column.SCALE: "Floor, ceiling, money",
    Column.MONEY: "Money",
    Column.LOCK: "Lock",
    Column.CURVE: "Curve",
    Column.POOL: "Pool",
}
STRONG = 3  # so many of the best next steps are told apart
DASH = "–"


class AllocateModel(QAbstractTableModel):
    """Lines of ``listing`` as a flat table; headings are lines too, and cannot be selected."""

    arranged = Signal()  # other lines, or another order: spans have to follow

    def __init__(self, strategy: Strategy) -> None:
        super().__init__()
        self._strategy = strategy
        self._lines: list[Line] = []
        self.most = 0  # the largest amount on the scale, minor units
        self.steps: Steps | None = None  # what a little more adds, once that is computed
        self.strong: frozenset[str] = frozenset()  # the initiatives whose next step adds most
        self._since: tuple[str, Mapping[str, int | None]] | None = None

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

    def show_steps(self, steps: Steps | None) -> None:
        """Show what a little more adds; None while nobody knows."""
        self.steps = steps
        gains = {key: steps.gain(key) or 0.0 for key in steps.steps} if steps is not None else {}
        best = sorted((key for key, gain in gains.items() if gain > 0), key=lambda key: -gains[key])
        self.strong = frozenset(best[:STRONG])
        self._columns_changed(Column.CURVE, Column.NEXT)

    def compare_with(self, name: str, amounts: Mapping[str, int | None] | None) -> None:
        """Show the difference to another scenario's money; None compares with nothing."""
        self._since = None if amounts is None else (name, amounts)
        self._columns_changed(Column.SINCE, Column.SINCE)

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
            return self.spoken(line)
        if role == Role.ToolTipRole and column in (Column.NEXT, Column.CURVE) and isinstance(line, Row):
            return paint.plain_tip(self.step_words(line))
        if role == Role.AccessibleTextRole:
            return f"{self.head(column)}: {self._words(line, column)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return self.head(Column(section))
        if role == Role.ToolTipRole:
            return paint.plain_tip(self._head_tip(Column(section)))
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    # -- words

    def head(self, column: Column) -> str:
        """The words over a column."""
        if column is Column.NEXT:
            size = self.steps.size if self.steps is not None else None
            return f"Next {self._short(size)} adds" if size else "Next step adds"
        if column is Column.SINCE:
            return f"Since {self._since[0]}" if self._since else "Since"
        return HEADS[column]

    def _head_tip(self, column: Column) -> str:
        if column is Column.NEXT:
            futures = self.steps.futures if self.steps is not None else 0
            over = f"expected over {futures} futures" if futures else "as things are today"
            return f"What the next level of each initiative adds, per {self.head(column)[5:-5]}, {over}"
        return "A press sorts by it" if column in SORTED_BY else ""

    def gain(self, row: Row) -> str:
        """What the step size more would add to a row, in short: "+1.2 pts"; a dash when there is no next step."""
        if self.steps is None or row.id not in self.steps.steps:
            return ""
        gain = self.steps.gain(row.id)
        if gain is None:
            return DASH
        return self._gain_words(gain, self.steps.in_money)

    def _gain_words(self, gain: float, in_money: bool) -> str:
        sign = "+" if gain > 0 else ""
        if in_money:
            return f"{sign}{self._short(round(gain))}"
        if abs(gain) < 0.05:
            return "0 pts"
        tenths = numerals.notation().signed(f"{abs(gain):.1f}")  # one decimal always, so that points line up
        return f"{sign or numerals.MINUS}{tenths} pts"

    def step_words(self, row: Row) -> str:
        """The next step of a row in a sentence."""
        step = self.steps.steps.get(row.id) if self.steps is not None else None
        if step is None or self.steps is None:
            return "It stands at its highest known level." if self.steps is not None else ""
        adds = self._gain_words(step.gain, self.steps.in_money).lstrip("+")
        return f"{step.name or 'Money'} for {self._short(step.cost)} more adds {adds}"

    def curve(self, row: Row) -> tuple[tuple[int, float], ...]:
        """The points of a row's response curve; empty while nobody knows them."""
        return self.steps.curves.get(row.id, ()) if self.steps is not None else ()

    def since(self, row: Row) -> int | None:
        """How much more a row gets than in the scenario compared with, minor units; None when unknown."""
        before = self._since[1].get(row.id, 0) if self._since is not None else None
        return None if before is None or row.cost is None else row.cost - before

    def since_words(self, row: Row) -> str:
        """That difference in short."""
        by = self.since(row)
        if self._since is None:
            return ""
        return "?" if by is None else DASH if by == 0 else f"{'+' if by > 0 else ''}{self._short(by)}"

    def _short(self, minor: int) -> str:
        return wording.money_short(minor, self._strategy.header.currency)

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
            Column.CURVE: self.step_words(line),
            Column.NEXT: self.gain(line),
            Column.SINCE: self.since_words(line),
            Column.POOL: self.pool_name(line),
        }[column]


def _key(line: Line) -> str:
    return line.id if isinstance(line, Row) else f"group {line.key}"
