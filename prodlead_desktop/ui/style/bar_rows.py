"""Rows of a name, an amount and a bar, for where money goes; pressing a row goes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Link
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of

ROW_HEIGHT = 46
TRACK = 6
ASIDE = 36


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row. ``share`` is the length of the bar, 0..1; a hatched bar is money that arrives nowhere."""

    key: str | None  # what pressing it goes to; None = nothing
    name: str
    amount: str
    share: float
    aside: str = ""  # small words behind the bar, such as a share
    kind: str = ""  # of the icon before the name
    colour: str = ""  # of the bar; the accent when empty
    hatched: bool = False


class BarRows(QWidget):
    """A short list of bars; ``pressed`` carries the key of the row."""

    pressed = Signal(str)

    def __init__(self, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._rows: tuple[BarRow, ...] = ()
        self._left_out = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._bars: list[_Bar] = []
        self._more = Label("", "label", "text3")
        self._column.addWidget(self._more)
        self._more.hide()

    @property
    def rows(self) -> tuple[BarRow, ...]:
        """What is shown, with the rows that did not fit."""
        return self._rows

    def set_rows(self, rows: Sequence[BarRow], left_out: int = 0) -> None:
        """Show other rows, and how many were left out of them; widgets that are there are used again."""
        wanted = tuple(rows)
        if wanted == self._rows and left_out == self._left_out:
            return
        self._rows, self._left_out = wanted, left_out
        shown = wanted[: self._most]
        while len(self._bars) < len(shown):
            bar = _Bar(self)
            bar.clicked.connect(lambda _=False, bar=bar: self._press(bar))
            self._column.insertWidget(len(self._bars), bar)
            self._bars.append(bar)
        for at, bar in enumerate(self._bars):
            bar.setVisible(at < len(shown))
            if at < len(shown):
                bar.set_row(shown[at])
        rest = len(wanted) - len(shown) + left_out
        self._more.setText(f"and {rest} more")
        self._more.setVisible(rest > 0)

    def _press(self, bar: _Bar) -> None:
        if bar.row.key is not None:
            self.pressed.emit(bar.row.key)


class _Bar(Link):
    """One row of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent=parent)
        self.row = BarRow(None, "", "", 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_row(self, row: BarRow) -> None:
        """Show another row."""
        if row == self.row:
            return
        self.row = row
        self.setEnabled(row.key is not None)
        words = ", ".join(part for part in (row.name, row.amount, row.aside) if part)
        self.setAccessibleName(words)
        self.setToolTip(paint.plain_tip(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, row = QPainter(self), theme_of(self), self.row
        width = float(self.width())
        if self.underMouse() and row.key is not None:
            paint.box(painter, QRectF(self.rect()), WINDOW.field_radius, theme.hover)
        words = QRectF(0, 4, width, 22)
        amount = paint.width_of(row.amount, font(14, 600))
        paint.text(painter, words, row.amount, font(14, 600), theme.text, paint.RIGHT)
        left = 0.0
        if row.kind:
            look = theme.kinds[row.kind]
            icons.draw(painter, look.icon, QRectF(0, 7, 16, 16), look.stroke)
            left = 24.0
        name = QRectF(left, 4, width - left - amount - 12, 22)
        paint.text(painter, name, row.name, font(14, 500), theme.text)
        aside = QRectF(width - ASIDE, 25, ASIDE, 18)
        paint.text(painter, aside, row.aside, font(12.5), theme.text3, paint.RIGHT)
        self._paint_bar(painter, QRectF(0, 31, width - (ASIDE + 6 if row.aside else 0), TRACK))

    def _paint_bar(self, painter: QPainter, track: QRectF) -> None:
        theme, row = theme_of(self), self.row
        paint.box(painter, track, TRACK / 2, theme.line)
        if row.share <= 0:
            return
        length = max(TRACK, track.width() * min(1.0, row.share))
        part = QRectF(track.left(), track.top(), length, TRACK)
        if not row.hatched:
            paint.box(painter, part, TRACK / 2, row.colour or theme.accent)
            return
        paint.box(painter, part, TRACK / 2, theme.surface, theme.line2)
        painter.setBrush(paint.hatch(theme))
        painter.drawRoundedRect(part, TRACK / 2, TRACK / 2)
