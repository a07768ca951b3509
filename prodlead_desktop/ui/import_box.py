"""File ▸ Import: what a file holds, where it goes, as what, and what of it cannot be taken, before anything is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.planting import Wishes
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.exchange import importer
from prodlead_desktop.exchange.importer import Imported
from prodlead_desktop.ui import importing, opening
from prodlead_desktop.ui.bottom_bar import JobStrip
from prodlead_desktop.ui.import_preview import ImportPreview
from prodlead_desktop.ui.importing import Prepared
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.fields import ChoiceField, decimal_sign
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.labels import Divider, ElidedLabel, Label
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.tasks import Monitor, Task

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, HEIGHT, LEFT, EDGE = 940, 640, 300, 22
UNDER, TOP, NEW = "under", "top", "new"
BY_PLACE = "What their place suggests"
DECIMALS = ((".", "1,234.5"), (",", "1.234,5"))


class ImportBox(Popover):
    """Choices at the left, the first cards and the losses at the right; only the button makes something."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window, 12)
        self._window, self._path = window, path
        self._session = window.session
        self._under = self._session.current if self._session else None
        self.imported: Imported | None = None
        self.prepared: Prepared | None = None
        self._asked = 0
        self._mine: list[Task] = []  # what runs for this box
        self.where = ChoiceField("Where it goes", self._places())
        self.where.set_value(self._places()[0][0])
        plural = [(name, kind.plural) for name, kind in kinds().items()]
        self.kind = ChoiceField("The cards become", [(None, BY_PLACE), *plural], None)
        self.marks = QCheckBox("Icons and colours become tags")
        self.marks.setChecked(True)
        self.decimal = ChoiceField("Numbers are written", DECIMALS, decimal_sign())
        self.summary = Label("", "body", "text2", wrap=True)
        self.preview = ImportPreview()
        self.losses = QPlainTextEdit()
        self.go = Button("Import", "ink", "download")
        self._lay_out()
        self._connect()

    # -- what it looks like

    def _lay_out(self) -> None:
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 16, 14, 12)
        title = ElidedLabel(f"Import {self._path.name}", "panel_title")
        head.addWidget(title, 1)
        head.addWidget(close)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        sides = QHBoxLayout()
        sides.setContentsMargins(EDGE, 16, EDGE, 14)
        sides.setSpacing(EDGE)
        sides.addLayout(self._choices())
        sides.addWidget(self._sight(), 1)
        column.addLayout(sides, 1)
        column.addWidget(Divider())
        column.addLayout(self._foot())
        self.column.addWidget(self._body)
        self.setAccessibleName(f"Import {self._path.name}")

    def _choices(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(14)
        self._format = Label("", "label", "text2", wrap=True)
        for part in (self._format, self.where, self.kind, self.decimal, self.marks):
            part.setFixedWidth(LEFT)
            left.addWidget(part)
        self.marks.setFont(role_font("field"))
        self.decimal.hide()
        self.marks.hide()
        left.addStretch(1)
        return left

    def _sight(self) -> QWidget:
        self.losses.setReadOnly(True)
        self.losses.setTabChangesFocus(True)
        self.losses.setAccessibleName("What is left out or taken in another form")
        self.losses.setFrameShape(QFrame.Shape.NoFrame)
        self.losses.viewport().setAutoFillBackground(False)
        self.losses.document().setDocumentMargin(2)
        self.losses.setFixedHeight(148)
        self._line = Divider()
        for part in (self._line, self.losses):
            part.hide()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.summary)
        column.addWidget(self.preview, 1)
        column.addWidget(self._line)
        column.addWidget(self.losses)
        return right

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 12, EDGE, 16)
        foot.setSpacing(12)
        self._hint = Label("", "label", "text2")
        self._strip = JobStrip(self._window.tasks)
        foot.addWidget(self._hint)
        foot.addWidget(self._strip)
        foot.addStretch(1)
        foot.addWidget(self.go)
        self.go.setEnabled(False)
        return foot

    def _places(self) -> list[tuple[str, str]]:
        session = self._session
        new = [(NEW, "A new strategy, in a file of its own")]
        if session is None or session.document.read_only is not None:
            return new
        node = session.strategy.find(Node, self._under)
        under = [(UNDER, f"Below “{node.title or 'Untitled'}”")] if node is not None else []
        return [*under, (TOP, "At the top level of this map"), *new]

    def _connect(self) -> None:
        for field in (self.where, self.kind):
            field.changed.connect(lambda _: self._try())
        self.marks.toggled.connect(lambda _: self._try())
        self.decimal.changed.connect(lambda _: self._read())
        self.go.clicked.connect(self.take)
        if self._session is not None:
            self._session.changed.connect(self._moved_on)
        self.closed.connect(self._leave)

    # -- reading and trying

    def open(self) -> None:
        """Show in the middle of the window and begin to read."""
        host = self._window
        width, height = min(WIDTH, host.width() - 60), min(HEIGHT, host.height() - 110)
        self._body.setFixedSize(width, height)
        self.open_at(QPoint((host.width() - width) // 2, max(40, (host.height() - height) // 3)))
        self.where.setFocus(Qt.FocusReason.PopupFocusReason)
        self._read()

    def _read(self) -> None:
        path, decimal = self._path, str(self.decimal.value or ".")
        self.summary.setText(f"Reading {path.name}…")
        self.go.setEnabled(False)

        def work(monitor: Monitor) -> Imported:
            return importer.read(path, importer.Reading(decimal, monitor.step))

        task = self._window.tasks.run(
            f"Reading {path.name}",
            work,
            self._was_read,
            lambda error: self._window.problems.report(error, importing.KEY),
        )
        task.ended.connect(self._read_ended)
        self._mine.append(task)

    def _read_ended(self) -> None:
        """Close soon when there is no result: reading was stopped, or the window says why."""
        QTimer.singleShot(0, self, lambda: None if self.imported else self.dismiss())

    def _was_read(self, imported: Imported) -> None:
        if self.isHidden():
            return
        self.imported = imported
        outline = imported.outline
        if outline is None:
            self.dismiss()
            opening.ask_new_file(self._window, imported.strategy(), self._path.stem)
            return
        self._format.setText(imported.importer.title)
        self.marks.setVisible(any(item.marks for item in outline.items))
        numbered = any(name in ("baseline", "target") for item in outline.items for name, _ in item.values)
        self.decimal.setVisible(imported.importer.name == "csv" and numbered)
        self._try()

    def _try(self) -> None:
        """Find out beside the window what the choices would make."""
        imported = self.imported
        if imported is None or imported.outline is None:
            return
        outline, wishes = imported.outline, Wishes(self.kind.value, self.marks.isChecked())
        onto = self._onto()
        under = self._under if self.where.value == UNDER else None
        self._asked += 1
        asked = self._asked
        self.go.setEnabled(False)

        def work(monitor: Monitor) -> Prepared | ProdleadError:
            try:
                return importing.prepare(imported, outline, onto, under, wishes, monitor.step)
            except BadInput as error:
                return error

        task = self._window.tasks.run("Trying the import", work, lambda found: self._show(asked, found))
        self._mine.append(task)

    def _onto(self) -> Strategy | None:
        return None if self.where.value == NEW or self._session is None else self._session.strategy

    def _show(self, asked: int, found: Prepared | ProdleadError) -> None:
        if asked != self._asked or self.isHidden():
            return
        if isinstance(found, ProdleadError):
            self.prepared = None
            self.summary.setText(f"It cannot go there. {found}")
            return
        self.prepared, said = found, found.report
        self.summary.setText(f"{said.summary()}.")
        self.preview.show_cards(found.strategy, found.planted.ids)
        losses = said.losses()
        self.losses.setPlainText(losses)
        for part in (self._line, self.losses):
            part.setVisible(bool(losses))
        new = found.before is None
        self.go.set_text("Import as a new strategy…" if new else f"Import {said.counted()}")
        self._hint.setText("" if new else "One step: Ctrl Z takes it back.")
        self.go.setEnabled(True)

    def _moved_on(self, _: ChangeSet) -> None:
        if self.isVisible() and self.where.value != NEW:
            node = self._session.strategy.find(Node, self._under) if self._session else None
            if node is None and self.where.value == UNDER:
                self._under = None
                self.where.set_choices(self._places(), TOP)
            self._try()

    # -- doing

    def take(self) -> None:
        """Import what is shown."""
        prepared, session = self.prepared, self._session
        if prepared is None:
            return
        if prepared.before is None:
            path = opening.ask_where(
                self._window,
                "Import into a new file",
                f"{self._path.stem}{opening.ENDING}",
                opening.OURS,
                opening.ENDING,
            )
            if path is not None:
                self.dismiss()
                self._window.problems.run(lambda: importing.open_new(self._window, path, prepared))
        elif session is not None and session.strategy is prepared.before:
            self.dismiss()
            self._window.problems.run(lambda: importing.take(self._window, session, prepared))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter that no field needs is the button's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.go.click()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        for job in list(self._window.tasks.jobs):
            if job in self._mine:
                job.cancel()
        self.deleteLater()
