"""A raised panel inside the window: palette, shortcut sheet and small questions stand on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.roles import speak_as

SHADOW_ROOM = WINDOW.shadow_blur + WINDOW.shadow_offset


class _Scrim(QWidget):
    """Covers the window without being seen; a press on it closes the popover above it."""

    def __init__(self, window: QWidget, leave: Callable[[], None]) -> None:
        super().__init__(window)
        self._leave = leave
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._leave()


def _with_what_it_is_in(widget: QWidget | None) -> tuple[QWidget, ...]:
    found = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return tuple(found)


def _give_keyboard(places: tuple[QWidget, ...]) -> None:
    """To the first that takes it; an editor may have closed, or be gone, since it lost the keyboard."""
    for place in places:
        if isValid(place) and place.isVisible() and place.focusPolicy() != Qt.FocusPolicy.NoFocus:
            place.setFocus(Qt.FocusReason.PopupFocusReason)
            return


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def leave_open(window: QWidget) -> None:
    """Close what is open above a window as a press outside does: what is typed there is written."""
    for child in window.children():
        if isinstance(child, Popover) and child.isVisible():
            child.leave()


class Popover(QWidget):
    """A raised panel over its window; Esc or a press outside closes it and gives the keyboard back.

    One is open at a time: another that opens closes it, and so does a key that takes the keyboard behind it.
    """

    closed = Signal()

    def __init__(self, window: QWidget, radius: float = WINDOW.popover_radius) -> None:
        super().__init__(window)
        speak_as(self, "Dialog")
        self._host = window
        self._radius = radius
        self._scrim = _Scrim(window, self.leave)
        self._before: tuple[QWidget, ...] = ()
        self._corner = QPoint()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(SHADOW_ROOM,) * 4)
        self.column.setSpacing(0)
        self.hide()

    def open_at(self, corner: QPoint) -> None:
        """Show with the painted panel's top left at ``corner`` of the window, pushed inside it."""
        if self.isHidden():
            leave_open(self._host)
            self._before = _with_what_it_is_in(QApplication.focusWidget())
            self._host.installEventFilter(self)
            _application().focusChanged.connect(self._on_keyboard_moved)
        self._corner = corner
        self.fit()
        self._place()
        self._scrim.setGeometry(self._host.rect())
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.raise_()

    def fit(self) -> None:
        """As big as what is in it is now."""
        for layout in self.findChildren(QLayout):  # what changed while nobody saw it has told nobody
            layout.invalidate()
        for part in self.findChildren(QWidget):
            part.updateGeometry()
        self.adjustSize()

    def leave(self) -> None:
        """A press outside: closes it."""
        self.dismiss()

    def dismiss(self) -> None:
        """Close and give the keyboard back to where it was."""
        if self.isHidden():
            return
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        _application().focusChanged.disconnect(self._on_keyboard_moved)
        self._host.removeEventFilter(self)
        self._scrim.hide()
        self.hide()
        before, self._before = self._before, ()
        if had_keyboard:
            _give_keyboard(before)
        self.closed.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the panel: what lies below it cannot be reached while it is open."""
        here = QApplication.focusWidget()
        if here is None or not self.isAncestorOf(here):
            return super().focusNextPrevChild(forward)
        at: QWidget | None = here
        while at is not None:
            at = at.nextInFocusChain() if forward else at.previousInFocusChain()
            if at is None:
                break
            takes = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at.isEnabled()
            if at is here or (takes and self.isAncestorOf(at) and at.isVisibleTo(self)):
                at.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        window, room = self._host, SHADOW_ROOM
        wanted = self._corner - QPoint(room, room)
        most_x, most_y = window.width() - self.width() + room - 8, window.height() - self.height() + room - 8
        self.move(max(8 - room, min(wanted.x(), most_x)), max(8 - room, min(wanted.y(), most_y)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that nobody took comes to the window when what had the keyboard has gone."""
        if watched is self._host and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _on_keyboard_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        page = self._host.centralWidget() if isinstance(self._host, QMainWindow) else None
        if now is not None and page is not None and page.isAncestorOf(now):
            self.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect()).adjusted(SHADOW_ROOM, SHADOW_ROOM, -SHADOW_ROOM, -SHADOW_ROOM)
        paint.shadow(painter, rect, self._radius, theme)
        paint.box(painter, rect, self._radius, theme.raised, theme.line2 if theme.dark else theme.line)
