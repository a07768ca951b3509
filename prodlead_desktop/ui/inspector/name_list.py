"""A list of rows that need no more than a name: pools, teams, people; added, renamed and removed in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import removal, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPEC_OF, Entity, Pool
from prodlead_desktop.domain.pools import free_colour
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.cell import Cell
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.inspector.question import Question
from prodlead_desktop.ui.inspector.table_cell import TableCell
from prodlead_desktop.ui.session import Notice, Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of


class NameList(QWidget):
    """The rows of one table in order, and a field that adds the next one with Enter or when it is left."""

    def __init__(self, session: Session, table: str) -> None:
        super().__init__()
        self._session, self._spec = session, SPEC_OF[table]
        self.rows: list[NameRow] = []
        word = self._spec.title.lower()
        self.title = Label(self._spec.plural.capitalize(), "strong")
        self.new = LineEdit("", f"Add a {word}")
        self.new.setAccessibleName(f"Add a {word}")
        self.new.editingFinished.connect(self._add)
        self.question = Question()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(self._lines)
        column.addWidget(self.question)
        column.addWidget(self.new)

    def refresh(self) -> None:
        """Follow the document: rows that stay are kept."""
        wanted = [row.id for row in self._session.strategy.ordered(self._spec.cls)]
        if wanted != [row.row_id for row in self.rows]:
            self._rebuild(wanted)
        for row in self.rows:
            row.refresh()
        self.new.setEnabled(self._session.document.read_only is None)

    def flush(self) -> bool:
        """Write what is typed."""
        self._add()
        refused = [row for row in self.rows if not row.flush()]
        return not refused

    def _rebuild(self, wanted: list[str]) -> None:
        kept = {row.row_id: row for row in self.rows if row.row_id in wanted}
        for row in self.rows:
            self._lines.removeWidget(row)
            if row.row_id not in wanted:
                row.hide()
                row.deleteLater()
        made = [kept.get(row_id) or NameRow(self._session, self._spec.cls, row_id) for row_id in wanted]
        for row in made:
            if row.row_id not in kept:
                row.remove.clicked.connect(lambda _=False, gone=row.row_id: self._ask(gone))
            self._lines.addWidget(row)
            row.show()
        self.rows = made

    def _add(self) -> None:
        name = one_line(self.new.text())
        if not name:
            return

        def work() -> None:
            with self._session.edit(f"Add {self._spec.title.lower()} “{name}”") as edit:
                colour = {"colour": free_colour(edit)} if self._spec.cls is Pool else {}
                rows.add(edit, self._spec.cls, name=name, **colour)

        self.new.setText(
            ""
        )  # first, since it is left again while this goes on; unlike clear() nothing to undo here
        if not self._session.attempt(work):
            self.new.setText(name)

    def _ask(self, row_id: str) -> None:
        strategy = self._session.strategy
        name = wording.name_of(strategy, self._spec.table, row_id)
        hangs_on = consequences(self._session, self._spec.cls, row_id)
        if not hangs_on:
            self._remove(row_id)
            return
        self.question.ask(f"Remove “{name}”? {hangs_on}", (), "Remove", lambda _: self._remove(row_id))

    def _remove(self, row_id: str) -> None:
        name = wording.name_of(self._session.strategy, self._spec.table, row_id)
        self.new.setFocus()  # the button that has the keyboard goes with its row

        def work() -> None:
            with self._session.edit(f"Remove {self._spec.title.lower()} “{name}”") as edit:
                removal.remove(edit, edit.get(self._spec.cls, row_id))

        if self._session.attempt(work):
            undo = ("Undo", self._session.undo)
            self._session.notice.emit(Notice(f"Removed “{name}”.", "info", (undo,), toast=True))


def consequences(session: Session, cls: type[Entity], row_id: str) -> str:
    """What removing a row clears and takes with it, in words; empty when nothing hangs on it."""
    trial = Edit(session.strategy)
    removal.remove(trial, trial.get(cls, row_id))
    _, changes = trial.result()
    cleared: dict[str, int] = {}
    gone: dict[str, int] = {}
    for change in changes:
        if change.id != row_id:
            counted = gone if change.after is None else cleared
            counted[change.table] = counted.get(change.table, 0) + 1
    parts = []
    if cleared:
        parts.append(f"It is cleared from {_counted(cleared)}.")
    if gone:
        parts.append(f"{_counted(gone).capitalize()} {'go' if sum(gone.values()) > 1 else 'goes'} with it.")
    return " ".join(parts)


def _counted(numbers: dict[str, int]) -> str:
    words = []
    for table, number in numbers.items():
        one = "card" if table == "node" else SPEC_OF[table].title.lower()
        words.append(wording.count(number, one))
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


class NameRow(QWidget):
    """One name that edits in place; a pool has its colour before it."""

    def __init__(self, session: Session, cls: type[Entity], row_id: str) -> None:
        super().__init__()
        self._session, self.row_id = session, row_id
        self._cell = Cell(session, cls, wording.field_of(cls, "name"))
        self._cell.row_id = row_id
        self.name = TableCell("Name")
        self.remove = IconButton("x", "Remove", 14)
        self._problem = Label("", "label", "text2", wrap=True)
        self._problem.hide()
        self._swatch = Swatch() if cls is Pool else None
        self.live = LiveText(self.name, self._read, self._cell.show, self._cell.write, self._say, live=True)
        self.live.reset(self._cell.value)
        line = QHBoxLayout()
        line.setContentsMargins(0, 1, 0, 1)
        line.setSpacing(6)
        parts: tuple[QWidget | None, ...] = (self._swatch, self.name, self.remove)
        for part in parts:
            if part is not None:
                line.addWidget(part, int(part is self.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._problem)

    def refresh(self) -> None:
        """Follow the document."""
        row = self._cell.row
        if row is None:
            return
        self.live.show(self._cell.value)
        locked = self._session.document.read_only is not None
        self.name.setReadOnly(locked)
        self.remove.setEnabled(not locked)
        name = wording.called(row)
        self.name.setAccessibleName(f"Name of {name}")
        self.remove.setAccessibleName(f"Remove {name}")
        if isinstance(row, Pool) and self._swatch is not None:
            self._swatch.set_colour(row.colour)

    def flush(self) -> bool:
        """Write what is typed."""
        return self._cell.row is None or self.live.commit()

    def _read(self, text: str) -> str:
        if not text.strip():
            raise BadInput("A name is needed.", "Remove the line instead.")
        return str(self._cell.read(text))

    def _say(self, message: str) -> None:
        self.name.set_refused(bool(message))
        self.name.setAccessibleDescription(message)
        self._problem.setText(message)
        self._problem.setVisible(bool(message))


class Swatch(QWidget):
    """The colour of a pool; its name stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = 0
        self.setFixedSize(WINDOW.icon_small, WINDOW.icon_small)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_colour(self, colour: int) -> None:
        """Show the colour of pool number ``colour``."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        paint.box(QPainter(self), QRectF(1, 1, 12, 12), 3, theme.pool(self._colour).colour)
