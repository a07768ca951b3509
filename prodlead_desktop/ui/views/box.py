"""Every saved view in the order it is played: shown, renamed, put elsewhere, updated, deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from prodlead_desktop.domain import views
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, SavedView
from prodlead_desktop.domain.views import Look
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.scenarios.panel import EditingBox
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.fields import TextField
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import EmptyState
from prodlead_desktop.ui.views import now
from prodlead_desktop.ui.views.rows import ICON, WORDS, ViewRows

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

Verb = Callable[[Edit, str], None]
WIDTH, HEIGHT, LIST = 860, 560, 420
ABOUT = (
    "A view remembers branch, folds, lens and the part of the map that is seen. F5 plays them in this order."
)


class ViewsBox(EditingBox):
    """The views at the left, what is done with the chosen one at the right."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session, "Saved views", WIDTH, HEIGHT)
        self.list = QListWidget()
        self.list.setAccessibleName("Saved views, in the order they are played")
        self.list.setFixedWidth(LIST)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setItemDelegate(ViewRows(self.list))
        self.list.viewport().setAutoFillBackground(False)
        self.name = TextField("Name")
        self.words = Label("", "label", "text2", wrap=True)
        self.go = Button("Show on the map", "ink", "eye")
        self.now = Button("Remember what is seen now", "outline", "scan-eye")
        self.add = Button("Save what is seen now", "outline", "plus")
        self.up, self.down = IconButton("arrow-up", "Play earlier"), IconButton("arrow-down", "Play later")
        self.remove = IconButton("trash-2", "Delete this view")
        self.empty = EmptyState(
            "bookmark-plus",
            "Save the first view",
            "Focus on a branch, choose a lens, fold what is not needed; then save what is seen. "
            "Views are the slides of F5 and pages of the PDF.",
            ("Save what is seen now", self._add),
        )
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.itemActivated.connect(lambda _: self._go())
        self.name.changed.connect(lambda value: self._edit("Rename view", partial(_rename, value)))
        self.go.clicked.connect(self._go)
        self.now.clicked.connect(self._update)
        self.add.clicked.connect(self._add)
        self.up.clicked.connect(
            lambda: self._edit("Move view", lambda edit, view: views.move(edit, view, -1))
        )
        self.down.clicked.connect(
            lambda: self._edit("Move view", lambda edit, view: views.move(edit, view, 1))
        )
        self.remove.clicked.connect(self._remove)

    def _lay_out(self) -> None:
        self.content.addWidget(Label(ABOUT, "label", "text2", wrap=True))
        self._sides = QWidget()
        sides = QHBoxLayout(self._sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(22)
        left, right, tools = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.list, 1)
        for part in (self.add, self.up, self.down, self.remove):
            tools.addWidget(part)
        tools.insertStretch(1, 1)
        left.addLayout(tools)
        right.setSpacing(14)
        for widget in (self.name, self.words):
            right.addWidget(widget)
        for button in (self.go, self.now):
            right.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        sides.addLayout(left)
        sides.addLayout(right, 1)
        self.content.addWidget(self._sides, 1)
        self.content.addWidget(self.empty, 1)

    # -- showing

    @property
    def chosen(self) -> SavedView | None:
        """The view that the buttons act on."""
        item = self.list.currentItem()
        return self.session.strategy.find(SavedView, item.data(Qt.ItemDataRole.UserRole)) if item else None

    def follow(self) -> None:
        """Show the views as they are now."""
        strategy = self.session.strategy
        every = strategy.ordered(SavedView)
        last = self.chosen.id if self.chosen else self.session.kept.get(now.SHOWN)
        self.list.blockSignals(True)
        self.list.clear()
        for view in every:
            look = views.look_of(strategy, view.id)
            item = QListWidgetItem(view.name)
            item.setData(Qt.ItemDataRole.UserRole, view.id)
            item.setData(WORDS, self._said(look))
            item.setData(ICON, lenses()[look.lens].icon if look.lens in lenses() else "network")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{view.name}: {self._said(look)}")
            self.list.addItem(item)
        ids = [view.id for view in every]
        self.list.setCurrentRow(ids.index(last) if last in ids else 0)
        self.list.blockSignals(False)
        self._sides.setVisible(bool(every))
        self.empty.setVisible(not every)
        self._show_chosen()

    def _said(self, look: Look) -> str:
        root = self.session.strategy.find(Node, look.root)
        lens = lenses().get(look.lens)
        parts = [
            (root.title or now.UNTITLED) if root is not None else "Whole map",
            lens.title.lower() if lens else look.lens,
            f"{len(look.folded)} folded" if look.folded else "",
        ]
        return " · ".join(part for part in parts if part)

    def _show_chosen(self) -> None:
        view, row = self.chosen, self.list.currentRow()
        if view is None:
            return
        self.name.set_value(view.name)
        self.words.setText(self._said(views.look_of(self.session.strategy, view.id)))
        locked = self.session.document.read_only is not None
        for part in (self.name, self.now, self.add, self.remove):
            part.setEnabled(not locked)
        self.up.setEnabled(row > 0 and not locked)
        self.down.setEnabled(row < self.list.count() - 1 and not locked)

    # -- doing

    def _go(self) -> None:
        view = self.chosen
        if view is not None:
            self.dismiss()
            now.show(self.window_, view.id)

    def _add(self) -> None:
        self.attempt(lambda: now.save(self.window_))
        self.list.setCurrentRow(self.list.count() - 1)
        self.name.editor.setFocus()

    def _update(self) -> None:
        view = self.chosen
        if view is not None:
            self.attempt(lambda: now.update(self.window_, view))

    def _remove(self) -> None:
        view, session = self.chosen, self.session
        if view is None:
            return
        self._edit("Delete view", views.remove)
        sentence = f"Deleted the view “{view.name}”."
        session.notice.emit(Notice(sentence, "info", (("Undo", session.undo),), toast=True))

    def _edit(self, label: str, verb: Verb) -> None:
        view = self.chosen
        if view is not None:
            self.attempt(lambda: self._do(label, verb, view.id))

    def _do(self, label: str, verb: Verb, view: str) -> None:
        with self.session.edit(label) as edit:
            verb(edit, view)


def _rename(name: object, edit: Edit, view: str) -> None:
    views.rename(edit, view, str(name or ""))
