"""Actions as rows of a table: menus, shortcuts, palette and shortcut sheet are all made from these rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.registry import collect
from prodlead_desktop.ui.style import icons

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.outline import Outline
    from prodlead_desktop.ui.problems import Problems
    from prodlead_desktop.ui.session import Session

# Where a key works: in the whole window, on the map only, on the map and in the outline, or on a chart.
CONTEXTS = ("window", "map", "tree", "chart")


@dataclass(frozen=True)
class Context:
    """What an action acts on: a window, its open document and its map."""

    window: MainWindow
    session: Session | None
    canvas: QWidget | None
    outline: Outline | None = None

    @property
    def open(self) -> Session:
        """The open document; only rows that are enabled without one may not use it."""
        assert self.session is not None
        return self.session

    @property
    def tree(self) -> QWidget | None:
        """The view of the tree that has the focus, else the map: where a new title is typed."""
        if self.outline is not None and self.outline.has_focus():
            return self.outline
        return self.canvas


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a submenu that is filled when it opens."""

    title: str
    run: Callable[[], object]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One action: its words, its keys, where they work, which menu holds it and what it does."""

    id: str
    title: str
    run: Callable[[Context], object]
    keys: tuple[str, ...] = ()
    context: str = "window"
    menu: str = ""  # "Edit", or "Map/Kind" for a submenu
    section: str = ""  # rows of one section stand together between lines
    icon: str = ""
    enabled: Callable[[Context], bool] = lambda ctx: True
    checked: Callable[[Context], bool] | None = None
    words: Callable[[Context], str] | None = None  # a title that says what exactly would happen
    choices: Callable[[Context], Iterable[Choice]] | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """The rows of one file of ``ui/actions``."""

    title: str
    order: float
    rows: tuple[Row, ...] = field(default=())


def groups() -> tuple[ActionGroup, ...]:
    """Every action group, in order."""
    return collect("prodlead_desktop.ui.actions", "GROUP")


class ActionTable(QObject):
    """The QActions of one window, made from the rows and run through the action runner."""

    refreshed = Signal()

    def __init__(self, window: MainWindow, problems: Problems, context: Callable[[], Context]) -> None:
        super().__init__(window)
        self._window = window
        self._problems = problems
        self._context = context
        self.rows: dict[str, Row] = {}
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        for group in groups():
            for row in group.rows:
                self._make(row)
        window.installEventFilter(self)

    def _make(self, row: Row) -> None:
        if row.id in self.actions or row.context not in CONTEXTS:
            raise RuntimeError(f"The action {row.id} is named twice or has no known context.")
        action = QAction(row.title, self)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        everywhere = row.context == "window"
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetShortcut
        )
        action.setCheckable(row.checked is not None)
        action.setIconVisibleInMenu(bool(row.icon))
        if row.tip:
            action.setStatusTip(row.tip)
        action.triggered.connect(lambda _=False, row_id=row.id: self.run(row_id))
        self.rows[row.id] = row
        self.actions[row.id] = action
        if everywhere:
            self._window.addAction(action)

    def bind(self, widget: QWidget, *contexts: str) -> None:
        """Let the keys of these contexts work while ``widget`` has the focus."""
        for row_id, row in self.rows.items():
            if row.context in contexts:
                widget.addAction(self.actions[row_id])

    def run(self, row_id: str) -> bool:
        """Run an action now if it is enabled; errors become a notice. Says whether it went through."""
        row, context = self.rows[row_id], self._context()
        if not row.enabled(context):
            return False
        went = self._problems.run(lambda: row.run(self._context()), key=f"action {row_id}")
        if went and self._window.body is not None:
            self._window.body.bar.withdraw(f"action {row_id}")
        self._refresh_soon()
        return went

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before a key is looked up among the shortcuts, actions know whether they can be done."""
        if event.type() == QEvent.Type.ShortcutOverride and self._window.session is not None:
            self._window.session.turns.finish(self.refresh)
        return False

    def _refresh_soon(self) -> None:
        session = self._window.session
        if session is not None:
            session.turns.later(self.refresh)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Bring enabled, checked and words up to date."""
        context = self._context()
        for row_id, row in self.rows.items():
            action = self.actions[row_id]
            enabled = row.enabled(context)
            action.setEnabled(enabled)
            if row.checked is not None:
                action.setChecked(enabled and row.checked(context))
            if row.words is not None:
                action.setText(row.words(context) if enabled else row.title)
        self.refreshed.emit()

    def paint_icons(self, theme: Theme) -> None:
        """Icons in the colours of a theme."""
        for row_id, row in self.rows.items():
            if row.icon:
                self.actions[row_id].setIcon(icons.icon(row.icon, theme))

    # -- menus

    def fill(self, menus: Mapping[str, QMenu]) -> None:
        """Put every row into its menu; these are the bar's by their titles."""
        self._menus.update(menus)
        sections: dict[str, str] = {}
        for row in self.rows.values():
            menu = self._menu(row.menu)
            if sections.get(row.menu, row.section) != row.section:
                menu.addSeparator()
            sections[row.menu] = row.section
            if row.choices is None:
                menu.addAction(self.actions[row.id])
            else:
                self._add_choices(menu, row)

    def _menu(self, path: str) -> QMenu:
        if path not in self._menus:
            above, _, title = path.rpartition("/")
            self._menus[path] = self._menu(above).addMenu(title)
        return self._menus[path]

    def menu(self, path: str) -> QMenu:
        """The menu at a path such as "File" or "Map/Kind"."""
        return self._menus[path]

    def _add_choices(self, menu: QMenu, row: Row) -> None:
        submenu = QMenu(row.title, menu)
        self.actions[row.id].setMenu(submenu)
        menu.addAction(self.actions[row.id])
        submenu.aboutToShow.connect(lambda: self.fill_choices(submenu, row.id))

    def pop_choices(self, below: QWidget, row_id: str) -> None:
        """Show what can be chosen now under a button."""
        menu = QMenu(below)
        self.fill_choices(menu, row_id)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    def fill_choices(self, submenu: QMenu, row_id: str) -> None:
        """Fill a submenu with what can be chosen now."""
        submenu.clear()
        row = self.rows[row_id]
        together = QActionGroup(submenu)
        together.setExclusive(False)  # some submenus choose several
        for choice in row.choices(self._context()) if row.choices else ():
            action = submenu.addAction(choice.title.replace("&", "&&"))
            action.triggered.connect(lambda _=False, chosen=choice: self._problems.run(chosen.run))
            if choice.checked is not None:
                together.addAction(action)
                action.setCheckable(True)
                action.setChecked(choice.checked)
