"""The futures editor: what could happen, how likely it is, and what it changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from prodlead_desktop.domain import futures, numerals, removal
from prodlead_desktop.domain.entities import Future, Shift
from prodlead_desktop.ui.list_box import ID, ListBox
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.fields import ChoiceField, LongTextField, NumberField, ShareField, TextField
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import EmptyState

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

SIZE, ITEM = (1040, 680, 280), 38
ABOUT = (
    "A future is what could happen, whatever we choose. It changes effects, costs, baselines or assumptions; "
    "every scenario is then looked at in every future. A probability may stay unknown."
)
HOLDS = ((True, "holds"), (False, "does not hold"))


class FuturesBox(ListBox):
    """At the left every future, at the right the chosen one."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session, "Futures", SIZE, ABOUT)
        self.list.setAccessibleName("Futures")
        self.sum = Label("", "label", "text2", wrap=True)
        self.name = TextField("Name")
        self.probability = ShareField("Probability", placeholder="Unknown")
        self.note = LongTextField("What happens", lines=2)
        self.shifts = QVBoxLayout()
        self.shifts.setSpacing(10)
        self.rows: dict[str, ShiftRow] = {}
        add = Button("Future", "outline", "plus")
        add.setAccessibleName("Add a future")
        self.change = Button("Add a change", "outline", "plus")
        self.change.menu_mark = True
        self.nothing = Label("It changes nothing yet.", "body", "text2")
        self.offer(
            add,
            "Move up",
            "Move down",
            "Delete this future",
            EmptyState(
                "split",
                "Add what could happen",
                "For instance “A rival gives seats away”: effects on growth × 0.6.",
                ("Add a future", self._add),
            ),
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.left.addWidget(self.sum)
        first = QHBoxLayout()
        first.setSpacing(14)
        first.addWidget(self.name, 3)
        first.addWidget(self.probability, 1)
        self.right.setSpacing(12)
        self.right.addLayout(first)
        self.right.addWidget(self.note)
        self.right.addWidget(Label("What it changes", "strong"))
        self.right.addWidget(self.nothing)
        self.right.addLayout(self.shifts)
        self.right.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.right.addStretch(1)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.up.clicked.connect(lambda: self.edit("Move future", futures.move, -1))
        self.down.clicked.connect(lambda: self.edit("Move future", futures.move, 1))
        self.remove.clicked.connect(self._remove)
        self.change.clicked.connect(self._pop)
        self.name.changed.connect(lambda value: self.edit("Rename future", futures.rename, value or ""))
        self.probability.changed.connect(
            lambda value: self.edit("Change probability", futures.set_probability, value)
        )
        self.note.changed.connect(lambda value: self.edit("Change what happens", _set_note, value))

    # -- showing

    def follow(self) -> None:
        """Show the futures as they are now."""
        every = self.session.strategy.ordered(Future)
        self.sum.setText(self._sum_words())
        self.list_rows([self._item(future) for future in every], self.chosen_id)

    def _item(self, future: Future) -> QListWidgetItem:
        chance = "?" if future.probability is None else numerals.percent(future.probability, 1)
        item = QListWidgetItem(f"{future.name or 'Untitled'}  ·  {chance}")
        item.setData(ID, future.id)
        item.setSizeHint(QSize(0, ITEM))
        return item

    def _sum_words(self) -> str:
        total, unknown = futures.total_probability(self.session.strategy)
        said = f"Probabilities add up to {numerals.percent(total, 1)}"
        if unknown:
            return f"{said}, {unknown} unknown."
        if abs(total - 1) < 1e-9:
            return f"{said}."
        if abs(total - 1) <= futures.MAY_BE_ROUNDED:
            return f"{said}, not 100 %: they are scaled."
        hint = " Add the future in which nothing special happens." if total < 1 else ""
        return f"{said}, not 100 %: until they do, nothing is averaged over futures.{hint}"

    def _show_chosen(self) -> None:
        strategy = self.session.strategy
        future = strategy.find(Future, self.chosen_id)
        if future is None:
            return
        self.name.set_value(future.name)
        self.probability.set_value(future.probability)
        self.note.set_value(future.note)
        found = strategy.by(Shift, "future", future.id)
        for gone in set(self.rows) - {shift.id for shift in found}:
            self.rows.pop(gone).deleteLater()
        for number, shift in enumerate(found):
            if shift.id not in self.rows:
                self.rows[shift.id] = ShiftRow(self, shift)
                self.shifts.insertWidget(number, self.rows[shift.id])
            self.rows[shift.id].show_shift(shift)
        self.nothing.setVisible(not found)
        free = self.enable_tools()
        for part in (
            self.change,
            self.name.editor,
            self.probability.editor,
            self.note.editor,
            *self.rows.values(),
        ):
            part.setEnabled(free)

    # -- editing

    def _add(self) -> None:
        def work() -> None:
            with self.session.edit("Add future") as edit:
                added = futures.create(edit)
            self.choose(added)
            self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.editor.selectAll()  # type: ignore[attr-defined]

        self.attempt(work)

    def _remove(self) -> None:
        future = self.session.strategy.find(Future, self.chosen_id)
        if future is not None:
            self.edit(f"Delete “{future.name}”", lambda edit, _: removal.remove(edit, future))

    def _pop(self) -> None:
        menu = QMenu(self)
        for what, words in futures.WHATS.items():
            menu.addAction(words, partial(self.edit, "Add a change", futures.add_shift, what))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))


