"""What is painted over the map and does not belong to it: the carried card, key hints, the first hint."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from prodlead_desktop.figures import paint_qt
from prodlead_desktop.figures.card_form import FORMS
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.map_place import fold_spot
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_lines import curve, link_path
from prodlead_desktop.figures.paint_qt import MapPainter, States
from prodlead_desktop.layout.box import Box
from prodlead_desktop.ui.canvas.camera import Camera

if TYPE_CHECKING:
    from prodlead_desktop.figures.theme import Theme
    from prodlead_desktop.ui.canvas.canvas import MapCanvas
    from prodlead_desktop.ui.canvas.hand import Hand

LEAST_PX = 13.0
MOST_WIDE = 520.0  # px of the field in which a title is typed
HINTS = (("Enter", "done"), ("Tab", "child"), ("Ctrl Enter", "next"), ("Esc", "drop"))
RAPID_HINTS = (("Enter", "next"), ("Tab", "child"), ("Enter on empty", "out"), ("Esc", "drop"))


def title_field(picture: MapPicture, node_id: str, camera: Camera, text: str) -> tuple[QRectF, QFont]:
    """Where the title is typed, in viewport pixels, and in which font; readable at every zoom, wider for long ones."""
    card, box = picture.cards[node_id], picture.boxes[node_id]
    form = FORMS[card.role]
    px = max(form.title.size * camera.zoom, LEAST_PX)
    x, y = camera.to_screen(box.x + form.text - 6, box.y + form.title_top - 1)
    right, _ = camera.to_screen(box.right - 6, box.y)
    height = max((form.title.line * len(card.lines) + 2) * camera.zoom, px * 1.5)
    return QRectF(
        x, y, max(right - x, min(paint_qt.measure(text, px, form.title.weight) + 30, MOST_WIDE)), height
    ), paint_qt.font(px, form.title.weight)


def paint(painter: QPainter, canvas: MapCanvas, cards: MapPainter, hand: Hand) -> None:
    """Paint what lies over the map, in viewport pixels."""
    canvas.aids.paint(painter)
    if canvas.emphasis.sight is not None:
        _paint_sight(painter, canvas, cards)
    if hand.carried or canvas.foreign.drop is not None:
        _paint_carried(painter, canvas, cards, hand)
    if hand.rubber is not None:
        hand.rubber.paint(painter)
    if canvas.editing:
        _paint_hints(painter, canvas, canvas.editing)
    if not canvas.picture.boxes:
        _paint_invitation(painter, canvas)
    elif canvas.aids.out_of_sight.said:
        _paint_way_back(painter, canvas)


def _paint_sight(painter: QPainter, canvas: MapCanvas, cards: MapPainter) -> None:
    """The tree's lines and cross-links on the way to the objectives, in accent; the cards of the way lie above them."""
    sight, camera, picture = canvas.emphasis.sight, canvas.camera, canvas.picture
    if sight is None:
        return
    painter.save()
    painter.scale(camera.zoom, camera.zoom)
    painter.translate(-camera.x, -camera.y)
    pen = QPen(QColor(cards.theme.accent), max(3.0, 1.5 / camera.zoom))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    parents = {above for below, above in sight.steps if picture.parents.get(below) == above}
    for edge in (edge for parent in parents for edge in picture.lines.fan(parent)[0]):
        if (edge.child, edge.parent) in sight.steps:
            painter.drawPath(curve(edge))
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    for link, points in zip(picture.cross_links, picture.routes, strict=True):
        if (link.source, link.target) in sight.steps:
            painter.drawPath(link_path(points))
    size = canvas.viewport().size()
    seen = QRectF(camera.x, camera.y, size.width() / camera.zoom, size.height() / camera.zoom)
    cards.paint_link_words(painter, picture, seen, camera.zoom)
    painter.restore()


def show_tip(canvas: MapCanvas, node_id: str | None, at: QPoint, place: QPoint) -> None:
    """The whole card in words, or what the link under the pointer does, as plain text."""
    picture = canvas.picture
    card = picture.cards.get(node_id or "")
    text = card.description if card else link_words(picture, *canvas.camera.to_map(at.x(), at.y()))
    if text:
        QToolTip.showText(place, f"<p>{escape(text)}</p>", canvas.viewport())
    else:
        QToolTip.hideText()


def link_words(picture: MapPicture, x: float, y: float) -> str:
    """What the link whose pill lies at a map point does, in words; empty without one."""
    for link, (_, box) in zip(picture.cross_links, picture.pills, strict=True):
        if box.x <= x <= box.right and box.y <= y <= box.bottom:
            source, target = picture.cards[link.source].title, picture.cards[link.target].title
            return f"{source} → {target}: {link.text}"
    return ""


def fold_at(picture: MapPicture, camera: Camera, point: QPointF) -> str | None:
    """The folded card whose "+5" pill is under a viewport point."""
    x, y = camera.to_map(point.x(), point.y())
    half_w, half_h = CARD.fold_width / 2, CARD.fold_height / 2
    for node_id in picture.index.in_rect(x - half_w, y - half_h, x + half_w, y + half_h):
        box, card = picture.boxes[node_id], picture.cards[node_id]
        spot_x, spot_y = fold_spot(picture, node_id)
        if card.folded and abs(x - box.x - spot_x) <= half_w and abs(y - box.y - spot_y) <= half_h:
            return node_id
    return None


