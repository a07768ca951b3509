"""Words on the window: labels by type role, elided labels with their full text as tip, key caps, pills and lines."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from prodlead_desktop.domain.text import as_shown
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import font, role_font
from prodlead_desktop.ui.style.palette import TEXT_ROLES, theme_of

Policy = QSizePolicy.Policy
BREAK = "\u200b"
_LONG = re.compile(r"\S{16}(?=\S{8})")


class Label(QLabel):
    """Plain text in a type role (body, strong, label, caption, panel_title, title…) and a text colour."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        colour: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(role_font(role))
        self.setForegroundRole(TEXT_ROLES[colour])
        self.setWordWrap(wrap)
        self.setText(words)

    def text(self) -> str:
        """What it says."""
        return super().text().replace(BREAK, "")

    def setText(self, words: str) -> None:
        """Say something else; wrapped, a word as long as an address may break too, so that it widens nothing."""
        words = as_shown(words)
        super().setText(_LONG.sub(rf"\g<0>{BREAK}", words) if self.wordWrap() else words)


class ElidedLabel(QWidget):
    """One line of plain text that ends in … when space is short; the tip then shows all of it."""

    def __init__(
        self, words: str = "", role: str = "body", colour: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._colour = words, colour
        self.setFont(role_font(role))
        self.setSizePolicy(Policy.Preferred, Policy.Fixed)
        self.set_text(words)

    def text(self) -> str:
        """All of the text."""
        return self._words

    def set_text(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self._tell_rest()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        return QSize(round(metrics.horizontalAdvance(self._words)) + 2, round(metrics.height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tell_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = getattr(theme_of(self), self._colour)
        paint.text(painter, QRectF(self.rect()), self._words, self.font(), colour)

    def _tell_rest(self) -> None:
        cut = QFontMetricsF(self.font()).horizontalAdvance(self._words) > self.width() + 0.5
        self.setToolTip(paint.plain_tip(self._words) if cut else "")


class SteadyLabel(QWidget):
    """One line that changes many times a second: it asks for room in steps, so that the window is not laid out anew."""

    STEP = 6

    def __init__(
        self, words: str = "", face: QFont | None = None, colour: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._colour, self._room = "", colour, -1
        self.setFont(face or role_font("body"))
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setText(words)

    def text(self) -> str:
        """What it says."""
        return self._words

    def setText(self, words: str) -> None:
        """Say something else."""
        if words == self._words and self._room >= 0:
            return
        self._words = words
        self.setAccessibleName(words)
        needed = paint.width_of(words, self.font()) + 2 if words else 0
        if not self._room - 2 * self.STEP < needed <= self._room:
            self._room = -(-round(needed) // self.STEP) * self.STEP
            self.updateGeometry()
        self.update()

    def setFont(self, face: QFont) -> None:
        super().setFont(face)
        self._room = -1
        words, self._words = self._words, ""
        self.setText(words)

    def sizeHint(self) -> QSize:
        return QSize(self._room, round(QFontMetricsF(self.font()).height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = getattr(theme_of(self), self._colour)
        paint.text(QPainter(self), QRectF(self.rect()), self._words, self.font(), colour)


class Paragraph(QWidget):
    """Plain text over several lines with a line height of its own, as large type needs it."""

    def __init__(
        self, words: str, face: QFont, line: float, colour: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._line, self._colour = words, line, colour
        self.setFont(face)
        self.setAccessibleName(words)
        policy = QSizePolicy(Policy.Preferred, Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(400))

    def heightForWidth(self, width: int) -> int:
        return round(len(self._lines(width)) * self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A scrolled page asks for the least height only: it must be that of these lines."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), getattr(theme_of(self), self._colour)
        for number, words in enumerate(self._lines(self.width())):
            rect = QRectF(0, number * self._line, self.width(), self._line)
            paint.text(painter, rect, words, self.font(), colour)

    def _lines(self, width: int) -> list[str]:
        lines, metrics = [""], QFontMetricsF(self.font())
        for word in self._words.split():
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or metrics.horizontalAdvance(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


class Divider(QWidget):
    """A line of one pixel, across or (``upright``) of 20 px between tools."""

    def __init__(self, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(1, 22)) if upright else self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme_of(self).line))


class KeyCap(QWidget):
    """A key as it is printed on a keyboard."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setFont(role_font("caption"))
        self.setAccessibleName(words)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(max(22, round(paint.width_of(self._words, self.font())) + 12), 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        paint.box(painter, rect, 4, theme.surface, theme.line2)
        paint.text(painter, rect, self._words, self.font(), theme.text2, paint.CENTRE)


class Pill(QWidget):
    """A short state in a rounded ground: ok, warn, err or neutral, always with its icon or words."""

    def __init__(
        self, words: str, level: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._level, self._icon = words, level, icon
        self.setFont(font(12.5, 500))
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.set(words, level, icon)

    def set(self, words: str, level: str = "neutral", icon: str = "") -> None:
        """Show another state."""
        self._words, self._level, self._icon = words, level, icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        mark = 20 if self._icon or self._level != "neutral" else 0
        return QSize(round(paint.width_of(self._words, self.font())) + 18 + mark, WINDOW.pill_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        status = getattr(theme, self._level) if self._level != "neutral" else None
        paint.box(painter, rect, rect.height() / 2, status.soft if status else theme.sunken)
        name = self._icon or (status.icon if status else "")
        left = 9.0
        if name:
            mark = QRectF(8, rect.center().y() - 7, 14, 14)
            icons.draw(painter, name, mark, status.mark if status else theme.text2)
            left = 27.0
        inner = rect.adjusted(left, 0, -6, 0)
        paint.text(painter, inner, self._words, self.font(), status.text if status else theme.text2)


class Icon(QWidget):
    """A Lucide icon in a colour role; it says nothing to a screen reader, the words beside it do."""

    def __init__(self, name: str, px: int = 16, role: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setFixedSize(px, px)

    def set(self, name: str, role: str) -> None:
        """Show another icon; ``role`` is a token or a status such as "ok"."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        token = getattr(theme_of(self), self._role)
        icons.draw(QPainter(self), self._name, QRectF(self.rect()), getattr(token, "mark", token))
