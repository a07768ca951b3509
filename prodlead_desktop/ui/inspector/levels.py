"""The funding levels of an initiative as a small table: name, cost, share of the effect; add and remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import initiatives, numerals, scenarios
from prodlead_desktop.domain.entities import Level, Node
from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.cell import Cell
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.inspector.question import Question
from prodlead_desktop.ui.inspector.table_cell import TableCell, TableHead
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.fields import decimal_sign
from prodlead_desktop.ui.style.labels import Divider, Label

NAME, COST, SHARE = 10, 11, 8
NOTHING = "nothing"


class LevelsTable(QWidget):
    """Rows that edit in place; removing a level in use asks what its scenarios take instead."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._initiative: str | None = None
        self.rows: list[LevelRow] = []
        self._none = Label("No level yet: nothing can be funded.", "label", "text3", wrap=True)
        self._none.setContentsMargins(6, 8, 0, 4)
        self.add = Button("Add level", "ghost", "plus")
        self.add.clicked.connect(self._add)
        self.question = Question()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TableHead(("Level", NAME, False), ("Cost", COST, True), ("Share, %", SHARE, True)))
        column.addLayout(self._lines)
        column.addWidget(self._none)
        column.addWidget(self.question)
        column.addWidget(self.add)

    def bind(self, initiative: str) -> None:
        """Show another initiative."""
        if initiative != self._initiative:
            self.flush()
            self._initiative = initiative
            self.question.close_it()
        self.refresh()

    def refresh(self) -> None:
        """Follow the document: rows that stay are kept, so that typing in one goes on."""
        strategy = self._session.strategy
        there = initiatives.levels(strategy, self._initiative) if self._initiative else ()
        if [level.id for level in there] != [row.level_id for row in self.rows]:
            self._rebuild([level.id for level in there])
        for row in self.rows:
            row.refresh()
            row.compare(there)
        self._none.setVisible(not there)
        self.add.setEnabled(self._session.document.read_only is None)

    def flush(self) -> bool:
        """Write what is typed."""
        refused = [row for row in self.rows if not row.flush()]
        return not refused

    def _rebuild(self, wanted: list[str]) -> None:
        kept = {row.level_id: row for row in self.rows if row.level_id in wanted}
        for row in self.rows:
            self._lines.removeWidget(row)
            if row.level_id not in wanted:
                row.hide()
                row.deleteLater()
        self.rows = [kept.get(level) or LevelRow(self._session, level, self._remove) for level in wanted]
        for row in self.rows:
            self._lines.addWidget(row)
            row.show()

    def _add(self) -> None:
        initiative = str(self._initiative)

        def work() -> None:
            with self._session.edit("Add level") as edit:
                initiatives.add_level(edit, initiative)

        if self._session.attempt(work) and self.rows:
            self.rows[-1].cost.setFocus()

    def _remove(self, level_id: str) -> None:
        strategy = self._session.strategy
        level = strategy.get(Level, level_id)
        used = initiatives.users_of_level(strategy, level_id)
        if not used:
            self._session.attempt(lambda: self._take_away(level_id, ""))
            return
        others = [other for other in initiatives.levels(strategy, level.initiative) if other.id != level_id]
        currency = strategy.header.currency
        choices = [(NOTHING, "None, €0".replace("€0", numerals.money(0, currency)))]
        choices += [
            (other.id, f"{other.name}, {wording.money_short(other.cost, currency)}") for other in others
        ]
        count = wording.count(len({row.scenario for row in used}), "scenario funds", "scenarios fund")
        self.question.ask(
            f"{count} “{level.name}”. They take instead:",
            choices,
            "Remove",
            lambda chosen: self._session.attempt(lambda: self._take_away(level_id, chosen)),
        )

    def _take_away(self, level_id: str, replacement: str) -> None:
        self.add.setFocus()  # the button that has the keyboard goes with its row
        with self._session.edit("Remove level") as edit:
            level = edit.get(Level, level_id)
            if replacement == NOTHING:
                for used in initiatives.users_of_level(edit, level_id):
                    scenarios.set_level(edit, used.scenario, level.initiative, None)
            kept = replacement if replacement not in ("", NOTHING) else None
            initiatives.remove_level(edit, level_id, kept)


