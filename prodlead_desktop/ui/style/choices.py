"""How the style paints check boxes, radio buttons and drop-down fields."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionComboBox, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font

State = QStyle.StateFlag
CHEVRON = 28


def check_box(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """A square that holds a check mark when it is on."""
    enabled = bool(option.state & State.State_Enabled)
    if option.state & State.State_On:
        paint.box(painter, rect, 4, theme.ink if enabled else theme.disabled)
        paint.tick(painter, rect, theme.on_ink)
        return
    line = theme.line2 if enabled else theme.line
    paint.box(painter, rect, 4, theme.surface, line, 1.5)
    if option.state & State.State_NoChange:
        painter.fillRect(
            QRectF(rect.left() + 5, rect.center().y() - 1, rect.width() - 10, 2), QColor(theme.text)
        )


def radio(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """A circle that holds a dot when it is on."""
    enabled = bool(option.state & State.State_Enabled)
    on = bool(option.state & State.State_On)
    strong = theme.ink if enabled else theme.disabled
    line = strong if on else theme.line2 if enabled else theme.line
    paint.box(painter, rect, rect.width() / 2, theme.surface, line, 1.5)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(strong))
        painter.drawEllipse(rect.center(), rect.width() / 4, rect.width() / 4)


def combo(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The box of a drop-down field with its chevron."""
    enabled = bool(option.state & State.State_Enabled)
    line = theme.line2 if enabled else theme.line
    fill = theme.surface if enabled else theme.sunken
    paint.box(painter, rect, WINDOW.field_radius, fill, line)
    corner = QPointF(rect.right() - 24, rect.center().y() - 7)
    icons.draw(painter, "chevron-down", QRectF(corner.x(), corner.y(), 14, 14), theme.text2)


def combo_label(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """What is chosen, or the placeholder."""
    if not isinstance(option, QStyleOptionComboBox) or option.editable:
        return
    left = rect.left() + WINDOW.field_padding
    if not option.currentIcon.isNull():
        size = WINDOW.icon
        option.currentIcon.paint(painter, round(left), round(rect.center().y() - size / 2), size, size)
        left += size + 8
    inner = QRectF(left, rect.top(), rect.right() - CHEVRON - left, rect.height())
    placeholder = bool(widget is not None and widget.property("placeholder_shown"))
    enabled = bool(option.state & State.State_Enabled)
    colour = theme.disabled if not enabled else theme.text3 if placeholder else theme.text
    paint.text(painter, inner, option.currentText, font(14), colour)


def combo_size(option: QStyleOption, size: QSize, plain: QSize) -> QSize:
    """A drop-down field is as high as any field."""
    return QSize(size.width() + WINDOW.field_padding + CHEVRON + 4, WINDOW.field_height)


def combo_part(option: QStyleOption, part: QStyle.SubControl, plain: QRect) -> QRect:
    """Text left of the chevron, the list below the field and as wide."""
    rect = option.rect
    if part == QStyle.SubControl.SC_ComboBoxEditField:
        return rect.adjusted(1, 1, -CHEVRON, -1)
    if part == QStyle.SubControl.SC_ComboBoxArrow:
        return QRect(rect.right() - CHEVRON, rect.top(), CHEVRON, rect.height())
    return plain
