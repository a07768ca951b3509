"""One window: puts the parts together and nothing else; what they do is in the parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFocusFrame,
    QMainWindow,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from prodlead_desktop.ui import dropping, menus, panes
from prodlead_desktop.ui.closing import LeaveBox, is_safe
from prodlead_desktop.ui.notice import DISK, Notice
from prodlead_desktop.ui.notifications import Toast
from prodlead_desktop.ui.problems import Problems
from prodlead_desktop.ui.start_page import StartPage
from prodlead_desktop.ui.style import icons, tab_order
from prodlead_desktop.ui.style.menus import BAR
from prodlead_desktop.ui.tasks import Tasks
from prodlead_desktop.ui.workspace import MAP

if TYPE_CHECKING:
    from prodlead_desktop.document import Document
    from prodlead_desktop.ui.action_table import ActionTable, Context
    from prodlead_desktop.ui.body import Body
    from prodlead_desktop.ui.desk import Desk
    from prodlead_desktop.ui.palette import Palette
    from prodlead_desktop.ui.program import Program
    from prodlead_desktop.ui.session import Session
    from prodlead_desktop.ui.shortcut_sheet import ShortcutSheet

USUAL_SIZE, LEAST_SIZE, FRAME = QSize(1600, 1000), QSize(760, 520), QSize(24, 64)


class MainWindow(QMainWindow):
    """Menu bar, start screen or document, and what floats above them.

    The start screen is the first frame: actions, document and map are imported after it or when they are needed.
    """

    gone = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.desk: Desk | None = None
        self._leaving = False
        self.problems = Problems(self, self.tell, program.crashes.mistake)
        self.tasks = Tasks(self.problems.report, self)
        self._stack = QStackedWidget()
        self.start = StartPage(self, self._stack)
        self.setCentralWidget(self._stack)
        self.menuBar().setFixedHeight(BAR)
        self._menus = menus.add_titles(self.menuBar(), lambda: self.table)
        self.toast = Toast(self)
        self._ring = QFocusFrame(self)
        self.setMinimumSize(LEAST_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.setAcceptDrops(True)
        self.setWindowIcon(icons.app_icon())
        self.setWindowTitle("Prodlead")
        program.appearance.changed.connect(self._take_theme)
        program.preferences.changed.connect(self._take_preference)
        self._restore_geometry()

    # -- parts that are made when they are needed

    @cached_property
    def table(self) -> ActionTable:
        """The actions; the menus fill when they are made."""
        from prodlead_desktop.ui.action_table import ActionTable

        table = ActionTable(self, self.problems, self.context)
        table.fill(self._menus)
        table.paint_icons(self.program.appearance.theme)
        table.refresh()
        return table

    @cached_property
    def palette_box(self) -> Palette:
        """The command palette."""
        from prodlead_desktop.ui.palette import Palette

        return Palette(self)

    @cached_property
    def shortcut_sheet(self) -> ShortcutSheet:
        """The sheet of keys."""
        from prodlead_desktop.ui.shortcut_sheet import ShortcutSheet

        return ShortcutSheet(self)

    @property
    def session(self) -> Session | None:
        """The open document."""
        return self.desk.session if self.desk else None

    @property
    def body(self) -> Body | None:
        """The page of the open document."""
        return self.desk.body if self.desk else None

    # -- what actions use

    def context(self) -> Context:
        """What an action acts on now."""
        from prodlead_desktop.ui.action_table import Context

        desk = self.desk
        return (
            Context(self, desk.session, desk.canvas, desk.body.outline) if desk else Context(self, None, None)
        )

    def tell(self, notice: Notice) -> None:
        """Show a notice in the bar, or as a toast; what its buttons do runs like any action."""
        if self.session is not None:
            document = self.session.document
            notice = notice.about(document)
            known = notice.key != DISK and notice.sentence.startswith(document.read_only or "\n")
            if known and self.body is not None and self.body.bar.point_at(DISK):
                return
        actions = tuple((words, partial(self.problems.run, act)) for words, act in notice.actions)
        notice = replace(notice, actions=actions)
        if notice.toast:
            self.toast.show_notice(notice, above=self.body.bottom.height() if self.body else 0)
        else:
            (self.body.bar if self.body else self.start.bar).show_notice(notice)

    def open_path(self, path: str | Path) -> None:
        """Open a file here or, when this window has one, in another; says in words why not."""
        from prodlead_desktop.ui import opening

        self.problems.run(lambda: opening.open_path(self, Path(path)))

    def open_document(self, document: Document) -> None:
        """Show a document in this empty window."""
        from prodlead_desktop.ui.desk import Desk

        desk = Desk(self, document)
        desk.lay_out()
        self.desk = desk
        self._stack.addWidget(desk.body)
        self._stack.setCurrentWidget(desk.body)
        desk.open()
        self.table.refresh()

    def show_map(self) -> None:
        """Open the map."""
        if self.body is not None and self.body.workspace != MAP:
            self.body.show_workspace(MAP)

    def focus_inspector(self) -> None:
        """Give the keyboard to the inspector, shown if it was hidden."""
        if self.body is not None:
            self.show_map()
            self.body.want("inspector", True)
            self.body.fill_inspector()
            fields = self.body.first_fields()
            target = next(iter(tab_order.as_seen(fields)), None) or panes.first_in(fields)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_title(self, node_id: str) -> None:
        """Type the title of a card on the map."""
        if self.desk is not None:
            self.desk.body.show_workspace(MAP)
            self.desk.canvas.begin_edit(node_id)

    def go_to(self, node_id: str) -> Callable[[], None]:
        """How to show a card on the map."""

        def go() -> None:
            if self.desk is not None:
                self.desk.body.show_workspace(MAP)
                self.desk.session.reveal(node_id)
                self.desk.canvas.centre(node_id)

        return go

    def ring_around(self, widget: QWidget | None) -> None:
        """Draw the focus ring around a widget, unless that shows its focus itself."""
        if not isValid(self._ring):
            self._ring = QFocusFrame(self)  # it went with the box it stood in
        own = widget is None or bool(widget.property("own_focus")) or widget.property("radius") is None
        if not own and widget is not None:
            self._ring.setProperty("radius", widget.property("radius"))
        self._ring.setWidget(None if own else widget)  # type: ignore[arg-type]
        if own:
            self._ring.setParent(self)  # it would go with the page it was shown on

    def close_anyway(self) -> bool:
        """Close even if the last changes are only in memory; the document tries to put a copy aside."""
        self._leaving = True
        return self.close()

    # -- inside

    def _take_theme(self) -> None:
        theme = self.program.appearance.theme
        if "table" in self.__dict__:
            self.table.paint_icons(theme)
        if self.session is not None:
            self.session.set_theme(theme)

    def _take_preference(self, name: str) -> None:
        if name in ("numbers", "language"):
            self.start.fill()
            if self.session is not None:
                self.session.show_anew()

    def _restore_geometry(self) -> None:
        room = self.screen().availableSize() - FRAME  # the system's own frame must stay on the screen too
        self.resize(room.boundedTo(USUAL_SIZE))
        settings = self.program.memory.settings
        if (geometry := settings.value("window/geometry")) is not None:
            self.restoreGeometry(geometry)

    def _remember(self) -> None:
        self.program.memory.settings.setValue("window/geometry", self.saveGeometry())
        if self.desk is not None:
            self.desk.leave()
            self.desk.remember()

    # -- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if "table" not in self.__dict__:
            QTimer.singleShot(0, self, lambda: self.table)

    def showEvent(self, event: QShowEvent) -> None:
        if self.desk is None:
            self.start.show()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toast.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropping.may_drop(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.problems.run(lambda: dropping.drop(self, event.mimeData()))
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.desk is not None:
            self.problems.run(self.desk.put_away)
        if self.session is not None and not self._leaving and not is_safe(self.session):
            event.ignore()
            LeaveBox(self, self.close_anyway).open()
            return
        self.tasks.stop_all()
        self.problems.run(self._remember)
        if self.session is not None:
            self.problems.run(self.session.close)
        event.accept()
        self.gone.emit()
        self.deleteLater()
