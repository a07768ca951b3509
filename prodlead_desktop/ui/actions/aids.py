"""What lies over the map: the minimap and the frames of pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from prodlead_desktop.ui.action_table import ActionGroup, Choice, Context, Row
from prodlead_desktop.ui.canvas.aids import Aids
from prodlead_desktop.ui.canvas.page_frames import PAGES


def _aids(ctx: Context) -> Aids | None:
    return getattr(ctx.canvas, "aids", None)


def _on_map(ctx: Context) -> bool:
    return _aids(ctx) is not None and ctx.window.body is not None and ctx.window.body.workspace == "map"


def _toggle(ctx: Context) -> None:
    aids = _aids(ctx)
    if aids is not None:
        aids.toggle_minimap()


def _shown(ctx: Context) -> bool:
    aids = _aids(ctx)
    return aids is not None and aids.has_minimap


def _papers(ctx: Context) -> Iterator[Choice]:
    aids = _aids(ctx)
    if aids is not None:
        for paper in ("", *PAGES):
            yield Choice(paper or "None", partial(aids.set_paper, paper), aids.paper == paper)


GROUP = ActionGroup(
    "Over the map",
    4.5,
    (
        Row("view.minimap", "Minimap", _toggle, ("Ctrl+Shift+M",), menu="View", section="over", enabled=_on_map,
            checked=_shown),
        Row("view.pages", "Page frames", lambda ctx: None, menu="View", section="over", icon="file",
            choices=_papers, enabled=_on_map),
    ),
)  # fmt: skip
