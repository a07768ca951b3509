"""What can be pressed: ink, outlined and ghost buttons, icon buttons, links, chips and the segments of a switch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Theme, mix
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.palette import theme_of

Policy = QSizePolicy.Policy
GAP = 8


class Pressable(QAbstractButton):
    """A button that paints itself from tokens; Enter presses it as Space does."""

    def __init__(self, words: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setProperty("radius", WINDOW.button_radius)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self.icon_name = name
        self.update()

    def set_text(self, words: str) -> None:
        """Say something else."""
        if words != self.text():
            self.setText(words)
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def _ground(self, theme: Theme, rest: str | None) -> str | None:
        """Fill by state: pressed, under the pointer, at rest."""
        if not self.isEnabled():
            return rest
        if self.isDown():
            return theme.sunken
        return theme.hover if self.underMouse() else rest


class Button(Pressable):
    """A button with words; ``ink`` is the one main thing of a screen, ``keys`` are shown after the words."""

    def __init__(
        self,
        words: str,
        kind: str = "outline",
        icon: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, icon, parent)
        self.kind, self._keys, self.menu_mark = kind, keys, False
        self.setFont(font(14, 600 if kind == "ink" else 500))

    def sizeHint(self) -> QSize:
        width = 28 + (round(paint.width_of(self.text(), self.font())) if self.text() else 0)
        width += (16 + (GAP if self.text() else 0)) if self.icon_name else 0
        width += round(paint.width_of(self._keys, self._key_font())) + GAP if self._keys else 0
        return QSize(width + (18 if self.menu_mark else 0), WINDOW.button_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        colour, muted = self._box(painter, rect, theme)
        left = 14.0
        if self.icon_name:
            icons.draw(painter, self.icon_name, QRectF(left, rect.center().y() - 8, 16, 16), colour)
            left += 16 + (GAP if self.text() else 0)
        room = rect.right() - 14 - left
        left += paint.text(painter, QRectF(left, 0, room, rect.height()), self.text(), self.font(), colour)
        if self._keys:
            inner = QRectF(left + GAP, 0, rect.right() - left - GAP, rect.height())
            paint.text(painter, inner, self._keys, self._key_font(), muted)
        if self.menu_mark:
            mark = QRectF(rect.right() - 24, rect.center().y() - 7, 14, 14)
            icons.draw(painter, "chevron-down", mark, muted)

    def _key_font(self) -> QFont:
        return font(13, 400) if self.text() else font(12.5, 500)

    def _box(self, painter: QPainter, rect: QRectF, theme: Theme) -> tuple[str, str]:
        """Paint the ground; the colours of words and keys on it."""
        radius, on = WINDOW.button_radius, self.isEnabled()
        if self.kind == "ink":
            ink = theme.ink if not (self.underMouse() and on) else mix(theme.ink, theme.surface, 0.86)
            paint.box(painter, rect, radius, ink if on else theme.line)
            return (theme.on_ink if on else theme.text3,) * 2
        line = None if self.kind == "ghost" else theme.line2 if on else theme.line
        paint.box(
            painter, rect, radius, self._ground(theme, None if self.kind == "ghost" else theme.surface), line
        )
        return (theme.text if on else theme.disabled, theme.text3 if on else theme.disabled)


class IconButton(Pressable):
    """An icon alone, for zoom, lock, close and more; ``name`` is what a screen reader and the tip say."""

    def __init__(self, icon: str, name: str, px: int = 16, parent: QWidget | None = None) -> None:
        super().__init__("", icon, parent)
        self._px = px
        self.setAccessibleName(name)
        self.setToolTip(paint.plain_tip(name))

    def sizeHint(self) -> QSize:
        return QSize(WINDOW.target, WINDOW.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        ground = self._ground(theme, None)
        if ground:
            paint.box(painter, rect, 6, ground)
        half = self._px / 2
        colour = theme.text2 if self.isEnabled() else theme.disabled
        mark = QRectF(rect.center().x() - half, rect.center().y() - half, self._px, self._px)
        icons.draw(painter, self.icon_name, mark, colour)


class Link(Pressable):
    """Words that can be pressed, in accent; underlined under the pointer."""

    def __init__(
        self, words: str, px: float = 14, colour: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(words, "", parent)
        self._colour = colour
        self.setFont(font(px, 600))
        self.setProperty("radius", 4)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(round(paint.width_of(self.text(), self.font())) + 10, WINDOW.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        token = getattr(theme, self._colour) if self.isEnabled() else theme.disabled
        face = self.font()
        face.setUnderline(self.underMouse() and self.isEnabled())
        rect = QRectF(self.rect()).adjusted(5, 0, -4, 0)
        paint.text(painter, rect, self.text(), face, getattr(token, "text", token))


class Chip(Pressable):
    """A small named thing with a coloured mark, such as the active scenario."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, "", parent)
        self._sign, self._colour = "", ""
        self.setFont(font(13, 600))
        self.setProperty("radius", WINDOW.chip_height / 2)

    def set(self, words: str, sign: str = "", colour: str = "") -> None:
        """Show other words with a sign such as ■ in a colour."""
        bigger = bool(sign) != bool(self._sign)
        self._sign, self._colour = sign, colour
        self.set_text(words)
        if bigger:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = round(paint.width_of(self.text(), self.font())) + 18 + 22
        return QSize(min(width + (20 if self._sign else 0), 260), WINDOW.target)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, WINDOW.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        ground = self._ground(theme, None)
        if ground:
            paint.box(painter, rect, rect.height() / 2, ground)
        left = 8.0
        if self._sign:
            paint.marker(painter, QRectF(left, rect.center().y() - 5, 10, 10), self._sign, self._colour)
            left += 19
        inner = QRectF(left, 0, rect.width() - left - 24, rect.height())
        used = paint.text(painter, inner, self.text(), self.font(), theme.text)
        icons.draw(
            painter, "chevron-down", QRectF(left + used + 6, rect.center().y() - 7, 14, 14), theme.text2
        )


