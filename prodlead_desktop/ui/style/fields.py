"""Labelled fields that read what people type and refuse in words, keeping what was typed."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.text import many_lines, one_line
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of

Deadline = tuple[datetime.date, str]
LABEL_ROOM = 230  # a longer label takes a second line instead of widening its column
LEAST_WIDTH = 44  # a field may get this narrow before its column grows


class LineEdit(QLineEdit):
    """One line of text; Esc brings back what was there when the keyboard came or Enter was last pressed."""

    escaped = Signal()

    def __init__(self, words: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setFont(role_font("field"))
        self.setPlaceholderText(placeholder)
        self.setProperty("radius", WINDOW.field_radius)
        self.setTextMargins(WINDOW.field_padding - 2, 0, WINDOW.field_padding - 2, 0)
        self._at_entry = words
        self.gave_up = False  # whether the last Esc took back something typed

    def setText(self, text: str) -> None:
        """Show other text from its beginning, unless somebody types here."""
        super().setText(text)
        self._at_entry = self.text()
        if not self.hasFocus():
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._at_entry = self.text()
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:  # nothing was typed here: the key belongs to the window
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_alt_sign(event):
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape:
            typed = self.text()
            self.setText(self._at_entry)
            self.escaped.emit()
            self.gave_up = self.text() != typed
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._at_entry = self.text()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def set_refused(self, refused: bool) -> None:
        """Show or take away the red border."""
        self.setProperty("refused", refused)
        self.update()


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

    def lend_message(self) -> QWidget:
        """The place of the reason, for a row of narrow fields that shows it over its whole width."""
        self.layout().removeWidget(self._message)  # type: ignore[union-attr]
        return self._message

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


class Combo(QComboBox):
    """A drop-down field that the wheel does not change while people scroll past it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(role_font("field"))
        self.setProperty("radius", WINDOW.field_radius)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: Any) -> None:
        event.ignore() if not self.hasFocus() else super().wheelEvent(event)


class TextBox(QPlainTextEdit):
    """A text area as high as its text."""

    left = Signal()
    escaped = Signal()

    def __init__(self, lines: int, placeholder: str) -> None:
        super().__init__()
        self._lines = lines
        self.setFont(role_font("field"))
        self.hint = placeholder  # painted here: Qt would let a long one run into the border
        self.setTabChangesFocus(True)
        self.setProperty("radius", WINDOW.field_radius)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(WINDOW.field_padding - 2)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._fit)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self.viewport()), theme_of(self)
        on, typing = self.isEnabled(), self.hasFocus()
        line = theme.accent if typing else theme.line2 if on else theme.line
        fill = theme.surface if on else theme.sunken
        rect = QRectF(self.viewport().rect())
        line = theme.err.mark if self.property("refused") else line
        paint.box(painter, rect, WINDOW.field_radius, fill, line, 1.5 if typing else 1.0)
        if not self.toPlainText():
            side = self.document().documentMargin()
            painter.setPen(QColor(theme.text3))
            painter.setFont(self.font())
            painter.drawText(rect.adjusted(side, side, -side, 0), Qt.TextFlag.TextWordWrap, self.hint)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_alt_sign(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            typed = self.toPlainText()
            self.escaped.emit()
            event.setAccepted(self.toPlainText() != typed)  # else it means what the field stands in
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        layout, block = self.document().documentLayout(), self.document().begin()
        text = 0.0
        while block.isValid():
            text += layout.blockBoundingRect(block).height()
            block = block.next()
        margin = self.document().documentMargin()  # the first block's rectangle holds the upper one
        least = self._lines * self.fontMetrics().lineSpacing() + margin
        self.setFixedHeight(self._bounded(round(max(text, least) + margin) + 2))

    def _bounded(self, height: int) -> int:
        """The height to take for a text that needs ``height``."""
        return height


def is_alt_sign(event: QKeyEvent) -> bool:
    """Whether a key would type a sign although Alt makes it a command: AltGr and the Mac's option key type signs."""
    held = event.modifiers()
    alone = held & Qt.KeyboardModifier.AltModifier and not held & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.GroupSwitchModifier
    )
    return bool(alone) and bool(event.text()) and sys.platform != "darwin"


def decimal_sign() -> str:
    """The decimal sign that is typed and shown."""
    return numerals.notation().decimal
