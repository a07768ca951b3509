"""What a window holds while a document is open: session, page, and what connects them with the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from prodlead_desktop.document import Document
from prodlead_desktop.ui import remembering, view_state
from prodlead_desktop.ui.body import Body
from prodlead_desktop.ui.canvas.canvas import MapCanvas
from prodlead_desktop.ui.disk_notice import DiskNotice
from prodlead_desktop.ui.forecasting import Forecasting
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.settings import RAPID
from prodlead_desktop.ui.style.chooser import Chooser
from prodlead_desktop.ui.views import now
from prodlead_desktop.ui.workspace import MAP

if TYPE_CHECKING:
    from prodlead_desktop.ui.audience.window import AudienceWindow
    from prodlead_desktop.ui.main_window import MainWindow

THUMBNAIL_MS = 3000  # after the window has come to rest
REST_MS = 3000  # after the last edit


class Desk(QObject):
    """One open document in one window."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self.session = Session(document, window.program.appearance.theme, window)
        self.forecasting = Forecasting(self.session, window.tasks, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._keep)
        self.body: Body
        self.audience: AudienceWindow | None = None

    def lay_out(self) -> None:
        """Build the page and bring back what was looked at."""
        window, session, memory = self._window, self.session, self._window.program.memory
        session.rapid = memory.settings.value(RAPID) in (True, "true")
        view_state.restore(memory, session)
        self.body = body = Body(session, window)
        window.table.bind(body.outline.view, "tree")
        body.outline.set_menu(window.table.menu("Map"))
        self._connect()
        body.restore_docks(memory.settings.value("window/docks"))

    def open(self) -> None:
        """Show the workspace that was open, once the page is in the window."""
        window, memory = self._window, self._window.program.memory
        workspace = view_state.workspace(memory, self.session)
        self._disk = DiskNotice(self.session, window)
        self.body.show_workspace(workspace or MAP)
        view_state.restore_map(memory, self.session, self.canvas)
        self.name()
        remembering.remember(window.program.recent, self.session)
        QTimer.singleShot(THUMBNAIL_MS, self, self._draw)

    @property
    def canvas(self) -> MapCanvas:
        """The map."""
        page = self.body.page(MAP)
        assert isinstance(page, MapCanvas)
        return page

    def remember(self) -> None:
        """Keep what is looked at and a small picture for the next time."""
        program = self._window.program
        program.memory.settings.setValue("window/docks", self.body.docks())
        self._rest.stop()
        view_state.save(program.memory, self.session, self.body.workspace, self.canvas)
        self._keep()

    def present(self) -> None:
        """Open the audience window, or close it."""
        from prodlead_desktop.ui.audience.window import AudienceWindow  # not needed by the first frame

        if self.audience is not None:
            self.audience.close()
            return
        self.audience = AudienceWindow(self._window, self.session, self.canvas)
        self.audience.stopped.connect(self._presented)
        current = now.shown(self.session)
        self.audience.start_with(current.id if current is not None else None)
        self.audience.present()
        self._window.table.refresh()

    def _presented(self) -> None:
        self.audience = None
        self._window.table.refresh()
        self._window.activateWindow()

    def finish_typing(self) -> None:
        """Write what is typed anywhere, on the map, in a row or in a field: closing and stepping back come after it."""
        QGuiApplication.inputMethod().commit()
        self.session.typing_ends.emit()
        typed = self._window.focusWidget()
        port = typed.parentWidget() if typed is not None else None
        rows = port.parentWidget() if port is not None else None
        if isinstance(rows, QAbstractItemView) and typed is not None and port is rows.viewport():
            rows.commitData(typed)
            rows.closeEditor(typed, QAbstractItemDelegate.EndEditHint.NoHint)
        elif isinstance(typed, QLineEdit | QPlainTextEdit):
            _leave_for_a_moment(typed)

    def put_away(self) -> None:
        """Before the window closes: write what is open in an editor, typed in a field or stands on the screen alone."""
        self.finish_typing()
        typed = self._window.focusWidget()
        if isinstance(typed, Chooser):
            typed.commit()
        self.session.leaving.emit()

    def leave(self) -> None:
        """Take down what stands outside the window."""
        if self.audience is not None:
            self.audience.close()

    def name(self) -> None:
        """Say in the title and the top bar what is open."""
        path, name = Path(self.session.document.path), self.session.strategy.header.name
        self._window.setWindowTitle(f"{name} – Prodlead")
        self._window.setWindowFilePath(str(path))
        self.body.top.set_file(name, path.name)

    def _keep(self) -> None:
        """Say among the recent files what is in the document, also for after a crash."""
        remembering.remember(self._window.program.recent, self.session)
        self._draw()

    def _draw(self) -> None:
        remembering.draw(self._window.program.recent, self.session, self.canvas.picture)

    def _connect(self) -> None:
        window, session, body, table = self._window, self.session, self.body, self._window.table
        looked = (session.selection_changed, session.scenario_changed, session.view_changed)
        for signal in (session.changed, *looked, body.workspace_changed, body.layout_changed):
            signal.connect(lambda *_: session.turns.later(table.refresh))
        session.changed.connect(lambda *_: session.turns.later(self.name))
        session.changed.connect(lambda *_: self._rest.start())
        session.changed.connect(lambda *_: window.toast.clear())  # its Undo would take back something newer
        for signal in (session.changed, session.scenario_changed, session.settled):
            signal.connect(lambda *_: body.bar.review())
        session.notice.connect(window.tell)
        body.top.palette_wanted.connect(partial(table.run, "view.palette"))
        body.top.present_wanted.connect(partial(table.run, "view.present"))
        body.bottom.chip.clicked.connect(lambda: self._pop_scenarios())
        body.outline.wanted.connect(table.run)
        self.canvas.wanted.connect(table.run)
        zoom = body.bottom.zoom
        for asked, row_id in ((zoom.zoom_in, "view.in"), (zoom.zoom_out, "view.out"), (zoom.fit, "view.fit")):
            asked.connect(partial(table.run, row_id))
        self.canvas.zoom_changed.connect(zoom.set)

    def _pop_scenarios(self) -> None:
        table, chip = self._window.table, self.body.bottom.chip
        menu = QMenu(self._window)
        table.fill_choices(menu, "allocate.scenario")
        menu.addSeparator()
        for row_id in ("allocate.new", "allocate.duplicate"):
            menu.addAction(table.actions[row_id])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))


def _leave_for_a_moment(field: QWidget) -> None:
    """Let a field do what it does when it is left; so it writes, though a window that closes takes no focus away."""
    kinds = (QEvent.Type.FocusOut, QEvent.Type.FocusIn) if field.hasFocus() else (QEvent.Type.FocusOut,)
    for kind in kinds:
        if isValid(field):  # what it wrote may have taken it away
            QApplication.sendEvent(field, QFocusEvent(kind, Qt.FocusReason.OtherFocusReason))
