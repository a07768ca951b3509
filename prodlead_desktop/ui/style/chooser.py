"""A field to choose one of many by typing part of its name; what is not there yet may be added on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QApplication, QCompleter, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.offered_list import GAP, MOST_WIDE, OfferedList, OfferedRows
from prodlead_desktop.ui.style.palette import theme_of

ID_ROLE = Qt.ItemDataRole.UserRole + 1
SHOWN_AT_ONCE = 9


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its id, what it is called, and its icon in a colour if it has one."""

    id: str
    words: str
    icon: str = ""
    colour: str = ""


class Chooser(LineEdit):
    """Type part of a name and choose; ``chosen`` carries an id or None, ``added`` the words of something new.

    Enter and Tab take what is highlighted: the exact name; else what is new, where nothing there is called like it;
    else, where nothing can be added, the first that is offered. Left otherwise, it takes what can mean one thing only.
    ``refused`` carries why what was typed names nothing, "" when that is over; what was typed stays.
    """

    chosen = Signal(object)
    added = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        offers: Callable[[], Sequence[Option]],
        what: str,
        placeholder: str = "",
        can_add: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``what`` is the singular word for messages: "team"."""
        super().__init__("", placeholder, parent)
        self._offers, self._what, self._can_add = offers, what, can_add
        self._option: Option | None = None
        self._why = ""  # it was refused
        self._model = QStandardItemModel(self)
        self._list = QCompleter(self._model, self)
        self._list.setWidget(self)
        self._list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list.setMaxVisibleItems(SHOWN_AT_ONCE)
        self._list.setWrapAround(False)  # Down at the last one stays there
        self._popup = OfferedList()
        self._list.setPopup(self._popup)
        self._popup.setItemDelegate(OfferedRows(self._popup))  # only now: the completer brings its own
        self._popup.installEventFilter(self)
        self._list.activated[QModelIndex].connect(self._take)  # type: ignore[index]  # the overload by index
        self.textEdited.connect(self._search)
        self.returnPressed.connect(self._enter)
        self.escaped.connect(lambda: self.show_option(self._option))

    @property
    def chosen_id(self) -> str | None:
        """The id of what the document holds."""
        return self._option.id if self._option else None

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not the document's choice."""
        return self.text().strip() != (self._option.words if self._option else "")

    def show_option(self, option: Option | None) -> None:
        """Show what is chosen without telling anybody; why something was refused is over."""
        self._option = option
        if self._why:
            self.refuse("")
        words = option.words if option else ""
        if self.text() != words or self.isUndoAvailable():
            self.setText(words)
        self.setCursorPosition(0)
        icon = WINDOW.icon + 8 if option and option.icon else 0
        pad = WINDOW.field_padding - 2
        self.setTextMargins(pad + icon, 0, pad + 18, 0)
        self.update()

    def follow(self, option: Option | None) -> None:
        """Show what the document holds; what is typed or was refused stays as long as that is the same."""
        waits = self.is_dirty and (self.hasFocus() or bool(self._why))
        if not waits or (option.id if option else None) != self.chosen_id:
            self.show_option(option)

    def open_list(self) -> None:
        """Offer what fits what is being typed, else everything there is."""
        if self.isReadOnly() or not self.isEnabled():
            return
        self._offer(self.text().strip() if self.is_dirty else "")
        if self._list.completionCount() == 0:
            self._offer("")

    def commit(self) -> None:
        """Take what was typed: nothing, the one thing it can mean, or something new; else say why not."""
        self._popup.hide()
        words = self.text().strip()
        if not self.is_dirty:
            self.refuse("")
        elif not words:
            self.chosen.emit(None)
        else:
            self._take_words(words)

    def refuse(self, why: str) -> None:
        """Keep what was typed and say why it cannot be; "" takes that away."""
        self._why = why
        self.refused.emit(why)

    # -- Qt

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.commit()

    def event(self, event: QEvent) -> bool:
        """Another field may have been pressed while another window was in front: then nobody said this one is left."""
        left = event.type() == QEvent.Type.WindowActivate and self.window().focusWidget() is not self
        if left and self.is_dirty and not self._why:
            self.commit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list is Enter here, and nothing more: the completer would take the same a second time."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                QApplication.sendEvent(self, event)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._enter()
                if not self.hasFocus():
                    return True  # what was taken has brought the keyboard somewhere
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.selectAll()
            self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.open_list()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, theme = QPainter(self), theme_of(self)
        middle = self.height() / 2
        icons.draw(painter, "chevron-down", QRectF(self.width() - 24, middle - 7, 14, 14), theme.text2)
        if self._option is not None and self._option.icon:
            place = QRectF(WINDOW.field_padding, middle - 8, 16, 16)
            icons.draw(painter, self._option.icon, place, self._option.colour or theme.text2)

    # -- inside

    def _search(self, words: str) -> None:
        if self._why:
            self.refuse("")
        self._offer(words.strip())
        first = self._first(words.strip())
        if first is not None:
            self._popup.setCurrentIndex(first)

    def _offer(self, words: str) -> None:
        self._fill(words)
        self._list.setCompletionPrefix(words)
        popup, top = self._popup, self.mapToGlobal(self.rect().topLeft()).y()
        wide = max(self.width(), min(MOST_WIDE, popup.sizeHintForColumn(0) + 4 * GAP))
        self._list.complete(QRect(0, 0, wide, self.height() + GAP))
        if popup.y() < top:  # there was no room below
            popup.move(popup.x(), top - GAP - popup.height())

    def _first(self, words: str) -> QModelIndex | None:
        """What Enter takes of the list: the one of that name; else the first, unless several or a new one are meant."""
        offered, same = self._list.completionModel(), self._called(words)
        places = [offered.index(row, 0) for row in range(offered.rowCount())]
        if same:
            places = [place for place in places if len(same) == 1 and place.data(ID_ROLE) == same[0].id]
        elif not words or (self._can_add and len(places) > 1):
            return None
        return places[0] if places else None

    def _enter(self) -> None:
        """Take what is highlighted in the list, else what was typed."""
        popup = self._popup
        shown = popup.isVisible()
        chosen = popup.currentIndex() if shown else self._first(self.text().strip())
        popup.hide()
        if chosen is not None and chosen.isValid() and (shown or self.is_dirty):
            self._take(chosen)
        else:
            self.commit()

    def _take_words(self, words: str) -> None:
        same, part = self._called(words), self._called_in_part(words)
        if len(same) == 1 or (not same and len(part) == 1 and not self._can_add):
            self.chosen.emit((same or part)[0].id)
        elif same:
            self.refuse(f"Several are called “{words}”. Choose one from the list.")
        elif self._can_add and not part:
            self.added.emit(words)
        elif self._can_add:
            self.refuse(
                f"No {self._what} is called “{words}”. Choose one from the list, or “Add” to make one."
            )
        elif part:
            self.refuse(f"{len(part)} names contain “{words}”. Choose one from the list.")
        else:
            self.refuse(f"No {self._what} is called “{words}”. Choose one from the list.")

    def _called_in_part(self, words: str) -> list[Option]:
        return [option for option in self._offers() if words.casefold() in option.words.casefold()]

    def _called(self, words: str) -> list[Option]:
        return [option for option in self._offers() if option.words.casefold() == words.casefold()]

    def _fill(self, words: str) -> None:
        self._model.clear()
        offers = self._offers()
        for option in offers:
            self._model.appendRow(_item(option.words, option.id, self._icon(option)))
        known = any(option.words.casefold() == words.casefold() for option in offers)
        if self._can_add and words and not known:
            self._model.appendRow(_item(f"Add “{words}”", None, icons.icon("plus", theme_of(self))))

    def _icon(self, option: Option) -> QIcon | None:
        if not option.icon:
            return None
        colour = option.colour or theme_of(self).text2
        return QIcon(
            QPixmap.fromImage(icons.image(option.icon, WINDOW.icon, colour, self.devicePixelRatioF()))
        )

    def _take(self, index: QModelIndex) -> None:
        found = index.data(ID_ROLE)
        if found is not None:
            self.chosen.emit(found)
        else:
            self.added.emit(self.text().strip())


def _item(words: str, option_id: str | None, icon: QIcon | None) -> QStandardItem:
    made = QStandardItem(words)
    made.setEditable(False)
    made.setData(option_id, ID_ROLE)
    if icon is not None:
        made.setIcon(icon)
    return made
