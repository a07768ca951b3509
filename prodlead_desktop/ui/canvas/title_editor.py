"""Typing a title where the card stands; what is typed reaches the disk while typing goes on."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.fields import TITLE_LIMIT
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.ui.carrying import clipboard_has_cards
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.inputs import left_to_window

REST_MS = 300
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LONGEST_WAIT_S = 1.0


class TitleEditor(QLineEdit):
    """One line edit that serves every card; says how it was left through ``left(then)``."""

    left = Signal(str)  # "", "child", "sibling", "note"
    dropped = Signal(str)  # an empty new card is gone again; where the keyboard goes on
    cards_pasted = Signal()  # into an empty title

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._node: str | None = None
        self._new = False
        self._back_to = ""
        self.waits = False  # the keyboard comes when the input method is done
        self._group = ""
        self._first_unwritten: float | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._write)
        self.textEdited.connect(self._typed)
        session.typing_ends.connect(self.finish)
        self.setMaxLength(TITLE_LIMIT)
        self.setFrame(False)
        self.setTextMargins(4, 0, 2, 0)
        self.setAccessibleName("Title")
        self.hide()

    @property
    def node(self) -> str | None:
        """The node whose title is being typed."""
        return self._node

    def begin(
        self, node_id: str, text: str | None, new: bool, group: str | None, back_to: str | None = None
    ) -> None:
        """Start typing: at the end of the title, or with ``text`` in its place."""
        self.finish()
        if self._node is not None:
            return
        title = self._session.strategy.get(Node, node_id).title
        self._node, self._new, self._group = node_id, new, group or new_id("g")
        self._back_to = back_to or ""
        self._first_unwritten = None
        self._colour()
        self.setText(title if text is None else text)
        self.show()
        if not self.waits:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if text is not None:
            self._typed()

    def place(self, rect: QRectF, font: QFont) -> None:
        """Stand where the card's title stands."""
        self.setFont(font)
        self.setGeometry(rect.toAlignedRect())

    def told(self, query: Qt.InputMethodQuery, on: QWidget) -> object:
        """What an input method asks while another widget has the keyboard, in pixels of that widget."""
        answer = self.inputMethodQuery(query)
        if isinstance(answer, QRect | QRectF):
            return answer.translated(self.mapTo(on, QPoint(0, 0)))
        return answer

    def finish(self, then: str = "", out: bool = False) -> None:
        """Write what was typed and leave; an empty new card disappears, and with ``out`` its level is left.

        What is refused stays open, as it was typed: the disk may take it later.
        """
        if self._node is None:
            return
        if self._new and not one_line(self.text()):
            self._withdraw(out)
            return
        if self._write():
            self._close()
            self.left.emit(then)

    def cancel(self) -> None:
        """Leave without what was typed since the start; an empty new card disappears."""
        if self._node is None:
            return
        if self._new and not one_line(self.text()):
            self._withdraw()
            return
        if self._new:
            self._write()
            self._close()
        else:
            self._close()
            self._session.attempt(lambda: self._session.document.withdraw(self._group))
        self.left.emit("")

    def forget(self) -> None:
        """Leave because the node is gone."""
        if self._node is not None:
            self._close()

    def event(self, event: QEvent) -> bool:
        """Tab belongs to the title, not to the focus chain."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in TABS:
            self.keyPressEvent(event)
            return True
        return left_to_window(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits, Tab commits and adds a child, Ctrl+Enter a sibling, Esc drops.

        With *rapid capture* Enter goes on with the next sibling, and on an empty new card steps out one level.
        """
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in ENTERS and held & Qt.KeyboardModifier.ShiftModifier:
            self.finish("note")
        elif key in ENTERS:
            rapid = self._session.rapid
            self.finish("sibling" if control or (rapid and self._new) else "", out=rapid)
        elif key == Qt.Key.Key_Tab and not control:
            self.finish("child")
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        elif key == Qt.Key.Key_Backtab:
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._takes_cards():
            self._give_way()
        else:
            super().keyPressEvent(event)
            if not held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
                event.accept()  # an arrow that a line has no use for must not walk on the map below it

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field on the card: surface, accent line, the title."""
        theme = self._session.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        painter.end()
        super().paintEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Looking elsewhere commits; a menu of the field itself does not."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finish()

    def _give_way(self) -> None:
        """The cards on the clipboard come where the empty new card was, or below one that was empty before."""
        node = self._session.strategy.find(Node, self._node)
        if not self._new:
            self._close()
        else:
            self._withdraw(out=True)
            if node is None or node.parent is None:
                self._session.select()
        self.cards_pasted.emit()

    def _takes_cards(self) -> bool:
        """Whether the clipboard holds cards rather than words for a title that there is."""
        node = self._session.strategy.find(Node, self._node)
        return node is not None and not node.title and not self.text() and clipboard_has_cards()

    def _colour(self) -> None:
        """The theme's text on nothing: the field paints its own ground."""
        theme, palette = self._session.theme, self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        self.setPalette(palette)

    def _typed(self, _: str = "") -> None:
        now = time.monotonic()
        if self._first_unwritten is None:
            self._first_unwritten = now
        if now - self._first_unwritten >= LONGEST_WAIT_S:
            self._write()
        else:
            self._rest.start()

    def _write(self) -> bool:
        """Put what was typed into the strategy; says whether it is there."""
        self._rest.stop()
        self._first_unwritten = None
        node = self._session.strategy.find(Node, self._node)
        title = one_line(self.text())
        if node is None or not title or title == node.title:
            return True

        def work() -> None:
            with self._session.edit(f"Rename “{title[:40]}”", self._group) as edit:
                nodes.rename(edit, node.id, title)

        return self._session.attempt(work)

    def _withdraw(self, out: bool = False) -> None:
        """Take an empty new card back as if it had never been added."""
        node = self._session.strategy.find(Node, self._node)
        above = node.parent if node is not None else None
        back_to = above if out and above is not None else self._back_to
        self._close()
        if node is not None:
            self._session.attempt(lambda: self._session.document.withdraw(self._group))
        self.dropped.emit(back_to)

    def _close(self) -> None:
        self._rest.stop()
        self._node = None
        had_focus, self.waits = self.hasFocus(), False
        self.hide()
        parent = self.parent()
        if had_focus and isinstance(parent, QObject) and isinstance(parent, QWidget):
            (parent.parentWidget() or parent).setFocus(Qt.FocusReason.OtherFocusReason)
