"""Small marks side by side above the table: in lines like words, or in one line with the rest behind "+2"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.flow import FlowLayout
from prodlead_desktop.ui.style.labels import Label

GAP, LINE_GAP, LINE = 20, 4, 24
ANY_WIDTH = 16_777_215  # what Qt takes for no limit


class Mark(Protocol):
    """A widget of one line."""

    @property
    def words(self) -> str:
        """All that it says."""
        ...

    @property
    def urgent(self) -> bool:
        """Whether it tells of something that is not as it should be."""
        ...

    def sizeHint(self) -> QSize: ...
    def setVisible(self, visible: bool) -> None: ...
    def setMaximumWidth(self, wide: int) -> None: ...


M = TypeVar("M", bound=Mark)


class MarkLine(QWidget, Generic[M]):
    """Shows as many marks as are used; nothing where there are none."""

    def __init__(self, make: Callable[[QWidget], M]) -> None:
        super().__init__()
        self._make = make
        self._flow = FlowLayout(self, gap=GAP, line_gap=LINE_GAP)
        self._short = False
        self._used = 0
        self.marks: list[M] = []
        self.more = Label("", "label", "text2", parent=self)
        self.more.setFixedHeight(LINE)
        self.more.hide()
        self.hide()

    def use(self, count: int) -> Sequence[M]:
        """The marks to show now; ``arrange`` when they say what they are to say."""
        while len(self.marks) < count:
            made = self._make(self)
            assert isinstance(made, QWidget)
            self._flow.removeWidget(self.more)
            self._flow.addWidget(made)
            self._flow.addWidget(self.more)
            self.marks.append(made)
        self._used = count
        return self.marks[:count]

    def set_short(self, short: bool) -> None:
        """In one line, the urgent ones first, or in as many as they need."""
        if short != self._short:
            self._short = short
            self.setMinimumWidth(int(short))  # in one line they are cut to the room there is
            self.arrange()

    def full_height(self, width: int) -> int:
        """What all of them need in ``width``."""
        lines, left = 0, 0
        for mark in self.marks[: self._used]:
            wide = mark.sizeHint().width()
            if not lines or wide > left:
                lines, left = lines + 1, width
            left -= wide + GAP
        return max(0, lines * (LINE + LINE_GAP) - LINE_GAP)

    def arrange(self) -> None:
        """Show what there is room for."""
        used = self.marks[: self._used]
        shown = self._first(used) if self._short else used
        rest = [mark for mark in used if mark not in shown]
        self.more.setText(f"+{len(rest)}" if rest else "")
        self.more.setToolTip("<br>".join(paint.plain_tip(mark.words) for mark in rest))
        self.more.setAccessibleName(", ".join(["And", *(mark.words for mark in rest)]) if rest else "")
        self.more.setVisible(bool(rest))
        most = self.width() - (self.more.sizeHint().width() + GAP if rest else 0)
        for mark in self.marks:
            mark.setMaximumWidth(max(1, most) if self._short else ANY_WIDTH)
            mark.setVisible(mark in shown)
        self.setVisible(bool(used))

    def _first(self, used: Sequence[M]) -> list[M]:
        """As many as one line holds, the urgent ones first, at least one; in their order."""
        wanted = sorted(used, key=lambda mark: not mark.urgent)
        more = paint.width_of(f"+{len(used)}", self.more.font()) + 4 + GAP
        left, taken = float(self.width()), list[M]()
        for mark in wanted:
            wide = mark.sizeHint().width()
            last = len(taken) + 1 == len(used)
            if taken and wide + (0 if last else more) > left:
                break
            taken.append(mark)
            left -= wide + GAP
        return [mark for mark in used if mark in taken]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._short and event.size().width() != event.oldSize().width():
            self.arrange()
