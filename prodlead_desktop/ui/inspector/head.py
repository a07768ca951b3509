"""The head of the inspector: what kind of card this is, whether it is agreed, and its title to be edited."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.domain.text import as_shown
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector.cell import Cell
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.inspector.wording import field_of
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import font, role_font
from prodlead_desktop.ui.style.inputs import TextBox
from prodlead_desktop.ui.style.kind_icon import KindIcon
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.toggle_pill import TogglePill

OUT = WINDOW.field_padding - 2  # the title's text, not its box, stands on the column's left edge
MOST_LINES = 3  # of a title; more are scrolled to while typing, and are in the tool tip
MOST_TIP = 1500  # characters, so that the tip stays on the screen
STATES = {"draft": ("Draft", "pencil"), "agreed": ("Agreed", "circle-check")}


class Head(QWidget):
    """Kind, state and title of one node."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self._session = session
        self._title_cell = Cell(session, Node, field_of(Node, "title"))
        self._state_cell = Cell(session, Node, field_of(Node, "state"))
        self.state = TogglePill()
        self.state.clicked.connect(self._toggle)
        self.title = _Title(f"{kind.hint or 'Title'}")
        self._problem = Label("", "label", "text2", wrap=True)
        self._problem.hide()
        cell = self._title_cell
        self.live = LiveText(self.title, cell.read, cell.show, cell.write, self._say, live=True)
        self.title.left.connect(self.live.commit)
        self._lay_out(kind)

    def _lay_out(self, kind: Kind) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(OUT, 0, OUT, 0)
        top.setSpacing(8)
        top.addWidget(KindIcon(kind.name, WINDOW.icon_large))
        top.addWidget(Label(kind.title, "row_name", "text2"))
        top.addStretch(1)
        top.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addWidget(self._problem)

    def bind(self, node_id: str) -> None:
        """Show another node."""
        if node_id != self._title_cell.row_id:
            self.flush()
            self._title_cell.row_id = self._state_cell.row_id = node_id
            self.live.reset(self._title_cell.value)
        self.title.setReadOnly(self._session.document.read_only is not None)
        self.state.setEnabled(self._session.document.read_only is None)
        self.refresh()

    def refresh(self) -> None:
        """Follow the document."""
        if self._title_cell.row is None:
            return
        self.live.show(self._title_cell.value)
        state = self._state_cell.value
        words, icon = STATES[state]
        self.state.set(words, icon, dashed=state == "draft")
        other = STATES["agreed" if state == "draft" else "draft"][0].lower()
        self.state.setAccessibleName(f"State: {words}. Press to make it {other}.")

    def flush(self) -> None:
        """Write what is typed."""
        if self._title_cell.row is not None:
            self.live.commit()

    def _toggle(self) -> None:
        try:
            self._state_cell.write("draft" if self._state_cell.value == "agreed" else "agreed")
        except ProdleadError as error:
            self._session.refuse(error)

    def _say(self, message: str) -> None:
        self._problem.setText(message)
        self._problem.setVisible(bool(message))
        self.title.setAccessibleDescription(message)


class _Title(TextBox):
    """A title over up to three lines, then it scrolls; its box shows only under the pointer and while typing."""

    def __init__(self, hint: str) -> None:
        super().__init__(1, hint)
        self.setFont(role_font("panel_title"))
        self.setAccessibleName("Title")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _bounded(self, height: int) -> int:
        most = MOST_LINES * self.fontMetrics().lineSpacing() + round(2 * self.document().documentMargin()) + 2
        self._cut = height > most
        text = self.toPlainText() if self._cut else ""
        self.setToolTip(paint.plain_tip(text if len(text) <= MOST_TIP else f"{text[:MOST_TIP]}…"))
        return min(height, most)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.verticalScrollBar().setValue(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        turned = as_shown(self.toPlainText()) != self.toPlainText()
        if (self._cut or turned) and not self.hasFocus():
            self._paint_beginning()
        elif self.hasFocus() or self.underMouse():
            super().paintEvent(event)
        else:
            QPlainTextEdit.paintEvent(self, event)
            if not self.toPlainText():
                painter, side = QPainter(self.viewport()), self.document().documentMargin()
                place = self.viewport().rect().adjusted(round(side), 0, 0, 0)
                painter.setPen(QColor(theme_of(self).text3))
                painter.setFont(font(16, 500))  # so that the hints of all kinds fit into one line
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.hint)

    def _paint_beginning(self) -> None:
        """The first lines of a title that is too long, the last of them ending in …"""
        painter, theme, side = QPainter(self.viewport()), theme_of(self), self.document().documentMargin()
        if self.underMouse():
            paint.box(
                painter, QRectF(self.viewport().rect()), WINDOW.field_radius, theme.surface, theme.line2
            )
        painter.setPen(QColor(theme.text))
        painter.setFont(self.font())
        metrics, text = QFontMetricsF(self.font()), self.document().begin()
        for number in range(min(MOST_LINES, text.layout().lineCount())):
            line = text.layout().lineAt(number)
            words = text.text()[line.textStart() :]
            if number < MOST_LINES - 1:
                words = words[: line.textLength()]
            room = self.viewport().width() - 2 * side
            words = metrics.elidedText(as_shown(words), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(side, side + line.y() + line.ascent()), words)
