"""The budget above the table: what is placed, what is left, each pool against its band, and the wishes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from prodlead_desktop.analysis.capital import Totals
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.colour import label_on
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui import budget_bar
from prodlead_desktop.ui.allocate import listing
from prodlead_desktop.ui.allocate.listing import Share
from prodlead_desktop.ui.allocate.mark_line import GAP, LINE, MarkLine
from prodlead_desktop.ui.allocate.wishes import WishBar
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import SteadyLabel
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.panels import Card

if TYPE_CHECKING:
    from prodlead_desktop.analysis.wishes import WishState

OVER = 36  # how far an overspent bar goes beyond the budget at least, in px
PADDING, TIGHT = 18, 10
GAP_FULL, GAP_BARE = 8, 4
FULL, SHORT, BARE = range(
    3
)  # all; pools and wishes in one line; that without the bar, which the bottom bar has too


class Head(Card):
    """Big number, bar by pool, pools with their bands, wishes; says less where the page is low."""

    formed = Signal()  # it says more or less than before

    def __init__(self, session: Session) -> None:
        super().__init__(padding=PADDING)
        self._session = session
        self.placed = SteadyLabel("", font(24, 700))
        self.of = SteadyLabel("", font(16, 400), "text2")
        self.left = SteadyLabel("", font(16, 600))
        self.bar = Bar()
        self.pools = MarkLine(PoolShare)
        self.wishes = WishBar()
        self._room = 0
        self._form = FULL
        self._marks = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._marks.setSpacing(self.column.spacing())
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.placed)
        line.addWidget(self.of)
        line.addStretch(1)
        line.addWidget(self.left)
        self.column.addLayout(line)
        self.column.addWidget(self.bar)
        self._marks.addWidget(self.pools, 1)
        self._marks.addWidget(self.wishes, 1)
        self.column.addLayout(self._marks)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def refresh(self) -> None:
        """Show the active scenario as it is now."""
        strategy, ledger = self._session.seen, self._session.ledger
        if ledger is None:
            return
        totals, currency = ledger.totals, strategy.header.currency
        placed = numerals.money_short(totals.placed, currency)
        self.placed.setText(f"{placed} + ?" if totals.unknown else placed)
        unknown = f", {wording.count(totals.unknown, 'cost')} unknown" if totals.unknown else ""
        if totals.budget is None:
            self.of.setText(f"placed, no budget set{unknown}")
        else:
            self.of.setText(f"of {numerals.money_short(totals.budget, currency)} placed{unknown}")
        self.left.setText(left_words(totals, currency))
        self.bar.show_totals(strategy, totals)
        self._show_pools(listing.shares(ledger), currency)

    def show_wishes(self, states: Sequence[WishState]) -> None:
        """Show what becomes of other wishes."""
        self.wishes.show_wishes(states)
        self._fit()

    @property
    def is_bare(self) -> bool:
        """Whether there is only room for what is said nowhere else."""
        return self._form == BARE

    def set_room(self, room: int) -> None:
        """Take no more height than this where that can be done, so that the table below shows rows."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        width, gap = self.width() - 2 * PADDING, GAP_FULL
        above = 2 * PADDING + self.placed.sizeHint().height() + gap + self.bar.height()
        marks = [high for each in (self.pools, self.wishes) if (high := each.full_height(width))]
        full = above + sum(high + gap for high in marks)
        short = above + (gap + LINE if marks else 0)
        form = FULL if full <= self._room else SHORT if short <= self._room else BARE
        if form != self._form:
            self._take_form(form)

    def _take_form(self, form: int) -> None:
        self._form = form
        below = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._marks.setDirection(below[form != FULL])
        self._marks.setSpacing(self.column.spacing() if form == FULL else GAP)
        for each in self.pools.marks:
            each.set_brief(form != FULL)
        self.pools.set_short(form != FULL)
        self.wishes.set_short(form != FULL)
        self.bar.setVisible(form != BARE)
        padding = TIGHT if form == BARE else PADDING
        self.column.setContentsMargins(PADDING, padding, PADDING, padding)
        self.column.setSpacing(GAP_BARE if form == BARE else GAP_FULL)
        self.formed.emit()

    def _show_pools(self, shares: list[Share], currency: str) -> None:
        for mark, share in zip(self.pools.use(len(shares)), shares, strict=True):
            mark.set_brief(self._form != FULL)
            mark.show_share(share, currency)
        self.pools.arrange()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def left_words(totals: Totals, currency: str) -> str:
    """What is left of the budget, or by how much it is exceeded."""
    if totals.left is None:
        return ""
    if totals.left < 0:
        return f"{numerals.money_short(-totals.left, currency)} over budget"
    return f"{numerals.money_short(totals.left, currency)} left"


