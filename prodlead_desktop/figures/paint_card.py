"""Paints one card in one of its four levels of detail; the box is always the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from prodlead_desktop.figures.card import HOLLOW, Bar, Card, Chip
from prodlead_desktop.figures.card_form import FORMS, Form
from prodlead_desktop.figures.measures import CARD, TypeRole
from prodlead_desktop.figures.paint_dashes import pill_dashes, silhouette_dashes
from prodlead_desktop.figures.paint_fonts import measure
from prodlead_desktop.figures.paint_icons import stamp_icon
from prodlead_desktop.figures.paint_lines import shortened
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.paint_shapes import fold_corner, silhouette
from prodlead_desktop.figures.paint_text import draw_text
from prodlead_desktop.figures.theme import KindStyle, label_on

CHIP_RIGHT = 12.0  # the chip ends 12 u from the card's right edge
_LEVEL_GAP = 9.0
_LEAST_WORD = 4  # letters of a cut word, … included
_PIP_STEP = 13.0
_MEDIAN_PEN = 1.8
_LABEL = TypeRole(12.5, 20, 600)
_CHIP_DASH = (3.0, 2.5)


def paint_full(painter: QPainter, card: Card, ink: Ink, found: str = "") -> None:
    """Everything a card has; the painter's origin is the card's corner."""
    form, style = FORMS[card.role], ink.look(card)
    paint_ground(painter, card, ink, CARD.outline)
    top = form.top
    bare = card.bar is None and not card.prompt and card.chip is None and card.pips is None
    if card.last_row and bare and not form.label:
        top += form.last_row / 2  # an empty last row keeps the lens from moving anything; centre the words
    if form.label:
        stamp_icon(painter, style.icon, form.left, top, CARD.icon, ink.colour(style.text), ink.screen)
        left = form.left + CARD.text_from_icon
        _text(painter, form.label, left, top - 1, _LABEL, style.text2, ink)
        top += form.label_line
    else:
        icon_top = top + (form.title.line - CARD.icon) / 2
        stamp_icon(painter, style.icon, form.left, icon_top, CARD.icon, ink.colour(style.stroke), ink.screen)
    top = _lines(painter, card.lines, form.text, top, form.title, _title_colour(card, style), ink, found)
    if card.metric:
        top += form.metric_gap
        _marked(painter, card.metric, form.text, top, CARD.metric, style.text2, ink, found)
    if card.last_row:
        _last_row(painter, card, form, style, ink)


def paint_compact(painter: QPainter, card: Card, ink: Ink, found: str = "") -> None:
    """Icon, title and one value, in the middle of the box."""
    form, style = FORMS[card.role], ink.look(card)
    paint_ground(painter, card, ink, CARD.outline)
    role = CARD.compact_title
    lines, value = card.compact_lines, card.compact_value
    high = len(lines) * role.line + (CARD.compact_value.line if value else 0)
    top = (card.height - high) / 2
    size = CARD.compact_icon
    stroke = style.text if style.card == style.stroke else style.stroke
    icon_top = top + (role.line - size) / 2
    stamp_icon(painter, style.icon, form.left, icon_top, size, ink.colour(stroke), ink.screen)
    top = _lines(painter, lines, form.compact_text, top, role, _title_colour(card, style), ink, found)
    if value:
        _text(painter, value, form.compact_text, top, CARD.compact_value, style.text2, ink)


def paint_block(painter: QPainter, card: Card, ink: Ink, zoom: float, titled: bool, found: str = "") -> None:
    """The silhouette filled with the kind's colour, with the title where it can be read."""
    style = ink.look(card)
    path = silhouette(card.shape, card.width, card.height)
    told = card.block if card.block != HOLLOW else ""
    fill = ink.theme.block(told) if told else style.stroke
    hollow = card.draft or card.unfunded or card.block == HOLLOW
    if not hollow:
        painter.fillPath(path, ink.brush(fill))
    else:
        plain = style.card if card.ground else ink.theme.canvas
        painter.fillPath(path, ink.brush(plain if card.draft else ink.theme.surface))
        if card.unfunded:
            _hatch(painter, card, ink, zoom)
        _outline(painter, card, style, ink, max(CARD.outline, 1.0 / zoom), card.draft and titled)
    if titled:
        form = FORMS[card.role]
        role = TypeRole(card.block_size, card.block_line, CARD.block_title.weight)
        muted = ink.theme.text if card.title else ink.theme.text2
        colour = muted if hollow else label_on(fill) if told else style.on_block
        _lines(painter, card.block_lines, form.block_text, card.block_top, role, colour, ink, found)


