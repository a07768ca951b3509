"""The table of initiatives and their money, all of it from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.allocate import comparing, funding, listing
from prodlead_desktop.ui.allocate.arrangement import Arrangement
from prodlead_desktop.ui.allocate.columns import SORTED_BY, Column, TableHead, left_out, widths
from prodlead_desktop.ui.allocate.limits import LimitsBox
from prodlead_desktop.ui.allocate.listing import Heading, Row
from prodlead_desktop.ui.allocate.money_editor import MoneyEditor
from prodlead_desktop.ui.allocate.pulling import Pulling
from prodlead_desktop.ui.allocate.slider import STEPS, pulled
from prodlead_desktop.ui.allocate.table_delegate import HEADING, AllocateDelegate, money_field
from prodlead_desktop.ui.allocate.table_model import AllocateModel
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Notice, Session

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps

ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
WALKS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
STARTS_TYPING = "0123456789.,-€$£¥"


class AllocateTable(QTableView):
    """Up and Down walk, Left and Right step the level, digits type the money, L locks, Space opens the levels."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._arrangement = Arrangement.of(session)
        self.lines: AllocateModel = AllocateModel(session.strategy)
        self._delegate = AllocateDelegate(session, self.lines)
        self.editor: MoneyEditor | None = None
        self._following = False
        self.pull = Pulling(session, self.lines, self._scale_cell)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self._dress()
        self.lines.arranged.connect(self._span)
        self.selectionModel().currentRowChanged.connect(self._row_chosen)
        session.selection_changed.connect(self._follow_selection)
        self._arrangement.changed.connect(self.refresh)
        session.theme_changed.connect(self.viewport().update)
        self.refresh()

    def _dress(self) -> None:
        self.setAccessibleName("Allocation")
        self.setProperty("own_focus", True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(WINDOW.table_row)
        self.verticalHeader().setMinimumSectionSize(HEADING)
        self.head = TableHead(self)
        self.setHorizontalHeader(self.head)
        self.head.sectionClicked.connect(self._sort_by)

    # -- following

    @property
    def scenario(self) -> str | None:
        """The active scenario."""
        return self._session.scenario

    def refresh(self) -> None:
        """Show the active scenario as it is now."""
        scenario, strategy = self.scenario, self._session.strategy
        if self.editor is not None and not self._editor_holds():
            self.editor.leave()
        if strategy.find(Scenario, scenario) is None or scenario is None:
            self.lines.set_lines(strategy, [])
            return
        self._delegate.frozen = funding.is_frozen(strategy, scenario)
        shown = self._arrangement
        other = strategy.find(Scenario, shown.since)
        amounts = comparing.amounts_of(strategy, other, scenario)
        self.lines.compare_with(other.name if other is not None else "", amounts)
        ranks = comparing.ranks(strategy, scenario, shown.sort, self.lines.words.steps, amounts)
        found = listing.lines(strategy, scenario, shown.group, shown.sort, shown.show, shown.words, ranks)
        self.lines.set_lines(strategy, found)
        self.head.sorted_by = shown.sort
        self._share_width()
        self._follow_selection()
        self._place_editor()

    def show_steps(self, steps: Steps | None) -> None:
        """Show what a little more adds to every row."""
        self.lines.show_steps(steps)
        if self._arrangement.sort == "gain":
            self.refresh()

    def _sort_by(self, section: int) -> None:
        """A press on a head sorts by it, a second one goes back to the map's order."""
        wanted = SORTED_BY.get(Column(section))
        if wanted is not None:
            self._arrangement.set("sort", "map" if self._arrangement.sort == wanted else wanted)

    def _editor_holds(self) -> bool:
        """Whether the row being typed into is still there, in the same scenario."""
        editor = self.editor
        return (
            editor is not None
            and editor.scenario == self.scenario
            and self._session.strategy.table_of(editor.initiative) is not None
        )

    def _span(self) -> None:
        self.clearSpans()
        for at, line in enumerate(self.lines.lines):
            heading = isinstance(line, Heading)
            if heading:
                self.setSpan(at, 0, 1, len(Column))
            self.setRowHeight(at, HEADING if heading else WINDOW.table_row)

    def _follow_selection(self) -> None:
        at = self.lines.row_of(self._session.current)
        self._following = True
        if at < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif at != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.lines.index(at, 0))
        self._following = False

    def _row_chosen(self, index: QModelIndex) -> None:
        row = self.row_at(index.row())
        if row is not None and not self._following:
            self._session.select(row.id)

    # -- what people do

    def row_at(self, at: int) -> Row | None:
        """The initiative at a line; None at a heading."""
        line = self.lines.line(at)
        return line if isinstance(line, Row) else None

    @property
    def active(self) -> Row | None:
        """The row that keys act on."""
        return self.row_at(self.currentIndex().row())

    def step_level(self, step: int) -> None:
        """One level up or down in the active row."""
        row, scenario = self.active, self.scenario
        if row is None or scenario is None:
            return
        if not row.by_levels:
            if not row.full:
                self._session.notice.emit(
                    Notice("Nobody has said what all of it costs: type the money.", key=funding.KEY)
                )
                return
            size = max(1, row.full // STEPS)
            stop = pulled(row, (), max(0, (row.cost or 0) + step * size))
            if stop is not None and stop.amount != row.cost:
                self._session.attempt(
                    lambda: funding.set_amount(self._session, scenario, row.id, stop.amount)
                )
            return
        level = listing.stepped(self._session.strategy, row, step)
        if level != row.level:
            funding.set_level(self._session, scenario, row.id, level)

    def toggle_lock(self) -> None:
        """Lock or unlock the active row."""
        row, scenario = self.active, self.scenario
        if row is not None and scenario is not None:
            funding.set_lock(self._session, scenario, row.id, not row.locked)

    def ask_limits(self) -> LimitsBox | None:
        """Ask for the floor and the ceiling of the active row, beside it."""
        row, scenario = self.active, self.scenario
        if row is None or scenario is None or not funding.may_change(self._session, scenario):
            return None
        box = LimitsBox(self._session, scenario, row, self.window())
        cell = self.visualRect(self.lines.index(self.currentIndex().row(), Column.LEVEL))
        box.open_at(self.viewport().mapTo(self.window(), cell.bottomLeft()))
        box.floor.editor.setFocus(Qt.FocusReason.PopupFocusReason)
        return box

    def type_money(self, typed: str = "") -> None:
        """Type the money of the active row, beginning with ``typed`` or with what it has."""
        row, scenario = self.active, self.scenario
        if row is None or scenario is None or not funding.may_change(self._session, scenario, row.id):
            return
        if self.editor is not None:
            self.editor.leave()
        editor = MoneyEditor(self._session, scenario, row.id, self.viewport())
        editor.done.connect(self._typed)
        self.editor, self._delegate.bare = editor, self.currentIndex().row()
        currency = self._session.strategy.header.currency
        editor.setText(typed or wording.money_short(row.cost, currency) * (row.cost is not None))
        if typed:
            editor.end(False)  # what is typed next comes after it
        else:
            editor.selectAll()
        self._place_editor()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_levels(self) -> QMenu | None:
        """Show the levels of the active row as a menu below its level."""
        row, scenario = self.active, self.scenario
        if row is None or scenario is None or not row.by_levels:
            return None
        if not funding.may_change(self._session, scenario, row.id):
            return None
        menu = QMenu(self)
        currency = self._session.strategy.header.currency
        for level in listing.levels_of(self._session.strategy, row.id):
            cost = wording.money_short(level.cost if level else 0, currency)
            action = menu.addAction(f"{level.name if level else listing.NONE}  {cost}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked((level.id if level else None) == row.level)
            chosen = level.id if level else None
            action.triggered.connect(
                lambda _=False, c=chosen: funding.set_level(self._session, scenario, row.id, c)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.visualRect(self.lines.index(self.currentIndex().row(), Column.LEVEL))
        menu.popup(self.viewport().mapToGlobal(place.bottomLeft() + QPoint(4, 0)))
        return menu

    # -- the money editor

    def _typed(self, go_on: int) -> None:
        editor, self.editor, self._delegate.bare = self.editor, None, None
        if editor is not None:
            editor.hide()
            editor.problem.deleteLater()
            editor.deleteLater()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()
        if go_on:
            self.step_row(go_on)

    def step_row(self, step: int) -> None:
        """Walk to the next or previous initiative."""
        at = self.currentIndex().row() + step
        while 0 <= at < len(self.lines.lines) and self.row_at(at) is None:
            at += step
        if self.row_at(at) is not None:
            self.setCurrentIndex(self.lines.index(at, 0))

    def _place_editor(self) -> None:
        if self.editor is not None:
            at = self.lines.row_of(self.editor.initiative)
            cell = self.visualRect(self.lines.index(at, Column.MONEY))
            self._delegate.bare = at
            self.editor.setGeometry(money_field(QRectF(cell)).toRect())

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.pull.row is not None and event.key() == Qt.Key.Key_Escape:
            self.let_go(False)
            return
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if plain and self.active is not None and self._act(event):
            event.accept()
            return
        if plain and (event.key() in ENDS or (self.active is None and event.key() in WALKS)):
            last = event.key() in (Qt.Key.Key_End, Qt.Key.Key_Up)
            self.go_to_end(last)
            return
        super().keyPressEvent(event)

    def go_to_end(self, last: bool) -> None:
        """Walk to the first or the last initiative."""
        places = [at for at, line in enumerate(self.lines.lines) if isinstance(line, Row)]
        if places:
            self.setCurrentIndex(self.lines.index(places[-1 if last else 0], 0))

    def _act(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_level(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.type_money()
        elif key == Qt.Key.Key_L:
            self.toggle_lock()
        elif key == Qt.Key.Key_F:
            self.ask_limits()
        elif key == Qt.Key.Key_Space:
            self.open_levels()
        elif event.text() and event.text() in STARTS_TYPING:
            self.type_money(event.text())
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setCurrentIndex(self.lines.index(index.row(), 0))
        if index.column() == Column.LEVEL:
            self.open_levels()
        elif index.column() == Column.LOCK:
            self.toggle_lock()
        elif index.column() == Column.MONEY:
            self.type_money()
        elif index.column() == Column.SCALE:
            self.take_hold(row, event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.pull.row is None:
            super().mouseMoveEvent(event)
        else:
            self.pull.to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.let_go(True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.active
        if row is None:
            return
        menu = QMenu(self)
        menu.addAction("Type the money\tEnter", self.type_money)
        if row.by_levels:
            menu.addAction("Choose the level\tSpace", self.open_levels)
        menu.addAction("Floor and ceiling…\tF", self.ask_limits)
        menu.addAction("Unlock\tL" if row.locked else "Lock\tL", self.toggle_lock)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    # -- the slider

    def _scale_cell(self, at: int) -> QRectF:
        return QRectF(self.visualRect(self.lines.index(at, Column.SCALE)))

    def take_hold(self, row: Row, x: float) -> None:
        """Take hold of a row's slider at ``x`` in the viewport."""
        self.pull.begin(self.scenario, row, x)
        self._delegate.held = self.pull.row

    def let_go(self, keep: bool) -> None:
        """Let the slider go: one edit with what it rests at, or (Esc) everything as it was."""
        self._delegate.held = None
        if self.pull.end(keep):
            self.refresh()
            self.viewport().update()

    def height_of(self, rows: int) -> int:
        """What the head of the table and ``rows`` rows take, the first of them a heading."""
        return self.horizontalHeader().sizeHint().height() + HEADING + (rows - 1) * WINDOW.table_row + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._place_editor()

    def _share_width(self) -> None:
        """Give every column its width, or none when the window is too narrow for all of them."""
        shown = self._arrangement
        asked = self.viewport().width(), shown.group != "pool", shown.since is not None
        found = widths(*asked)
        self.lines.leave_out(left_out(*asked))
        for column, wide in found.items():
            self.setColumnHidden(column, wide == 0)
            if wide:
                self.setColumnWidth(column, wide)
        self._delegate.money_ends = float(sum(found[column] for column in Column if column <= Column.MONEY))
