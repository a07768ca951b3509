"""The budget as a bar by pool: what is placed, what is left hatched, what is too much outlined beyond the end."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodlead_desktop.analysis.capital import Totals
from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.palette import theme_of


def parts(strategy: Strategy, totals: Totals, theme: Theme) -> list[tuple[str, int, str]]:
    """(name, minor units, colour) of every pool that has money, in pool order, then what has no pool."""
    found = [
        (pool.name, totals.by_pool[pool.id], theme.pool(pool.colour).colour)
        for pool in strategy.ordered(Pool)
        if totals.by_pool.get(pool.id)
    ]
    loose = totals.by_pool.get(None, 0)
    return [*found, ("No pool", loose, theme.line2)] if loose else found


class BudgetBar(QWidget):
    """Paints ``Totals``; 300 × 14 in the bottom bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strategy: Strategy | None = None
        self._totals: Totals | None = None
        self.setFixedHeight(14)
        self.setMinimumWidth(80)
        self.setMaximumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, strategy: Strategy, totals: Totals | None) -> None:
        """Show these totals; None shows an empty trough."""
        self._strategy, self._totals = strategy, totals
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(clip)
        painter.fillRect(rect, QColor(theme.sunken))
        if self._totals is None or self._strategy is None:
            return
        placed, budget = self._totals.placed, self._totals.budget or 0
        whole = max(placed, budget)
        if whole <= 0:
            return
        painter.fillRect(rect, paint.hatch(theme))
        left = rect.left()
        for _, amount, colour in parts(self._strategy, self._totals, theme):
            width = rect.width() * amount / whole
            painter.fillRect(QRectF(left, rect.top(), max(width - 1, 1), rect.height()), QColor(colour))
            left += width
        if self._totals.budget is not None and placed > budget:
            end = rect.width() * budget / whole
            over = QRectF(end, 0, rect.width() - end, rect.height()).adjusted(1, 1, -1, -1)
            paint.box(painter, over, 3, None, theme.err.mark, 2)
