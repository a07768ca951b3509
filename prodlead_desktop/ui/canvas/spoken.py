"""The map for screen readers: a canvas whose children are its cards, each with name, value, place and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from prodlead_desktop.figures import card_words

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

Text, Event = QAccessible.Text, QAccessible.Event


class SpokenMap(QAccessibleWidget):
    """Cards in the order of the map; one is made when it is asked for and kept as long as the canvas lives."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas, QAccessible.Role.Canvas)
        self._canvas = canvas
        self._cards: dict[str, SpokenCard] = {}

    def card(self, node: str) -> SpokenCard:
        """The card of a node, known to Qt by an id of its own."""
        found = self._cards.get(node)
        if found is None:
            found = self._cards[node] = SpokenCard(self._canvas, node)
            QAccessible.registerAccessibleInterface(found)
        return found

    def childCount(self) -> int:
        return len(self._canvas.picture.boxes)

    def child(self, index: int) -> QAccessibleInterface | None:
        order = self._canvas.picture.order
        return self.card(order[index]) if 0 <= index < len(order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        node = getattr(child, "node", None)
        order = self._canvas.picture.order
        return order.index(node) if node in self._canvas.picture.boxes else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        at = self._canvas.viewport().mapFromGlobal(QPoint(x, y))
        node = self._canvas.picture.index.at(*self._canvas.camera.to_map(at.x(), at.y()))
        return self.card(node) if node is not None else None

    def focusChild(self) -> QAccessibleInterface | None:
        current = self._canvas.session.current
        if self._canvas.hasFocus() and current in self._canvas.picture.boxes:
            return self.card(str(current))
        return None


class SpokenCard(QAccessibleInterface):
    """One card; not valid any more when it has left the map."""

    def __init__(self, canvas: MapCanvas, node: str) -> None:
        super().__init__()
        self._canvas = canvas
        self.node = node

    def isValid(self) -> bool:
        return isValid(self._canvas) and self.node in self._canvas.picture.boxes

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._canvas)

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.TreeItem

    def text(self, which: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        picture = self._canvas.picture
        if which == Text.Name:
            return card_words.name(picture, self.node)
        if which == Text.Value:
            return card_words.value(picture, self.node)
        return card_words.place(picture, self.node) if which == Text.Description else ""

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Titles are typed, not set from outside."""

    def rect(self) -> QRect:
        """Where the card is on the screen."""
        if not self.isValid():
            return QRect()
        box, camera = self._canvas.picture.boxes[self.node], self._canvas.camera
        corner = QPointF(*camera.to_screen(box.x, box.y))
        start = self._canvas.viewport().mapToGlobal(corner)
        return QRectF(start.x(), start.y(), box.w * camera.zoom, box.h * camera.zoom).toAlignedRect()

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        session = self._canvas.session
        state.focusable = state.selectable = state.multiSelectable = 1
        if not self.isValid():
            state.invalid = 1
            return state
        picture = self._canvas.picture
        state.selected = int(self.node in session.selected)
        state.focused = int(self.node == session.current and self._canvas.hasFocus())
        state.editable = int(session.document.read_only is None)
        state.expanded = int(bool(picture.children.get(self.node)))
        state.collapsed = int(bool(picture.sources[self.node].folded))
        state.expandable = state.expanded or state.collapsed
        state.offscreen = int(not self.rect().intersects(self._port()))
        return state

    def _port(self) -> QRect:
        port = self._canvas.viewport()
        return QRect(port.mapToGlobal(QPoint(0, 0)), port.size())

    def foregroundColor(self) -> QColor:
        return QColor(self._canvas.session.theme.text)

    def backgroundColor(self) -> QColor:
        return QColor(self._canvas.session.theme.surface)


def announce(canvas: MapCanvas) -> None:
    """Tell a screen reader, if one listens, which card has the focus and that the selection changed."""
    if not QAccessible.isActive() or not canvas.hasFocus():
        return
    current = canvas.session.current
    spoken = QAccessible.queryAccessibleInterface(canvas)
    if current in canvas.picture.boxes and isinstance(spoken, SpokenMap):
        card = spoken.card(str(current))
        for event in (Event.Focus, Event.Selection):
            QAccessible.updateAccessibility(QAccessibleEvent(card, event))
