"""The second window, for the projector: saved views as slides, or the map as the scribe sees it; no controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from prodlead_desktop.domain.entities import SavedView
from prodlead_desktop.domain.search import filter_of, narrowed
from prodlead_desktop.figures import map_picture, paint_qt
from prodlead_desktop.figures.map_picture import MapPicture, MapView
from prodlead_desktop.ui.audience.slides import Slide, slides
from prodlead_desktop.ui.audience.stage import Shown, Stage
from prodlead_desktop.ui.canvas.legend import entries
from prodlead_desktop.ui.views import now

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

Key = Qt.Key
NEXT = (Key.Key_Space, Key.Key_PageDown, Key.Key_Right, Key.Key_Down)
PREVIOUS = (Key.Key_Backspace, Key.Key_PageUp, Key.Key_Left, Key.Key_Up)
STOP = (Key.Key_Escape, Key.Key_F5)
MIRROR_MS = 120  # how soon a moved map is followed


class AudienceWindow(QWidget):
    """Follows the document and the theme while it is shown; keys that are not its own go to the main window."""

    stopped = Signal()

    def __init__(self, window: MainWindow, session: Session, canvas: MapCanvas) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._window, self._session, self._canvas = window, session, canvas
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle(f"{session.strategy.header.name}: audience")
        self.slides: tuple[Slide, ...] = ()
        self.at = 0
        self._stage = Stage(session.theme)
        self._picture: MapPicture | None = None
        self._dimmed: frozenset[str] = frozenset()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.follow)
        self._mirror = QTimer(self)
        self._mirror.setInterval(MIRROR_MS)
        self._mirror.timeout.connect(self._look_again)
        for signal in (
            session.changed,
            session.scenario_changed,
            session.view_changed,
            session.theme_changed,
        ):
            signal.connect(self._follow_soon)
        self.follow()

    # -- slides

    @property
    def slide(self) -> Slide:
        """What is shown."""
        return self.slides[self.at]

    def go(self, step: int) -> None:
        """The next or the previous slide; at the ends it stays."""
        self._turn(min(max(self.at + step, 0), len(self.slides) - 1))

    def start_with(self, view: str | None) -> None:
        """Begin with this view, else with the first."""
        every = [row.id for row in self._session.strategy.ordered(SavedView)]
        self._turn(every.index(view) if view in every else 0)

    def follow(self) -> None:
        """Take up what changed in document, scenario and theme."""
        session = self._session
        if self._stage.theme is not session.theme:
            self._stage = Stage(session.theme)
        looked = now.looked_at(session, self._canvas)
        self.slides = slides(session.strategy, session.scenario, looked)
        playing = bool(session.strategy.all(SavedView))
        self._mirror.stop() if playing else self._mirror.start()
        self._turn(min(self.at, len(self.slides) - 1))

    def _follow_soon(self) -> None:
        self._soon.start()

    def _turn(self, at: int) -> None:
        self.at = at
        session, look = self._session, self.slide.look
        only, self._dimmed = narrowed(session.strategy, filter_of(look.filter))
        view = MapView(look.folded, look.lens, session.scenario, look.root, only, forecasts=session.forecasts)
        self._picture = map_picture.build(session.strategy, view, paint_qt.measure, self._picture)
        self.setAccessibleName(f"Audience: {self.slide.title}")
        self.setAccessibleDescription(" ".join(part for part in (self.slide.below, self._page) if part))
        self.update()

    def _look_again(self) -> None:
        if now.looked_at(self._session, self._canvas) != self.slide.look:
            self.follow()

    @property
    def _page(self) -> str:
        return f"{self.at + 1} of {len(self.slides)}" if len(self.slides) > 1 else ""

    # -- events

    def present(self) -> None:
        """Fill a screen that the main window is not on, else this one."""
        here = self._window.screen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not here), here)
        self.setScreen(other)
        self.setGeometry(other.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        shown = Shown(self.slide, self._picture, entries(self._picture), self._page, self._dimmed)
        self._stage.paint(painter, QRectF(self.rect()), shown)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in NEXT:
            self.go(1)
        elif key in PREVIOUS:
            self.go(-1)
        elif key in (Key.Key_Home, Key.Key_End):
            self._turn(0 if key == Key.Key_Home else len(self.slides) - 1)
        elif key in STOP:
            self.close()
        else:
            scribe = self._window.focusWidget()
            if scribe is not None:
                QApplication.sendEvent(scribe, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.go(1)
        elif event.button() == Qt.MouseButton.RightButton:
            self.go(-1)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._mirror.stop()
        self._soon.stop()
        super().closeEvent(event)
        self.stopped.emit()
