"""Every colour of Prodlead, light and dark, so that window, charts, map and exports show one look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from prodlead_desktop.figures.colour import BLACK, NIGHT, WHITE, contrast, label_on, luminance, mix
from prodlead_desktop.figures.measures import (
    AUDIENCE_TYPE,
    CARD,
    FONT_FAMILY,
    FONT_FILES,
    SPACES,
    WINDOW,
    WINDOW_TYPE,
    CardMetrics,
    TypeRole,
    TypeScale,
    WindowMetrics,
)

__all__ = [
    "AUDIENCE_TYPE", "BLACK", "CARD", "DARK", "FONT_FAMILY", "FONT_FILES", "KIND_LOOKS", "LIGHT", "MARKERS",
    "NIGHT", "PAPER", "POOL_NAMES", "SPACES", "WHITE", "WINDOW", "WINDOW_TYPE", "CardMetrics", "KindLook",
    "KindStyle", "Marker", "Pool", "Scenario", "Shape", "Status", "Theme", "TypeRole", "TypeScale",
    "WindowMetrics", "contrast", "high_contrast", "label_on", "luminance", "mix",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """The silhouette of a kind: its name and lengths in u (radius, cut, fold, arrow; a leaf has two)."""

    name: str
    size: float
    other: float = 0.0


@dataclass(frozen=True, slots=True)
class KindLook:
    """What a kind looks like in every theme: Lucide icon and silhouette."""

    icon: str
    shape: Shape


KIND_LOOKS: Mapping[str, KindLook] = MappingProxyType(
    {
        "ambition": KindLook("mountain", Shape("filled", 26)),
        "market": KindLook("globe", Shape("cut", 11)),
        "outcome": KindLook("target", Shape("rounded", 10)),
        "opportunity": KindLook("lightbulb", Shape("leaf", 20, 3)),
        "capability": KindLook("layers", Shape("doubled", 0, 6)),
        "initiative": KindLook("rocket", Shape("arrow", 12)),
        "assumption": KindLook("flask-conical", Shape("hexagon", 11)),
        "note": KindLook("sticky-note", Shape("sheet", 14)),
    }
)


@dataclass(frozen=True, slots=True)
class KindStyle:
    """One kind in one theme: outline and block fill, text on the block, opaque card fill, two card texts."""

    role: str
    stroke: str
    on_block: str
    card: str
    text: str
    text2: str
    icon: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of a scenario: a word for painters, the sign for text, matplotlib's letter for charts."""

    name: str
    sign: str
    chart: str


MARKERS = (
    Marker("circle", "●", "o"),
    Marker("square", "■", "s"),
    Marker("triangle", "▲", "^"),
    Marker("diamond", "◆", "D"),
    Marker("pentagon", "⬟", "p"),
    Marker("plus", "✚", "P"),
)
POOL_NAMES = ("core", "adjacent", "new", "4", "5")


@dataclass(frozen=True, slots=True)
class Scenario:
    """Colour and marker of one scenario, which it keeps for life."""

    colour: str
    marker: Marker


@dataclass(frozen=True, slots=True)
class Pool:
    """Colour of a pool (edges, bars), the opaque fill of its ribbons, text that reads on the full colour."""

    colour: str
    ribbon: str
    on_colour: str


