"""How the style paints fields, buttons, frames, splitters and the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionButton, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import font

State = QStyle.StateFlag


def nothing(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """Where Fusion would draw a bevel."""


def field(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The box of a line edit; red when its text was refused, none when it lies bare in another box."""
    if widget is not None and widget.property("bare"):
        return
    enabled = bool(option.state & State.State_Enabled)
    line = theme.line2 if enabled else theme.line
    if widget is not None and widget.property("refused"):
        line = theme.err.mark
    fill = theme.surface if enabled else theme.sunken
    if widget is not None and widget.property("in_row"):
        paint.box(painter, rect, 4, fill, theme.accent, 1.5)
        return
    paint.box(painter, rect, WINDOW.field_radius, fill, line)


def field_size(option: QStyleOption, size: QSize, plain: QSize) -> QSize:
    """A line edit is 34 high."""
    return QSize(plain.width() + 2 * WINDOW.field_padding, max(plain.height(), WINDOW.field_height))


def command(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The box of a standard push button, such as those of file dialogs."""
    default = isinstance(option, QStyleOptionButton) and bool(
        option.features & QStyleOptionButton.ButtonFeature.DefaultButton
    )
    enabled = bool(option.state & State.State_Enabled)
    if default and enabled:
        paint.box(painter, rect, WINDOW.button_radius, theme.ink)
        return
    pressed, over = option.state & State.State_Sunken, option.state & State.State_MouseOver
    fill = theme.sunken if pressed else theme.hover if over and enabled else theme.surface
    paint.box(painter, rect, WINDOW.button_radius, fill, theme.line2 if enabled else theme.line)


def command_label(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The words of a standard push button."""
    if not isinstance(option, QStyleOptionButton):
        return
    default = bool(option.features & QStyleOptionButton.ButtonFeature.DefaultButton)
    enabled = bool(option.state & State.State_Enabled)
    colour = theme.disabled if not enabled else theme.on_ink if default else theme.text
    paint.text(painter, rect, option.text.replace("&", ""), font(14, 500), colour, paint.CENTRE)


def command_size(option: QStyleOption, size: QSize, plain: QSize) -> QSize:
    """A push button is 32 high."""
    return QSize(max(plain.width(), size.width() + 32), WINDOW.button_height)


def tool(painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    """The ground of a tool button under the pointer."""
    if option.state & (State.State_Sunken | State.State_On):
        paint.box(painter, rect, WINDOW.field_radius, theme.sunken)
    elif option.state & State.State_MouseOver and option.state & State.State_Enabled:
        paint.box(painter, rect, WINDOW.field_radius, theme.hover)


def tool_bar(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The ground of a tool bar, such as the print preview's, with a line below."""
    painter.fillRect(rect, QColor(theme.surface))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line))


def tip(painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    """The ground of a tool tip."""
    painter.fillRect(rect, QColor(theme.ink))


def splitter(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """One line between two panes."""
    hovered = bool(option.state & State.State_MouseOver)
    if rect.width() > 1 and option.state & State.State_Horizontal:
        rect = QRectF(rect.center().x(), rect.top(), 1, rect.height())
    painter.fillRect(rect, QColor(theme.line2 if hovered else theme.line))


def focus_frame(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The ring around the widget that has the keyboard; its radius follows that widget's."""
    radius = float(WINDOW.field_radius)
    watched = widget.property("radius") if widget is not None else None
    if watched is not None:
        radius = float(watched)
    margin = 5.0
    inner = rect.marginsRemoved(QMarginsF(margin, margin, margin, margin))
    paint.ring(painter, inner, radius, theme)