def paint_ground(painter: QPainter, card: Card, ink: Ink, outline: float) -> None:
    """Shadow, fill, hatch and outline."""
    theme, style = ink.theme, ink.look(card)
    path = silhouette(card.shape, card.width, card.height)
    if card.draft:
        painter.fillPath(path, ink.brush(style.card if card.ground else theme.canvas))
    else:
        if theme.card_shadow != theme.canvas:
            painter.fillPath(path.translated(0, CARD.shadow_drop), ink.brush(theme.card_shadow))
        painter.fillPath(path, ink.brush(style.card))
    if card.unfunded:
        _hatch(painter, card, ink, 1.0)
    _outline(painter, card, style, ink, outline, card.draft)
    if style.shape.name == "doubled":
        x = style.shape.other
        painter.drawLine(QLineF(x, 0, x, card.height))
    elif style.shape.name == "sheet":
        painter.drawPath(fold_corner(card.width))


def _outline(painter: QPainter, card: Card, style: KindStyle, ink: Ink, width: float, dashed: bool) -> None:
    """The silhouette's line; leaves a plain pen of its colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if dashed and ink.screen:
        painter.setPen(ink.pen(style.stroke, width))
        painter.drawLines(silhouette_dashes(card.shape, card.width, card.height, CARD.draft_dash))
        return
    painter.setPen(ink.pen(style.stroke, width, CARD.draft_dash if dashed else ()))
    painter.drawPath(silhouette(card.shape, card.width, card.height))
    painter.setPen(ink.pen(style.stroke, width))


def _hatch(painter: QPainter, card: Card, ink: Ink, zoom: float) -> None:
    """Lines at 45° within the silhouette, 9 u apart; further apart where they would run together."""
    step = CARD.hatch_step * 2**0.5
    width = CARD.hatch_width
    while step * zoom < 4:
        step, width = step * 2, width * 2
    painter.save()
    painter.setClipPath(silhouette(card.shape, card.width, card.height), Qt.ClipOperation.IntersectClip)
    painter.setPen(ink.pen(ink.theme.hatch, width))
    lines, x = [], 0.0
    while x < card.width + card.height:
        lines.append(QLineF(x, -1, x - card.height - 2, card.height + 1))
        x += step
    painter.drawLines(lines)
    painter.restore()


def _last_row(painter: QPainter, card: Card, form: Form, style: KindStyle, ink: Ink) -> None:
    """Bar or pips on the left, money on the right, on one line at the bottom."""
    middle = card.height - form.bottom - CARD.chip / 2
    if not form.in_chip:
        middle = card.height - form.bottom - form.last_row / 2
    left = _money(painter, card.chip, form, middle, style, ink)
    if card.bar is not None:
        ends = min(form.bar_ends, left - 8) if card.chip else CARD.width - form.right
        _bar(painter, card.bar, form.text, ends, middle, style, ink)
    elif card.prompt:
        _text(painter, card.prompt, form.text, middle - 10, CARD.metric, ink.theme.accent, ink)
    elif card.pips is not None:
        _pips(painter, (card.pips, card.pips_of), card.level, form.text, left - 8, middle, style, ink)


def _money(
    painter: QPainter, chip: Chip | None, form: Form, middle: float, style: KindStyle, ink: Ink
) -> float:
    """The money chip; its left edge."""
    if chip is None:
        return CARD.width - form.right + 8
    role = CARD.chip_text
    if not form.in_chip:
        left = CARD.width - form.right - measure(chip.text, 13, 700)
        _text(painter, chip.text, left, middle - 10, TypeRole(13, 20, 700), style.text, ink)
        return left
    width = measure(chip.text, role.size, role.weight) + 2 * CARD.chip_padding
    box = QRectF(CARD.width - CHIP_RIGHT - width, middle - CARD.chip / 2, width, CARD.chip)
    dashed = chip.dashed and ink.screen
    painter.setPen(
        Qt.PenStyle.NoPen if dashed else ink.pen(ink.theme.line2, 1.0, _CHIP_DASH if chip.dashed else ())
    )
    painter.setBrush(ink.brush(ink.theme.surface))
    painter.drawRoundedRect(box, CARD.chip / 2, CARD.chip / 2)
    if dashed:
        painter.translate(box.topLeft())
        painter.setPen(ink.pen(ink.theme.line2, 1.0))
        painter.drawLines(pill_dashes(width, CARD.chip, _CHIP_DASH))
        painter.translate(-box.topLeft())
    _text(painter, chip.text, box.x() + CARD.chip_padding, box.y(), role, ink.theme.text, ink)
    return box.x()


def _bar(
    painter: QPainter, bar: Bar, x: float, ends: float, middle: float, style: KindStyle, ink: Ink
) -> None:
    """Trough from baseline to target, what is measured, the forecast and the target's tick."""
    way = (ends - x) / CARD.bar_ends_at
    half = CARD.bar / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.brush(ink.trough(style)))
    painter.drawRoundedRect(QRectF(x, middle - half, way, CARD.bar), half, half)
    strong = style.text if style.card == style.stroke else style.stroke
    if bar.filled > 0:
        painter.setBrush(ink.brush(strong))
        painter.drawRoundedRect(
            QRectF(x, middle - half, max(CARD.bar, bar.filled * way), CARD.bar), half, half
        )
    tick = CARD.target_height / 2
    painter.setPen(ink.pen(style.text, CARD.target_width))
    painter.drawLine(QLineF(x + way, middle - tick, x + way, middle + tick))
    if bar.forecast is not None:
        low, mid, high = (x + min(max(share, 0.0), CARD.bar_ends_at) * way for share in bar.forecast)
        painter.setPen(ink.pen(style.text, CARD.whisker))
        painter.drawLines(
            [
                QLineF(low, middle, high, middle),
                QLineF(low, middle - 4, low, middle + 4),
                QLineF(high, middle - 4, high, middle + 4),
            ]
        )
        painter.setBrush(ink.brush(style.card if style.card == style.stroke else ink.theme.surface))
        painter.setPen(ink.pen(style.text, _MEDIAN_PEN))
        painter.drawEllipse(QPointF(mid, middle), CARD.median_ring / 2, CARD.median_ring / 2)


