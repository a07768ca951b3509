"""Every checkpoint, what has changed since, and the way back: as one edit, or as a copy beside this file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QTreeView, QVBoxLayout, QWidget

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.differences import make_like
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.store.reading import CheckpointInfo
from prodlead_desktop.ui.checkpoints.rows import CHECKPOINT, SUBJECT, CheckpointRows, StoryRows
from prodlead_desktop.ui.checkpoints.story import Subject, in_words, story
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.labels import Divider, Label
from prodlead_desktop.ui.style.panels import EmptyState
from prodlead_desktop.ui.style.popover import Popover

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, LIST_WIDTH, HEIGHT = 1060, 320, 620
OPENED_AT_ONCE = 40  # subjects that stand open; more of them would be a wall of text


class CheckpointsBox(Popover):
    """Checkpoints at the left, newest first; at the right what happened since the chosen one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, 12)
        self._window = window
        self._then: Strategy | None = None
        self.list = QListView()
        self.story = QTreeView()
        self._marks, self._told = QStandardItemModel(self), QStandardItemModel(self)
        self._title = Label("", "panel_title")
        self._summary = Label("", "body", "text2", wrap=True)
        self.restore = Button("Restore this state", "ink", "history")
        self.copy = Button("Open as a copy…", "outline", "copy")
        self.empty = EmptyState(
            "bookmark-plus",
            "Name the first checkpoint",
            "A checkpoint keeps the whole strategy under a name, such as “before lunch, day 2”. "
            "You can compare it with now and come back to it.",
            ("Name a checkpoint", self._name_one),
        )
        self._body = self._laid_out()
        self.column.addWidget(self._body)
        self.restore.clicked.connect(self.make_it_so)
        self.copy.clicked.connect(self._open_copy)

    def _laid_out(self) -> QWidget:
        for view, model, rows, name in (
            (self.list, self._marks, CheckpointRows(self.list), "Checkpoints, newest first"),
            (self.story, self._told, StoryRows(self.story), "What has changed since"),
        ):
            view.setModel(model)
            view.setItemDelegate(rows)
            view.setFrameShape(QFrame.Shape.NoFrame)
            view.setAccessibleName(name)
            view.viewport().setAutoFillBackground(False)
            view.setEditTriggers(view.EditTrigger.NoEditTriggers)
        self.story.setHeaderHidden(True)
        self.story.setIndentation(14)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.activated.connect(lambda _: self.story.setFocus(Qt.FocusReason.OtherFocusReason))
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setContentsMargins(24, 18, 14, 10)
        head.addWidget(Label("Checkpoints", "panel_title"), 1)
        head.addWidget(close)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(10, 8, 10, 8)
        left.addWidget(self.list)
        self._left.setFixedWidth(LIST_WIDTH)
        between = Divider(upright=True)
        between.setMaximumHeight(HEIGHT)
        self._right = self._comparison()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(between)
        row.addWidget(self._right, 1)
        row.addWidget(self.empty, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addLayout(row, 1)
        return body

    def _comparison(self) -> QWidget:
        page = QWidget()
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 12, 20, 16)
        buttons.addWidget(
            Label("Restoring is one step: Ctrl Z takes it back.", "label", "text2", wrap=True), 1
        )
        buttons.addWidget(self.copy)
        buttons.addWidget(self.restore)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(4)
        for label in (self._title, self._summary):
            label.setContentsMargins(20, 0, 20, 0)
            column.addWidget(label)
        column.addSpacing(6)
        column.addWidget(Divider())
        column.addWidget(self.story, 1)
        column.addWidget(Divider())
        column.addLayout(buttons)
        return page

    # -- what it shows

    def open(self) -> None:
        """Show in the middle with the newest checkpoint chosen."""
        self._fill()
        window = self._window
        self._body.setFixedSize(min(WIDTH, window.width() - 60), min(HEIGHT, window.height() - 120))
        self.adjustSize()
        self.open_at(
            QPoint((window.width() - self._body.width()) // 2, max(40, (window.height() - HEIGHT) // 3))
        )
        first = self.list if self._marks.rowCount() else self.empty
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def chosen(self) -> CheckpointInfo | None:
        """The checkpoint that is compared with now."""
        found = self.list.currentIndex().data(CHECKPOINT)
        return found if isinstance(found, CheckpointInfo) else None

    def subjects(self) -> tuple[Subject, ...]:
        """What the comparison tells."""
        return tuple(self._told.item(row).data(SUBJECT) for row in range(self._told.rowCount()))

    def _fill(self) -> None:
        session = self._window.session
        self._marks.clear()
        for info in reversed(session.document.checkpoints() if session else ()):
            item = QStandardItem(info.name)
            item.setData(info, CHECKPOINT)
            item.setData(f"{info.name}, {when(info)}", Qt.ItemDataRole.AccessibleTextRole)
            self._marks.appendRow(item)
        some = self._marks.rowCount() > 0
        self._left.setVisible(some)
        self._right.setVisible(some)
        self.empty.setVisible(not some)
        if some:
            self.list.setCurrentIndex(self._marks.index(0, 0))

    def _show(self, index: QModelIndex) -> None:
        info, session = index.data(CHECKPOINT), self._window.session
        if session is None or not isinstance(info, CheckpointInfo):
            return
        self._told.clear()
        self._then = None
        self.restore.setEnabled(False)
        self.copy.setEnabled(False)
        self._title.setText(info.name)
        self._summary.setText("Reading it…")
        self._window.tasks.run(
            "Comparing with a checkpoint",
            lambda _: _compared(session.document.strategy_at(info.id), session.strategy),
            lambda found: self._tell(info, *found),
        )

    def _tell(self, info: CheckpointInfo, then: Strategy, told: tuple[Subject, ...]) -> None:
        if self.chosen() is not info:
            return
        self._then = then
        same = not told
        self.copy.setEnabled(True)
        self.restore.setEnabled(not same)
        self._summary.setText(
            "Nothing has changed since." if same else f"Since then, until now: {in_words(told)}."
        )
        for subject in told:
            item = QStandardItem(subject.title)
            item.setData(subject, SUBJECT)
            item.setData(
                f"{subject.title}, {subject.what.lower()} {_HAPPENED[subject.sign]}",
                Qt.ItemDataRole.AccessibleTextRole,
            )
            for line in subject.lines:
                item.appendRow(QStandardItem(line))
            self._told.appendRow(item)
        for row in range(min(OPENED_AT_ONCE, self._told.rowCount())):
            self.story.setExpanded(self._told.index(row, 0), True)
        if self._told.rowCount():
            self.story.setCurrentIndex(self._told.index(0, 0))

    # -- what it does

    def make_it_so(self) -> None:
        """Make the chosen state today's, as one edit that undo takes back."""
        info, then = self.chosen(), self._then
        if info is not None and then is not None:
            self.dismiss()
            self._window.problems.run(lambda: self._restore(info, then))

    def _restore(self, info: CheckpointInfo, then: Strategy) -> None:
        session = self._window.session
        if session is None:
            return
        with session.edit(f"Restore “{info.name}”") as edit:
            make_like(edit, then)
        undo = ("Undo", lambda: self._window.table.run("edit.undo"))
        self._window.tell(Notice(f"The strategy is again as at “{info.name}”.", "ok", (undo,), toast=True))

    def _open_copy(self) -> None:
        from prodlead_desktop.ui.checkpoints.copying import ask_copy

        info, then = self.chosen(), self._then
        if info is not None and then is not None:
            self.dismiss()
            self._window.problems.run(lambda: ask_copy(self._window, then, info.name))

    def _name_one(self) -> None:
        self.dismiss()
        self._window.table.run("file.checkpoint")


_HAPPENED = {"+": "added", "−": "removed", "": "changed"}


def _compared(then: Strategy, now: Strategy) -> tuple[Strategy, tuple[Subject, ...]]:
    return then, story(then, now)


def when(info: CheckpointInfo) -> str:
    """Day and time a checkpoint was made, with the year unless it is this one: "23 Nov, 14:03"."""
    made = datetime.fromisoformat(info.created).astimezone()
    other_year = made.year != datetime.now(UTC).astimezone().year
    return f"{numerals.deadline(made.date(), 'day', with_year=other_year)}, {made:%H:%M}"