class LevelRow(QWidget):
    """One level: three cells and the button that removes it."""

    def __init__(self, session: Session, level_id: str, remove: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self.level_id = level_id
        self.name = TableCell("Name of a level")
        self.cost = TableCell("Cost", number=True, strong=True)
        self.share = TableCell("Share of the effect, %", number=True)
        self._problems: dict[str, str] = {}
        self._hint = ""  # what was taken, and may be a slip
        self._problem = Label("", "label", "text2", wrap=True)
        self._problem.setContentsMargins(6, 0, 0, 6)
        self._problem.hide()
        self.remove = IconButton("x", "Remove this level", 14)
        self.remove.clicked.connect(lambda: remove(self.level_id))
        self._cells = [self._bound(cell, name) for cell, name in self._parts()]
        self._lay_out()

    def _parts(self) -> tuple[tuple[TableCell, str], ...]:
        return (self.name, "name"), (self.cost, "cost"), (self.share, "share")

    def _bound(self, editor: TableCell, name: str) -> tuple[Cell, LiveText]:
        cell = Cell(self._session, Level, wording.field_of(Level, name))
        cell.row_id = self.level_id
        read: Callable[[str], Any] = cell.read
        show: Callable[[Any], str] = cell.show
        if name == "share":
            read, show = _read_share(cell), _show_share
        elif name == "name":
            read = _read_name

        def say(message: str) -> None:
            editor.set_refused(bool(message))
            self._problems[name] = message
            editor.setAccessibleDescription(message or (self._hint if name == "cost" else ""))
            self._tell()

        text = cell.field.type is FieldType.TEXT
        live = LiveText(editor, read, show, cell.write, say, live=text)
        live.reset(cell.value)
        return cell, live

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        for part, stretch in ((self.name, NAME), (self.cost, COST), (self.share, SHARE)):
            row.addWidget(part, stretch)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(Divider())

    def refresh(self) -> None:
        """Follow the document."""
        level = self._session.strategy.find(Level, self.level_id)
        if level is None:
            return
        node = self._session.strategy.find(Node, level.initiative)
        locked = self._session.document.read_only is not None or node is None
        for cell, live in self._cells:
            live.show(cell.value)
        for part, _ in self._parts():
            part.setReadOnly(locked)
        self.cost.setAccessibleName(f"Cost of {level.name}")
        self.share.setAccessibleName(f"Share of the effect at {level.name}, %")
        self.remove.setAccessibleName(f"Remove the level {level.name}")
        self.remove.setEnabled(not locked)

    def compare(self, levels: Sequence[Level]) -> None:
        """Say when the level costs less than one before it; the order of levels is that of their money."""
        at = [level.id for level in levels].index(self.level_id)
        self.name.setAccessibleName(f"Name of level {at + 1} of {len(levels)}")
        cost, currency = levels[at].cost, self._session.strategy.header.currency
        more = [(one.cost or 0, one.name) for one in levels[:at] if cost is not None]
        most, name = max(more, default=(0, ""))
        self._hint = ""
        if cost is not None and most > cost:
            self._hint = f"Less than “{name}” above it, {wording.money_short(most, currency)}."
        if not self._problems.get("cost"):
            self.cost.setAccessibleDescription(self._hint)
        self._tell()

    def _tell(self) -> None:
        told = [*self._problems.values(), self._hint]
        self._problem.setText("\n".join(words for words in told if words))
        self._problem.setVisible(any(told))

    def flush(self) -> bool:
        """Write what is typed."""
        if self._session.strategy.find(Level, self.level_id) is None:
            return True
        refused = [live for _, live in self._cells if not live.commit()]
        return not refused


def _read_share(cell: Cell) -> Callable[[str], float | None]:
    def read(text: str) -> float | None:
        bare = text.strip()
        if bare in ("", wording.UNKNOWN):
            return None
        value = numerals.parse_number(bare, decimal_sign()) / 100
        return float(cell.checked(value))

    return read


def _show_share(value: float | None) -> str:
    return wording.figure(round(value * 100, 10), decimal_sign()) if value is not None else ""


def _read_name(text: str) -> str:
    if not text.strip():
        raise BadInput("A level needs a name.")
    return text