class Bar(QWidget):
    """26 px: pools with their names, the rest hatched; too much is outlined red beyond the budget's end."""

    def __init__(self) -> None:
        super().__init__()
        self._strategy: Strategy | None = None
        self._totals: Totals | None = None
        self.setFixedHeight(WINDOW.budget_bar)

    def show_totals(self, strategy: Strategy, totals: Totals) -> None:
        """Show other totals."""
        self._strategy, self._totals = strategy, totals
        currency = strategy.header.currency
        parts = [f"{name} {numerals.money_short(amount, currency)}" for name, amount, _ in self._parts()]
        self.setAccessibleName(
            ", ".join([*parts, left_words(totals, currency)]).strip(", ") or "Nothing placed"
        )
        self.update()

    def _parts(self) -> list[tuple[str, int, str]]:
        if self._strategy is None or self._totals is None:
            return []
        return budget_bar.parts(self._strategy, self._totals, theme_of(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(rect, 6, 6)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(rect, QColor(theme.surface))
        painter.fillRect(rect, paint.hatch(theme))
        whole = self._whole()
        left = rect.left()
        for name, amount, colour in self._parts():
            width = rect.width() * amount / whole if whole else 0.0
            part = QRectF(left, rect.top(), max(width - 1.5, 1.0), rect.height())
            painter.fillRect(part, QColor(colour))
            self._label(painter, part, name, amount, label_on(colour))
            left += width
        painter.restore()
        self._paint_rest(painter, rect, left, whole)

    def _whole(self) -> int:
        totals = self._totals
        return max(totals.placed, totals.budget or 0) if totals else 0

    def _paint_rest(self, painter: QPainter, rect: QRectF, left: float, whole: int) -> None:
        theme, totals, strategy = theme_of(self), self._totals, self._strategy
        if totals is None or strategy is None or totals.left is None:
            return
        if totals.left < 0:
            end = rect.width() * (totals.budget or 0) / whole
            end = min(end, rect.width() - OVER)
            over = QRectF(end, 0, rect.width() - end, rect.height()).adjusted(1, 1, -1, -1)
            paint.box(painter, over, 5, None, theme.err.mark, 2.5)
            return
        words = left_words(totals, strategy.header.currency)
        room = QRectF(left, 0, rect.right() - left, rect.height())
        width = paint.width_of(words, font(12.5, 600)) + 14
        if totals.left and room.width() >= width + 8:
            ground = QRectF(room.center().x() - width / 2, 4, width, rect.height() - 8)
            paint.box(painter, ground, 4, theme.surface)
            paint.text(painter, ground, words, font(12.5, 600), theme.text, paint.CENTRE)
        paint.box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, None, theme.line, 1)

    def _label(self, painter: QPainter, part: QRectF, name: str, amount: int, colour: str) -> None:
        currency = self._strategy.header.currency if self._strategy else "XXX"
        words = f"{name} {numerals.money_short(amount, currency)}"
        if paint.width_of(words, font(12.5, 600)) + 20 <= part.width():
            paint.text(painter, part.adjusted(10, 0, -6, 0), words, font(12.5, 600), colour)


class PoolShare(QWidget):
    """One pool: swatch, name, share, its band on a track, and what is missing in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share: Share | None = None
        self._problem = ""
        self._hint = QSize()
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: Share, currency: str) -> None:
        """Show another share."""
        self._share = share
        self._problem = _outside_words(share, currency)
        words = [share.name, _percent(share), listing.band_words(share), self._problem]
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setToolTip(paint.plain_tip(self.accessibleName() + f", of {share.of}"))
        hint = self.sizeHint()
        if hint != self._hint:
            self._hint = hint
            self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    @property
    def urgent(self) -> bool:
        """Whether it is outside its band."""
        return bool(self._problem)

    def set_brief(self, brief: bool) -> None:
        """Leave the band to the tip, or show it too."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()

    def _band(self) -> str:
        return "" if self._brief or self._share is None else listing.band_words(self._share)

    def sizeHint(self) -> QSize:
        share = self._share
        if share is None:
            return QSize(0, 24)
        width = 24 + self._width(share.name, 600) + 8 + self._width(_percent(share), 500)
        if self._band():
            width += 14 + 96 + 10 + self._width(self._band(), 400)
        width += 12 + self._width(self._problem, 600) if self._problem else 0
        return QSize(round(width) + 4, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        share = self._share
        if share is None:
            return
        painter, theme = QPainter(self), theme_of(self)
        middle, height = self.height() / 2, float(self.height())
        colour = theme.pool(share.colour).colour if share.colour is not None else theme.line2
        paint.box(painter, QRectF(0, middle - 5, 10, 10), 2, colour)
        left = 18.0
        left += self._put(painter, left, height, share.name, 600, theme.text) + 8
        strong = theme.err.text if share.outside else theme.text2
        left += self._put(painter, left, height, _percent(share), 600 if share.outside else 500, strong)
        if self._band():
            self._track(painter, QRectF(left + 14, middle - 2, 96, 4), share, colour)
            left += 14 + 96 + 10
            left += self._put(painter, left, height, self._band(), 400, theme.text2)
        if self._problem:
            self._put(painter, left + 12, height, self._problem, 600, theme.err.text)

    def _track(self, painter: QPainter, track: QRectF, share: Share, colour: str) -> None:
        theme = theme_of(self)
        paint.box(painter, track, 2, theme.line)
        low, high = share.low or 0.0, 1.0 if share.high is None else share.high
        middle = track.center().y()
        left, right = track.left() + track.width() * low, track.left() + track.width() * high
        paint.box(painter, QRectF(left, middle - 5, right - left, 10), 3, theme.surface, colour, 1.5)
        if share.share is not None:
            at = track.left() + track.width() * min(1.0, share.share)
            painter.fillRect(QRectF(at - 1.25, middle - 7, 2.5, 14), QColor(theme.text))

    def _put(
        self, painter: QPainter, left: float, height: float, words: str, weight: int, colour: str
    ) -> float:
        room = QRectF(left, 0, self.width() - left, height)
        return paint.text(painter, room, words, font(13, weight), colour)

    def _width(self, words: str, weight: int) -> float:
        return paint.width_of(words, font(13, weight))


def _percent(share: Share) -> str:
    return numerals.percent(share.permille / 1000, 1) if share.permille is not None else ""


def _outside_words(share: Share, currency: str) -> str:
    whole = share.whole
    if not share.outside or not whole:
        return ""
    if share.low is not None and share.share is not None and share.share < share.low:
        return f"{numerals.money_short(round(share.low * whole) - share.placed, currency)} short"
    return f"{numerals.money_short(share.placed - round((share.high or 0.0) * whole), currency)} too much"
