"""Saved views: kept, shown again, put in order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from prodlead_desktop.domain.entities import SavedView
from prodlead_desktop.ui.action_table import ActionGroup, Choice, Context, Row
from prodlead_desktop.ui.views import now


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def has_views(ctx: Context) -> bool:
    """Whether there is a saved view."""
    return ctx.session is not None and bool(ctx.session.strategy.all(SavedView))


def _every(ctx: Context) -> Iterator[Choice]:
    current = now.shown(ctx.open)
    for view in ctx.open.strategy.ordered(SavedView):
        yield Choice(
            view.name, partial(now.show, ctx.window, view.id), current is not None and current.id == view.id
        )


def _present(ctx: Context) -> None:
    if ctx.window.desk is not None:
        ctx.window.desk.present()


def _presenting(ctx: Context) -> bool:
    return ctx.window.desk is not None and ctx.window.desk.audience is not None


def _save(ctx: Context) -> None:
    from prodlead_desktop.ui.views.naming import NamingBox  # not needed by the first frame

    NamingBox.ask(ctx.window, ctx.open)


def _box(ctx: Context) -> None:
    from prodlead_desktop.ui.views.box import ViewsBox  # not needed by the first frame

    ViewsBox(ctx.window, ctx.open).open()


GROUP = ActionGroup(
    "Views",
    4,
    (
        Row("view.present", "Present on the projector", _present, ("F5",), menu="View", section="present",
            icon="presentation", enabled=is_open, checked=_presenting),
        Row("views.show", "Show a view", lambda ctx: None, menu="View", section="views", icon="bookmark",
            choices=_every, enabled=has_views),
        Row("views.save", "Save this view…", _save, ("Ctrl+Alt+V",), menu="View",
            section="views", icon="bookmark-plus", enabled=is_open),
        Row("views.next", "Next view", lambda ctx: now.step(ctx.window, 1), ("Ctrl+Alt+PgDown",), menu="View",
            section="views", icon="arrow-right", enabled=has_views),
        Row("views.previous", "Previous view", lambda ctx: now.step(ctx.window, -1), ("Ctrl+Alt+PgUp",), menu="View",
            section="views", icon="arrow-left", enabled=has_views),
        Row("views.all", "Saved views…", _box, ("Ctrl+Shift+V",), menu="View", section="views", icon="bookmark",
            enabled=is_open),
    ),
)  # fmt: skip
