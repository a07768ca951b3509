"""How a title begins to be typed on the map: by a key, by composed text, and what follows when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.canvas.capture import add_card
from prodlead_desktop.ui.canvas.title_editor import TitleEditor
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

Modifier = Qt.KeyboardModifier
_LETTERS = Modifier.ShiftModifier | Modifier.KeypadModifier | Modifier.GroupSwitchModifier
_ALT_GR = Modifier.ControlModifier | Modifier.AltModifier  # as Windows reports it


def typed(event: QKeyEvent) -> str:
    """The text a key types into a title; empty for keys that mean something else."""
    text = event.text()
    if not text or not text.isprintable() or text.isspace():
        return ""
    held = event.modifiers() & ~_LETTERS
    return text if held == Modifier.NoModifier or held == _ALT_GR else ""


class Typing:
    """Between the canvas, which gets the first letter, and the field, which gets the rest.

    While an input method composes, the keyboard stays with the canvas and every event is passed on: moving the
    focus would make the input method commit what is only half composed.
    """

    def __init__(self, session: Session, canvas: MapCanvas, editor: TitleEditor) -> None:
        self._session, self._canvas, self._editor = session, canvas, editor
        self._composing = False

    @property
    def composing(self) -> bool:
        """Whether the field gets its text from the canvas."""
        return self._composing and self._editor.node is not None

    def start(self, text: str) -> None:
        """Type over the current card's title; on an empty map the first card is made."""
        current = self._session.current
        if self._editor.node:  # keys that were on their way while the field opened
            self._editor.insert(text)
        elif current is None and not self._session.strategy.all(Node):
            add_card(self._session, self._canvas, "child", None, text)
        elif current:
            self.begin(current, text)

    def begin(self, node_id: str, text: str | None = None) -> None:
        """Type a card's title, or say in words why that cannot be."""

        def work() -> None:
            self._session.document.require_writable()
            self._canvas.begin_edit(node_id, text)

        self._session.attempt(work)

    def compose(self, event: QInputMethodEvent) -> None:
        """Composed text starts typing too, and arrives whole."""
        if self._editor.node is None:
            if not event.preeditString() and not event.commitString():
                return
            self._composing = bool(event.preeditString())
            self._editor.waits = self._composing
            self.start("")
        if self._editor.node is None:
            self._composing = self._editor.waits = False
            return
        QApplication.sendEvent(self._editor, event)
        if not event.preeditString():
            self.finish_composing()

    def finish_composing(self) -> None:
        """Hand the keyboard to the field."""
        self._composing = self._editor.waits = False
        if self._editor.node is not None and not self._editor.hasFocus():
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def looked_elsewhere(self) -> None:
        """The canvas lost the keyboard: what is composed so far is written."""
        if self.composing and QApplication.focusWidget() is not self._editor:
            self._composing = self._editor.waits = False
            self._editor.finish()
