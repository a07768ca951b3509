"""A field in a table: its box shows under the pointer and while typing, so that a table reads as a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import font, role_font
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of

HEIGHT = 32


class TableCell(LineEdit):
    """One value in a table; numbers stand right with their unit in the head."""

    def __init__(self, name: str, number: bool = False, strong: bool = False) -> None:
        super().__init__("", "?")
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setFont(font(14, 600 if strong else 500))
        self.setProperty("bare", True)
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(4, 0, 4, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_box()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_box()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_box()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_box()

    def set_refused(self, refused: bool) -> None:
        super().set_refused(refused)
        self._show_box()

    def _show_box(self) -> None:
        wanted = self.hasFocus() or self.underMouse() or bool(self.property("refused"))
        self.setProperty("bare", not wanted)
        self.update()


class TableHead(QWidget):
    """The head of a small table: words in the columns' places, a line below."""

    def __init__(self, *columns: tuple[str, int, bool], tail: int = WINDOW.target) -> None:
        """``columns``: words, stretch, whether numbers stand below; ``tail`` is kept free at the end."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, tail + 4, 5)
        row.setSpacing(4)
        for words, stretch, number in columns:
            label = Label(words, "table_head", "text2")
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignBottom)
            label.setContentsMargins(6, 0, 6, 0)
            label.setFont(role_font("table_head"))
            row.addWidget(label, stretch)

    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRectF(0, self.height() - 1, self.width(), 1)
        paint.box(QPainter(self), line, 0, theme_of(self).line)