@dataclass(frozen=True, slots=True)
class Status:
    """Text, soft ground and mark colour of ok, warn or err, with its Lucide icon."""

    text: str
    soft: str
    mark: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One complete set of colours; every value is an opaque #RRGGBB."""

    name: str
    dark: bool
    canvas: str
    surface: str
    sunken: str
    raised: str
    hover: str
    text: str
    text2: str
    text3: str
    disabled: str
    line: str
    line2: str
    ink: str
    on_ink: str
    accent: str
    on_accent: str
    accent_soft: str
    ok: Status
    warn: Status
    err: Status
    hit: str
    hatch: str
    card_shadow: str
    kinds: Mapping[str, KindStyle]
    scenarios: tuple[Scenario, ...]
    pools: tuple[Pool, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    ring_extra: float = 0.0

    def scenario(self, number: int) -> Scenario:
        """The look of scenario `number` (from 0); the seventh looks like the first."""
        return self.scenarios[number % len(self.scenarios)]

    def pool(self, number: int) -> Pool:
        """The look of pool `number` (from 0: core, adjacent, new); the sixth looks like the first."""
        return self.pools[number % len(self.pools)]

    def step(self, share: float) -> str:
        """The sequential colour for `share` (0 little – 1 much); outside values go to the nearest end."""
        return _nth(self.sequential, share)

    def lean(self, balance: float) -> str:
        """The diverging colour for `balance` (−1 less – 0 equal – 1 more), cut at both ends."""
        return _nth(self.diverging, (balance + 1) / 2)

    def ground(self, name: str) -> str:
        """The fill a lens gives a card: "open" asks for attention, "1" to "3" is little to much of a good thing."""
        if name == "open":
            return self.warn.soft
        low, high = self.sequential[0], self.sequential[1 if self.dark else 2]
        return {"1": low, "2": mix(high, low, 0.5), "3": high}.get(name, self.surface)

    def block(self, name: str) -> str:
        """The fill a lens gives a card far away, where a ground could not be told from others: "1" to "3"."""
        return self.sequential[{"1": 2, "2": 3, "3": 5}[name]]

    def dimmed(self, colour: str) -> str:
        """`colour` as a dimmed card shows it: 32 % in the canvas."""
        return mix(colour, self.canvas, CARD.dimmed_share)

    def interval(self, colour: str) -> str:
        """The P10–P90 bar of `colour`: a 45 % tint in the surface."""
        return mix(colour, self.surface, 0.45)

    @property
    def less(self) -> str:
        """Fill of a flow that gets less than its priority."""
        return self.diverging[1]

    @property
    def more(self) -> str:
        """Fill of a flow that gets more than its priority."""
        return self.diverging[6] if not self.dark else self.diverging[5]

    @property
    def same(self) -> str:
        """Fill of a flow within 5 points of its priority."""
        return self.sequential[4]


def _nth(steps: tuple[str, ...], share: float) -> str:
    return steps[round(min(1.0, max(0.0, share)) * (len(steps) - 1))]


def _kinds(
    strokes: Mapping[str, str], surface: str, text: str, text2: str, on_ink: str, share: float
) -> Mapping[str, KindStyle]:
    """The kind styles of a theme; ambition is filled with ink, a note lies on plain surface."""
    styles = {}
    for role, stroke in strokes.items():
        look = KIND_LOOKS[role]
        card, ours, second = mix(stroke, surface, share), text, text2
        if role == "ambition":
            card, ours, second = stroke, on_ink, mix(on_ink, stroke, 0.8)
        elif role == "note":
            card = surface
        styles[role] = KindStyle(role, stroke, label_on(stroke), card, ours, second, look.icon, look.shape)
    return MappingProxyType(styles)


def _scenarios(*colours: str) -> tuple[Scenario, ...]:
    return tuple(Scenario(colour, marker) for colour, marker in zip(colours, MARKERS, strict=True))


def _pools(canvas: str, share: float, *colours: str) -> tuple[Pool, ...]:
    return tuple(Pool(colour, mix(colour, canvas, share), label_on(colour)) for colour in colours)


_OK, _WARN, _ERR = "circle-check", "triangle-alert", "square-x"
_LIGHT_STROKES = {
    "ambition": "#191F2E",
    "market": "#5B16AE",
    "outcome": "#2A67E2",
    "opportunity": "#CB6D08",
    "capability": "#249D70",
    "initiative": "#A13361",
    "assumption": "#5A4D0E",
    "note": "#7F8694",
}
_DARK_STROKES = {
    "ambition": "#ECF1F9",
    "market": "#D9AAE8",
    "outcome": "#4A86F4",
    "opportunity": "#DB9436",
    "capability": "#93DAB6",
    "initiative": "#E4578A",
    "assumption": "#EDEA74",
    "note": "#959BA6",
}
_LIGHT_POOLS = ("#045A60", "#3B9A8A", "#A58B0A", "#842C02", "#735BB7")
_DARK_POOLS = ("#579097", "#5ADCBC", "#ECE152", "#C57143", "#BBB3FF")

LIGHT = Theme(
    name="light",
    dark=False,
    canvas="#F5F6F8",
    surface="#FFFFFF",
    sunken="#EBEEF2",
    raised="#FFFFFF",
    hover="#EEF1F5",
    text="#161B26",
    text2="#444C5A",
    text3="#5D6675",
    disabled="#9AA2AE",
    line="#DADEE5",
    line2="#858E9C",
    ink="#191F2E",
    on_ink="#FFFFFF",
    accent="#2457D6",
    on_accent="#FFFFFF",
    accent_soft="#E6EDFC",
    ok=Status("#176B41", "#E1F3E8", "#0B7D58", _OK),
    warn=Status("#7A4A00", "#FFF0D1", "#BD8214", _WARN),
    err=Status("#A61B1B", "#FDE7E5", "#B0121B", _ERR),
    hit="#FFE27A",
    hatch="#CFD5DE",
    card_shadow=mix("#191F2E", "#F5F6F8", 0.10),
    kinds=_kinds(_LIGHT_STROKES, "#FFFFFF", "#161B26", "#444C5A", "#FFFFFF", 0.055),
    scenarios=_scenarios("#1440BC", "#CC5F08", "#3B9479", "#6E0844", "#9179C0", "#3C4504"),
    pools=_pools("#F5F6F8", 0.55, *_LIGHT_POOLS),
    sequential=("#EDF5F4", "#CFE6E3", "#A3D1CC", "#6BB5AF", "#37938F", "#146E6F", "#0A4A4F"),
    diverging=("#9A4A00", "#D0812F", "#EFC08C", "#F3F4F6", "#9FC1F0", "#4C82D8", "#1C4699"),
)

DARK = Theme(
    name="dark",
    dark=True,
    canvas="#12161D",
    surface="#1B2029",
    sunken="#0D1117",
    raised="#252C37",
    hover="#232A35",
    text="#F1F4F8",
    text2="#C5CCD7",
    text3="#9AA4B3",
    disabled="#626C7B",
    line="#343D4A",
    line2="#778293",
    ink="#ECF1F9",
    on_ink="#12161D",
    accent="#8FB4FF",
    on_accent="#0E1420",
    accent_soft="#22304D",
    ok=Status("#79D6A2", "#17301F", "#6FD3AD", _OK),
    warn=Status("#F5BE5C", "#382A10", "#F5C242", _WARN),
    err=Status("#FF9C94", "#40191A", "#E0655B", _ERR),
    hit="#6B5600",
    hatch="#3A4351",
    card_shadow=mix(BLACK, "#12161D", 0.45),
    kinds=_kinds(_DARK_STROKES, "#1B2029", "#F1F4F8", "#C5CCD7", "#12161D", 0.10),
    scenarios=_scenarios("#5F86F5", "#ECA21C", "#6CCBB1", "#F5507C", "#D0B6F0", "#E8F3A8"),
    pools=_pools("#12161D", 0.60, *_DARK_POOLS),
    sequential=("#16262A", "#18393D", "#1B5153", "#21706F", "#379792", "#6CC3B8", "#B4EBDD"),
    diverging=("#FFB566", "#C9792B", "#734519", "#2A313C", "#274C86", "#4A83DE", "#A3C7FF"),
)

# Print and PDF: the light theme on a white ground.
PAPER = replace(
    LIGHT, name="paper", canvas=WHITE, card_shadow=WHITE, pools=_pools(WHITE, 0.55, *_LIGHT_POOLS)
)


def high_contrast(theme: Theme) -> Theme:
    """`theme` for high contrast: dividers as strong as borders, cards without tint, rings one pixel wider."""
    kinds = {
        role: style if role == "ambition" else replace(style, card=theme.surface)
        for role, style in theme.kinds.items()
    }
    soft = {name: replace(getattr(theme, name), soft=theme.surface) for name in ("ok", "warn", "err")}
    return replace(
        theme,
        name=f"{theme.name} high contrast",
        line=theme.line2,
        accent_soft=theme.surface,
        kinds=MappingProxyType(kinds),
        ring_extra=1.0,
        **soft,
    )
