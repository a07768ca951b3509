"""Typing an amount into a row: it takes the level of that cost, or offers its two neighbours as buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals, scenarios
from prodlead_desktop.domain.entities import Level
from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.allocate import funding
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import decimal_sign
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of

Offer = tuple[str, Callable[[], object]]


class MoneyEditor(LineEdit):
    """The field over the money cell of one row; it stays until the amount fits, or Esc."""

    done = Signal(int)  # how many rows to go on: 0 stays, -1 up, 1 down

    def __init__(self, session: Session, scenario: str, initiative: str, parent: QWidget) -> None:
        super().__init__("", "€", parent)
        self._session, self.scenario, self.initiative = session, scenario, initiative
        self.setPlaceholderText("?")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(font(14, 600))
        title = wording.name_of(session.strategy, "node", initiative)
        self.setAccessibleName(f"Money for {title}")
        self.problem = Refusal(parent)
        self._over = False
        parent.window().installEventFilter(self)

    def finish(self, go_on: int = 0) -> bool:
        """Take what was typed; says whether it could be taken. What could not stays with the reason below."""
        if self._over:
            return True
        try:
            taken = self._take()
        except scenarios.NoSuchLevel as error:
            self.refuse(str(error), self._neighbours(error))
            return False
        except ProdleadError as error:
            self.refuse(str(error), ())
            return False
        if taken:
            self.leave(go_on)
        return taken

    def leave(self, go_on: int = 0) -> None:
        """Go away without taking anything."""
        if not self._over:
            self._over = True
            self.problem.hide()
            self.done.emit(go_on)

    def refuse(self, sentence: str, offers: Sequence[Offer]) -> None:
        """Say why the amount cannot be, and what can be taken instead."""
        self.set_refused(True)
        self.setAccessibleDescription(sentence)
        self.problem.show_below(self.geometry(), sentence, offers)
        before: QWidget = self
        for button in self.problem.buttons:
            QWidget.setTabOrder(before, button)
            before = button

    def _take(self) -> bool:
        currency = self._session.strategy.header.currency
        words = self.text().strip()
        if words in ("", wording.UNKNOWN):
            raise BadInput("Type an amount, or 0 for nothing.")
        amount = numerals.parse_money(words, currency, decimal_sign())
        return funding.set_amount(self._session, self.scenario, self.initiative, amount)

    def _neighbours(self, error: scenarios.NoSuchLevel) -> list[Offer]:
        """The levels below and above, nothing (None) below the least."""
        strategy, currency = self._session.strategy, self._session.strategy.header.currency
        priced = error.below is not None or error.above is not None
        wanted = [error.below] if priced else []
        wanted += [error.above] if error.above is not None else []
        offers: list[Offer] = []
        for level_id in wanted:
            level = strategy.find(Level, level_id)
            name = level.name if level else "None"
            cost = wording.money_short(level.cost if level else 0, currency)
            offers.append((f"{name}, {cost}", partial(self._choose, level_id)))
        return offers

    def _choose(self, level: str | None) -> None:
        if funding.set_level(self._session, self.scenario, self.initiative, level):
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.finish(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.finish()  # before the window asks whether everything is on disk
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.problem.isVisible():
            self.finish()


class Refusal(QWidget):
    """A raised note below the field: why the amount cannot be, and buttons for what can."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self.sentence = Label("", "label", "text", wrap=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addLayout(self._row)
        self.setFixedWidth(340)
        self.hide()

    def show_below(self, field: QRect, sentence: str, offers: Sequence[Offer]) -> None:
        """Show under a field, or above it when there is no room."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for words, act in offers:
            button = Button(words, "outline")
            button.setAccessibleName(f"Take {words}")
            button.clicked.connect(lambda _=False, act=act: act())
            self._row.insertWidget(len(self.buttons), button)
            self.buttons.append(button)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.adjustSize()
        holder = self.parentWidget()
        area = holder.rect() if holder is not None else self.rect()
        height = self.sizeHint().height()
        top = field.bottom() + 6
        if top + height > area.bottom():
            top = max(0, field.top() - 6 - height)
        left = max(8, min(field.right() - self.width(), area.right() - self.width() - 8))
        self.setGeometry(left, top, self.width(), height)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        paint.box(
            QPainter(self), QRectF(self.rect()), WINDOW.popover_radius, theme.raised, theme.err.mark, 1.5
        )
