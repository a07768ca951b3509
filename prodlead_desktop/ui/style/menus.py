"""How the style paints menus and the menu bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionMenuItem, QWidget

from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font

State = QStyle.StateFlag
ROW, SEPARATOR, BAR = 30, 9, 30
ICON_LEFT, TEXT_LEFT, KEY_GAP, KEY_RIGHT = 10, 36, 32, 12


def nothing(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """Menus have no inner frames."""


def panel(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The ground of a menu."""
    painter.fillRect(rect, QColor(theme.raised))
    paint.box(painter, rect, 0, None, theme.line2 if theme.dark else theme.line)


def _split(text: str) -> tuple[str, str]:
    words, _, keys = text.partition("\t")
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&"), keys


def item(painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    """One line of a menu: icon or check mark, words, key, or a separator."""
    if not isinstance(option, QStyleOptionMenuItem):
        return
    painter.fillRect(rect, QColor(theme.raised))
    kinds = QStyleOptionMenuItem.MenuItemType
    if option.menuItemType == kinds.Separator:
        painter.fillRect(QRectF(rect.left() + 6, rect.center().y(), rect.width() - 12, 1), QColor(theme.line))
        return
    enabled = bool(option.state & State.State_Enabled)
    if option.state & State.State_Selected and enabled:
        paint.box(painter, rect.adjusted(0, 0, 0, 0), 6, theme.hover)
    colour = theme.text if enabled else theme.disabled
    _mark(painter, rect, option, theme, enabled)
    words, keys = _split(option.text)
    right = rect.right() - KEY_RIGHT
    if option.menuItemType == kinds.SubMenu:
        icons.draw(painter, "chevron-right", QRectF(right - 14, rect.center().y() - 7, 14, 14), colour)
    elif keys:
        muted = theme.text3 if enabled else theme.disabled
        area = QRectF(rect.left(), rect.top(), right - rect.left(), rect.height())
        paint.text(
            painter, area, keys.replace("+", " ").replace("  ", " +"), font(12.5, 500), muted, paint.RIGHT
        )
    left = rect.left() + TEXT_LEFT
    paint.text(painter, QRectF(left, rect.top(), right - left, rect.height()), words, font(14), colour)


def _mark(painter: QPainter, rect: QRectF, option: QStyleOptionMenuItem, theme: Theme, enabled: bool) -> None:
    place = QRectF(rect.left() + ICON_LEFT, rect.center().y() - 8, 16, 16)
    if option.checked:
        icons.draw(painter, "check", place, theme.accent if enabled else theme.disabled)
    elif not option.icon.isNull():
        option.icon.paint(painter, place.toRect(), mode=QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled)


def item_size(option: QStyleOption, size: QSize, plain: QSize) -> QSize:
    """Width of the widest line with its key; 30 high."""
    if not isinstance(option, QStyleOptionMenuItem):
        return plain
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        return QSize(10, SEPARATOR)
    words, keys = _split(option.text)
    width = TEXT_LEFT + paint.width_of(words, font(14)) + KEY_RIGHT + 18
    if keys:
        width += KEY_GAP + paint.width_of(keys, font(12.5, 500))
    return QSize(round(width), ROW)


def bar_ground(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """The menu bar lies on the same surface as the bar below it."""
    painter.fillRect(rect, QColor(theme.surface))


def bar_item(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """A menu's title in the bar."""
    if not isinstance(option, QStyleOptionMenuItem):
        return
    painter.fillRect(rect, QColor(theme.surface))
    if option.state & (State.State_Selected | State.State_Sunken):
        paint.box(painter, rect.adjusted(0, 3, 0, -3), 6, theme.hover)
    paint.text(painter, rect, _split(option.text)[0], font(13, 500), theme.text2, paint.CENTRE)


def bar_item_size(option: QStyleOption, size: QSize, plain: QSize) -> QSize:
    """Room for a title; 30 high."""
    words = _split(option.text)[0] if isinstance(option, QStyleOptionMenuItem) else ""
    return QSize(round(paint.width_of(words, font(13, 500))) + 20, BAR)
