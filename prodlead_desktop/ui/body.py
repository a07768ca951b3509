"""The page of an open document: top bar, tool row, notices, docks around the workspaces, bottom bar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui import panes
from prodlead_desktop.ui.bottom_bar import BottomBar
from prodlead_desktop.ui.notifications import NotificationBar
from prodlead_desktop.ui.orphan_tray import OrphanTray
from prodlead_desktop.ui.outline import Outline
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.style.popover import leave_open
from prodlead_desktop.ui.top_bar import TopBar
from prodlead_desktop.ui.workspace import MAP, Workspace, workspaces

if TYPE_CHECKING:
    from prodlead_desktop.ui.inspector.inspector import Inspector
    from prodlead_desktop.ui.main_window import MainWindow


REST_MS = 2500  # after the first frame; what workspaces will need is then made ready


class Body(QWidget):
    """Everything around one session; workspaces are built when they are first shown."""

    workspace_changed = Signal(str)
    layout_changed = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._workspaces: dict[str, Workspace] = {workspace.name: workspace for workspace in workspaces()}
        self._pages: dict[str, QWidget] = {}
        self._tools: dict[str, QWidget] = {}
        self._name = ""
        self._wanted = {"outline": True, "inspector": True}
        self._sizes = (WINDOW.outline, WINDOW.inspector)
        self._rested = False
        self._over = False  # the inspector lies over the page because the window is narrow
        self.top = TopBar(tuple(self._workspaces.values()), self)
        self.tool_row = QStackedWidget()
        self.tool_row.setFixedHeight(WINDOW.tool_row)
        self.bar = NotificationBar()
        self.outline = Outline(session, self)
        self.pages = QStackedWidget()
        self.pages.setMinimumWidth(200)
        self.inspector = Panel("surface", "", self)
        QVBoxLayout(self.inspector).setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.bottom = BottomBar(session, window.tasks, self)
        self._lay_out()
        self.top.chosen.connect(self.show_workspace)

    def _lay_out(self) -> None:
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(WINDOW.splitter)
        for part, stretch in ((self.outline, 0), (self.pages, 1), (self.inspector, 0)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.indexOf(part), stretch)
        self._spread()
        self.inspector.setMinimumWidth(280)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in (self.top, self.tool_row, self.bar):
            column.addWidget(row)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.bottom)

    # -- workspaces

    @property
    def workspace(self) -> str:
        """The name of the open workspace."""
        return self._name

    def page(self, name: str) -> QWidget:
        """A workspace's page, built on first use."""
        if name not in self._pages:
            workspace = self._workspaces[name]
            self._pages[name] = page = workspace.build(self._session, self._window)
            page.setAccessibleName(page.accessibleName() or workspace.title)
            self.pages.addWidget(page)
            made = workspace.tools
            self._tools[name] = row = (
                made(self._session, self._window) if made else Panel("surface", "bottom")
            )
            self.tool_row.addWidget(row)
        return self._pages[name]

    def tools(self, name: str) -> QWidget:
        """What stands in the tool row of a workspace."""
        self.page(name)
        return self._tools[name]

    def show_workspace(self, name: str) -> None:
        """Open a workspace; an unknown name opens the first."""
        if name not in self._workspaces:
            name = next(iter(self._workspaces))
        leave_open(self._window)
        page = self.page(name)
        self._name = name
        self.pages.setCurrentWidget(page)
        self.tool_row.setCurrentWidget(self._tools[name])
        self.tool_row.setVisible(self._workspaces[name].tools is not None)
        self.top.set_current(name)
        self.bottom.zoom.setEnabled(name == MAP)
        self._arrange()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.workspace_changed.emit(name)

    def step_workspace(self, step: int) -> None:
        """The next or the previous workspace, round and round."""
        names = [name for name, workspace in self._workspaces.items() if not workspace.part_of]
        here = self._workspaces[self._name].part_of or self._name
        self.show_workspace(names[(names.index(here) + step) % len(names)])

    # -- docks

    def is_wanted(self, dock: str) -> bool:
        """Whether a dock ("outline", "inspector") is switched on."""
        if dock == "inspector" and self._over:
            return self.inspector.isVisible()
        return self._wanted[dock]

    def want(self, dock: str, wanted: bool) -> None:
        """Switch a dock on or off."""
        if dock == "inspector" and self._over:
            self.inspector.setVisible(wanted)
            self._place_over()
        else:
            self._wanted[dock] = wanted
            self._arrange()
        self.layout_changed.emit()

    def docks(self) -> str:
        """Which docks are switched on and how wide they are, to be remembered."""
        return json.dumps({"wanted": self._wanted, "widths": self._widths()})

    def restore_docks(self, stored: object) -> None:
        """Arrange the docks as ``docks`` said; anything else is left out."""
        try:
            found = json.loads(str(stored))
            self._wanted = {name: bool(found["wanted"][name]) for name in self._wanted}
            outline, inspector = (min(max(int(width), 160), 640) for width in found["widths"])
        except (ValueError, TypeError, KeyError):
            return
        self._sizes = (outline, inspector)
        self._spread()

    def _spread(self) -> None:
        """Give the docks their widths and the page the rest."""
        outline, inspector = self._sizes
        self.splitter.setSizes([outline, max(200, self.width() - outline - inspector - 2), inspector])

    def _widths(self) -> list[int]:
        """As wide as they are, or as they were when they are not beside the page."""
        outline, inspector = self._sizes
        beside = self.inspector.isVisible() and not self._over
        return [
            self.outline.width() if self.outline.isVisible() else outline,
            self.inspector.width() if beside else inspector,
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        over = self.width() < WINDOW.overlay_below
        if over != self._over:
            self._over = over
            if over:
                self.inspector.setParent(self)
                self.inspector.set_edges("left")
                self.inspector.hide()
            else:
                self.inspector.set_edges("")
                self.splitter.addWidget(self.inspector)
            self._arrange()
            self._spread()
        self._place_over()

    def fill_inspector(self) -> None:
        """Put the inspector into its dock; left until after the first frame, which is the map's."""
        layout = self.inspector.layout()
        if layout is not None and not layout.count():
            from prodlead_desktop.ui.inspector.inspector import Inspector

            inspector = Inspector(self._session, self.inspector)
            inspector.left.connect(self._focus_page)
            layout.addWidget(inspector)
            inspector.show()  # now, since a key may want to go into it, not with the next events

    def _filled(self) -> Inspector | None:
        layout = self.inspector.layout()
        item = layout.itemAt(0) if layout is not None else None
        return cast("Inspector", item.widget()) if item is not None else None

    def first_fields(self) -> QWidget:
        """The inspector's page on which the numbers of what is selected are typed."""
        self.fill_inspector()
        inspector = self._filled()
        return inspector.first_fields() if inspector is not None else self.inspector

    def focus_note(self) -> None:
        """Give the keyboard to the selected card's note, in an inspector that is shown if it was hidden."""
        if self._name != MAP:
            self.show_workspace(MAP)
        self.want("inspector", True)
        self.fill_inspector()
        inspector = self._filled()
        note = inspector.note_field() if inspector is not None else None
        if note is not None:
            note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_page(self) -> None:
        page = self.pages.currentWidget()
        target = panes.first_in(page) if page is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        QTimer.singleShot(0, self, self.fill_inspector)
        if not self._rested:
            self._rested = True
            QTimer.singleShot(REST_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Make ready, beside the window, what workspaces will need when they are first shown."""
        inspector = self._filled()
        if inspector is not None:
            inspector.prepare()
        for workspace in self._workspaces.values():
            if workspace.prepare is not None and workspace.name not in self._pages:
                self._window.tasks.run_quietly(f"Preparing {workspace.title}", workspace.prepare)

    def _arrange(self) -> None:
        workspace = self._workspaces.get(self._name)
        if workspace is None:
            return
        self.outline.setVisible(self._wanted["outline"] and workspace.outline)
        if self._over:
            self.inspector.setVisible(self.inspector.isVisible() and workspace.inspector)
        else:
            self.inspector.setVisible(self._wanted["inspector"] and workspace.inspector)

    def _place_over(self) -> None:
        if self._over:
            top = self.splitter.geometry().top()
            width = min(WINDOW.inspector, self.width())
            self.inspector.setGeometry(self.width() - width, top, width, self.splitter.height())
            self.inspector.raise_()

    # -- the way round the panes

    def panes(self) -> list[QWidget]:
        """What F6 goes through, left to right and down."""
        page = self.pages.currentWidget()
        trays = page.findChildren(OrphanTray) if page is not None else []
        every = (self.outline.view, page, *trays, self.inspector, self.bottom, self.bar)
        return [pane for pane in every if pane is not None and pane.isVisible()]
