"""Brings what is typed into one editor to the document: on leaving and Enter, text also while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.errors import ProdleadError

REST_MS = 300
AT_LEAST_EVERY_MS = 1000
UNSET = object()
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Shift, Qt.Key.Key_Meta)
_Keys = QKeySequence.StandardKey
OWN_KEYS = (
    _Keys.Copy, _Keys.Cut, _Keys.Paste, _Keys.SelectAll, _Keys.MoveToNextWord, _Keys.MoveToPreviousWord,
    _Keys.SelectNextWord, _Keys.SelectPreviousWord, _Keys.DeleteStartOfWord, _Keys.DeleteEndOfWord,
    _Keys.MoveToStartOfDocument, _Keys.MoveToEndOfDocument, _Keys.SelectStartOfDocument,
    _Keys.SelectEndOfDocument,
)  # fmt: skip

Editor = QLineEdit | QPlainTextEdit


class LiveText(QObject):
    """Keeps one text editor and one stored value in step; the edits of one stay in the editor share a group.

    What cannot be read or stored stays as it was typed, and ``say`` gets the reason. A value that changes
    elsewhere is shown at once unless the editor holds something that is not written yet.
    """

    def __init__(
        self,
        editor: Editor,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        write: Callable[[Any, str], None],
        say: Callable[[str], None],
        live: bool = False,
    ) -> None:
        """``read`` raises BadInput; ``write`` gets value and group and raises ProdleadError; ``live`` is for text."""
        super().__init__(editor)
        self._editor, self._read, self._show, self._write, self._say = editor, read, show, write, say
        self._live = live
        self._value: Any = UNSET
        self._at_entry: Any = None
        self._written = ""  # the text that says what the document holds
        self._group: str | None = None
        self._setting = False
        self._refused = False
        self._rest, self._most = QTimer(self), QTimer(self)
        for timer, length in ((self._rest, REST_MS), (self._most, AT_LEAST_EVERY_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self._write_while_typing)
        self._connect(editor)

    def _connect(self, editor: Editor) -> None:
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._typed)
            editor.returnPressed.connect(self.commit)
        else:
            editor.textChanged.connect(self._typed)
        escaped = getattr(editor, "escaped", None)
        if escaped is not None:
            escaped.connect(self.drop)

    @property
    def is_dirty(self) -> bool:
        """Whether the editor holds something that is not in the document."""
        return self._text() != self._written

    @property
    def is_refused(self) -> bool:
        """Whether the last thing typed could not be taken."""
        return self._refused

    def show(self, value: Any) -> None:
        """The document holds ``value``: show it, unless something unwritten stands in the editor."""
        same = self._value is not UNSET and value == self._value
        self._value = value
        if self.is_dirty or (same and self._editor.hasFocus()):
            return
        self._set(self._show(value))

    def reset(self, value: Any) -> None:
        """Show ``value`` of another row; what was typed before is gone."""
        self._stop()
        self._value, self._at_entry, self._group = value, value, None
        self._set(self._show(value))
        self._tell("")

    def commit(self) -> bool:
        """Write what was typed and show it as it was understood; says whether it was taken."""
        self._stop()
        if not self.is_dirty:
            self._finish()
            return True
        if not self._take():
            return False
        self._finish()
        return True

    def drop(self) -> None:
        """Go back to what the document held when the editor was entered, or text was last entered in it."""
        self._stop()
        back = self._at_entry if self._live else self._value
        self._set_text(self._show(back))
        self.commit()

    # -- inside

    def _typed(self) -> None:
        if self._setting:
            return
        if self._live:
            self._rest.start()
            if not self._most.isActive():
                self._most.start()

    def _write_while_typing(self) -> None:
        self._stop()
        if self.is_dirty:
            self._take()

    def _take(self) -> bool:
        text = self._text()
        self._group = self._group or new_id("typing")
        try:
            self._write(self._read(text), self._group)
        except ProdleadError as error:
            self._tell(str(error))
            return False
        self._written = text
        self._tell("")
        return True

    def _finish(self) -> None:
        self._group = None
        self._at_entry = self._value  # Esc takes back nothing that was entered
        if self._value is not UNSET:
            self._set(self._show(self._value))
        self._tell("")

    def _tell(self, message: str) -> None:
        self._refused = bool(message)
        self._say(message)

    def _stop(self) -> None:
        self._rest.stop()
        self._most.stop()

    def _text(self) -> str:
        editor = self._editor
        return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()

    def _set(self, text: str) -> None:
        self._set_text(text)
        self._written = self._text()

    def _set_text(self, text: str) -> None:
        if text == self._text():
            return
        self._setting = True
        if isinstance(self._editor, QLineEdit):
            self._editor.setText(text)
        else:
            self._editor.setPlainText(text)
        self._setting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._editor:
            if kind == QEvent.Type.Close:
                self.commit()  # before the window asks whether everything is on disk
            return False
        if kind == QEvent.Type.FocusIn:
            self._at_entry = self._value
            self._editor.window().installEventFilter(self)
        elif kind == QEvent.Type.FocusOut:
            self._editor.window().removeEventFilter(self)
            self.commit()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            return self._before_shortcut(event)
        return False

    def _before_shortcut(self, event: QKeyEvent) -> bool:
        """A command of the window finds written what was typed; undo in a field is undo of the document.

        What was refused is dropped by undo, and nothing else undone.
        """
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if not undo and not event.matches(QKeySequence.StandardKey.Redo):
            if _is_command(event):
                self.commit()
            return False
        if undo and not self.commit():
            self.drop()
            event.accept()  # the editor gets the key, and has nothing of its own to undo
            return True
        event.ignore()
        return True


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key may be one of the window's: not a sign (AltGr makes some), not the editor's own, not Ctrl alone."""
    sign = bool(event.text()) and event.text().isprintable()
    held = event.modifiers() & COMMANDS and event.key() not in MODIFIERS
    return bool(held) and not sign and not any(event.matches(own) for own in OWN_KEYS)