def _pips(
    painter: QPainter,
    steps: tuple[int, int],
    level: str,
    x: float,
    right: float,
    middle: float,
    style: KindStyle,
    ink: Ink,
) -> None:
    """The pips and the word beside them."""
    top = middle - CARD.pip_height / 2
    for number in range(steps[1]):
        box = QRectF(x + number * _PIP_STEP, top, CARD.pip_width, CARD.pip_height)
        full = number < steps[0]
        painter.setPen(ink.pen(style.stroke if full else ink.theme.line2, 1.0))
        painter.setBrush(ink.brush(style.stroke) if full else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
    left = x + steps[1] * _PIP_STEP - (_PIP_STEP - CARD.pip_width) + _LEVEL_GAP
    role = CARD.metric
    word = shortened(level, right - left, role)
    if len(word) > _LEAST_WORD or word == level:  # a stump says less than the pips alone
        _text(painter, word, left, middle - 10, role, style.text2, ink)


def _title_colour(card: Card, style: KindStyle) -> str:
    """Muted where the words only stand in for a title."""
    return style.text if card.title else style.text2


def _lines(
    painter: QPainter,
    lines: Sequence[str],
    x: float,
    top: float,
    role: TypeRole,
    colour: str,
    ink: Ink,
    found: str,
) -> float:
    """Title lines; the y below the last."""
    for line in lines:
        _marked(painter, line, x, top, role, colour, ink, found)
        top += role.line
    return top


def _marked(
    painter: QPainter, text: str, x: float, top: float, role: TypeRole, colour: str, ink: Ink, found: str
) -> None:
    """Text with the found letters on a marker, dark or light enough to read on it."""
    _text(painter, text, x, top, role, colour, ink)
    low, sought = text.casefold(), found.casefold()
    at = low.find(sought) if sought and len(low) == len(text) else -1
    while at >= 0:
        hit = text[at : at + len(sought)]
        start = x + measure(text[:at], role.size, role.weight)
        width = measure(hit, role.size, role.weight)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.brush(ink.theme.hit))
        painter.drawRoundedRect(QRectF(start - 1, top + 0.5, width + 2, role.line - 1), 3, 3)
        _text(painter, hit, start, top, role, ink.theme.text, ink)
        at = low.find(sought, at + len(sought))


def _text(painter: QPainter, text: str, x: float, top: float, role: TypeRole, colour: str, ink: Ink) -> None:
    """One line of text with the top of its line at `top`."""
    painter.setPen(ink.pen(colour, 1.0))
    draw_text(painter, text, x, top, role.size, role.line, role.weight, ink.screen)
