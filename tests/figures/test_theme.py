"""The colours can be read and told apart by everyone, in both themes."""

from __future__ import annotations

import math
from dataclasses import fields
from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pytest

from prodlead_desktop.figures.chart_style import chart_rc
from prodlead_desktop.figures.colour import channels
from prodlead_desktop.figures.theme import (
    AUDIENCE_TYPE,
    CARD,
    DARK,
    FONT_FAMILY,
    KIND_LOOKS,
    LIGHT,
    PAPER,
    WINDOW_TYPE,
    Theme,
    TypeRole,
    TypeScale,
    contrast,
    high_contrast,
    label_on,
    mix,
)

THEMES = [LIGHT, DARK, PAPER, high_contrast(LIGHT), high_contrast(DARK)]
TEXT = 4.5
GRAPHIC = 3.0
LEAST_DIFFERENCE = 10.0

# Machado, Oliveira, Fernandes 2009, severity 1, on linear sRGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: str, sight: str = "normal") -> tuple[float, float, float]:
    """CIELAB (D65) of `#RRGGBB` as the given eye sees it."""
    channel = np.array(channels(colour)) / 255
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SIGHT[sight] @ linear, 0, 1)
    ratio = (TO_XYZ @ seen) / (TO_XYZ @ np.ones(3))
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """CIEDE2000 colour difference after Sharma, Wu, Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7))) / 2
    c1, c2 = math.hypot(a1 * (1 + g), b1), math.hypot(a2 * (1 + g), b2)
    h1 = math.degrees(math.atan2(b1, a1 * (1 + g))) % 360
    h2 = math.degrees(math.atan2(b2, a2 * (1 + g))) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    scale_l = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    scale_c, scale_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    dl, dc, dh = (l2 - l1) / scale_l, (c2 - c1) / scale_c, delta_h / scale_h
    return math.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


def palettes(theme: Theme) -> dict[str, list[str]]:
    """The groups whose members stand side by side and have to differ."""
    return {
        "kinds": [style.stroke for style in theme.kinds.values()],
        "scenarios": [scenario.colour for scenario in theme.scenarios],
        "pools": [pool.colour for pool in theme.pools],
        "status": [theme.ok.mark, theme.warn.mark, theme.err.mark],
        "diverging": list(theme.diverging),
    }


def least(colours: list[str], sight: str) -> float:
    return min(difference(lab(a, sight), lab(b, sight)) for a, b in combinations(colours, 2))


def text_pairs(theme: Theme) -> list[tuple[str, str]]:
    """Text and the ground it stands on."""
    grounds = (theme.canvas, theme.surface, theme.sunken, theme.raised, theme.hover)
    pairs = [(text, ground) for text in (theme.text, theme.text2, theme.text3) for ground in grounds]
    pairs += [
        (theme.accent, ground) for ground in (theme.canvas, theme.surface, theme.sunken, theme.accent_soft)
    ]
    pairs += [(theme.on_accent, theme.accent), (theme.on_ink, theme.ink)]
    for status in (theme.ok, theme.warn, theme.err):
        pairs += [(status.text, status.soft), (status.text, theme.surface), (theme.text, status.soft)]
    pairs += [(theme.text, theme.accent_soft), (theme.text, theme.hit), (theme.text, theme.hatch)]
    pairs += [(theme.text2, theme.hatch), (theme.text2, theme.accent_soft)]
    for style in theme.kinds.values():
        pairs += [(style.on_block, style.stroke), (style.text, style.card), (style.text2, style.card)]
    pairs += [(pool.on_colour, pool.colour) for pool in theme.pools]
    pairs += [(label_on(step), step) for step in theme.sequential + theme.diverging]
    lens = [theme.ground(name) for name in ("open", "1", "2", "3")]
    pairs += [(text, ground) for text in (theme.text, theme.text2, theme.accent) for ground in lens[:2]]
    pairs += [(text, ground) for text in (theme.text, theme.text2) for ground in lens[2:]]
    return pairs


def graphic_pairs(theme: Theme) -> list[tuple[str, str]]:
    """Marks, lines and outlines and what lies behind them."""
    pairs = [(mark.mark, ground) for mark in (theme.ok, theme.warn, theme.err)
             for ground in (theme.surface, theme.canvas)]  # fmt: skip
    pairs += [(theme.line2, theme.surface), (theme.line2, theme.canvas), (theme.accent, theme.canvas)]
    for role, style in theme.kinds.items():
        pairs.append((style.stroke, theme.canvas))
        if role != "ambition":
            pairs.append((style.stroke, style.card))
    pairs += [(scenario.colour, theme.surface) for scenario in theme.scenarios]
    pairs += [(pool.colour, theme.canvas) for pool in theme.pools]
    pairs += [(style.stroke, theme.ground("open")) for style in theme.kinds.values()]
    told = [theme.kinds[role] for role in ("initiative", "assumption")]  # what evidence is told of
    pairs += [(style.stroke, theme.ground(name)) for style in told for name in ("1", "2", "3")]
    pairs += [(flow, theme.surface) for flow in (theme.less, theme.more, theme.same)]
    return pairs


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_and_graphics_have_enough_contrast(theme: Theme) -> None:
    faint = [(a, b, contrast(a, b)) for a, b in text_pairs(theme) if contrast(a, b) < TEXT]
    faint += [(a, b, contrast(a, b)) for a, b in graphic_pairs(theme) if contrast(a, b) < GRAPHIC]
    assert faint == []


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_difference_agrees_with_published_pairs() -> None:
    """Rows 1, 7, 17, 25 of Sharma, Wu, Dalal 2005, table 1."""
    assert difference((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert difference((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert difference((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert difference((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(
        1.2644, abs=1e-4
    )


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_differ_for_every_eye(theme: Theme, sight: str) -> None:
    close = {name: least(colours, sight) for name, colours in palettes(theme).items()}
    assert {name: value for name, value in close.items() if value < LEAST_DIFFERENCE} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_more_is_never_shown_paler(theme: Theme) -> None:
    steps = [contrast(step, theme.canvas) for step in theme.sequential]
    assert all(less < more for less, more in pairwise(steps))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_is_opaque_hex(theme: Theme) -> None:
    for field in fields(theme):
        value = getattr(theme, field.name)
        if isinstance(value, str) and field.name != "name":
            channels(value)
    for style in theme.kinds.values():
        for colour in (style.stroke, style.on_block, style.card, style.text, style.text2):
            channels(colour)
    for pool in theme.pools:
        channels(pool.ribbon)


def test_tints_are_what_alpha_would_paint() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#123456", "#FFFFFF", 1) == "#123456"
    assert mix("#123456", "#FEDCBA", 0) == "#FEDCBA"
    assert (
        LIGHT.kinds["outcome"].card == mix(LIGHT.kinds["outcome"].stroke, LIGHT.surface, 0.055) == "#F3F7FD"
    )
    assert DARK.kinds["outcome"].card == mix(DARK.kinds["outcome"].stroke, DARK.surface, 0.10)
    assert LIGHT.kinds["note"].card == LIGHT.surface and DARK.kinds["note"].card == DARK.surface
    assert LIGHT.kinds["ambition"].card == LIGHT.ink and DARK.kinds["ambition"].card == DARK.ink
    assert LIGHT.pools[0].ribbon == mix(LIGHT.pools[0].colour, LIGHT.canvas, 0.55)
    assert DARK.pools[0].ribbon == mix(DARK.pools[0].colour, DARK.canvas, 0.60)
    assert PAPER.pools[0].ribbon == mix(PAPER.pools[0].colour, "#FFFFFF", 0.55)


@pytest.mark.parametrize("wrong", ["#FFF", "red", "FFFFFF0", "#12345G"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        mix(wrong, "#FFFFFF", 0.5)


def test_a_share_beyond_the_whole_is_refused() -> None:
    with pytest.raises(ValueError):
        mix("#000000", "#FFFFFF", 1.01)


def test_scenarios_keep_colour_and_marker_together() -> None:
    assert len({scenario.marker.name for scenario in LIGHT.scenarios}) == len(LIGHT.scenarios) == 6
    for number in range(8):
        assert LIGHT.scenario(number).marker == DARK.scenario(number).marker
    assert LIGHT.scenario(6) == LIGHT.scenario(0)
    assert LIGHT.pool(5) == LIGHT.pool(0)


def test_kinds_differ_in_shape_and_icon_too() -> None:
    assert len({look.icon for look in KIND_LOOKS.values()}) == len(KIND_LOOKS) == 8
    assert len({look.shape.name for look in KIND_LOOKS.values()}) == len(KIND_LOOKS)
    assert set(LIGHT.kinds) == set(DARK.kinds) == set(KIND_LOOKS)


def test_steps_reach_both_ends_and_stop_there() -> None:
    assert [LIGHT.step(share) for share in (-1, 0, 1, 9)] == [
        *LIGHT.sequential[:1] * 2,
        *LIGHT.sequential[-1:] * 2,
    ]
    assert [LIGHT.lean(balance) for balance in (-1, 0, 1)] == [LIGHT.diverging[i] for i in (0, 3, 6)]


def test_high_contrast_drops_tints_and_strengthens_lines() -> None:
    strong = high_contrast(DARK)
    assert strong.line == DARK.line2
    assert {style.card for role, style in strong.kinds.items() if role != "ambition"} == {DARK.surface}
    assert strong.err.soft == DARK.surface and strong.ring_extra == 1


def roles(scale: TypeScale) -> list[TypeRole]:
    return [value for field in fields(scale) if isinstance(value := getattr(scale, field.name), TypeRole)]


def test_no_type_is_under_the_floor() -> None:
    for scale in (WINDOW_TYPE, AUDIENCE_TYPE):
        assert len(roles(scale)) > 8
        for role in roles(scale):
            assert role.line >= role.size >= scale.smallest
            assert role.weight in (400, 500, 600, 700)
    assert WINDOW_TYPE.smallest == 12 and AUDIENCE_TYPE.smallest == 22


def test_detail_thresholds_do_not_overlap_with_hysteresis() -> None:
    edges = [CARD.block_title_from, CARD.compact_from, CARD.full_from]
    assert all(low * (1 + CARD.hysteresis) < high * (1 - CARD.hysteresis) for low, high in pairwise(edges))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_charts_take_the_theme(theme: Theme) -> None:
    with matplotlib.rc_context(chart_rc(theme, grid="x")):
        assert matplotlib.colors.to_hex(matplotlib.rcParams["axes.facecolor"]).upper() == theme.surface
        assert matplotlib.rcParams["axes.grid.axis"] == "x"
        assert matplotlib.rcParams["font.family"] == [FONT_FAMILY]
        cycle = [entry["color"] for entry in matplotlib.rcParams["axes.prop_cycle"]]
    assert cycle == [scenario.colour for scenario in theme.scenarios]


def test_charts_for_an_audience_are_larger_throughout() -> None:
    window, audience = chart_rc(LIGHT), chart_rc(LIGHT, audience=True)
    for name in ("font.size", "axes.titlesize", "lines.linewidth", "xtick.major.pad"):
        small, large = window[name], audience[name]
        assert isinstance(small, float | int) and isinstance(large, float | int)
        assert large == pytest.approx(1.7 * small)
