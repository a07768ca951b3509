"""Sizes of type, space and cards, so that window, map, charts and exports measure alike.

Lengths in the window are logical pixels; lengths on the map are map units (u), 1 u = 1 px at 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

FONT_FAMILY = "Prodlead Sans"
FONT_FILES = {
    400: "ProdleadSans-Regular.ttf",
    500: "ProdleadSans-Medium.ttf",
    600: "ProdleadSans-SemiBold.ttf",
    700: "ProdleadSans-Bold.ttf",
}


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One way to set text: size and line height (px, or u on the map) and weight (400–700)."""

    size: float
    line: float
    weight: int


@dataclass(frozen=True, slots=True)
class TypeScale:
    """The text roles of one medium; `smallest` is the floor in px that nothing may go under."""

    key_number: TypeRole
    timer: TypeRole
    title: TypeRole
    panel_title: TypeRole
    body: TypeRole
    strong: TypeRole
    field: TypeRole
    row_name: TypeRole
    label: TypeRole
    table_head: TypeRole
    caption: TypeRole
    smallest: float


WINDOW_TYPE = TypeScale(
    key_number=TypeRole(34, 40, 700),
    timer=TypeRole(34, 40, 700),
    title=TypeRole(24, 32, 600),
    panel_title=TypeRole(18, 24, 600),
    body=TypeRole(14, 20, 400),
    strong=TypeRole(14, 20, 600),
    field=TypeRole(14, 20, 400),
    row_name=TypeRole(14, 20, 500),
    label=TypeRole(12.5, 18, 500),
    table_head=TypeRole(12.5, 18, 600),
    caption=TypeRole(12, 16, 500),
    smallest=12,
)

# At 1080 lines. The audience view shows no captions; the role is the floor for what cannot be left out.
AUDIENCE_TYPE = TypeScale(
    key_number=TypeRole(52, 60, 700),
    timer=TypeRole(52, 60, 700),
    title=TypeRole(52, 62, 700),
    panel_title=TypeRole(28, 38, 400),
    body=TypeRole(24, 32, 400),
    strong=TypeRole(24, 32, 600),
    field=TypeRole(24, 32, 400),
    row_name=TypeRole(24, 32, 500),
    label=TypeRole(24, 32, 500),
    table_head=TypeRole(24, 32, 600),
    caption=TypeRole(22, 30, 500),
    smallest=22,
)

SPACES = (4, 8, 12, 16, 20, 24, 32, 48)


class WindowMetrics(NamedTuple):
    """Lengths (px), times (ms) and widths of the window's parts."""

    dock_padding: int = 18
    card_padding: int = 20
    field_padding: int = 10
    field_radius: int = 7
    button_radius: int = 8
    popover_radius: int = 9
    card_radius: int = 12
    button_height: int = 32
    field_height: int = 34
    table_row: int = 41
    outline_row: int = 27
    tab_height: int = 34
    chip_height: int = 26
    pill_height: int = 22
    target: int = 28
    focus_ring: float = 2
    focus_gap: float = 2
    segment_radius: int = 9
    segment_padding: int = 3
    icon_small: int = 14
    icon: int = 16
    icon_large: int = 18
    icon_huge: int = 24
    icon_empty: int = 32
    top_bar: int = 52
    tool_row: int = 48
    bottom_bar: int = 44
    notification: int = 40
    notification_ms: int = 8000
    outline: int = 248
    inspector: int = 336
    splitter: int = 1
    splitter_grab: int = 6
    overlay_below: int = 1280
    icons_only_below: int = 1100
    empty_width: int = 420
    shadow_blur: int = 12
    shadow_offset: int = 4
    shadow_share: float = 0.14
    motion_ms: int = 120
    layout_motion_ms: int = 150
    budget_bar: int = 26
    slider_track: int = 6
    slider_handle: int = 16
    slider_locked: int = 14
    audience_margin: int = 64
    audience_strip: int = 150
    audience_ring: int = 112


class CardMetrics(NamedTuple):
    """The card on the map: the box is the same at every zoom, only its content changes. Lengths in u."""

    width: float = 240
    column_gap: float = 96
    sibling_gap: float = 10
    subtree_gap: float = 13
    outline: float = 1.5
    padding_y: float = 9
    padding_left: float = 13
    padding_left_pointed: float = 18
    padding_left_doubled: float = 16
    padding_right: float = 14
    padding_right_pointed: float = 20
    icon: float = 18
    text_from_icon: float = 27
    title: TypeRole = TypeRole(15, 20, 600)
    ambition_title: TypeRole = TypeRole(18, 23, 600)
    title_lines: int = 2
    metric: TypeRole = TypeRole(13, 20, 500)
    last_row: float = 24
    bar: float = 6
    bar_ends_at: float = 1.15
    whisker: float = 1.5
    median_ring: float = 8
    target_width: float = 2
    target_height: float = 14
    chip: float = 20
    chip_padding: float = 7
    chip_text: TypeRole = TypeRole(12.5, 20, 600)
    pip_width: float = 10
    pip_height: float = 8
    badge: float = 18
    badge_from_corner: float = 16
    badge_step: float = 23
    badge_halo: float = 2
    badges_shown: int = 3
    fold_width: float = 32
    fold_height: float = 22
    full_from: float = 0.75
    compact_from: float = 0.50
    block_title_from: float = 0.32
    hysteresis: float = 0.03
    compact_icon: float = 22
    compact_title: TypeRole = TypeRole(19, 23, 600)
    compact_value: TypeRole = TypeRole(16, 20, 500)
    block_title: TypeRole = TypeRole(25, 30, 600)
    shadow_drop: float = 1.5
    selected_ring: float = 3.5
    selected_gap: float = 5
    focus_ring: float = 2.5
    edited_ring: float = 1.5
    draft_dash: tuple[float, float] = (6, 4)
    dimmed_share: float = 0.32
    edge: float = 1.6
    unfunded_dash: tuple[float, float] = (5, 5)
    cross_link: float = 2
    cross_link_dash: tuple[float, float] = (7, 5)
    ribbon_per_million: float = 28
    ribbon_share_of_card: float = 0.8
    ribbon_least: float = 2
    ribbon_edge: float = 1
    hatch_angle: float = 45
    hatch_width: float = 3.2
    hatch_step: float = 9
    tray_width_px: float = 214
    legend_text_px: float = 13


WINDOW = WindowMetrics()
CARD = CardMetrics()
