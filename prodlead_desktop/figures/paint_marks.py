"""Paints what sits on a card's edge: badges, the fold pill and the rings of its states."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from prodlead_desktop.figures.card import Card
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_icons import stamp_icon
from prodlead_desktop.figures.paint_palette import RING, Ink
from prodlead_desktop.figures.paint_shapes import silhouette
from prodlead_desktop.figures.paint_text import draw_text

_SIZE, _HALO = CARD.badge, CARD.badge_halo
_PILL_TEXT = 13.0


def paint_badges(painter: QPainter, card: Card, ink: Ink) -> None:
    """Up to three badges on the top edge, then how many more there are."""
    x = card.width - CARD.badge_from_corner
    for mark in card.badges[: CARD.badges_shown]:
        painter.translate(x, 0)
        paint_badge(painter, mark, ink)
        painter.translate(-x, 0)
        x -= CARD.badge_step
    more = len(card.badges) - CARD.badges_shown
    if more > 0:
        _pill(painter, f"+{more}", QRectF(x - 13, -_SIZE / 2, 26, _SIZE), ink)


def paint_badge(painter: QPainter, mark: str, ink: Ink) -> None:
    """One badge around the painter's origin."""
    _BADGES[mark](painter, ink)


def paint_fold(painter: QPainter, card: Card, ink: Ink, spot: tuple[float, float]) -> None:
    """How many nodes are folded away, around a spot on the edge where they would be; wide numbers grow outwards."""
    text = f"+{card.folded}"
    width = max(CARD.fold_width, measure(text, _PILL_TEXT, 600) + 14)
    x, y = spot
    left = x + CARD.fold_width / 2 - width if x <= 0 else x - CARD.fold_width / 2
    _pill(painter, text, QRectF(left, y - CARD.fold_height / 2, width, CARD.fold_height), ink)


def paint_ring(
    painter: QPainter, card: Card, ink: Ink, colour: str, width: float, dash: tuple[float, ...] = ()
) -> None:
    """A ring around the card, 5 u out."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(colour, width + ink.theme.ring_extra, dash, bool(dash)))
    painter.drawPath(silhouette(card.shape, card.width, card.height, RING))


def paint_halo(painter: QPainter, card: Card, ink: Ink) -> None:
    """The soft ground around a card that is being edited or would take what is dropped."""
    path = silhouette(card.shape, card.width, card.height, RING)
    painter.setBrush(ink.brush(ink.theme.accent_soft))
    painter.setPen(ink.pen(ink.theme.accent, CARD.edited_ring + ink.theme.ring_extra))
    painter.drawPath(path)


def _pill(painter: QPainter, text: str, box: QRectF, ink: Ink) -> None:
    painter.setPen(ink.pen(ink.theme.line2, 1.0))
    painter.setBrush(ink.brush(ink.theme.surface))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(ink.pen(ink.theme.text2, 1.0))
    x = box.x() + (box.width() - measure(text, _PILL_TEXT, 600)) / 2
    draw_text(painter, text, x, box.y(), _PILL_TEXT, box.height(), 600, ink.screen)


def _disc(painter: QPainter, ink: Ink, colour: str, icon: str, on: str) -> None:
    painter.setPen(ink.pen(ink.theme.canvas, 2 * _HALO))
    painter.setBrush(ink.brush(colour))
    painter.drawEllipse(QPointF(0, 0), _SIZE / 2, _SIZE / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(0, 0), _SIZE / 2, _SIZE / 2)
    stamp_icon(painter, icon, -6.2, -6.2, 12.4, ink.colour(on), ink.screen)


def _err(painter: QPainter, ink: Ink) -> None:
    box = QRectF(-_SIZE / 2, -_SIZE / 2, _SIZE, _SIZE).adjusted(1, 1, -1, -1)
    painter.setPen(ink.pen(ink.theme.canvas, 2 * _HALO, (), True))
    painter.setBrush(ink.brush(ink.theme.err.mark))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, 3, 3)
    stamp_icon(painter, "x", -6.5, -6.5, 13, ink.colour(ink.theme.surface), ink.screen)


def _warn(painter: QPainter, ink: Ink) -> None:
    half = _SIZE / 2
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(0, -half + 0.5), QPointF(half, half - 1), QPointF(-half, half - 1)]))
    path.closeSubpath()
    painter.setPen(ink.pen(ink.theme.canvas, 2 * _HALO, (), True))
    painter.setBrush(ink.brush(ink.theme.warn.mark))
    painter.drawPath(path)
    painter.fillPath(path, ink.brush(ink.theme.warn.mark))
    dark = ink.theme.on_ink if ink.theme.dark else ink.theme.ink
    painter.setPen(ink.pen(dark, 2.0, (), True))
    painter.drawLine(QPointF(0, -2.2), QPointF(0, 2.4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.brush(dark))
    painter.drawEllipse(QPointF(0, 5.6), 1.25, 1.25)


def _slot(painter: QPainter, ink: Ink) -> None:
    _disc(painter, ink, ink.theme.err.mark, "user", ink.theme.surface)


def _lock(painter: QPainter, ink: Ink) -> None:
    _disc(painter, ink, ink.theme.ink, "lock", ink.theme.on_ink)


def _note(painter: QPainter, ink: Ink) -> None:
    _disc(painter, ink, ink.theme.line2, "sticky-note", ink.theme.surface)


def _draft(painter: QPainter, ink: Ink) -> None:
    _disc(painter, ink, ink.theme.warn.mark, "pencil", ink.theme.on_ink if ink.theme.dark else ink.theme.ink)


def _agreed(painter: QPainter, ink: Ink) -> None:
    _disc(painter, ink, ink.theme.ok.mark, "check", ink.theme.surface)


_BADGES = {
    "err": _err, "warn": _warn, "slot": _slot, "draft": _draft, "agreed": _agreed, "lock": _lock, "note": _note,
}  # fmt: skip
