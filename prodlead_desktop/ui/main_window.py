"""One window: puts the parts together and nothing else; what they do is in the parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFocusFrame, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from prodlead_desktop.document import Document
from prodlead_desktop.ui import opening, panes, view_state
from prodlead_desktop.ui.action_table import ActionTable, Context
from prodlead_desktop.ui.body import MAP, Body
from prodlead_desktop.ui.closing import LeaveBox, is_safe
from prodlead_desktop.ui.disk_notice import DiskNotice
from prodlead_desktop.ui.notifications import NotificationBar, Toast
from prodlead_desktop.ui.palette import Palette
from prodlead_desktop.ui.problems import Problems
from prodlead_desktop.ui.session import Notice, Session
from prodlead_desktop.ui.shortcut_sheet import ShortcutSheet
from prodlead_desktop.ui.start import StartScreen
from prodlead_desktop.ui.style import icons
from prodlead_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from prodlead_desktop.ui.program import Program

THUMBNAIL_MS = 3000  # after the window has come to rest


class MainWindow(QMainWindow):
    """Menu bar, start screen or document, and what floats above them."""

    gone = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.session: Session | None = None
        self.body: Body | None = None
        self._leaving = False
        self.problems = Problems(self, self.tell)
        self.tasks = Tasks(self.problems.report, self)
        self.table = ActionTable(self, self.problems, self.context)
        self.table.fill(self.menuBar())
        self._stack = QStackedWidget()
        self.start_bar = NotificationBar()
        self.start = StartScreen(self)
        self._stack.addWidget(_under(self.start_bar, self.start))
        self.setCentralWidget(self._stack)
        self._palette: Palette | None = None
        self._sheet: ShortcutSheet | None = None
        self.toast = Toast(self)
        self._ring = QFocusFrame(self)
        self._disk_notice: DiskNotice | None = None
        self.setMinimumSize(QSize(760, 520))
        self.setAcceptDrops(True)
        self.setWindowIcon(icons.app_icon())
        self.setWindowTitle("Prodlead")
        program.appearance.changed.connect(self._take_theme)
        self._take_theme()
        self._restore_geometry()
        self.table.refresh()

    # -- what actions use

    def context(self) -> Context:
        """What an action acts on now."""
        canvas = self.body.page(MAP) if self.body else None
        return Context(self, self.session, canvas, self.body.outline if self.body else None)

    def tell(self, notice: Notice) -> None:
        """Show a notice in the bar, or as a toast; what its buttons do runs like any action."""
        actions = tuple((words, partial(self.problems.run, act)) for words, act in notice.actions)
        notice = replace(notice, actions=actions)
        if notice.toast:
            self.toast.show_notice(notice, above=self.body.bottom.height() if self.body else 0)
        else:
            (self.body.bar if self.body else self.start_bar).show_notice(notice)

    def open_path(self, path: str | Path) -> None:
        """Open a file here or, when this window has one, in another; says in words why not."""
        self.problems.run(lambda: opening.open_path(self, Path(path)))

    def open_document(self, document: Document) -> None:
        """Show a document in this empty window."""
        session = Session(document, self.program.appearance.theme, self)
        self.session = session
        workspace = view_state.restore(self.program.memory, session)
        self.body = Body(session, self)
        self.table.bind(self.body.outline.view, "tree")
        self.body.outline.set_menu(self.table.menu("Map"))
        self._stack.addWidget(self.body)
        self._stack.setCurrentWidget(self.body)
        self._connect(session, self.body)
        self._disk_notice = DiskNotice(session, self)
        self.body.restore_docks(self.program.memory.settings.value("window/docks"))
        self.body.show_workspace(workspace or MAP)
        view_state.restore_map(self.program.memory, session, self.body.page(MAP))
        self._name()
        self.table.refresh()
        self.program.recent.record(session)
        QTimer.singleShot(THUMBNAIL_MS, self, self._draw_thumbnail)

    def show_map(self) -> None:
        """Open the map."""
        if self.body is not None and self.body.workspace != MAP:
            self.body.show_workspace(MAP)

    def focus_inspector(self) -> None:
        """Give the keyboard to the inspector, shown if it was hidden."""
        if self.body is not None:
            self.show_map()
            self.body.want("inspector", True)
            target = panes.first_in(self.body.inspector)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_title(self, node_id: str) -> None:
        """Type the title of a card on the map."""
        if self.body is not None:
            self.body.show_workspace(MAP)
            self.body.page(MAP).begin_edit(node_id)  # type: ignore[attr-defined]

    def go_to(self, node_id: str) -> Callable[[], None]:
        """How to show a card on the map."""

        def go() -> None:
            if self.session is not None and self.body is not None:
                self.body.show_workspace(MAP)
                self.session.reveal(node_id)
                self.body.page(MAP).centre(node_id)  # type: ignore[attr-defined]

        return go

    def palette_box(self) -> Palette:
        """The command palette, made when first asked for."""
        if self._palette is None:
            self._palette = Palette(self)
        return self._palette

    def shortcut_sheet(self) -> ShortcutSheet:
        """The sheet of keys, made when first asked for."""
        if self._sheet is None:
            self._sheet = ShortcutSheet(self)
        return self._sheet

    def ring_around(self, widget: QWidget | None) -> None:
        """Draw the focus ring around a widget, unless that shows its focus itself."""
        own = widget is None or bool(widget.property("own_focus")) or widget.property("radius") is None
        if not own and widget is not None:
            self._ring.setProperty("radius", widget.property("radius"))
        self._ring.setWidget(None if own else widget)  # type: ignore[arg-type]

    def close_anyway(self) -> bool:
        """Close even if the last changes are only in memory; the document tries to put a copy aside."""
        self._leaving = True
        return self.close()

    # -- inside

    def _connect(self, session: Session, body: Body) -> None:
        for signal in (
            session.changed,
            session.selection_changed,
            session.scenario_changed,
            session.view_changed,
        ):
            signal.connect(lambda *_: self.table.refresh())
        session.changed.connect(lambda *_: self._name())
        session.changed.connect(lambda *_: self.toast.clear())  # its Undo would take back something newer
        session.notice.connect(self.tell)
        body.workspace_changed.connect(lambda _: self.table.refresh())
        body.layout_changed.connect(self.table.refresh)
        body.top.palette_wanted.connect(lambda: self.table.run("view.palette"))
        body.bottom.chip.clicked.connect(lambda: self._pop_scenarios(body))
        body.outline.keyed.connect(lambda then: self.table.run(f"map.{then}"))
        zoom = body.bottom.zoom
        for asked, row_id in ((zoom.zoom_in, "view.in"), (zoom.zoom_out, "view.out"), (zoom.fit, "view.fit")):
            asked.connect(partial(self.table.run, row_id))
        canvas = body.page(MAP)
        canvas.zoom_changed.connect(body.bottom.zoom.set)  # type: ignore[attr-defined]

    def _pop_scenarios(self, body: Body) -> None:
        menu = QMenu(self)
        self.table.fill_choices(menu, "allocate.scenario")
        menu.addSeparator()
        for row_id in ("allocate.new", "allocate.duplicate"):
            menu.addAction(self.table.actions[row_id])
        menu.aboutToHide.connect(menu.deleteLater)
        chip = body.bottom.chip
        menu.popup(chip.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def _name(self) -> None:
        if self.session is not None and self.body is not None:
            path, name = Path(self.session.document.path), self.session.strategy.header.name
            self.setWindowTitle(f"{name} – Prodlead")
            self.setWindowFilePath(str(path))
            self.body.top.set_file(name, path.name)

    def _take_theme(self) -> None:
        theme = self.program.appearance.theme
        self.table.paint_icons(theme)
        if self.session is not None:
            self.session.set_theme(theme)

    def _restore_geometry(self) -> None:
        self.resize(1600, 1000)
        settings = self.program.memory.settings
        if (geometry := settings.value("window/geometry")) is not None:
            self.restoreGeometry(geometry)

    def _remember(self) -> None:
        settings = self.program.memory.settings
        settings.setValue("window/geometry", self.saveGeometry())
        if self.session is not None and self.body is not None:
            settings.setValue("window/docks", self.body.docks())
            view_state.save(self.program.memory, self.session, self.body.workspace, self.body.page(MAP))
            self.program.recent.record(self.session)
            self._draw_thumbnail()

    def _draw_thumbnail(self) -> None:
        """Keep a small picture of the map for the start screen, from the picture the map shows."""
        if self.session is not None and self.body is not None:
            shown = self.body.page(MAP).picture  # type: ignore[attr-defined]
            self.program.recent.draw(self.session.document.id, shown)

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toast.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.open_path(url.toLocalFile())
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
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


def _under(bar: QWidget, page: QWidget) -> QWidget:
    """A page with a bar above it."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addWidget(page, 1)
    return both
