"""The map on the screen: one scroll area that paints the picture, and what keys and the mouse do on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QWidget

from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.ui.canvas import overlay
from prodlead_desktop.ui.canvas.aids import Aids
from prodlead_desktop.ui.canvas.camera import Camera, fitting
from prodlead_desktop.ui.canvas.capture import add_card
from prodlead_desktop.ui.canvas.emphasis import Emphasis
from prodlead_desktop.ui.canvas.first_look import FirstLook
from prodlead_desktop.ui.canvas.foreign import Foreign
from prodlead_desktop.ui.canvas.frame import Frame
from prodlead_desktop.ui.canvas.hand import Hand
from prodlead_desktop.ui.canvas.scene import MapScene
from prodlead_desktop.ui.canvas.spoken import SpokenMap, announce
from prodlead_desktop.ui.canvas.standing import anchor, shift_of, taken
from prodlead_desktop.ui.canvas.title_editor import TABS, TitleEditor
from prodlead_desktop.ui.canvas.typing import Typing, typed
from prodlead_desktop.ui.canvas.walk import INTO, Walker, way
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.roles import speak_through

ARROWS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class MapCanvas(QAbstractScrollArea):
    """Paints the map and turns keys, mouse, wheel and gestures into selection, edits and movement."""

    zoom_changed = Signal(float)
    wanted = Signal(str)  # an action that a key in a title asks for

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scene = MapScene(session, self)
        self._camera = Camera()
        self._walker = Walker()
        self._editor = TitleEditor(session, self.viewport())
        self._typing = Typing(session, self, self._editor)
        self._hand = Hand(session, self)
        self.foreign = Foreign(session, self)
        self._frame = Frame(self)
        self.emphasis = Emphasis(session, self)
        self.emphasis.changed.connect(self._paint_anew)
        self._first = FirstLook(self)
        self._menu: QMenu | None = None
        self.aids = Aids(self)
        self._set_up_widget()
        self._scene.moved.connect(self._on_moved)
        session.selection_changed.connect(self._on_selection)
        session.theme_changed.connect(self._on_theme)
        self._editor.textChanged.connect(self._place_editor)
        self._editor.left.connect(self._on_editor_left)
        self._editor.cards_pasted.connect(lambda: self.wanted.emit("edit.paste"))
        self._editor.dropped.connect(self._on_editor_dropped)
        self._shown_selection: tuple[str, ...] = session.selected

    def _set_up_widget(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Map")
        speak_through(self, lambda: SpokenMap(self))
        self._describe()

    # -- what others use

    @property
    def session(self) -> Session:
        """The document that is shown."""
        return self._session

    @property
    def picture(self) -> MapPicture:
        """What is shown."""
        return self._scene.picture

    @property
    def camera(self) -> Camera:
        """Which part is shown."""
        return self._camera

    @property
    def editing(self) -> str | None:
        """The node whose title is being typed."""
        return self._editor.node

    def set_menu(self, menu: QMenu) -> None:
        """The menu of the right mouse button."""
        self._menu = menu

    def look(self, camera: Camera, glide: bool = False) -> None:
        """Show another part of the map; ``glide``: be seen on the way there, if motion is wanted."""
        if camera == self._camera:
            return
        if glide:
            self._frame.glide.start(self._camera, camera, self.viewport().size())
        zoomed = camera.zoom != self._camera.zoom
        self._camera = self._aligned(camera)
        self._place_editor()
        self.viewport().update()
        self.aids.looked()
        if zoomed:
            self.zoom_changed.emit(camera.zoom)

    def fit(self, readable: bool = False) -> None:
        """Show the whole map, clear of the legend; ``readable``: as much of it as can be read."""
        self.aids.place()
        size, legend = self.viewport().size(), self.aids.legend.geometry()
        whole = fitting(self.picture.bounds, size.width(), size.height())
        if not self.aids.legend.has_corner(self.picture, whole):
            whole = fitting(self.picture.bounds, size.width(), max(legend.top(), size.height() / 2))
        self.look(whole, glide=True)
        if readable:
            self._first.look_closer()
        self.aids.place()
        self.aids.uncover()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a viewport point (default: the current card, else the middle)."""
        point = at or self._zoom_point()
        self.look(self._camera.zoomed(factor, point.x(), point.y()), glide=at is None)
        self._frame.settle_later()

    def zoom_to(self, zoom: float) -> None:
        """Zoom to a factor, around the current card."""
        self.zoom_by(zoom / self._camera.zoom)

    def centre(self, node_id: str) -> None:
        """Bring a card into the middle."""
        box = self.picture.boxes.get(node_id)
        if box:
            size = self.viewport().size()
            middle = self._camera.centred(box.x + box.w / 2, box.middle, size.width(), size.height())
            self.look(self.aids.beside(middle, box), glide=True)

    def show_node(self, node_id: str) -> None:
        """Move as little as needed for a card to be seen, beside what lies over the map."""
        box = self.picture.boxes.get(node_id)
        if box:
            size = self.viewport().size()
            there = self._camera.showing(box, size.width(), size.height())
            self.look(self.aids.beside(there, box), glide=True)

    def begin_edit(
        self,
        node_id: str,
        text: str | None = None,
        new: bool = False,
        group: str | None = None,
        back_to: str | None = None,
    ) -> None:
        """Type a title where its card stands: from its end on, or beginning with ``text``.

        ``new`` says that the card was just added and goes again if it stays empty, and the keyboard ``back_to``
        another one; ``group`` is the edit group it was added in, so that one undo takes back card and title.
        """
        if node_id not in self.picture.boxes:
            self._session.reveal(node_id)
        self._session.select(node_id)
        self.show_node(node_id)
        self._editor.begin(node_id, text, new, group, back_to)
        self._place_editor()
        self._frame.touch(node_id)
        self.viewport().update()

    def view_state(self) -> dict[str, Any]:
        """Zoom and the map point in the middle, as plain values; none before the map was ever seen."""
        return self._first.state()

    def restore_view(self, state: dict[str, Any]) -> None:
        """Look where ``view_state`` said; without sound numbers the whole map is shown."""
        self._first.restore(state)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._first.take()
        painter = QPainter(self.viewport())
        try:
            self._frame.draw(painter)
            overlay.paint(painter, self, self._frame.painter, self._hand)
        finally:
            painter.end()

    def _aligned(self, camera: Camera) -> Camera:
        """The camera on whole device pixels, so that a pan can move the frame."""
        ratio = self.viewport().devicePixelRatioF() * camera.zoom
        return Camera(camera.zoom, round(camera.x * ratio) / ratio, round(camera.y * ratio) / ratio)

    # -- following the document

    def _on_moved(self, before: MapPicture) -> None:
        picture = self.picture
        if self._editor.node and self._editor.node not in picture.boxes:
            self._editor.forget()
        kept = (self._editor.node, self._session.current, *self._shown_selection)
        camera, shift = self._camera, shift_of(before, picture, anchor(before, picture, kept))
        if shift != (0.0, 0.0):
            self._camera = self._aligned(Camera(camera.zoom, camera.x + shift[0], camera.y + shift[1]))
            shift = self._camera.x - camera.x, self._camera.y - camera.y
        self._frame.follow(before, shift)
        if before.direction != picture.direction:  # everything stands elsewhere
            self.fit(readable=True)
        current = self._session.current
        if current and taken(before, picture, current):
            self.show_node(current)
        self._place_editor()
        self.aids.place_later()
        self._describe()
        self.viewport().update()

    def _on_selection(self) -> None:
        self._frame.touch_all({*self._shown_selection, *self._session.selected})
        self._shown_selection = self._session.selected
        current = self._session.current
        if current:
            self._walker.visited(self.picture, current)
            if not self._hand.busy:
                self.show_node(current)
        self._describe()
        announce(self)
        self.viewport().update()

    def _paint_anew(self) -> None:
        self._frame.forget()
        self.viewport().update()

    def _on_theme(self) -> None:
        self._frame.recolour()
        self._place_editor()
        self.aids.recolour()
        self.viewport().update()

    def _describe(self) -> None:
        card = self.picture.cards.get(self._session.current or "")
        self.setAccessibleDescription(card.description if card else f"{len(self.picture.cards)} cards")

    # -- typing

    def _place_editor(self) -> None:
        node_id = self._editor.node
        if node_id is None or node_id not in self.picture.boxes:
            return
        rect, font = overlay.title_field(self.picture, node_id, self._camera, self._editor.text())
        self._editor.place(rect, font)

    def _on_editor_left(self, then: str) -> None:
        self._frame.forget()
        self.viewport().update()
        current = self._session.current
        if then == "note":
            self.wanted.emit("map.note")
        elif then and current:
            add_card(self._session, self, then, current)

    def _on_editor_dropped(self, back_to: str) -> None:
        """An empty new card is gone again: the keyboard goes on where it came from."""
        if back_to:
            self._session.select(back_to)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Tab belongs to the map while it has the focus; F6 leads out of it."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in TABS:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Shift they take cards along; a letter starts typing. All else are actions of the table."""
        direction = ARROWS.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and self._hand.busy:
            self._hand.drop_everything()
        elif direction and held == Qt.KeyboardModifier.NoModifier:
            self._walk(direction)
        elif direction and held == Qt.KeyboardModifier.ShiftModifier:
            self._stretch(direction)
        elif typed(event):
            self._typing.start(event.text())
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._typing.compose(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        if self._typing.composing:
            return self._editor.told(query, self)
        return super().inputMethodQuery(query)

    def _walk(self, direction: str) -> None:
        current = self._session.current
        folded = current in self._session.folded and current in self.picture.boxes
        if folded and way(self.picture, str(current), direction) == INTO:
            self._session.set_folded(self._session.folded - {current})
            return
        following = self._walker.next(self.picture, current, direction)
        if following:
            self._session.select(following)

    def _stretch(self, direction: str) -> None:
        """Walk and keep what is selected; walking back lets go again."""
        current, selected = self._session.current, self._session.selected
        following = self._walker.next(self.picture, current, direction)
        if following in selected:
            selected = tuple(node_id for node_id in selected if node_id not in (current, following))
        if following:
            self._session.select(*selected, following)

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node_id = self._hand.node_at(event.position())
        if node_id:
            self._typing.begin(node_id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hand.turn(event)

    def viewportEvent(self, event: QEvent) -> bool:
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.zoom_by(1.0 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node_id = self._hand.node_at(QPointF(event.pos()))
            overlay.show_tip(self, node_id, event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._menu is None:
            return
        place = event.globalPos()
        current = self._session.current
        if event.reason() == QContextMenuEvent.Reason.Keyboard and current in self.picture.boxes:
            box = self.picture.boxes[str(current)]
            x, y = self._camera.to_screen(box.x, box.bottom)
            place = self.viewport().mapToGlobal(QPoint(round(x), round(y)))
        self._menu.popup(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_editor()
        self.aids.place()

    def focusInEvent(self, event: object) -> None:
        self._touch_current()
        announce(self)

    def focusOutEvent(self, event: object) -> None:
        self._touch_current()
        self._typing.looked_elsewhere()

    def _touch_current(self) -> None:
        self._frame.touch(self._session.current)
        self.viewport().update()

    def _zoom_point(self) -> QPointF:
        box = self.picture.boxes.get(self._session.current or "")
        rect = QRectF(self.viewport().rect())
        if box:
            point = QPointF(*self._camera.to_screen(box.x + box.w / 2, box.middle))
            if rect.contains(point):
                return point
        return rect.center()
