"""Ctrl K: every command that can be done now and every card, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from prodlead_desktop.domain import tree
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.ui.fuzzy import score
from prodlead_desktop.ui.keys import key_words
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.labels import Divider, Icon, Label
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.popover import Popover

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

ROW, WIDTH, MOST_ROWS, MOST_FOUND = 40, 640, 10, 60
HIT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One line: what it is called, where it belongs, its key, and what choosing it does."""

    title: str
    place: str
    keys: str
    icon: str
    kind: str  # colour of the icon: a node kind, or "" for a command
    run: Callable[[], object]


def commands(window: MainWindow) -> Iterator[Hit]:
    """Every enabled action, and every line of a submenu that is filled when it opens."""
    context = window.context()
    for row_id, row in window.table.rows.items():
        if row_id == "view.palette" or not row.enabled(context):
            continue
        place = row.menu.replace("/", " ▸ ")
        if row.choices is not None:
            for choice in row.choices(context):
                yield Hit(f"{row.title}: {choice.title}", place, "", row.icon, "", choice.run)
            continue
        words = row.words(context) if row.words else row.title
        keys = key_words(row.keys[0]) if row.keys else ""
        yield Hit(words, place, keys, row.icon, "", partial(window.table.run, row_id))


def cards(window: MainWindow) -> Iterator[Hit]:
    """Every card, to go to."""
    session = window.session
    if session is not None:
        for node in tree.preorder(session.strategy):
            if node.title:
                of = kind(node.kind)
                yield Hit(
                    node.title, f"Go to {of.title.lower()}", "", of.icon, of.name, window.go_to(node.id)
                )


def find(window: MainWindow, query: str) -> list[Hit]:
    """Best first; without a query the commands in the order of the menus."""
    every = list(commands(window))
    if not query.strip():
        return every
    rated = [(score(query, f"{hit.title} {hit.place}"), 0, hit) for hit in every]
    rated += [(score(query, hit.title), 1, hit) for hit in cards(window)]
    fitting = [(points, group, hit) for points, group, hit in rated if points is not None]
    fitting.sort(key=lambda found: (-found[0], found[1]))
    return [hit for _, _, hit in fitting[:MOST_FOUND]]


class _Rows(QStyledItemDelegate):
    """Icon, words, place and key of a hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, widget = index.data(HIT), option.widget
        if not isinstance(hit, Hit) or widget is None:
            return
        theme, rect = theme_of(widget), QRectF(option.rect).adjusted(8, 1, -8, -1)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, rect, 7, theme.accent_soft)
        colour = theme.kinds[hit.kind].stroke if hit.kind else theme.text2
        icons.draw(
            painter, hit.icon or "command", QRectF(rect.left() + 12, rect.center().y() - 8, 16, 16), colour
        )
        right = rect.right() - 12
        if hit.keys:
            width = paint.width_of(hit.keys, font(12, 500)) + 14
            cap = QRectF(right - width, rect.center().y() - 11, width, 22)
            paint.box(painter, cap, 4, theme.surface, theme.line2)
            paint.text(painter, cap, hit.keys, font(12, 500), theme.text2, paint.CENTRE)
            right = cap.left() - 12
        place = QRectF(rect.left(), rect.top(), right - rect.left(), rect.height())
        taken = min(paint.width_of(hit.place, font(13)), 200.0)
        paint.text(painter, place, hit.place, font(13), theme.text3, paint.RIGHT)
        words = QRectF(rect.left() + 42, rect.top(), right - rect.left() - 42 - taken - 16, rect.height())
        paint.text(painter, words, hit.title, font(14, 500), theme.text)
        painter.restore()


class Palette(Popover):
    """A line to type in and the list of what fits; Enter does the chosen one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, 12)
        self._window = window
        self.line = LineEdit(placeholder="Find a command or a card")
        self.line.setProperty("bare", True)
        self.line.setProperty("own_focus", True)
        self.line.setFont(font(16))
        self.line.setAccessibleName("Find a command or a card")
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self._empty = Label("Nothing fits. Try fewer letters.", "body", "text3")
        self._empty.setContentsMargins(20, 12, 20, 16)
        self._lay_out()

    def _lay_out(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Commands and cards that fit")
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(self._choose)
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 12, 10)
        head.addWidget(Icon("search", 18, "text3"))
        head.addWidget(self.line, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addSpacing(6)
        column.addWidget(self.list)
        column.addWidget(self._empty)
        column.addSpacing(6)
        column.addStretch(1)
        body.setFixedWidth(WIDTH)
        self._inner = column
        self.column.addWidget(body)

    def open(self) -> None:
        """Show with an empty line, the keyboard in it."""
        self.line.clear()
        self._fill("")
        window = self._window
        self.open_at(QPoint((window.width() - WIDTH) // 2, min(140, window.height() // 6)))
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def hits(self) -> list[Hit]:
        """What is listed."""
        return [self._model.item(row).data(HIT) for row in range(self._model.rowCount())]

    def choose(self) -> None:
        """Do what is marked."""
        if self.list.currentIndex().isValid():
            self._choose(self.list.currentIndex())

    def _fill(self, query: str) -> None:
        self._model.clear()
        for hit in find(self._window, query):
            item = QStandardItem(hit.title)
            item.setData(hit, HIT)
            item.setData(f"{hit.title}, {hit.place} {hit.keys}", Qt.ItemDataRole.AccessibleTextRole)
            item.setEditable(False)
            self._model.appendRow(item)
        rows = self._model.rowCount()
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.list.setFixedHeight(min(rows, MOST_ROWS) * ROW)
        self.list.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        for layout in (
            self._inner,
            self.column,
        ):  # from the inside out, else the panel keeps the former height
            layout.invalidate()
            layout.activate()
        self.adjustSize()

    def _choose(self, index: QModelIndex) -> None:
        hit = index.data(HIT)
        self.dismiss()
        if isinstance(hit, Hit):
            self._window.problems.run(hit.run)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move the mark while the line keeps the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: MOST_ROWS,
                Qt.Key.Key_PageUp: -MOST_ROWS,
            }
            step = steps.get(Qt.Key(event.key()))
            if step:
                rows = self._model.rowCount()
                here = self.list.currentIndex().row() + step
                there = here % rows if abs(step) == 1 and rows else max(0, min(here, rows - 1))
                self.list.setCurrentIndex(self._model.index(there, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        return False
