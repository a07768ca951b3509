"""The target wishes of a scenario in its box of rules: how far outcomes are wished to come, typed and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals, scenarios
from prodlead_desktop.domain.entities import Node, Wish
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.offers import offers_of
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.chooser import Chooser, Option
from prodlead_desktop.ui.style.fields import LabelledField, ValueField, decimal_sign
from prodlead_desktop.ui.style.labels import Label

if TYPE_CHECKING:
    from prodlead_desktop.ui.session import Session

ABOUT = (
    "How far an outcome should come, of its way from baseline to target. The best plan keeps wishes as far as the "
    "rules allow before it looks for value, and says what they cost."
)
TARGET = 1.0  # what a new wish asks for
WIDE = 150
Edit = Callable[..., None]  # label, verb, values after the scenario


class WayField(ValueField):
    """A share of the way from baseline to target, typed and shown as a percentage; more than 100 % is beyond it."""

    def __init__(self, label: str) -> None:
        def read(words: str) -> float:
            share = numerals.parse_number(words, decimal_sign()) / 100.0
            scenarios.check_wish(share)
            return share

        super().__init__(label, read, lambda share: numerals.percent(share, 1))


class WishList(QWidget):
    """A row for every wish, and a field that adds one on another outcome."""

    def __init__(self, session: Session, edit: Edit) -> None:
        super().__init__()
        self._session, self._edit = session, edit
        self.rows: dict[str, WishRow] = {}  # by outcome
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.new = Chooser(self._offers, "outcome", "Type the name of an outcome")
        self.new.chosen.connect(self._add)
        self.add = LabelledField("Add a wish on", self.new)
        self.new.refused.connect(self.add.say)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label("Target wishes", "strong"))
        column.addWidget(Label(ABOUT, "label", "text2", wrap=True))
        column.addLayout(self._lines)
        column.addWidget(self.add)

    def follow(self, strategy: Strategy, scenario: str, closed: bool) -> None:
        """Show the wishes of a scenario as they are now; rows that stay are kept."""
        found = {wish.outcome: wish for wish in strategy.by(Wish, "scenario", scenario)}
        names = {outcome: wording.node_words(strategy.get(Node, outcome)) for outcome in found}
        order = sorted(found, key=lambda outcome: (names[outcome].casefold(), outcome))
        for gone in set(self.rows) - set(found):
            self._take_away(self.rows.pop(gone))
        for at, outcome in enumerate(order):
            if outcome not in self.rows:
                self.rows[outcome] = WishRow(outcome, self._edit)
            if self._lines.indexOf(self.rows[outcome]) != at:
                self._lines.insertWidget(at, self.rows[outcome])
                self.rows[outcome].show()
            self.rows[outcome].show_wish(strategy.get(Node, outcome), found[outcome], closed)
        self.new.setEnabled(not closed)

    def _take_away(self, row: WishRow) -> None:
        if row.isAncestorOf(self.focusWidget() or self):
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)  # what has the keyboard goes with its row
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _offers(self) -> list[Option]:
        """Every outcome without a wish."""
        found = offers_of("node", ("outcome",)).options(self._session.strategy, self._session.theme)
        return [option for option in found if option.id not in self.rows]

    def _add(self, outcome: object) -> None:
        if not isinstance(outcome, str):
            return
        self.add.say("")
        self.new.show_option(None)
        self._edit("Add wish", scenarios.set_wish, outcome, TARGET)
        row = self.rows.get(outcome)
        if row is not None:
            row.share.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            row.share.editor.selectAll()  # type: ignore[attr-defined]


class WishRow(QWidget):
    """One outcome, the share of its way, what that is in its own unit, and a button that takes the wish back."""

    def __init__(self, outcome: str, edit: Edit) -> None:
        super().__init__()
        self.title, self.note = Label("", "body", wrap=True), Label("", "label", "text2", wrap=True)
        self.share = WayField("Of the way")
        self.share.setFixedWidth(WIDE)
        self.remove = IconButton("x", "Remove this wish")
        self.share.changed.connect(
            lambda share: edit(
                "Remove wish" if share is None else "Change wish", scenarios.set_wish, outcome, share
            )
        )
        self.remove.clicked.connect(lambda: edit("Remove wish", scenarios.set_wish, outcome, None))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addLayout(words, 1)
        line.addWidget(self.share, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(line)
        whole.addLayout(LabelledField.messages_of(self.share, align=Qt.AlignmentFlag.AlignRight))

    def show_wish(self, node: Node, wish: Wish, closed: bool) -> None:
        """Show its values as they are now."""
        name = wording.node_words(node)
        self.title.setText(name)
        self.note.setText(in_its_unit(node, wish.attainment or 0.0))
        if not self.share.message:  # what was refused stays as it was typed
            self.share.set_value(wish.attainment)
        self.share.editor.setAccessibleName(f"{name}, share of the way")
        self.remove.setAccessibleName(f"Remove the wish on {name}")
        for part in (self.share.editor, self.remove):
            part.setEnabled(not closed)


def in_its_unit(node: Node, share: float) -> str:
    """What a share of an outcome's way is in its own unit, or why a wish on it is left out."""
    data = node.data
    assert isinstance(data, OutcomeData)
    ends = (("baseline", data.baseline), ("target", data.target))
    missing = [word for word, value in ends if value is None]
    if data.baseline is None or data.target is None:
        return f"Left out as long as its {' and its '.join(missing)} {'are' if len(missing) > 1 else 'is'} unknown."
    if data.baseline == data.target:
        return "Left out: its target is its baseline, so that there is no way to go."
    there = data.baseline + share * (data.target - data.baseline)
    end, wished = (wording.with_unit(numerals.number(value, 2), data.unit) for value in (data.target, there))
    return f"{wished}, on the way from {numerals.number(data.baseline, 2)} to {end}."
