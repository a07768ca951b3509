"""Paints the Allocate table from theme tokens: 130 rows cost nothing but what is in view."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.allocate.columns import END, PAD, Column
from prodlead_desktop.ui.allocate.curve_cell import paint_curve
from prodlead_desktop.ui.allocate.listing import Heading, Row
from prodlead_desktop.ui.allocate.row_words import DASH
from prodlead_desktop.ui.allocate.slider import Track, paint_slider
from prodlead_desktop.ui.allocate.table_model import AllocateModel, Index
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

HEADING = 33
FIELD = 32  # height of the money field in the active row
State = QStyle.StateFlag


class AllocateDelegate(QStyledItemDelegate):
    """One cell at a time; the active row carries the accent and shows its money as a field."""

    def __init__(self, session: Session, model: AllocateModel) -> None:
        super().__init__(model)
        self._session, self._model = session, model
        self.frozen = False  # no money may be typed at all
        self.held: str | None = None  # the row whose slider is pulled
        self.bare: int | None = None  # the row whose money is being typed: the editor stands there
        self.money_ends = 0.0  # where the money column ends: sums of groups stand there

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(self._model.line(index.row()), Heading)
        return QSize(40, HEADING if heading else WINDOW.table_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.line(index.row())
        widget = option.widget
        if line is None or widget is None:
            return
        theme, rect = theme_of(widget), QRectF(option.rect)
        painter.save()
        if isinstance(line, Heading):
            self._paint_heading(painter, theme, rect, line)
        else:
            selected = bool(option.state & State.State_Selected)
            over = bool(option.state & State.State_MouseOver)
            ground = theme.accent_soft if selected else theme.hover if over else theme.surface
            painter.fillRect(rect, QColor(ground))
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line))
            self._paint_cell(painter, theme, rect, line, Column(index.column()), selected)
        painter.restore()

    def _paint_heading(self, painter: QPainter, theme: Theme, rect: QRectF, line: Heading) -> None:
        painter.fillRect(rect, QColor(theme.sunken))
        left = rect.left() + PAD
        colour = theme.pool(line.colour).colour if line.colour is not None else theme.line2
        paint.box(painter, QRectF(left + 2, rect.center().y() - 6, 12, 12), 2, colour)
        left += 26
        room = QRectF(left, rect.top(), rect.width() * 0.5, rect.height())
        left += paint.text(painter, room, line.name, font(14, 600), theme.text) + 8
        many = QRectF(left, rect.top(), 160, rect.height())
        paint.text(painter, many, wording.count(line.count, "initiative"), font(14), theme.text2)
        right = rect.left() + self.money_ends - END
        end = QRectF(right - 160, rect.top(), 160, rect.height())
        paint.text(painter, end, self._model.words.sum_of(line), font(14, 600), theme.text, paint.RIGHT)

    def _paint_cell(
        self, painter: QPainter, theme: Theme, rect: QRectF, row: Row, column: Column, selected: bool
    ) -> None:
        if column == Column.NAME:
            self._paint_name(painter, theme, rect, row)
        elif column == Column.LEVEL:
            words = QRectF(rect.left() + 10, rect.top(), rect.width() - 34, rect.height())
            colour = theme.text if row.level is not None else theme.text2
            used = paint.text(painter, words, row.level_name, font(14), colour)
            if row.by_levels:
                mark = QRectF(words.left() + used + 6, rect.center().y() - 7, 14, 14)
                icons.draw(painter, "chevron-down", mark, theme.disabled if row.locked else theme.text2)
        elif column == Column.SCALE:
            self._paint_scale(painter, theme, rect, row)
        elif column == Column.MONEY:
            self._paint_money(painter, theme, rect, row, selected)
        elif column == Column.LOCK:
            place = QRectF(rect.center().x() - 8, rect.center().y() - 8, 16, 16)
            icons.draw(
                painter,
                "lock" if row.locked else "lock-open",
                place,
                theme.text if row.locked else theme.text3,
            )
        elif column == Column.CURVE:
            paint_curve(painter, theme, rect, self._model.words.curve(row), row.cost)
        elif column == Column.NEXT:
            strong = row.id in self._model.words.strong
            self._paint_number(painter, theme, rect, self._model.words.gain(row), strong)
        elif column == Column.SINCE:
            self._paint_number(painter, theme, rect, self._model.words.since_words(row), False)
        else:
            self._paint_pool(painter, theme, rect, row)

    def _paint_number(self, painter: QPainter, theme: Theme, rect: QRectF, words: str, strong: bool) -> None:
        colour = theme.text if strong else theme.text3 if words in ("", DASH) else theme.text2
        inner = rect.adjusted(2, 0, -END, 0)
        paint.text(painter, inner, words, font(14, 600 if strong else 400), colour, paint.RIGHT)

    def _paint_name(self, painter: QPainter, theme: Theme, rect: QRectF, row: Row) -> None:
        middle, left = rect.center().y(), rect.left() + PAD
        icons.draw(
            painter,
            theme.kinds["initiative"].icon,
            QRectF(left, middle - 8, 16, 16),
            theme.kinds["initiative"].stroke,
        )
        room = QRectF(
            left + 26, rect.top(), rect.width() - PAD - 26 - (30 if row.orphan else 8), rect.height()
        )
        used = paint.text(painter, room, row.title or wording.UNTITLED, font(14, 500), theme.text)
        if row.orphan:
            mark = QRectF(room.left() + used + 8, middle - 8, 16, 16)
            icons.draw(painter, "unplug", mark, theme.err.mark)

    def _paint_scale(self, painter: QPainter, theme: Theme, rect: QRectF, row: Row) -> None:
        if not self._model.most or not row.reach:
            return
        pool = self._session.strategy.find(Pool, row.pool)
        colour = theme.pool(pool.colour).colour if pool else theme.text2
        track = Track(rect, self._model.most)
        paint_slider(painter, theme, track, row, colour, self.frozen, self.held == row.id)

    def _paint_money(self, painter: QPainter, theme: Theme, rect: QRectF, row: Row, selected: bool) -> None:
        words = self._model.words.money(row)
        colour = theme.text2 if row.cost is None or not row.cost else theme.text
        if selected and self.bare is None and not row.locked and not self.frozen:
            paint.box(painter, money_field(rect), WINDOW.field_radius, theme.surface, theme.line2)
        inner = QRectF(rect.left(), rect.top(), rect.width() - END, rect.height())
        paint.text(painter, inner, words, font(14, 600), colour, paint.RIGHT)

    def _paint_pool(self, painter: QPainter, theme: Theme, rect: QRectF, row: Row) -> None:
        pool = self._session.strategy.find(Pool, row.pool)
        left = rect.left() + 10
        colour = theme.pool(pool.colour).colour if pool else theme.line2
        paint.box(painter, QRectF(left, rect.center().y() - 5, 10, 10), 2, colour)
        words = QRectF(left + 18, rect.top(), rect.width() - 34, rect.height())
        paint.text(painter, words, self._model.words.pool_name(row), font(14), theme.text2)


def money_field(cell: QRectF) -> QRectF:
    """Where the money field stands in its cell."""
    return QRectF(cell.left() + 6, cell.center().y() - FIELD / 2, cell.width() - 16, FIELD)
