"""Every saved view in the order it is played: shown, renamed, put elsewhere, updated, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from prodlead_desktop.domain import views
from prodlead_desktop.domain.entities import Node, SavedView
from prodlead_desktop.domain.views import Look
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.ui.list_box import ID, ListBox
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import TextField
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.panels import EmptyState
from prodlead_desktop.ui.views import now
from prodlead_desktop.ui.views.rows import ICON, WORDS, ViewRows

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

SIZE = (860, 560, 420)
ABOUT = (
    "A view remembers branch, folds, lens and the part of the map that is seen. F5 plays them in this order."
)


class ViewsBox(ListBox):
    """The views at the left, what is done with the chosen one at the right."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session, "Saved views", SIZE, ABOUT)
        self.list.setAccessibleName("Saved views, in the order they are played")
        self.list.setItemDelegate(ViewRows(self.list))
        self.list.viewport().setAutoFillBackground(False)
        self.name = TextField("Name")
        self.words = Label("", "label", "text2", wrap=True)
        self.go = Button("Show on the map", "ink", "eye")
        self.now = Button("Remember what is seen now", "outline", "scan-eye")
        self.offer(
            Button("Save what is seen now", "outline", "plus"),
            "Play earlier",
            "Play later",
            "Delete this view",
            EmptyState(
                "bookmark-plus",
                "Save the first view",
                "Focus on a branch, choose a lens, fold what is not needed; then save what is seen. "
                "Views are the slides of F5 and pages of the PDF.",
                ("Save what is seen now", self._add),
            ),
        )
        self.right.setSpacing(14)
        for widget in (self.name, self.words):
            self.right.addWidget(widget)
        for button in (self.go, self.now):
            self.right.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.right.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.list.itemActivated.connect(lambda _: self._go())
        self.name.changed.connect(lambda value: self.edit("Rename view", views.rename, value or ""))
        self.go.clicked.connect(self._go)
        self.now.clicked.connect(self._update)
        self.add.clicked.connect(self._add)
        self.up.clicked.connect(lambda: self.edit("Move view", views.move, -1))
        self.down.clicked.connect(lambda: self.edit("Move view", views.move, 1))
        self.remove.clicked.connect(self._remove)

    # -- showing

    @property
    def chosen(self) -> SavedView | None:
        """The view that the buttons act on."""
        return self.session.strategy.find(SavedView, self.chosen_id)

    def follow(self) -> None:
        """Show the views as they are now."""
        every = self.session.strategy.ordered(SavedView)
        shown = self.session.kept.get(now.SHOWN)
        self.list_rows([self._item(view) for view in every], self.chosen_id or shown)

    def _item(self, view: SavedView) -> QListWidgetItem:
        look = views.look_of(self.session.strategy, view.id)
        item = QListWidgetItem(view.name)
        item.setData(ID, view.id)
        item.setData(WORDS, self._said(look))
        item.setData(ICON, lenses()[look.lens].icon if look.lens in lenses() else "network")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{view.name}: {self._said(look)}")
        return item

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
        view = self.chosen
        if view is None:
            return
        self.name.set_value(view.name)
        self.words.setText(self._said(views.look_of(self.session.strategy, view.id)))
        free = self.enable_tools()
        for part in (self.name, self.now):
            part.setEnabled(free)

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
        self.name.editor.selectAll()  # type: ignore[attr-defined]

    def _update(self) -> None:
        view = self.chosen
        if view is not None:
            self.attempt(lambda: now.update(self.window_, view))

    def _remove(self) -> None:
        view, session = self.chosen, self.session
        if view is None:
            return
        self.edit("Delete view", views.remove)
        sentence = f"Deleted the view “{view.name}”."
        session.notice.emit(Notice(sentence, "info", (("Undo", session.undo),), toast=True))