def _set_note(edit: Any, future: str, value: str | None) -> None:
    from prodlead_desktop.domain import rows

    rows.set_value(edit, Future, future, "note", value)


class ShiftRow(QWidget):
    """One change: what, of which card, times how much or to which value; the sentence it makes below it."""

    def __init__(self, box: FuturesBox, shift: Shift) -> None:
        super().__init__()
        self._box, self._shift = box, shift
        what = shift.what or "costs"
        self.of = ChoiceField(f"{futures.WHATS[what]} of", ())
        self.on = ChoiceField("On", ())
        self.factor = NumberField("Times")
        self.value = NumberField("Becomes")
        self.holds = ChoiceField("It", HOLDS)
        self.words = Label("", "label", "text2", wrap=True)
        delete = IconButton("x", "Delete this change")
        delete.clicked.connect(self._delete)
        fields = {
            "costs": (self.of, self.factor), "effects": (self.of, self.on, self.factor),
            "baseline": (self.of, self.value), "assumption": (self.of, self.holds),
        }[what]  # fmt: skip
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for field in fields:
            line.addWidget(field, 1 if field in (self.factor, self.value, self.holds) else 2)
        line.addWidget(delete, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.words)
        for field, name in (
            (self.of, "node"), (self.on, "outcome"), (self.factor, "factor"), (self.value, "value"),
            (self.holds, "holds"),
        ):  # fmt: skip
            field.changed.connect(partial(self._set, name))

    def show_shift(self, shift: Shift) -> None:
        """Show its values as they are now."""
        strategy, what = self._box.session.strategy, shift.what or "costs"
        found = [(node.id, node.title or "Untitled") for node in futures.candidates(strategy, what)]
        every = [(None, "all initiatives")] if what in ("costs", "effects") else []
        outcomes = [(node.id, node.title or "Untitled") for node in futures.candidates(strategy, "baseline")]
        named = {choice for choice, _ in found}
        if shift.node is not None and shift.node not in named and what == "effects":
            found += [choice for choice in outcomes if choice[0] == shift.node]
        self.of.set_choices([*every, *found], shift.node)
        self.on.set_choices([(None, "every outcome"), *outcomes], shift.outcome)
        self.factor.set_value(shift.factor)
        self.value.set_value(shift.value)
        self.holds.set_value(shift.holds)
        self.words.setText(futures.in_words(strategy, shift))

    def _set(self, field: str, value: Any) -> None:
        def work() -> None:
            with self._box.session.edit("Change what a future changes") as edit:
                futures.set_shift(edit, self._shift.id, field, value)

        self._box.attempt(work)

    def _delete(self) -> None:
        def work() -> None:
            with self._box.session.edit("Delete a change") as edit:
                removal.remove(edit, edit.get(Shift, self._shift.id))

        self._box.attempt(work)
