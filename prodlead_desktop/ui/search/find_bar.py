"""Ctrl F: words to look for on the map, how many cards say them, and the way from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from prodlead_desktop.domain import tree
from prodlead_desktop.domain.search import Words
from prodlead_desktop.ui.canvas.emphasis import NOTHING_FOUND, Found
from prodlead_desktop.ui.search.over_map import OverMap
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Icon, Label

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas

FIELD, COUNT = 230, 84
CLEAR = 16  # px between the bar and a card that would lie under it


class FindBar(OverMap):
    """Enter and Shift Enter go through what was found, Esc gives the keyboard back to the map."""

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        super().__init__(canvas, right=True)
        self._session = session
        self._words = Words()
        self.found: list[str] = []
        self.line = LineEdit(placeholder="Find in titles, metrics, notes, tags")
        self.line.setAccessibleName("Find on the map")
        self.line.setFixedWidth(FIELD)
        self.line.setProperty("bare", True)
        self.line.setProperty("own_focus", True)
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.count = Label("", "label", "text2")
        self.count.setFixedWidth(COUNT)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(Icon("search", 16, "text2"))
        self.row.addWidget(self.line)
        self.row.addWidget(self.count)
        for icon, name, step in (("chevron-up", "Previous", -1), ("chevron-down", "Next", 1)):
            button = IconButton(icon, f"{name} card that was found")
            button.clicked.connect(lambda _=False, by=step: self.go(by))
            self.row.addWidget(button)
        close = IconButton("x", "Stop finding")
        close.clicked.connect(self.close_bar)
        self.row.addWidget(close)
        self.setAccessibleName("Find")
        session.changed.connect(self._follow)
        session.selection_changed.connect(self._say)

    def open_bar(self) -> None:
        """Show, with what was looked for last time selected."""
        self.place()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Hide; the card that was found last stays selected."""
        if self.isHidden():
            return
        self.hide()
        self.canvas.emphasis.show_found(NOTHING_FOUND)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, step: int) -> None:
        """Select the next (1) or previous (-1) card in map order, round and round; folded branches open for it."""
        if not self.found:
            return
        here = self._session.current
        if here in self.found:
            self._show(self.found[(self.found.index(here) + step) % len(self.found)])
            return
        order = {node.id: place for place, node in enumerate(tree.preorder(self._session.strategy))}
        start = order.get(here or "", -1)
        if step > 0:
            self._show(next((found for found in self.found if order[found] > start), self.found[0]))
        else:
            before = [found for found in self.found if order[found] < start]
            self._show(before[-1] if before else self.found[-1])

    # -- inside

    def _search(self, _: str = "") -> None:
        self._look()
        here = self._session.current
        if here in self.found:
            self._show(str(here))
        elif self.found:
            self.go(1)
        self._say()

    def _look(self) -> None:
        words = self.line.text()
        self.found = self._words.find(self._session.strategy, words)
        self.canvas.emphasis.show_found(Found(" ".join(words.split()), frozenset(self.found)))

    def _follow(self, _: object) -> None:
        if not self.isHidden():
            self._look()
            self._say()

    def _show(self, node_id: str) -> None:
        self._session.reveal(node_id)
        self.canvas.show_node(node_id)  # it may have been selected before, somewhere out of sight
        box, camera = self.canvas.picture.boxes.get(node_id), self.canvas.camera
        if box is not None:
            x, y = camera.to_screen(box.x, box.y)
            card = QRectF(x, y, box.w * camera.zoom, box.h * camera.zoom)
            if card.intersects(QRectF(self.geometry())):
                self.canvas.look(camera.panned(0, self.geometry().bottom() + CLEAR - y))

    def _say(self) -> None:
        if self.isHidden():
            return
        here = self._session.current
        total = f"{len(self.found):,}"
        if not self.line.text().strip():
            words = ""
        elif not self.found:
            words = "Nothing found"
        else:
            words = f"{self.found.index(here) + 1:,} of {total}" if here in self.found else f"{total} found"
        self.count.setText(words)
        self.line.setAccessibleDescription(words)
        self.line.set_refused(words == "Nothing found")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(-1 if back else 1)
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.go(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