class _Segment(Pressable):
    """One choice of a switch."""

    def __init__(self, words: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(words, icon, parent)
        self.setCheckable(True)
        self.setProperty("radius", 7)
        self._faces = (words, icon)

    def show_as(self, words: bool, icons: bool) -> None:
        """Words, icon or both, as far as it has them."""
        said, icon = self._faces
        self.setText(said if words or not icon else "")
        self.icon_name = icon if icons or not said else ""
        self.setAccessibleName(said)
        self.setToolTip(paint.plain_tip("" if self.text() else said))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        icon = 16 + (7 if self.text() else 0) if self.icon_name else 0
        return QSize(round(paint.width_of(self.text(), font(13.5, 600))) + icon + 24, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on:
            paint.box(painter, rect, 7, theme.raised, theme.line2)
        elif self.underMouse():
            paint.box(painter, rect, 7, theme.hover)
        colour = theme.text if on else theme.text2
        face = font(13.5, 600 if on else 500)
        icon = 16 + (7 if self.text() else 0) if self.icon_name else 0
        left = (rect.width() - icon - paint.width_of(self.text(), face)) / 2
        if self.icon_name:
            icons.draw(painter, self.icon_name, QRectF(left, rect.center().y() - 8, 16, 16), colour)
        area = QRectF(left + icon, 0, rect.width() - left - icon, rect.height())
        paint.text(painter, area, self.text(), face, colour)


class Segments(QWidget):
    """A switch between a few choices in one trough; ``changed`` carries the name of the chosen one."""

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str, str]],
        name: str = "",
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are (name, words, icon); the first is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(Policy.Preferred if stretch else Policy.Fixed, Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(*(WINDOW.segment_padding,) * 4)
        row.setSpacing(2)
        for key, words, icon in choices:
            button = _Segment(words, icon, self)
            if stretch:
                button.setSizePolicy(Policy.Expanding, Policy.Fixed)
            button.clicked.connect(lambda _=False, chosen=key: self.changed.emit(chosen))
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button)
        self.set(next(iter(self._buttons)))

    def set_faces(self, words: bool, icons: bool) -> None:
        """Show the choices as words, as icons or both; what is not shown stays in tip and accessible name."""
        for button in self._buttons.values():
            button.show_as(words, icons)
        self.updateGeometry()

    def set_tips(self, tips: Mapping[str, str]) -> None:
        """Say by name what each choice means."""
        for key, tip in tips.items():
            self._buttons[key].setToolTip(paint.plain_tip(tip))
            self._buttons[key].setAccessibleDescription(tip)

    def current(self) -> str:
        """The name of the chosen one."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set(self, key: str) -> None:
        """Choose without telling anybody; unknown names are left out."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def focus_current(self) -> None:
        """Give the keyboard to the chosen one."""
        self._buttons[self.current()].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()), WINDOW.segment_radius, theme_of(self).sunken)
