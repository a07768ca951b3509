"""Somebody who only has a keyboard, with or without an input method: what they do goes to whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Scribe:
    """Presses keys and types letters."""

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(self.focused(), key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.focused(), letter)
            else:  # QTest knows no key that types it
                event = QKeyEvent(QKeyEvent.Type.KeyPress, 0, NO_MODIFIER, letter)
                QApplication.sendEvent(self.focused(), event)

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget


class Composer(Scribe):
    """Types through an input method: every word is composed letter by letter and then committed.

    As a real one does, it commits what is half composed when the keyboard moves to another widget meanwhile.
    """

    def type(self, text: str) -> None:
        for number, word in enumerate(text.split(" ")):
            self._compose(word if number == 0 else f" {word}")

    def _compose(self, word: str) -> None:
        at = QGuiApplication.focusObject()
        for end in range(1, len(word) + 1):
            QApplication.sendEvent(at, QInputMethodEvent(word[:end], []))
            now = QGuiApplication.focusObject()
            if now is not at:
                self._commit(now, word[:end])
                raise AssertionError(f"composing “{word}” was cut off after “{word[:end]}”")
        self._commit(at, word)

    def _commit(self, to: QObject, words: str) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(words)
        QApplication.sendEvent(to, event)
