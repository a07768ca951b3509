"""How a checkpoint and what changed since are painted as rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.store.reading import CheckpointInfo
from prodlead_desktop.ui.checkpoints.story import Subject
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

Index = QModelIndex | QPersistentModelIndex
CHECKPOINT = Qt.ItemDataRole.UserRole + 1
SUBJECT = Qt.ItemDataRole.UserRole + 2
MARK_ROW, SUBJECT_ROW, LINE_ROW = 54, 34, 26
SIGNS = {"+": ("plus", "added"), "−": ("minus", "removed"), "": ("pencil", "changed")}


class CheckpointRows(QStyledItemDelegate):
    """Name in bold, day and time below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, MARK_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from prodlead_desktop.ui.checkpoints.box import when

        info, widget = index.data(CHECKPOINT), option.widget
        if not isinstance(info, CheckpointInfo) or widget is None:
            return
        theme, rect = theme_of(widget), QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, rect, 7, theme.accent_soft)
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint.box(painter, rect.adjusted(1, 1, -1, -1), 7, None, theme.accent, 2)
        icons.draw(painter, "bookmark", QRectF(rect.left() + 12, rect.top() + 10, 16, 16), theme.text2)
        words = QRectF(rect.left() + 38, rect.top() + 6, rect.width() - 50, 22)
        paint.text(painter, words, info.name, font(14, 600), theme.text)
        paint.text(painter, words.translated(0, 21), when(info), font(12.5), theme.text2)
        painter.restore()


class StoryRows(QStyledItemDelegate):
    """A subject with its sign, title and kind; below it one line for each value."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, SUBJECT_ROW if isinstance(index.data(SUBJECT), Subject) else LINE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.widget is None:
            return
        theme, rect, subject = theme_of(option.widget), QRectF(option.rect), index.data(SUBJECT)
        painter.save()
        if isinstance(subject, Subject):
            _paint_subject(painter, rect, subject, theme)
        else:
            area = rect.adjusted(26, 0, -16, 0)
            paint.text(painter, area, str(index.data() or ""), font(13.5), theme.text2)
        painter.restore()


def _paint_subject(painter: QPainter, rect: QRectF, subject: Subject, theme: Theme) -> None:
    icon, what = SIGNS[subject.sign]
    colour = {"added": theme.ok.mark, "removed": theme.err.mark, "changed": theme.text3}[what]
    icons.draw(painter, icon, QRectF(rect.left() + 4, rect.center().y() - 7, 14, 14), colour)
    place = f"{subject.what} {what}"
    taken = paint.width_of(place, font(13)) + 12
    right = rect.adjusted(0, 0, -16, 0)
    paint.text(painter, right, place, font(13), theme.text2, paint.RIGHT)
    words = QRectF(rect.left() + 26, rect.top(), right.width() - 26 - taken, rect.height())
    paint.text(painter, words, subject.title, font(14, 600), theme.text)
