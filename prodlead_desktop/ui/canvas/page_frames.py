"""How the map would fall on paper: the pages of a size as frames over it, with scale and size of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from prodlead_desktop.exchange.page import AIR_PT, FRAME_PT, LEAST_TEXT_PT, PAPERS, Sheet, sheet_for
from prodlead_desktop.figures import paint_qt
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.canvas.camera import Camera

PAGES = tuple(PAPERS)
_FOOT = "Legend and title block"
BESIDE = 8.0  # px between words and what lies over the map
_MARGIN = 12.0  # u around the map, as it is printed


@dataclass(frozen=True, slots=True)
class PageFrame:
    """One page in map units: its edge, the part that is printed with the map, and the foot below it."""

    page: Box
    inside: Box
    foot: Box
    words: str
    readable: bool


def frames(paper: str, bounds: Box) -> tuple[PageFrame, ...]:
    """The pages of a paper that a map of these bounds takes."""
    roomy = Box(bounds.x - _MARGIN, bounds.y - _MARGIN, bounds.w + 2 * _MARGIN, bounds.h + 2 * _MARGIN)
    sheet = sheet_for(paper, roomy)
    count = len(sheet.windows)
    readable = sheet.text_pt >= LEAST_TEXT_PT
    size = f"{sheet.name} · {sheet.percent} % · smallest text {sheet.text_pt:.1f} pt"
    found = []
    for number, window in enumerate(sheet.windows, 1):
        of = f" · page {number} of {count}" if count > 1 else ""
        small = "" if readable else ", too small to read"
        found.append(_frame(sheet, window, size + small + of, readable))
    return tuple(found)


def _frame(sheet: Sheet, window: Box, words: str, readable: bool) -> PageFrame:
    """The page around the window that it shows in the middle of the room above its foot."""
    unit = 1 / sheet.scale
    edge = FRAME_PT + AIR_PT
    middle_x = sheet.width / 2
    middle_y = edge + (sheet.height - 2 * edge - sheet.foot) / 2
    left = window.x + window.w / 2 - middle_x * unit
    top = window.y + window.h / 2 - middle_y * unit
    inside = Box(
        left + FRAME_PT * unit,
        top + FRAME_PT * unit,
        (sheet.width - 2 * FRAME_PT) * unit,
        (sheet.height - 2 * FRAME_PT) * unit,
    )
    foot = Box(inside.x, inside.bottom - sheet.foot * unit, inside.w, sheet.foot * unit)
    return PageFrame(Box(left, top, sheet.width * unit, sheet.height * unit), inside, foot, words, readable)


def paint(
    painter: QPainter, pages: tuple[PageFrame, ...], camera: Camera, theme: Theme, over: Sequence[Box] = ()
) -> None:
    """The frames over the map, in viewport pixels; their words readable at every zoom, beside what lies there."""
    for page in pages:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.text2), 1.5))
        edge = _rect(page.page, camera)
        painter.drawRect(edge)
        painter.setPen(QPen(QColor(theme.line2), 1, Qt.PenStyle.DashLine))
        painter.drawRect(_rect(page.inside, camera))
        foot = _rect(page.foot, camera)
        painter.drawLine(foot.topLeft(), foot.topRight())
        place = label_place(_FOOT, foot.adjusted(8, 6, 0, 0), over)
        _label(painter, _FOOT, place, theme.text3, theme)
        place = label_place(page.words, edge.adjusted(8, 8, 0, 0), over)
        _label(painter, page.words, place, theme.text if page.readable else theme.warn.text, theme)


def label_place(words: str, room: QRectF, over: Sequence[Box]) -> QRectF:
    """In the upper left corner of its room; beside, or else below, what lies over the map there."""
    place = QRectF(room.x(), room.y(), paint_qt.measure(words, 12.5, 600) + 16, 22)
    rects = [QRectF(*box) for box in over]
    for _ in rects:
        hit = next((rect for rect in rects if rect.intersects(place)), None)
        if hit is None:
            break
        beside = hit.right() + BESIDE
        if beside + place.width() <= room.right():
            place.moveLeft(beside)
        else:
            place.moveTopLeft(QPointF(room.x(), hit.bottom() + BESIDE))
    return place


def _label(painter: QPainter, words: str, box: QRectF, colour: str, theme: Theme) -> None:
    font = paint_qt.font(12.5, 600)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.canvas))
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _rect(box: Box, camera: Camera) -> QRectF:
    x, y = camera.to_screen(box.x, box.y)
    return QRectF(x, y, box.w * camera.zoom, box.h * camera.zoom)
