"""Finding cards by words and by what they are, and the way from one to the objectives."""

from __future__ import annotations

from prodlead_desktop.domain.search import Filter
from prodlead_desktop.ui.action_table import ActionGroup, Context, Row
from prodlead_desktop.ui.actions.edit import has_selection, is_open
from prodlead_desktop.ui.search.bars import bars_of


def _find(ctx: Context) -> None:
    ctx.window.show_map()
    bars_of(ctx.canvas).find.open_bar()


def _filter(ctx: Context) -> None:
    ctx.window.show_map()
    bars_of(ctx.canvas).open_filter()


def _link(ctx: Context) -> None:
    ctx.window.show_map()
    bars_of(ctx.canvas).open_links()


def _sight(ctx: Context) -> None:
    ctx.window.show_map()
    bars_of(ctx.canvas).sight.toggle()


def _sees(ctx: Context) -> bool:
    return ctx.canvas is not None and bars_of(ctx.canvas).sight.on


def _is_filtered(ctx: Context) -> bool:
    return ctx.session is not None and bool(ctx.session.narrowing.filter)


GROUP = ActionGroup(
    "Finding",
    3,
    (
        Row("map.find", "Find on the map…", _find, ("Ctrl+F",), menu="Edit", section="find", icon="search",
            enabled=is_open),
        Row("map.filter", "Filter the map…", _filter, ("Ctrl+Shift+F",), menu="Edit", section="find",
            icon="filter", enabled=is_open),
        Row("map.unfilter", "Clear the filter", lambda ctx: ctx.open.narrowing.set_filter(Filter()), (),
            menu="Edit", section="find", icon="x", enabled=_is_filtered),
        Row("map.park", "Park a remark…", lambda ctx: bars_of(ctx.canvas).park.open(), ("Ctrl+J",), menu="Edit",
            section="park", icon="archive", enabled=is_open),
        Row("map.link", "Cross-links…", _link, ("Ctrl+L",), "tree", "Map", "links", "link-2", has_selection),
        Row("map.sight", "Line of sight to the objectives", _sight, ("Ctrl+Shift+L",), "window", "Map", "links", "",
            is_open, _sees, tip="Shows what the current card contributes to and dims the rest"),
    ),
)  # fmt: skip
