"""What people type and choose in: one line, several lines, a list; with the manners a form needs."""

from __future__ import annotations

import sys
from typing import Any
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QToolTip,
    QWidget,
)

from prodlead_desktop.domain.text import as_shown
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.palette import theme_of

QT_MARGIN = 2  # what a line edit of Qt leaves beside its text
_EMACS = (Qt.Key.Key_U, Qt.Key.Key_K, Qt.Key.Key_E)  # with Ctrl: delete the line, to its end, go to its end
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
        if left_to_window(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:  # nothing was typed here: the key is the window's
                event.ignore()
                return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.is_cut():
            QToolTip.showText(event.globalPos(), paint.plain_tip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """While nobody types, text that is too long ends in …, and signs that turn it round have no effect."""
        turned = as_shown(self.text()) != self.text()
        if self.hasFocus() or not (turned or self.is_cut()):
            super().paintEvent(event)
            return
        painter, option, theme = QPainter(self), QStyleOptionFrame(), theme_of(self)
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        colour = theme.text if self.isEnabled() else theme.disabled
        paint.text(painter, self._text_rect(), self.text(), self.font(), colour)

    def is_cut(self) -> bool:
        """Whether there is less room than its text, read from left to right, needs."""
        words, plain = self.text(), self.echoMode() == QLineEdit.EchoMode.Normal
        if not words or not plain or words.isspace() or self._reads_left():
            return False
        return paint.width_of(words, self.font()) > self._text_rect().width() + 0.5

    def _reads_left(self) -> bool:
        ways = (bidirectional(letter) for letter in self.text())
        return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"

    def _text_rect(self) -> QRectF:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return QRectF(room.marginsRemoved(self.textMargins())).adjusted(QT_MARGIN, 0, -QT_MARGIN, 0)

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

    def event(self, event: QEvent) -> bool:
        return left_to_window(event) or super().event(event)

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


def left_to_window(event: QEvent) -> bool:
    """Whether a key is asked for that empties or walks a line where keys are as in Emacs, as on X11: a field is to
    leave it to the window's commands, and has done so by asking."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier or event.key() not in _EMACS:
        return False
    event.ignore()
    return True


def is_alt_sign(event: QKeyEvent) -> bool:
    """Whether a key would type a sign although Alt makes it a command: AltGr and the Mac's option key type signs."""
    held = event.modifiers()
    alone = held & Qt.KeyboardModifier.AltModifier and not held & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.GroupSwitchModifier
    )
    return bool(alone) and bool(event.text()) and sys.platform != "darwin"
