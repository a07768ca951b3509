"""How the style paints rows, branches, drop marks and heads of lists, trees and tables."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionHeader, QWidget

from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import role_font

State = QStyle.StateFlag


def nothing(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """Rows are painted with their items."""


def item(painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    """The ground of a row: selected, under the pointer, or none."""
    if option.state & State.State_Selected:
        painter.fillRect(rect, QColor(theme.accent_soft))
    elif option.state & State.State_MouseOver:
        painter.fillRect(rect, QColor(theme.hover))


def branch(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """A chevron at a row with children; no lines."""
    if option.state & State.State_Children:
        name = "chevron-down" if option.state & State.State_Open else "chevron-right"
        icons.draw(painter, name, QRectF(rect.center().x() - 6, rect.center().y() - 6, 12, 12), theme.text3)


def drop(painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    """Where a dragged row would land: a line between rows, or a ring around one."""
    if rect.height() <= 2:
        painter.fillRect(QRectF(rect.left(), rect.top() - 1, rect.width(), 2), QColor(theme.accent))
    else:
        paint.box(painter, rect.adjusted(1, 1, -1, -1), 4, None, theme.accent, 2)


def header(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The head of a column: surface above a line."""
    painter.fillRect(rect, QColor(theme.surface))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line))


def header_label(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The words of a column's head."""
    if isinstance(option, QStyleOptionHeader):
        right = bool(option.textAlignment & Qt.AlignmentFlag.AlignRight)
        align = paint.RIGHT if right else paint.LEFT
        paint.text(
            painter, rect.adjusted(6, 0, -6, 0), option.text, role_font("table_head"), theme.text2, align
        )
