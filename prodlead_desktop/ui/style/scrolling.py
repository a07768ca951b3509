"""How the style paints scroll bars, sliders and progress."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QStyle,
    QStyleOption,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import paint

Part = QStyle.SubControl


def _thumb(option: QStyleOptionSlider) -> QRect:
    """The handle's place when the bar has no arrow buttons."""
    rect = option.rect
    horizontal = option.orientation == Qt.Orientation.Horizontal
    room = rect.width() if horizontal else rect.height()
    span = option.maximum - option.minimum
    length = room if span <= 0 else max(32, round(room * option.pageStep / (span + option.pageStep)))
    length = min(length, room)
    at = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown
    )
    if horizontal:
        return QRect(rect.left() + at, rect.top(), length, rect.height())
    return QRect(rect.left(), rect.top() + at, rect.width(), length)


def bar_part(option: QStyleOption, part: QStyle.SubControl, plain: QRect) -> QRect:
    """Groove over the whole length, no buttons."""
    if not isinstance(option, QStyleOptionSlider):
        return plain
    rect, thumb = option.rect, _thumb(option)
    if part == Part.SC_ScrollBarGroove:
        return rect
    if part == Part.SC_ScrollBarSlider:
        return thumb
    horizontal = option.orientation == Qt.Orientation.Horizontal
    if part == Part.SC_ScrollBarSubPage:
        return (
            QRect(rect.left(), rect.top(), thumb.left() - rect.left(), rect.height())
            if horizontal
            else QRect(rect.left(), rect.top(), rect.width(), thumb.top() - rect.top())
        )
    if part == Part.SC_ScrollBarAddPage:
        return (
            QRect(thumb.right() + 1, rect.top(), rect.right() - thumb.right(), rect.height())
            if horizontal
            else QRect(rect.left(), thumb.bottom() + 1, rect.width(), rect.bottom() - thumb.bottom())
        )
    return QRect()


def bar(painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    """A slim thumb that grows darker under the pointer."""
    ground = _ground(widget)
    if ground is not None:
        painter.fillRect(rect, ground)
    if not isinstance(option, QStyleOptionSlider) or option.maximum <= option.minimum:
        return
    thumb = QRectF(_thumb(option))
    if option.orientation == Qt.Orientation.Horizontal:
        thumb = QRectF(thumb.left() + 2, thumb.center().y() - 3, thumb.width() - 4, 6)
    else:
        thumb = QRectF(thumb.center().x() - 3, thumb.top() + 2, 6, thumb.height() - 4)
    held = option.state & QStyle.StateFlag.State_Sunken and option.activeSubControls & Part.SC_ScrollBarSlider
    over = option.state & QStyle.StateFlag.State_MouseOver
    paint.box(painter, thumb, 3, theme.line2 if held or over else theme.hatch)


def _ground(widget: QWidget | None) -> QColor | None:
    """The colour of what is scrolled, so that the bar does not stand on a strip of its own."""
    box = widget.parentWidget() if widget is not None else None
    area = box.parentWidget() if box is not None else None
    if not isinstance(area, QAbstractScrollArea) or not area.viewport().autoFillBackground():
        return None
    return area.viewport().palette().color(area.viewport().backgroundRole())


def slider(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """Track 6 px, filled up to a ring of 16 px."""
    if not isinstance(option, QStyleOptionSlider):
        return
    size = WINDOW.slider_handle
    middle, room = rect.center().y(), rect.width() - size
    at = QStyle.sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition, round(room))
    track = QRectF(rect.left(), middle - 3, rect.width(), WINDOW.slider_track)
    paint.box(painter, track, 3, theme.line)
    paint.box(painter, QRectF(track.left(), track.top(), at + size / 2, track.height()), 3, theme.ink)
    paint.box(
        painter,
        QRectF(rect.left() + at, middle - size / 2, size, size),
        size / 2,
        theme.surface,
        theme.ink,
        2,
    )


def progress(
    painter: QPainter, rect: QRectF, option: QStyleOption, theme: Theme, widget: QWidget | None
) -> None:
    """A trough that fills; without a known length a third of it is filled."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    trough = QRectF(rect.left(), rect.center().y() - 3, rect.width(), 6)
    paint.box(painter, trough, 3, theme.line)
    span = option.maximum - option.minimum
    share = (option.progress - option.minimum) / span if span > 0 else 1 / 3
    if share > 0:
        paint.box(painter, QRectF(trough.left(), trough.top(), trough.width() * share, 6), 3, theme.accent)
    painter.setPen(QColor(theme.text))
