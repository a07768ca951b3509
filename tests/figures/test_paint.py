"""The painter draws every kind in every level of detail, in both themes, and each state can be seen."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from builders import many, sample, small, strategies_
from figures.tidemark import Tidemark, tidemark
from hypothesis import given, settings
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.scenarios import PLAN
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Card, Forecast
from prodlead_desktop.figures.colour import channels
from prodlead_desktop.figures.map_picture import MapPicture, MapView, build
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.paint_card import paint_full
from prodlead_desktop.figures.paint_fonts import baseline, font
from prodlead_desktop.figures.paint_foot import FootPainter
from prodlead_desktop.figures.paint_marks import paint_badges
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.paint_qt import NOTHING, Detail, MapPainter, States, detail_for, measure
from prodlead_desktop.figures.sheet_foot import foot_of
from prodlead_desktop.figures.theme import DARK, LIGHT, PAPER, Theme

ZOOMS = {Detail.FULL: 1.0, Detail.COMPACT: 0.6, Detail.TITLE: 0.4, Detail.BLOCK: 0.2}


@pytest.fixture(scope="module")
def offsite() -> Tidemark:
    return tidemark()


@pytest.fixture
def shown(qapp: object, offsite: Tidemark) -> MapPicture:
    return build(offsite.strategy, MapView(lens="capital", scenario=offsite.scenario), measure)


def frame(
    picture: MapPicture, area: QRectF, zoom: float, theme: Theme = LIGHT, states: States = NOTHING
) -> QImage:
    """What a screen of 100 % shows of `area`."""
    image = QImage(round(area.width() * zoom), round(area.height() * zoom), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.canvas))
    painter = QPainter(image)
    painter.scale(zoom, zoom)
    painter.translate(-area.topLeft())
    MapPainter(theme).paint(painter, picture, area, zoom, states)
    painter.end()
    return image


def around(picture: MapPicture, node: str, margin: float = 14.0) -> QRectF:
    return QRectF(*picture.boxes[node]).adjusted(-margin, -margin, margin, margin)


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }


def apart(a: str, b: str) -> int:
    """How different two colours are: 0 to 765."""
    return sum(abs(x - y) for x, y in zip(channels(a), channels(b), strict=True))


def same_pixels(a: QImage, b: QImage) -> float:
    """Share of pixels that are equal."""
    assert a.size() == b.size()
    equal = sum(a.pixel(x, y) == b.pixel(x, y) for x in range(a.width()) for y in range(a.height()))
    return equal / (a.width() * a.height())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_kind_looks_its_own_at_every_distance(qapp: object, theme: Theme) -> None:
    shown = build(sample(), MapView(lens="capital", scenario="sc-balanced"), measure)
    one_of = {card.kind: node for node, card in shown.cards.items() if not card.draft and not card.unfunded}
    assert len(one_of) == 8
    for detail, zoom in ZOOMS.items():
        seen = {}
        for kind, node in one_of.items():
            image = frame(shown, around(shown, node), zoom, theme)
            style = theme.kinds[shown.cards[node].role]
            assert min(apart(style.stroke, colour) for colour in colours(image)) < 60, (kind, detail)
            seen[kind] = bytes(image.constBits())
        assert len(set(seen.values())) == len(seen), detail


def test_the_box_stays_and_the_content_changes_with_the_distance(
    shown: MapPicture, offsite: Tidemark
) -> None:
    node = offsite.ids["Reduce time-to-first-insight"]
    style = LIGHT.kinds["outcome"]
    full = frame(shown, around(shown, node), 1.0)
    block = frame(shown, around(shown, node), 0.2)
    middle = block.pixelColor(block.width() // 2, block.height() // 2).name().upper()
    assert middle == style.stroke
    assert style.card in colours(full) and LIGHT.text in colours(full)
    assert style.card not in colours(block)


@pytest.mark.parametrize(
    ("zoom", "detail"),
    [(1.0, Detail.FULL), (0.75, Detail.FULL), (0.74, Detail.COMPACT), (0.5, Detail.COMPACT),
     (0.49, Detail.TITLE), (0.32, Detail.TITLE), (0.31, Detail.BLOCK), (0.01, Detail.BLOCK)],
)  # fmt: skip
def test_levels_of_detail(zoom: float, detail: Detail) -> None:
    assert detail_for(zoom) is detail


def test_levels_of_detail_do_not_flicker() -> None:
    assert detail_for(0.74, Detail.FULL) is Detail.FULL
    assert detail_for(0.72, Detail.FULL) is Detail.COMPACT
    assert detail_for(0.76, Detail.COMPACT) is Detail.COMPACT
    assert detail_for(0.78, Detail.COMPACT) is Detail.FULL


STATES = {
    "selected": (lambda node: States(selected={node}), LIGHT.accent),
    "focus": (lambda node: States(focus=node), LIGHT.accent),
    "edited": (lambda node: States(edited=node), LIGHT.accent_soft),
    "drop": (lambda node: States(drop_target=node), LIGHT.accent_soft),
    "hit": (lambda node: States(hits={node}, found="insight"), LIGHT.hit),
    "ring of a hit": (lambda node: States(hits={node}), LIGHT.warn.mark),
    "dimmed": (lambda node: States(dimmed={node}), LIGHT.dimmed(LIGHT.kinds["outcome"].stroke)),
}


@pytest.mark.parametrize("name", STATES)
def test_states_can_be_seen(shown: MapPicture, offsite: Tidemark, name: str) -> None:
    node = offsite.ids["Reduce time-to-first-insight"]
    states, colour = STATES[name]
    area = around(shown, node)
    plain, marked = frame(shown, area, 1.0), frame(shown, area, 1.0, states=states(node))
    assert colour not in colours(plain) and colour in colours(marked)


@pytest.mark.parametrize("zoom", [0.02, 0.2, 0.4, 0.6])
def test_selection_can_be_seen_from_far_away(shown: MapPicture, offsite: Tidemark, zoom: float) -> None:
    node = offsite.ids["Value report"]
    area = around(shown, node, 120)
    assert LIGHT.accent in colours(frame(shown, area, zoom, states=States(selected={node})))


def card_image(card: Card) -> QImage:
    image = QImage(260, 160, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.canvas))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(10, 20)
    paint_full(painter, card, Ink(LIGHT))
    paint_badges(painter, card, Ink(LIGHT))
    painter.end()
    return image


def test_what_a_card_says_can_be_seen(shown: MapPicture, offsite: Tidemark) -> None:
    card = shown.cards[offsite.ids["Reduce time-to-first-insight"]]
    assert card.bar is not None
    variants = [
        card,
        replace(card, draft=True),
        replace(card, unfunded=True),
        replace(card, bar=replace(card.bar, filled=0.9)),
        replace(card, bar=replace(card.bar, forecast=Forecast(0.4, 0.6, 0.9))),
        replace(card, bar=None, prompt="measure it"),
        replace(card, chip=None),
        replace(card, chip=replace(card.chip, dashed=True)),  # type: ignore[type-var]
        *(replace(card, badges=(mark,)) for mark in ("err", "warn", "slot", "lock", "note")),
        replace(card, badges=("err", "warn", "slot", "lock", "note")),
    ]
    assert len({bytes(card_image(variant).constBits()) for variant in variants}) == len(variants)
    assert LIGHT.hatch in colours(card_image(variants[2]))
    assert LIGHT.err.mark in colours(card_image(replace(card, badges=("err",))))
    assert LIGHT.kinds["outcome"].card not in colours(card_image(variants[1]))


def test_pips_fill_with_the_level(shown: MapPicture, offsite: Tidemark) -> None:
    card = shown.cards[offsite.ids["One-click connectors"]]
    images = {bytes(card_image(replace(card, pips=pips)).constBits()) for pips in range(4)}
    assert len(images) == 4


def test_a_folded_card_shows_how_many(qapp: object, offsite: Tidemark) -> None:
    node = offsite.ids["Customers trust the numbers"]
    view = MapView(folded=frozenset({node}))
    folded, open_ = build(offsite.strategy, view, measure), build(offsite.strategy, MapView(), measure)
    box = QRectF(*folded.boxes[node])
    pill = QRectF(box.right() + 2, box.center().y() - 12, 16, 24)
    other = QRectF(*open_.boxes[node])
    bare = QRectF(other.right() + 2, other.center().y() - 12, 16, 24)
    assert same_pixels(frame(folded, pill, 1.0), frame(open_, bare, 1.0)) < 0.8


def test_only_what_is_in_view_is_painted_and_it_is_the_same(shown: MapPicture) -> None:
    bounds = shown.bounds
    whole = frame(shown, QRectF(*bounds), 1.0)
    x, y, w, h = 300, 200, 500, 400
    part = frame(shown, QRectF(bounds.x + x, bounds.y + y, w, h), 1.0)
    assert same_pixels(whole.copy(x, y, w, h), part) > 0.999


def test_ribbons_have_the_colours_of_their_pools(shown: MapPicture) -> None:
    seen = colours(frame(shown, QRectF(*shown.bounds), 0.8))
    for pool in LIGHT.pools[:3]:
        assert pool.ribbon in seen


@pytest.mark.parametrize("lens", ["structure", "capital"])
def test_specks_far_away_keep_their_colours(qapp: object, lens: str) -> None:
    picture = build(many(400), MapView(lens=lens, scenario="sc1"), measure)
    bounds = picture.bounds
    zoom = 0.05
    image = frame(picture, QRectF(*bounds), zoom)
    for node, box in list(picture.boxes.items())[:60]:
        card = picture.cards[node]
        if not card.draft and not card.unfunded:
            x, y = (box.x + box.w / 2 - bounds.x) * zoom, (box.middle - bounds.y) * zoom
            there = image.pixelColor(int(x), int(y)).name().upper()
            assert apart(there, LIGHT.kinds[card.role].stroke) < 60
    part = QRectF(bounds.x, bounds.y, bounds.w, bounds.h / 8)
    small = frame(picture, part, zoom)
    assert same_pixels(small, image.copy(0, 0, small.width(), small.height())) > 0.98


@settings(max_examples=15)
@given(strategy=strategies_())
def test_any_strategy_can_be_painted(qapp: object, strategy: Strategy) -> None:
    scenario = next(iter(sorted(strategy.all(Scenario))), None)
    picture = build(strategy, MapView(lens="capital", scenario=scenario), measure)
    for zoom in (1.0, 0.6, 0.4, 0.2, 0.01):
        bounds = picture.bounds
        frame(picture, QRectF(bounds.x, bounds.y, 400 / zoom, 300 / zoom), zoom)


def test_cross_links_run_below_the_cards(qapp: object) -> None:
    plain, crossed = build(small(), MapView(lens="capital"), measure), build(small(), MapView(), measure)
    assert crossed.cross_links and not plain.cross_links
    bounds = QRectF(*crossed.bounds)
    assert same_pixels(frame(crossed, bounds, 0.25), frame(plain, bounds, 0.25)) < 1.0
    for box in crossed.boxes.values():
        inside = QRectF(*box).adjusted(16, 12, -24, -12)
        assert same_pixels(frame(crossed, inside, 0.25), frame(plain, inside, 0.25)) == 1.0


@pytest.mark.parametrize("lens", ["capital", "confidence"])
@pytest.mark.parametrize("page", [(538.0, 130.0), (785.0, 65.0)], ids=["A4", "A3"])
def test_the_samples_of_a_printed_legend_stand_apart(
    lens: str, page: tuple[float, float], qapp: object
) -> None:
    """Down the middle of the first column there is paper between the samples of the kinds."""
    strategy, sharp = sample(), 4
    plan = next(scenario for scenario in strategy.all(Scenario).values() if scenario.status == PLAN)
    picture = build(strategy, MapView(lens=lens, scenario=plan.id), measure)
    wide, high = page
    image = QImage(round(wide * sharp), round(high * sharp), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.scale(sharp, sharp)
    FootPainter(PAPER, foot_of(picture, 0.5, "A4", None), QRectF(0, 0, wide, high)).paint(painter)
    painter.end()
    left, right = round(10 * sharp), round(22 * sharp)
    inked = [
        any(image.pixelColor(x, y).lightness() < 235 for x in range(left, right))
        for y in range(2 * sharp, image.height() // (2 if wide < 620 else 1) - 2 * sharp)
    ]
    runs = [(ink, len(list(same))) for ink, same in itertools.groupby(inked)]
    between = [length / sharp for ink, length in runs[1:-1] if not ink]
    assert between[0] >= 4.0, "a third of a sample between one kind and the next"


def test_the_title_of_a_low_block_keeps_off_its_edges(qapp: object) -> None:
    shown = build(sample(), MapView(), measure)
    for card in shown.cards.values():
        letters = QFontMetricsF(font(card.block_size, CARD.block_title.weight))
        last = card.block_top + (len(card.block_lines) - 1) * card.block_line
        tails = last + baseline(card.block_size, card.block_line, CARD.block_title.weight) + letters.descent()
        first = card.block_top + baseline(card.block_size, card.block_line, CARD.block_title.weight)
        assert card.height - tails >= 4.0 and first - letters.ascent() >= 1.0, card.title
