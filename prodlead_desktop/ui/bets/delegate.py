"""Paints the cells of the bets table and gives each one its editor."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from prodlead_desktop.domain import bets, tree
from prodlead_desktop.domain.entities import SPEC_OF, Node
from prodlead_desktop.domain.kinds.initiative import EVIDENCE
from prodlead_desktop.ui.bets.columns import Column
from prodlead_desktop.ui.bets.model import BetsModel, Index
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.row_edit import RowEditing, row_edit

PAD, ROW = 10, 38
State = QStyle.StateFlag


class BetsDelegate(RowEditing):
    """Words left, numbers right; a refused text is red with its reason as the tip, a bet without outcome is marked."""

    def __init__(self, session: Session, model: BetsModel) -> None:
        super().__init__(model)
        self._session, self._model = session, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        widget = option.widget
        if widget is None:
            return
        theme, rect = theme_of(widget), QRectF(option.rect)
        column, node = self._model.columns[index.column()], self._model.node_at(index.row())
        refused = node is not None and (node.id, column.name) in self._model.refused
        selected = bool(option.state & State.State_Selected)
        painter.save()
        doubtful = node is not None and not refused and bool(column.doubt(self._session.strategy, node))
        ground = (
            theme.err.soft
            if refused
            else theme.warn.soft
            if doubtful
            else theme.accent_soft
            if selected
            else theme.surface
        )
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line))
        painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), QColor(theme.line))
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if node is None:
            paint.text(painter, inner, words, font(14), theme.text3)
        else:
            self._words(painter, inner, words, node, column, refused, doubtful)
        if option.state & State.State_HasFocus:
            paint.box(painter, rect.adjusted(0, 0, -1, -1), 2, None, theme.accent, 2.0)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        inner: QRectF,
        words: str,
        node: Node,
        column: Column,
        refused: bool,
        doubtful: bool,
    ) -> None:
        theme = self._session.theme
        colour = theme.err.text if refused else theme.warn.text if doubtful else theme.text
        if column.name == "title":
            mark = QRectF(inner.left(), inner.center().y() - 8, 16, 16)
            icons.draw(painter, theme.kinds["initiative"].icon, mark, theme.kinds["initiative"].stroke)
            inner = inner.adjusted(24, 0, 0, 0)
            colour = colour if node.title or refused else theme.text3
        elif column.name == "outcome" and not refused:
            found = bets.served(self._session.strategy, node.id)
            if found.outcome is None:
                mark = QRectF(inner.left(), inner.center().y() - 8, 16, 16)
                icons.draw(painter, "unplug", mark, theme.err.mark)
                inner, words, colour = inner.adjusted(24, 0, 0, 0), "Reaches no outcome", theme.err.text
            elif found.effect is None:
                colour = theme.text2
        elif words and not refused and column.source(self._session.strategy, node):
            colour = theme.text2
        elif not words:
            words, colour = wording.UNKNOWN if column.number else "", theme.text3
        weight = 500 if column.name == "title" else 400
        paint.text(
            painter, inner, words, font(14, weight), colour, paint.RIGHT if column.number else paint.LEFT
        )

    # -- editors

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.columns[index.column()]
        editor = row_edit(parent, column.title, 14, PAD - 6)
        side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
        editor.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        offers = self._offers(column)
        if offers:
            completer = QCompleter(offers, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        return editor

    def _offers(self, column: Column) -> list[str]:
        """The words a cell may hold, where they are names."""
        strategy = self._session.strategy
        if column.name == "outcome":
            return [node.title for node in tree.preorder(strategy) if node.kind == "outcome" and node.title]
        if column.name == "evidence":
            return list(EVIDENCE)
        tables = {"pool": "pool", "team": "team", "owner": "person"}
        if column.name in tables:
            return [wording.called(row) for row in strategy.ordered(SPEC_OF[tables[column.name]].cls)]
        return []

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(0, 1, -1, -2))