def _paint_carried(painter: QPainter, canvas: MapCanvas, cards: MapPainter, hand: Hand) -> None:
    camera, picture = canvas.camera, canvas.picture
    dx, dy = hand.offset
    painter.save()
    painter.scale(camera.zoom, camera.zoom)
    painter.translate(-camera.x, -camera.y)
    drop = hand.drop or canvas.foreign.drop
    if drop is not None:
        accent = QColor(cards.theme.accent)
        if drop.over and drop.over in picture.boxes:
            over = drop.over
            cards.paint_card(painter, picture, over, camera.zoom, States(drop_target=over))
        if drop.line:
            painter.setPen(QPen(accent, 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(*drop.line))
    painter.setOpacity(0.75)
    painter.translate(dx, dy)
    for node_id in hand.shown:
        if node_id in picture.boxes:
            cards.paint_card(painter, picture, node_id, camera.zoom)
    painter.restore()


def _paint_hints(painter: QPainter, canvas: MapCanvas, node_id: str) -> None:
    """The keys that end typing, below the card."""
    theme = canvas.session.theme
    box = canvas.picture.boxes.get(node_id)
    if box is None:
        return
    word_font = paint_qt.font(12.5, 400)
    hints = RAPID_HINTS if canvas.session.rapid else HINTS
    widths = [(paint_qt.measure(key, 12, 600) + 12, paint_qt.measure(word, 12.5, 400)) for key, word in hints]
    width = sum(a + b + 6 for a, b in widths) + 14 * (len(hints) - 1) + 20
    right, bottom = canvas.camera.to_screen(box.right, box.bottom)
    size = canvas.viewport().size()
    x = min(max(right - width, 8.0), size.width() - width - 8)
    y, over = bottom + 12, Box(x, bottom + 12, width, 34)
    if bottom + 54 >= size.height() or any(over.shared(part) for part in canvas.aids.over()):
        y = canvas.camera.to_screen(box.x, box.y)[1] - 48
    painter.setPen(QPen(QColor(theme.line2), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(QRectF(x, y, width, 34), 9, 9)
    x += 10
    for (key, word), (key_width, word_width) in zip(hints, widths, strict=True):
        _paint_key(painter, theme, QRectF(x, y + 7, key_width, 20), key)
        painter.setFont(word_font)
        painter.setPen(QColor(theme.text2))
        painter.drawText(
            QRectF(x + key_width + 6, y, word_width + 4, 34), Qt.AlignmentFlag.AlignVCenter, word
        )
        x += key_width + 6 + word_width + 14


def _paint_key(painter: QPainter, theme: Theme, rect: QRectF, key: str) -> None:
    painter.setPen(QPen(QColor(theme.line2), 1))
    painter.setBrush(QColor(theme.surface))
    painter.drawRoundedRect(rect, 5, 5)
    painter.setFont(paint_qt.font(12, 600))
    painter.setPen(QColor(theme.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


def _paint_way_back(painter: QPainter, canvas: MapCanvas) -> None:
    """Where no card can be seen: the key that shows them all."""
    theme, key, size = canvas.session.theme, canvas.aids.out_of_sight.key, canvas.viewport().size()
    parts = (("The map is out of sight.", False), (key, True), ("shows all of it.", False))
    widths = [
        paint_qt.measure(text, 12, 600) + 12 if is_key else paint_qt.measure(text, 14, 400)
        for text, is_key in parts
    ]
    x, y = (size.width() - sum(widths) - 16) / 2, size.height() / 2 - 10
    for (text, is_key), width in zip(parts, widths, strict=True):
        rect = QRectF(x, y, width, 20)
        if is_key:
            _paint_key(painter, theme, rect, text)
        else:
            painter.setFont(paint_qt.font(14, 400))
            painter.setPen(QColor(theme.text2))
            painter.drawText(rect.adjusted(0, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, text)
        x += width + 8


def _paint_invitation(painter: QPainter, canvas: MapCanvas) -> None:
    """What to do on an empty map."""
    theme = canvas.session.theme
    size = canvas.viewport().size()
    box = Box((size.width() - 420) / 2, size.height() / 3, 420, 0)
    lines = (
        ("Where do you want to be?", 24, 600, theme.text, 36),
        ("Type the ambition: it becomes the first card.", 14, 400, theme.text2, 24),
        ("Then Tab adds what hangs below it, Enter the next one beside it.", 14, 400, theme.text2, 24),
        ("Ctrl V pastes an indented list as a tree.", 14, 400, theme.text2, 24),
    )
    y = box.y
    for text, px, weight, colour, step in lines:
        painter.setFont(paint_qt.font(px, weight))
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(box.x, y, box.w + 80, step), Qt.AlignmentFlag.AlignVCenter, text)
        y += step
