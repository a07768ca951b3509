"""Scroll areas as boxes and pages have them: up and down only, without frame, ground or focus of their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

SLACK = 4  # what a page may grow by its last rounding


class Scroller(QScrollArea):
    """Shows a page as wide as it is itself."""

    def __init__(self, page: QWidget | None = None) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        if page is not None:
            self.show_page(page)

    def show_page(self, page: QWidget) -> None:
        """Show another page; the former one is gone."""
        self.setWidget(page)
        page.setAutoFillBackground(False)


class Lines(Scroller):
    """Widgets below each other, as high as they are together up to ``most``, then scrolled; hidden without any."""

    grown = Signal()  # they have another height now

    def __init__(self, width: int, most: int, gap: int, right: int) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self.setFixedWidth(width)
        self._most = most
        self._lines = QVBoxLayout()
        self._lines.setSpacing(gap)
        self._column = inner = QVBoxLayout(self._page)
        inner.setContentsMargins(0, 0, right, 0)
        inner.addLayout(self._lines)
        inner.addStretch(1)
        self._page.installEventFilter(self)

    def fill(self, lines: list[QWidget]) -> None:
        """Show these lines instead of the former ones."""
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for line in lines:
            self._lines.addWidget(line)
            line.show()
        self.setVisible(bool(lines))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lines grow, such as a text that is typed or that only now knows its width."""
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest and self._fit():
            self.grown.emit()
        return super().eventFilter(watched, event)

    def _fit(self) -> bool:
        """Take the height of the lines; whether it is another one."""
        column, before = self._column, self.minimumHeight()
        column.invalidate()
        high = column.totalHeightForWidth(self.width()) if column.hasHeightForWidth() else -1
        high = min((high if high >= 0 else column.totalSizeHint().height()) + SLACK, self._most)
        self.setFixedHeight(high)
        return high != before
