"""The table itself: arrows walk, letters type, Tab and Enter go on, cells are copied to and from spreadsheets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.bets import filling
from prodlead_desktop.ui.bets.delegate import PAD, ROW, BetsDelegate
from prodlead_desktop.ui.bets.filling import Filled
from prodlead_desktop.ui.bets.model import BetsModel, Index
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fields import decimal_sign
from prodlead_desktop.ui.style.fonts import font, role_font
from prodlead_desktop.ui.style.palette import theme_of

HEAD = 46
KEY = "bets"  # of the notice about cells that were refused
Keys = QKeySequence.StandardKey
CELL_KEYS = (Keys.Copy, Keys.Cut, Keys.Paste, Keys.SelectAll)
Triggers = QAbstractItemView.EditTrigger


class BetsHead(QHeaderView):
    """Two lines: the word and what the number is; an arrow says by which column the rows are sorted."""

    def __init__(self, model: BetsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setFixedHeight(HEAD)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(56)
        self._widths = [column.width for column in model.columns]
        self._by_hand: set[int] = set()
        self._spreading = False
        self.sectionResized.connect(self._on_resized)

    def spread(self, room: int) -> None:
        """Give the columns their widths; what ``room`` they leave goes to words, but for columns sized by hand."""
        columns = self._model.columns
        wordy = [at for at, column in enumerate(columns) if not column.number and at not in self._by_hand]
        spare = max(0, room - sum(self._widths))
        weight = sum(self._widths[at] for at in wordy)
        self._spreading = True
        for at, width in enumerate(self._widths):
            more = spare * width // weight if at in wordy else 0
            self.resizeSection(at, width + more)
        self._spreading = False

    def _on_resized(self, section: int, _: int, now: int) -> None:
        if not self._spreading:
            self._widths[section] = now
            self._by_hand.add(section)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, area, column = theme_of(self), QRectF(rect), self._model.columns[section]
        painter.fillRect(area, QColor(theme.surface))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(theme.line2))
        side = paint.RIGHT if column.number else paint.LEFT
        inner = area.adjusted(PAD, 5 if column.unit else 0, -PAD, -22 if column.unit else 0)
        by = self._model.sorted_by
        if by is not None and by[0] == column.name:
            mark = QRectF(
                area.left() + 2 if column.number else area.right() - 18, inner.center().y() - 7, 14, 14
            )
            icons.draw(painter, "arrow-down" if by[1] else "arrow-up", mark, theme.accent)
        paint.text(painter, inner, column.title, role_font("table_head"), theme.text2, side)
        if column.unit:
            below = area.adjusted(PAD, 22, -PAD, -4)
            paint.text(painter, below, column.unit, font(12), theme.text3, side)


class BetsTable(QTableView):
    """Initiatives as rows; the current row is the selected card."""

    on_map = Signal(str)  # show this card on the map

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = BetsModel(session, self)
        self._following = False
        self.setModel(self.rows)
        self.setItemDelegate(BetsDelegate(session, self.rows))
        self._dress()
        self.rows.modelAboutToBeReset.connect(self._remember)
        self.rows.modelReset.connect(self._come_back)
        self.selectionModel().currentChanged.connect(self._give_current)
        session.selection_changed.connect(self._take_current)
        session.theme_changed.connect(self.viewport().update)
        self._place: tuple[str | None, int, int] = (None, 0, 0)
        self.setCurrentIndex(self.rows.index(0, 0))
        self._take_current()

    def _dress(self) -> None:
        self.setAccessibleName("Bets")
        self.setProperty("own_focus", True)
        self.setShowGrid(False)
        self._head = BetsHead(self.rows, self)
        self.setHorizontalHeader(self._head)
        self._head.sectionClicked.connect(self.sort_by)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(Triggers.AnyKeyPressed | Triggers.DoubleClicked | Triggers.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._head.spread(0)

    # -- what people do

    def sort_by(self, section: int) -> None:
        """Sort by a column; a second time the other way, a third time in map order again."""
        self.rows.sort_by(section)

    def add(self) -> None:
        """Type the title of another bet."""
        index = self.rows.index(len(self.rows.ids), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._open()

    def copy(self) -> None:
        """The selected cells on the clipboard, as a spreadsheet reads them."""
        top, left, bottom, right = self._range()
        block = [
            [self._text(row, column) for column in range(left, right + 1)]
            for row in range(top, min(bottom, len(self.rows.ids) - 1) + 1)
        ]
        if block:
            QGuiApplication.clipboard().setText(filling.text_of(block))

    def clear(self, label: str = "Clear") -> None:
        """Empty the selected cells in one edit; titles stay."""
        names = [column.name for column in self.rows.columns]
        wanted: dict[str, dict[str, str]] = {}
        for index in self.selectedIndexes():
            node = self.rows.node_at(index.row())
            if node is not None and names[index.column()] != "title":
                wanted.setdefault(node.id, {})[names[index.column()]] = ""
        if wanted:
            count = sum(map(len, wanted.values()))
            self.rows.put(list(wanted), list(wanted.values()), f"{label} {wording.count(count, 'cell')}")

    def paste(self) -> None:
        """Cells from the clipboard at the selection, as one edit; rows that are not there yet are added.

        A first row that names columns says where the cells belong; one cell fills the whole selection.
        """
        clipboard = QGuiApplication.clipboard()
        if carrying.branch_in(clipboard.mimeData()) is not None:
            raise BadInput(
                "On the clipboard are cards, and this table takes cells.",
                "Paste them on the map: their initiatives are bets here, too.",
            )
        block = filling.cells_of(clipboard.text())
        columns, (top, left, bottom, right) = self.rows.columns, self._range()
        headed = filling.headed(block, columns)
        if headed is not None:
            block = block[1:]
            places = headed
        else:
            if len(block) == 1 and len(block[0]) == 1:
                block = [block[0] * (right - left + 1)] * (bottom - top + 1)
            wide = max(map(len, block))
            places = [columns[left + at] if left + at < len(columns) else None for at in range(wide)]
        texts = [
            {column.name: cell for column, cell in zip(places, line, strict=False) if column is not None}
            for line in block
        ]
        targets = [
            self.rows.ids[row] if row < len(self.rows.ids) else None for row in range(top, top + len(texts))
        ]
        count = sum(map(len, texts))
        before = self._session.strategy
        filled = self.rows.put(targets, texts, f"Paste {wording.count(count, 'cell')}")
        if filled is not None:
            beyond = sum(max(0, len(line) - len(places)) + places[: len(line)].count(None) for line in block)
            self._say(filled, beyond, self._session.strategy is not before)

    def _say(self, filled: Filled, beyond: int, changed: bool) -> None:
        words = f"Pasted {wording.count(filled.taken, 'cell')}"
        if filled.added:
            words += f", {wording.count(len(filled.added), 'new bet')}"
        actions = (("Undo", self._session.undo),) if changed else ()
        if not filled.refused and not beyond and not filled.unsure:
            self._session.notice.emit(Notice(f"{words}.", "info", actions, toast=True))
            return
        parts = [f"{words}."]
        if filled.refused:
            first = next(iter(filled.refused.values()))
            count = wording.count(len(filled.refused), "cell")
            parts.append(
                f"{count} could not be read and {'stays' if len(filled.refused) == 1 else 'stay'} red: {first.reason}"
            )
        holds = (
            (lambda: any(place in self.rows.refused for place in filled.refused)) if filled.refused else None
        )
        if filled.unsure:
            sign = "point" if decimal_sign() == "." else "comma"
            parts.append(
                f"In “{filled.unsure}” the {sign} was read as the decimal sign. "
                "If it parts thousands, undo and paste without it."
            )
        if beyond:
            parts.append(f"{wording.count(beyond, 'cell')} had no column here.")
        self._session.notice.emit(Notice(" ".join(parts), "warn", actions, key=KEY, holds=holds))

    # -- following

    def _text(self, row: int, column: int) -> str:
        return str(self.rows.index(row, column).data(Qt.ItemDataRole.EditRole) or "")

    def _range(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right of what is selected, else of the current cell."""
        found = self.selectedIndexes() or [self.currentIndex()]
        rows, columns = [index.row() for index in found], [index.column() for index in found]
        return max(0, min(rows)), max(0, min(columns)), max(rows), max(columns)

    def _remember(self) -> None:
        current = self.currentIndex()
        node = self.rows.node_at(current.row())
        self._place = (node.id if node else None, current.row(), max(0, current.column()))

    def _come_back(self) -> None:
        node_id, row, column = self._place
        at = self.rows.row_of(node_id)
        at = at if at >= 0 else min(max(row, 0), len(self.rows.ids))
        self._following = True
        self.setCurrentIndex(self.rows.index(at, column))
        self._following = False

    def _give_current(self, current: QModelIndex) -> None:
        node = self.rows.node_at(current.row())
        if node is not None and not self._following:
            self._following = True
            self._session.select(node.id)
            self._following = False

    def _take_current(self) -> None:
        at = self.rows.row_of(self._session.current)
        if not self._following and at >= 0 and at != self.currentIndex().row():
            self._following = True
            self.setCurrentIndex(self.rows.index(at, max(0, self.currentIndex().column())))
            self._following = False

    # -- Qt

    def event(self, event: QEvent) -> bool:
        """Copy, cut and paste belong to the cells while the table has the keyboard."""
        pressed = event if event.type() == QEvent.Type.ShortcutOverride else None
        if isinstance(pressed, QKeyEvent) and any(pressed.matches(key) for key in CELL_KEYS):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.spread(self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(Keys.Copy):
            self.copy()
        elif event.matches(Keys.Cut):
            self.copy()
            self.clear("Cut")
        elif event.matches(Keys.Paste):
            self._attempt(self.paste)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState:  # else it is the editor's, on its way up
                self._open()
        elif key == Qt.Key.Key_Escape and self._give_up():
            pass
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _give_up(self) -> bool:
        """Take a refused text out of the current cell, of no other, and offer it back; says whether there was one."""
        text = self._text(self.currentIndex().row(), self.currentIndex().column())
        put_back = self.rows.give_up(self.currentIndex())
        if put_back is not None:
            said = f"“{text[:40]}” was taken out of the cell."
            self._session.notice.emit(Notice(said, "info", (("Put it back", put_back),), toast=True))
        return put_back is not None

    def _open(self) -> None:
        """Edit the current cell, if it may be."""
        index = self.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _attempt(self, work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except ProdleadError as error:
            self._session.refuse(error)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the row below, Tab to the next cell."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = self.rows.index(self.currentIndex().row() + 1, self.currentIndex().column())
            if below.isValid():
                self.setCurrentIndex(below)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Ctrl with an arrow, Home or End selects as without; Qt would part the ring from what is selected."""
        flags, held = QItemSelectionModel.SelectionFlag, Qt.KeyboardModifier
        if not isinstance(event, QKeyEvent) or event.key() == Qt.Key.Key_Space:
            return super().selectionCommand(index, event)
        if event.modifiers() & held.ControlModifier:
            return flags.SelectCurrent if event.modifiers() & held.ShiftModifier else flags.ClearAndSelect
        return super().selectionCommand(index, event)

    def setCurrentIndex(self, index: QModelIndex) -> None:
        """Go to a cell and select it alone."""
        super().setCurrentIndex(index)
        if index.isValid():
            self.selectionModel().select(
                QItemSelection(index, index), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
