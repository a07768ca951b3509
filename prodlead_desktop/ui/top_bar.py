"""The window's head: mark and file, one tab per workspace, and the way to every command."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Button, Pressable
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import ElidedLabel
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.workspace import Workspace

FILE_WIDTH = 176


class Mark(QWidget):
    """The program's mark: three paths from one point, in ink."""

    def __init__(self, px: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(px, px)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        icons.draw_mark(painter, QRectF(self.rect()), theme.ink, theme.on_ink)


class Tab(Pressable):
    """One workspace; the open one is filled with ink."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.title, workspace.icon, parent)
        self.name = workspace.name
        self.short = False
        self.setCheckable(True)
        self.setFont(font(14, 500))

    def set_short(self, short: bool) -> None:
        """Show the icon only; the word becomes the tip."""
        if short != self.short:
            self.short = short
            self.setToolTip(paint.plain_tip(self.text()) if short else "")
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        word = 0 if self.short else 8 + round(paint.width_of(self.text(), font(14, 600)))
        return QSize(12 + 16 + word + 12, WINDOW.tab_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        if on:
            paint.box(painter, rect, WINDOW.button_radius, theme.ink)
        elif self.underMouse():
            paint.box(painter, rect, WINDOW.button_radius, theme.hover)
        colour = theme.on_ink if on else theme.text2
        icons.draw(painter, self.icon_name, QRectF(12, rect.center().y() - 8, 16, 16), colour)
        if not self.short:
            area = rect.adjusted(36, 0, -8, 0)
            paint.text(painter, area, self.text(), font(14, 600 if on else 500), colour)


class TopBar(Panel):
    """52 px: mark, file name and place, tabs, the palette."""

    chosen = Signal(str)
    palette_wanted = Signal()
    present_wanted = Signal()

    def __init__(self, workspaces: Sequence[Workspace], parent: QWidget | None = None) -> None:
        super().__init__("surface", "bottom", parent)
        self.setFixedHeight(WINDOW.top_bar)
        self._name = ElidedLabel("", "strong", "text")
        self._place = ElidedLabel("", "caption", "text2")
        self._place.setFont(font(12, 400))
        self.tabs: dict[str, Tab] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Mark())
        row.addWidget(self._file())
        row.addSpacing(12)
        self._tab_of = {workspace.name: workspace.part_of or workspace.name for workspace in workspaces}
        for workspace in (one for one in workspaces if not one.part_of):
            tab = Tab(workspace, self)
            tab.clicked.connect(lambda _=False, name=workspace.name: self.chosen.emit(name))
            self._group.addButton(tab)
            self.tabs[workspace.name] = tab
            row.addWidget(tab)
        row.addStretch(1)
        self._search = Button("", "outline", "search", "Ctrl K")
        self._search.setAccessibleName("Find a command or a card")
        self._search.setToolTip(paint.plain_tip("Find a command or a card"))
        self._search.clicked.connect(self.palette_wanted)
        row.addWidget(self._search)
        self._present = Button("Present", "ink", "presentation", "F5")
        self._present.setAccessibleName("Present on the projector")
        self._present.clicked.connect(self.present_wanted)
        row.addWidget(self._present)

    def _file(self) -> QWidget:
        box = QWidget(self)
        box.setFixedWidth(FILE_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 9, 0, 9)
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self._place)
        return box

    def set_file(self, name: str, place: str) -> None:
        """Say which strategy is open and where its file lies."""
        self._name.set_text(name)
        self._place.set_text(place)

    def set_current(self, name: str) -> None:
        """Mark the open workspace."""
        tab = self._tab_of.get(name, name)
        if tab in self.tabs:
            self.tabs[tab].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for tab in self.tabs.values():
            tab.set_short(self.width() < WINDOW.icons_only_below)
