"""What is seen: workspaces, lens, zoom, docks, theme, and the way to any command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from prodlead_desktop.figures.lens import Lens, lenses
from prodlead_desktop.ui import panes
from prodlead_desktop.ui.action_table import ActionGroup, Context, Row
from prodlead_desktop.ui.appearance import CHOICES
from prodlead_desktop.ui.workspace import Workspace, workspaces

STEP = 1.25


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def _on_map(ctx: Context) -> bool:
    return ctx.canvas is not None and ctx.window.body is not None and ctx.window.body.workspace == "map"


def _canvas(verb: str, *values: object) -> Callable[[Context], None]:
    def run(ctx: Context) -> None:
        assert isinstance(ctx.canvas, QWidget)
        getattr(ctx.canvas, verb)(*values)

    return run


def _show(name: str) -> Callable[[Context], None]:
    def run(ctx: Context) -> None:
        assert ctx.window.body is not None
        ctx.window.body.show_workspace(name)

    return run


def _is_shown(name: str) -> Callable[[Context], bool]:
    return lambda ctx: ctx.window.body is not None and ctx.window.body.workspace == name


def _step(step: int) -> Callable[[Context], None]:
    def run(ctx: Context) -> None:
        assert ctx.window.body is not None
        ctx.window.body.step_workspace(step)

    return run


def _dock(name: str) -> Callable[[Context], None]:
    def run(ctx: Context) -> None:
        body = ctx.window.body
        assert body is not None
        body.want(name, not body.is_wanted(name))

    return run


def _dock_shown(name: str) -> Callable[[Context], bool]:
    return lambda ctx: ctx.window.body is not None and ctx.window.body.is_wanted(name)


def _pane(step: int) -> Callable[[Context], None]:
    def run(ctx: Context) -> None:
        assert ctx.window.body is not None
        panes.cycle(ctx.window.body, step)

    return run


def _full_screen(ctx: Context) -> None:
    window = ctx.window
    window.showNormal() if window.isFullScreen() else window.showFullScreen()


def _workspace(workspace: Workspace) -> Row:
    return Row(
        f"view.workspace.{workspace.name}", workspace.title, _show(workspace.name), (), "window", "View/Workspace",
        "each", workspace.icon, is_open, _is_shown(workspace.name),
    )  # fmt: skip


def _lens(lens: Lens) -> Row:
    def look(ctx: Context) -> None:
        ctx.open.set_lens(lens.name)

    def looks(ctx: Context) -> bool:
        return ctx.open.lens == lens.name

    return Row(
        f"view.lens.{lens.name}", lens.title, look, (), "window", "View/Lens", "", lens.icon, is_open, looks
    )


def _theme(choice: str) -> Row:
    def choose(ctx: Context) -> None:
        ctx.window.program.appearance.choose(choice)

    def chosen(ctx: Context) -> bool:
        return ctx.window.program.appearance.choice == choice

    words = "As the system" if choice == "system" else choice.capitalize()
    return Row(f"view.theme.{choice}", words, choose, menu="View/Theme", checked=chosen)


GROUP = ActionGroup(
    "View",
    4,
    (
        Row("view.palette", "Find a command or a card…", lambda ctx: ctx.window.palette_box.open(), ("Ctrl+K",),
            menu="View", section="find", icon="search"),
        *(_workspace(workspace) for workspace in workspaces() if not workspace.part_of),
        Row("view.next", "Next workspace", _step(1), ("Ctrl+PgDown",), menu="View/Workspace", section="walk",
            icon="arrow-right", enabled=is_open),
        Row("view.previous", "Previous workspace", _step(-1), ("Ctrl+PgUp",), menu="View/Workspace",
            section="walk", icon="arrow-left", enabled=is_open),
        *(_lens(lens) for lens in lenses().values()),
        Row("view.in", "Zoom in", _canvas("zoom_by", STEP), ("Ctrl++", "Ctrl+="), menu="View", section="zoom",
            icon="zoom-in", enabled=_on_map),
        Row("view.out", "Zoom out", _canvas("zoom_by", 1 / STEP), ("Ctrl+-",), menu="View", section="zoom",
            icon="zoom-out", enabled=_on_map),
        Row("view.full", "100 %", _canvas("zoom_to", 1.0), ("Ctrl+0",), menu="View", section="zoom", icon="scan",
            enabled=_on_map),
        Row("view.fit", "Show the whole map", _canvas("fit"), ("Ctrl+Shift+0",), menu="View", section="zoom",
            icon="maximize", enabled=_on_map),
        Row("view.outline", "Outline", _dock("outline"), menu="View", section="docks", enabled=is_open,
            checked=_dock_shown("outline")),
        Row("view.inspector", "Inspector", _dock("inspector"), menu="View", section="docks", enabled=is_open,
            checked=_dock_shown("inspector")),
        Row("view.pane", "Next pane", _pane(1), ("F6",), menu="View", section="docks", icon="panel-right",
            enabled=is_open),
        Row("view.back", "Previous pane", _pane(-1), ("Shift+F6",), menu="View", section="docks",
            icon="panel-left", enabled=is_open),
        *(_theme(choice) for choice in CHOICES),
        Row("view.screen", "Full screen", _full_screen, ("F11",), menu="View", section="look",
            checked=lambda ctx: ctx.window.isFullScreen()),
    ),
)  # fmt: skip
