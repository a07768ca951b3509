"""The first screen: four ways to begin, and the maps that were open lately."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from prodlead_desktop.ui.keys import key_words
from prodlead_desktop.ui.recent import Recent
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Pressable
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.labels import Icon, Label, Paragraph
from prodlead_desktop.ui.style.palette import theme_of
from prodlead_desktop.ui.style.panels import Panel
from prodlead_desktop.ui.style.scroller import Scroller
from prodlead_desktop.ui.top_bar import Mark

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WAYS = (
    ("file.sample", "Open the sample", "A B2B analytics company, ready to play with", "play", "Ctrl+Shift+O"),
    ("file.new", "New strategy", "Starts with one empty card. Type.", "file-plus", "Ctrl+N"),
    ("file.open", "Open", "A .prodlead file", "folder-open", "Ctrl+O"),
    ("file.import", "Import", "A mind map, outline, list, table or JSON", "download", "Ctrl+I"),
)
STEPS = (
    ("network", "Draw", "the tree while people talk"),
    ("target", "Measure", "from, to, by, because, wrong if"),
    ("sliders-horizontal", "Allocate", "a finite budget, live"),
    ("share-2", "Hand over", "the map as a PDF, the data as JSON"),
)
PAD = 16
SHARES, EVEN_BELOW = (52, 72), 1300  # of the two columns; in a narrow window both are as wide
THUMB, SCALE = (148, 88), 2  # logical pixels of a small map, and how much finer it is drawn


class Way(Pressable):
    """One way to begin: icon, words, what it means, key; the first is filled."""

    def __init__(
        self, words: str, meaning: str, icon: str, keys: str, ink: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, icon, parent)
        self._meaning, self._keys, self._ink = meaning, keys, ink
        self.setAccessibleDescription(meaning)
        self.setProperty("radius", 12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(520, 68)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        if self._ink:
            paint.box(painter, rect, 12, theme.ink)
        else:
            fill = theme.sunken if self.isDown() else theme.hover if self.underMouse() else theme.surface
            paint.box(painter, rect, 12, fill, theme.line2)
        strong = theme.on_ink if self._ink else theme.text
        weak = theme.line if self._ink and not theme.dark else theme.on_ink if self._ink else theme.text2
        icons.draw(painter, self.icon_name, QRectF(20, rect.center().y() - 12, 24, 24), strong)
        key_font = font(13, 500)
        keys = paint.width_of(self._keys, key_font)
        paint.text(painter, QRectF(rect.right() - 20 - keys, 0, keys + 1, 68), self._keys, key_font, weak)
        room = rect.right() - 40 - keys - 60
        paint.text(painter, QRectF(60, 13, room, 22), self.text(), font(16, 600), strong)
        paint.text(painter, QRectF(60, 36, room, 18), self._meaning, font(14), weak)


class RecentRow(Pressable):
    """One recent file: its map small, name, folder, counts, when it was seen."""

    def __init__(self, recent: Recent, image: Callable[[], QImage], parent: QWidget | None = None) -> None:
        super().__init__(recent.name, "", parent)
        self.recent, self._image = recent, image
        self.setAccessibleDescription(f"{recent.place}, {recent.words}, {recent.when}")
        self.setToolTip(paint.plain_tip(recent.path))
        self.setProperty("radius", 12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(520, THUMB[1] + 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            paint.box(painter, rect, 12, theme.surface, theme.line)
        thumb = QRectF(PAD, 14, *THUMB)
        self._paint_thumb(painter, thumb)
        when_font = font(14)
        when = paint.width_of(self.recent.when, when_font)
        right = rect.right() - PAD
        paint.text(
            painter,
            QRectF(right - when, 26, when + 1, 20),
            self.recent.when,
            when_font,
            theme.text2,
            paint.RIGHT,
        )
        left = thumb.right() + 18
        room = right - left
        paint.text(
            painter, QRectF(left, 24, room - when - 16, 24), self.recent.name, font(17, 600), theme.text
        )
        paint.text(painter, QRectF(left, 49, room, 20), self.recent.place, font(14), theme.text2)
        paint.text(painter, QRectF(left, 71, room, 20), self.recent.words, font(14), theme.text)

    def _paint_thumb(self, painter: QPainter, rect: QRectF) -> None:
        theme, image = theme_of(self), self._image()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not image.isNull():
            clip = QPainterPath()
            clip.addRoundedRect(rect, 8, 8)
            painter.save()
            painter.setClipPath(clip)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image, QRectF(QPointF(), QSize(image.width(), image.height()).toSizeF()))
            painter.restore()
        paint.box(painter, rect, 8, None if not image.isNull() else theme.canvas, theme.line)


class Promise(QWidget):
    """The sentence that stands for the whole program: nothing is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(14)
        row.addWidget(Icon("hard-drive", 20, "ok"))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label("Offline. Nothing is ever lost.", "strong"))
        sentence = "Every change is in the file when it is on the screen. There is no Save."
        words.addWidget(Label(sentence, "body", wrap=True))
        row.addLayout(words, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()), 12, theme_of(self).ok.soft)


