"""The columns of the Allocate table: which there is room for, how wide they are, and their heads."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.palette import theme_of


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    LEVEL = 1
    SCALE = 2
    MONEY = 3
    LOCK = 4
    CURVE = 5
    NEXT = 6
    SINCE = 7
    POOL = 8


PAD = 18  # before the names
END = 16  # between numbers and the end of their column
HEAD = 38
STARTS = {Column.NAME: PAD, Column.SCALE: 12}  # where the words of a head begin
NUMBERS = (Column.MONEY, Column.NEXT, Column.SINCE)
SORTED_BY = {
    Column.NAME: "name",
    Column.MONEY: "money",
    Column.NEXT: "gain",
    Column.SINCE: "since",
}  # a press on a head sorts
_ALWAYS = {Column.LEVEL: 112, Column.MONEY: 108, Column.LOCK: 48}
_ROOM = {
    Column.SINCE: 112,
    Column.NEXT: 138,
    Column.CURVE: 94,
    Column.POOL: 120,
}  # the first is the last to go
NAME_LEAST, SCALE_LEAST = 214, 136
NAME_MOST, NAME_SHARE = 420, 0.44
BOTH_LEAST = 290  # name and scale, when there is nothing else to leave out


def widths(room: int, pool_wanted: bool, since_wanted: bool) -> dict[Column, int]:
    """How wide every column is in ``room`` pixels; 0 when there is no room for it or nobody needs it."""
    found = dict.fromkeys(Column, 0) | _ALWAYS
    rest = room - sum(_ALWAYS.values())
    for column, wide in _ROOM.items():
        unwanted = (column is Column.POOL and not pool_wanted) or (
            column is Column.SINCE and not since_wanted
        )
        if not unwanted and rest - wide >= NAME_LEAST + SCALE_LEAST:
            found[column] = wide
            rest -= wide
    if rest < BOTH_LEAST:
        found[Column.NAME] = max(120, rest)
    else:
        name = min(max(round(rest * NAME_SHARE), NAME_LEAST), NAME_MOST, rest - SCALE_LEAST + 26)
        found[Column.NAME], found[Column.SCALE] = name, rest - name
    return found


def left_out(room: int, pool_wanted: bool, since_wanted: bool) -> tuple[Column, ...]:
    """The columns somebody needs that there is no room for in ``room`` pixels, left to right."""
    every, here = (widths(wide, pool_wanted, since_wanted) for wide in (sum(_ROOM.values()) + 2000, room))
    return tuple(column for column in Column if every[column] and not here[column])


class TableHead(QHeaderView):
    """Words over their columns, an arrow at the one that sorts, a line below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorted_by = ""
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEAD)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, column, area = theme_of(self), Column(section), QRectF(rect)
        painter.fillRect(area, QColor(theme.surface))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(theme.line))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        face, mine = role_font("table_head"), self.sorted_by == SORTED_BY.get(column, "-")
        mark = 18.0 if mine else 0.0
        if column in NUMBERS:
            inner, side = area.adjusted(4, 0, -END, 0), paint.RIGHT
        elif column == Column.LOCK:
            inner, side = area, paint.CENTRE
        else:
            inner, side = area.adjusted(STARTS.get(column, 10), 0, -4 - mark, 0), paint.LEFT
        used = paint.text(painter, inner, words, face, theme.text if mine else theme.text2, side)
        if mine:
            left = inner.left() + used + 4 if side == paint.LEFT else inner.right() - used - 18
            icon = "arrow-up" if column is Column.NAME else "arrow-down"
            icons.draw(
                painter, icon, QRectF(max(area.left(), left), area.center().y() - 7, 14, 14), theme.text2
            )
