"""Labelled fields that read what people type and refuse in words, keeping what was typed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.text import many_lines, one_line
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.inputs import Combo, LineEdit, TextBox
from prodlead_desktop.ui.style.labels import Label

Deadline = tuple[datetime.date, str]
LABEL_ROOM = 230  # a longer label takes a second line instead of widening its column


class LabelledField(QWidget):
    """A label, an editor below it and, when something was refused, the reason below that."""

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        wide = paint.width_of(label, role_font("label")) > LABEL_ROOM
        self._label = Label(label, "label", "text2", wrap=wide)
        self._label.setBuddy(editor)
        self._message = Label("", "label", "text2", wrap=True)
        self._message.hide()
        editor.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._message)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(editor)

    @property
    def message(self) -> str:
        """Why the text was refused; empty when it was not."""
        return self._message.text()

    def set_label(self, label: str) -> None:
        """Call the field something else."""
        self._label.setWordWrap(paint.width_of(label, role_font("label")) > LABEL_ROOM)
        self._label.setText(label)
        self.editor.setAccessibleName(label)

    def lend_message(self) -> Label:
        """The place of the reason, for a row of narrow fields that shows it over its whole width."""
        self.layout().removeWidget(self._message)  # type: ignore[union-attr]
        return self._message

    @staticmethod
    def messages_of(
        *fields: LabelledField, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> QVBoxLayout:
        """The reasons of fields that stand side by side, for below their row: so none moves or widens another."""
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for field in fields:
            field.lend_message().setAlignment(align)
            lines.addWidget(field.lend_message())
        return lines

    def say(self, message: str) -> None:
        """Show why something was refused; empty takes it away."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self.editor.setAccessibleDescription(message)
        if isinstance(self.editor, LineEdit):
            self.editor.set_refused(bool(message))


class ValueField(LabelledField):
    """A field of one value: text is read when the field is left or Enter is pressed, and shown in full form.

    ``changed`` carries the new value (None when the field is empty) and comes only when it differs. What cannot
    be read stays as it was typed with the reason below it; ``value`` is then still the old one.
    """

    changed = Signal(object)

    def __init__(
        self,
        label: str,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        value: Any = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._line = LineEdit(placeholder=placeholder)
        super().__init__(label, self._line, parent)
        self._read, self._show, self._value = read, show, value
        self._line.editingFinished.connect(self.commit)
        self._line.escaped.connect(self._back)
        self.set_value(value)

    @property
    def value(self) -> Any:
        """The last value that could be read; None when the field is empty."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value without telling anybody; takes away a message."""
        self._value = value
        self._shown = (
            "" if value is None else self._show(value).strip()
        )  # read again only when it was touched
        self._line.setText(self._shown)
        self.say("")

    def commit(self) -> bool:
        """Read the text now; says whether it could be read."""
        words = self._line.text().strip()
        if words == self._shown:
            self.say("")
            return True
        try:
            value = self._read(words) if words else None
        except BadInput as error:
            self.say(str(error))
            return False
        before = self._value
        self.set_value(value)
        if value != before:
            self.changed.emit(value)
        return True

    def _back(self) -> None:
        self.set_value(self._value)


class TextField(ValueField):
    """One line of text; empty is None."""

    def __init__(
        self, label: str, value: str | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, lambda words: one_line(words) or None, str, value, placeholder, parent)


class NumberField(ValueField):
    """A number as people type it, in the notation chosen in the preferences."""

    def __init__(
        self, label: str, value: float | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        def read(words: str) -> float:
            return numerals.parse_number(words, decimal_sign())

        super().__init__(label, read, numerals.number, value, placeholder, parent)


class ShareField(ValueField):
    """A share 0..1 typed and shown as a percentage."""

    def __init__(
        self, label: str, value: float | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        def read(words: str) -> float:
            return numerals.parse_share(words, decimal_sign())

        super().__init__(label, read, lambda share: numerals.percent(share, 1), value, placeholder, parent)


class MoneyField(ValueField):
    """An amount in minor units of a currency: "620k", "€1.2 M"."""

    def __init__(
        self,
        label: str,
        currency: str,
        value: int | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        def read(words: str) -> int:
            return numerals.parse_money(words, currency, decimal_sign())

        super().__init__(
            label, read, lambda minor: numerals.money(minor, currency), value, placeholder, parent
        )


class DateField(ValueField):
    """A date as precise as it is known: "Q3 2027", "Sep 2027", "30 Sep 2027"; the value is (last day, precision)."""

    def __init__(
        self, label: str, value: Deadline | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        def show(date: Deadline) -> str:
            return numerals.deadline(date[0], date[1], with_year=True)

        super().__init__(label, numerals.parse_deadline, show, value, placeholder, parent)


class LongTextField(LabelledField):
    """Several lines of text that grow with what is typed; read when the field is left."""

    changed = Signal(object)

    def __init__(
        self,
        label: str,
        value: str | None = None,
        placeholder: str = "",
        lines: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        self._box = TextBox(lines, placeholder)
        super().__init__(label, self._box, parent)
        self._value: str | None = None
        self._box.left.connect(self.commit)
        self._box.escaped.connect(lambda: self.set_value(self._value))
        self.set_value(value)

    @property
    def value(self) -> str | None:
        """The text; None when empty."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a text without telling anybody."""
        self._value = value
        if self._box.toPlainText() != (value or ""):
            self._box.setPlainText(value or "")

    def commit(self) -> None:
        """Read the text now."""
        value = many_lines(self._box.toPlainText()) or None
        before = self._value
        self._value = value
        if value != before:
            self.changed.emit(value)


class ChoiceField(LabelledField):
    """One of a few choices in a drop-down field; None shows the placeholder."""

    changed = Signal(object)

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[Any, str]],
        value: Any = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._combo = Combo()
        super().__init__(label, self._combo, parent)
        self._combo.setPlaceholderText(placeholder)
        self.set_choices(choices, value)
        self._combo.activated.connect(lambda _: self.changed.emit(self.value))

    @property
    def value(self) -> Any:
        """What is chosen; None when nothing is."""
        return self._combo.currentData() if self._combo.currentIndex() >= 0 else None

    def set_choices(self, choices: Sequence[tuple[Any, str]], value: Any = None) -> None:
        """Offer other choices as (value, words)."""
        self._combo.clear()
        for choice, words in choices:
            self._combo.addItem(words, choice)
        self.set_value(value)

    def set_value(self, value: Any) -> None:
        """Choose without telling anybody; an unknown value chooses nothing."""
        self._combo.setCurrentIndex(
            next((at for at in range(self._combo.count()) if self._combo.itemData(at) == value), -1)
        )
        self._combo.setProperty("placeholder_shown", self._combo.currentIndex() < 0)


def decimal_sign() -> str:
    """The decimal sign that is typed and shown."""
    return numerals.notation().decimal
