"""The legend in the map's corner: only what is on the map, said by shape, colour and word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.figures import paint_qt
from prodlead_desktop.figures.lens import Key
from prodlead_desktop.figures.map_picture import MapPicture, lens_of
from prodlead_desktop.figures.paint_keys import paint_key
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.paint_shapes import silhouette
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.canvas.camera import Camera
from prodlead_desktop.ui.session import Session

PX, ROW, SWATCH, GAP, PAD = 13.0, 26.0, 26.0, 8.0, 14.0
PER_ROW = 4
MARGIN = 16
MOST_OF_MAP = 0.15  # a legend that would cover more leaves out the kinds, which icons tell too


@dataclass(frozen=True, slots=True)
class Entry:
    """A word and how its swatch is painted into 26 × 16 px."""

    word: str
    paint: Callable[[QPainter, Theme], None]


class Legend(QWidget):
    """Lies over the map's bottom left corner and lets the mouse through."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: tuple[Entry, ...] = ()
        self._shown: tuple[MapPicture, QSize] | None = None
        self._pixmap = QPixmap()
        self._painted: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Legend")

    def show_for(self, picture: MapPicture) -> None:
        """Explain what this picture shows."""
        port = self.parentWidget()
        room = port.size() if port is not None else QSize()
        if self._shown is not None and self._shown[0] is picture and self._shown[1] == room:
            return
        self._shown = picture, room
        self._entries = entries(picture)
        hint = self.sizeHint()
        if port is not None and hint.width() * hint.height() > MOST_OF_MAP * port.width() * port.height():
            self._entries = entries(picture, kinds_too=False)
        self.setAccessibleDescription(", ".join(entry.word for entry in self._entries))
        self.setVisible(bool(self._entries))
        self.resize(self.sizeHint())
        self.update()

    def corners(self) -> list[QRect]:
        """Where it may stand, left and right, with what lies below it down to the edge of the map."""
        port = self.parentWidget()
        room = port.size() if port is not None else QSize()
        top = room.height() - self.height() - MARGIN
        size = QSize(self.width(), room.height() - top)
        return [QRect(QPoint(x, top), size) for x in (MARGIN, room.width() - self.width() - MARGIN)]

    def has_corner(self, picture: MapPicture, camera: Camera) -> bool:
        """Whether it can stand where no card lies, when that part of the map is seen."""
        return any(is_free(picture, place, camera) for place in self.corners())

    def sizeHint(self) -> QSize:
        widths = self._columns()
        rows = -(-len(self._entries) // PER_ROW)
        return QSize(round(sum(widths) + 2 * PAD), round(rows * ROW + 2 * PAD - 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._painted != (self._entries, self._session.theme, self.size(), ratio):
            self._painted = self._entries, self._session.theme, self.size(), ratio
            self._pixmap = self._drawn(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        painter.end()

    def _drawn(self, ratio: float) -> QPixmap:
        """The legend as every frame of the map shows it again."""
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        theme = self._session.theme
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        font, widths = paint_qt.font(PX, 400), self._columns()
        for index, entry in enumerate(self._entries):
            row, column = divmod(index, PER_ROW)
            x, y = PAD + sum(widths[:column]), PAD - 4 + row * ROW
            painter.save()
            painter.translate(x, y + (ROW - 16) / 2)
            entry.paint(painter, theme)
            painter.restore()
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            painter.drawText(
                QRectF(x + SWATCH + GAP, y, widths[column], ROW), Qt.AlignmentFlag.AlignVCenter, entry.word
            )
        painter.end()
        return pixmap

    def _columns(self) -> list[float]:
        columns = [self._entries[start::PER_ROW] for start in range(min(PER_ROW, len(self._entries)))]
        return [
            SWATCH + GAP + max(paint_qt.measure(entry.word, PX, 400) for entry in column) + 20
            for column in columns
        ]


def is_free(picture: MapPicture, place: QRect, camera: Camera) -> bool:
    """Whether no card lies under a rectangle of the viewport."""
    left, upper = camera.to_map(place.left(), place.top())
    right, lower = camera.to_map(place.right() + 1, place.bottom() + 1)
    return not picture.index.in_rect(left, upper, right, lower)


def entries(picture: MapPicture, kinds_too: bool = True) -> tuple[Entry, ...]:
    """What is on this picture: kinds, what the lens adds, pools, and the hatch of what gets no money."""
    shown = {source.node.kind for source in picture.sources.values()}
    found = [
        Entry(kind.title, _kind(kind.shape)) for kind in kinds().values() if kinds_too and kind.name in shown
    ]
    found += [Entry(key.word, _key(key)) for key in lens_of(picture.view).keys(picture)]
    if picture.lines.per_million:
        used = picture.pools
        pools = picture.strategy.ordered(Pool)
        found += [Entry(pool.name, _pool(pool.colour)) for pool in pools if pool.id in used]
    if any(source.unfunded for source in picture.sources.values()):
        found.append(Entry("no money", _hatched))
    return tuple(found)


def _kind(role: str) -> Callable[[QPainter, Theme], None]:
    def paint(painter: QPainter, theme: Theme) -> None:
        style = theme.kinds[role]
        scale = 0.42  # the silhouette's corners are drawn for a card
        painter.scale(scale, scale)
        painter.setPen(QPen(QColor(style.stroke), 1.5 / scale))
        painter.setBrush(QColor(style.card))
        painter.drawPath(silhouette(role, SWATCH / scale, 16 / scale))

    return paint


def _key(key: Key) -> Callable[[QPainter, Theme], None]:
    return lambda painter, theme: paint_key(painter, key, Ink(theme), SWATCH, 16)


def _pool(colour: int) -> Callable[[QPainter, Theme], None]:
    def paint(painter: QPainter, theme: Theme) -> None:
        look = theme.pool(colour)
        painter.fillRect(QRectF(0, 2, SWATCH, 12), QColor(look.ribbon))
        painter.setPen(QPen(QColor(look.colour), 1))
        painter.drawLine(QPointF(0, 2), QPointF(SWATCH, 2))
        painter.drawLine(QPointF(0, 14), QPointF(SWATCH, 14))

    return paint


def _hatched(painter: QPainter, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.line2), 1))
    painter.setBrush(QBrush(QColor(theme.line2), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(QRectF(0, 1, SWATCH, 14), 4, 4)
