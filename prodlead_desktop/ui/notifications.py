"""The bar under the tool row that says one sentence, and the toast with Undo at the bottom centre."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPropertyAnimation, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import Status, Theme
from prodlead_desktop.ui.notice import DISK, Notice
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import IconButton, Link
from prodlead_desktop.ui.style.labels import ElidedLabel, Icon, Label
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.popover import SHADOW_ROOM
from prodlead_desktop.ui.style.roles import speak_as

MOST = 2  # messages one above the other
POINTED_MS = 600  # how long a message is stressed that says already why something did not go
RISE = 16  # pixels a toast comes up
WIDEST = 560  # pixels of a sentence in a toast before it takes another line
ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "err": "square-x"}


def look(theme: Theme, level: str) -> Status:
    """Ground, text and mark of a level; info is accent."""
    if level == "info":
        return Status(theme.text, theme.accent_soft, theme.accent, "info")
    return getattr(theme, level)


class _Bar(QWidget):
    """One notice: icon, sentence, its actions, and a cross."""

    def __init__(self, notice: Notice, close: object, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.stressed = False
        speak_as(self, "AlertMessage" if notice.level == "err" else "Notification")
        self.setFixedHeight(WINDOW.notification)
        self.setAccessibleName(notice.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        role = "accent" if notice.level == "info" else notice.level
        row.addWidget(Icon(ICONS[notice.level], WINDOW.icon_large, role))
        self.sentence = ElidedLabel(notice.sentence, "body", "text")
        row.addWidget(self.sentence, 1)
        for words, act in notice.actions:
            link = Link(words, colour="accent" if notice.level in ("info", "ok") else notice.level)
            link.clicked.connect(lambda _=False, run=act: self._do(run))
            row.addWidget(link)
        cross = IconButton("x", "Close this message")
        cross.clicked.connect(close)
        row.addWidget(cross)
        cross.setVisible(notice.key != DISK)  # in its place first, or it is shown as a window of its own
        self._close = close

    def _do(self, run: object) -> None:
        if self.notice.key != DISK:
            self._close()  # type: ignore[operator]
        run()  # type: ignore[operator]

    def stress(self) -> None:
        """Be seen and read aloud once more."""
        self.stressed = True
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        QTimer.singleShot(POINTED_MS, self, self._rest)

    def _rest(self) -> None:
        self.stressed = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        colours = look(theme, self.notice.level)
        painter.fillRect(self.rect(), QColor(colours.soft))
        if self.stressed:
            painter.setPen(QPen(QColor(colours.mark), 3))
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.line))


class NotificationBar(QWidget):
    """Shows notices one above the other; they leave after 8 s unless they are errors or have a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._bars: list[_Bar] = []
        self.hide()

    def notices(self) -> tuple[Notice, ...]:
        """What is shown, newest last."""
        return tuple(bar.notice for bar in self._bars)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice; it replaces what has its key or its sentence, or passes as it does; two stand at most."""
        for bar in list(self._bars):
            old = bar.notice
            passing = (notice.passing or not notice.key) and (old.passing or not old.key)
            if passing or old.sentence == notice.sentence or (notice.key and old.key == notice.key):
                self._drop(bar)
        older = [bar for bar in self._bars if bar.notice.key != DISK]
        if len(self._bars) >= MOST and older:
            self._drop(older[0])
        bar = _Bar(notice, lambda: self._drop(bar), self)
        self._bars.append(bar)
        self._column.addWidget(bar)
        bar.show()
        self.show()
        if notice.level != "err" and not notice.key:
            QTimer.singleShot(WINDOW.notification_ms, bar, lambda: self._drop(bar))

    def withdraw(self, key: str) -> None:
        """Take away the notice with this key."""
        for bar in list(self._bars):
            if bar.notice.key == key:
                self._drop(bar)

    def point_at(self, key: str) -> bool:
        """Stress the notice with this key, since it says already what would be said; whether it stands."""
        found = [bar for bar in self._bars if bar.notice.key == key]
        for bar in found:
            bar.stress()
        return bool(found)

    def stressed(self) -> str:
        """The key of the notice that is stressed now; empty when none is."""
        return next((bar.notice.key for bar in self._bars if bar.stressed), "")

    def review(self) -> None:
        """Take away what has stopped being true."""
        for bar in list(self._bars):
            if bar.notice.holds is not None and not bar.notice.holds():
                self._drop(bar)

    def _drop(self, bar: _Bar) -> None:
        if bar in self._bars:
            self._bars.remove(bar)
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self.setVisible(bool(self._bars))


class Toast(QWidget):
    """A raised sentence with Undo over the bottom bar; leaves after 8 s without the pointer, or with the next one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        speak_as(self, "Notification")
        self._row = QHBoxLayout(self)
        room = SHADOW_ROOM
        self._row.setContentsMargins(room + 16, room, room + 8, room)
        self._row.setSpacing(10)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WINDOW.notification_ms)
        self._timer.timeout.connect(self.hide)
        self._rise = QPropertyAnimation(self, b"pos", self)
        self._rise.setDuration(WINDOW.motion_ms)
        self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.notice: Notice | None = None
        self.hide()

    def show_notice(self, notice: Notice, above: int) -> None:
        """Show a notice ``above`` pixels over the window's lower edge."""
        self.clear()
        self.notice = notice
        self.setAccessibleName(notice.sentence)
        self._row.addWidget(
            Icon(ICONS[notice.level], 16, "accent" if notice.level == "info" else notice.level)
        )
        sentence = Label(notice.sentence, wrap=True)
        sentence.setFixedWidth(min(ElidedLabel(notice.sentence).sizeHint().width(), WIDEST))
        self._row.addWidget(sentence)
        for words, act in notice.actions:
            link = Link(words)
            link.clicked.connect(lambda _=False, run=act: self._do(run))
            self._row.addWidget(link)
        tall = max(44, sentence.heightForWidth(sentence.width()) + 24)
        self.setFixedHeight(tall + 2 * SHADOW_ROOM)
        self.adjustSize()
        self._above = above
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        if QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            self._rise.setEndValue(self.pos())
            self._rise.setStartValue(self.pos() + QPoint(0, RISE))
            self._rise.start()

    def place(self) -> None:
        """Stand in the middle of the window's lower part."""
        window = self.parentWidget()
        self._rise.stop()
        if window is not None and self.notice is not None:
            left = (window.width() - self.width()) // 2
            self.move(QPoint(left, window.height() - self._above - self.height() + SHADOW_ROOM - 12))

    def clear(self) -> None:
        """Take the toast away."""
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.notice = None
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start()

    def _do(self, run: object) -> None:
        self.clear()
        run()  # type: ignore[operator]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        room = SHADOW_ROOM
        rect = QRectF(self.rect()).adjusted(room, room, -room, -room)
        paint.shadow(painter, rect, WINDOW.popover_radius, theme)
        paint.box(
            painter, rect, WINDOW.popover_radius, theme.raised, theme.line2 if theme.dark else theme.line
        )
