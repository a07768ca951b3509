"""Grounds things stand on: bars, docks and cards with one line, and the empty state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Button, Link
from prodlead_desktop.ui.style.labels import Icon, Label
from prodlead_desktop.ui.style.palette import theme_of


class Panel(QWidget):
    """A plain ground in a colour role with lines at the named edges ("top bottom left right")."""

    def __init__(self, role: str = "surface", edges: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._edges = role, edges.split()

    def set_edges(self, edges: str) -> None:
        """Draw lines at other edges; what stands on the panel keeps a pixel clear of them."""
        self._edges = edges.split()
        left, right = int("left" in self._edges), int("right" in self._edges)
        self.setContentsMargins(left, 0, right, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.fillRect(self.rect(), QColor(getattr(theme, self._role)))
        line, rect = QColor(theme.line), self.rect()
        places = {
            "top": (0, 0, rect.width(), 1),
            "bottom": (0, rect.height() - 1, rect.width(), 1),
            "left": (0, 0, 1, rect.height()),
            "right": (rect.width() - 1, 0, 1, rect.height()),
        }
        for edge in self._edges:
            painter.fillRect(*places[edge], line)


class Card(QWidget):
    """A white card with a line, radius 12, padding 20."""

    def __init__(self, parent: QWidget | None = None, padding: int = WINDOW.card_padding) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, edge = QPainter(self), theme_of(self), WINDOW.card_radius
        if self.rect().adjusted(edge, edge, -edge, -edge).contains(event.rect()):
            painter.fillRect(event.rect(), QColor(theme.surface))  # neither line nor corner is concerned
        else:
            paint.box(painter, QRectF(self.rect()), edge, theme.surface, theme.line)


class Rim(QWidget):
    """Lies over a card whose content reaches its edges, and keeps that within the round corners."""

    def __init__(self, card: Card) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.installEventFilter(self)
        self.setGeometry(card.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, rect = QPainter(self), theme_of(self), QRectF(self.rect())
        paint.corners(painter, rect, WINDOW.card_radius, theme.canvas, theme.line)


class EmptyState(QWidget):
    """What to do first: icon, one thing, one sentence, one filled button and a link; left-aligned, a third down."""

    def __init__(
        self,
        icon: str,
        first: str,
        sentence: str,
        button: tuple[str, Callable[[], object]] | None = None,
        link: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        inner = QWidget(self)
        inner.setFixedWidth(WINDOW.empty_width)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Icon(icon, WINDOW.icon_empty, "text3"))
        column.addSpacing(4)
        for said, role, colour in ((first, "panel_title", "text"), (sentence, "body", "text2")):
            label = Label(said, role, colour, wrap=True)
            label.setMinimumHeight(label.heightForWidth(WINDOW.empty_width) + 1)
            column.addWidget(label)
        column.addSpacing(8)
        for words, make in ((button, Button), (link, Link)):
            if words:
                made = make(words[0], "ink") if make is Button else make(words[0])
                made.clicked.connect(lambda _=False, act=words[1]: act())
                column.addWidget(made)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
