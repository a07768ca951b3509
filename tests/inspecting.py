"""Somebody at the inspector: finds fields by what a screen reader calls them, and types."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from prodlead_desktop.document import Document
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.inspector.inspector import Inspector
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.fields import LabelledField

W = TypeVar("W", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


class Reader:
    """The inspector of a window, read and written by names."""

    def __init__(self, window: MainWindow) -> None:
        assert window.body is not None and window.session is not None
        window.body.fill_inspector()  # else it comes after the first frame
        inspector = window.body.findChild(Inspector)
        assert isinstance(inspector, Inspector)
        self.window = window
        self.session: Session = window.session
        self.inspector = inspector

    @property
    def strategy(self) -> Strategy:
        return self.session.strategy

    @property
    def panel(self) -> Any:
        return self.inspector.panel

    def open(self, node_id: str, page: str = "") -> None:
        self.session.select(node_id)
        if page:
            self.panel.open_page(page)

    def node(self, node_id: str) -> Node:
        return self.strategy.get(Node, node_id)

    def data(self, node_id: str) -> Any:
        return self.node(node_id).data

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The visible widget a screen reader calls ``name``, else the first whose name begins so."""
        named = [(spoken(widget), widget) for widget in self.panel.findChildren(kind) if widget.isVisible()]
        found = [widget for words, widget in named if words == name]
        found = found or [widget for words, widget in named if words.startswith(name)]
        assert found, f"nothing is called {name!r}"
        return found[0]

    def line(self, name: str) -> QLineEdit:
        return self.find(name, QLineEdit)

    def text(self, name: str) -> QPlainTextEdit:
        return self.find(name, QPlainTextEdit)

    def press(self, name: str) -> None:
        button = self.find(name, QAbstractButton)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

    def replace(self, name: str, words: str, end: Qt.Key | None = Qt.Key.Key_Return) -> QLineEdit:
        """Type over what a field holds."""
        line = self.line(name)
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, words)
        if end is not None:
            QTest.keyClick(line, end)
        return line

    def message_at(self, name: str) -> str:
        """The reason below the field."""
        widget: QWidget | None = self.find(name)
        while widget is not None and not isinstance(widget, LabelledField):
            widget = widget.parentWidget()
        assert widget is not None
        return widget.message

    def undo(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Z, CTRL)

    def on_disk(self) -> Strategy:
        """What somebody who opens the file now reads."""
        document = self.session.document
        assert document.flush()
        again = Document.open(document.path, read_only=True)
        strategy = again.strategy
        again.close()
        return strategy