class StartScreen(QWidget):
    """Left: what this is and how to begin. Right: recent files. Below: what it is for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._recent_box = QVBoxLayout()
        self._recent_box.setSpacing(8)
        self.rows: list[RecentRow] = []
        page = Panel("canvas")
        self._columns = QHBoxLayout(page)
        self._columns.setSpacing(64)
        self._columns.addLayout(self._left(), SHARES[0])
        self._columns.addLayout(self._right(), SHARES[1])
        self._foot = self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Scroller(page), 1)
        column.addWidget(self._foot)
        self.fill()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Mark(44))
        name = Label("Prodlead")
        name.setFont(font(20, 600))
        head.addWidget(name, 1)
        column.addLayout(head)
        question = Paragraph("Where should the money, the say and the hours go?", _tight(font(46, 700)), 54)
        sentence = (
            "Draw what you want to change, price the bets, move the capital, "
            "and leave with the decision on paper."
        )
        says = Paragraph(sentence, font(18), 27, "text2")
        column.addSpacing(14)
        column.addWidget(question)
        column.addWidget(says)
        column.addSpacing(10)
        for row_id, words, meaning, icon, key in WAYS:
            way = Way(words, meaning, icon, key_words(key), row_id == "file.sample")
            way.clicked.connect(lambda _=False, chosen=row_id: self._window.table.run(chosen))
            column.addWidget(way)
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 0, PAD, 2)
        recent = Label("Recent")
        recent.setFont(font(18, 600))
        head.addWidget(recent, 1)
        head.addWidget(Label("Drop a file anywhere", "body", "text2"))
        column.addLayout(head)
        column.addLayout(self._recent_box)
        column.addSpacing(10)
        promise = QHBoxLayout()
        promise.setContentsMargins(PAD, 0, PAD, 0)
        promise.addWidget(Promise())
        column.addLayout(promise)
        column.addStretch(1)
        return column

    def _make_foot(self) -> Panel:
        foot = Panel("surface", "top")
        foot.setFixedHeight(148)
        row = QHBoxLayout(foot)
        row.setContentsMargins(94, 0, 64, 0)
        row.setSpacing(0)
        for icon, words, meaning in STEPS:
            step = Panel("surface", "left")
            grid = QVBoxLayout(step)
            grid.setContentsMargins(18, 1, 12, 1)
            grid.setSpacing(4)
            head = QHBoxLayout()
            head.setSpacing(9)
            head.addWidget(Icon(icon, 18, "accent"))
            head.addWidget(Label(words, "strong"), 1)
            grid.addLayout(head)
            grid.addWidget(Label(meaning, "body", "text2", wrap=True))
            row.addWidget(step, 1, Qt.AlignmentFlag.AlignVCenter)
        return foot

    def fill(self) -> None:
        """Bring the list of recent files up to date."""
        while (item := self._recent_box.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.rows = []
        for entry in self._window.program.recent.all()[:5]:
            row = RecentRow(entry, partial(self._thumbnail, entry))
            row.clicked.connect(lambda _=False, path=entry.path: self._window.open_path(path))
            self._recent_box.addWidget(row)
            self.rows.append(row)
        if not self.rows:
            none = Label("Nothing yet. The sample shows everything in five minutes.", "body", "text2")
            none.setContentsMargins(PAD, 12, PAD, 12)
            self._recent_box.addWidget(none)

    def _thumbnail(self, entry: Recent) -> QImage:
        made = QImage(str(self._window.program.recent.picture(entry.id, theme_of(self))))
        made.setDevicePixelRatio(SCALE)
        return made

    def resizeEvent(self, event: object) -> None:
        width, height = self.width(), self.height()
        side = max(32, min(112, width * 112 // 1600))
        self._columns.setContentsMargins(side, max(24, min(92, height // 11)), side, 24)
        self._columns.setSpacing(max(24, min(116, width * 116 // 1600)))
        for column, share in enumerate(SHARES if width >= EVEN_BELOW else (1, 1)):
            self._columns.setStretch(column, share)
        self._foot.setVisible(height >= 820)


def _tight(face: QFont) -> QFont:
    """Large type a little closer."""
    face = QFont(face)
    face.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
    return face
