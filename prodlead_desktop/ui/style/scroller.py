"""Scroll areas as boxes and pages have them: up and down only, without frame, ground or focus of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
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

    def __init__(self, most: int, gap: int, right: int) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self._most = most
        self._lines = QVBoxLayout()
        self._lines.setSpacing(gap)
        inner = QVBoxLayout(self._page)
        inner.setContentsMargins(0, 0, right, 0)
        inner.addLayout(self._lines)
        inner.addStretch(1)

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
        self._page.adjustSize()
        self.setFixedHeight(min(self._page.sizeHint().height() + SLACK, self._most))
